from __future__ import annotations

from datetime import date

import pytest

from contested.actors import compare, resolve_all
from contested.actors.naming import ActorType, acled_name, acled_type
from contested.types import ActorKind, ActorLink, Relation, Span

DAY = date(2016, 7, 31)


def link(words: str, country: str = "SYR", kind: ActorKind | None = None) -> ActorLink:
    return resolve_all(words, [((Span(0, len(words)),), kind)], published=DAY, countries=[country])[0]


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("Nusra Front", "Jabhat al-Nusra", Relation.SAME),
        ("the Syrian army", "Syrian government forces", Relation.COMPATIBLE),
        ("Syria", "the Syrian army", Relation.COMPATIBLE),
        ("rebels", "Ahrar al-Sham", Relation.COMPATIBLE),
        ("gunmen", "Ahrar al-Sham", Relation.COMPATIBLE),
        ("Ahrar al-Sham", "Jaysh al-Islam", Relation.CONFLICT),
        ("the Syrian army", "the Turkish army", Relation.CONFLICT),
        ("the 1st Brigade", "the 2nd Brigade", Relation.CONFLICT),
        ("civilians", "Ahrar al-Sham", Relation.CONFLICT),
    ],
)
def test_two_actors(a: str, b: str, relation: Relation) -> None:
    assert compare(link(a), link(b)).relation is relation
    assert compare(link(b), link(a)).relation is relation


def test_an_actor_is_itself() -> None:
    for words in ("gunmen", "Hamas", "the Blue Heron Brigades", "the army"):
        assert compare(link(words), link(words)).relation is Relation.SAME


def test_a_reason_is_always_given() -> None:
    assert "two actors" in compare(link("Hamas"), link("Hezbollah")).reason


@pytest.mark.parametrize(
    ("words", "country", "name"),
    [
        ("the army", "SYR", "Military Forces of Syria (2000-2024)"),
        ("police", "NGA", "Police Forces of Nigeria (2015-2023)"),
        ("gunmen", "NGA", "Unidentified Armed Group (Nigeria)"),
        ("at least six people", "MLI", "Civilians (Mali)"),
        ("M23", "COD", "M23: March 23 Movement"),
    ],
)
def test_names_in_acled_s_style(words: str, country: str, name: str) -> None:
    assert acled_name(link(words, country), DAY) == name


def test_a_state_s_forces_abroad_are_external() -> None:
    assert acled_type(link("Turkish troops"), "SYR") is ActorType.EXTERNAL_OR_OTHER_FORCES
    assert acled_type(link("Turkish troops"), "TUR") is ActorType.STATE_FORCES
    assert acled_type(link("at least six people"), "SYR") is ActorType.CIVILIANS
