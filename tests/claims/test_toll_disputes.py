"""Two numbers for one toll within a report: which of them dispute each other."""

from __future__ import annotations

import pytest

from contested.types import ActorKind, DisputeKind, EventType, Stance
from tests.claims.reports import Report, found


def tolls(first: str, second: str, **second_roles) -> Report:
    verb = "wounded" if "wounded" in second_roles else "killed"
    report = Report(f"Medics said the blast killed {first}. Police said the blast {verb} {second}.")
    report.event(EventType.BOMBING, "blast", killed=first)
    report.event(EventType.BOMBING, "blast#2", again=0, **(second_roles or {"killed": second}))
    report.said("Medics", "said", Stance.ASSERTS, "blast")
    report.said("Police", "said#2", Stance.ASSERTS, "blast#2")
    report.actor(ActorKind.CIVILIANS, "Medics")
    report.actor(ActorKind.POLICE, "Police")
    return report


def test_two_numbers_for_one_toll():
    (dispute,) = tolls("15 people", "nine people").claims().disputes
    assert (dispute.kind, dispute.rule) == (DisputeKind.NUMBER, "two numbers: killed")
    assert [side.says for side in dispute.sides] == ["killed: “15 people”", "killed: “nine people”"]
    assert dispute.why.startswith("Killed in “blast”: “15 people” according to Medics (“said”)")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("15 people", "at least nine people"),
        ("dozens of people", "15 people"),
        ("12 people", "12 civilians"),
        ("three soldiers", "five civilians"),
    ],
)
def test_numbers_that_can_both_be_right(first, second):
    assert found(tolls(first, second)) == []


@pytest.mark.parametrize("told", ["Police put the toll at nine", "Police gave a death toll of nine"])
def test_a_toll_that_is_only_put_at_a_number_is_a_rival(told):
    report = Report(f"Medics said the blast killed 15 people. {told} after the blast.")
    report.event(EventType.BOMBING, "blast", killed="15 people")
    report.event(EventType.BOMBING, "blast#2", again=0, killed="nine")
    report.said("Medics", "said", Stance.ASSERTS, "blast")
    report.said("Police", told.split()[1], Stance.ASSERTS, "blast#2")
    report.actor(ActorKind.CIVILIANS, "Medics")
    report.actor(ActorKind.POLICE, "Police")
    assert [kind for kind, _ in found(report)] == [DisputeKind.NUMBER]


def test_a_part_is_no_rival_of_the_whole():
    assert found(tolls("15 people", "two children", killed_part="two children")) == []


def test_killed_and_wounded_are_different_tolls():
    assert found(tolls("15 people", "nine people", wounded="nine people")) == []


def test_one_voice_that_gives_two_numbers_corrects_itself():
    report = Report("Medics said the blast killed nine people. They later said the blast killed 12 people.")
    report.event(EventType.BOMBING, "blast", killed="nine people")
    report.event(EventType.BOMBING, "blast#2", again=0, killed="12 people")
    report.said("Medics", "said", Stance.ASSERTS, "blast")
    report.said("They", "said#2", Stance.ASSERTS, "blast#2")
    report.actor(ActorKind.CIVILIANS, "Medics", "They")
    assert found(report) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("15 fighters", "nine fighters"),
        ("15 people", "20 civilians"),
        ("at least 40 regime soldiers", "25 soldiers"),
        ("34 people", "18"),
        ("12 dead", "nine people"),
    ],
)
def test_numbers_that_cannot_both_be_right(first, second):
    assert [kind for kind, _ in found(tolls(first, second))] == [DisputeKind.NUMBER]


@pytest.mark.parametrize(("first", "second"), [("15 people", "nine civilians"), ("two guards", "three students")])
def test_numbers_of_other_people_are_no_rivals(first, second):
    assert found(tolls(first, second)) == []


