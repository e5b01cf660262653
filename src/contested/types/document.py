"""A report as it came in: the untouched text and what its frame says about it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter

from contested.types.spans import Span


class DateOrigin(StrEnum):
    """Where a publication date was found, most trustworthy first."""

    GIVEN = "given"
    METADATA = "metadata"
    URL = "url"
    TEXT = "text"
    FILE_NAME = "file name"


@dataclass(frozen=True, slots=True)
class Published:
    """A publication day and where it was found."""

    day: date
    origin: DateOrigin


class FurnitureKind(StrEnum):
    """What a stretch of a scraped page is when it is not the report's own prose."""

    SKIP_LINK = "skip link"
    NAVIGATION = "navigation"
    CAPTION = "caption"
    CREDIT = "credit"
    COOKIE_NOTICE = "cookie notice"
    UNAVAILABLE_NOTICE = "unavailable notice"
    RELATED_STORY = "related story"
    SOCIAL = "social"
    BYLINE = "byline"
    DATELINE = "dateline"
    DATE_LINE = "date line"
    HEADING = "heading"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the text that the reader leaves out, and why (`rule` names the rule that said so)."""

    span: Span
    kind: FurnitureKind
    rule: str


@dataclass(frozen=True, slots=True)
class Document:
    """One report.

    `text` is never altered; every span of the house is an offset into it. `sentences` are in text
    order, do not overlap, and hold no furniture. A caption is prose: it is furniture only when it is
    a bare credit. `where` says which file (and line) or URL it came from.
    """

    id: str
    text: str
    sentences: tuple[Span, ...]
    published: Published | None = None
    publisher: str | None = None
    url: str | None = None
    where: str = ""
    headline: Span | None = None
    headline_text: str | None = None
    byline: str | None = None
    dateline: Span | None = None
    wire_credit: str | None = None
    language: str = "en"
    furniture: tuple[Furniture, ...] = ()
    warnings: tuple[str, ...] = ()

    def sentence_at(self, span: Span) -> Span | None:
        """Return the sentence in which `span` starts, or None."""
        at = bisect_right(self.sentences, span.start, key=_start) - 1
        return self.sentences[at] if at >= 0 and span.start < self.sentences[at].end else None


_start = attrgetter("start")
