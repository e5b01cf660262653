"""The disputes on the screen: contradictions apart from what is only not confirmed, one quotation for one sentence."""

from __future__ import annotations

import io

from rich.console import Console

from contested.cli.table import render_report
from contested.types import ActorKind, EventType, Stance
from tests.claims.reports import Report


def page(report: Report) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(render_report(report.claims()))
    return console.file.getvalue()


def make() -> Report:
    report = Report(
        "Rebels said they had seized the base and shelled the road, but the army denied it. "
        "The monitor said a raid killed 12 people. The figure could not be independently verified."
    )
    report.event(EventType.TAKE_CONTROL, "seized", by="they", on="the base")
    report.event(EventType.SHELLING, "shelled", by="they", on="the road")
    report.event(EventType.AIRSTRIKE, "raid", killed="12 people")
    report.said("Rebels", "said", Stance.ASSERTS, "seized", "shelled")
    report.said("the army", "denied", Stance.DENIES, "seized", "shelled")
    report.said("The monitor", "said#2", Stance.ASSERTS, "raid")
    report.said(None, "could not be independently verified", Stance.DOUBTS, "raid")
    report.actor(ActorKind.REBEL, "Rebels", "they")
    report.actor(ActorKind.MILITARY, "the army")
    report.actor(ActorKind.NGO, "The monitor")
    return report


def test_one_denial_of_two_things_is_shown_once_and_its_sentence_quoted_once():
    disputed = page(make()).split("In dispute (2)")[1].split("Said and not confirmed")[0]
    assert disputed.count("⚡ denial D1 D2") == 1
    assert disputed.count("❝") == 1
    assert "put forward by Rebels (“said”)" in disputed
    assert "denied by the army (“denied”)" in disputed


def test_what_is_only_not_confirmed_stands_below_and_makes_nobody_a_source():
    unconfirmed = page(make()).split("Said and not confirmed (1)")[1].split("Who says what")[0]
    assert "⚡ not confirmed D3" in unconfirmed
    assert "not confirmed, as the report remarks (“could not be independently verified”)" in unconfirmed
