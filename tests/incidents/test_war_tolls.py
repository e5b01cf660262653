"""The dead of a whole war, given in a sentence that names no event."""

from dataclasses import replace

import pytest

from contested.claims import Index
from contested.incidents import accounts_of
from contested.incidents.war_tolls import find_war_tolls
from contested.types import Claims, Document, Event, EventMention, EventType, Span, Status

RAID = "Jets struck a bakery in the town on Monday. "


def reading(sentence):
    text = RAID + sentence
    event = Event("E1", EventType.AIRSTRIKE, Status.ACTUAL, (EventMention(Span(5, 11), ()),))
    sentences = (Span(0, len(RAID) - 1), Span(len(RAID), len(text)))
    return Claims(Document("r", text, sentences), (event,), (), (), (), (), (), "m")


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("More than 330000 people have been killed in the country since the conflict began.", 330_000, None),
        ("The conflict has claimed the lives of over 470,000 people.", 470_000, None),
        ("Since then more than a quarter of a million people have been killed.", 250_000, None),
        ("Civil war ongoing since 2011 has brought 230000 deaths.", 230_000, 230_000),
    ],
)
def test_a_sentence_gives_the_toll_of_the_war(sentence, low, high):
    ((event, toll),) = find_war_tolls(Index(reading(sentence)))
    assert (event, toll.amount.low, toll.amount.high, toll.running) == ("E1", low, high, True)
    assert toll.words == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "The raid killed nine people.",
        "The war has left 60,000 people homeless.",
        "Some 40 people have been killed since Monday.",
        "More than 2,000 people have fled since the war began.",
    ],
)
def test_other_numbers_are_no_toll_of_a_war(sentence):
    assert find_war_tolls(Index(reading(sentence))) == []


def test_the_toll_becomes_an_account_of_its_own_beside_the_raid():
    raid, war = accounts_of(reading("The war has killed more than 40,000 people."))
    assert (raid.is_total, raid.tolls) == (False, ())
    assert war.is_total
    assert war.is_aside
    assert [t.amount.low for t in war.tolls] == [40_000]
    assert war.id != raid.id
    (saying,) = war.sayings
    assert saying.speaker.is_outlet


def test_a_number_told_away_from_the_words_for_the_event_is_evidence_too():
    (_, war) = accounts_of(reading("The war has killed more than 40,000 people."))
    (toll,) = war.tolls
    assert war.evidence == war.spans  # the sentence holds the number
    apart = replace(war, spans=(Span(0, 10),))
    assert apart.evidence == (Span(0, 10), toll.span)
