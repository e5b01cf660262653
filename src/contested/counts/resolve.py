"""One number phrase of a report -> what it states. This is the room's front door."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from contested.counts.grammar import grammar, rules, words
from contested.counts.numerals import Numeral, find_numerals, is_fraction, is_part_of, read_range
from contested.resources import write_number
from contested.types import Amount, Span

_CONTEXT_CHARACTERS = 120  # what may say that a number is a running total; the longest rule looks 100 characters away
_REMEMBERED = 4096  # phrases come again and again in news ("at least five people"): a few thousand cover most
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\n": " ", "\u2009": " "}
)
_WORD = re.compile(r"[a-z][a-z'-]*")


@dataclass(frozen=True, slots=True)
class _Reading:
    low: float | None
    high: float | None
    rule: str
    reason: str
    vague: str = ""


def resolve(text: str, span: Span, *, sentence: Span | None = None) -> Amount:
    """Return what the number phrase at `span` states: lowest and highest number, hedge, what is counted.

    "15 people" is 15 to 15, "at least 15" 15 to open, "up to 20" open to 20, "10 to 12" that, "a man and his two
    sons" 3. "Dozens" stays vague: no number is invented. Shares ("40%", "one in three") are no amounts either.

    Args:
        text: the document's untouched text.
        span: the number phrase in it.
        sentence: the sentence around it, whose words say whether it is a running total or mixes dead and wounded.

    Known failures: a named victim without a number ("John Smith") states no number; kin in a list without an article
    ("his wife, son and daughter") count as the first of them only when no number stands with them.

    >>> amount = resolve("at least 15 people", Span(0, 18))
    >>> amount.low, amount.high, amount.hedge, amount.of_whom
    (15.0, None, 'at least', 'people')
    """
    original = span.of(text).strip(" ,;:")
    phrase = _rewritten(original.translate(_PLAIN).lower())
    reading = _read(phrase)
    hedge = _first_bound(original.translate(_PLAIN).lower())
    sets = _said_by_context(text, span, sentence)
    if reading.rule == "range" and "step" in sets and reading.high is not None:
        reason = f"a number that has come to {write_number(reading.high)}"
        reading = replace(reading, low=reading.high, rule="step", reason=reason)
    if "exact" in sets and reading.low is None and phrase.startswith("up to"):
        reading, hedge = replace(reading, low=reading.high, reason="the number that others add up to"), ""
    return Amount(
        low=reading.low,
        high=reading.high,
        rule=reading.rule,
        reason=reading.reason,
        hedge=hedge,
        of_whom=_counted(original) or _counted_behind(text, span, sentence),
        vague=reading.vague,
        cumulative="cumulative" in sets,
        mixed="mixed" in sets,
    )


@lru_cache(maxsize=_REMEMBERED)
def _rewritten(phrase: str) -> str:
    for rule in rules("rewrites.toml"):
        phrase = rule.pattern.sub(rule.fields["becomes"], phrase)
    return re.sub(r"\s+", " ", phrase).strip(" ,;:")


@lru_cache(maxsize=_REMEMBERED)
def _read(phrase: str) -> _Reading:
    """What a rewritten phrase states, its bounds included."""
    numerals = find_numerals(phrase)
    if numerals and is_fraction(phrase, numerals):
        return _Reading(None, None, "share", "a share of an unsaid whole", vague=phrase)
    numerals = _without_articles(phrase, numerals)
    if numerals:
        spread = read_range(phrase, numerals)
        if spread is not None:
            return _Reading(*spread, "range", f"from {write_number(spread[0])} to {write_number(spread[1])}")
        whole = _part_of_a_whole(phrase, numerals)
        return whole if whole is not None else _bounded(phrase, _sum(phrase, numerals), numerals)
    if grammar("none").match(phrase):
        return _Reading(0.0, 0.0, "none", "said to be none")
    if (vague := _vague_in(phrase)) and not grammar("one-more").match(phrase):
        return _Reading(None, None, "vague", "a vague word states no number", vague=vague)
    return _bounded(phrase, _sum(phrase, []), [])


def _without_articles(phrase: str, numerals: list[Numeral]) -> list[Numeral]:
    """Numbers that count: "several hundred" and "a couple of hundred" are vague, not 100 and 2."""
    kept = []
    for numeral in numerals:
        before = phrase[: numeral.start].rstrip()
        is_bare_scale = grammar("bare-scale").match(phrase[numeral.start : numeral.end])
        if is_bare_scale and grammar("vague-before-a-scale").search(before):
            continue
        if grammar("couple-of-a-scale").match(phrase[numeral.start :]):
            continue
        kept.append(numeral)
    return kept


def _part_of_a_whole(phrase: str, numerals: list[Numeral]) -> _Reading | None:
    """A part that is given as a number ("four of the 28") is that number; "half of the 59" lies somewhere up to 59."""
    before = phrase[: numerals[0].start]
    share = grammar("share-of").search(before)
    if share is not None:
        value = numerals[0].value
        reason = f"an unsaid part of {write_number(value)}"
        return _Reading(None, value, "share-of-a-number", reason, vague=share["share"] or share["vague"])
    if is_part_of(phrase, numerals):
        return _bounded(phrase[: numerals[1].start], _sum(phrase[: numerals[1].start], numerals[:1]), numerals[:1])
    return None


def _sum(phrase: str, numerals: list[Numeral]) -> _Reading:
    """The number of a phrase without its bounds: one number, or several parts of a list added up."""
    found = grammar("next-in-a-list").finditer(phrase)
    cuts = [match for match in found if not any(n.start < match.end() <= n.end for n in numerals)]
    starts = [0, *(match.end() for match in cuts)]
    ends = [*(match.start() for match in cuts), len(phrase)]
    parts = [
        (phrase[start:end], [n for n in numerals if start <= n.start < end])
        for start, end in zip(starts, ends, strict=True)
    ]
    values = [_value(part, inside, is_first=index == 0) for index, (part, inside) in enumerate(parts)]
    counted = [value for value in values if value is not None]
    if len(parts) > 1 and values[0] is None and (vague := _vague_in(parts[0][0])):
        return _Reading(None, None, "vague", "a vague word in a list states no number", vague=vague)
    if not counted:
        return _Reading(None, None, "no-number", "the words state no number")
    total = sum(counted)
    if len(counted) == 1:
        rule = "number" if numerals else "one"
        return _Reading(total, total, rule, "the number as written" if numerals else "a single one is meant")
    return _Reading(total, total, "sum", " + ".join(write_number(value) for value in counted))


def _value(part: str, numerals: list[Numeral], is_first: bool) -> float | None:
    """What one part of a list counts: its number, one for "a soldier" or "his wife", None when it has no number."""
    if numerals:
        return numerals[0].value
    match = grammar("determiner").match(part)
    if match is None:
        return 1.0 if not is_first and part.strip() in words("persons.tsv") else None
    if match["word"] == "no":
        return 0.0
    if match["word"] in ("a", "an", "another", "one", "every", "each"):
        return 1.0
    return None if _is_plural(match["rest"]) else 1.0


def _is_plural(noun_phrase: str) -> bool:
    """Whether the head noun is plural: the last word before what follows the noun."""
    head_end = grammar("end-of-the-head-noun").search(noun_phrase)
    nouns = _WORD.findall(noun_phrase[: head_end.start()] if head_end else noun_phrase)
    if not nouns:
        return False
    head = nouns[-1].removesuffix("'")
    if head in words("plurals.tsv"):
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "is", "'s")) and head not in words("singulars.tsv")


def _bounded(phrase: str, reading: _Reading, numerals: list[Numeral]) -> _Reading:
    """The reading opened up or down by the phrase's bounds; a lower and an upper bound each take their own number."""
    if reading.low is None:
        return reading
    kinds: dict[str, re.Match[str]] = {}
    for rule in rules("bounds.toml"):
        if (match := rule.pattern.search(phrase)) is not None:
            kinds.setdefault(rule.fields["kind"], match)
    least, most = kinds.get("least"), kinds.get("most")
    if least is not None and most is not None and len(numerals) > 1:
        low = next((n.value for n in numerals if n.start >= least.start()), numerals[0].value)
        high = next((n.value for n in numerals if n.start >= most.start()), numerals[-1].value)
        if low < high:
            return _Reading(low, high, "two-bounds", f"{least[0]} {write_number(low)}, {most[0]} {write_number(high)}")
    if most is not None and (least is None or most.start() <= least.start()):
        why = f"{reading.reason}; {most[0]!r}: the highest it is said to be"
        return replace(reading, low=None, rule=f"{reading.rule} > at-most", reason=why)
    if least is not None:
        why = f"{reading.reason}; {least[0]!r}: the lowest it is said to be"
        return replace(reading, high=None, rule=f"{reading.rule} > at-least", reason=why)
    if "about" in kinds:
        why = f"{reading.reason}; {kinds['about'][0]!r}: not said to be exact"
        return replace(reading, rule=f"{reading.rule} > about", reason=why)
    return reading


