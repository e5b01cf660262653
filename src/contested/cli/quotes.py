"""Quotes the words a claim rests on, with their sentence and offsets, so that everything leads back to the report."""

from __future__ import annotations

from rich.text import Text

from contested.claims import Index
from contested.claims.rows import quote_span
from contested.cli.values import tidy
from contested.types import Claims, Span

LONGEST_QUOTE = 240  # characters, two lines and a half at 100 columns; what lies between the words is cut first
_AROUND = 60  # characters kept on both sides of a word when a quote must be cut: some ten words


def render_quote(evidence: tuple[Span, ...], claims: Claims, index: Index) -> Text:
    """Return the quotation with the evidence made bold, and where it stands: sentence, and offsets in code points."""
    whole = quote_span(evidence, claims)
    line = Text("❝")
    for piece in _pieces(whole, evidence, claims.document.text):
        if piece is None:
            line.append(" … ")
            continue
        line.append_text(_mark(piece, evidence, claims.document.text))
    line.append("❞")
    first, last = index.sentence_number(whole), index.sentence_number(Span(whole.end - 1, whole.end))
    number = f"sentence {first}" if first == last else f"sentences {first}–{last}"
    line.append(f"  {number}, {whole.start}–{whole.end}", style="dim")
    return line


def _pieces(whole: Span, evidence: tuple[Span, ...], text: str) -> list[Span | None]:
    """Return the stretches to show; None stands for what is left out between them."""
    if whole.end - whole.start <= LONGEST_QUOTE:
        return [whole]
    kept: list[Span] = []
    for span in sorted(evidence):
        near = _widen(span, whole, text)
        if kept and near.start <= kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, near.end))
        else:
            kept.append(near)
    pieces: list[Span | None] = [] if kept[0].start == whole.start else [None]
    for number, span in enumerate(kept):
        pieces += [span] if number == 0 else [None, span]
    return pieces if kept[-1].end == whole.end else [*pieces, None]


def _widen(span: Span, whole: Span, text: str) -> Span:
    """Return the span with some words on both sides, cut between words, inside `whole`."""
    start, end = max(whole.start, span.start - _AROUND), min(whole.end, span.end + _AROUND)
    while whole.start < start < span.start and not text[start - 1].isspace():
        start += 1
    while span.end < end < whole.end and not text[end].isspace():
        end -= 1
    return Span(start, end)


def _mark(piece: Span, evidence: tuple[Span, ...], text: str) -> Text:
    """Return a stretch of the report on one line, its evidence in bold."""
    line = Text()
    position = piece.start
    for span in sorted(s for s in evidence if piece.contains(s)):
        if span.start < position:
            continue  # lies within the one before it
        line.append(_flat(text[position : span.start]))
        line.append(_flat(text[span.start : span.end]), style="bold")
        position = span.end
    return line.append(_flat(text[position : piece.end]))


def _flat(text: str) -> str:
    """Return text on one line and safe for a terminal, keeping a space at its edges."""
    if not text.strip():
        return " " if text else ""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return f"{before}{tidy(text)}{after}"