@pytest.mark.parametrize(
    "second_sentence",
    [
        "Hospitals later said the blast killed 15 people.",
        "By evening hospitals said the blast killed 15 people.",
        "Hospitals revised the toll, saying the blast killed 15 people.",
        "Hospitals feared the blast could have killed 15 people.",
        "Hospitals said the blast killed another 15 people.",
        "Hospitals said such a blast killed on average 15 people.",
    ],
)
def test_a_toll_that_rose_or_was_corrected_or_guessed_is_no_rival(second_sentence):
    assert found(risen(second_sentence)) == []


def risen(second_sentence: str, source: str = "ospitals") -> Report:
    report = Report(f"Police said the blast killed nine people. {second_sentence}")
    report.event(EventType.BOMBING, "blast", killed="nine people")
    number = "another 15 people" if "another 15" in report.text else "15 people"
    report.event(EventType.BOMBING, "blast#2", again=0, killed=number)
    report.said("Police", "said", Stance.ASSERTS, "blast")
    cue = "said#2" if second_sentence.count("said") else "saying" if "saying" in second_sentence else "feared"
    report.said(source, cue, Stance.ASSERTS, "blast#2")
    report.actor(ActorKind.POLICE, "Police")
    report.actor(ActorKind.CIVILIANS, source)
    return report


def test_a_higher_number_with_no_word_of_a_later_count_is_one():
    assert found(risen("Hospitals said the blast killed 15 people.")) == [(DisputeKind.NUMBER, "two numbers: killed")]


def test_a_lower_number_told_later_is_one():
    report = Report("Medics said the blast killed 15 people. Residents later said the blast killed nine people.")
    report.event(EventType.BOMBING, "blast", killed="15 people")
    report.event(EventType.BOMBING, "blast#2", again=0, killed="nine people")
    report.said("Medics", "said", Stance.ASSERTS, "blast")
    report.said("Residents", "said#2", Stance.ASSERTS, "blast#2")
    assert [kind for kind, _ in found(report)] == [DisputeKind.NUMBER]


def test_two_sides_of_the_fighting_do_not_correct_each_other():
    report = Report("The army said the raid killed nine people. Rebels later said the raid killed 15 people.")
    report.event(EventType.ATTACK, "raid", killed="nine people")
    report.event(EventType.ATTACK, "raid#2", again=0, killed="15 people")
    report.said("The army", "said", Stance.ASSERTS, "raid")
    report.said("Rebels", "said#2", Stance.ASSERTS, "raid#2")
    report.actor(ActorKind.MILITARY, "The army")
    report.actor(ActorKind.REBEL, "Rebels")
    assert [kind for kind, _ in found(report)] == [DisputeKind.NUMBER]


def test_who_relays_a_second_number_has_changed_their_own():
    report = Report("The monitor said the raid killed 90 people. Sources told the monitor the raid killed 270 people.")
    report.event(EventType.ATTACK, "raid", killed="90 people")
    report.event(EventType.ATTACK, "raid#2", again=0, killed="270 people")
    report.said("The monitor", "said", Stance.ASSERTS, "raid")
    report.said("Sources", "told", Stance.ASSERTS, "raid#2", via="the monitor")
    report.actor(ActorKind.NGO, "The monitor", "the monitor")
    report.actor(ActorKind.OTHER, "Sources")
    assert found(report) == []


def test_a_bare_number_is_of_all_the_dead_and_not_of_the_civilians_alone():
    assert found(tolls("30", "12 civilians")) == []
    assert [kind for kind, _ in found(tolls("12", "30 civilians"))] == [DisputeKind.NUMBER]


def test_three_numbers_make_one_dispute_for_each_voice_and_not_for_each_pair():
    report = Report("Medics said the raid killed 45. Police said the raid killed 30. Radio said the raid killed 20.")
    for n, number in enumerate(("45", "30", "20"), start=1):
        report.event(EventType.ATTACK, f"raid#{n}", again=0 if n > 1 else None, killed=number)
    for n, source in enumerate(("Medics", "Police", "Radio"), start=1):
        report.said(source, f"said#{n}", Stance.ASSERTS, f"raid#{n}")
        report.actor(ActorKind.OTHER, source)
    assert [[side.claim for side in d.sides] for d in report.claims().disputes] == [["C1", "C2"], ["C1", "C3"]]
