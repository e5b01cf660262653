import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.resources import load_rules
from contested.times import compare, resolve
from contested.times.expressions import MEANINGS, RULE_FILES
from contested.times.periods import Period, written
from contested.times.precision import precision_of
from contested.types import Relation, Span, When

THURSDAY = date(2016, 8, 18)
ROOM = "contested.times"
WORKED = [
    (rule.name, *line.split(" = "))
    for filename in RULE_FILES
    for rule in load_rules(ROOM, filename)
    for line in rule.fields["worked"].split("; ")
]


def when(sentence: str, published: date | None = THURSDAY, tense: str | None = None) -> When:
    """Resolve the words between the brackets of a sentence."""
    start, end = sentence.index("["), sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")
    return resolve(text, Span(start, end), published=published, sentence=Span(0, len(text)), tense=tense)


@pytest.mark.parametrize(("rule", "expression", "value"), WORKED)
def test_every_rule_keeps_its_worked_examples(rule, expression, value):
    got = resolve(expression, Span(0, len(expression)), published=THURSDAY, tense="past")
    assert got.value == value
    assert rule in got.rule.split(" > ")


def test_every_meaning_is_used():
    used = {rule.fields["means"] for filename in RULE_FILES for rule in load_rules(ROOM, filename)}
    assert used == set(MEANINGS)


