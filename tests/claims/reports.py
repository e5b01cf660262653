"""Builds reports and what a reader would find in them, by quoting: testing claims needs no model."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from contested.claims import assemble
from contested.types import (
    ActorKind,
    ArgumentArc,
    Attribution,
    Claims,
    DateOrigin,
    DisputeKind,
    Document,
    EventType,
    Layer,
    Mention,
    PlaceLevel,
    Published,
    Reading,
    Role,
    Span,
    Stance,
    Status,
    Trigger,
)

_SENTENCE = re.compile(r"[^.!?]+[.!?]”?")


@dataclass
class Report:
    """A report in the making. Quotations name spans; `"army#2"` is the second place where the word stands."""

    text: str
    published: str | None = "2024-05-15"  # a Wednesday
    publisher: str | None = "The Valley Post"
    triggers: list[Trigger] = field(default_factory=list)
    mentions: dict[tuple, Mention] = field(default_factory=dict)
    arcs: list[ArgumentArc] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    groups: list[list[str]] = field(default_factory=list)
    same_actor: list[list[str]] = field(default_factory=list)

    def span(self, quotation: str) -> Span:
        words, _, number = quotation.partition("#")
        start = -1
        for _ in range(int(number or 1)):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def event(
        self, kind: EventType, trigger: str, status: Status = Status.ACTUAL, again: int | None = None, **roles
    ) -> int:
        """Add a mention of an event; return the number of its group. `again`: the group it belongs to."""
        found = Trigger(f"t{len(self.triggers)}", self.span(trigger), kind, status)
        self.triggers.append(found)
        if again is None:
            self.groups.append([])
            again = len(self.groups) - 1
        self.groups[again].append(found.id)
        for name, quotations in roles.items():
            role = Role(name.removesuffix("_part"))
            for quotation in [quotations] if isinstance(quotations, str) else quotations:
                mention = self._argument(role, quotation, part=name.endswith("_part"))
                self.arcs.append(ArgumentArc(found.id, mention.id, role))
        return again

    def said(self, source: str | None, cue: str, stance: Stance, *triggers: str, via: str | None = None) -> None:
        """Add a claim; `triggers` quote the mentions it covers."""
        covered = tuple(t.id for quoted in triggers for t in self.triggers if t.span == self.span(quoted))
        assert len(covered) >= len(triggers), "quote triggers that were added before"
        source_id, via_id = (self._participant(x).id if x else None for x in (source, via))
        self.attributions.append(
            Attribution(self._mention(Layer.CUE, cue, stance=stance).id, source_id, via_id, covered, stance)
        )

    def actor(self, kind: ActorKind | None, *quotations: str) -> None:
        """Say which spans are one actor of which kind; None makes them things. Those never named are `other`."""
        ids = []
        for quotation in quotations:
            mention = self._participant(quotation)
            key = (Layer.PARTICIPANT, mention.span, None)
            self.mentions[key] = Mention(mention.id, mention.layer, mention.span, kind=kind)
            ids.append(mention.id)
        if kind is not None:
            self.same_actor.append(ids)

    def place(self, quotation: str) -> None:
        """Say that a span is a place, whether or not an event has it."""
        self._mention(Layer.PLACE, quotation)

    def claims(self) -> Claims:
        return assemble(self.document(), self.reading())

    def document(self) -> Document:
        day = Published(date.fromisoformat(self.published), DateOrigin.GIVEN) if self.published else None
        sentences = []
        for found in _SENTENCE.finditer(self.text):
            start = found.start() + len(found.group()) - len(found.group().lstrip())
            sentences.append(Span(start, found.end()))
        return Document("report", self.text, tuple(sentences), published=day, publisher=self.publisher)

    def reading(self) -> Reading:
        grouped = {i for group in self.same_actor for i in group}
        people = [m for m in self.mentions.values() if m.layer is Layer.PARTICIPANT and m.kind is not None]
        return Reading(
            document="report",
            triggers=tuple(self.triggers),
            mentions=tuple(self.mentions.values()),
            arguments=tuple(self.arcs),
            attributions=tuple(self.attributions),
            event_groups=tuple(tuple(group) for group in self.groups),
            actor_groups=tuple(tuple(g) for g in self.same_actor)
            + tuple((m.id,) for m in people if m.id not in grouped),
            model="by hand",
        )

    def _argument(self, role: Role, quotation: str, *, part: bool) -> Mention:
        if role.is_count:
            return self._mention(Layer.COUNT, quotation, part=part)
        if role is Role.PLACE or quotation.startswith("@"):
            return self._mention(Layer.PLACE, quotation.removeprefix("@"))
        if role is Role.TIME:
            return self._mention(Layer.TIME, quotation)
        return self._mention(Layer.WEAPON, quotation) if role is Role.WEAPON else self._participant(quotation)

    def _participant(self, quotation: str) -> Mention:
        return self._mention(Layer.PARTICIPANT, quotation)

    def _mention(self, layer: Layer, quotation: str, *, part: bool = False, stance: Stance | None = None) -> Mention:
        key = (layer, self.span(quotation), stance or part or None)
        kind = ActorKind.OTHER if layer is Layer.PARTICIPANT else None
        level = PlaceLevel.TOWN if layer is Layer.PLACE else None
        return self.mentions.setdefault(
            key, Mention(f"m{len(self.mentions)}", layer, key[1], kind=kind, level=level, stance=stance, part=part)
        )


def found(report: Report) -> list[tuple[DisputeKind, str]]:
    """Return the kind and the rule of each dispute within a report."""
    return [(d.kind, d.rule) for d in report.claims().disputes]
