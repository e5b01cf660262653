"""Turns an annotated document of the corpus form into what a perfect reader would have found.

With it the rooms above the reader can be measured alone: claims assembled from gold readings must score as gold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contested.types import (
    ActorKind,
    ArgumentArc,
    Attribution,
    DateOrigin,
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

_LAYER_OF_ROLE = {Role.PLACE: Layer.PLACE, Role.TIME: Layer.TIME, Role.WEAPON: Layer.WEAPON}


def gold_document(annotated: dict[str, Any]) -> Document:
    """Return the document of one line of the corpus form."""
    day = annotated.get("date")
    return Document(
        id=annotated["id"],
        text=annotated["text"],
        sentences=tuple(Span(*s) for s in annotated["sentences"]),
        published=Published(date.fromisoformat(day), DateOrigin.GIVEN) if day else None,
        publisher=annotated.get("publisher"),
    )


def gold_reading(annotated: dict[str, Any]) -> Reading:
    """Return the reading that finds exactly what the annotators marked."""
    return _Builder(annotated).build()


@dataclass
class _Builder:
    annotated: dict[str, Any]
    mentions: dict[tuple[Layer, Span, Any], Mention] = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)
    arcs: list[ArgumentArc] = field(default_factory=list)

    def build(self) -> Reading:
        self.kinds = {Span(*s): ActorKind(a["kind"]) for a in self.annotated["actors"] for s in a["spans"]}
        self.levels = {Span(*s): PlaceLevel(p["level"]) for p in self.annotated["places"] for s in p["spans"]}
        groups = tuple(self._read_event(event) for event in self.annotated["events"])
        by_event = {e["id"]: group for e, group in zip(self.annotated["events"], groups, strict=True)}
        attributions = tuple(self._read_claim(claim, by_event) for claim in self.annotated["claims"])
        return Reading(
            document=self.annotated["id"],
            triggers=tuple(self.triggers),
            mentions=tuple(self.mentions.values()),
            arguments=tuple(self.arcs),
            attributions=attributions,
            event_groups=groups,
            actor_groups=tuple(self._actor_groups()),
            model="gold",
        )

    def _read_event(self, event: dict[str, Any]) -> tuple[str, ...]:
        group = []
        for mention in sorted(event["mentions"], key=lambda m: m["trigger"]):
            trigger = Trigger(
                f"t{len(self.triggers) + 1}",
                Span(*mention["trigger"]),
                EventType(event["type"]),
                Status(event["status"]),
            )
            self.triggers.append(trigger)
            group.append(trigger.id)
            for arg in mention["args"]:
                role, span = Role(arg["role"]), Span(*arg["span"])
                self.arcs.append(ArgumentArc(trigger.id, self._argument(role, span, arg.get("part", False)).id, role))
        return tuple(group)

    def _argument(self, role: Role, span: Span, part: bool) -> Mention:
        if role.is_count:
            return self._mention(Layer.COUNT, span, part=part)
        if role in _LAYER_OF_ROLE:
            return self._mention(_LAYER_OF_ROLE[role], span)
        is_place = span in self.levels and span not in self.kinds
        return self._mention(Layer.PLACE if is_place else Layer.PARTICIPANT, span)

    def _mention(self, layer: Layer, span: Span, *, part: bool = False, stance: Stance | None = None) -> Mention:
        key = (layer, span, (part, stance))
        if key not in self.mentions:
            self.mentions[key] = Mention(
                id=f"m{len(self.mentions) + 1}",
                layer=layer,
                span=span,
                kind=self.kinds.get(span) if layer is Layer.PARTICIPANT else None,
                level=self.levels.get(span) if layer is Layer.PLACE else None,
                stance=stance,
                part=part,
            )
        return self.mentions[key]

    def _read_claim(self, claim: dict[str, Any], by_event: dict[str, tuple[str, ...]]) -> Attribution:
        stance, cue = Stance(claim["stance"]), Span(*claim["cue"])
        source, via = (
            self._mention(Layer.PARTICIPANT, Span(*claim[key])).id if claim.get(key) else None
            for key in ("source", "via")
        )
        covered = tuple(t for event in claim["of"] for t in self._covered(cue, by_event[event]))
        return Attribution(self._mention(Layer.CUE, cue, stance=stance).id, source, via, covered, stance)

    def _covered(self, cue: Span, group: tuple[str, ...]) -> Iterator[str]:
        """Gold names the events a cue covers, not the mentions: take those of its sentence, else the nearest one."""
        spans = {t.id: t.span for t in self.triggers if t.id in group}
        sentence = next((Span(*s) for s in self.annotated["sentences"] if s[0] <= cue.start < s[1]), cue)
        inside = [i for i, span in spans.items() if sentence.contains(span)]
        yield from inside or [min(spans, key=lambda i: abs(spans[i].start - cue.start))]

    def _actor_groups(self) -> Iterator[tuple[str, ...]]:
        participants = {m.span: m.id for m in self.mentions.values() if m.layer is Layer.PARTICIPANT}
        for actor in self.annotated["actors"]:
            ids = [participants.pop(Span(*s)) for s in actor["spans"] if Span(*s) in participants]
            if ids:
                yield tuple(ids)
        yield from ((mention,) for mention in participants.values())
