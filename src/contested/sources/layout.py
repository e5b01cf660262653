"""Lines and paragraphs of a text as it came: which line breaks end a paragraph, which only wrap it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from contested.types import Span

# Every line break that Unicode knows; a break inside \r\n is one break, not two.
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BULLET = re.compile(r"[•●▪◦‣·*–—-]\s|\(?\d{1,2}[.)]\s")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*$")

# Nobody wraps shorter or longer than this: mail and terminals wrap at 65-80 columns, printed pages at up to 130.
_WRAP_WIDTHS = range(40, 131)
# In wrapped English about three lines in four begin with a small letter, in scraped text almost none does.
_WRAPPED_SHARE = 0.3
_WRAPPED_LINES = 2  # fewer breaks than this show no habit
# A line is full when the next word would not have fitted. Set loosely: proportional type of PDFs varies by a fifth.
_FULL = 0.8


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    after_blank: bool  # a blank line (or the beginning of the text) stands before it


def find_paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of `text` in order, without the white space around them.

    A line is a paragraph, except where the text is hard-wrapped (all lines about equally wide, the next one going
    on in small letters): there, lines are joined up to a blank line, a short line, an indent or a bullet.
    """
    lines = _find_lines(text)
    width = _wrap_width(text, lines)
    paragraphs: list[Span] = []
    for number, line in enumerate(lines):
        if number and not line.after_blank and _goes_on(text, lines[number - 1], line, width):
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(Span(line.start, line.end))
    return paragraphs


def _find_lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    last_end = 0
    for match in _LINE.finditer(text):
        content = match.group().strip()
        if not content:
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        breaks = len(_BREAK.findall(text, last_end, match.start()))
        lines.append(_Line(start, start + len(content), start - match.start(), not lines or breaks > 1))
        last_end = start + len(content)
    return lines


def _wrap_width(text: str, lines: Sequence[_Line]) -> int | None:
    """Return the column at which `text` is hard-wrapped, or None when its line breaks mean something."""
    widths: list[int] = []
    going_on = 0
    for line, following in pairwise(lines):
        if following.after_blank or _BULLET.match(text, following.start):
            continue
        if line.end - line.start in _WRAP_WIDTHS:
            widths.append(line.end - line.start)
            going_on += text[following.start].islower()
    if len(widths) < _WRAPPED_LINES or going_on < _WRAPPED_SHARE * len(widths):
        return None
    return max(widths)


def _goes_on(text: str, line: _Line, following: _Line, width: int | None) -> bool:
    """Return whether `following` continues the paragraph of `line`, which stands directly above it."""
    if _BULLET.match(text, following.start):
        return False
    ended = _ENDS_SENTENCE.search(text[max(line.start, line.end - 4) : line.end]) is not None
    goes_on_small = text[following.start].islower() and not ended
    if width is None:
        # Scrapers break lines at links: "said\nthe ministry" is one sentence even in a text that is not wrapped.
        # A byline ("by Staff Writer") begins small as well, and stands alone.
        return goes_on_small and not text.startswith("by ", following.start)
    if goes_on_small:
        return True
    if ended and following.indent > line.indent:
        return False
    word = re.compile(r"\S+").match(text, following.start, following.end)
    assert word is not None  # a line holds at least one character that is not white space
    return line.end - line.start + 1 + len(word.group()) > _FULL * width
