"""How what two reports say of one field of an incident stands to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from contested.incidents.toll import Speaker
from contested.types import Span


class Standing(StrEnum):
    """How two statements of one field stand to each other."""

    SAME = "same"
    COMPATIBLE = "compatible"
    CONFLICT = "conflict"
    UPDATE = "update"
    DEFINITIONAL = "definitional"
    UNKNOWN = "unknown"


class ConflictKind(StrEnum):
    """What a conflict is about. `DOUBT` is no conflict yet: somebody questions what another says."""

    NUMBER = "number"
    PERPETRATOR = "perpetrator"
    OUTCOME = "outcome"
    PLACE = "place"
    TIME = "time"
    POPULATION = "population counted"
    EXISTENCE = "existence"
    DOUBT = "doubt"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two statements: in which report, by whom, what, and the words it rests on."""

    document: str
    speaker: Speaker
    says: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldRelation:
    """Two statements of one field, also of one report. For an update `a` is the earlier, superseded one."""

    field: str
    a: Side
    b: Side
    standing: Standing
    why: str
    kind: ConflictKind = ConflictKind.NONE
    rule: str = ""


# How two reports stand when several of their statements can be compared: the first of these that is found.
_LEADING = (
    Standing.UPDATE,
    Standing.CONFLICT,
    Standing.SAME,
    Standing.DEFINITIONAL,
    Standing.COMPATIBLE,
    Standing.UNKNOWN,
)


def leading(relations: Iterable[FieldRelation]) -> FieldRelation | None:
    """Return the relation that speaks for a pair of reports in one field."""
    found = sorted(relations, key=lambda r: _LEADING.index(r.standing))
    return found[0] if found else None
