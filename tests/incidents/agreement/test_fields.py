from dataclasses import replace

from contested.incidents import ConflictKind, Speaker, Standing
from contested.incidents.agreement import relate
from contested.incidents.grading import Grade, corroborate, suggest_grade
from contested.types import ActorKind, EventType, Stance
from tests.incidents.accounts_made import account, actor, killed, outlet, speaker

MONITOR, MINISTRY = speaker("Monitor"), speaker("Ministry")


def of(accounts, field):
    return [(r.a.document, r.b.document, r.standing) for r in relate(accounts) if r.field == field]


def test_the_same_speakers_later_higher_toll_is_an_update_and_the_earlier_one_comes_first():
    late = account("a", "late", told="2020-05-04", tolls=(killed(20, by=MONITOR),))
    early = account("b", "early", tolls=(killed(12, None, by=MONITOR),))
    assert of([late, early], "killed") == [("early", "late", Standing.UPDATE)]


def test_two_speakers_on_one_day_with_numbers_that_share_no_value_are_in_conflict():
    accounts = [
        account(*x, tolls=(killed(n, by=who),))
        for x, n, who in ((("a", "one"), 12, MONITOR), (("b", "two"), 40, MINISTRY))
    ]
    assert of(accounts, "killed") == [("one", "two", Standing.CONFLICT)]


def test_at_least_ten_and_twelve_are_compatible():
    accounts = [
        account("a", "one", tolls=(killed(10, None, by=MONITOR),)),
        account("b", "two", tolls=(killed(12, by=MINISTRY),)),
    ]
    assert of(accounts, "killed") == [("one", "two", Standing.COMPATIBLE)]


def test_fewer_civilians_than_people_differ_by_definition_and_more_contradict():
    people = account("a", "one", tolls=(killed(20, by=MONITOR, of="people"),))
    fewer = account("b", "two", tolls=(killed(12, by=MINISTRY, of="civilians"),))
    more = account("b", "two", tolls=(killed(30, by=MINISTRY, of="civilians"),))
    assert of([people, fewer], "killed") == [("one", "two", Standing.DEFINITIONAL)]
    assert of([people, more], "killed") == [("one", "two", Standing.CONFLICT)]


def test_within_one_report_a_higher_number_is_an_update_only_if_its_words_say_so():
    raised = (killed(6, by=MONITOR, at=40), killed(11, by=MONITOR, at=80, words="later it raised the toll to 11"))
    plain = (killed(6, by=MONITOR, at=40), killed(11, by=MONITOR, at=80, words="elsewhere 11 were killed"))
    assert of([account("a", "one", tolls=raised)], "killed") == [("one", "one", Standing.UPDATE)]
    assert of([account("a", "one", tolls=plain)], "killed") == []


def test_taken_and_repelled_by_two_sides_is_a_conflict_of_outcome():
    rebels, army = actor("Northern Front", ActorKind.REBEL), actor("Army")
    taken = account("a", "one", EventType.TAKE_CONTROL, doer=rebels, says=((Stance.ASSERTS, speaker("Commander")),))
    held = account("b", "two", EventType.REPEL, doer=army, says=((Stance.ASSERTS, speaker("General")),))
    assert of([taken, held], "outcome") == [("one", "two", Standing.CONFLICT)]


def test_one_side_advances_and_the_other_withdraws_is_no_conflict():
    rebels, army = actor("Northern Front", ActorKind.REBEL), actor("Army")
    came = account("a", "one", EventType.ADVANCE, doer=rebels, says=((Stance.ASSERTS, MONITOR),))
    went = account("b", "two", EventType.WITHDRAW, doer=army, says=((Stance.ASSERTS, MINISTRY),))
    unknown = account("b", "two", EventType.WITHDRAW, says=((Stance.ASSERTS, MINISTRY),))
    assert of([came, went], "outcome") == of([came, unknown], "outcome") == []


