"""What each page shows, as plain frozen values: no requests and no HTML. The pages and the report share them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contested.claims.writing import STANCE_SIGNS
from contested.incidents import Cluster, FieldRelation, Incident, Link, Standing, accounts_of, incident_of
from contested.store import Store
from contested.types import Failure, Run
from contested.web.board import Board
from contested.web.keeping import load_links
from contested.web.matrix import Matrix, build_matrix
from contested.web.query import Page, Query, choose, paginate
from contested.web.rows import ActorRow, ControlRow, IncidentRow, ReportRow, call_speaker

_LEAST_WIDTH = 6  # of 1000: below it a day among years is no longer seen
_MOST_IN_OVERVIEW = 8  # rows of each list on the first page: a screenful


@dataclass(frozen=True, slots=True)
class Overview:
    """What the store holds in numbers, what is most disputed, what is most widely told."""

    reports: int
    publishers: int
    incidents: int
    contested: int
    claims: int
    first: str | None
    last: str | None
    failures: int
    most_disputed: tuple[IncidentRow, ...]
    most_told: tuple[IncidentRow, ...]
    types: tuple[tuple[str, int], ...]
    last_run: Run | None


@dataclass(frozen=True, slots=True)
class IncidentList:
    """Incidents that a query takes: all of them for the map and the timeline, a page of them for the table."""

    query: Query
    found: Sequence[IncidentRow]
    page: Page[IncidentRow]
    total: int
    types: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]
    placed: int
    dated: int


@dataclass(frozen=True, slots=True)
class RelationView:
    """How two reports stand on one field; `kind` is what a conflict is about."""

    field: str
    standing: str
    kind: str
    why: str
    a_document: str
    b_document: str
    a_speaker: str
    b_speaker: str
    a_says: str
    b_says: str
    a_outlet: str = ""
    b_outlet: str = ""


@dataclass(frozen=True, slots=True)
class LinkView:
    """Why two accounts are taken as one incident: what speaks for it and against it, with its weight in bits."""

    a: str
    b: str
    a_document: str
    b_document: str
    bits: float
    reasons: tuple[tuple[str, str, float, str], ...]
    judged_by: str = ""
    judged_why: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One report in the history of an incident: when it came out, and who says what in it."""

    account: str
    document: str
    publisher: str
    published: str
    origin: str
    words: str
    voices: tuple[tuple[str, str, str], ...]
    is_copy: bool


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One incident: its row, the matrix of claims, what is in dispute, its history, and why it is one."""

    row: IncidentRow
    grade_rule: str
    matrix: Matrix
    disputes: tuple[RelationView, ...]
    updates: tuple[RelationView, ...]
    others: tuple[RelationView, ...]
    history: tuple[Telling, ...]
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A statement drawn on a strip a thousand units wide."""

    x: int
    width: int
    status: str
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """What is said of one holder of a place, drawn along the days."""

    holder: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ControlPlace:
    """One place through time: statements in order, and the days between them of which nobody speaks."""

    place: str
    country: str | None
    rows: tuple[ControlRow, ...]
    gaps: tuple[tuple[str, str], ...]
    last_before: tuple[ControlRow, ...] = ()
    lanes: tuple[Lane, ...] = ()

    @property
    def timeline(self) -> list[ControlRow | tuple[str, str]]:
        """Return statements and gaps in one order; statements without a day come last."""
        every: list[ControlRow | tuple[str, str]] = [*self.gaps, *self.rows]
        return sorted(every, key=lambda e: e[0] if isinstance(e, tuple) else (e.first or "~"))

    @property
    def ends(self) -> tuple[str, str]:
        """Return the first and the last day that a statement names."""
        days = sorted(d for r in self.rows for d in (r.first, r.last) if d)
        return (days[0], days[-1]) if days else ("", "")


@dataclass(frozen=True, slots=True)
class RunLog:
    """Runs, last one first, with what could not be read."""

    runs: tuple[Run, ...]
    failures: tuple[Failure, ...]


def view_overview(store: Store, board: Board) -> Overview:
    """Return the first page."""
    days = sorted(r.published for r in board.reports if r.published)
    runs = store.runs()
    disputed = [r for r in board.incidents if r.disputed]
    return Overview(
        reports=len(board.reports),
        publishers=len({r.publisher for r in board.reports if r.publisher}),
        incidents=len(board.incidents),
        contested=sum(r.is_contested for r in board.incidents),
        claims=sum(r.claims for r in board.reports),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        failures=len(store.failures()),
        most_disputed=tuple(sorted(disputed, key=lambda r: -len(r.disputed))[:_MOST_IN_OVERVIEW]),
        most_told=tuple(board.incidents[:_MOST_IN_OVERVIEW]),
        types=_counted(r.type_words for r in board.incidents)[:_MOST_IN_OVERVIEW],
        last_run=runs[-1] if runs else None,
    )


