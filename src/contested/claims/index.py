"""Look-ups over one report's claims: which actor a span denotes, who says a thing, which sentence it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contested.types import (
    Actor,
    Argument,
    Claim,
    Claims,
    Event,
    EventMention,
    EventType,
    Place,
    Role,
    Span,
    Stance,
    Status,
    TimeMention,
)

# Stances that put an event forward as having happened; the other three speak against it or against one's part in it.
ASSERTING = frozenset({Stance.ASSERTS, Stance.CONFIRMS, Stance.ADMITS})


# Letters up to which a naming says little by itself: every English pronoun, and bare words such as "rebel" or "army".
_SAYS_LITTLE = 5


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something: the claim it is said by, and the speaker's actor id.

    `claim` None is the outlet itself; `speaker` None with a claim is a source that nobody names ("reportedly"): a
    voice of its own each time, since nothing tells two unnamed sources apart or together.
    """

    claim: Claim | None = None
    speaker: str | None = None

    def is_same_as(self, other: Voice) -> bool:
        """Return whether the two are known to be one speaker."""
        if self.claim is None or other.claim is None:
            return self.claim is other.claim
        if self.speaker is None or other.speaker is None:
            return self.claim.id == other.claim.id
        return self.speaker == other.speaker


AUTHOR = Voice()


