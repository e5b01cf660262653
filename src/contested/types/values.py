"""What a span means once resolved. Not knowing is a value: open ends, None and NIL, never an invented number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from contested.types.labels import ActorKind, PlaceLevel


@dataclass(frozen=True, slots=True)
class When:
    """Days from `earliest` to `latest`, both included; None is an open end.

    `value` is the same in the corpus form (`2016-07-31`, `2016-07`, `a/b`, `2016-07/..`, `PRESENT`, `?`).
    `edge` says whether the expression names the start or the end of the event ("since Thursday", "until May").
    `acled_precision` 1-3 and `ucdp_precision` 1-5 follow the two codebooks, None when not known.
    `rule` names the rule that gave the value, `reason` says it in words.
    """

    earliest: date | None
    latest: date | None
    value: str
    rule: str
    reason: str = ""
    edge: str | None = None
    acled_precision: int | None = None
    ucdp_precision: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether at least one end is known."""
        return self.earliest is not None or self.latest is not None


@dataclass(frozen=True, slots=True)
class Amount:
    """What a number phrase states: `low` to `high`, None for an open or unknown end ("dozens": None, None).

    `hedge` is the bounding or hedging word as written; `of_whom` the counted people or things as written;
    `vague` keeps a vague word; `cumulative` and `mixed` ("killed or wounded") are said, not guessed.
    """

    low: float | None
    high: float | None
    rule: str
    reason: str = ""
    hedge: str = ""
    of_whom: str = ""
    vague: str = ""
    cumulative: bool = False
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """One gazetteer entry that a toponym may mean. `score` orders candidates, 0 to 1."""

    id: str
    name: str
    country: str | None
    level: PlaceLevel
    lat: float | None
    lon: float | None
    score: float
    why: str
    admin1: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """What a toponym means. `chosen` None is NIL: no candidate was good enough.

    `lat`, `lon` in degrees (WGS84), `radius_km` the honest uncertainty around them. `relation` is the words that
    put the place beside the named one ("south of", "countryside of"), "" when it is the named place itself.
    `acled_precision` 1-3, `ucdp_precision` 1-7, None when not known.
    """

    name: str
    country: str | None
    level: PlaceLevel | None
    lat: float | None
    lon: float | None
    rule: str
    reason: str = ""
    chosen: PlaceCandidate | None = None
    candidates: tuple[PlaceCandidate, ...] = ()
    relation: str = ""
    radius_km: float | None = None
    acled_precision: int | None = None
    ucdp_precision: int | None = None


@dataclass(frozen=True, slots=True)
class ActorLink:
    """Who an actor is. `entry` is the register's id, None when it knows no such organisation (NIL or generic)."""

    name: str
    kind: ActorKind
    country: str | None
    rule: str
    reason: str = ""
    entry: str | None = None
    score: float = 1.0
    candidates: tuple[str, ...] = field(default=())


class Relation(StrEnum):
    """How two values of one field stand to each other."""

    SAME = "same"
    COMPATIBLE = "compatible"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two values of one field stand to each other, and why, in one sentence."""

    relation: Relation
    reason: str
