"""What a saying covers, when the reader gives one trigger to several sayings or a denial more than it denies."""

from __future__ import annotations

import pytest

from contested.claims.negation import is_negated
from contested.claims.scope import stance_rule
from contested.types import ActorKind, Document, EventType, Span, Stance, Status
from tests.claims.reports import Report


def covered(report: Report) -> dict[str, tuple[str, set[str]]]:
    found = report.claims()
    return {c.cue.of(report.text): (c.stance.value, {t.of(report.text) for t in c.triggers}) for c in found.claims}


def test_one_speaker_does_not_confirm_and_deny_one_thing_in_a_breath():
    report = Report("The garrison confirmed that the militia had charged the mill but denied that it had entered it.")
    report.event(EventType.BATTLE, "charged", by="the militia", on="the mill")
    report.event(EventType.ADVANCE, "entered", by="it#2")
    for cue, stance in (("confirmed", Stance.CONFIRMS), ("denied", Stance.DENIES)):
        report.said("The garrison", cue, stance, "charged", "entered")
    assert covered(report) == {"confirmed": ("confirms", {"charged"}), "denied": ("denies", {"entered"})}
    assert report.claims().disputes == ()


def test_two_speakers_of_one_sentence_keep_their_own_word_on_it():
    report = Report("The militia said it had taken the mill, which the garrison denied.")
    report.event(EventType.TAKE_CONTROL, "taken", by="it", on="the mill")
    report.said("The militia", "said", Stance.ASSERTS, "taken")
    report.said("the garrison", "denied", Stance.DENIES, "taken")
    assert [d.rule for d in report.claims().disputes] == ["denial of a claim"]


def test_who_denies_that_an_attack_failed_does_not_deny_the_attack():
    report = Report("Radio said the assault on the mill had been beaten back, but the captain denied it.")
    report.event(EventType.BATTLE, "assault", on="the mill")
    report.event(EventType.REPEL, "beaten back")
    report.said("Radio", "said", Stance.ASSERTS, "assault", "beaten back")
    report.said("the captain", "denied", Stance.DENIES, "assault")
    assert covered(report)["denied"] == ("denies", {"beaten back"})


def test_a_bare_denial_answers_the_sentence_before():
    report = Report("The militia said it had taken the mill. The garrison denied the claim.")
    report.event(EventType.TAKE_CONTROL, "taken", by="it", on="the mill")
    report.said("The militia", "said", Stance.ASSERTS, "taken")
    report.said("The garrison", "denied", Stance.DENIES)
    assert covered(report)["denied"] == ("denies", {"taken"})


def test_a_saying_about_something_that_did_not_happen_denies_it():
    report = Report(
        "The militia had taken the mill, radio said. Its captain said the garrison had never left the mill."
    )
    report.event(EventType.WITHDRAW, "left", by="the garrison", on="the mill#2")
    report.said("Its captain", "said#2", Stance.ASSERTS, "left")
    found = report.claims()
    assert [c.stance for c in found.claims] == [Stance.DENIES]
    assert found.events[0].status is Status.NEGATED


def test_what_was_not_opened_is_no_gain_of_ground():
    report = Report("The army drove the militia back from the mill, it said. They have not opened anything.")
    report.event(EventType.REPEL, "drove the militia back", by="The army", on="the militia")
    report.event(EventType.ADVANCE, "opened", by="They")
    report.said("it", "said", Stance.ASSERTS, "drove the militia back")
    report.actor(ActorKind.REBEL, "the militia", "They")
    report.actor(ActorKind.MILITARY, "The army", "it")
    assert report.claims().disputes == ()


def test_a_quotation_that_runs_on_keeps_its_speaker():
    report = Report("“We hold the mill,” the captain said. “Our men drove them off.” They left the village at night.")
    report.event(EventType.HOLD, "hold", by="We", place="the mill")
    report.event(EventType.REPEL, "drove them off", by="Our men")
    report.event(EventType.WITHDRAW, "left", by="They")
    report.said("the captain", "said", Stance.ASSERTS, "hold")
    assert covered(report) == {"said": ("asserts", {"hold", "drove them off"})}


@pytest.mark.parametrize(
    ("words", "trigger", "negated"),
    [
        ("Their jets had not struck the mill.", "struck", True),
        ("No convoy has been allowed in.", "allowed", True),
        ("The army has not only shelled the mill.", "shelled", False),
        ("If they had not shelled the mill, it would stand.", "shelled", False),
        ("It did not say who shelled the mill.", "shelled", False),
        ("They shelled the mill.", "shelled", False),
    ],
)
def test_an_events_own_clause_negates_it(words, trigger, negated):
    start = words.index(trigger)
    document = Document("d", words, (Span(0, len(words)),))
    assert is_negated(document, Span(start, start + len(trigger))) is negated


def test_a_bare_denial_keeps_to_what_the_reader_found_it_to_answer():
    report = Report(
        "The militia said its rival had ambushed a convoy near the mill. The garrison denied the allegation."
    )
    report.event(EventType.ATTACK, "ambushed", on="a convoy")
    report.event(EventType.AID, "convoy")
    report.said("The militia", "said", Stance.ASSERTS, "ambushed", "convoy")
    report.said("The garrison", "denied", Stance.DENIES, "ambushed")
    assert covered(report)["denied"] == ("denies", {"ambushed"})


@pytest.mark.parametrize(
    ("words", "stance"),
    [("said the reports were entirely false", "denies"), ("said the reports were accurate", "asserts")],
)
def test_who_calls_reports_false_denies_what_they_say(words, stance):
    report = Report(f"Radio spoke of an exodus from the mill, and the militia {words}.")
    report.event(EventType.DISPLACEMENT, "exodus")
    report.said("the militia", "said", Stance.ASSERTS, "exodus")
    assert covered(report)["said"][0] == stance


def test_who_confirms_one_thing_and_says_another_is_not_said_to_confirm_both():
    report = Report("The garrison confirmed an attack on the mill but said it had been beaten back.")
    report.event(EventType.BATTLE, "attack")
    report.event(EventType.REPEL, "beaten back")
    for cue, stance in (("confirmed", Stance.CONFIRMS), ("said", Stance.ASSERTS)):
        report.said("The garrison", cue, stance, "attack", "beaten back")
    assert covered(report) == {"confirmed": ("confirms", {"attack"}), "said": ("asserts", {"beaten back"})}


def test_a_denial_made_by_a_rule_names_the_rule():
    report = Report("Radio spoke of an exodus, and the militia said the reports were false. The captain denied it.")
    report.event(EventType.DISPLACEMENT, "exodus")
    report.said("the militia", "said", Stance.ASSERTS, "exodus")
    report.said("The captain", "denied", Stance.DENIES, "exodus")
    claims = report.claims()
    assert [stance_rule(c, claims.document) for c in claims.claims] == ["called false", ""]
