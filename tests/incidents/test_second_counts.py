"""Another voice's number of the dead, told after the first one and mostly without a noun."""

import re

import pytest

from contested.claims import Index
from contested.incidents import accounts_of
from contested.incidents.agreement import relate
from contested.incidents.second_counts import find_second_counts
from contested.incidents.toll import Mark
from contested.types import (
    Amount,
    Argument,
    Claims,
    Document,
    Event,
    EventMention,
    EventType,
    Role,
    Span,
    Status,
)

FIRST = "Shells hit the market in Rih, killing 16 people. "


def report(then):
    """A report whose first sentence was read; of the rest nothing was."""
    text = FIRST + then
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"\S[^.]*\.", text))
    at = text.index("16")
    killed = Argument(Role.KILLED, Span(at, at + 9), amount=Amount(16, 16, rule="number", of_whom="people"))
    mention = EventMention(Span(0, 6), (killed,))
    event = Event("E1", EventType.SHELLING, Status.ACTUAL, (mention,))
    return Claims(Document("r", text, sentences), (event,), (), (), (), (), (), "m")


def found(then):
    index = Index(report(then))
    told = [(a.span, e.id) for e in index.claims.events for a in e.arguments(Role.KILLED)]
    return list(find_second_counts(index, told, [span for span, _ in told]))


@pytest.mark.parametrize(
    ("then", "number", "who"),
    [
        ("A surgeon, who had worked through the night, counted 35.", "35", "health workers"),
        ("Others put it at twenty-eight.", "twenty-eight", "Others"),
        ("The harbour master told listeners that the dead came to 25, and hung up.", "25", "harbour master"),
        ("The boatmen insist that 31 had died.", "31", "boatmen"),
        ("The true figure was 22, a fisherman said.", "22", "workers"),
        ("The teacher disputed it. By her reckoning 34 were killed.", "34", "workers"),
        ("The rebels scoffed at it. No, they said, it was not 16 but 40.", "40", "rebels"),
    ],
)
def test_a_voice_gives_a_number_of_its_own(then, number, who):
    second = found(then)[-1]
    assert second.number.of(FIRST + then) == number
    assert second.speaker is not None
    assert who.casefold() in second.speaker.name.casefold()
    assert not second.is_earlier


@pytest.mark.parametrize(
    "then",
    [
        "The mayor said 31 were wounded.",
        "The mayor counted 12 lorries.",
        "The mayor said on 12 May that he would come.",
        "The mayor said that two more people had died.",
        "No group has claimed that one, though many could have.",
        "The mayor is a man of 61.",
        "It rained. The road was cut. Nobody came. The birds sang. The mayor said 31.",  # too far from the first number
        "The mayor spoke of 9,000.",  # too many to be the dead of one market
    ],
)
def test_other_numbers_are_nobodys_dead(then):
    assert found(then) == []


@pytest.mark.parametrize(
    "then",
    [
        "On Sunday they had counted nine.",
        "Until noon it was nine.",
        "Its first bulletin listed nine.",
        "The hospital had reported nine.",
    ],
)
def test_a_smaller_number_of_before_is_marked_so(then):
    (second,) = found(then)
    assert second.is_earlier
    account, *_ = accounts_of(report(then))
    assert [(t.amount.low, t.mark) for t in account.totals(Role.KILLED)] == [(16, Mark.NONE), (9, Mark.BEFORE)]


def test_what_was_said_to_have_been_counted_is_no_number_of_before():
    (second,) = found("The clinic said that it had counted nine.")
    assert not second.is_earlier


def test_two_voices_of_one_report_contradict_each_other():
    accounts = accounts_of(report("A surgeon counted 35."))
    (relation,) = [r for r in relate(accounts) if r.field == "killed"]
    assert (relation.standing.value, relation.a.says, relation.b.says) == ("conflict", "16", "35")
