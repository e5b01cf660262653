"""One report's claims: what the reader found plus what it resolves to, with evidence for each value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contested.types.document import Document
from contested.types.labels import EventType, Role, Stance, Status
from contested.types.spans import Span
from contested.types.values import ActorLink, Amount, PlaceLink, When


@dataclass(frozen=True, slots=True)
class Argument:
    """A span and its role in an event. `amount` is set on counts only; `part`: the number is inside a larger one."""

    role: Role
    span: Span
    part: bool = False
    amount: Amount | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class EventMention:
    """One place of the text that names an event, with the arguments found there."""

    trigger: Span
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An event that the report speaks of, with all its mentions in text order. `when` None: the report gives no time.

    `when_rule` says how the event came by its time (a time argument of its own, or a named rule).
    """

    id: str
    type: EventType
    status: Status
    mentions: tuple[EventMention, ...]
    when: When | None = None
    when_span: Span | None = None
    when_rule: str = ""
    score: float = 1.0

    def arguments(self, role: Role | None = None) -> tuple[Argument, ...]:
        """Return the arguments of all mentions, those of one role if given, in text order."""
        if role is not None:
            return tuple([a for m in self.mentions for a in m.arguments if a.role is role])
        if len(self.mentions) == 1:  # as most have
            return self.mentions[0].arguments
        return tuple([a for m in self.mentions for a in m.arguments])


@dataclass(frozen=True, slots=True)
class Claim:
    """A source takes a stance on events.

    `source` None with a `cue`: nobody is named ("reportedly"). Both None: the outlet's own voice (made explicit
    by `Claims.author_events`, never stored as a row of the corpus form). `triggers` are the mentions that this saying
    itself covers, so that an event told twice in two voices can be told apart.
    """

    id: str
    stance: Stance
    cue: Span
    source: Span | None
    via: Span | None
    events: tuple[str, ...]
    score: float = 1.0
    triggers: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """People or an organisation, with every span that denotes them in this report."""

    id: str
    spans: tuple[Span, ...]
    link: ActorLink


@dataclass(frozen=True, slots=True)
class Place:
    """A place, with every span that denotes it in this report."""

    id: str
    spans: tuple[Span, ...]
    link: PlaceLink


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression and the days it means."""

    span: Span
    when: When


class DisputeKind(StrEnum):
    """What the report's own sources disagree about."""

    DENIAL = "denial"
    DOUBT = "doubt"
    OUTCOME = "outcome"
    NUMBER = "number"
    RESPONSIBILITY = "responsibility"


@dataclass(frozen=True, slots=True)
class DisputeSide:
    """One side of a dispute: a claim (None: the outlet's own voice) about an event, and the words it rests on."""

    event: str
    claim: str | None
    says: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two accounts in one report that cannot both hold, or one denied or doubted. `rule` found it, `why` says it."""

    id: str
    kind: DisputeKind
    sides: tuple[DisputeSide, DisputeSide]
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything one report says, by whom, and where its own sources contradict each other."""

    document: Document
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    times: tuple[TimeMention, ...]
    disputes: tuple[Dispute, ...]
    model: str

    def author_events(self) -> tuple[Event, ...]:
        """Return the events that no claim covers: they are in the outlet's own voice."""
        covered = {e for c in self.claims for e in c.events}
        return tuple(e for e in self.events if e.id not in covered)
