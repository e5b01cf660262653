"""Numbers of one incident across reports: what is an update, what a conflict, and what neither."""

import random
from dataclasses import replace
from datetime import date

import pytest

from contested.incidents import Speaker, Standing
from contested.incidents.agreement import relate
from contested.incidents.form import range_of
from contested.incidents.incident import find_incidents_of
from contested.incidents.toll import Mark
from contested.types import ActorKind, ActorLink, EventType, Role, Stance
from tests.incidents.accounts_made import account, actor, killed, outlet, place, speaker

MONITOR, MINISTRY = speaker("Monitor"), speaker("Ministry")
ARMY = Speaker("Army", actor("Army"))
STATE_TV = Speaker("television", actor("television", ActorKind.MEDIA, "SYR:state_tv:television"))
STATE_PAPER = Speaker("paper", actor("paper", ActorKind.MEDIA, "paper"))
POLICE = Speaker("Police", actor("Police", ActorKind.POLICE))
REBELS = Speaker("River Front", actor("River Front", ActorKind.REBEL))


def standings(*accounts, field="killed", links=None):
    return [(r.a.document, r.b.document, r.standing) for r in relate(accounts, links) if r.field == field]


def one(toll, told="2020-05-02", name="one"):
    return account(name, name, told=told, tolls=(toll,))


@pytest.mark.parametrize(
    ("first", "second", "standing"),
    [
        # anybody's higher number on a later day
        (one(killed(10, by=MONITOR)), one(killed(14, by=MINISTRY), "2020-05-03", "two"), Standing.UPDATE),
        # … but two sides of a fight that are far apart contradict each other, also on two days
        (one(killed(10, by=ARMY)), one(killed(28, by=REBELS), "2020-05-03", "two"), Standing.CONFLICT),
        # … and a state's army, police and mayors are one side
        (one(killed(10, by=ARMY)), one(killed(18, by=POLICE), "2020-05-03", "two"), Standing.UPDATE),
        # a lower number later is a contradiction, not an update
        (one(killed(14, by=MONITOR)), one(killed(10, by=MINISTRY), "2020-05-03", "two"), Standing.CONFLICT),
        # too far apart to be two counts of one thing
        (one(killed(3, by=MONITOR)), one(killed(90, by=MINISTRY), name="two"), Standing.UNKNOWN),
        # months later
        (one(killed(10, by=MONITOR)), one(killed(14, by=MONITOR), "2020-09-03", "two"), Standing.UNKNOWN),
        # so do two outlets, and an outlet and a source that another names
        (one(killed(10, by=outlet("a"))), one(killed(14, by=outlet("b")), name="two"), Standing.CONFLICT),
        (one(killed(10, by=MONITOR)), one(killed(14, by=outlet("b")), name="two"), Standing.CONFLICT),
        # … but not where one only gives the least
        (one(killed(10, None, by=MONITOR)), one(killed(14, by=outlet("b")), name="two"), Standing.COMPATIBLE),
        # one voice under two names counts on by the hour
        (one(killed(10, by=STATE_TV)), one(killed(14, by=STATE_PAPER), name="two"), Standing.UPDATE),
        # two named sources of one day contradict each other
        (one(killed(20, by=MINISTRY)), one(killed(26, by=MONITOR), name="two"), Standing.CONFLICT),
        # what one report calls police another calls soldiers
        (
            one(killed(8, by=MONITOR, of="policemen")),
            one(killed(12, by=MONITOR, of="soldiers"), "2020-05-03", "two"),
            Standing.UPDATE,
        ),
        # … and those whom a strike from afar hit are of one side
        (
            one(killed(43, by=MONITOR, of="soldiers")),
            one(killed(73, by=MINISTRY, of="fighters"), "2020-05-03", "two"),
            Standing.UPDATE,
        ),
        # a sentence that says that the toll moved
        (
            one(killed(10, by=MONITOR)),
            one(killed(14, by=outlet("b"), words="the death toll has risen to 14"), name="two"),
            Standing.UPDATE,
        ),
    ],
)
def test_two_numbers(first, second, standing):
    assert standings(first, second) == [("one", "two", standing)]