SENTENCES = {
    "Rebels said on [Sunday] they had seized the base.": "2016-08-14",
    "Jets bombed the market on [Thursday].": "2016-08-18",
    "Talks are to resume in Geneva on [Friday].": "2016-08-19",
    "The truce will begin on [Monday], the envoy said.": "2016-08-22",
    "They agreed to meet next week, he told reporters on [Monday].": "2016-08-15",
    "The captives will be freed on [Sunday], the envoy said.": "2016-08-21",
    "The accord could be formally signed on [Saturday].": "2016-08-20",
    "A vote is to be held in [November].": "2016-11",
    "The garrison is to pull out on [Sunday].": "2016-08-21",
    "Ten more officers were to be tried on [Monday].": "2016-08-22",
    "The convoy will have crossed the river by [Tuesday].": "2016-08-23",
    "The bridge had to be closed on [Monday].": "2016-08-15",
    "The mayor could not be reached on [Monday].": "2016-08-15",
    "Flames could be seen from the border on [Monday].": "2016-08-15",
    "The fighters, who had vowed to hold the hill, swept down on [Tuesday].": "2016-08-16",
    "The council had promised aid and put it off on [Tuesday].": "2016-08-16",
    "The council will put the plan to a vote on [Tuesday].": "2016-08-23",
    "The garrison left in 2013. [A day later] looters came.": "2013",
    "He was seized two months ago. [Three days earlier], his brother was freed.": "2016-06",
    "The bridge fell on 3 May. [The next day] the road was cut.": "2016-05-04",
    "The bridge fell. [The next day] the road was cut.": "?",
    "The mine blew up [at 4 a.m. local time (0100 GMT) on Monday].": "2016-08-15",
    "He was freed [a year and a half ago].": "2015",
    "Talks broke down [last week on Friday].": "2016-08-12",
    "Forty were hurt in [the week ending 7 August].": "2016-08-01/2016-08-07",
    "Shells fell on [March 3, 4 and 6].": "2016-03-03/2016-03-06",
    "The fort was retaken [more than a year after] militants seized it.": "2014-08-18/2015-08-18",
    "The fort was retaken [less than a year ago].": "2015-08-18/2016-08-18",
    "Shells fell [overnight] into Tuesday.": "2016-08-15/2016-08-16",
    "Shells fell overnight into [Tuesday].": "2016-08-15/2016-08-16",
    "Shells fell [overnight].": "2016-08-17/2016-08-18",
    "Dozens died over [the past 24 hours].": "2016-08-17/2016-08-18",
    "Fighting has raged for [a fifth day].": "2016-08-14/2016-08-18",
    "In [the five years of war], half the town has fled.": "2011/2016",
    "The army pushed north in early [July].": "2016-07-01/2016-07-10",
    "Toward [the end of July] the army pushed north.": "2016-07-21/2016-07-31",
    "Drones have hit the port since [Sunday].": "2016-08-14/..",
    "The port has been hit several times since the [Sunday] attack.": "2016-08-14",
    "Half the town has fled since the war began in [2011].": "2011",
    "Some 70 people have died since [the beginning of the year].": "2016-01-01/2016-08-18",
    "The siege lasted [from March to May].": "2016-03/2016-05",
    "He was seized on 3 June; [two days later] he was freed.": "2016-06-05",
    "The raid came on Saturday, [a day after] protests.": "2016-08-12",
    "They were freed [two days after] the truce took hold.": "2016-08-16",
    "The convoy must leave within [48 hours].": "2016-08-18/2016-08-20",
    "The king announced a [72-hour] ceasefire.": "2016-08-18/2016-08-21",
    "The rebels were told to leave by [the end of August].": "2016-08-21/2016-08-31",
    "He was taken in [August] last year.": "2015-08",
    "She was abducted during the [October 7] attacks.": "2023-10-07",
    "The town is [now] in rebel hands.": "PRESENT",
    "Prisoners were freed for [Eid].": "2016-07-06/2016-07-08",
    "It was the worst month of [Obama's first term].": "2009-01-20/2013-01-20",
    "Refugees fled during [the first days of the war].": "?",
    "The convoy was hit [the day after Monday's raid].": "2016-08-16",
    "Jets came back [the day after] the truce ran out on Monday.": "2016-08-16",
    "Shells fell on [the eve of Eid al-Fitr].": "2016-07-05",
    "[Hours after Monday's raid], rescuers were still digging.": "2016-08-15",
    "Crowds marked [the third anniversary of the killings of 21 August 2012].": "2015-08-21",
    "Crowds will mark [the anniversary of the killings of 21 August 2012].": "2016-08-21",
    "He was held for [more than two years from mid-2013].": "2013-06/2015-06",
    "Talks failed on [Tuesday of last week].": "2016-08-09",
    "Talks will resume in [two weeks' time].": "2016-09-01",
    "Clashes broke out [over the weekend].": "2016-08-13/2016-08-14",
    "Strikes will end within [the next 60-100 days].": "2016-08-18/2016-11-26",
    "An attack was feared during [the Olympic Games].": "2016-08-05/2016-08-21",
    "He would not dare to travel in [January] if he feared arrest.": "2017-01",
    "The president announced the reopening of the crossing in [October].": "2016-10",
    "The base fell on 3 May. [The following week] the town fell.": "2016-05-09/2016-05-15",
}


@pytest.mark.parametrize(("sentence", "value"), SENTENCES.items())
def test_words_around_the_span_decide(sentence, value):
    assert when(sentence).value == value


def test_a_month_far_ahead_is_the_one_behind():
    assert when("Raids to begin in [July] were ordered.", date(2016, 8, 18), tense="future").value == "2016-07"
    assert when("Raids are to begin in [October].", date(2016, 8, 18), tense="future").value == "2016-10"


def test_a_date_in_figures_that_could_be_two_is_the_one_told():
    assert when("The depot burnt on [05/09/2016].", date(2016, 5, 20)).value == "2016-05-09"
    assert when("Polls will open on [05/09/2016].", date(2016, 5, 20)).value == "2016-09-05"
    assert when("The depot burnt on [05/09/2016].", None).value == "?"
    assert when("The depot burnt on [05.09.2016].", None).value == "2016-09-05"


def test_a_part_of_a_part_of_a_month_lies_in_it():
    assert when("The base fell [late in late July].").value == "2016-07-28/2016-07-31"
    assert when("The base fell in [late late July].").value == "2016-07-28/2016-07-31"


