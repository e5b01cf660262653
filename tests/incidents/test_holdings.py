from __future__ import annotations

import pytest

from contested.incidents import ControlKind, accounts_of, control_claims
from contested.types import ActorKind, EventType, Stance
from tests.claims.reports import Report

ARMY, REBELS = "The Syrian army", "rebels"


def told(
    text: str, trigger: str, by: list[str], on: list[str], place: list[str] | None = None, denied: str = ""
) -> list[tuple[str, str, ControlKind]]:
    """Return what a sentence says of control: the place as it is named, the holder, and what happens."""
    report = Report(text)
    kind = EventType.HOLD if trigger == "hold" else EventType.TAKE_CONTROL
    report.event(kind, trigger, by=by, on=on, place=place or [])
    if denied:
        report.said(ARMY, denied, Stance.DENIES, trigger)
        report.actor(ActorKind.MILITARY, ARMY, "it")
    for words in (*on, *(place or [])):
        report.place(words)
    for words in on:
        report.actor(None, words)
    for words in by:
        if words != "it":
            report.actor(ActorKind.REBEL if "rebels" in words.lower() else ActorKind.MILITARY, words)
    return [(c.place.name, c.holder.name, c.kind) for c in control_claims(accounts_of(report.claims()))]


@pytest.mark.parametrize("trigger", ["lost", "lost control", "relinquished control", "ceded", "gave up"])
def test_who_loses_a_town_does_not_take_it(trigger: str) -> None:
    joint = " of" if "control" in trigger else ""
    (found,) = told(f"{ARMY} has {trigger}{joint} Hama.", trigger, [ARMY], ["Hama"])
    assert found == ("Hama", "Syrian Arab Army", ControlKind.LOSES)


def test_to_whom_it_goes_takes_it() -> None:
    found = told(f"{ARMY} has lost Hama to the rebels.", "lost", [ARMY, REBELS], ["Hama"])
    assert found == [
        ("Hama", "Syrian Arab Army", ControlKind.LOSES),
        ("Hama", "Syrian rebels", ControlKind.TAKES),
    ]


def test_a_denied_loss_is_a_loss_denied() -> None:
    (found,) = told(f"{ARMY} denied that it had lost Hama.", "lost", ["it"], ["Hama"], denied="denied")
    assert found == ("Hama", "Syrian Arab Army", ControlKind.LOSES)


def test_who_takes_a_town_takes_it_though_another_loses_men() -> None:
    (found,) = told(f"After losing men, {ARMY} captured Hama.", "captured", [ARMY], ["Hama"])
    assert found[2] is ControlKind.TAKES


def test_a_piece_of_a_town_is_not_the_town() -> None:
    airport = told(f"{ARMY} said they hold the airport in Hama.", "hold", [ARMY], ["the airport"], ["Hama"])
    assert [name for name, *_ in airport] == ["the airport, Hama"]
    both = told(f"{ARMY} said they hold Hama and its airport.", "hold", [ARMY], ["Hama", "its airport"])
    assert sorted(name for name, *_ in both) == ["Hama", "its airport, Hama"]
    side = told(f"{ARMY} said they hold eastern Hama.", "hold", [ARMY], ["eastern Hama"])
    assert [name for name, *_ in side] == ["eastern Hama"]


def test_where_a_town_lies_is_not_taken_with_it() -> None:
    (found,) = told(f"{ARMY} has captured Hama in Syria.", "captured", [ARMY], ["Hama"], ["Syria"])
    assert found[0] == "Hama"


def test_villages_near_a_town_are_not_the_town() -> None:
    (found,) = told(f"{ARMY} has captured two villages near Hama.", "captured", [ARMY], ["two villages"], ["Hama"])
    assert found[0] == "two villages, Hama"


def test_a_thing_that_is_no_place_is_named_by_its_words() -> None:
    report = Report(f"{ARMY} has captured a ridge in Hama.")
    report.event(EventType.TAKE_CONTROL, "captured", by=ARMY, on="a ridge", place="Hama")
    report.actor(ActorKind.MILITARY, ARMY)
    report.actor(None, "a ridge")
    assert [c.place.name for c in control_claims(accounts_of(report.claims()))] == ["a ridge, Hama"]
