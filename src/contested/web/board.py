"""All that the lists of the pages show, worked out once from a store: incidents, control, actors, reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from contested.claims.writing import write_when
from contested.events import ontology
from contested.incidents import (
    Account,
    ControlClaim,
    Incident,
    Link,
    Origin,
    accounts_of,
    control_claims,
    find_incidents_of,
    find_origins,
    text_of,
)
from contested.incidents.form import contested_fields, range_of
from contested.store import Store
from contested.types import ActorLink, Claims, DocumentVersion, Role, Stance, Status
from contested.web.queue import Entry, entries_of, order_entries, unsure_events
from contested.web.rows import ActorRow, ControlRow, IncidentRow, ReportRow, call_speaker

_QUOTE = 280  # characters of the words that stand for an incident in a list: two lines


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that lists show, largest incidents first, and what leads from an id to its row."""

    incidents: tuple[IncidentRow, ...] = ()
    control: tuple[ControlRow, ...] = ()
    actors: tuple[ActorRow, ...] = ()
    reports: tuple[ReportRow, ...] = ()
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    by_account: Mapping[str, IncidentRow] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    queue: tuple[Entry, ...] = ()
    state: str = ""

    def incident(self, id: str) -> IncidentRow | None:  # noqa: A002  (the form's own word)
        """Return the incident of an id: its own, or that of any of its accounts, also from before it was joined."""
        return self.by_account.get(id)


def compute_board(store: Store) -> Board:
    """Return the board of a store. Reports are gone through once, by pages, and not kept."""
    state = store.state()  # asked first: what comes in meanwhile makes the board stale, not wrong
    entries: list[Entry] = []
    accounts: list[Account] = []
    texts = []
    actors = _ActorTally()
    counts: dict[str, tuple[int, int, int]] = {}
    for claims in store.claims():
        told = accounts_of(claims)
        accounts += told
        texts.append(text_of(claims.document))
        entries += unsure_events(claims, told)
        actors.take(claims, told)
        counts[claims.document.id] = (len(claims.events), len(claims.claims), len(claims.disputes))
    origins = find_origins(texts)
    record = find_incidents_of(accounts, origins, store.judgements())
    rows = tuple(incident_row(i) for i in record.incidents)
    return Board(
        incidents=rows,
        control=_control_rows(accounts),
        actors=actors.rows(),
        reports=tuple(_report_row(v, counts.get(v.document.id, (0, 0, 0)), origins) for v in store.documents()),
        links={i.id: i.links for i in record.incidents},
        by_account={id_: row for row in rows for id_ in row.accounts},
        origins=origins,
        queue=order_entries([*entries_of(record.incidents), *entries]),
        state=state,
    )


def incident_row(incident: Incident) -> IncidentRow:
    """Return an incident as a list shows it."""
    when, place, accounts = incident.when, incident.place, incident.accounts
    support = incident.corroboration
    return IncidentRow(
        id=incident.id,
        type=incident.type,
        family=ontology()[incident.type].family.value,
        types=tuple(dict.fromkeys(a.type.value for a in accounts)),
        is_planned=all(a.status is Status.FUTURE for a in accounts),
        is_total=incident.is_total,
        earliest=when.earliest.isoformat() if when and when.earliest else None,
        latest=when.latest.isoformat() if when and when.latest else None,
        when=write_when(when) if when else "",
        place=place.name if place else None,
        country=place.country if place else None,
        level=place.level.value if place and place.level else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_km=place.radius_km if place else None,
        killed=range_of(incident, Role.KILLED),
        wounded=range_of(incident, Role.WOUNDED),
        reports=support.reports,
        origins=support.origins,
        voices=support.voices,
        claimants=support.claimants,
        doers=_names(d for a in accounts for d in a.doers),
        targets=_names(t for a in accounts for t in a.targets),
        is_contested=incident.is_contested,
        disputed=contested_fields(incident),
        grade=incident.grade.grade.value if incident.grade else None,
        quote=_shorten(accounts[0].words),
        documents=incident.documents,
        accounts=tuple(a.id for a in accounts),
        places=tuple(dict.fromkeys(p.name for a in accounts for p in a.places)),
        countries=tuple(dict.fromkeys(p.country for a in accounts for p in a.places if p.country)),
        day_ranges=_day_ranges(accounts),
    )


