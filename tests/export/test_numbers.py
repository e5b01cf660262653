"""One number of several: each rule, and what it says of the losers."""

from __future__ import annotations

import pytest

from contested.export import FormatName, KilledRule, Options, choose, load_format
from contested.export.incidents import claims_of
from contested.types import Role
from tests.claims.reports import Report
from tests.export.made import E, K, S, named, only_case, strike, two_tolls, view_of, written


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (KilledRule.RANGE, None),
        (KilledRule.LOWEST, 12),
        (KilledRule.HIGHEST, 20),
        (KilledRule.MEDIAN_OF_ORIGINS, 12),  # the lower one of two
        (KilledRule.MAJORITY_OF_ORIGINS, 12),  # a tie goes to the lower number
        (KilledRule.LATEST, 20),  # of one day, the report that comes later by its id
    ],
)
def test_each_rule_takes_its_number(rule, value):
    case = only_case(*two_tolls())
    chosen = choose(case, Role.KILLED, rule)
    assert (chosen.value, chosen.low, chosen.high, chosen.origins) == (value, 12, 20, 2)
    every = {*chosen.winning, *chosen.losing}
    assert len(every) == 2
    assert all(claim.startswith("c") for claim in every)
    assert len(chosen.winning) == (0 if value is None else 1)


def test_a_range_gives_a_number_where_all_agree():
    chosen = choose(only_case(strike("12 civilians")), Role.KILLED, KilledRule.RANGE)
    assert (chosen.value, chosen.low, chosen.high, chosen.losing) == (12, 12, 12, ())


def test_an_open_number_has_no_highest_and_no_range_of_one():
    chosen = choose(only_case(strike("at least 12 civilians")), Role.KILLED, KilledRule.RANGE)
    assert (chosen.value, chosen.low, chosen.high, chosen.most) == (None, 12, None, 12)
    assert choose(only_case(strike("at least 12 civilians")), Role.KILLED, KilledRule.LOWEST).value == 12


def test_dozens_are_no_number():
    chosen = choose(only_case(strike("dozens of civilians")), Role.KILLED, KilledRule.LOWEST)
    assert (chosen.value, chosen.low, chosen.high) == (None, None, None)


def test_copies_of_one_text_are_one_origin():
    passage = (
        "Syrian army jets struck a market in Idlib on Tuesday, killing 12 civilians. Smoke rose over the town until "
        "late in the evening, as men with bare hands dug for those who were still missing under the roof of a bakery."
    )
    reports = [strike(text=passage, id_=f"r{n}", publisher=f"Outlet {n}") for n in range(4)]
    assert choose(only_case(*reports), Role.KILLED, KilledRule.LOWEST).origins == 1


def test_numbers_of_people_apart_that_one_speaker_gives_are_added_up():
    report = Report(
        "Syrian army troops fought Islamic State in Palmyra on Tuesday. Nine soldiers and 40 militants died."
    )
    event = report.event(
        E.BATTLE, "fought", by="Syrian army troops", on="Islamic State", place="Palmyra", time="Tuesday"
    )
    report.event(E.BATTLE, "died", again=event, killed=["Nine soldiers", "40 militants"])
    report.actor(K.MILITARY, "Syrian army troops")
    report.actor(K.REBEL, "Islamic State")
    chosen = choose(only_case(report.claims()), Role.KILLED, KilledRule.LOWEST)
    assert (chosen.value, chosen.low, chosen.high) == (49, 49, 49)


def test_a_claim_has_one_id_in_every_export():
    case = only_case(*two_tolls())
    telling = case.tellings[0]
    claim = telling.told.claims.claims[0]
    assert telling.told.claim_id(claim, telling.event) in choose(case, Role.KILLED, KilledRule.LOWEST).winning
    assert telling.told.claim_id(None, telling.event).endswith(".author")
    assert claim.stance is S.ASSERTS


def test_ids_stay_when_names_are_masked():
    text = "Syrian army jets struck a market in Idlib on Tuesday, killing Samir Qadri, 34, a baker."
    report = Report(text)
    report.event(E.AIRSTRIKE, "struck", by="Syrian army jets", on="Samir Qadri", place="Idlib", time="Tuesday")
    report.actor(K.MILITARY, "Syrian army jets")
    report.actor(K.CIVILIANS, "Samir Qadri")
    masked = only_case(named(report.claims(), "a"))
    plain = only_case(named(report.claims(), "a"), options=Options(include_names=True))
    assert masked.incident.id == plain.incident.id
    assert masked.tellings[0].told.event_keys == plain.tellings[0].told.event_keys
    assert "Qadri" not in masked.tellings[0].told.document.text
    assert "Qadri" in plain.tellings[0].told.document.text


def test_the_dead_of_an_unnamed_event_take_nothing_from_the_event_that_they_stand_beside(tmp_path):
    words = "The ministry met elders in Idlib. The number of martyrs of the bombing has risen from two to four."
    report = Report(words, published="2024-05-15", publisher="The Valley Post")
    report.event(E.TALKS, "met", by="The ministry", on="elders")
    report.actor(K.GOVERNMENT, "The ministry")
    told = named(report.claims(), "visit")
    unnamed = next(c for c in view_of(told).cases() if c.incident.type is E.ATTACK)
    (telling,) = unnamed.tellings
    assert telling.told.index.words(telling.event.mentions[0].trigger) == "two"
    assert telling.event.arguments() == ()
    assert claims_of(unnamed) == ()
    for name in (FormatName.INCIDENTS, FormatName.FTM, FormatName.ACLED, FormatName.UCDP):
        file = written(name, tmp_path / name.value, told)
        assert list(load_format(name).check(file)) == []


def test_a_toll_told_without_any_event_leaves_under_the_id_of_its_account(tmp_path):
    words = "The government reports that the death toll from the war has surpassed 2,000 people."
    told = named(Report(words, published="2024-05-15", publisher="The Valley Post").claims(), "total")
    (case,) = view_of(told).cases()
    assert case.incident.is_total
    (telling,) = case.tellings
    assert telling.event.id == telling.account.id
    assert telling.told.claim_id(None, telling.event) == f"{telling.account.id}.author"
    for name in (FormatName.INCIDENTS, FormatName.FTM, FormatName.ACLED, FormatName.UCDP):
        assert written(name, tmp_path / name.value, told).exists()
