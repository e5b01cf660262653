from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.counts import compare, resolve
from contested.types import Amount, Relation, Span


def read(phrase: str) -> tuple[float | None, float | None]:
    amount = resolve(phrase, Span(0, len(phrase)))
    return amount.low, amount.high


def in_sentence(sentence: str, phrase: str) -> Amount:
    start = sentence.index(phrase)
    return resolve(sentence, Span(start, start + len(phrase)), sentence=Span(0, len(sentence)))


EXACT = {
    "15 people": 15,
    "Twenty-four villagers": 24,
    "one hundred and twenty-five": 125,
    "about a quarter of a million civilians": 250_000,
    "half a million": 500_000,
    "two and a half million people": 2_500_000,
    "1.5m people": 1_500_000,
    "about 1.1m": 1_100_000,
    "8.2 million": 8_200_000,
    "3,5 million": 3_500_000,
    "a dozen soldiers": 12,
    "half a dozen": 6,
    "a couple of rockets": 2,
    "both attackers": 2,
    "a soldier": 1,
    "the pilot": 1,
    "another": 1,
    "another 50": 50,
    "a man and his two sons": 3,
    "a mother and child": 2,
    "a soldier and a civilian": 2,
    "seven civilians, three soldiers and a policeman": 11,
    "a family of five": 5,
    "a father of three": 1,
    "a mother-of-four and her neighbour": 2,
    "two girls aged nine and 13": 2,
    "six people: a teacher, two nurses and three pupils": 6,
    "22 people, nine of them women": 22,
    "22 (nine women and 13 men)": 22,
    "12, five seriously": 12,
    "2'400 people": 2400,
    "six 120 mm shells": 6,
    "a 10-member family": 10,
    "a 40,000-strong force": 40_000,
    "34 of 67 missiles": 34,
    "four of the 28 bodies": 4,
    "a 45-year-old man": 1,
    "three F-16 jets": 3,
    "two 500-pound bombs": 2,
    "six members of the 3rd Brigade": 6,
    "12 people, including three children": 12,
    "some two dozen people": 24,
    "no casualties": 0,
    "nobody": 0,
    "75,000 soldiers and police officers": 75_000,
}


@pytest.mark.parametrize(("phrase", "number"), EXACT.items())
def test_a_stated_number_is_both_bounds(phrase, number):
    assert read(phrase) == (number, number)


BOUNDED = {
    "at least 15 people": (15, None),
    "more than a dozen": (12, None),
    "well over 100,000 troops": (100_000, None),
    "no fewer than 30": (30, None),
    "ten or more": (10, None),
    "50+ fighters": (50, None),
    "at least 30 rebels and their commander": (31, None),
    "up to 20": (None, 20),
    "nearly 30 militants": (None, 30),
    "no more than 500": (None, 500),
    "does not exceed 500": (None, 500),
    "fewer than 400": (None, 400),
    "10 to 12": (10, 12),
    "10–12": (10, 12),
    "between 250 and 300 people": (250, 300),
    "two to three dozen": (24, 36),
    "5 to 7 thousand": (5000, 7000),
    "20-25,000 refugees": (20_000, 25_000),
    "300 to 400,000": (300_000, 400_000),
    "20 to 1,000": (20, 1000),
    "1 to 15,000": (1, 15_000),
    ">60 fighters": (60, None),
    "<60": (None, 60),
    "an estimated six to 30 people": (6, 30),
    "at least 10 and as many as 15 people": (10, 15),
    "half of the 60 hostages": (None, 60),
}


@pytest.mark.parametrize(("phrase", "bounds"), BOUNDED.items())
def test_bounds_leave_the_other_end_open(phrase, bounds):
    assert read(phrase) == bounds


@pytest.mark.parametrize(
    ("phrase", "vague"),
    [
        ("dozens", "dozens"),
        ("hundreds of thousands of people", "hundreds of thousands"),
        ("several hundred fighters", "several hundred"),
        ("a couple of hundred refugees", "a couple of hundred"),
        ("lakhs of villagers", "lakhs"),
        ("a few dozen", "a few dozen"),
        ("a wave of missiles", "a wave of"),
        ("an unknown number of trucks", "an unknown number of"),
        ("dozens of soldiers and two civilians", "dozens"),
        ("heavy losses", "heavy"),
    ],
)
def test_vague_words_stay_vague(phrase, vague):
    amount = resolve(phrase, Span(0, len(phrase)))
    assert (amount.low, amount.high, amount.vague) == (None, None, vague)


@pytest.mark.parametrize(
    "phrase",
    [
        "40% of the homes",
        "one in three children",
        "three times as many people",
        "the attackers",
        "soldiers",
        "Ali Hassan",
    ],
)
def test_what_states_no_number_has_none(phrase):
    assert read(phrase) == (None, None)


@pytest.mark.parametrize(
    ("phrase", "whom"),
    [
        ("at least 15 people", "people"),
        ("Another 75 border guards", "border guards"),
        ("dozens of fighters", "fighters"),
        ("an 18-year-old man", "18-year-old man"),
        ("12 people, including three children", "people"),
        ("12 people, at least three of them children", "people"),
        ("12 villagers: nine women and three children", "villagers"),
        ("a 300-strong force", "force"),
        ("22-year-old man", "22-year-old man"),
        ("a quarter of a million people", "people"),
    ],
)
def test_what_is_counted_is_kept_as_written(phrase, whom):
    assert resolve(phrase, Span(0, len(phrase))).of_whom == whom


