"""What each output unit of the model means. Training and reading share it; its order is part of the weights."""

from __future__ import annotations

from contested.types import ActorKind, EventType, Layer, PlaceLevel, Role, Stance, Status

LAYERS: tuple[Layer, ...] = (
    Layer.TRIGGER,
    Layer.PARTICIPANT,
    Layer.PLACE,
    Layer.TIME,
    Layer.WEAPON,
    Layer.COUNT,
    Layer.CUE,
)
LAYER_INDEX: dict[Layer, int] = {layer: i for i, layer in enumerate(LAYERS)}
TRIGGER, PARTICIPANT, PLACE, TIME, WEAPON, COUNT, CUE = range(7)

TAGS = 3  # outside, begin, inside, for each layer
OUTSIDE, BEGIN, INSIDE = range(TAGS)

TYPES: tuple[EventType, ...] = tuple(EventType)
NO_EVENT = len(TYPES)  # a found span that names no event after all
STATUSES: tuple[Status, ...] = tuple(Status)
ACTUAL = STATUSES.index(Status.ACTUAL)
KINDS: tuple[ActorKind, ...] = tuple(ActorKind)
THING = len(KINDS)  # a participant that is no actor: a depot, a town
LEVELS: tuple[PlaceLevel, ...] = tuple(PlaceLevel)
STANCES: tuple[Stance, ...] = tuple(Stance)

ROLES: tuple[Role, ...] = tuple(Role)  # label 0 of an argument pair is "none", label 1 + i is ROLES[i]
ROLE_INDEX: dict[Role, int] = {role: i + 1 for i, role in enumerate(ROLES)}
ROLE_LAYER: dict[Role, int] = {
    role: {
        Role.BY: PARTICIPANT,
        Role.ON: PARTICIPANT,
        Role.PLACE: PLACE,
        Role.TIME: TIME,
        Role.WEAPON: WEAPON,
    }.get(role, COUNT)
    for role in ROLES
}