def test_last_week_at_the_weekend_is_the_week_just_ending():
    assert when("The base fell [last week].", date(2016, 8, 20)).value == "2016-08-15/2016-08-21"
    assert when("The base fell [last week].", date(2016, 8, 19)).value == "2016-08-08/2016-08-14"


@pytest.mark.parametrize(
    ("sentence", "edge"),
    [
        ("Drones have hit the port since [Sunday].", "start"),
        ("The offensive began on [Sunday].", "start"),
        ("The truce holds until [Friday].", "end"),
        ("Troops must leave by [Friday].", "end"),
        ("The siege ended on [Sunday].", "end"),
        ("A shell fell on [Sunday].", None),
    ],
)
def test_the_edge_that_is_meant(sentence, edge):
    assert when(sentence).edge == edge


@pytest.mark.parametrize(
    "words", ["Sunday", "yesterday", "last week", "two days ago", "this month", "the past year", "Eid"]
)
def test_without_a_publication_day_nothing_relative_is_invented(words):
    got = when(f"The base fell [{words}].", published=None)
    assert got.value == "?"
    assert not got.is_known
    assert (got.acled_precision, got.ucdp_precision) == (None, None)


def test_without_a_publication_day_written_dates_stand_and_lend_their_year():
    assert when("The base fell on [3 May 2014].", published=None).value == "2014-05-03"
    assert when("The base was taken on 3 May 2014 and lost on [9 June].", published=None).value == "2014-06-09"


def test_without_a_publication_day_a_year_alone_lends_nothing():
    assert when("The war of 2006 is remembered. The base fell on [9 June].", published=None).value == "?"
    assert when("Fighting began in 2011. The base fell on [9 June].", published=None).value == "?"


def test_without_a_publication_day_a_weekday_may_be_the_day_the_story_has_named():
    story = "A bomb exploded on 13 September 1974. It went off on a [{}] afternoon."
    assert when(story.format("Friday"), published=None).value == "1974-09-13"
    assert when(story.format("Saturday"), published=None).value == "?"  # the one before or after it


RELATIVE = (
    "Sunday", "last Tuesday", "yesterday", "overnight", "the past two days", "last week", "this week", "next week",
    "three days ago", "a week ago", "the weekend", "earlier this week", "recent days", "within 24 hours",
)  # fmt: skip


@pytest.mark.parametrize("words", RELATIVE)
@given(published=st.dates(min_value=date(1990, 1, 8), max_value=date(2040, 1, 1)))
def test_a_report_a_week_later_means_a_week_later(words, published):
    week = timedelta(days=7)
    text = f"The base fell {words}."
    span = Span(14, 14 + len(words))
    now = resolve(text, span, published=published, tense="past")
    later = resolve(text, span, published=published + week, tense="past")
    assert now.earliest is not None
    assert now.latest is not None
    assert later.earliest == now.earliest + week
    assert later.latest == now.latest + week


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %d %B %Y"]),
)
def test_a_written_date_is_itself_whatever_the_report(day, form):
    words = day.strftime(form)
    for published in (None, THURSDAY):
        got = resolve(words, Span(0, len(words)), published=published)
        assert (got.earliest, got.latest) == (day, day)


@given(st.text(max_size=50).filter(str.strip), st.sampled_from([None, THURSDAY]))
def test_no_text_breaks_the_reading(text, published):
    got = resolve(text, Span(0, len(text)), published=published)
    assert got.earliest is None or got.latest is None or got.earliest <= got.latest


@given(st.lists(st.sampled_from(re.findall(r"[\w'-]+", " ".join(e for _, e, _ in WORKED))), min_size=1, max_size=7))
def test_no_jumble_of_time_words_breaks_the_reading(words):
    text = " ".join(words)
    got = resolve(text, Span(0, len(text)), published=THURSDAY)
    assert got.earliest is None or got.latest is None or got.earliest <= got.latest


