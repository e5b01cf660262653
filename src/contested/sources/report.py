"""A text in memory -> a Document: sentences, furniture, and what its frame says (headline, byline, dateline, date)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files

from contested.errors import Skipped
from contested.sources.dates import find_published
from contested.sources.furniture import Parts, is_prose, sort_paragraphs
from contested.sources.language import find_foreign_language
from contested.sources.layout import find_paragraphs
from contested.sources.sentences import find_sentences, letters_of
from contested.types import Document, FurnitureKind, Published, Span

# A report has 600 words, a long read 10,000; 200,000 characters are some 33,000 words: a book, a dump, or no text.
LONGEST_REPORT = 200_000  # characters
_SHORTEST_HEADLINE = 3  # words; fewer are a section's name
_LONGEST_HEADLINE = 30  # words; more are a paragraph without a full stop
_ID_LENGTH = 16  # hex digits of SHA-256: 64 bits, no collision to be feared below a billion reports
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[^\W\d_]")
_SIGNS_WIRE = re.compile(r"[A-Za-z][\w/-]*(?: [A-Z][\w/-]*){0,2}")


def document(
    text: str,
    *,
    id: str = "",  # noqa: A002  (the corpus form's own word)
    published: date | Published | None = None,
    metadata_date: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    where: str = "",
    file_name: str = "",
    title: str | None = None,
    author: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Document:
    """Return the Document of a report given as text. The text is kept as it is; every span is an offset into it.

    Args:
        text: the report.
        id: its id, kept exactly; without one, the first 16 hex digits of the text's SHA-256.
        published: the publication day the user gives (a `Published` says itself where it was found).
        metadata_date: the day that the page's or the table's own fields give.
        publisher: the outlet.
        url: its address; may tell the publication day.
        where: file, `file:line` or URL it came from, for messages.
        file_name: the name of the file that holds this report alone; may tell the publication day.
        title: the headline as the page's or the table's own fields give it.
        author: the byline as those fields give it.
        warnings: what went wrong so far while reading it.

    Raises:
        Skipped: when the text is empty, holds no words, is too long to be a report, or is not in English.
    """
    if _LONE_SURROGATE.search(text):  # from a broken \\ud83d in JSON; nothing could print or encode it
        text = _LONE_SURROGATE.sub("\ufffd", text)
        warnings = (*warnings, "half a character (a lone surrogate), read as \ufffd")
    _refuse(text, where)
    parts = sort_paragraphs(text, find_paragraphs(text))
    if not parts.prose:
        raise Skipped("no prose: expected a report, found only menus, notices or credits", where)
    captured = _Captured(text, parts)
    if not isinstance(published, Published):
        published = find_published(published, metadata_date, url, captured.date_lines, file_name)
    headline = _find_headline(text, parts.prose, title)
    letters = letters_of(text)
    return Document(
        id=id or sha256(text.encode()).hexdigest()[:_ID_LENGTH],
        text=text,
        sentences=tuple(sentence for piece in parts.prose for sentence in find_sentences(text, piece, letters)),
        published=published,
        publisher=publisher,
        url=url,
        where=where,
        headline=headline,
        headline_text=headline.of(text) if headline else title,
        byline=author or captured.author,
        dateline=captured.dateline,
        wire_credit=captured.wire,
        furniture=tuple(parts.furniture),
        warnings=warnings,
    )


def _refuse(text: str, where: str) -> None:
    if len(text) > LONGEST_REPORT:
        raise Skipped(
            f"too long to be a report: {len(text):,} characters, at most {LONGEST_REPORT:,} are read; "
            "split it into one report a file or line",
            where,
        )
    if not text or text.isspace():
        raise Skipped("empty: there is no text", where)
    if not _WORD.search(text):
        raise Skipped("no words: expected a report, found only numbers or signs", where)
    language = find_foreign_language(text)
    if language:
        raise Skipped(f"not English: it reads as {language}; only English reports are read", where)


@dataclass(slots=True)
class _Captured:
    """What the rules of the furniture caught of the report's frame."""

    author: str | None
    dateline: Span | None
    wire: str | None
    date_lines: list[str]

    def __init__(self, text: str, parts: Parts) -> None:
        first: dict[str, Span] = {}
        for spans in parts.captured:
            for name, span in spans.items():
                first.setdefault(name, span)
        self.author = first["author"].of(text) if "author" in first else None
        self.dateline = first.get("dateline")
        self.wire = _name_wire(first["wire"].of(text)) if "wire" in first else _find_signed_wire(text, parts)
        self.date_lines = list(_find_date_lines(text, parts, self.dateline))


def _find_date_lines(text: str, parts: Parts, dateline: Span | None) -> Iterator[str]:
    """Return the lines that may hold the publication date: those that say so, then the others, then the dateline."""
    lines = [f.span.of(text) for f in parts.furniture if f.kind in (FurnitureKind.DATE_LINE, FurnitureKind.BYLINE)]
    yield from sorted(lines, key=_rank_date_line)
    if dateline:
        yield dateline.of(text)


def _rank_date_line(line: str) -> int:
    """Return 0 for a line that names the publication, 2 for one that names a later change, 1 otherwise."""
    if re.match(r"\W*(?:first |originally )?(?:published|posted|issued|release)", line, re.IGNORECASE):
        return 0
    return 2 if re.search(r"updated|modified|corrected", line, re.IGNORECASE) else 1


@cache
def _wires() -> dict[str, str]:
    tsv = files("contested.sources").joinpath("wires.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in tsv.splitlines() if line and not line.startswith("#")]
    return dict(rows[1:])


def _name_wire(alias: str) -> str:
    return _wires().get(alias, alias)


def _find_signed_wire(text: str, parts: Parts) -> str | None:
    """Return the agency that signs in a byline or below the report, when there is exactly one.

    An agency's name on a line of its own further up credits a picture.
    """
    end = parts.prose[-1].end
    lines = [
        f.span.of(text)
        for f in parts.furniture
        if f.kind is FurnitureKind.BYLINE or (f.rule == "wire-sign-off" and f.span.start >= end)
    ]
    named = {_wires()[word] for line in lines for word in _words_of(line) if word in _wires()}
    return named.pop() if len(named) == 1 else None


def _words_of(line: str) -> Iterator[str]:
    for match in _SIGNS_WIRE.finditer(line):
        yield match.group()
        yield from match.group().split("/")
        yield from match.group().split()


def _find_headline(text: str, prose: Sequence[Span], title: str | None) -> Span | None:
    """Return the paragraph that is the headline: the one equal to `title`, else a first line that reads as one."""
    if title:
        wanted = " ".join(title.split()).casefold()
        for piece in prose[:3]:  # above it stand at most a kicker and a deck
            if " ".join(piece.of(text).split()).casefold() == wanted:
                return piece
    first = prose[0]
    words = len(first.of(text).split(maxsplit=_LONGEST_HEADLINE + 1))
    if not _SHORTEST_HEADLINE <= words <= _LONGEST_HEADLINE or text[first.end - 1] in ".,;)":
        return None
    return first if any(is_prose(text, piece) for piece in prose[1:]) else None
