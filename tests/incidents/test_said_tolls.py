"""Numbers of dead that a report gives without naming the event again."""

import re

import pytest

from contested.claims import assemble
from contested.incidents import Standing, accounts_of
from contested.incidents.agreement import relate
from contested.incidents.toll import Mark
from contested.types import Claims, Document, Event, EventMention, EventType, Role, Span, Status
from evaluation.gold_reading import gold_document, gold_reading


def report(text, **changes):
    """A report whose first sentence was read: a raid that killed six people; of the rest nothing was."""
    sentences = [list(m.span()) for m in re.finditer(r"\S[^.]*\.", text)]

    def at(words):
        return [text.index(words), text.index(words) + len(words)]

    counted = {"role": "killed", "span": at("six people"), "part": False}
    event = {"id": "E1", "type": "airstrike", "status": "actual"} | changes
    event["mentions"] = [{"trigger": at("raid"), "args": [counted]}]
    governor = {"spans": [at("the governor")], "kind": "government", "country": "SOM", "name": "governor"}
    claim = {
        "id": "C1",
        "stance": "asserts",
        "source": at("the governor"),
        "via": None,
        "cue": at("said"),
        "of": ["E1"],
    }
    row = {"id": "r", "date": "2021-03-05", "publisher": "Post", "text": text, "sentences": sentences}
    row |= {"events": [event], "claims": [claim], "actors": [governor], "places": [], "times": []}
    return assemble(gold_document(row), gold_reading(row))


FIRST = "A raid on Galkayo killed six people, the governor said. "


def killed(claims):
    (account,) = accounts_of(claims)
    return [(t.amount.low, t.amount.high, t.speaker.name) for t in account.totals(Role.KILLED)][1:]


@pytest.mark.parametrize(
    ("then", "low", "high", "who"),
    [
        ("Rescue workers gave a higher toll of nine dead.", 9, 9, "rescue workers"),
        ("Doctors working at the clinic counted at least 11 dead.", 11, None, "doctors"),
        ("Fishermen helped, and the Somali Red Crescent put the death toll at 14.", 14, 14, "Somali Red Crescent"),
        ("Eight deaths were reported by residents.", 8, 8, "residents"),
        ("The Somali Red Crescent placed the death toll at four.", 4, 4, "Red Crescent"),
        ("The Somali Red Crescent had at first given a toll of five dead.", 5, 5, "Red Crescent"),
        ("Rescue workers have documented the deaths of 13 people.", 13, 13, "rescue workers"),
        ("State television said the number of those who died in it has become around 20.", 20, 20, "television"),
        ("Residents picked up 12 bodies, and at the clinic nobody slept.", 12, 12, "residents"),
        ("The union has spoken of 30.", 30, 30, "union"),
    ],
)
def test_a_second_count_belongs_to_the_event_told_before_and_bears_its_speaker(then, low, high, who):
    ((found_low, found_high, name),) = killed(report(FIRST + then))
    assert (found_low, found_high) == (low, high)
    assert who.casefold() in name.casefold()


@pytest.mark.parametrize(
    "then",
    [
        "Rescue workers gave a casualty toll of nine.",
        "Doctors counted nine wounded.",
        "The market has nine stalls.",
    ],
)
def test_other_numbers_are_left_alone(then):
    assert killed(report(FIRST + then)) == []


def test_those_who_only_led_to_a_toll_are_a_part_of_it():
    claims = report(FIRST + "Two more guards died of wounds, bringing the death toll among the garrison to eight.")
    assert killed(claims) == [(8, 8, "Post")]


def test_what_the_reader_counted_is_not_counted_again():
    assert killed(report("A raid on Galkayo had a toll of six people, the governor said.")) == []


def test_what_is_only_feared_gets_no_toll():
    assert killed(report(FIRST + "Rescue workers gave a higher toll of nine dead.", status="hypothetical")) == []