def test_people_told_without_a_number_are_counted():
    assert read("22-year-old man") == (1, 1)
    assert read("twin brothers") == (2, 2)


def test_a_bare_number_takes_what_it_counts_from_behind_it():
    assert in_sentence("At least 15 civilians were killed.", "At least 15").of_whom == "civilians"


@pytest.mark.parametrize(
    "sentence",
    [
        "The shelling has killed 40 people since March.",
        "The strike brings the death toll to 40 people.",
        "So far, 40 people have died.",
        "Since the truce collapsed, the army has killed 40 people.",
        "In two years of conflict the ministry put the toll at 40 people.",
        "The death toll of the siege was 40 people.",
        "The death toll has now reached 40 people.",
        "The toll from the floods jumps to 40 people.",
        "A total of 40 people have been killed since Helm fell.",
    ],
)
def test_running_totals_are_said_to_be(sentence):
    assert in_sentence(sentence, "40 people").cumulative


@pytest.mark.parametrize(
    "sentence",
    [
        "Shells killed 40 people on Sunday.",
        "Rockets killed 40 people in the largest attack since the war began.",
        "Nurses put the death toll at 40 people.",
        "The guard spoke of a toll of 40 people.",
        "A total of 40 people were killed on Sunday.",
    ],
)
def test_the_toll_of_one_event_is_no_running_total(sentence):
    assert not in_sentence(sentence, "40 people").cumulative


@pytest.mark.parametrize(
    ("text", "phrase", "number"),
    [
        ("All this adds up to nine people killed last night.", "up to nine people", 9),
        ("This brings from three to four the army's dead.", "three to four", 4),
    ],
)
def test_what_numbers_come_to_is_that_number(text, phrase, number):
    at = text.index(phrase)
    amount = resolve(text, Span(at, at + len(phrase)), sentence=Span(0, len(text)))
    assert (amount.low, amount.high) == (number, number)


def test_dead_and_wounded_in_one_number_are_mixed():
    assert in_sentence("The army said 40 rebels were killed or wounded.", "40 rebels").mixed
    assert in_sentence("The raid left 40 casualties.", "40 casualties").mixed
    assert not in_sentence("The army said 40 rebels were killed and 30 wounded.", "40 rebels").mixed


@given(st.integers(min_value=2, max_value=999_999), st.sampled_from(["{}", "{:,}"]))
def test_any_figure_is_read_with_and_without_commas(number, form):
    figure = form.format(number)
    assert read(f"{figure} people") == (number, number)
    assert read(f"at least {figure} people") == (number, None)
    assert read(f"up to {figure}") == (None, number)


@given(st.integers(min_value=1, max_value=500), st.integers(min_value=1, max_value=500))
def test_a_range_has_its_two_ends(low, length):
    assert read(f"{low} to {low + length} people") == (low, low + length)


@given(st.text(max_size=60).filter(str.strip))
def test_no_text_breaks_the_reading(text):
    amount = resolve(text, Span(0, len(text)))
    assert amount.low is None or amount.high is None or amount.low <= amount.high


def amount_of(phrase: str) -> Amount:
    return resolve(phrase, Span(0, len(phrase)))


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("15", "fifteen", Relation.SAME),
        ("at least 15", "20", Relation.COMPATIBLE),
        ("at least 15", "12", Relation.CONFLICT),
        ("15", "20", Relation.CONFLICT),
        ("10 to 12", "12 to 15", Relation.COMPATIBLE),
        ("up to 20", "at least 25", Relation.CONFLICT),
        ("dozens", "40", Relation.COMPATIBLE),
        ("dozens", "15", Relation.UNKNOWN),
        ("dozens", "several", Relation.UNKNOWN),
        ("no casualties", "3", Relation.CONFLICT),
    ],
)
def test_two_numbers_agree_or_not(one, other, relation):
    for a, b in ((one, other), (other, one)):
        agreement = compare(amount_of(a), amount_of(b))
        assert agreement.relation is relation
        assert agreement.reason.endswith(".")


def test_a_running_total_is_not_held_against_one_events_toll():
    total, toll = Amount(400.0, 400.0, "number", cumulative=True), Amount(15.0, 15.0, "number")
    assert compare(total, toll).relation is Relation.UNKNOWN


_BOUNDS = (None, 0.0, 5.0, 12.0, 30.0)
_AMOUNTS = [Amount(a, b, "x") for a, b in product(_BOUNDS, _BOUNDS) if a is None or b is None or a <= b]


@given(st.sampled_from(_AMOUNTS), st.sampled_from(_AMOUNTS))
def test_comparing_is_symmetric(a, b):
    assert compare(a, b).relation is compare(b, a).relation


def test_a_number_that_counts_nothing_is_no_count() -> None:
    text = "9" * 400 + " people"
    amount = resolve(text, Span(0, len(text)))
    assert (amount.low, amount.high) == (None, None)


def test_a_wall_in_metres_is_no_crowd_of_millions():
    assert read("a 3m high wall") != (3_000_000, 3_000_000)


def test_large_numbers_are_said_in_full():
    assert compare(Amount(1_234_567, 1_234_567, rule="number"), Amount(8_200_000, None, rule="number")).reason == (
        "1,234,567 and at least 8,200,000 share no number."
    )
    assert resolve("1.2 to 1.5 million", Span(0, 18)).reason == "from 1,200,000 to 1,500,000"
