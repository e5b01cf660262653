"""How a name is taken apart and levelled: the register's aliases and the text's words pass through one function."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from contested.errors import ResourceError
from contested.resources.tables import load_table

# A word with its inner dots and apostrophes ("U.S.", "Da'esh", "Iran's"); a hyphen ends it.
_WORD = re.compile(r"[^\W_]+(?:[.'’ʼ‘`][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"['’ʼ‘`]s$", re.IGNORECASE)
_MARKS = str.maketrans("", "", ".'’ʼ‘`")
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae"})  # NFKD leaves these whole
# The Arabic article, joined by a hyphen in any of its sounds; alone, only in the two spellings no English word has.
_JOINED_ARTICLES = frozenset({"al", "el", "ul", "ur", "ash", "as", "an", "ar", "at", "ad", "az", "ath"})
_ARTICLES = frozenset({"al", "el"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a mention: levelled, as written, and where it starts in the mention. `joined`: a hyphen follows."""

    folded: str
    raw: str
    start: int
    joined: bool = False

    @property
    def is_acronym(self) -> bool:
        """Whether the word is an acronym that reads like a pronoun in lower case: US, WHO."""
        return self.folded in ("us", "who") and self.raw.replace(".", "").isupper()

    @property
    def is_capital(self) -> bool:
        """Whether the word is written like a name."""
        return self.raw[0].isupper() or self.raw[0].isdigit()


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """The closed classes of `function_words.toml`."""

    leading: frozenset[str]
    pronouns: frozenset[str]
    anaphors: frozenset[str]
    stand_ins: frozenset[str]
    possessives: frozenset[str]
    placing: frozenset[str]
    opponents: frozenset[str]
    prepositions: frozenset[str]
    joining: frozenset[str]
    separating: frozenset[str]
    members: frozenset[str]
    backing: frozenset[str]
    stance_prefixes: frozenset[str]
    qualifiers: frozenset[str]
    unit_nouns: frozenset[str]


@cache
def function_words() -> FunctionWords:
    """Return the closed word classes, read once.

    Raises:
        ResourceError: when the file is of another form.
    """
    toml = files("contested.actors").joinpath("function_words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(toml)
    if table.pop("schema", None) != 1:
        raise ResourceError("table contested.actors/function_words.toml: expected schema = 1")
    return FunctionWords(**{name: frozenset(words) for name, words in table.items()})


@cache
def _spellings() -> dict[str, str]:
    return {row[0]: row[1] for row in load_table("contested.actors", "spellings.tsv", ("variant", "spelling"))}


@lru_cache(maxsize=50_000)  # the words of a language: a report repeats most of them
def fold(raw: str) -> str:
    """Return a word levelled: no case, accents, dots, apostrophes or possessive, and one spelling of common variants.

    >>> fold("Erdoğan's"), fold("U.S."), fold("Hizballah")
    ('erdogan', 'us', 'hezbollah')
    """
    word = _POSSESSIVE.sub("", raw).translate(_MARKS).casefold()
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.translate(_LETTERS))
        word = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _spellings().get(word, word)


def split(text: str) -> list[Word]:
    """Return the words of a mention in order, without Arabic articles.

    >>> [w.folded for w in split("Jaysh al-Islam's fighters")]
    ['jaish', 'islam', 'fighters']
    """
    words = []
    for match in _WORD.finditer(text):
        raw = match[0]
        folded = fold(raw)
        joined = text[match.end() : match.end() + 1] in ("-", "‑", "–")
        if folded in _ARTICLES or (joined and folded in _JOINED_ARTICLES):
            continue
        if folded:
            words.append(Word(folded, raw, match.start(), joined))
    return words


def level(name: str) -> str:
    """Return a whole name levelled: two names that differ only in spelling come out the same.

    >>> level("The Al-Nusra Front") == level("al Nusrah Front")
    True
    """
    folded = [word.folded for word in split(name)]
    if len(folded) > 1 and folded[0] == "the":
        del folded[0]
    return " ".join(folded)