def test_two_counters_of_one_report_contradict_each_other_and_an_earlier_toll_is_updated():
    higher = accounts_of(report(FIRST + "Rescue workers gave a higher toll of nine dead."))
    assert [(r.standing.value, r.field) for r in relate(higher) if r.field == "killed"] == [("conflict", "killed")]
    earlier = accounts_of(report(FIRST + "An earlier death toll of four was given by mistake."))
    assert [(r.standing.value, r.a.says, r.b.says) for r in relate(earlier) if r.field == "killed"] == [
        ("update", "4", "6")
    ]


def relations(text):
    return [(r.standing.value, r.a.says, r.b.says) for r in relate(accounts_of(report(text))) if r.field == "killed"]


@pytest.mark.parametrize(
    "then",
    [
        "Nine people died there, doctors said.",
        "At least nine people were killed, said a nurse.",
        "The garrison lost nine brave soldiers.",
        "Nine bodies were found in all.",
    ],
)
def test_a_sentence_without_a_word_for_the_event_counts_its_dead(then):
    assert [toll[0] for toll in killed(report(FIRST + then))] == [9]


def test_a_sentence_without_a_word_for_the_event_counts_nobody_far_from_it():
    aside = "The market is old. It lies by the river. Fish is sold there. Ferries cross twice a day. "
    assert killed(report(FIRST + aside + "Nine people died there, doctors said.")) == []


@pytest.mark.parametrize(
    ("then", "before", "now"),
    [
        ("The hospital raised its count of the dead from six to nine.", "6", "9"),
        ("The toll had first been put at four.", "4", "6"),
        ("It had at first spoken of four dead.", "4", "6"),
        ("It had spoken of four in its first statement.", "4", "6"),
        ("An initial police report had counted four dead.", "4", "6"),
        ("The clinic has now raised to nine from six the number of people killed.", "6", "9"),
        ("The toll has reached nine, three more than a day before.", "6", "9"),
        ("Nine people died in the market, a clinic wrote later, three more than it had been able to count.", "6", "9"),
    ],
)
def test_a_number_of_before_is_superseded_by_the_one_beside_it(then, before, now):
    assert ("update", before, now) in relations(FIRST + then)


@pytest.mark.parametrize(
    "then",
    [
        "It was six people and not nine, he said.",
        "The ministry rejected a figure of nine that residents had given.",
        "Figures of nine were put about by people who had not been there.",
        "It was six people, not the nine claimed by a union.",
        "He dismissed the figure of nine issued by the rebels.",
        "Claims that nine had been killed were fabricated.",
        "This is fewer than the nine announced by the opposition.",
        "While residents mourned, the army kept to its count of nine.",
        "It was six people, three fewer than had been reported.",
        "Six fishermen, not nine as residents first said, lay in the morgue.",
    ],
)
def test_a_number_that_is_set_against_another_contradicts_it(then):
    (relation,) = relations(FIRST + then)
    assert relation[0] == "conflict"
    assert set(relation[1:]) == {"6", "9"}


def test_a_report_that_opens_by_rejecting_a_number_speaks_of_the_event_told_next():
    text = "The army strongly denies reports of nine dead. " + FIRST.strip()
    assert ("conflict", "9", "6") in relations(text) or ("conflict", "6", "9") in relations(text)


def test_a_step_that_leads_from_less_than_nobody_is_none():
    claims = report(FIRST + "The toll has reached nine, twelve more than a day before.")
    assert [toll[0] for toll in killed(claims)] == [9]


def test_a_number_near_a_word_for_death_counts_where_nobody_found_another():
    assert [toll[0] for toll in killed(report(FIRST + "Nine children of the school were gunned down."))] == [9]
    assert killed(report(FIRST + "Nine villages lost many lives.")) == []


def test_a_number_is_read_whole():
    raid, war = accounts_of(report(FIRST + "The war has killed 28,064 people, doctors said."))
    assert [t.amount.low for t in (*raid.tolls, *war.tolls)] == [6, 28_064]  # not 28


