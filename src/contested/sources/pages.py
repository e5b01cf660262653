"""Web pages and PDF files -> their text and what they say about themselves."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from contested.errors import InputError, Skipped
from contested.sources.columns import page_date_names
from contested.sources.dates import read_date
from contested.sources.encoding import Decoded, decode

LARGEST_PAGE = 10_000_000  # bytes; the median news page has 0.2 MB, the largest a few
LARGEST_PDF = 100_000_000  # bytes; scanned books
_MOST_PDF_PAGES = 300  # far beyond LONGEST_REPORT
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_LINKED_DATA_DATE = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")
# Blocks of a page that never belong to the report; and those that end a line of text.
_BESIDE = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "aside",
    "footer",
    "form",
    "iframe",
    "svg",
    "button",
    "select",
)
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page and what its own fields say. `day` is the publication day of its metadata."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    day: date | None = None
    warnings: tuple[str, ...] = ()


def read_page(content: bytes, where: str, url: str | None = None, declared: str | None = None) -> Page:
    """Return the report of an HTML page: its main text by trafilatura, and its metadata.

    Args:
        content: the page as it came.
        where: for messages.
        url: its address, if known.
        declared: the encoding that the server named.

    Raises:
        InputError: when the page is too large or cannot be parsed.
        Skipped: when it holds no text.
    """
    if len(content) > LARGEST_PAGE:
        raise InputError(f"a page of more than {LARGEST_PAGE:,} bytes; expected one report", where)
    decoded = _decode_page(content, declared)
    from lxml.html import HtmlElement, fromstring  # with trafilatura 0.4 s, needed for pages only

    try:
        # lxml refuses a str that declares an encoding of its own (XHTML); this one is UTF-8 by now.
        html = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded.text).replace("\0", "\ufffd")
        tree: HtmlElement = fromstring(html)
        found = _extract(html, url)
        text = _join(found.text if found else None, tree)
    except Exception as error:  # a hostile page may break a parser anywhere; the run goes on
        raise InputError(f"a page that cannot be parsed: {type(error).__name__}: {error}", where) from error
    if not text:
        raise Skipped("a page without text", where)
    title = found.title if found else None
    if title and title.casefold() not in text[:1000].casefold() and _is_heading(title, tree):
        text = f"{title}\n\n{text}"  # trafilatura left the headline out; it is part of the report
    return Page(
        text=text,
        title=title,
        author=found.author if found else None,
        publisher=found.sitename if found else None,
        url=url or (found.url if found else None),
        day=_find_day(tree),
        warnings=decoded.warnings,
    )


def _decode_page(content: bytes, declared: str | None) -> Decoded:
    meta = _DECLARED.search(content[:4096])
    return decode(content, declared or (meta[1].decode("ascii") if meta else None))


@cache
def _settings() -> Any:
    """Return trafilatura's settings, with its lower bound for a main text set to that of a short news item."""
    from trafilatura.settings import use_config

    # Its failures are ours to report, with the file's name; on its own it would print them without.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    settings = use_config()
    settings.set(
        "DEFAULT", "MIN_EXTRACTED_SIZE", "60"
    )  # characters; below its 250 it would flatten the page into one line
    settings.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")  # it would use signals, which only work in the main thread
    return settings


def _extract(html: str, url: str | None) -> Any:
    from trafilatura import bare_extraction

    return bare_extraction(
        html,
        url=url,
        with_metadata=True,
        include_comments=False,
        # The day comes from `_find_day`: htmldate also takes the days of other stories on the page.
        date_extraction_params={"extensive_search": False, "original_date": True},
        config=_settings(),
    )


def _join(found: str | None, tree: Any) -> str:
    """Return the main text, or all blocks of the page when there is none or it lost its paragraphs."""
    if found and ("\n" in found or len(tree.findall(".//p")) < 2):
        return found.strip()
    return "\n".join(_find_blocks(tree))


def _find_blocks(tree: Any) -> Iterator[str]:
    for tag in _BESIDE:
        for element in list(tree.iter(tag)):
            element.drop_tree()
    for element in list(tree.iter("head", "title")):
        if element.getparent() is not None:
            element.drop_tree()
    pieces: list[str] = []
    for event, element in _walk(tree):
        if event == "block":
            line = " ".join("".join(pieces).split())
            pieces.clear()
            if line:
                yield line
        else:
            pieces.append(element)


def _walk(tree: Any) -> Iterator[tuple[str, str]]:
    """Return the text of a tree in order, with a "block" wherever a block element begins or ends. Never recursive."""
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        element, done = stack.pop()
        is_block = isinstance(element.tag, str) and element.tag in _BLOCKS
        if is_block:
            yield "block", ""
        if done:
            if element.tail:
                yield "text", element.tail
            continue
        stack.append((element, True))
        if isinstance(element.tag, str):
            if element.text:
                yield "text", element.text
            stack.extend((child, False) for child in reversed(element))
    yield "block", ""


def _is_heading(title: str, tree: Any) -> bool:
    """Return whether `title` stands on the page as a heading, not only in its metadata."""
    wanted = " ".join(title.split()).casefold()
    return any(" ".join(heading.text_content().split()).casefold() == wanted for heading in tree.iter("h1", "h2"))


def _find_day(tree: Any) -> date | None:
    """Return the publication day that the page's metadata give: <meta>, linked data, or its only <time>."""
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name and meta.get("content"):
            named.setdefault(name, meta.get("content"))
    candidates = [named[name] for name in page_date_names() if name in named]
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and (match := _LINKED_DATA_DATE.search(script.text or "")):
            candidates.append(match[1])
            break
    for element in tree.xpath("//*[@itemprop='datePublished']|//time[@pubdate]"):
        candidates.append(element.get("content") or element.get("datetime") or element.text_content())
    for candidate in candidates:
        if day := read_date(candidate):
            return day
    times = tree.xpath("//time[@datetime][not(ancestor::aside or ancestor::nav or ancestor::footer)]")
    days = {read_date(element.get("datetime")) for element in times} - {None}
    return days.pop() if len(days) == 1 else None


def read_pdf(content: bytes, where: str) -> Page:
    """Return the text of a PDF file, page after page. Its creation date is no publication date and is left aside.

    Raises:
        InputError: when it cannot be parsed or is locked by a password.
        Skipped: when it holds no text, only images.
    """
    from pypdf import PdfReader  # 0.2 s, needed for PDF only

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it repairs silently or raises; what it raises is reported
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("a PDF locked by a password; save a copy without one", where)
        pages = [reader.pages[number].extract_text() for number in range(min(len(reader.pages), _MOST_PDF_PAGES))]
        title = reader.metadata.title if reader.metadata else None
    except InputError:
        raise
    except Exception as error:  # a broken file may fail anywhere in the parser; the run goes on
        raise InputError(f"a PDF that cannot be parsed: {type(error).__name__}: {error}", where) from error
    text = "\n".join(page for page in pages if page.strip())
    if not text:
        raise Skipped(
            "a PDF without text: its pages are images (a scan?); run text recognition (OCR) over it first", where
        )
    # A title field mostly holds a file's or a program's name; it counts when the first page shows it.
    shown = title if title and title.strip() and " ".join(title.split()) in " ".join(pages[0].split()) else None
    return Page(text=text, title=shown)
