"""What a scraped page holds beside the report's own prose, by the rules of `furniture.toml` and by its position."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from contested.resources import Rule, load_rules
from contested.types import Furniture, FurnitureKind, Span

# No notice, button or credit is longer; a longer paragraph is prose. Also bounds the time that a rule may take.
LINE_LIMIT = 320
# A section heading is a few words ("What comes next"); a longer line without a full stop is a caption or a deck.
_HEADING_WORDS = 8
_TAG_WORDS = 3  # what is left below a report: "Syria", "Middle East", "Related news"; no event is told in so few words
# A paragraph of at least so many words that ends in a full stop is prose, not a label or a list entry.
_PROSE_WORDS = 8
_DATELINE_PARAGRAPHS = 3  # a dateline opens the report: it stands in one of the first paragraphs of prose
_ENDS_PROSE = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_QUESTION = re.compile(
    r"(?:What|Who|Whom|Whose|When|Where|Why|How|Which|Is|Are|Was|Were|Will|Can|Could|Did|Does|Do)\b.*\?$"
)
_HAS_WORD = re.compile(r"[^\W_]")


@dataclass(slots=True)
class Parts:
    """The paragraphs of a text, sorted: prose in pieces around furniture, furniture, and what its rules captured."""

    prose: list[Span] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    captured: list[Mapping[str, Span]] = field(default_factory=list)


@cache
def _rules(scope: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("contested.sources", "furniture.toml") if rule.fields["scope"] == scope)


def sort_paragraphs(text: str, paragraphs: Sequence[Span]) -> Parts:
    """Return `paragraphs` sorted into prose and furniture; together they hold every paragraph, whole."""
    parts = Parts()
    found = [_match_line(text, paragraph, parts) for paragraph in paragraphs]
    prose = [
        is_prose(text, paragraph) and not furniture for paragraph, furniture in zip(paragraphs, found, strict=True)
    ]
    _find_headings(text, paragraphs, found, prose)
    seen = 0
    for paragraph, furniture in zip(paragraphs, found, strict=True):
        if furniture:
            parts.furniture.append(furniture)
            continue
        start = paragraph.start
        if seen < _DATELINE_PARAGRAPHS:
            start = _cut_dateline(text, paragraph, parts)
        seen += is_prose(text, paragraph)
        _cut_inline(text, Span(start, paragraph.end), parts)
    parts.furniture.sort(key=lambda furniture: furniture.span)
    return parts


def is_prose(text: str, paragraph: Span) -> bool:
    """Return whether a paragraph reads as prose: some words, and a full stop at the end."""
    return (
        _ENDS_PROSE.search(text[max(paragraph.start, paragraph.end - 4) : paragraph.end]) is not None
        and text.count(" ", paragraph.start, min(paragraph.end, paragraph.start + LINE_LIMIT)) >= _PROSE_WORDS - 1
    )


def _match_line(text: str, paragraph: Span, parts: Parts) -> Furniture | None:
    if paragraph.end - paragraph.start > LINE_LIMIT:
        return None
    line = paragraph.of(text)
    if not _HAS_WORD.search(line):
        return Furniture(paragraph, FurnitureKind.NAVIGATION, "no-words")
    for rule in _rules("line"):
        match = rule.pattern.search(line)
        if match:
            parts.captured.append(_captures(match, paragraph.start))
            return Furniture(paragraph, FurnitureKind(rule.fields["kind"]), rule.name)
    return None


def _captures(match: re.Match[str], offset: int) -> dict[str, Span]:
    return {
        name: Span(offset + match.start(name), offset + match.start(name) + len(found.rstrip()))
        for name, found in match.groupdict().items()
        if found
    }


def _find_headings(text: str, paragraphs: Sequence[Span], found: list[Furniture | None], prose: Sequence[bool]) -> None:
    """Mark short lines without a full stop: between two paragraphs of prose a section heading, after the last a tag."""
    last = max((number for number, is_so in enumerate(prose) if is_so), default=-1)
    before = False
    for number, paragraph in enumerate(paragraphs):
        following = number < last and prose[number + 1]
        if found[number] is None and before and following and _is_heading(paragraph.of(text)):
            found[number] = Furniture(paragraph, FurnitureKind.HEADING, "short-line-between-prose")
        elif found[number] is None and number > last >= 0 and _is_tag(paragraph.of(text)):
            found[number] = Furniture(paragraph, FurnitureKind.NAVIGATION, "short-line-at-end")
        before = before or prose[number]


def _is_tag(line: str) -> bool:
    return len(line.split(maxsplit=_TAG_WORDS)) <= _TAG_WORDS and not _ENDS_PROSE.search(line)


def _is_heading(line: str) -> bool:
    return (
        len(line.split(maxsplit=_HEADING_WORDS)) <= _HEADING_WORDS
        and (line[0].isupper() or line[0].isdigit() or line[0] in "‘'“\"")
        and (not _ENDS_PROSE.search(line) or bool(_QUESTION.match(line)))
        and not line.endswith((")", "]"))  # a caption with its credit
    )


def _cut_dateline(text: str, paragraph: Span, parts: Parts) -> int:
    """Return where the prose of `paragraph` begins, after its dateline if it has one."""
    head = text[paragraph.start : min(paragraph.end, paragraph.start + LINE_LIMIT)]
    for rule in _rules("start"):
        match = rule.pattern.search(head)
        if match:
            parts.captured.append(_captures(match, paragraph.start))
            end = paragraph.start + len(match.group().rstrip())
            parts.furniture.append(Furniture(Span(paragraph.start, end), FurnitureKind(rule.fields["kind"]), rule.name))
            return end
    return paragraph.start


def _cut_inline(text: str, paragraph: Span, parts: Parts) -> None:
    """Add the prose of `paragraph`, in pieces around bare credits in brackets."""
    start = paragraph.start
    body = paragraph.of(text)
    for rule in _rules("inline"):
        for match in rule.pattern.finditer(body):
            credit = Span(
                paragraph.start + match.start() + match.group().startswith(" "), paragraph.start + match.end()
            )
            parts.furniture.append(Furniture(credit, FurnitureKind(rule.fields["kind"]), rule.name))
            _add_prose(text, start, credit.start, parts)
            start = credit.end
    _add_prose(text, start, paragraph.end, parts)


def _add_prose(text: str, start: int, end: int, parts: Parts) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        parts.prose.append(Span(start, end))
