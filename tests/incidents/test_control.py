from dataclasses import replace
from datetime import date

from contested.incidents import ControlKind, ControlStatus, Speaker, as_of, control_claims, gaps, last_before
from contested.types import ActorKind, EventType, Stance
from tests.incidents.accounts_made import account, actor, place, speaker

REBELS, ARMY = actor("Northern Front", ActorKind.REBEL), actor("Army")
BASE = place("Tell Base", 36.0, 37.0)


def taken(id_, document, by, who, when, told):
    return account(
        id_, document, EventType.TAKE_CONTROL, doer=by, at=BASE, when=when, told=told, says=((Stance.ASSERTS, who),)
    )


def test_a_holders_own_word_is_a_claim_and_anothers_a_report():
    own = taken("a", "one", REBELS, Speaker("Northern Front", REBELS), "2020-05-01", "2020-05-02")
    other = taken("b", "two", REBELS, speaker("Monitor"), "2020-05-01", "2020-05-02")
    assert [c.status for c in control_claims([own, other])] == [ControlStatus.CLAIMED, ControlStatus.REPORTED]


def test_two_holders_of_one_day_are_contested():
    accounts = [
        taken("a", "one", REBELS, speaker("Monitor"), "2020-05-01", "2020-05-02"),
        taken("b", "two", ARMY, speaker("Ministry"), "2020-05-01", "2020-05-02"),
    ]
    assert {c.status for c in control_claims(accounts)} == {ControlStatus.CONTESTED}


def test_nothing_is_carried_forward_and_gaps_are_shown():
    accounts = [
        taken("a", "one", REBELS, speaker("Monitor"), "2020-05-01", "2020-05-02"),
        taken("b", "two", ARMY, speaker("Monitor"), "2020-05-09", "2020-05-10"),
    ]
    claims = control_claims(accounts)
    assert as_of(claims, date(2020, 5, 5)) == []
    assert [c.account for c in last_before(claims, date(2020, 5, 5))] == ["a"]
    assert [(g.first, g.last) for g in gaps(claims)] == [(date(2020, 5, 2), date(2020, 5, 8))]


def test_what_was_known_on_a_day_leaves_later_reports_out():
    accounts = [
        taken("a", "one", REBELS, speaker("Monitor"), "2020-05-01", "2020-05-02"),
        taken("b", "two", ARMY, speaker("Monitor"), "2020-05-01", "2020-06-01"),
    ]
    assert [c.account for c in control_claims(accounts, known_on=date(2020, 5, 3))] == ["a"]


def test_a_denied_taking_is_denied():
    says = ((Stance.ASSERTS, speaker("Channel")), (Stance.DENIES, speaker("Ministry")))
    denied = account("a", "one", EventType.TAKE_CONTROL, doer=REBELS, at=BASE, says=says)
    assert [(c.status, c.why) for c in control_claims([denied])] == [(ControlStatus.DENIED, "denied by Ministry")]


def test_who_is_driven_out_loses_the_place_not_who_drives_them_out():
    driven = account("a", "one", EventType.WITHDRAW, doer=REBELS, at=BASE, says=((Stance.ASSERTS, speaker("Monitor")),))
    (said,) = control_claims([replace(driven, targets=(ARMY,))])
    assert (said.holder, said.kind) == (ARMY, ControlKind.LOSES)
    assert [c.holder for c in control_claims([driven])] == [REBELS]


def test_a_place_is_found_by_the_name_that_its_report_calls_it():
    told = replace(taken("a", "one", REBELS, speaker("Monitor"), "2020-05-01", "2020-05-02"), place_words=("Old Base",))
    assert len(control_claims([told], "Old Base")) == len(control_claims([told], "Tell Base")) == 1
    assert control_claims([told], "New Base") == []


def test_what_one_report_says_twice_in_one_sentence_is_one_statement():
    told = taken("a", "one", REBELS, speaker("Monitor"), "2020-05-01", "2020-05-02")
    assert len(control_claims([told, replace(told, id="b")])) == 1
    assert len(control_claims([told, replace(told, id="b", document="two")])) == 2


def test_a_place_in_no_gazetteer_has_its_own_name_not_its_countrys():
    country = replace(place("Syria", 35.0, 38.0), relation="Tell Nowhere", rule="report-country", radius_km=400.0)
    told = replace(taken("a", "one", REBELS, speaker("Monitor"), "2020-05-01", "2020-05-02"), places=(country,))
    assert [c.place.name for c in control_claims([told])] == ["Tell Nowhere, Syria"]
