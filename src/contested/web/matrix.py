"""One incident as a matrix: a row for each field, a column for each origin, in each cell who says what and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from contested.claims.writing import STANCE_SIGNS, STANCE_WORDS, write_bounds, write_when
from contested.incidents import Account, ConflictKind, FieldRelation, Incident, Standing
from contested.types import PlaceLink, Role, Span, Stance
from contested.web.rows import call_speaker


@dataclass(frozen=True, slots=True)
class Value:
    """What a report says of a field. `sign` and `stance` tell how, `speaker` who; `old`: a later number replaced it."""

    words: str
    document: str
    spans: tuple[Span, ...] = ()
    speaker: str = ""
    sign: str = ""
    stance: str = ""
    quote: str = ""
    old: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One origin: the report that came first, and those that repeat it."""

    origin: str
    documents: tuple[str, ...]
    publisher: str
    published: str

    @property
    def copies(self) -> int:
        """How many reports add nothing of their own."""
        return len(self.documents) - 1


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One field. `standing` is how the reports stand to each other on it, `why` the first reason for that."""

    field: str
    cells: tuple[tuple[Value, ...], ...]
    standing: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns by day of publication, rows from what happened to who says so; rows without any value are left out."""

    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]


# The worst first: it is what the badge of a row says.
_BADGES = (
    (Standing.CONFLICT, "contradict"),
    (Standing.UPDATE, "updated"),
    (Standing.DEFINITIONAL, "count differently"),
    (Standing.COMPATIBLE, "compatible"),
    (Standing.SAME, "agree"),
)
DOUBTED = "doubted"
_FIELDS = {  # the fields of relations that a row of the matrix shows
    "what": ("outcome",),
    "when": ("time",),
    "where": ("place",),
    "by": ("doer",),
    "on": ("target",),
    "who says so": ("existence",),
}


def build_matrix(incident: Incident) -> Matrix:
    """Return the matrix of an incident."""
    by_origin: dict[str, list[Account]] = {}
    for account in incident.accounts:
        by_origin.setdefault(incident.origins[account.document], []).append(account)
    rows = []
    for name, cell in _cells(incident).items():
        cells = tuple(_once(cell(accounts)) for accounts in by_origin.values())
        if any(cells):
            standing, why = _standing(incident.relations, _FIELDS.get(name, (name,)))
            rows.append(MatrixRow(name, cells, standing, why))
    return Matrix(tuple(_column(origin, accounts) for origin, accounts in by_origin.items()), tuple(rows))


def _column(origin: str, accounts: Sequence[Account]) -> Column:
    first = accounts[0]
    return Column(
        origin,
        tuple(dict.fromkeys(a.document for a in accounts)),
        first.publisher or "outlet not known",
        first.published.isoformat() if first.published else "",
    )


Cell = Callable[[Sequence[Account]], Iterator[Value]]


def _cells(incident: Incident) -> dict[str, Cell]:
    superseded = {
        (r.a.document, span) for r in incident.relations if r.standing is Standing.UPDATE for span in r.a.spans
    }
    counts: dict[str, Cell] = {
        role.value: _tolls(role, superseded) for role in Role if role.is_count and role is not Role.MUNITIONS
    }
    return {"what": _what, "when": _when, "where": _where, "by": _by, "on": _on, **counts, "who says so": _sayings}


def _what(accounts: Sequence[Account]) -> Iterator[Value]:
    for a in accounts:
        yield Value(a.type.value.replace("_", " "), a.document, a.spans, quote=a.words)


def _when(accounts: Sequence[Account]) -> Iterator[Value]:
    for a in accounts:
        if a.when is not None:
            yield Value(write_when(a.when), a.document, a.spans)


def _where(accounts: Sequence[Account]) -> Iterator[Value]:
    for a in accounts:
        for place in a.places:
            yield Value(_write_place(place), a.document, a.spans)


def _write_place(place: PlaceLink) -> str:
    """Return `southwest of Aleppo (SYR)`; `Ramouseh (SYR), the base`, where the other words do not end in “of”."""
    named = f"{place.name} ({place.country})" if place.country else place.name
    if place.relation.endswith(" of"):
        return f"{place.relation} {named}"
    return f"{named}, {place.relation}" if place.relation else named


def _by(accounts: Sequence[Account]) -> Iterator[Value]:
    for a in accounts:
        for doer in a.doers:
            yield Value(doer.name, a.document, a.spans)


def _on(accounts: Sequence[Account]) -> Iterator[Value]:
    for a in accounts:
        for words in a.target_words:
            yield Value(words, a.document, a.spans)


def _tolls(role: Role, superseded: set[tuple[str, Span]]) -> Cell:
    def cell(accounts: Sequence[Account]) -> Iterator[Value]:
        for account in accounts:
            for toll in account.tolls:
                if toll.role is not role:
                    continue
                bounds = write_bounds(toll.amount) or toll.amount.vague or "a number"
                among = "of them " if toll.part else ""
                words = f"{among}{bounds} {toll.amount.of_whom}".strip()
                old = (account.document, toll.span) in superseded
                yield Value(
                    words,
                    account.document,
                    (toll.span,),
                    call_speaker(toll.speaker, account.document),
                    quote=toll.words,
                    old=old,
                )

    return cell


def _sayings(accounts: Sequence[Account]) -> Iterator[Value]:
    for account in accounts:
        for saying in account.sayings:
            yield Value(
                saying.quote,
                account.document,
                saying.spans,
                call_speaker(saying.speaker, account.document),
                STANCE_SIGNS[saying.stance],
                _stance_words(saying.stance, is_outlet=saying.speaker.is_outlet),
                saying.quote,
            )


def _stance_words(stance: Stance, *, is_outlet: bool) -> str:
    return "reports in its own voice" if is_outlet and stance is Stance.ASSERTS else STANCE_WORDS[stance]


def _once(values: Iterator[Value]) -> tuple[Value, ...]:
    seen: dict[tuple[str, str, str], Value] = {}
    for value in values:
        seen.setdefault((value.words.casefold(), value.speaker, value.stance), value)
    return tuple(seen.values())


def _standing(relations: Sequence[FieldRelation], fields: Sequence[str]) -> tuple[str, str]:
    here = [r for r in relations if r.field in fields]
    for standing, badge in _BADGES[:1]:
        if found := [r for r in here if r.standing is standing]:
            return badge, found[0].why
    if doubted := [r for r in here if r.kind is ConflictKind.DOUBT]:
        return DOUBTED, doubted[0].why
    for standing, badge in _BADGES[1:]:
        if found := [r for r in here if r.standing is standing]:
            return badge, found[0].why
    return "", ""
