"""Reads an expression by the rules: first those that name a time, then those that frame another expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache

from contested.errors import ResourceError
from contested.resources import Rule, load_rules
from contested.times import days, frames, lengths, names, units
from contested.times.found import Found, Meaning
from contested.times.periods import Period
from contested.times.setting import ANCHOR_CHARACTERS, ROOM, Setting, Tense, plain

MEANINGS: dict[str, Meaning] = {
    **days.MEANINGS,
    **names.MEANINGS,
    **units.MEANINGS,
    **lengths.MEANINGS,
    **frames.MEANINGS,
}
RULE_FILES = ("expressions.toml", "frames.toml", "lengths.toml")  # in the order they are tried
_DEEPEST = 6  # frames within frames: "since late on Monday last week" needs four


@cache
def rules() -> tuple[tuple[Rule, Meaning], ...]:
    """Return the rules in the order they are tried, each with its meaning."""
    loaded = tuple(rule for filename in RULE_FILES for rule in load_rules(ROOM, filename))
    for rule in loaded:
        if rule.fields.get("means") not in MEANINGS:
            raise ResourceError(f"{ROOM}, rule {rule.name!r}: no meaning is called {rule.fields.get('means')!r}")
    return tuple((rule, MEANINGS[rule.fields["means"]]) for rule in loaded)


def read(expression: str, setting: Setting, trace: list[Rule]) -> Period | None:
    """Return the days that a plain expression means, None when no rule reads it; `trace` takes the rules that did."""
    expression = expression.strip(_EDGES)
    if not expression or len(trace) > _DEEPEST:
        return None
    period = _read_whole(expression, setting, trace)
    if period is not None:
        return period
    named = _named_time().pattern.search(expression)
    if named is None or named[0].strip(_EDGES) == expression:
        return None
    mark = len(trace)
    trace.append(_named_time())
    period = _read_whole(named[0].strip(_EDGES).removesuffix("'s"), setting, trace)
    if period is None:
        del trace[mark:]
    return period


def read_strictly(expression: str, setting: Setting) -> Period | None:
    """Return the days of words that are one expression from end to end; None when a rule reads only some of them."""
    expression = expression.strip(_EDGES)
    return _read_whole(expression, setting, []) if expression else None


_EDGES = " ,.;:!?'-/"


def _read_whole(expression: str, setting: Setting, trace: list[Rule]) -> Period | None:
    reader: Callable[[str, Setting], Period | None] = lambda inner, around: read(inner, around, trace)  # noqa: E731
    for rule, meaning, match in _matching(expression):
        mark = len(trace)
        trace.append(rule)
        period = meaning(Found(match, rule.fields, setting, reader, find_anchor))
        if period is not None:
            return period
        del trace[mark:]
    return None


@lru_cache(maxsize=1 << 12)  # "Monday", "last week": an archive says the same few thousand things
def _matching(expression: str) -> tuple[tuple[Rule, Meaning, re.Match[str]], ...]:
    """Return the rules that match an expression, in the order they are tried."""
    tried = ((rule, meaning, rule.pattern.match(expression)) for rule, meaning in rules())
    return tuple((rule, meaning, match) for rule, meaning, match in tried if match is not None)


@cache
def _named_time() -> Rule:
    return load_rules(ROOM, "anchors.toml")[0]


def find_anchor(setting: Setting, in_sentence: bool) -> Period | None:
    """Return the time that the text named last before the expression: in its sentence, or in the text before."""
    if setting.nested:
        return None
    start = max(0, setting.span.start - ANCHOR_CHARACTERS)
    if in_sentence:
        start = max(start, setting.sentence.start)
    before = plain(setting.text[start : setting.span.start])
    nested = replace(setting, nested=True, said=Tense.PAST)
    for named in reversed(list(_named_time().pattern.finditer(before))):
        period = _read_whole(named[0].strip(_EDGES).removesuffix("'s"), nested, [])
        if period is not None and period.first is not None:
            return period
    return None
