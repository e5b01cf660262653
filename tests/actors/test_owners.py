from __future__ import annotations

import time
from datetime import date

import pytest

from contested.actors import resolve_all
from contested.types import ActorKind, ActorLink, Span


def link(text: str, words: str, *, kind: ActorKind | None = ActorKind.MILITARY, **located: str) -> ActorLink:
    """Return what words of a text mean; `located` are its places with their country."""
    start = text.index(words)
    places = [(Span(text.index(name), text.index(name) + len(name)), iso3) for name, iso3 in located.items()]
    ends = [at + 1 for at, letter in enumerate(text) if letter == "."]
    sentences = [Span(a, b) for a, b in zip([0, *ends], ends, strict=False)]
    groups = [((Span(start, start + len(words)),), kind)]
    return resolve_all(
        text,
        groups,
        published=date(2024, 3, 14),
        sentences=sentences,
        countries=tuple(located.values()),
        located=places,
    )[0]


@pytest.mark.parametrize(
    ("owner", "country"),
    [
        ("The Russian Defence Ministry", "RUS"),
        ("The Kremlin", "RUS"),
        ("The Pentagon", "USA"),
        ("Vladimir Putin", "RUS"),
        ("Moscow", "RUS"),
        ("Belarus", "BLR"),
    ],
)
def test_its_forces_are_the_speaker_s_wherever_they_fight(owner: str, country: str) -> None:
    found = link(f"{owner} said its forces had hit a depot outside Poltava.", "its forces", Poltava="UKR")
    assert found.country == country
    assert found.entry is not None


def test_the_forces_of_a_group_or_its_leader_are_the_group() -> None:
    assert link("NATO said its soldiers had left Kunduz.", "its soldiers", Kunduz="AFG").name == "NATO"
    found = link("Hezbollah said its fighters had shelled Safed.", "its fighters", kind=ActorKind.REBEL, Safed="ISR")
    assert (found.name, found.country, found.rule) == ("Hezbollah", "LBN", "owner-named-before")
    found = link("Khalifa Haftar said his forces would stay in Sirte.", "his forces", Sirte="LBY")
    assert found.name == "Libyan National Army"


def test_a_place_or_the_name_of_one_owns_no_forces() -> None:
    text = "Israel said that raids in Syria and on a Lebanese village had cost its army two men near Homs."
    assert link(text, "its army", Homs="SYR").country == "ISR"


def test_somebody_without_a_name_owns_what_is_where_he_is() -> None:
    text = "Turkey closed a road on Friday. The army said its soldiers were shot at in Kidal."
    assert link(text, "its soldiers", Kidal="MLI").country == "MLI"


def test_families_belong_where_they_live_and_citizens_to_their_state() -> None:
    text = "Poland told its citizens to leave Gomel, and Poland warned their families in Brest."
    assert link(text, "its citizens", kind=ActorKind.CIVILIANS, Gomel="BLR").country == "POL"
    assert link(text, "their families", kind=ActorKind.CIVILIANS, Brest="BLR").country == "BLR"


@pytest.mark.parametrize("words", ["the enemy", "enemy troops", "the enemy's infantry"])
def test_the_enemy_is_neither_the_speaker_nor_of_the_place(words: str) -> None:
    text = f"The General Staff of the Armed Forces of Ukraine said {words} shelled Sumy."
    speaker = "The General Staff of the Armed Forces of Ukraine"
    start = text.index(words)
    _, found = resolve_all(
        text,
        [((Span(0, len(speaker)),), ActorKind.MILITARY), ((Span(start, start + len(words)),), ActorKind.MILITARY)],
        published=date(2024, 3, 14),
        countries=("UKR",),
        located=[(Span(text.index("Sumy"), text.index("Sumy") + 4), "UKR")],
    )
    assert (found.entry, found.country, found.rule) == (None, None, "opponent")


def test_an_enemy_with_a_country_is_that_country_s() -> None:
    assert (
        link("Colonel Tkachuk said the Russian enemy shelled Sumy.", "the Russian enemy", Sumy="UKR").country == "RUS"
    )


def test_who_is_hurt_at_a_border_is_not_of_the_country_that_it_is_called_after() -> None:
    assert link("Two soldiers fell at the Turkish border, the Syrian army said.", "Two soldiers").country == "SYR"
    assert link("Two soldiers fell at the border with Niger.", "Two soldiers").country is None
    assert link("Turkish border guards shot two soldiers.", "two soldiers").country == "TUR"
    text = "Raids on Burkina Faso's border. The Burkina Faso border was shut. Mali spoke. Two soldiers fell."
    assert link(text, "Two soldiers").country == "MLI"


def test_a_long_run_of_capitals_and_stops_is_looked_through_once() -> None:
    began = time.process_time()
    assert link("A." * 20_000 + " Two soldiers fell at the Turkish border, the Syrian army said.", "Two soldiers")
    assert time.process_time() - began < 10
