"""Mends spans that the reader cut short before anything is made of them: "[two] years ago", "[the] last 24 [hours]"."""

from __future__ import annotations

from dataclasses import replace

from contested import times
from contested.types import Document, Layer, Mention, Reading, Span


def mend(document: Document, reading: Reading) -> Reading:
    """Return the reading with each time span grown to the whole expression; parts of one expression share its span.

    Ids stay, so every arc still leads somewhere: two mentions that were parts of one expression become one span with
    two ids, and whoever makes arguments of them makes one.
    """
    found = [m for m in reading.mentions if m.layer is Layer.TIME]
    whole = {m.id: times.whole(document.text, m.span, sentence=document.sentence_at(m.span)) for m in found}
    if all(whole[m.id] == m.span for m in found):
        return reading
    settled = _settled(whole)
    return replace(reading, mentions=tuple(_mended(m, settled) for m in reading.mentions))


def _settled(whole: dict[str, Span]) -> dict[str, Span]:
    """Return a span for each id such that no two different ones overlap: of two that do, both get the longer one."""
    settled: dict[str, Span] = {}
    for mention, span in sorted(whole.items(), key=lambda kv: (kv[1].start - kv[1].end, kv[1])):
        settled[mention] = next((s for s in settled.values() if s.overlaps(span)), span)
    return settled


def _mended(mention: Mention, settled: dict[str, Span]) -> Mention:
    return replace(mention, span=settled[mention.id]) if mention.id in settled else mention