def view_incidents(board: Board, query: Query) -> IncidentList:
    """Return the incidents that a query takes."""
    found = choose(board.incidents, query)
    return IncidentList(
        query=query,
        found=found,
        page=paginate(found, query.page),
        total=len(board.incidents),
        types=_counted(r.type.value for r in board.incidents),
        countries=_counted(c for r in board.incidents for c in r.countries),
        placed=sum(r.lat is not None for r in found),
        dated=sum(r.earliest is not None or r.latest is not None for r in found),
    )


def view_incident(store: Store, board: Board, id: str) -> IncidentView | None:  # noqa: A002  (the form's own word)
    """Return one incident, by its id or that of any of its accounts; None when there is none."""
    row = board.incident(id)
    if row is None:
        return None
    incident = load_incident(store, board, row)
    told = {a.id: a.document for a in incident.accounts}
    outlets = _outlets(incident)
    relations = [_relation(r, outlets) for r in incident.relations]
    conflict, update = Standing.CONFLICT.value, Standing.UPDATE.value
    disputes = [r for r in relations if r.standing == conflict or (r.kind and r.standing == "unknown")]
    updates = [r for r in relations if r.standing == update]
    return IncidentView(
        row=row,
        grade_rule=incident.grade.rule if incident.grade else "",
        matrix=build_matrix(incident),
        disputes=tuple(disputes),
        updates=tuple(updates),
        others=tuple(r for r in relations if r not in disputes and r not in updates),
        history=_history(incident),
        links=tuple(_link(link, told) for link in incident.links),
    )


def load_incident(store: Store, board: Board, row: IncidentRow) -> Incident:
    """Return the whole incident of a row: its accounts read from the store again, related again."""
    accounts = [a for claims in store.claims_of(row.documents) for a in accounts_of(claims) if a.id in row.accounts]
    ordered = tuple(sorted(accounts, key=lambda a: a.order))
    links = board.links[row.id] if row.id in board.links else load_links(store, row.id)
    return incident_of(Cluster(ordered, links), board.origins)


def view_control(
    board: Board, place: str = "", day: date | None = None, known_on: date | None = None
) -> list[ControlPlace]:
    """Return who is said to hold which place.

    Args:
        board: what the store holds.
        place: a part of the place's name; all if empty.
        day: only statements that speak of this day, and the last one before where none does; all days if None.
        known_on: only what reports had said by this day.
    """
    rows = [
        r
        for r in board.control
        if place.casefold() in r.place.casefold()
        and (known_on is None or (r.published is not None and r.published <= known_on.isoformat()))
    ]
    by_place: dict[tuple[str, str | None], list[ControlRow]] = {}
    for row in rows:
        by_place.setdefault((row.place, row.country), []).append(row)
    asked = day.isoformat() if day else ""
    return [_control_place(name, country, here, asked) for (name, country), here in by_place.items()]


def view_actors(board: Board, asked: str = "") -> list[ActorRow]:
    """Return the actors whose name holds some words, those of most reports first."""
    return [a for a in board.actors if asked.casefold() in a.name.casefold()]


def view_reports(board: Board, asked: str = "", publisher: str = "") -> list[ReportRow]:
    """Return the reports whose headline, outlet or file holds some words, newest first."""
    wanted = asked.casefold()
    found = [
        r
        for r in board.reports
        if (not publisher or r.publisher == publisher)
        and (not wanted or wanted in f"{r.headline} {r.publisher or ''} {r.where} {r.id}".casefold())
    ]
    return sorted(found, key=lambda r: r.published or "", reverse=True)


def view_publishers(board: Board) -> list[tuple[str, int, int]]:
    """Return each outlet with its reports and how many origins they come from, the largest first."""
    origins: dict[str, list[str]] = {}
    for report in board.reports:
        origins.setdefault(report.publisher or "", []).append(report.origin)
    return sorted(((p, len(o), len(set(o))) for p, o in origins.items()), key=lambda t: (-t[1], t[0]))


def view_runs(store: Store) -> RunLog:
    """Return the run log."""
    return RunLog(tuple(reversed(store.runs())), tuple(store.failures()))


