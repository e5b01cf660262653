"""Sentences of a paragraph, by rule: where a full stop ends one and where it does not.

A quotation that closes within its paragraph stays one sentence with the words that say who speaks: the reader
has to see both at once. The table of abbreviations is `abbreviations.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from contested.types import Span

# A run of stops, the closing marks that belong to it, then white space, the end, or (a space is missing) a capital.
_STOP = re.compile(
    r"(?P<stop>[.!?…؟]+)(?P<close>(?:[\"'”’»)\]]|\s?\[\d{1,3}\])*)(?P<gap>\s+|$|(?=[A-Z“‘\"«(]|[-–—] ?[A-Z]))"
)
_INLINE_BULLET = re.compile(r"\s(?=[•●▪◦‣]\s)")
_TOKEN_BEFORE = re.compile(r"[^\s(\[“\"‘'—–/]+$")
_NEXT_WORD = re.compile(r"(?:[-–—] ?)?[\"'“‘«(\[‹]*(?P<word>\w[\w’'-]*)")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]$")  # U.S, a.m, Ph.D reach here without their last stop
_SMALL_NAME = re.compile(r"[a-z]{2,3}[-’'][A-Z]")  # al-Shabaab, el-Sisi, d'Ivoire: a sentence may begin so
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z])$")
_ENDED = re.compile(r"[.!?;:][\"'”’)]*\s+$")
_RUN_ON = re.compile(r"[a-z]{2}$|\d$|[\"”’)\]]$")  # what may stand before a stop whose space is missing
_RUN_ON_NEXT = re.compile(r"(?:[-–—] ?)?[“‘\"«(]*[A-Z](?:[a-z]|\s)")
_ADDRESS = re.compile(r"www\.|://|@|\.(?:com|org|net|gov)\b", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[\s(\[—–-])$")
# A single mark counts when it opens before a word, or closes after a stop or comma; any other is an apostrophe.
_QUOTE_MARK = re.compile(r"[“”\"«»]|(?<!\w)['‘](?=\w)|(?<=[.,!?…])['’](?!\w)")
_OPENING = {"“": "”", "«": "»", "‘": "’"}
_SPEAKER = re.compile(
    r"\s*[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2} (?P<verb>[a-z]+)(?:[.,;:]| (?:on|in|at|as|to|from|during|while|when)\b)"
)

_ANY_SPEAKER = re.compile(_SPEAKER.pattern, re.IGNORECASE)

# A longer quotation is split after all: it would not fit the reader's window of about 128 word pieces many times over.
QUOTATION_LIMIT = 700
_FEW = 0.003  # of a text's letters; a sentence of a hundred letters has one capital at least
_LOOK_BACK = 40  # no abbreviation or initial is longer; keeps the time linear in a text without spaces


class Letters(Enum):
    """How a text is printed. In old archives whole texts are in letters of one case."""

    BOTH = "both"
    SMALL = "small"
    CAPITAL = "capital"


def letters_of(text: str) -> Letters:
    """Return how a text is printed; a few letters of the other case change nothing ("km", one name)."""
    capitals, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    few = _FEW * (capitals + small)
    if capitals <= few and small:
        return Letters.SMALL
    return Letters.CAPITAL if small <= few and capitals else Letters.BOTH


@dataclass(frozen=True, slots=True)
class _Abbreviations:
    never_last: frozenset[str]
    sometimes_last: frozenset[str]
    last_unless_number: frozenset[str]
    reporting: frozenset[str]
    starters: frozenset[str]
    also_words: frozenset[str]
    inside: frozenset[str]


@cache
def _abbreviations() -> _Abbreviations:
    toml = tomllib.loads(files("contested.sources").joinpath("abbreviations.toml").read_text(encoding="utf-8"))
    return _Abbreviations(
        frozenset(toml["never_last"]),
        frozenset(toml["sometimes_last"]),
        frozenset(toml["last_unless_number"]),
        frozenset(toml["reporting"]),
        frozenset(toml["starters"]),
        frozenset(toml["also_words"]),
        frozenset(toml["inside"]),
    )


@cache
def _small_abbreviations() -> _Abbreviations:
    """Return the tables in small letters, for texts of one case, less what is mostly a word there ("sat.")."""
    known = _abbreviations()

    def small(names: frozenset[str]) -> frozenset[str]:
        return frozenset(map(str.lower, names)) - known.also_words

    return _Abbreviations(
        small(known.never_last),
        small(known.sometimes_last),
        small(known.last_unless_number),
        known.reporting,
        frozenset(map(str.lower, known.starters)) - known.inside,
        known.also_words,
        known.inside,
    )


def find_sentences(text: str, paragraph: Span, letters: Letters = Letters.BOTH) -> list[Span]:
    """Return the sentences of one paragraph, in order, without the white space around them.

    Args:
        text: the whole text.
        paragraph: a stretch of it with no paragraph break inside.
        letters: how the whole text is printed (`letters_of`); in small letters a sentence may begin with one.

    Known failures: a sentence that begins in small letters after an unfinished one; a name after "U.S." that begins
    a sentence ("in the U.S. Trump said").
    """
    body = paragraph.of(text)
    quotations = _find_quotations(body)
    sentences: list[Span] = []
    start = 0
    for cut, following in _find_cuts(body, quotations, letters):
        if _add(sentences, body, start, cut, paragraph.start):
            start = following
    _add(sentences, body, start, len(body), paragraph.start)
    return sentences


def _add(sentences: list[Span], body: str, start: int, end: int, offset: int) -> bool:
    piece = body[start:end]
    content = piece.strip()
    if not content:
        return False
    first = start + len(piece) - len(piece.lstrip())
    sentences.append(Span(offset + first, offset + first + len(content)))
    return True


def _find_cuts(body: str, quotations: list[tuple[int, int]], letters: Letters) -> list[tuple[int, int]]:
    """Return where sentences end and the next ones begin, as offsets into `body`."""
    cuts: list[tuple[int, int]] = []
    openings = {start for start, _ in quotations}
    ahead = 0  # the first quotation that does not end before the stop in hand
    for match in _STOP.finditer(body):
        opens = match["close"] == '"' and match.end("stop") in openings
        cut = match.end("stop") if opens else match.end("close")
        while ahead < len(quotations) and quotations[ahead][1] <= cut:
            ahead += 1
        if cut == len(body) or (ahead < len(quotations) and quotations[ahead][0] < cut):
            continue
        if _ends_sentence(body, match, letters):
            cuts.append((cut, cut if opens else match.end()))
    cuts += [(match.start(), match.end()) for match in _INLINE_BULLET.finditer(body)]
    return sorted(cuts)


def _ends_sentence(body: str, match: re.Match[str], letters: Letters) -> bool:
    following = _NEXT_WORD.match(body, match.end())
    if following is None:
        return bool(match["gap"])  # a bullet, a dash or a symbol follows
    word, is_small = following["word"], letters is Letters.SMALL
    if word[0].islower() and not _SMALL_NAME.match(word) and (not is_small or match["stop"].startswith(("..", "…"))):
        return False
    before = body[max(0, match.start() - _LOOK_BACK) : match.start()]
    if not match["gap"]:
        return _is_run_on(before, body, match)
    if match["close"] and match["stop"] != ".":
        return not _names_speaker(body, match.end(), letters)
    if match["stop"] != "." or match["close"]:
        return True
    token_match = _TOKEN_BEFORE.search(before)
    if token_match is None:
        return True
    earlier = before[: token_match.start()]
    opens = match.start() == len(token_match.group())
    opens = opens or (_ENDED.search(earlier) is not None and not _ends_with_abbreviation(earlier, letters))
    return _may_end_with(token_match.group(), word, opens, letters)


def _ends_with_abbreviation(text: str, letters: Letters) -> bool:
    """Return whether the stop before a number is an abbreviation's: "on Jan. 5"."""
    token = _TOKEN_BEFORE.search(text.rstrip().removesuffix("."))
    if token is None or not text.rstrip().endswith("."):
        return False
    known = _abbreviations() if letters is Letters.BOTH else _small_abbreviations()
    word = token.group() if letters is Letters.BOTH else token.group().lower()
    return word in known.never_last or word in known.sometimes_last or word in known.last_unless_number


