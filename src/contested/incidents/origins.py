"""Texts that come from one hand: reprints, wire copies, shared passages. Forty prints count once."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contested.types import Document

_WORD = re.compile(r"\w+")
SHINGLE_WORDS = 5  # runs this long are rarely shared by chance; shorter ones are phrases of the trade
# Of all shingles those with a hash divisible by this are kept (FracMinHash): a sample that estimates how much of the
# shorter text stands in the longer one, which min-hashing by likeness cannot.
SAMPLE = 4
SMALL_TEXT_SHINGLES = 200  # below it, all shingles are kept: a sample would be too few
COMMON_DOCUMENTS = 40  # a shingle in more texts than this is furniture ("read more on our website")
COPIED_SHARE = 0.5  # half of the shorter text: no two reporters write so alike
CREDITED_SHARE = 0.2  # with one agency's credit in both, a fifth: the desk cut and rewrote
LEAST_SHARED = 4  # shingles; fewer are a quotation that both took
DAYS_APART = 7  # a reprint comes within a week; later ones quote


@dataclass(frozen=True, slots=True)
class Text:
    """What of a report tells where it comes from."""

    document: str
    text: str
    publisher: str | None = None
    credit: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Reports of one hand, first one first, and why each later one is not counted again."""

    id: str
    documents: tuple[str, ...]
    why: tuple[str, ...] = ()


def text_of(document: Document) -> Text:
    """Return what of a document tells its origin: its sentences alone, so that page furniture is not compared."""
    prose = " ".join(s.of(document.text) for s in document.sentences) or document.text
    published = document.published.day if document.published else None
    return Text(document.id, prose, document.publisher, document.wire_credit, published)


def find_origins(texts: Sequence[Text]) -> Mapping[str, Origin]:
    """Return the origin of each document; a report of its own is its only document.

    The first to come out gives the origin its name. Cost grows with the texts, not with their pairs.
    """
    ordered = sorted(texts, key=lambda t: (t.published or date.max, t.document))
    shingles = [_shingles(t.text) for t in ordered]
    root = list(range(len(ordered)))
    why: dict[int, str] = {}
    for i, j, shared in _sharing(shingles):
        reason = _copied(ordered[i], ordered[j], shared, min(len(shingles[i]), len(shingles[j])))
        a, b = _root(root, i), _root(root, j)
        if reason and a != b:
            root[max(a, b)] = min(a, b)
            why.setdefault(max(i, j), reason)
    members: dict[int, list[int]] = defaultdict(list)
    for i in range(len(ordered)):
        members[_root(root, i)].append(i)
    origins: dict[str, Origin] = {}
    for first, group in members.items():
        reasons = tuple(why[i] for i in group if i in why)
        origin = Origin(ordered[first].document, tuple(ordered[i].document for i in group), reasons)
        origins.update((ordered[i].document, origin) for i in group)
    return origins


def _shingles(text: str) -> set[int]:
    words = _WORD.findall(text.casefold())
    hashes = {
        zlib.crc32(" ".join(words[i : i + SHINGLE_WORDS]).encode("utf-8", "surrogatepass"))
        for i in range(len(words) - SHINGLE_WORDS + 1)
    }
    return hashes if len(hashes) <= SMALL_TEXT_SHINGLES else {h for h in hashes if h % SAMPLE == 0}


def _sharing(shingles: Sequence[set[int]]) -> Iterator[tuple[int, int, int]]:
    """Yield pairs of texts that share shingles, with how many."""
    holders: dict[int, list[int]] = defaultdict(list)
    for i, found in enumerate(shingles):
        for shingle in found:
            holders[shingle].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for texts in holders.values():
        if 2 <= len(texts) <= COMMON_DOCUMENTS:
            shared.update((i, j) for n, i in enumerate(texts) for j in texts[n + 1 :])
    for (i, j), number in sorted(shared.items()):
        if number >= LEAST_SHARED:
            yield i, j, number


def _copied(a: Text, b: Text, shared: int, shorter: int) -> str:
    """Return why two texts are of one hand, "" when they are not."""
    if a.published and b.published and abs((a.published - b.published).days) > DAYS_APART:
        return ""
    share = shared / shorter
    if share >= COPIED_SHARE:
        return f"{b.document} repeats {min(share, 1.0):.0%} of the passages it shares with {a.document}"
    if a.credit and a.credit == b.credit and share >= CREDITED_SHARE:
        return f"{a.document} and {b.document} credit {a.credit} and share passages"
    return ""


def _root(root: list[int], i: int) -> int:
    while root[i] != i:
        root[i] = root[root[i]]
        i = root[i]
    return i
