"""The words of a report with all that was found in them, cut where any of it begins or ends: spans may overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from contested.types import Claims, Role, Span


class Layer(StrEnum):
    """What a stretch of text was found to be; each has its own look."""

    TRIGGER = "trigger"
    ACTOR = "actor"
    PLACE = "place"
    TIME = "time"
    WEAPON = "weapon"
    COUNT = "count"
    CUE = "cue"
    SOURCE = "source"
    EVIDENCE = "evidence"  # of a dispute within the report
    ASKED = "asked"  # what the reader of the page came for


@dataclass(frozen=True, slots=True)
class Mark:
    """One span with a meaning; `id` is made from its place, so the same in every run: `count-120-134`."""

    layer: Layer
    span: Span

    @property
    def id(self) -> str:
        """The mark's id on a page."""
        return f"{self.layer.value}-{self.span.start}-{self.span.end}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text within which nothing begins or ends. `starts` are the marks whose first segment this is."""

    text: str
    marks: tuple[Mark, ...] = ()
    starts: tuple[Mark, ...] = ()
    is_furniture: bool = False

    @property
    def ids(self) -> str:
        """The ids of the marks that cover it, for an attribute."""
        return " ".join(m.id for m in self.marks)

    @property
    def classes(self) -> str:
        """The looks of the marks that cover it, each once."""
        return " ".join(dict.fromkeys(f"m-{m.layer.value}" for m in self.marks))


_LAYERS = {Role.BY: Layer.ACTOR, Role.ON: Layer.ACTOR, Role.PLACE: Layer.PLACE, Role.TIME: Layer.TIME}


def layer_of(role: Role) -> Layer:
    """Return the layer of an argument in a role."""
    return Layer.COUNT if role.is_count else _LAYERS.get(role, Layer.WEAPON)


def find_marks(claims: Claims) -> tuple[Mark, ...]:
    """Return all marks of a report, in text order, each once."""
    found = set()
    for event in claims.events:
        for mention in event.mentions:
            found.add(Mark(Layer.TRIGGER, mention.trigger))
            found.update(Mark(layer_of(a.role), a.span) for a in mention.arguments)
        if event.when_span is not None:
            found.add(Mark(Layer.TIME, event.when_span))
    for claim in claims.claims:
        found.add(Mark(Layer.CUE, claim.cue))
        found.update(Mark(Layer.SOURCE, s) for s in (claim.source, claim.via) if s is not None)
    for dispute in claims.disputes:
        found.update(Mark(Layer.EVIDENCE, s) for side in dispute.sides for s in side.evidence)
    return tuple(sorted(found, key=lambda m: (m.span, m.layer.value)))


def cut(text: str, marks: Sequence[Mark], furniture: Iterable[Span] = (), within: Span | None = None) -> list[Segment]:
    """Return a text (or a stretch of it) in segments, together again the same characters."""
    start, end = (within.start, within.end) if within else (0, len(text))
    left_out = [f for f in furniture if f.start < end and f.end > start]
    marks = [m for m in marks if m.span.start < end and m.span.end > start]
    bounds = {start, end}
    for span in (*(m.span for m in marks), *left_out):
        bounds |= {max(span.start, start), min(span.end, end)}
    edges = sorted(bounds)
    segments = []
    position = 0
    alive: list[Mark] = []
    for first, last in pairwise(edges):
        begun = []
        while position < len(marks) and marks[position].span.start <= first:
            begun.append(marks[position])
            position += 1
        alive = [m for m in (*alive, *begun) if m.span.end > first]
        is_furniture = any(f.start <= first and last <= f.end for f in left_out)
        segments.append(Segment(text[first:last], tuple(alive), tuple(begun), is_furniture))
    return segments