def _names_speaker(body: str, at: int, letters: Letters) -> bool:
    """Return whether what stands at `at` says who spoke: "“Yes!” Omar said."."""
    speaker = (_SPEAKER if letters is Letters.BOTH else _ANY_SPEAKER).match(body, at)
    return speaker is not None and speaker["verb"].lower() in _abbreviations().reporting


def _may_end_with(token: str, following: str, opens: bool, letters: Letters) -> bool:
    """Return whether a sentence may end with `token` and a full stop when `following` is the next word.

    `opens`: the token is the first of its sentence, so that a number or a letter numbers a list.
    """
    known = _abbreviations()
    if letters is not Letters.BOTH:
        known, token, following = _small_abbreviations(), token.lower(), following.lower()
    token = token.lstrip("*_").removeprefix("pre-").removeprefix("non-")
    if opens and _LIST_NUMBER.match(token):
        return False
    if token in known.never_last:
        return False
    if token in known.last_unless_number:
        return not following[0].isdigit()
    tail = re.split(r"[-–/]", token)[-1]
    is_initial = len(tail) == 1 and (tail.isupper() if letters is Letters.BOTH else tail.isalpha())
    if token in known.sometimes_last or _ACRONYM.search(tail) or is_initial:
        return following in known.starters
    return tail not in known.never_last


def _is_run_on(before: str, body: str, match: re.Match[str]) -> bool:
    """Return whether a space is missing between two sentences ("in Poland.He said")."""
    if not _RUN_ON.search(before + match["close"]) or not _RUN_ON_NEXT.match(
        body, match.end("stop") + len(match["close"])
    ):
        return False
    word_end = re.compile(r"\S*").match(body, match.end(), match.end() + _LOOK_BACK)
    around = (_TOKEN_BEFORE.search(before) or [""])[0] + match.group() + (word_end[0] if word_end else "")
    return not _ADDRESS.search(around)


def _find_quotations(body: str) -> list[tuple[int, int]]:
    """Return the stretches in quotation marks that open and close in this paragraph: in order, not overlapping."""
    quotations: list[tuple[int, int]] = []
    opened: dict[str, int] = {}
    for match in _QUOTE_MARK.finditer(body):
        mark, at = match.group(), match.start()
        opens = mark in _OPENING or (mark in "\"'" and _opens(body, at, mark in opened))
        if opens:
            opened[_OPENING.get(mark, mark)] = at
        elif mark in opened:
            start = opened.pop(mark)
            if at + 1 - start > QUOTATION_LIMIT:
                continue
            while quotations and quotations[-1][1] > start:  # a quotation inside this one, or crossing it
                start = min(start, quotations.pop()[0])
            quotations.append((start, at + 1))
    return quotations


def _opens(body: str, at: int, is_open: bool) -> bool:
    """Return whether the straight quotation mark at `at` opens: white space before it only, or none is open yet."""
    after_space = at == 0 or body[at - 1].isspace() or body[at - 1] in "([—–-"
    before_space = at + 1 == len(body) or body[at + 1].isspace()
    if after_space != before_space:
        return after_space
    return not is_open
