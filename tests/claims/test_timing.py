from __future__ import annotations

from datetime import date

import pytest

from contested.types import ActorKind, EventType, Stance, Status
from tests.claims.reports import Report


def when(report: Report, number: int = 1):
    event = report.claims().events[number - 1]
    return event.when_rule, event.when and (event.when.earliest, event.when.latest)


def test_an_event_takes_its_own_time():
    report = Report("Troops entered Darvand on Sunday.")
    report.event(EventType.ADVANCE, "entered", by="Troops", place="Darvand", time="Sunday")
    assert when(report) == ("own time", (date(2024, 5, 12), date(2024, 5, 12)))


def test_the_narrowest_of_times_that_fit_together():
    report = Report("The siege began in May. It was laid on 3 May.")
    report.event(EventType.SIEGE, "siege", time="May")
    report.event(EventType.SIEGE, "laid", again=0, time="3 May")
    assert when(report) == ("own times, narrowest", (date(2024, 5, 3), date(2024, 5, 3)))


def test_the_first_of_times_that_do_not_fit():
    report = Report("The raid came on Monday. Others put the raid on Sunday.")
    report.event(EventType.ATTACK, "raid", time="Monday")
    report.event(EventType.ATTACK, "raid#2", again=0, time="Sunday")
    assert when(report) == ("own times, first", (date(2024, 5, 13), date(2024, 5, 13)))


def test_an_event_that_something_came_so_long_after():
    report = Report("A patrol reached Darvand on Monday, two days after an air attack there.")
    report.event(EventType.AIRSTRIKE, "air attack", place="there", time="Monday")
    assert when(report) == ("so long before", (date(2024, 5, 11), date(2024, 5, 11)))


def test_a_day_after_it_is_the_day_after():
    report = Report("Rockets fell on Darvand a day after an air attack there.")
    report.event(EventType.AIRSTRIKE, "air attack", place="there")
    assert when(report) == ("so long before", (date(2024, 5, 14), date(2024, 5, 14)))


@pytest.mark.parametrize("joint", ["four days after", "for two days after"])
def test_its_own_time_goes_before_what_came_after_it(joint):
    report = Report(f"Schools were shut on Monday, {joint} raiders killed two guards at Darvand on Friday.")
    report.event(EventType.ATTACK, "killed", by="raiders", killed="two guards", time="Friday")
    assert when(report) == ("own time", (date(2024, 5, 10), date(2024, 5, 10)))


def test_how_long_something_went_on_is_no_time_before_it():
    report = Report("Schools were shut for three days after raiders killed two guards at Darvand.")
    report.event(EventType.ATTACK, "killed", by="raiders", killed="two guards")
    assert when(report) == ("", None)


def test_so_long_before_is_counted_from_the_day_before_it():
    report = Report(
        "A patrol reached Darvand on Monday, two days after an air attack that ended the truce of Thursday."
    )
    report.event(EventType.AIRSTRIKE, "air attack")
    report.event(EventType.ADVANCE, "reached", time="Monday")
    report.event(EventType.CEASEFIRE, "truce", time="Thursday")
    assert when(report, 2) == ("so long before", (date(2024, 5, 11), date(2024, 5, 11)))


TENSES = {
    "The men arrested on [Tuesday] will be charged.": (
        "arrested",
        EventType.DETENTION,
        Status.ACTUAL,
        date(2024, 5, 14),
    ),
    "Troops will stay in the town they took in [July].": (
        "took",
        EventType.TAKE_CONTROL,
        Status.ACTUAL,
        date(2023, 7, 1),
    ),
    "The envoy, who landed a day ago, meets the rebels on [Friday].": (
        "meets",
        EventType.TALKS,
        Status.FUTURE,
        date(2024, 5, 17),
    ),
    "A truce from [Friday] will let aid in.": (
        "truce",
        EventType.CEASEFIRE,
        Status.ACTUAL,
        date(2024, 5, 17),
    ),
    "They will hold the men until [Friday].": (
        "hold",
        EventType.DETENTION,
        Status.ACTUAL,
        date(2024, 5, 17),
    ),
}


@pytest.mark.parametrize(("sentence", "told"), TENSES.items())
def test_what_has_happened_lies_behind_and_what_is_to_come_ahead(sentence, told):
    trigger, kind, status, first = told
    time = sentence[sentence.index("[") + 1 : sentence.index("]")]
    report = Report(sentence.replace("[", "").replace("]", ""))
    report.event(kind, trigger, status, time=time)
    assert when(report)[1][0] == first


@pytest.mark.parametrize(
    ("told", "first"), [("more than two years", date(2022, 1, 1)), ("over three months", date(2024, 2, 1))]
)
def test_what_has_lasted_so_long_ends_with_the_report(told, first):
    report = Report(f"Militants have held Darvand for {told}.")
    report.event(EventType.HOLD, "held", by="Militants", on="Darvand", time=told)
    claims = report.claims()
    assert when(report) == ("own time", (first, date(2024, 5, 15)))
    assert claims.times[0].when.latest > date(2024, 5, 15)  # the words name whole months and years