def _counted(values: object) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter(values)  # type: ignore[call-overload]
    return tuple(sorted(counts.items(), key=lambda c: (-c[1], c[0])))


def _outlets(incident: Incident) -> dict[str, str]:
    """Return how each report is called: by its outlet, and its day where an outlet has several."""
    named = {a.document: a.publisher or "outlet not known" for a in incident.accounts}
    twice = Counter(named.values())
    days = {a.document: f", {a.published.isoformat()}" if a.published else "" for a in incident.accounts}
    return {d: name + (days[d] if twice[name] > 1 else "") for d, name in named.items()}


def _relation(r: FieldRelation, outlets: dict[str, str]) -> RelationView:
    return RelationView(
        field=r.field,
        standing=r.standing.value,
        kind=r.kind.value,
        why=r.why,
        a_document=r.a.document,
        b_document=r.b.document,
        a_speaker=call_speaker(r.a.speaker, r.a.document),
        b_speaker=call_speaker(r.b.speaker, r.b.document),
        a_says=r.a.says,
        b_says=r.b.says,
        a_outlet=outlets.get(r.a.document, r.a.document),
        b_outlet=outlets.get(r.b.document, r.b.document),
    )


def _link(link: Link, told: dict[str, str]) -> LinkView:
    reasons = sorted(link.comparisons, key=lambda c: -abs(c.bits))
    return LinkView(
        link.a,
        link.b,
        told.get(link.a, ""),
        told.get(link.b, ""),
        round(link.bits, 1),
        tuple((c.field, c.level, round(c.bits, 1), c.why) for c in reasons if c.bits),
        link.judgement.by if link.judgement else "",
        link.judgement.why if link.judgement else "",
    )


def _history(incident: Incident) -> tuple[Telling, ...]:
    seen: set[str] = set()
    tellings = []
    for account in incident.accounts:
        origin = incident.origins[account.document]
        voices = (
            (STANCE_SIGNS[s.stance], call_speaker(s.speaker, account.document), s.stance.value) for s in account.sayings
        )
        tellings.append(
            Telling(
                account.id,
                account.document,
                account.publisher or "outlet not known",
                account.published.isoformat() if account.published else "",
                origin,
                account.words,
                tuple(dict.fromkeys(voices)),
                is_copy=origin in seen and account.document != origin,
            )
        )
        seen.add(origin)
    return tuple(tellings)


def _control_place(name: str, country: str | None, rows: list[ControlRow], day: str) -> ControlPlace:
    ends = [(r.first, r.last or r.first) for r in rows if r.first is not None]
    if not day:
        return ControlPlace(name, country, tuple(rows), tuple(_gaps(ends)), lanes=_lanes(rows))
    on_day = tuple(r for r in rows if r.first is not None and r.first <= day <= (r.last or r.first))
    before = [r for r in rows if r.first is not None and (r.last or r.first) < day]
    latest = max((r.last or r.first or "" for r in before), default="")
    last = () if on_day else tuple(r for r in before if (r.last or r.first) == latest)
    return ControlPlace(name, country, on_day, (), last)


def _lanes(rows: Sequence[ControlRow]) -> tuple[Lane, ...]:
    """Return the strip of a place: a lane for each holder. Days of which nobody speaks stay empty."""
    dated = [(r, date.fromisoformat(r.first), date.fromisoformat(r.last or r.first)) for r in rows if r.first]
    if len(dated) < 2:
        return ()
    start = min(first for _, first, _ in dated).toordinal()
    days = max(last for _, _, last in dated).toordinal() - start + 1
    lanes: dict[str, list[Bar]] = {}
    for row, first, last in dated:
        x = 1000 * (first.toordinal() - start) // days
        width = max(1000 * ((last - first).days + 1) // days, _LEAST_WIDTH)
        words = f"{row.first} to {row.last or row.first}: {row.kind}, {row.status}, {row.claimant}"
        lanes.setdefault(row.holder, []).append(Bar(min(x, 1000 - width), width, row.status, words))
    return tuple(Lane(holder, tuple(bars)) for holder, bars in lanes.items())


def _gaps(days: Sequence[tuple[str, str | None]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    reached: date | None = None
    for first, last in sorted((date.fromisoformat(f), date.fromisoformat(e or f)) for f, e in days):
        if reached is not None and (first - reached).days > 1:
            one = date.fromordinal(reached.toordinal() + 1)
            found.append((one.isoformat(), date.fromordinal(first.toordinal() - 1).isoformat()))
        reached = max(reached or last, last)
    return found
