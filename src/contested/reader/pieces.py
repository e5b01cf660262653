"""A document as word pieces: ids, letter cases, offsets; and as windows of whole sentences.

Shapes: T pieces in the document (without the marks at the ends of windows). All arrays are numpy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from contested.types import Span

Int = NDArray[np.int64]

OPEN_MARK = 101  # [CLS]
CLOSE_MARK = 102  # [SEP]
WINDOW = 144  # pieces with both marks; 96 read 5 % faster, but types and what a saying covers are found worse
LONGEST = 254  # a sentence longer than this is cut into several windows
HEADLINE = 24  # pieces of the first sentence, mostly the headline, that each later window sees beside its own

# Letter case of a word. The vocabulary throws it away; names need it. Inside a quotation 5 is added.
CASE_NONE, CASE_LOWER, CASE_TITLE, CASE_UPPER, CASE_MIXED = range(5)
QUOTED = 5
CASES = 10

_QUOTE = re.compile('[“”"«»\n]')
_ARABIC_ARTICLE = re.compile(r"(?<![^\W\d_])(?:al|el|ash?|a[rtzdn])-(?=[^\W\d_])", re.IGNORECASE)
_FIGURE = re.compile(r"(?<!\d)\d+(?:[.,]\d+)+")  # the tokenizer cuts at commas; half a figure is another


@dataclass(frozen=True, slots=True)
class Pieces:
    """The T pieces of one document.

    Attributes:
        ids: [T] vocabulary ids.
        cases: [T] letter case (+ QUOTED inside a quotation), 1..9.
        starts, ends: [T] half-open code points in the document's text.
        sentence: [T] index of the sentence.
        joined: [T] whether the piece goes on with the word of the piece before it.
        windows: half-open piece ranges; each is read at once.
        head: pieces of the first sentence, read once more as a window of their own, which each window but the first
            sees beside its own: what a headline says is told again in the body.
    """

    ids: Int
    cases: Int
    starts: Int
    ends: Int
    sentence: Int
    joined: NDArray[np.bool_]
    windows: tuple[tuple[int, int], ...]
    head: int = 0

    def __len__(self) -> int:
        return len(self.ids)

    def sees_head(self, start: int) -> bool:
        """Return whether the window that begins at piece `start` sees the head."""
        return bool(start and self.head)

    def size(self, window: tuple[int, int]) -> int:
        """Return the pieces of a window with its marks: at both ends, or where the head stands before, at the last."""
        return window[1] - window[0] + (1 if self.sees_head(window[0]) else 2)

    def lay(self, window: tuple[int, int], ids: Int, cases: Int, positions: Int) -> None:
        """Write a window with its marks into arrays of its `size`. (0, `head`) is the head's own."""
        a, z = window
        behind_head = self.sees_head(a)
        own = 0 if behind_head else 1
        ids[0], ids[-1] = OPEN_MARK, CLOSE_MARK
        cases[0] = cases[-1] = CASE_NONE
        ids[own:-1], cases[own:-1] = self.ids[a:z], self.cases[a:z]
        first = self.head + 2 if behind_head else 0
        positions[:] = np.arange(first, first + len(positions))


@lru_cache(maxsize=1 << 15)  # a report uses few different words
def case_of(word: str) -> int:
    """Return the letter-case class of a word."""
    if not any(c.isalpha() for c in word):
        return CASE_NONE
    if word.islower():
        return CASE_LOWER
    if word.isupper() and len(word) > 1:
        return CASE_UPPER
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return CASE_TITLE
    return CASE_MIXED


