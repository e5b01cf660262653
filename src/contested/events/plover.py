"""What one of our events is in PLOVER: event type, mode, the four auxiliary modes, contexts, quad class, score.

Source: PLOVER manual, draft 2.0 (Open Event Data Alliance); the tables beside this file say what was taken from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache

from contested.errors import ResourceError
from contested.resources.tables import load_table, values
from contested.types import ActorKind, EventType, Status

_PACKAGE = "contested.events"
_COLUMNS = ("type", "status", "doers", "targets", "words", "topics", "event", "mode", "contexts", "why")
_ANY = "*"
_NOT_CODED = "-"


class Auxiliary(StrEnum):
    """PLOVER's auxiliary modes: how an event stands to what has happened."""

    HISTORICAL = "historical"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATION = "negation"


class Quad(IntEnum):
    """The four classes of events: words or deeds, with or against each other."""

    VERBAL_COOPERATION = 1
    MATERIAL_COOPERATION = 2
    VERBAL_CONFLICT = 3
    MATERIAL_CONFLICT = 4


_AUXILIARY = {
    Status.NEGATED: Auxiliary.NEGATION,
    Status.FUTURE: Auxiliary.FUTURE,
    Status.HYPOTHETICAL: Auxiliary.HYPOTHETICAL,
}


@dataclass(frozen=True, slots=True)
class PloverType:
    """An event type of PLOVER: its class, its score (-10 to 10) and that of each of its modes."""

    name: str
    quad: Quad
    score: float
    modes: Mapping[str, float]

    def score_of(self, mode: str) -> float:
        """Return the score of a mode, or of the type where it has none."""
        return self.modes.get(mode, self.score)


@dataclass(frozen=True, slots=True)
class PloverCode:
    """One event in PLOVER's terms. `mode` "" is none; `why` says which rule of the table decided."""

    event: PloverType
    mode: str
    auxiliary: tuple[Auxiliary, ...]
    contexts: tuple[str, ...]
    why: str

    @property
    def modes(self) -> tuple[str, ...]:
        """Return the mode, if there is one, and the auxiliary modes."""
        return (*((self.mode,) if self.mode else ()), *self.auxiliary)

    @property
    def score(self) -> float:
        """Return the score of the act itself: that it is denied or only planned changes nothing about it."""
        return self.event.score_of(self.mode)


@dataclass(frozen=True, slots=True)
class _Row:
    status: frozenset[Status] | None
    doers: frozenset[ActorKind] | None
    targets: frozenset[ActorKind] | None
    words: str
    topics: frozenset[EventType] | None
    event: str
    mode: str
    contexts: tuple[str, ...]
    why: str


def plover_code(
    event_type: EventType,
    status: Status = Status.ACTUAL,
    *,
    doers: Iterable[ActorKind] = (),
    targets: Iterable[ActorKind] = (),
    words: Iterable[str] = (),
    topic: EventType | None = None,
    long_over: bool = False,
) -> PloverCode | None:
    """Return an event in PLOVER's terms; None is what PLOVER does not code (`why_not_coded` says why).

    Args:
        event_type: what happened.
        status: whether it is said to have happened.
        doers: the kinds of actor that did it.
        targets: the kinds of actor it was done to.
        words: its trigger and weapons as written.
        topic: what is demanded, refused or threatened.
        long_over: whether it was over long before the report, so that it is background there.

    >>> code = plover_code(EventType.WITHDRAW, Status.FUTURE)
    >>> code.event.name, code.modes, code.score
    ('CONCEDE', (<Auxiliary.FUTURE: 'future'>,), 4.5)
    """
    row = _row_for(event_type, status, frozenset(doers), frozenset(targets), tuple(words), topic)
    if row.event == _NOT_CODED:
        return None
    found = [Auxiliary.HISTORICAL] if long_over and status is not Status.FUTURE else []
    if status in _AUXILIARY:
        found.append(_AUXILIARY[status])
    return PloverCode(plover_types()[row.event], row.mode, tuple(found), row.contexts, row.why)


def why_not_coded(
    event_type: EventType,
    status: Status = Status.ACTUAL,
    *,
    doers: Iterable[ActorKind] = (),
    targets: Iterable[ActorKind] = (),
    words: Iterable[str] = (),
) -> str:
    """Return the table's reason for what it makes of an event."""
    return _row_for(event_type, status, frozenset(doers), frozenset(targets), tuple(words), None).why


