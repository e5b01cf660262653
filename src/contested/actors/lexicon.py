"""The lexicon: every phrase that means something in a mention, in one index, and the scan that cuts a mention by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from contested.actors.register import Entry, EntryClass, organs, register
from contested.actors.words import Word, split
from contested.resources.countries import Country, Standing, load_countries
from contested.resources.tables import load_table, values
from contested.types import ActorKind

_DESCRIPTION_COLUMNS = ("id", "kind", "name", "class", "decides", "phrases")
_TITLE_COLUMNS = ("class", "kind", "words")


class CountryForm(StrEnum):
    """How a country is spoken of. The order of a mention depends on it: "Syrian army", "Syrians", "Damascus"."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"


class TitleClass(StrEnum):
    """What a title says about the person who bears it."""

    OFFICE = "office"
    RANK = "rank"
    SPEAKER = "speaker"
    LEADER = "leader"
    PERSON = "person"


class DescriptionClass(StrEnum):
    """What a generic description does with a country: victims lose it, armed men and states carry it in their name."""

    VICTIMS = "victims"
    PEOPLE = "people"
    ARMED = "armed"
    STATE = "state"
    GROUP = "group"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Title:
    """A title class and the kind of actor that its bearer is, None when it says nothing of it."""

    title_class: TitleClass
    kind: ActorKind | None


@dataclass(frozen=True, slots=True)
class Description:
    """People or groups described but not named: "gunmen", "residents".

    `decides`: the word settles the kind, whatever the reader says ("hostages"; not "gunmen", who are often rebels).
    """

    id: str
    kind: ActorKind
    name: str
    description_class: DescriptionClass
    decides: bool


@dataclass(slots=True)
class Lexeme:
    """Everything that one phrase may mean."""

    entries: list[Entry] = field(default_factory=list)
    countries: list[tuple[Country, CountryForm]] = field(default_factory=list)
    organ: str = ""
    title: Title | None = None
    description: Description | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a mention's words, [start, end), that the lexicon knows."""

    start: int
    end: int
    lexeme: Lexeme


class Lexicon:
    """The index from levelled phrases to lexemes. Names must be written like names in the text to match."""

    def __init__(self) -> None:
        self._names: dict[str, Lexeme] = {}  # written with a capital in the register
        self._phrases: dict[str, Lexeme] = {}  # ordinary words, any case
        self._longest: dict[str, int] = {}  # first word -> words of the longest phrase that begins with it

    def add(self, phrase: str) -> Lexeme:
        """Return the lexeme of a phrase, made if new."""
        words = split(phrase)
        if len(words) > 1 and words[0].folded == "the":
            del words[0]
        key = " ".join(word.folded for word in words)
        first = words[0].folded
        self._longest[first] = max(self._longest.get(first, 0), len(words))
        index = self._names if any(word.raw[0].isupper() for word in words) else self._phrases
        return index.setdefault(key, Lexeme())

    def look_up(self, words: Sequence[Word]) -> tuple[Lexeme, ...]:
        """Return what these words mean as a whole: as a name, as a plain phrase, both or neither."""
        key = " ".join(word.folded for word in words)
        found = []
        name = self._names.get(key)
        if name is not None and any(word.raw[0].isupper() for word in words):
            found.append(name)
        phrase = self._phrases.get(key)
        if phrase is not None:
            found.append(phrase)
        return tuple(found)

    def scan(self, words: Sequence[Word]) -> list[Piece]:
        """Return the known stretches of a mention, left to right, the longest at each place, none overlapping.

        A phrase that is both a name and plain words gives two pieces over the same words, the name first.
        """
        pieces: list[Piece] = []
        at = 0
        while at < len(words):
            longest = min(self._longest.get(words[at].folded, 0), len(words) - at)
            for length in range(longest, 0, -1):
                lexemes = self.look_up(words[at : at + length])
                if lexemes:
                    pieces.extend(Piece(at, at + length, lexeme) for lexeme in lexemes)
                    at += length - 1
                    break
            at += 1
        return pieces


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, built once from the register and the tables."""
    index = Lexicon()
    for entry in register().values():
        if entry.entry_class is EntryClass.STATE:
            continue  # states are found as countries, in all their forms
        for name in dict.fromkeys((entry.name, *entry.aliases, *entry.former)):
            _add_once(index.add(name).entries, entry)
            if name.startswith("United States "):
                _add_once(index.add("US " + name.removeprefix("United States ")).entries, entry)
    for country in load_countries():
        _add_country(index, country)
    for organ in organs().values():
        for phrase in organ.phrases:
            index.add(phrase).organ = organ.id
    for row in load_table("contested.actors", "titles.tsv", _TITLE_COLUMNS):
        title = Title(TitleClass(row[0]), ActorKind(row[1]) if row[1] else None)
        for phrase in values(row[2]):
            index.add(phrase).title = title
    for row in load_table("contested.actors", "descriptions.tsv", _DESCRIPTION_COLUMNS):
        description = Description(row[0], ActorKind(row[1]), row[2], DescriptionClass(row[3]), bool(row[4]))
        for phrase in values(row[5]):
            index.add(phrase).description = description
    return index


def _add_once(entries: list[Entry], entry: Entry) -> None:
    if entry not in entries:
        entries.append(entry)


def _add_country(index: Lexicon, country: Country) -> None:
    for name in (country.name, *country.aliases):
        index.add(name).countries.append((country, CountryForm.NAME))
    for demonym in country.demonyms:
        index.add(demonym).countries.append((country, CountryForm.ADJECTIVE))
        if not demonym.endswith(("s", "ese", "sh", "ch")):
            index.add(demonym + "s").countries.append((country, CountryForm.PEOPLE))
    for capital in country.capitals if country.standing is not Standing.PART else ():
        index.add(capital).countries.append((country, CountryForm.CAPITAL))