def control_row(claim: ControlClaim) -> ControlRow:
    """Return a statement on control as a list shows it."""
    return ControlRow(
        account=claim.account,
        document=claim.document,
        place=claim.place.name,
        country=claim.place.country,
        lat=claim.place.lat,
        lon=claim.place.lon,
        holder=claim.holder.name,
        kind=claim.kind.value,
        status=claim.status.value,
        claimant=call_speaker(claim.claimant, claim.document),
        stance=claim.stance.value,
        quote=claim.quote,
        first=claim.first.isoformat() if claim.first else None,
        last=claim.last.isoformat() if claim.last else None,
        day_rule=claim.day_rule,
        published=claim.published.isoformat() if claim.published else None,
        why=claim.why,
    )


def _control_rows(accounts: Iterable[Account]) -> tuple[ControlRow, ...]:
    """Return what is said about control, place by place: statements are weighed against those on one place only."""
    by_place: dict[str, dict[str, Account]] = {}
    for account in accounts:
        for place in account.places:
            by_place.setdefault(place.name.casefold(), {})[account.id] = account
    found = (control_claims(here.values(), name) for name, here in sorted(by_place.items()))
    return tuple(control_row(claim) for claims in found for claim in claims)


_NAMES_NOBODY = "pronoun"  # the rule of `actors` behind a word for which the report gives no name


class _ActorTally:
    """Counts, over all reports, what each actor is said to do, suffer and say."""

    def __init__(self) -> None:
        self._links: dict[str, ActorLink] = {}
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        self._reports: dict[str, set[str]] = defaultdict(set)

    def take(self, claims: Claims, accounts: Sequence[Account]) -> None:
        """Count one report."""
        for account in accounts:
            for link in account.doers:
                self._count(link, 0, claims.document.id)
            for link in account.targets:
                self._count(link, 1, claims.document.id)
        by_span = {span: actor.link for actor in claims.actors for span in actor.spans}
        for claim in claims.claims:
            speaker = by_span.get(claim.source) if claim.source else None
            if speaker is not None:
                against = claim.stance in (Stance.DENIES, Stance.DOUBTS)
                self._count(speaker, 3 if against else 2, claims.document.id)

    def _count(self, link: ActorLink, column: int, document: str) -> None:
        if link.rule == _NAMES_NOBODY:  # "it" of one report is not the "it" of another
            return
        key = link.entry or f"{link.name.casefold()}:{link.country or ''}"
        self._links.setdefault(key, link)
        self._counts[key][column] += 1
        self._reports[key].add(document)

    def rows(self) -> tuple[ActorRow, ...]:
        """Return all actors, those of most reports first."""
        rows = []
        for key, link in self._links.items():
            does, suffers, says, denies = self._counts[key]
            reports = len(self._reports[key])
            rows.append(
                ActorRow(link.name, link.entry, link.kind.value, link.country, does, suffers, says, denies, reports)
            )
        return tuple(sorted(rows, key=lambda r: (-r.reports, -(r.does + r.suffers + r.says), r.name)))


def _report_row(version: DocumentVersion, counts: tuple[int, int, int], origins: Mapping[str, Origin]) -> ReportRow:
    document = version.document
    origin = origins.get(document.id)
    return ReportRow(
        key=version.key,
        id=document.id,
        headline=document.headline_text or _shorten(document.text),
        publisher=document.publisher,
        published=document.published.day.isoformat() if document.published else None,
        where=document.where,
        url=document.url,
        version=version.version,
        retracted=version.retracted,
        events=counts[0],
        claims=counts[1],
        disputes=counts[2],
        origin=origin.id if origin else document.id,
    )


def _names(links: Iterable[ActorLink]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.name for link in links))


def _day_ranges(accounts: Iterable[Account]) -> tuple[tuple[str | None, str | None], ...]:
    known = [a.when for a in accounts if a.when is not None and a.when.is_known]
    ranges = (
        (w.earliest.isoformat() if w.earliest else None, w.latest.isoformat() if w.latest else None) for w in known
    )
    return tuple(dict.fromkeys(ranges))


def _shorten(text: str) -> str:
    words = " ".join(text[: 2 * _QUOTE].split())
    return words if len(words) <= _QUOTE else words[: _QUOTE - 1].rsplit(" ", 1)[0] + "…"
