"""One incident as a whole: what is said of it, by whom, and what is made of that."""

from __future__ import annotations

import pytest

from contested.incidents import Speaker, find_incidents_of
from contested.incidents.form import contested_fields, range_of, to_form, to_row
from contested.incidents.selection import Selection
from contested.types import ActorKind, Role, Stance, Status
from tests.incidents.accounts_made import account, actor, killed, outlet, speaker

ARMY = speaker("Army")
DENIAL = "the army denied that it had killed ten in the town"


def only(*accounts):
    (incident,) = find_incidents_of(accounts, {}).incidents
    return incident


def denied(name="a", **more):
    toll = killed(10, by=outlet("Post"), words=DENIAL)
    return account(name, name, says=((Stance.DENIES, ARMY),), words=DENIAL, tolls=(toll,), doer=actor("Army"), **more)


def test_what_is_only_denied_did_not_happen_and_has_no_toll_and_no_grade():
    incident = only(denied())
    assert incident.status is Status.NEGATED
    assert incident.is_contested
    assert contested_fields(incident) == ("existence",)
    assert range_of(incident, Role.KILLED) == (None, None)
    assert incident.grade is None
    assert Selection(contested=True).takes(incident)
    form, row = to_form(incident), to_row(incident)
    assert (form["status"], form["killed"], form["reports"][0]["killed"]) == ("negated", [None, None], [None, None])
    assert (row["event_status"], row["killed_low"], row["grading"]) == ("negated", "", "")


def test_what_another_report_tells_happened_whoever_denies_it():
    told = account("b", "b", tolls=(killed(12, by=speaker("Clinic")),), doer=actor("Army"))
    incident = only(denied(), told)
    assert incident.status is Status.ACTUAL
    assert range_of(incident, Role.KILLED) == (12, 12)
    assert "existence" in contested_fields(incident)
    assert incident.grade is not None


@pytest.mark.parametrize("stance", [Stance.DISOWNS, Stance.DOUBTS])
def test_who_disowns_or_doubts_it_does_not_deny_that_it_happened(stance):
    incident = only(account("a", "one", says=((stance, ARMY),), tolls=(killed(3, by=outlet("one")),)))
    assert incident.status is Status.ACTUAL
    assert range_of(incident, Role.KILLED) == (3, 3)


def test_a_number_of_another_sentence_or_a_named_source_stands_beside_a_denial():
    toll = killed(4, by=outlet("one"), words="four lay dead in the square")
    named = killed(5, by=speaker("Clinic"), words=DENIAL, at=60)
    for number, low in ((toll, 4), (named, 5)):
        incident = only(account("a", "one", says=((Stance.DENIES, ARMY),), words=DENIAL, tolls=(number,)))
        assert range_of(incident, Role.KILLED) == (low, low)


def quoting(name, *who):
    return account(name, name, says=tuple((Stance.ASSERTS, w) for w in who))


def support(*accounts):
    incident = only(*accounts)
    counted = incident.corroboration
    return counted.origins, counted.voices, set(counted.claimants), incident.origins


WIRE = Speaker("Northwire", actor("Northwire", ActorKind.MEDIA))


def test_an_outlet_that_others_quote_is_one_origin_and_no_voice_beside_its_own_report():
    own, sun, star = quoting("Northwire", speaker("Governor")), quoting("The Sun", WIRE), quoting("The Star", WIRE)
    origins, voices, claimants, origin_of = support(own, sun, star)
    assert (origins, voices, claimants) == (1, 1, {"Governor"})
    assert len(set(origin_of.values())) == 1


def test_two_outlets_that_quote_a_third_one_are_one_origin_and_its_voice():
    assert support(quoting("The Sun", WIRE), quoting("The Star", WIRE))[:3] == (1, 1, {"Northwire"})


def test_an_outlet_that_also_has_a_source_of_its_own_is_an_origin():
    own = quoting("Northwire", speaker("Governor"))
    assert support(own, quoting("The Sun", WIRE, speaker("Clinic")))[:3] == (2, 2, {"Governor", "Clinic"})
    assert support(quoting("The Sun", speaker("Governor")), quoting("The Star", speaker("Governor")))[0] == 2


def test_a_spokesman_is_the_voice_of_his_body():
    army = actor("Army")
    spokesman = Speaker("Haddad", actor("Haddad"), body=army)
    other = Speaker("Odeh", actor("Odeh"), body=army)
    general = Speaker("Saleh", actor("Saleh"))
    assert support(quoting("one", spokesman), quoting("two", Speaker("Army", army)), quoting("three", other))[1] == 1
    assert support(quoting("one", spokesman), quoting("two", speaker("Clinic")))[1] == 2
    assert support(quoting("one", general), quoting("two", Speaker("Army", army)))[1] == 2


@pytest.mark.parametrize(
    ("selection", "takes"),
    [
        (Selection(actor="RSF"), True),
        (Selection(actor="rapid support"), True),
        (Selection(actor="SAF"), False),
        (Selection(place="syr"), True),
        (Selection(place="SYRIA"), True),
        (Selection(place="marea"), True),
        (Selection(place="Sudan"), False),
    ],
)
def test_a_filter_takes_short_names_and_countries_however_they_are_written(selection, takes):
    told = account("a", "one", doer=actor("Rapid Support Forces", entry="rapid-support-forces"))
    assert selection.takes(only(told)) is takes