@pytest.mark.parametrize(
    ("first", "last", "acled", "ucdp"),
    [
        ((2016, 8, 14), (2016, 8, 14), 1, 1),
        ((2016, 8, 13), (2016, 8, 14), 2, 2),
        ((2016, 8, 8), (2016, 8, 14), 2, 3),
        ((2016, 7, 1), (2016, 7, 31), 3, 4),
        ((2016, 7, 1), (2016, 8, 18), None, 5),
        ((2016, 8, 14), None, 2, 2),  # still open: up to the report, five days
        (None, (2016, 8, 14), None, None),
        (None, None, None, None),
    ],
)
def test_precision_codes_follow_the_length(first, last, acled, ucdp):
    period = Period(first and date(*first), last and date(*last))
    precision = precision_of(period, THURSDAY)
    assert (precision.acled, precision.ucdp) == (acled, ucdp)
    assert precision.reason


def test_the_reason_names_rule_and_precision():
    got = when("The base fell on [Sunday].")
    assert got.rule == "weekday"
    assert "nearest such day" in got.reason
    assert "ACLED 1, UCDP 1" in got.reason


@pytest.mark.parametrize(
    ("period", "value"),
    [
        (Period(date(2016, 1, 1), date(2016, 12, 31)), "2016"),
        (Period(date(2016, 2, 1), date(2016, 2, 29)), "2016-02"),
        (Period(date(2016, 2, 1), date(2016, 2, 28)), "2016-02-01/2016-02-28"),
        (Period(date(2015, 1, 1), date(2016, 12, 31)), "2015/2016"),
        (Period(date(2016, 2, 1), None), "2016-02-01/.."),
        (Period(None, None, present=True), "PRESENT"),
    ],
)
def test_periods_are_written_without_loss(period, value):
    assert written(period) == value


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("on [Sunday]", "on [14 August]", Relation.SAME),
        ("on [Sunday]", "[last week]", Relation.COMPATIBLE),
        ("over [the past two days]", "on [Thursday]", Relation.COMPATIBLE),
        ("on [Sunday]", "on [Monday]", Relation.CONFLICT),
        ("since [Monday]", "on [Tuesday]", Relation.COMPATIBLE),
        ("since [Monday]", "on [Sunday]", Relation.CONFLICT),
        ("[at the outset]", "on [Sunday]", Relation.UNKNOWN),
    ],
)
def test_two_times_agree_or_not(one, other, relation):
    a, b = when(f"Shells fell {one}."), when(f"Shells fell {other}.")
    for agreement in (compare(a, b), compare(b, a)):
        assert agreement.relation is relation
        assert agreement.reason.endswith(".")


def test_a_conflict_says_how_far_apart():
    reason = compare(when("It fell on [Sunday]."), when("It fell on [Tuesday].")).reason
    assert reason == "2016-08-16 begins 2 days after 2016-08-14 ends."


@pytest.mark.parametrize(
    ("report", "value"),
    [
        ("Kyiv held out in [the first three days] of the war.", "2022-02-24/2022-02-26"),
        ("Syrians rose up. Half of them fled [since the war began].", "2011-03-15/.."),
        ("Kyiv has lost thousands [since the start of hostilities].", "2022-02-24/.."),  # a noun that ends in s
        ("The town was shelled [since the start of the war].", "?"),  # no word tells which war
    ],
)
def test_a_war_is_known_by_the_words_of_its_text(report, value):
    text, start, end = report.replace("[", "").replace("]", ""), report.index("["), report.index("]") - 1
    assert resolve(text, Span(start, end), published=date(2022, 6, 20)).value == value


def test_an_offensive_is_meant_for_as_long_as_it_may_last():
    report = "Turkish troops and their allies hold Afrin. Thousands fled since [the start of the offensive]."
    assert when(report, date(2018, 3, 1)).value == "2018-01-20/.."
    assert when(report, date(2022, 3, 1)).value == "?"  # another one, which the table does not hold
    assert when(report, date(2017, 3, 1)).value == "?"