@cache
def plover_types() -> Mapping[str, PloverType]:
    """Return PLOVER's event types by name."""
    found = {}
    for name, quad, score, modes in load_table(_PACKAGE, "plover_events.tsv", ("event", "quad", "score", "modes")):
        scores = dict(pair.split("=") for pair in values(modes))
        found[name] = PloverType(name, Quad(int(quad)), float(score), {m: float(s) for m, s in scores.items()})
    return found


@cache
def plover_contexts() -> frozenset[str]:
    """Return PLOVER's contexts."""
    return frozenset(row[0] for row in load_table(_PACKAGE, "plover_contexts.tsv", ("context",)))


@cache
def plover_sectors() -> Mapping[str, tuple[ActorKind, ...]]:
    """Return PLOVER's sectors, and which kinds of actor each stands for when nothing more is known."""
    rows = load_table(_PACKAGE, "plover_sectors.tsv", ("sector", "kinds"))
    return {sector: tuple(map(ActorKind, values(kinds))) for sector, kinds in rows}


def plover_sector(kind: ActorKind, registered: str = "") -> str:
    """Return the sector of an actor: the register's where it is one of PLOVER's, else its kind's, else "".

    >>> plover_sector(ActorKind.GOVERNMENT, "JUD"), plover_sector(ActorKind.GUNMEN), plover_sector(ActorKind.IGO, "IGO")
    ('JUD', 'UAF', '')
    """
    if registered in plover_sectors():
        return registered
    return next((sector for sector, kinds in plover_sectors().items() if kind in kinds), "")


def _row_for(
    event_type: EventType,
    status: Status,
    doers: frozenset[ActorKind],
    targets: frozenset[ActorKind],
    words: tuple[str, ...],
    topic: EventType | None,
) -> _Row:
    for row in _rows()[event_type]:
        if (
            (row.status is None or status in row.status)
            and (row.doers is None or row.doers & doers)
            and (row.targets is None or row.targets & targets)
            and (row.topics is None or topic in row.topics)
            and (not row.words or any(_classes()[row.words].search(word) for word in words))
        ):
            return row
    raise ResourceError(f"{_PACKAGE}/plover.tsv: no row for {event_type.value}; its last row must ask for nothing")


@cache
def _classes() -> Mapping[str, re.Pattern[str]]:
    """Return a pattern for each class of words; phrases match whole words in any case."""
    return {
        name: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, values(phrases)))})(?!\w)", re.IGNORECASE)
        for name, phrases in load_table(_PACKAGE, "plover_words.tsv", ("class", "phrases"))
    }


@cache
def _rows() -> Mapping[EventType, tuple[_Row, ...]]:
    found: dict[EventType, list[_Row]] = {event_type: [] for event_type in EventType}
    for row in load_table(_PACKAGE, "plover.tsv", _COLUMNS):
        found[EventType(row[0])].append(_read_row(row))
    return {event_type: tuple(rows) for event_type, rows in found.items()}


def _read_row(row: list[str]) -> _Row:
    _, status, doers, targets, words, topics, event, mode, contexts, why = row
    where = f"{_PACKAGE}/plover.tsv, {' '.join(row[:6])!r}"
    if event != _NOT_CODED and event not in plover_types():
        raise ResourceError(f"{where}: PLOVER has no event type {event!r}")
    if mode and (event == _NOT_CODED or mode not in plover_types()[event].modes):
        raise ResourceError(f"{where}: {event} has no mode {mode!r}")
    if set(values(contexts)) - plover_contexts():
        raise ResourceError(f"{where}: unknown contexts in {contexts!r}")
    if words != _ANY and words not in _classes():
        raise ResourceError(f"{where}: no class of words {words!r} in plover_words.tsv")
    return _Row(
        None if status == _ANY else frozenset(map(Status, values(status))),
        None if doers == _ANY else frozenset(map(ActorKind, values(doers))),
        None if targets == _ANY else frozenset(map(ActorKind, values(targets))),
        "" if words == _ANY else words,
        None if topics == _ANY else frozenset(map(EventType, values(topics))),
        event,
        mode,
        values(contexts),
        why,
    )