TALKS = "Elders met in Marka. The number of martyrs of the bombing has risen from two to four, the governor said."


def talks(text):
    """A report of which only a meeting was read."""
    sentences = [list(m.span()) for m in re.finditer(r"\S[^.]*\.", text)]
    met = {"id": "E1", "type": "talks", "status": "future", "mentions": [{"trigger": [7, 10], "args": []}]}
    row = {"id": "r", "date": "2021-03-05", "publisher": "Post", "text": text, "sentences": sentences}
    row |= {"events": [met], "claims": [], "actors": [], "places": [], "times": []}
    return assemble(gold_document(row), gold_reading(row))


def test_the_dead_of_an_event_that_a_report_does_not_name_are_told_beside_it():
    meeting, unnamed = accounts_of(talks(TALKS))
    assert not meeting.tolls
    assert unnamed.is_aside
    assert unnamed.points_back
    assert (unnamed.type, unnamed.status) == (EventType.ATTACK, Status.ACTUAL)  # whatever stands beside it
    assert [(t.amount.low, t.mark) for t in unnamed.tolls] == [(2, Mark.BEFORE), (4, Mark.NONE)]


@pytest.mark.parametrize("cause", ["quake", "bus crash", "meeting"])
def test_the_dead_of_what_is_not_said_to_be_violence_are_nobodys(cause):
    assert len(accounts_of(talks(TALKS.replace("martyrs", "dead").replace("bombing", cause)))) == 1


def test_the_dead_of_a_report_without_any_event_are_an_account():
    words = "The number of those killed in the shelling of Marka has risen to six."
    document = Document("r", words, (Span(0, len(words)),))
    (account,) = accounts_of(Claims(document, (), (), (), (), (), (), "m"))
    assert (account.event, account.is_aside, account.type) == ("", True, EventType.ATTACK)
    assert [t.amount.low for t in account.tolls] == [6]
    assert account.spans == (Span(0, len(words)),)


def test_a_toll_told_before_the_report_names_another_event_is_none_of_that_one():
    toll = "Rescuers have left. The night was calm. The number of those killed has risen to six."
    text = f"{toll} Nobody slept. Children cried. Doctors wept. The enemy shelled Rih."
    sentences = [Span(m.start(), m.end()) for m in re.finditer(r"[A-Z][^.]+\.", text)]
    at = text.index("shelled")
    event = Event("E1", EventType.SHELLING, Status.ACTUAL, (EventMention(Span(at, at + 7), ()),))
    shelling, unnamed = accounts_of(Claims(Document("r", text, tuple(sentences)), (event,), (), (), (), (), (), "m"))
    assert not shelling.tolls
    assert [t.amount.low for t in unnamed.tolls] == [6]


def test_a_number_of_twenty_thousand_digits_does_not_hold_up_linking():
    words = f"More than {'9' * 20_000} people have been killed since the war began, the toll of the dead is known."
    document = Document("r", words, (Span(0, len(words)),))
    assert accounts_of(Claims(document, (), (), (), (), (), (), "m")) == ()  # cubic rules took hours for it


@pytest.mark.parametrize(
    ("words", "marks", "standing"),
    [
        ("revising an earlier figure of four", [Mark.NONE, Mark.BEFORE], Standing.UPDATE),
        ("updating its previous figure of three", [Mark.NONE, Mark.BEFORE], Standing.UPDATE),
        ("revising an earlier figure of nine", [Mark.NONE, Mark.AGAINST], Standing.CONFLICT),  # it has not risen
        ("disputing the figure of four", [Mark.NONE, Mark.AGAINST], Standing.CONFLICT),
    ],
)
def test_who_revises_his_own_lower_number_says_that_it_rose(words, marks, standing):
    (account,) = accounts_of(report(f"A raid on Galkayo killed six people, the governor said, {words}."))
    assert [t.mark for t in account.totals(Role.KILLED)] == marks
    assert [r.standing for r in relate([account]) if r.field == "killed"] == [standing]