def test_what_is_to_come_may_last_beyond_the_report():
    report = Report("Militants will hold Darvand between April and May.")
    report.event(EventType.HOLD, "hold", Status.FUTURE, by="Militants", on="Darvand", time="between April and May")
    assert when(report)[1][1] == date(2024, 5, 31)


def test_no_time_in_the_report_is_no_time_and_never_the_publication_day():
    report = Report("Troops entered Darvand. They burnt two houses.")
    report.event(EventType.ADVANCE, "entered", by="Troops", place="Darvand")
    report.event(EventType.DESTRUCTION, "burnt", by="They", on="two houses")
    assert when(report) == when(report, 2) == ("", None)


def test_events_tied_together_in_a_clause_share_its_time():
    report = Report("Troops shelled the market and stormed the station on Sunday.")
    report.event(EventType.SHELLING, "shelled", by="Troops", on="the market")
    report.event(EventType.BATTLE, "stormed", by="Troops", on="the station", time="Sunday")
    assert when(report) == ("same sentence", (date(2024, 5, 12), date(2024, 5, 12)))


def test_words_of_order_keep_a_time_from_being_lent():
    report = Report("Troops shelled the market after they had stormed the station on Sunday.")
    report.event(EventType.SHELLING, "shelled", by="Troops", on="the market")
    report.event(EventType.BATTLE, "stormed", by="they", on="the station", time="Sunday")
    assert when(report) == ("", None)


def test_a_time_that_only_names_an_event_is_not_lent():
    report = Report("Police searched the village and arrested a suspect in Sunday's bombing.")
    report.event(EventType.DETENTION, "arrested", by="Police", on="a suspect")
    report.event(EventType.BOMBING, "bombing", time="Sunday")
    assert when(report) == ("", None)


def test_two_times_in_a_sentence_lend_none():
    report = Report("Troops shelled the market and stormed the station on Sunday or Monday.")
    report.event(EventType.SHELLING, "shelled", by="Troops", on="the market")
    report.event(EventType.BATTLE, "stormed", by="Troops", on="the station", time=["Sunday", "Monday"])
    assert when(report) == ("", None)


def test_the_story_goes_on_the_next_sentence_has_the_day_of_the_one_before():
    report = Report("The militia attacked the post on Sunday. The militia killed four guards.")
    report.event(EventType.BATTLE, "attacked", by="The militia", on="the post", time="Sunday")
    report.event(EventType.ATTACK, "killed", by="The militia#2", killed="four guards")
    report.actor(ActorKind.MILITIA, "The militia", "The militia#2")
    assert when(report, 2) == ("narrative", (date(2024, 5, 12), date(2024, 5, 12)))


def test_the_story_of_others_has_its_own_day():
    report = Report("The militia attacked the post on Sunday. Bandits killed four guards.")
    report.event(EventType.BATTLE, "attacked", by="The militia", on="the post", time="Sunday")
    report.event(EventType.ATTACK, "killed", by="Bandits", killed="four guards")
    assert when(report, 2) == ("", None)


def test_a_story_that_looks_back_borrows_nothing():
    report = Report("The militia attacked the post on Sunday. The militia had previously killed four guards.")
    report.event(EventType.BATTLE, "attacked", by="The militia", on="the post", time="Sunday")
    report.event(EventType.ATTACK, "killed", by="The militia#2", killed="four guards")
    report.actor(ActorKind.MILITIA, "The militia", "The militia#2")
    assert when(report, 2) == ("", None)


def test_states_and_plans_and_words_borrow_nothing():
    for kind, status in [
        (EventType.HOLD, Status.ACTUAL),
        (EventType.SHELLING, Status.FUTURE),
        (EventType.ACCUSE, Status.ACTUAL),
    ]:
        report = Report("The militia held the ridge and stormed the station on Sunday.")
        report.event(kind, "held", status, by="The militia")
        report.event(EventType.BATTLE, "stormed", by="The militia", on="the station", time="Sunday")
        assert when(report) == ("", None)


def test_a_week_later_the_same_report_tells_of_days_a_week_later():
    report = Report("Troops entered Darvand on Sunday. The mayor said shells fell last week.")
    report.event(EventType.ADVANCE, "entered", by="Troops", place="Darvand", time="Sunday")
    report.event(EventType.SHELLING, "fell", time="last week")
    report.said("The mayor", "said", Stance.ASSERTS, "fell")
    first = [when(report, n)[1] for n in (1, 2)]
    report.published = "2024-05-22"
    later = [when(report, n)[1] for n in (1, 2)]
    assert [[(b - a).days for a, b in zip(x, y, strict=True)] for x, y in zip(first, later, strict=True)] == [
        [7, 7]
    ] * 2
