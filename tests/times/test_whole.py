"""Spans that the reader cut short grow to the whole expression, and no further."""

from __future__ import annotations

from datetime import date

import pytest

from contested.times import resolve, whole
from contested.types import Span


def bracketed(sentence: str) -> tuple[str, Span]:
    start, end = sentence.index("["), sentence.index("]") - 1
    return sentence.replace("[", "").replace("]", ""), Span(start, end)


GROWN = {
    "They fled [two] years ago.": "two years ago",
    "They fled two years [ago].": "two years ago",
    "The raid of April [2] was the third.": "April 2",
    "The camp fell on 27 April [2017], the mayor said.": "27 April 2017",
    "Shells fell on [Tuesday and] Wednesday.": "Tuesday and Wednesday",
    "The road has been shut [since] May 31.": "May 31",
    "Jets struck over [the] last 24 hours.": "last 24 hours",
    "The town has been cut off since [mid]-2012.": "mid-2012",
    "Guards came [early] on Thursday.": "early on Thursday",
    "A third [consecutive day] of raids began.": "A third consecutive day",
    "Eleven died in two [days] of raids.": "two days",
    "Half the town left over the [past] year.": "past year",
}
LEFT_ALONE = [
    "In [March] 22 people died there.",
    "On [Thursday] 11 people died there.",
    "The blast wounded 40 [Tuesday], medics said.",
    "Shells fell [overnight] Wednesday.",
    "Talks on [Monday] and a raid on Tuesday ended it.",
    "They left on [Sunday] morning talks.",
    "The [siege] went on.",
]


@pytest.mark.parametrize(("sentence", "expression"), GROWN.items())
def test_a_part_grows_to_the_whole(sentence, expression):
    text, span = bracketed(sentence)
    assert whole(text, span).of(text) == expression


@pytest.mark.parametrize("sentence", LEFT_ALONE)
def test_what_is_whole_stays(sentence):
    text, span = bracketed(sentence)
    assert whole(text, span) == span


@pytest.mark.parametrize("sentence", GROWN)
def test_growing_twice_changes_nothing(sentence):
    text, span = bracketed(sentence)
    grown = whole(text, span)
    assert whole(text, grown) == grown


def test_the_whole_never_leaves_its_sentence():
    text = "They came in April. 2 people died."
    assert whole(text, Span(13, 18), sentence=Span(0, 19)) == Span(13, 18)


def test_the_mended_words_give_the_day():
    text, span = bracketed("The raid of April [2] was the third.")
    assert resolve(text, whole(text, span), published=date(2024, 5, 14)).value == "2024-04-02"


def test_a_word_too_many_at_the_end_is_cut_off_only_from_a_time():
    text = "Strikes over the past two days to weaken defences, and the way to victory."
    assert whole(text, Span(13, 33)).of(text) == "the past two days"
    assert whole(text, Span(55, 65)).of(text) == "the way to"