def test_one_side_said_to_advance_and_to_withdraw_is_a_conflict_of_two_named_voices():
    army = actor("Army")
    came = account("a", "one", EventType.ADVANCE, doer=army, says=((Stance.ASSERTS, MINISTRY),))
    went = account("b", "two", EventType.WITHDRAW, doer=army, says=((Stance.ASSERTS, MONITOR),))
    assert of([came, went], "outcome") == [("one", "two", Standing.CONFLICT)]
    own = account("b", "two", EventType.WITHDRAW, doer=army)
    assert of([came, own], "outcome") == []


def test_a_denial_by_the_accused_and_a_doubt_are_shown_as_such():
    army = actor("Army")
    told = account("a", "one", doer=army)
    says = ((Stance.DENIES, Speaker("Army", army)), (Stance.DOUBTS, MONITOR))
    quoted = account("b", "two", doer=army, says=(*says, (Stance.ASSERTS, MINISTRY)))
    found = {(r.kind, r.rule) for r in relate([told, quoted]) if r.field == "existence"}
    assert (ConflictKind.EXISTENCE, "denial-by-the-accused") in found


def test_a_denial_of_a_part_is_a_doubt_about_that_and_not_a_denial_of_all():
    army = Speaker("Army", actor("Army"))
    told = account("a", "one", doer=actor("Army"), says=((Stance.ASSERTS, MONITOR),))
    denied = account("b", "two", doer=actor("Army"), says=((Stance.DENIES, army),))
    parts = tuple(replace(s, of_part=True) for s in denied.sayings)
    found = relate([told, replace(denied, sayings=parts)])
    assert [(r.field, r.kind, r.standing) for r in found if r.kind.value] == [
        ("target", ConflictKind.DOUBT, Standing.UNKNOWN)
    ]


def test_who_puts_it_forward_himself_does_not_deny_that_it_happened():
    army = Speaker("Army", actor("Army"))
    told = account("a", "one", says=((Stance.ASSERTS, MONITOR),))
    confirmed = account("b", "two", says=((Stance.CONFIRMS, army),))
    denied = account("c", "three", says=((Stance.DENIES, army),))
    assert "existence" in {r.field for r in relate([told, denied])}
    assert "existence" not in {r.field for r in relate([told, confirmed, denied])}


def test_a_claimant_whom_three_reports_relay_counts_once():
    accounts = [account(x, x, says=((Stance.ASSERTS, MONITOR),)) for x in ("one", "two", "three")]
    counted = corroborate(accounts, {x: x for x in ("one", "two", "three")})
    assert (counted.reports, counted.origins, counted.voices) == (3, 3, 1)


def test_grades_name_their_rule():
    one = account("a", "one", tolls=(killed(9, by=MONITOR, of="civilians"),), doer=actor("Army"))
    alone = corroborate([one], {"one": "one"})
    assert suggest_grade([one], [], alone).grade is Grade.WEAK
    two = [one, account("b", "two", tolls=(killed(9, by=outlet("two"), of="civilians"),))]
    assert suggest_grade(two, [], corroborate(two, {"one": "one", "two": "two"})).grade is Grade.FAIR
    fighters = account("a", "one", tolls=(killed(9, by=MONITOR, of="fighters"),))
    assert suggest_grade([fighters], [], alone).grade is Grade.DISCOUNTED
    assert suggest_grade([account("a", "one", EventType.TALKS)], [], alone) is None


def test_a_spokesman_and_his_body_are_no_two_sides_of_a_number():
    army = actor("Army")
    spokesman = Speaker("Haddad", actor("Haddad"), body=army)
    told = account("a", "one", tolls=(killed(12, by=spokesman),))
    later = account("b", "two", tolls=(killed(20, by=Speaker("Army", army)),))
    other = account("b", "two", tolls=(killed(20, by=MINISTRY),))
    assert of([told, later], "killed") == [("one", "two", Standing.UPDATE)]
    assert of([told, other], "killed") == [("one", "two", Standing.CONFLICT)]