def told_twice(*tolls):
    return account("a", "one", tolls=tolls)


def test_a_headline_that_leaves_out_at_least_means_it():
    first = told_twice(killed(10, by=outlet("a"), at=3), killed(10, None, by=MONITOR))
    assert standings(first, one(killed(14, by=MINISTRY), name="two")) == [("one", "two", Standing.COMPATIBLE)]


def test_what_a_source_gives_exactly_after_a_headline_stays_exact():
    first = told_twice(killed(44, None, by=outlet("a"), at=3), killed(44, by=MONITOR), killed(48, by=MINISTRY, at=90))
    assert standings(first) == [("one", "one", Standing.CONFLICT)]


def test_mostly_children_are_people():
    first = one(killed(18, by=MONITOR, of="civilians"))
    rose = killed(32, by=outlet("two"), of="most of them children", words="The death toll rose to 32.")
    assert standings(first, one(rose, name="two")) == [("one", "two", Standing.UPDATE)]
    noun_alone = replace(
        rose, amount=replace(rose.amount, of_whom="Pupils"), words="Death toll rises to 32 mostly Pupils"
    )
    assert standings(first, one(noun_alone, name="two")) == [("one", "two", Standing.UPDATE)]


def test_a_part_told_with_the_total_that_it_brings_about_is_no_older_number():
    words = "A raid killed 12, bringing the number killed that day to 45."
    raid = account("a", "one", tolls=(killed(12, by=MONITOR, words=words),))
    day = account("b", "one", tolls=(killed(45, by=MONITOR, at=90, words=words),))
    assert standings(raid, day, links={frozenset({"a", "b"}): 4.0}) == []


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("The clinic gave a higher toll of 23 dead.", Standing.CONFLICT),
        ("Other reports suggest that 23 people died.", Standing.CONFLICT),
        ("The clinic counted 23 dead.", None),
    ],
)
def test_a_report_that_sets_two_counters_against_each_other_contradicts_itself(words, standing):
    report = told_twice(killed(15, None, by=MONITOR), killed(23, by=MINISTRY, at=90, words=words))
    assert standings(report) == ([("one", "one", standing)] if standing else [])


def test_other_media_are_other_media():
    press = Speaker("media", actor("media", ActorKind.MEDIA))
    first = killed(8, by=press)
    second = killed(14, None, by=press, at=90, words="Other media suggest that 14 people died.")
    assert standings(told_twice(first, second)) == [("one", "one", Standing.CONFLICT)]
    assert standings(told_twice(first, replace(second, words="It later said that 14 people died."))) == []


def test_a_toll_higher_than_the_official_one_is_no_update_of_it():
    later = killed(24, by=MONITOR, words="The toll was at least 24, higher than official reports.")
    assert standings(one(killed(10, by=MINISTRY)), one(later, "2020-05-03", "two"))[0][2] is Standing.CONFLICT


def test_a_smaller_number_after_the_one_that_a_toll_rose_to_is_not_the_older_one():
    rose = killed(45, by=MONITOR, words="It brought the toll to 45.")
    inner = killed(17, by=MONITOR, at=90, words="Raids on one street claimed 17 lives.")
    assert standings(told_twice(rose, inner)) == []
    older = replace(inner, words="It had earlier given a toll of 17.")
    assert standings(told_twice(rose, older)) == [("one", "one", Standing.UPDATE)]


def test_numbers_of_two_events_of_one_report_are_compared_only_where_these_are_linked():
    first = account("a", "one", tolls=(killed(14, by=MONITOR),))
    second = account("b", "one", tolls=(killed(11, by=MINISTRY, at=90),))
    assert standings(first, second, links={}) == []
    assert standings(first, second, links={frozenset({"a", "b"}): 1.0}) == [("one", "one", Standing.CONFLICT)]


