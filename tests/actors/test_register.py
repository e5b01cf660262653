from __future__ import annotations

from datetime import date

import pytest

from contested.actors.lexicon import lexicon
from contested.actors.register import Entry, EntryClass, find_entry, organ_entry, organs, read_day, read_end, register
from contested.actors.theatres import theatres
from contested.actors.words import function_words, level, split
from contested.errors import ResourceError
from contested.resources.countries import Standing, load_countries
from contested.resources.tables import load_table, values
from contested.types import ActorKind

COLUMNS = {
    "groups.tsv": 12,
    "organisations.tsv": 12,
    "persons.tsv": 9,
    "organs.tsv": 6,
    "titles.tsv": 3,
    "descriptions.tsv": 6,
    "spellings.tsv": 2,
    "in_context.tsv": 5,
    "governments.tsv": 3,
}


def rows(filename: str) -> list[list[str]]:
    from importlib.resources import files

    header = files("contested.actors").joinpath(filename).read_text(encoding="utf-8").split("\n")[0]
    return load_table("contested.actors", filename, tuple(header.split("\t")))


@pytest.mark.parametrize(("filename", "width"), COLUMNS.items())
def test_tables_are_sorted_and_of_one_width(filename: str, width: int) -> None:
    table = rows(filename)
    assert all(len(row) == width for row in table)
    if filename in ("groups.tsv", "organisations.tsv", "persons.tsv"):
        ids = [row[0] for row in table]
        assert ids == sorted(ids)


def test_the_register_is_as_large_as_promised() -> None:
    armed = {ActorKind.REBEL, ActorKind.MILITIA, ActorKind.CRIMINAL, ActorKind.MILITARY}
    groups = [e for e in register().values() if e.entry_class is EntryClass.GROUP and e.kind in armed]
    assert len(groups) >= 800
    countries = {e.countries[0] for e in register().values() if e.entry_class is EntryClass.STATE}
    assert len(countries) >= 195


def names(entry: Entry) -> tuple[str, ...]:
    return (entry.name, *entry.aliases, *entry.former)


def test_every_alias_can_be_reached() -> None:
    lost = []
    for entry in register().values():
        if entry.entry_class is EntryClass.STATE:
            continue
        for name in names(entry):
            found = [e for lexeme in lexicon().look_up(split(name)) for e in lexeme.entries]
            bare = split(name.removeprefix("the ").removeprefix("The "))
            found += [e for lexeme in lexicon().look_up(bare) for e in lexeme.entries]
            if entry not in found:
                lost.append((entry.id, name))
    assert lost == []


def test_no_alias_is_written_twice_for_one_entry() -> None:
    for entry in register().values():
        assert len(set(names(entry))) == len(names(entry)), entry.id


@pytest.mark.parametrize("filename", ["organs.tsv", "descriptions.tsv", "titles.tsv"])
def test_no_phrase_stands_in_two_rows(filename: str) -> None:
    owner: dict[str, str] = {}
    column = {"organs.tsv": 5, "descriptions.tsv": 5, "titles.tsv": 2}[filename]
    for row in rows(filename):
        for phrase in values(row[column]):
            key = " ".join(word.folded for word in split(phrase.removeprefix("the ")))
            assert owner.setdefault(key, row[0]) == row[0], phrase


def test_parents_exist() -> None:
    for entry in register().values():
        if entry.parent:
            assert find_entry(entry.parent) is not None, (entry.id, entry.parent)


def test_nobody_ends_before_beginning() -> None:
    for entry in register().values():
        if entry.since and entry.until:
            assert entry.since < entry.until, entry.id


def test_words_in_context_name_entries_that_exist() -> None:
    for meanings in theatres().values():
        for theatre in meanings:
            assert theatre.entry in register(), theatre.entry


def test_every_state_has_every_organ() -> None:
    for country in load_countries():
        for organ_id in organs():
            part = country if country.standing is Standing.PART else None
            entry = organ_entry(country.iso3, organ_id, date(2024, 1, 1), part)
            assert entry.country == country.iso3
            assert "{" not in entry.name
            assert find_entry(entry.id) is not None


def test_names_through_time() -> None:
    before = organ_entry("SYR", "military", date(2016, 7, 31))
    after = organ_entry("SYR", "military", date(2025, 3, 1))
    assert before.id != after.id
    assert organ_entry("AFG", "government", date(2015, 1, 1)).name == "Islamic Republic of Afghanistan"
    assert organ_entry("AFG", "government", date(2023, 1, 1)).name == "Islamic Emirate of Afghanistan"


def test_spelling_variants_fall_together() -> None:
    assert level("Jabhat an-Nusra") == level("Jabhat al Nusrah")
    assert level("Hizbullah") == level("Hezbollah")
    assert level("Recep Tayyip Erdoğan's") == level("Recep Tayyip Erdogan")


def test_different_numbers_stay_different() -> None:
    assert level("1st Brigade") != level("2nd Brigade")


def test_days_of_the_register() -> None:
    assert read_day("2014-06", "here") == date(2014, 6, 1)
    assert read_day("", "here") is None
    assert read_end("2014", "here") == date(2015, 1, 1)
    assert read_end("2014-06", "here") == date(2014, 6, 1)
    with pytest.raises(ResourceError, match="here: expected a year, month or day"):
        read_day("June 2014", "here")


def test_function_words_are_levelled() -> None:
    for words in (function_words().members, function_words().prepositions, function_words().anaphors):
        assert all(" ".join(w.folded for w in split(word)) in words for word in words)