def _vague_in(phrase: str) -> str:
    for rule in rules("vague.toml"):
        if (match := rule.pattern.search(phrase)) is not None:
            return match[0]
    return ""


def _first_bound(phrase: str) -> str:
    matches = [match for rule in rules("bounds.toml") if (match := rule.pattern.search(phrase)) is not None]
    return min(matches, key=lambda match: match.start())[0].strip() if matches else ""


@lru_cache(maxsize=_REMEMBERED)
def _counted(original: str) -> str:
    """The counted people or things as written: the phrase without its bounds, numbers and articles in front."""
    rest = grammar("included").sub("", original)
    while True:
        if (match := grammar("age-in-front").match(rest)) is not None:
            return rest[max(match.end("article"), 0) :].strip(" ,;:.")  # -1 when there is none
        lowered = rest.translate(_PLAIN).lower()
        start = 0
        for rule in rules("bounds.toml"):
            if (match := rule.pattern.match(lowered)) is not None:
                start = max(start, match.end())
        numerals = find_numerals(lowered)
        if numerals and numerals[0].start == 0:
            start = max(start, numerals[0].end)
            if (stuck := grammar("stuck-to-a-figure").match(lowered[start:])) is not None:
                start += stuck.end()
        if (match := grammar("in-front-of-the-noun").match(lowered)) is not None and match.end() > start:
            start = match.end()
        if start == 0:
            return rest.strip(" ,;:.")
        rest = rest[start:]


def _counted_behind(text: str, span: Span, sentence: Span | None) -> str:
    """What a bare number counts, when the words right behind it say so: "at least 15 [civilians] were killed"."""
    end = min(span.end + _CONTEXT_CHARACTERS, sentence.end if sentence else len(text))
    match = grammar("counted-behind").match(text[span.end : end])
    return match["words"] if match is not None else ""


def _said_by_context(text: str, span: Span, sentence: Span | None) -> set[str]:
    """Which of cumulative, mixed and step the words in and around the phrase say."""
    start = max(span.start - _CONTEXT_CHARACTERS, sentence.start if sentence else 0, 0)
    end = min(span.end + _CONTEXT_CHARACTERS, sentence.end if sentence else len(text))
    sides = {"before": text[start : span.start], "inside": span.of(text), "after": text[span.end : end]}
    return {
        rule.fields["sets"]
        for rule in rules("context.toml")
        if rule.pattern.search(sides[rule.fields["side"]]) is not None
    }