def test_a_report_stands_by_the_number_that_it_gives_first():
    first = told_twice(killed(12, None, by=MONITOR), killed(13, by=ARMY, at=90))
    assert standings(first, one(killed(39, None, by=MINISTRY), name="two")) == [("one", "two", Standing.COMPATIBLE)]


def test_the_members_of_an_armed_side_are_fighters():
    guards = killed(15, by=ARMY, of="Hezbollah members")
    villagers = killed(12, by=REBELS, at=90, of="civilians")
    assert standings(told_twice(guards, villagers)) == [("one", "one", Standing.DEFINITIONAL)]


def test_a_lower_number_that_was_said_first_and_quoted_later_is_left_open():
    early = one(killed(14, by=MONITOR), "2020-05-03")
    late = one(replace(killed(10, by=MINISTRY), said=date(2020, 5, 2)), "2020-05-06", "two")
    assert standings(early, late) == [("one", "two", Standing.UNKNOWN)]


def test_a_number_said_days_before_its_report_is_as_old_as_the_saying():
    early = one(killed(14, by=MONITOR), "2020-05-03")
    late = one(replace(killed(16, by=MINISTRY), said=date(2020, 5, 2)), "2020-05-06", "two")
    assert standings(early, late) == [("one", "two", Standing.CONFLICT)]


def test_a_running_total_is_no_toll_of_the_incident():
    toll = killed(300, by=MONITOR, at=90, words="More than 300 people have been killed in the city since April.")
    total = replace(toll, running=True)
    accounts = [account("a", "one", tolls=(killed(9, by=MONITOR), total)), one(killed(9, by=MINISTRY), name="two")]
    assert standings(*accounts) == [("one", "two", Standing.SAME)]
    alone = account("a", "one", tolls=(total,))
    assert standings(alone, accounts[1]) == [("one", "two", Standing.DEFINITIONAL)]


def test_the_deadliest_day_since_april_is_still_a_toll():
    toll = killed(20, by=MONITOR, words="It killed 20 people, the deadliest strike since April.")
    assert standings(one(toll), one(killed(20, by=MINISTRY), name="two")) == [("one", "two", Standing.SAME)]


def test_a_rounded_number_does_not_contradict_one_beside_it():
    some = killed(80, by=MONITOR)
    some = replace(some, amount=replace(some.amount, hedge="some"))
    assert standings(one(some), one(killed(86, by=MINISTRY), name="two")) == [("one", "two", Standing.COMPATIBLE)]


def test_fewer_wounded_later_is_no_contradiction():
    accounts = [
        one(replace(killed(38, by=MONITOR), role=Role.WOUNDED)),
        one(replace(killed(36, by=MINISTRY), role=Role.WOUNDED), "2020-05-03", "two"),
    ]
    assert standings(*accounts, field="wounded") == [("one", "two", Standing.UNKNOWN)]


def test_reports_that_are_linked_by_little_do_not_contradict_each_other():
    accounts = one(killed(10, by=MONITOR)), one(killed(28, by=MINISTRY), name="two")
    pair = frozenset({"one", "two"})
    assert standings(*accounts, links={pair: 6.0}) == [("one", "two", Standing.CONFLICT)]
    assert standings(*accounts, links={pair: -0.5}) == [("one", "two", Standing.UNKNOWN)]


def test_a_doer_is_in_dispute_when_two_reports_each_name_one_armed_side():
    north, south = actor("North Army"), actor("River Front", ActorKind.REBEL)
    blamed = account("a", "one", doer=north), account("b", "two", doer=south)
    assert standings(*blamed, field="doer") == [("one", "two", Standing.CONFLICT)]
    unsure = account("a", "one", doer=actor("villagers", ActorKind.CIVILIANS)), blamed[1]
    assert standings(*unsure, field="doer") == [("one", "two", Standing.UNKNOWN)]
    fight = account("a", "one", EventType.BATTLE, doer=north), account("b", "two", EventType.BATTLE, doer=south)
    assert standings(*fight, field="doer") == [("one", "two", Standing.UNKNOWN)]


