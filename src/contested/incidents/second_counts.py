"""Another voice's number of the dead of what was told just before: "The hospital's director said 31", nothing more.

News goes from voice to voice, and the next one's number seldom has a noun, or the event its words, beside it. So each
number that follows a number of dead within a few sentences is looked at: what stands right before it must give it,
what follows must not make it a number of anything else (`second_counts.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from contested import counts
from contested.claims import Index
from contested.incidents.speakers import link_of, named_in
from contested.resources.rules import Rule, load_rules
from contested.types import ActorLink, Span

_ROOM, _FILE = "contested.incidents", "second_counts.toml"
REACH_SENTENCES = 4
MOST_APART = 20.0  # times; numbers further apart count two things
_LOOKED_BACK = 160  # characters before a number in which the words that give it stand
_SUBJECT = 12  # words of who gives it


@dataclass(frozen=True, slots=True)
class SecondCount:
    """A number of dead of an event that another number tells of.

    `verb` is where the words begin that give it, `speaker` whoever stands before them; `is_earlier`: the words say that
    it is one of before; `is_known`: the reader, or another rule, has found the number already.
    """

    event: str
    number: Span
    verb: int
    speaker: ActorLink | None
    is_earlier: bool
    is_known: bool


def find_second_counts(
    index: Index, told: Sequence[tuple[Span, str]], counted: Sequence[Span]
) -> Iterator[SecondCount]:
    """Yield further numbers of the dead, in text order.

    Args:
        index: the report.
        told: the numbers of dead found so far, each with the id of its event.
        counted: all numbers found so far, of whatever they are.
    """
    sentences = index.claims.document.sentences
    known = sorted(told)
    for at, sentence in enumerate(sentences):
        first = sentences[max(0, at - REACH_SENTENCES)].start
        if not any(first <= span.start < sentence.end for span, _ in known):
            continue
        for number in _numbers(index.text, sentence):
            before = [k for k in known if first <= k[0].start and k[0].end <= number.start]
            its_own = next((span for span, _ in known if span.overlaps(number)), None)
            if not before or (its_own is None and any(number.overlaps(span) for span in counted)):
                continue
            found = _second(number, sentence, before[-1], index)
            if found is None:
                continue
            yield replace(found, number=its_own or number, is_known=its_own is not None)
            if its_own is None:
                known = sorted([*known, (number, found.event)])


def _numbers(text: str, sentence: Span) -> Iterator[Span]:
    (rule,) = _rules("number")
    for match in rule.pattern.finditer(text, sentence.start, sentence.end):
        yield Span(*match.span())


def _second(number: Span, sentence: Span, last: tuple[Span, str], index: Index) -> SecondCount | None:
    """Return what a number is, if the words around it give it as one of the dead."""
    text = index.text
    after = text[number.end : sentence.end]
    if any(rule.pattern.search(after) for rule in _rules("not")):
        return None
    if not any(rule.pattern.search(after) for rule in _rules("after")):
        return None
    start = max(sentence.start, number.start - _LOOKED_BACK)
    before = text[start : number.start]
    given = _given(before, after)
    if given is None or not _is_near(number, last[0], index):
        return None
    rule, match = given
    verb = start + match.start("verb")
    speaker, is_same_voice = _speaker(verb, sentence, number, index, has_subject="nobody" not in rule.fields)
    is_less = _size(number, index) < _size(last[0], index)
    is_old = "earlier" in rule.fields or _had_given(verb, sentence, index)
    is_old = is_old or (is_same_voice and _says_earlier(sentence, index))
    return SecondCount(last[1], number, verb, speaker, is_less and is_old, is_known=False)


def _given(before: str, after: str) -> tuple[Rule, re.Match[str]] | None:
    """Return the words that give a number: right before it, or right after one that begins a clause."""
    for rule in _rules("before"):
        match = rule.pattern.search(before)
        if match is not None and ("then" not in rule.fields or _rule(rule.fields["then"]).search(after)):
            return rule, match
    return None


def _speaker(
    verb: int, sentence: Span, number: Span, index: Index, *, has_subject: bool
) -> tuple[ActorLink | None, bool]:
    """Return who gives a number, None if nobody is named, and whether only a pronoun or nothing stands for him."""
    said_after = _rule("said-by").search(index.text, number.end, sentence.end)
    if said_after is not None:
        return link_of(Span(*said_after.span("who")), index), False
    breaks = [sentence.start + match.end() for match in _rule("breaks").finditer(index.text[sentence.start : verb])]
    subject = _subject(breaks[-1] if breaks else sentence.start, verb, index) if has_subject else None
    if subject is not None:
        return _named(subject, index) or named_in(sentence, number, index), False
    return _told_last(verb, sentence, index), True


def _subject(start: int, end: int, index: Index) -> Span | None:
    """Return the words of a clause before its saying word, without an aside; None for a pronoun or no words."""
    words = index.text[start:end]
    start += len(words) - len(words.lstrip(' ,\u201c"'))
    when = _rule("when").match(index.text, start, end)
    start = when.end() if when else start
    words = index.text[start:end]
    if not words.strip() or _rule("same-voice").search(words):
        return None
    aside = _rule("aside").search(words, 1)
    return Span(start, start + (aside.start() if aside else len(words.rstrip())))


def _named(subject: Span, index: Index) -> ActorLink | None:
    return link_of(subject, index) if len(subject.of(index.text).split()) <= _SUBJECT else None


def _told_last(verb: int, sentence: Span, index: Index) -> ActorLink | None:
    """Return who spoke before in this sentence, or in the one before it: whom "he" and "by their tally" stand for."""
    at = index.sentence_number(sentence) - 1
    stretches = [Span(sentence.start, verb)] if verb > sentence.start else []
    if at > 0:
        stretches.append(index.claims.document.sentences[at - 1])
    for stretch in stretches:
        first = _rule("first-verb").search(index.text, stretch.start, stretch.end)
        subject = _subject(stretch.start, first.start("verb"), index) if first else None
        if subject is not None:
            return _named(subject, index)
    return None


def _had_given(verb: int, sentence: Span, index: Index) -> bool:
    """Whether a number had been given before what is told; "said it had counted nine" says nothing of when."""
    had = _rule("had").search(index.text[sentence.start : verb])
    return had is not None and not _rule("first-verb").search(index.text, sentence.start, sentence.start + had.start())


def _says_earlier(sentence: Span, index: Index) -> bool:
    """Whether the words say that a number is one of before: "On Sunday they gave"."""
    return bool(_rule("speaks-of-before").search(sentence.of(index.text)))


def _is_near(number: Span, told: Span, index: Index) -> bool:
    """Whether two numbers differ, and not by so much that they count two things."""
    small, large = sorted((_size(number, index), _size(told, index)))
    return 0 < small < large <= MOST_APART * small


def _size(number: Span, index: Index) -> float:
    sentence = index.claims.document.sentence_at(number) or number
    amount = counts.resolve(index.text, number, sentence=sentence)
    return max((n for n in (amount.low, amount.high) if n is not None), default=0.0)


@cache
def _rule(name: str) -> re.Pattern[str]:
    return next(rule.pattern for rule in load_rules(_ROOM, _FILE) if rule.name == name)


@cache
def _rules(side: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules(_ROOM, _FILE) if rule.fields["side"] == side)