class Index:
    """One report's claims, ready to be asked."""

    def __init__(self, claims: Claims) -> None:
        self.claims = claims
        self.text = claims.document.text
        self.events: dict[str, Event] = {event.id: event for event in claims.events}
        self._actors: dict[Span, Actor] = {span: actor for actor in claims.actors for span in actor.spans}
        self._places: dict[Span, Place] = {span: place for place in claims.places for span in place.spans}
        self._times: dict[Span, TimeMention] = {mention.span: mention for mention in claims.times}
        self._starts = [sentence.start for sentence in claims.document.sentences]
        self._times_in: dict[int, list[TimeMention]] = {}
        for mention in claims.times:
            self._times_in.setdefault(self.sentence_number(mention.span), []).append(mention)
        self._accusations_in: dict[int, list[EventMention]] = {}
        for accusation in (m for e in claims.events if e.type is EventType.ACCUSE for m in e.mentions):
            self._accusations_in.setdefault(self.sentence_number(accusation.trigger), []).append(accusation)
        self._on: dict[str, list[Claim]] = {}
        for claim in claims.claims:
            for event in claim.events:
                self._on.setdefault(event, []).append(claim)

    def actor_at(self, span: Span | None) -> Actor | None:
        """Return the actor that a span denotes."""
        return self._actors.get(span) if span is not None else None

    def place_at(self, span: Span) -> Place | None:
        """Return the place that a span denotes."""
        return self._places.get(span)

    def time_at(self, span: Span) -> TimeMention | None:
        """Return the time that a span means."""
        return self._times.get(span)

    def times_in(self, sentence: int) -> Sequence[TimeMention]:
        """Return the times that start in a sentence, by its number, in text order."""
        return self._times_in.get(sentence, ())

    def accusations_in(self, sentence: int) -> Sequence[EventMention]:
        """Return the mentions of accusations that start in a sentence, by its number."""
        return self._accusations_in.get(sentence, ())

    def words(self, span: Span) -> str:
        """Return the characters of a span, with line breaks and runs of spaces made one space."""
        return " ".join(span.of(self.text).split())

    def name(self, span: Span) -> str:
        """Return a participant as written; a pronoun or bare word with who it stands for: `they [the command]`."""
        words, actor = self.words(span), self.actor_at(span)
        if actor is None or len(words) > _SAYS_LITTLE:
            return words
        fuller = (self.words(s) for s in actor.spans)
        name = next((w for w in fuller if len(w) > _SAYS_LITTLE), actor.link.name)
        return words if name.casefold() == words.casefold() else f"{words} [{name}]"

    def names(self, event: Event, role: Role) -> tuple[str, ...]:
        """Return those in one role, each actor once, by its first naming there that says enough."""
        best: dict[str, Span] = {}
        for argument in event.arguments(role):
            actor = self.actor_at(argument.span)
            key = actor.id if actor else self.words(argument.span).casefold()
            if key not in best or len(self.words(best[key])) <= _SAYS_LITTLE < len(self.words(argument.span)):
                best[key] = argument.span
        return tuple(dict.fromkeys(self.name(span) for span in best.values()))

    def sentence_number(self, span: Span) -> int:
        """Return the number of the sentence in which a span starts, from 1; 0 before the first one."""
        return bisect_right(self._starts, span.start)

    def sentences_apart(self, a: Span, b: Span) -> int:
        """Return how many sentences lie between two spans; 0 within one sentence."""
        return abs(self.sentence_number(a) - self.sentence_number(b))

    def claims_on(self, event: Event) -> tuple[Claim, ...]:
        """Return the claims that cover an event, in text order."""
        return tuple(self._on.get(event.id, ()))

    def voice(self, claim: Claim) -> Voice:
        """Return who makes a claim."""
        actor = self.actor_at(claim.source)
        return Voice(claim, actor.id if actor else None)

    def speaker_name(self, claim: Claim | None) -> str:
        """Return the source as the report writes it, or what stands for it when nobody is named."""
        if claim is None:
            return self.claims.document.publisher or "the report itself"
        if claim.source is None:
            return "a source that is not named"
        return self.words(claim.source)

    def asserting_voices(self, event: Event) -> tuple[Voice, ...]:
        """Return those who say that an event happened, in text order; the outlet when it says so without a source."""
        voices = tuple(self.voice(c) for c in self.claims_on(event) if c.stance in ASSERTING)
        if event.status is Status.NEGATED:
            return ()
        return voices or ((AUTHOR,) if self.own_voice_mentions(event) else ())

    def own_voice_mentions(self, event: Event) -> tuple[EventMention, ...]:
        """Return the mentions of an event that no claim covers: there the outlet speaks itself.

        A mention in the same sentence as a saying about that event is left out: what the saying covers there is not
        certain enough to put it into the outlet's mouth.
        """
        about = self.claims_on(event)
        covered = {trigger for claim in about for trigger in claim.triggers}
        cue_sentences = {self.sentence_number(claim.cue) for claim in about}
        return tuple(
            m
            for m in event.mentions
            if m.trigger not in covered and self.sentence_number(m.trigger) not in cue_sentences
        )

    def voice_of_argument(self, event: Event, mention: EventMention, argument: Argument) -> Voice:
        """Return who states one argument of an event.

        The saying about this event in the argument's own sentence (the nearest cue, if several); else the saying that
        covers the mention; else the outlet.
        """
        about = self.claims_on(event)
        here = [c for c in about if self.sentences_apart(c.cue, argument.span) == 0] or [
            c for c in about if mention.trigger in c.triggers
        ]
        if not here:
            return AUTHOR
        return self.voice(min(here, key=lambda c: (abs(c.cue.start - argument.span.start), c.id)))

    def doers(self, arguments: Iterable[Argument]) -> tuple[Actor, ...]:
        """Return the actors among `by` arguments, each once."""
        return self._actors_in(arguments, Role.BY)

    def targets(self, arguments: Iterable[Argument]) -> tuple[Actor, ...]:
        """Return the actors among `on` arguments, each once."""
        return self._actors_in(arguments, Role.ON)

    def _actors_in(self, arguments: Iterable[Argument], role: Role) -> tuple[Actor, ...]:
        found = (self.actor_at(a.span) for a in arguments if a.role is role)
        return tuple({actor.id: actor for actor in found if actor is not None}.values())

    def places_of(self, event: Event) -> tuple[Place, ...]:
        """Return the places where an event happened or that it was done to, each once."""
        found = (self.place_at(a.span) for a in event.arguments() if a.role in (Role.PLACE, Role.ON))
        return tuple({place.id: place for place in found if place is not None}.values())
