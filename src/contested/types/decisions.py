"""What a reviewer decided on what was read: bound to words of the text, so that it holds for every later reading."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contested.types.labels import Role
from contested.types.spans import Span


class Target(StrEnum):
    """What a decision is about, and what its span is: a trigger, a cue, a count's or argument's words, a place name."""

    EVENT = "event"
    CLAIM = "claim"
    ARGUMENT = "argument"
    PLACE = "place"


class Action(StrEnum):
    """What was decided. `ADD` says what the reader missed, `UNDO` takes one earlier decision back."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    ADD = "add"
    UNDO = "undo"


class Correctable(StrEnum):
    """The values that can be corrected, and what they are of."""

    TYPE = "type"
    STATUS = "status"
    WHEN = "when"
    STANCE = "stance"
    AMOUNT = "amount"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one reviewer; `number` orders them, the last on one value holds.

    `document` is the key of one version of a report. `span` says which words it is about; `trigger` the event's for an
    argument, the source's for a claim. `field` and `value` are set for a correction: a type, status or stance as the
    corpus form writes it; days as `2016-07-31`, `2016-07-31/2016-08-02`, `2016-07-31/..`, `../2016-08-02`, `?`; an
    amount as `12`, `10..12`, `10..`, `..12`, `?`; a place as the id of one of its candidates, or `NIL`. `was` is the
    value that the reviewer saw. `undoes` is the number of the decision that an `UNDO` takes back.

    An `ADD` adds an event at `span` (`field` and `value` give its type); an argument at `span` with `role` to the event
    at `trigger`; that event to what the saying with the cue at `span` covers; or a saying with that cue (`field` and
    `value` give its stance) of the source at `trigger`, if one is named, about the events at the triggers `covers`.
    """

    document: str
    target: Target
    span: Span
    action: Action
    reviewer: str
    field: Correctable | None = None
    value: str = ""
    was: str = ""
    role: Role | None = None
    trigger: Span | None = None
    reason: str = ""
    number: int = 0
    at: str = ""
    undoes: int | None = None
    covers: tuple[Span, ...] = ()

    @property
    def adds_saying(self) -> bool:
        """Whether a saying of its own is added, and not an event to one that is there."""
        return self.action is Action.ADD and self.target is Target.CLAIM and self.field is Correctable.STANCE


def standing_decisions(decisions: list[Decision]) -> list[Decision]:
    """Return the decisions that hold: not taken back, and the last on their value. Oldest first."""
    undone = {d.undoes for d in decisions if d.action is Action.UNDO}
    held: dict[tuple[object, ...], Decision] = {}
    for decision in sorted(decisions, key=lambda d: d.number):
        if decision.action is Action.UNDO or decision.number in undone:
            continue
        words = (decision.document, decision.target, decision.span, decision.role, decision.trigger)
        adds = decision.action is Action.ADD
        if adds:  # whoever adds what was rejected before says that it is there after all
            for field in (None, Correctable.TYPE, Correctable.STANCE):
                held.pop((*words, field, False), None)
        key = (*words, decision.field, adds)  # a correction of an added event's type stands beside the addition
        held.pop(key, None)
        held[key] = decision
    return list(held.values())