def test_a_report_that_quotes_blame_and_its_rejection_contradicts_itself_alone():
    army = actor("North Army")
    quoting = account(
        "a", "one", doer=army, says=((Stance.ASSERTS, MONITOR), (Stance.DISOWNS, replace(MONITOR, name="A", link=army)))
    )
    telling = account("b", "two", doer=army)
    assert standings(quoting, telling, field="doer")[0] == ("one", "one", Standing.CONFLICT)
    assert ("two", "one", Standing.CONFLICT) not in standings(quoting, telling, field="doer")


def test_known_updates_and_conflicts_are_recovered_from_accounts_with_errors():
    """Sixty incidents: a monitor counts on, a ministry contradicts it in every third; one number in ten is misread."""
    chance = random.Random(11)
    letters = "abcdefghijklmnop"
    truth, accounts = {}, []
    for n in range(60):
        toll, spot = chance.randrange(10, 60), place(f"town{n}", chance.uniform(33, 37), chance.uniform(36, 41))
        words = " ".join("".join(chance.choices(letters, k=6)) for _ in range(8))
        tolls = [(MONITOR, toll, 2), (MONITOR, toll + chance.randrange(2, 9), 3)]
        if n % 3 == 0:
            tolls.append((MINISTRY, max(2, toll // 3), 2))
        for copy, (who, number, day) in enumerate(tolls):
            read = number + (chance.random() < 0.1) * chance.randrange(1, 30)
            told = f"2020-05-{day:02}"
            name = f"{n:02}-{copy}"
            accounts.append(account(name, name, told=told, at=spot, tolls=(killed(read, by=who),), words=words))
        truth[f"{n:02}-0", f"{n:02}-1"] = Standing.UPDATE
        if n % 3 == 0:
            truth[f"{n:02}-0", f"{n:02}-2"] = truth[f"{n:02}-1", f"{n:02}-2"] = Standing.CONFLICT
    said = {
        tuple(sorted((r.a.document, r.b.document))): r.standing
        for incident in find_incidents_of(accounts, {}).incidents
        for r in incident.relations
        if r.field == "killed" and r.standing in (Standing.UPDATE, Standing.CONFLICT)
    }
    for standing in (Standing.UPDATE, Standing.CONFLICT):
        ours = {k for k, v in said.items() if v is standing}
        theirs = {k for k, v in truth.items() if v is standing}
        assert len(ours & theirs) / len(ours) >= 0.85, standing
        assert len(ours & theirs) / len(theirs) >= 0.8, standing


def test_a_report_that_rejects_the_others_number_contradicts_it():
    """Also where that number would stand beside its own: 17 civilians are among 26 people."""
    rejected = replace(killed(26, by=outlet("x"), at=90), mark=Mark.AGAINST)
    corrected = account("b", "two", told="2020-05-03", tolls=(killed(17, by=MINISTRY, of="civilians"), rejected))
    first = one(killed(26, by=MONITOR))
    across = [r for r in relate((first, corrected)) if r.a.document != r.b.document]
    assert [(r.standing, r.rule) for r in across if r.field == "killed"] == [(Standing.CONFLICT, "set-against")]


def test_a_report_that_gives_the_others_number_as_the_one_of_before_updates_it():
    """Also between two sides of one day, who would contradict each other."""
    words = "The toll has risen to nine, up from five in the morning."
    old = replace(killed(5, by=ARMY, at=90, words=words), mark=Mark.BEFORE)
    risen = account("b", "two", tolls=(killed(9, by=ARMY, words=words), old))
    assert (("one", "two", Standing.UPDATE)) in standings(one(killed(5, by=REBELS)), risen)


@pytest.mark.parametrize(
    ("earlier", "later", "told", "standing"),
    [
        (400_000, 300_000, "2020-08-02", Standing.CONFLICT),  # a total does not fall
        (250_000, 470_000, "2020-05-20", Standing.CONFLICT),  # … nor nearly double in weeks
        (250_000, 260_000, "2020-05-20", Standing.UPDATE),
    ],
)
def test_totals_of_one_war_neither_fall_nor_leap(earlier, later, told, standing):
    totals = [replace(killed(n, None, by=who), running=True) for n, who in ((earlier, MONITOR), (later, MINISTRY))]
    assert standings(one(totals[0]), one(totals[1], told, "two")) == [("one", "two", standing)]


def test_the_range_of_an_incident_leaves_running_totals_and_outdated_numbers_out():
    toll = killed(300, by=MONITOR, at=90, words="More than 300 people have been killed in the city since April.")
    total = replace(toll, running=True)
    accounts = [
        account("a", "one", tolls=(killed(9, by=MONITOR), total)),
        account("b", "two", told="2020-05-03", tolls=(killed(12, by=MONITOR),)),
    ]
    (incident,) = find_incidents_of(accounts, {}).incidents
    assert range_of(incident, Role.KILLED) == (12, 12)


def test_a_report_that_says_which_number_is_older_does_not_contradict_itself():
    told = (
        killed(12, by=MONITOR, at=40, words="the death toll rose to 12, the monitor said"),
        killed(5, by=MINISTRY, at=90, words="according to earlier information of the ministry five were killed"),
    )
    assert standings(account("a", "one", tolls=told)) == [("one", "one", Standing.UPDATE)]


def test_an_older_number_that_is_the_higher_one_was_not_counted_on():
    told = (
        killed(11, by=MONITOR, at=40),
        killed(31, by=MONITOR, at=90, words="earlier the monitor reported that 31 were killed"),
    )
    assert Standing.UPDATE not in [s for _, _, s in standings(account("a", "one", tolls=told))]


@pytest.mark.parametrize(
    ("first", "then", "told", "standing"),
    [
        # the next day's report says "people" of what were "civilians", and counts on
        (killed(20, by=MONITOR, of="civilians"), killed(31, by=MONITOR, of="people"), "2020-05-03", Standing.UPDATE),
        (killed(20, by=MONITOR, of="civilians"), killed(31, by=MINISTRY, of="people"), None, Standing.DEFINITIONAL),
        (killed(4, by=MONITOR, of="children"), killed(9, by=MONITOR, of="people"), "2020-05-03", Standing.DEFINITIONAL),
        # more civilians than there were dead at all
        (
            killed(10, None, by=MONITOR, of="people"),
            killed(15, by=MINISTRY, of="civilians"),
            "2020-05-03",
            Standing.UPDATE,
        ),
    ],
)
def test_people_and_civilians_of_two_days(first, then, told, standing):
    assert standings(one(first), one(then, told or "2020-05-02", "two")) == [("one", "two", standing)]


def test_what_is_said_to_have_risen_may_rise_far_and_needs_no_firm_link():
    raised = killed(70, by=outlet("b"), words="the death toll from the raid rises to 70")
    accounts = one(killed(12, by=outlet("a"))), one(raised, "2020-05-03", "two")
    assert standings(*accounts) == [("one", "two", Standing.UPDATE)]
    assert standings(*accounts, links={frozenset({"one", "two"}): 0.1}) == [("one", "two", Standing.UPDATE)]
    plain = one(replace(raised, words="the raid killed 70"), "2020-05-03", "two")
    assert standings(accounts[0], plain) == [("one", "two", Standing.CONFLICT)]


def test_at_least_a_number_and_that_number_are_one_whatever_else_is_told():
    first = account("one", "one", tolls=(killed(26, None, by=MONITOR),))
    second = account("two", "two", tolls=(killed(26, by=outlet("b")), killed(20, by=MINISTRY, at=80)))
    assert standings(first, second)[-1] == ("one", "two", Standing.COMPATIBLE)


def test_reports_meet_by_what_they_open_with_not_by_a_number_on_the_side():
    side = killed(12, by=outlet("x"), at=90)
    reports = [account(f"{name}-lead", name, tolls=(killed(low, by=by, at=40),)) for name, low, by in _TWO_COUNTS]
    asides = [account(f"{name}-side", name, tolls=(side,)) for name, *_ in _TWO_COUNTS]
    links = {frozenset({"one-lead", "two-lead"}): 5.0, frozenset({"one-side", "two-side"}): 9.0}
    assert standings(*reports, *asides, links=links)[-1] == ("one", "two", Standing.CONFLICT)


_TWO_COUNTS = (("one", 30, MONITOR), ("two", 40, MINISTRY))


def test_two_numbers_of_one_place_are_two_to_other_reports():
    words = "the number of dead has risen from seven to eleven"
    before = replace(killed(7, by=outlet("b"), words=words), mark=Mark.BEFORE)
    later = account("two", "two", told="2020-05-03", tolls=(before, killed(11, by=MONITOR, words=words)))
    assert standings(one(killed(7, by=MINISTRY)), later)[-1] == ("one", "two", Standing.UPDATE)


def test_numbers_that_another_one_adds_up_are_no_update():
    told = (
        killed(13, by=outlet("a"), at=20, words="the death toll rose to 13"),
        killed(7, by=MONITOR, at=60, words="earlier the monitor said that seven were killed"),
        killed(6, by=MONITOR, at=90, words="shells on a market killed six"),
    )
    assert standings(account("a", "one", tolls=told)) == []
    assert standings(account("a", "one", tolls=told[:2])) == [("one", "one", Standing.UPDATE)]


def test_a_medium_and_the_nameless_source_that_it_quotes_do_not_contradict_each_other():
    agency = Speaker("Agency", actor("Agency", ActorKind.MEDIA))
    source = Speaker("police source", replace(actor("police source", ActorKind.OTHER), entry=None))
    told = killed(20, by=agency), killed(12, by=source, at=90)
    assert standings(account("a", "one", tolls=told)) == []
    assert standings(account("a", "one", tolls=(told[0], killed(12, by=MONITOR, at=90))))[0][2] is Standing.CONFLICT


def test_reports_that_a_third_one_links_firmly_contradict_each_other():
    accounts = one(killed(10, by=MONITOR)), one(killed(28, by=MINISTRY), name="two"), account("three", "three")
    for bits, standing in ((6.0, Standing.CONFLICT), (-1.0, Standing.UNKNOWN)):
        through = {frozenset({"one", "three"}): 6.0, frozenset({"two", "three"}): bits}
        assert standings(*accounts, links=through) == [("one", "two", standing)]


def test_running_totals_are_updated_after_months():
    first = replace(one(replace(killed(52_000, by=MONITOR), running=True)), is_total=True, when=None)
    later = replace(
        one(replace(killed(55_000, by=MINISTRY), running=True), "2020-07-20", "two"), is_total=True, when=None
    )
    assert standings(first, later) == [("one", "two", Standing.UPDATE)]


def test_what_an_armed_group_says_of_soldiers_it_killed_is_held_against_the_outlets_number():
    own = killed(11, by=outlet("one"), of="people")
    boast = killed(90, by=REBELS, at=80, of="security personnel")
    told = account("a", "one", EventType.SUICIDE_BOMBING, tolls=(own, boast))
    assert standings(told) == [("one", "one", Standing.CONFLICT)]
    by_a_monitor = account("a", "one", EventType.SUICIDE_BOMBING, tolls=(own, replace(boast, speaker=MONITOR)))
    assert standings(by_a_monitor) == [("one", "one", Standing.DEFINITIONAL)]


def test_two_least_numbers_of_one_report_that_are_far_apart_are_two_counts():
    many, few = killed(400, None, by=MINISTRY), killed(30, None, by=MONITOR, at=80)
    assert standings(account("a", "one", tolls=(many, few))) == [("one", "one", Standing.CONFLICT)]
    near = replace(few, amount=replace(few.amount, low=300))
    assert standings(account("a", "one", tolls=(many, near))) == []


def test_a_number_beside_a_denied_account_contradicts_it():
    words = "The command denied the initial account and reported eight deaths."
    told = account("a", "one", tolls=(killed(70, None, by=outlet("one")), killed(8, by=ARMY, at=80, words=words)))
    assert standings(told) == [("one", "one", Standing.CONFLICT)]


def test_undated_reports_of_two_days_are_two_days_news_unless_linked():
    one_day = account("a", "one", when=None, tolls=(killed(2, by=outlet("one")),))
    next_day = account("b", "two", when=None, told="2020-05-03", tolls=(killed(4, by=outlet("two")),))
    pair = frozenset({"a", "b"})
    assert standings(one_day, next_day, links={pair: 3.0}) == [("one", "two", Standing.UPDATE)]
    assert standings(one_day, next_day, links={pair: -0.5}) == [("one", "two", Standing.UNKNOWN)]


def test_the_outlets_own_number_and_a_sources_lower_one_of_the_same_people_contradict():
    own = killed(4, by=outlet("one"), of="people")
    told = account("a", "one", tolls=(own, killed(3, by=MONITOR, at=80, of="people")))
    assert standings(told) == [("one", "one", Standing.CONFLICT)]
    far = account("a", "one", tolls=(own, killed(20, by=MONITOR, at=80, of="people")))
    assert standings(far) == []
    others = account("a", "one", tolls=(own, killed(3, by=MONITOR, at=80, of="children")))
    assert Standing.CONFLICT not in {standing for *_, standing in standings(others)}


def test_a_later_report_that_takes_a_number_back_contradicts_the_earlier_one_also_by_one_speaker():
    first = one(killed(21, by=MINISTRY))
    lower = killed(18, by=MINISTRY, words="18 people died; three of the victims had been written down twice.")
    later = one(lower, "2020-05-05", "two")
    (relation,) = [r for r in relate([first, later]) if r.field == "killed"]
    assert (relation.standing, relation.rule) == (Standing.CONFLICT, "taken-back")
    plain = one(replace(lower, words="18 people died."), "2020-05-05", "two")
    assert Standing.CONFLICT not in [s for _, _, s in standings(first, plain)]


def test_soldiers_and_fighters_who_died_in_a_battle_may_be_of_two_sides():
    ours = account("one", "one", EventType.BATTLE, tolls=(killed(43, by=MONITOR, of="soldiers"),))
    theirs = account("two", "two", EventType.BATTLE, told="2020-05-03", tolls=(killed(73, by=MINISTRY, of="fighters"),))
    assert standings(ours, theirs) == [("one", "two", Standing.DEFINITIONAL)]


def test_two_voices_whose_names_say_little_contradict_each_other_where_the_second_has_a_clause_of_its_own():
    trader, worker = (
        Speaker(name, ActorLink(name, ActorKind.CIVILIANS, None, rule="description"))
        for name in ("a trader", "workers")
    )
    first, second = killed(57, by=trader), killed(25, by=worker, at=90)
    assert standings(told_twice(first, second)) == []
    told = told_twice(first, replace(second, by_another=True))
    assert standings(told) == [("one", "one", Standing.CONFLICT)]


def test_undated_reports_that_a_third_one_holds_together_are_compared():
    first = account("a", "one", told="2020-05-02", when=None, tolls=(killed(8, by=MONITOR),))
    later = account("b", "two", told="2020-05-03", when=None, tolls=(killed(15, by=MINISTRY),))
    third = account("c", "three", told="2020-05-03", when=None)

    def found(links):
        relations = standings(first, later, third, links=links)
        return [standing for a, b, standing in relations if {a, b} == {"one", "two"}]

    by_third = {frozenset("ac"): 4.0, frozenset("bc"): 4.0}
    assert found(by_third) == [Standing.UPDATE]
    assert found({**by_third, frozenset("ab"): -0.5}) == [Standing.UNKNOWN]


def test_who_says_that_nobody_died_contradicts_who_counts_the_dead():
    assert standings(one(killed(0, by=ARMY)), one(killed(12, by=MONITOR), name="two")) == [
        ("one", "two", Standing.CONFLICT)
    ]
