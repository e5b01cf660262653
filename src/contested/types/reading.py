"""What the reader found in one document: spans with labels, and arcs between them. Nothing is resolved yet."""

from __future__ import annotations

from dataclasses import dataclass

from contested.types.labels import ActorKind, EventType, Layer, PlaceLevel, Role, Stance, Status
from contested.types.spans import Span


@dataclass(frozen=True, slots=True)
class Trigger:
    """One mention of an event. `score` in [0, 1] is the model's probability that it is one of this type."""

    id: str
    span: Span
    type: EventType
    status: Status
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of any other layer.

    `kind` is set on participants only, `level` on places only, `stance` on cues only, `part` (the number
    is included in a larger one) on counts only.
    """

    id: str
    layer: Layer
    span: Span
    kind: ActorKind | None = None
    level: PlaceLevel | None = None
    stance: Stance | None = None
    part: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class ArgumentArc:
    """`mention` plays `role` in the event that `trigger` names."""

    trigger: str
    mention: str
    role: Role
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue, who speaks (None: nobody is named), through whom, and which triggers the saying covers."""

    cue: str
    source: str | None
    via: str | None
    triggers: tuple[str, ...]
    stance: Stance
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """All layers of one document, by id.

    `event_groups` holds every trigger id exactly once (mentions of one event together, text order);
    `actor_groups` holds every participant that is an actor (its `kind` is set) exactly once.
    """

    document: str
    triggers: tuple[Trigger, ...]
    mentions: tuple[Mention, ...]
    arguments: tuple[ArgumentArc, ...]
    attributions: tuple[Attribution, ...]
    event_groups: tuple[tuple[str, ...], ...]
    actor_groups: tuple[tuple[str, ...], ...]
    model: str