def quoted_ranges(text: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of `text` inside double quotation marks; a line break closes a quotation."""
    ranges: list[tuple[int, int]] = []
    opened: int | None = None
    for match in _QUOTE.finditer(text):
        mark = match.group()
        if opened is None and mark in '“"«':
            opened = match.end()
        elif opened is not None and mark != "“" and mark != "«":
            ranges.append((opened, match.start()))
            opened = None
    if opened is not None:
        ranges.append((opened, len(text)))
    return ranges


def _quote_flags(text: str, starts: Int) -> NDArray[np.bool_]:
    """Return [T] whether each piece start lies inside a quotation."""
    ranges = quoted_ranges(text)
    if not ranges:
        return np.zeros(len(starts), dtype=bool)
    opens = np.array([a for a, _ in ranges], dtype=np.int64)
    closes = np.array([b for _, b in ranges], dtype=np.int64)
    at = np.searchsorted(opens, starts, side="right") - 1
    return (at >= 0) & (starts < closes[np.maximum(at, 0)])


def _goes_on(text: str, starts: Int) -> NDArray[np.bool_]:
    """Return [T] whether each piece goes on with a figure, or with a name behind its article, that began before it."""
    ranges = [match.span() for match in _FIGURE.finditer(text)]
    ranges += [(match.start(), match.end() + 1) for match in _ARABIC_ARTICLE.finditer(text)]
    ranges.sort()
    if not ranges:
        return np.zeros(len(starts), dtype=bool)
    opens, closes = np.array(ranges, dtype=np.int64).T
    at = np.searchsorted(opens, starts, side="left") - 1
    within: NDArray[np.bool_] = (at >= 0) & (starts < closes[np.maximum(at, 0)])
    return within


def cut(tokenizer: Tokenizer, text: str, sentences: Sequence[Span]) -> Pieces:
    """Return the pieces of `text`, sentence by sentence. Text outside the sentences is not read."""
    stretches: list[NDArray[np.int64]] = []  # [pieces, columns] each
    begins: list[int] = []
    counts: list[int] = []  # stretches a sentence
    for sentence in sentences:
        before = len(begins)
        for match in _STRETCH.finditer(text, sentence.start, sentence.end):
            stretches.append(_cut_stretch(tokenizer, match.group()))
            begins.append(match.start())
        counts.append(len(begins) - before)
    sizes = np.fromiter(map(len, stretches), dtype=np.int64, count=len(stretches))
    ids, starts, ends, case, joins = np.concatenate(stretches or [_NO_PIECES]).T
    base = np.repeat(np.array(begins, dtype=np.int64), sizes)
    sentence_of = np.repeat(np.repeat(np.arange(len(counts), dtype=np.int64), counts), sizes)
    starts, ends = starts + base, ends + base
    lengths = np.bincount(sentence_of, minlength=len(counts)).tolist()
    joined = joins.astype(bool) | _goes_on(text, starts)
    case = case + QUOTED * _quote_flags(text, starts)
    head = min(lengths[0], HEADLINE) if lengths else 0
    return Pieces(ids.copy(), case, starts, ends, sentence_of, joined, windows_of(lengths), head)


_STRETCH = re.compile(r"[^ \t\r\n]+")  # the tokenizer cuts here whatever stands beside, so stretches are cut alone
_NO_PIECES = np.zeros((0, 5), dtype=np.int64)


@lru_cache(maxsize=1 << 14)  # 7 MB; of the stretches of an archive's report five in six were seen not long ago
def _cut_stretch(tokenizer: Tokenizer, stretch: str) -> NDArray[np.int64]:
    """Return [pieces, 5] of a stretch without white space: id, start and end in it, letter case, whether it goes on."""
    encoding = tokenizer.encode(stretch, add_special_tokens=False)
    pairs, words = encoding.offsets, encoding.word_ids
    if not pairs:
        return _NO_PIECES
    goes_on = [i > 0 and word == words[i - 1] for i, word in enumerate(words)]
    starts, ends = zip(*pairs, strict=True)
    return np.array([encoding.ids, starts, ends, _cases(stretch, pairs, words), goes_on], dtype=np.int64).T


def _cases(text: str, pairs: Sequence[tuple[int, int]], words: Sequence[int | None]) -> list[int]:
    """Return the case of the whole word that each piece lies in; `words` numbers the word of each piece."""
    firsts = [i for i, word in enumerate(words) if i == 0 or word != words[i - 1]]
    cases: list[int] = []
    for first, after in zip(firsts, [*firsts[1:], len(words)], strict=False):
        cases += [case_of(text[pairs[first][0] : pairs[after - 1][1]])] * (after - first)
    return cases


def windows_of(lengths: Sequence[int], window: int = WINDOW) -> tuple[tuple[int, int], ...]:
    """Return piece ranges that hold as many whole sentences as fit in `window`; overlong sentences are cut.

    `lengths` are the pieces of each sentence.
    """
    room = window - 2
    windows: list[tuple[int, int]] = []
    start = end = 0
    for length in lengths:
        if end > start and end - start + length > room:
            windows.append((start, end))
            start = end
        end += length
        while end - start > LONGEST:
            windows.append((start, start + LONGEST))
            start += LONGEST
    if end > start:
        windows.append((start, end))
    return tuple(windows)
