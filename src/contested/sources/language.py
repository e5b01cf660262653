"""Is this English? Told from its script and its function words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

# A whole word: not the "al" of "al-Bab", the "Ma" of "Ma'arrat" or the "s" of "Iran's", which are words elsewhere.
_WORD = re.compile(r"(?<!['’\w])[^\W\d_]+(?![-'’\w])")
_BEYOND_LATIN = re.compile(r"[^\W\d_\0-\u024f]")  # a letter after the end of the Latin blocks

# Enough to tell; a longer text is judged by its beginning and its middle, so that a foreign headline or quotation
# in an English report, or an English menu over a foreign one, does not decide alone.
_SAMPLE_CHARACTERS = 2_000
# English prose has 35-50 % function words, its headlines and lists of names still about 10 %.
_LEAST_SHARE = 0.08
# Prose of the other languages has 25 % and more of the words listed for it; names ("Camp de la Paix") bring a few.
_LEAST_FOREIGN_SHARE = 0.15
# Below this many words a text may well be English without any function word ("Rebels seize airport").
_FEW_WORDS = 12


@cache
def _function_words() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
    """Return the languages of each function word, and the name of each language."""
    languages: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    tsv = files("contested.sources").joinpath("function_words.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in tsv.splitlines() if line and not line.startswith("#")]
    for code, name, words in rows[1:]:
        names[code] = name
        for word in dict.fromkeys(words.split()):
            languages[word] = (*languages.get(word, ()), code)
    return languages, names


def find_foreign_language(text: str) -> str | None:
    """Return None when `text` reads as English, else what it seems to be ("French", "Arabic script", …).

    A sentence of a dozen words full of foreign names passes as long as English holds it together.
    """
    sample = _sample(text)
    script = None if sample.isascii() else _foreign_script(sample)
    if script:
        return f"{script} script"
    languages, names = _function_words()
    words = _WORD.findall(sample.lower())
    hits: Counter[str] = Counter()
    for word, times in Counter(words).items():
        for language in languages.get(word, ()):
            hits[language] += times
    english = hits.pop("en", 0)
    other, other_hits = hits.most_common(1)[0] if hits else ("", 0)
    if other_hits > english and other_hits >= _LEAST_FOREIGN_SHARE * len(words):
        return names[other]
    if len(words) >= _FEW_WORDS and english < _LEAST_SHARE * len(words):
        return "a language that is not known here"
    return None


def _sample(text: str) -> str:
    if len(text) <= 2 * _SAMPLE_CHARACTERS:
        return text
    middle = len(text) // 2
    return text[:_SAMPLE_CHARACTERS] + " " + text[middle : middle + _SAMPLE_CHARACTERS]


def _foreign_script(sample: str) -> str | None:
    """Return the script of most letters unless it is Latin, by its name in Unicode ("Arabic", "Cyrillic", "CJK")."""
    if _BEYOND_LATIN.search(sample) is None:  # quotation marks and accents alone
        return None
    letters = "".join(_WORD.findall(sample))
    others = _BEYOND_LATIN.findall(letters)
    if 2 * len(others) <= len(letters):
        return None
    scripts = Counter(unicodedata.name(letter, "unknown").split()[0] for letter in others[:500])
    script = scripts.most_common(1)[0][0]
    return script if script == "CJK" else script.capitalize()
