"""Short quotes: an excerpt is never longer than asked, and a text shows only the sentences that something rests on."""

from __future__ import annotations

from contested.export.view import Told
from contested.types import Span

BLANK = " "


def shorten(quote: str, longest: int) -> str:
    """Return a quote of at most `longest` characters, cut between words, with … where it was cut.

    >>> shorten("Five people died when a shell hit the market.", 20)
    'Five people died …'
    >>> shorten("Five people died when a shell hit the market.", 0)
    ''
    """
    if len(quote) <= longest:
        return quote
    if longest < 1:
        return ""
    cut = quote[: longest - 1]
    space = cut.rfind(" ")
    return (cut[: space + 1] if space > 0 else cut) + "…"


def excerpt(told: Told) -> str:
    """Return the report's text with every sentence blanked that nothing asked for rests on; offsets stay true."""
    kept = sorted(_sentences(told))
    text = told.document.text
    parts, at = [], 0
    for span in kept:
        if span.end <= at:
            continue
        start = max(span.start, at)
        parts += [_blank(text[at:start]), text[start : span.end]]
        at = span.end
    return "".join([*parts, _blank(text[at:])])


def _blank(text: str) -> str:
    return "".join(c if c == "\n" else BLANK for c in text)


def _sentences(told: Told) -> set[Span]:
    spans = [m.trigger for e in told.events for m in e.mentions]
    spans += [a.span for e in told.events for a in e.arguments()]
    spans += [e.when_span for e in told.events if e.when_span]
    asked = {e.id for e in told.events}
    for claim in told.claims.claims:
        if asked & set(claim.events):
            spans += [s for s in (claim.cue, claim.source, claim.via) if s is not None]
    return {told.document.sentence_at(s) or s for s in spans}
