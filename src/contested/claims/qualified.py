"""What keeps a saying from contradicting another, or makes it a weaker contradiction, read off its words.

Over `qualified.toml`. A report often says that a claim "could not be verified"; that somebody denied plans before the
attack came; that an invasion "would be" horrible. None of these sets one account against another.
"""

from __future__ import annotations

from contested.claims.index import Index
from contested.resources import load_rules
from contested.types import Argument, Claim, Document, Event, EventMention, Span, Stance, Status

_AROUND_CUE = (
    50  # characters before a cue: the reader may mark "verified" alone in "could not be independently verified"
)
_AROUND_NUMBER = 20  # characters on both sides of a number: "another", "… more", "… a day" stand beside it


def is_unconfirmed(claim: Claim, index: Index) -> bool:
    """Return whether a doubt only says that the thing is not confirmed or could not be verified."""
    if claim.stance is not Stance.DOUBTS:
        return False
    sentence = _sentence(claim.cue, index)
    return _matches("cue", index.text[max(sentence.start, claim.cue.start - _AROUND_CUE) : claim.cue.end])


def neither_confirmed_nor_denied(document: Document, cue: Span) -> Span | None:
    """Return the whole of “neither confirmed nor denied” where a denying cue is its last word, else None."""
    sentence = document.sentence_at(cue) or cue
    (rule,) = [r for r in load_rules("contested.claims", "qualified.toml") if r.fields["asked"] == "no-denial"]
    found = rule.pattern.search(document.text[sentence.start : cue.end])
    return Span(sentence.start + found.start(), cue.end) if found else None


def is_about_a_detail(claim: Claim, index: Index) -> bool:
    """Return whether a doubt is about who, how many, which …, and so not about whether it happened."""
    after = index.text[claim.cue.end : _sentence(claim.cue, index).end]
    return claim.stance is Stance.DOUBTS and _matches("after-cue", after)


def is_overtaken(claim: Claim, index: Index) -> bool:
    """Return whether a denial is told as an earlier one: “after repeatedly denying”, “initially denied”."""
    return _matches("before-cue", index.text[_sentence(claim.cue, index).start : claim.cue.start])


def is_supposed(event: Event, triggers: tuple[Span, ...], index: Index) -> bool:
    """Return whether mentions of an event that has not happened only say what it would mean if it came to that."""
    return event.status is not Status.ACTUAL and bool(triggers) and all(_supposes(t, index) for t in triggers)


def _supposes(trigger: Span, index: Index) -> bool:
    sentence = _sentence(trigger, index)
    return _matches("before", index.text[sentence.start : trigger.start]) or _matches(
        "after", index.text[trigger.end : sentence.end]
    )


def is_launch_without_hit(told: Event, negated: Event, index: Index) -> bool:
    """Return whether one event is a launch and the other a hit that did not come: both can be true."""
    return _named(told.mentions, "sent", index) and _named(negated.mentions, "arrived", index)


def _named(mentions: tuple[EventMention, ...], asked: str, index: Index) -> bool:
    return all(_matches(asked, index.words(m.trigger)) for m in mentions)


def is_guess(number: Argument, index: Index) -> bool:
    """Return whether a number is only said to be possible: “could be over 50”."""
    return _matches("maybe", _words_before(number.span, index))


def count_alike(a: Argument, b: Argument, index: Index) -> bool:
    """Return whether neither or both of two numbers come on top of another, and neither or both are so many a day."""
    around = [_around(number.span, index) for number in (a, b)]
    return all(_matches(asked, around[0]) == _matches(asked, around[1]) for asked in ("added", "rate"))


def replaces(later: Argument, earlier: Argument, index: Index) -> bool:
    """Return whether the second number told takes the first one's place: a risen toll, or a correction."""
    before = _words_before(later.span, index)
    if _matches("revised", before):
        return True
    if later.amount is None or earlier.amount is None:
        return False
    low, high = later.amount.low, earlier.amount.high
    return _matches("newer", before) and low is not None and high is not None and low > high


def _words_before(span: Span, index: Index) -> str:
    return index.text[_sentence(span, index).start : span.start]


def _around(span: Span, index: Index) -> str:
    sentence = _sentence(span, index)
    start, end = max(sentence.start, span.start - _AROUND_NUMBER), min(sentence.end, span.end + _AROUND_NUMBER)
    return index.text[start:end]


def _sentence(span: Span, index: Index) -> Span:
    return index.claims.document.sentence_at(span) or span


def _matches(asked: str, words: str) -> bool:
    rules = load_rules("contested.claims", "qualified.toml")
    return any(rule.pattern.search(words) for rule in rules if rule.fields["asked"] == asked)
