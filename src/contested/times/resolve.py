"""One time expression of a report -> the days it means. This is the room's front door."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from contested.resources import Rule, load_rules
from contested.times.expressions import read
from contested.times.heading import printed_day
from contested.times.periods import Edge, Period, written
from contested.times.precision import precision_of
from contested.times.setting import ROOM, Setting, Tense, plain, sentence_around, words_around
from contested.types import Span, When


def resolve(
    text: str, span: Span, *, published: date | None, sentence: Span | None = None, tense: str | None = None
) -> When:
    """Return the days that the time expression at `span` means in a report published on `published`.

    Words around the span are read with it where they change its meaning ("since [Thursday]", "early [July]",
    "[overnight] into Monday"), and the tense of the sentence decides between the last and the next such time.

    Args:
        text: the document's untouched text.
        span: the time expression in it.
        published: the publication day; a day printed at the report's head outweighs it (`heading.py`); without either,
            what is relative to it stays unresolved (`?`).
        sentence: the sentence around the span; found from the text when not given.
        tense: "past" or "future" when the caller knows it; read from the sentence when not given.

    Known failures: time zones move no day; "the start of the operation" has no day unless the words give one.

    >>> report = "Shells fell overnight into Monday."
    >>> resolve(report, Span(12, 21), published=date(2016, 8, 18)).value
    '2016-08-14/2016-08-15'
    """
    published = printed_day(text, published) or published
    around = sentence or sentence_around(text, span)
    setting = Setting(published, Tense(tense) if tense else None, text, span, around)
    expression = plain(span.of(text)).strip()
    for words, context_rules in _widened(text, span, around, expression):
        trace: list[Rule] = []
        period = read(words, setting, trace)
        if period is not None:
            return _when(period, [*context_rules, *trace], published)
    return When(
        None, None, "?", rule="no-rule", reason="no rule reads these words, or the report has no date to count from"
    )


def up_to(when: When, day: date) -> When:
    """Return a stretch of months or years that runs into the month or year of a day as ending on that day.

    Lengths are told by their months or years ("for more than a year" is 2015/2016 in a report of 2016): what has lasted
    or happened in them lies up to the report. Every other time is returned as it is.

    >>> told = resolve("for two years", Span(0, 13), published=date(2016, 8, 18))
    >>> told.value, up_to(told, date(2016, 8, 18)).value
    ('2014/2016', '2014-01-01/2016-08-18')
    """
    last = when.value.partition("/")[2]
    runs_into_it = last and when.earliest and len(last) < len(day.isoformat()) and day.isoformat().startswith(last)
    if not runs_into_it or when.earliest is None or when.earliest >= day:
        return when
    period = Period(when.earliest, day, Edge(when.edge) if when.edge else None)
    precision = precision_of(period, day)
    return replace(
        when,
        latest=day,
        value=written(period),
        reason=f"{when.reason}; what has happened ends with the report",
        acled_precision=precision.acled,
        ucdp_precision=precision.ucdp,
    )


@cache
def _context_rules() -> tuple[tuple[Rule, re.Pattern[str] | None], ...]:
    return tuple(
        (rule, re.compile(rule.fields["span"]) if "span" in rule.fields else None)
        for rule in load_rules(ROOM, "context.toml")
    )


def _widened(text: str, span: Span, sentence: Span, expression: str) -> list[tuple[str, list[Rule]]]:
    """The expression with the words around it that belong to it, widest first, each with the rules that added them."""
    before, after = words_around(text, span, sentence)
    readings: list[tuple[str, list[Rule]]] = [(expression, [])]
    for side in ("right", "left"):
        words, used = readings[-1]
        for rule, wanted in _context_rules():
            if rule.fields["side"] != side or (wanted is not None and not wanted.match(words)):
                continue
            match = rule.pattern.search(before if side == "left" else after)
            if match is not None:
                added = match.groupdict().get("words") or ""
                readings.append((rule.fields["add"].replace("{words}", added).replace("{}", words), [*used, rule]))
                break
    return readings[::-1]


def _when(period: Period, trace: list[Rule], published: date | None) -> When:
    precision = precision_of(period, published)
    said = [rule.fields["says"] for rule in trace if "says" in rule.fields]
    return When(
        earliest=period.first,
        latest=period.last,
        value=written(period),
        rule=" > ".join(rule.name for rule in trace),
        reason="; ".join([*dict.fromkeys(said), precision.reason]),
        edge=period.edge.value if period.edge else None,
        acled_precision=precision.acled,
        ucdp_precision=precision.ucdp,
    )
