"""Mends what the reader found before anything is made of it, where the report's own words leave no doubt.

Spans of actors and places lose a stray bracket or "and" (`edges.py`). Times that were cut short grow to the whole
expression ("[two] years ago", "[the] last 24 [hours]"), and a verb is no month ("it may be an attack"). Who neither
confirms nor denies has not denied. Dead and wounded are told apart by the words beside a number (`casualties.py`),
sources by the register (`voices.py`).
"""

from __future__ import annotations

from dataclasses import replace

from contested import times
from contested.claims.casualties import with_casualties
from contested.claims.edges import with_clean_ends
from contested.claims.qualified import neither_confirmed_nor_denied
from contested.claims.voices import with_voices_apart
from contested.types import Attribution, Document, Layer, Mention, Reading, Span, Stance

# Verbs that are spelt as months but for the capital, which English months bear.
_VERBS = frozenset({"may", "march"})


def mend(document: Document, reading: Reading) -> Reading:
    """Return the reading with its spans' ends, its times, its numbers of dead and wounded, and its sources mended."""
    reading = _with_whole_times(document, _without_verbs(document, with_clean_ends(document, reading)))
    reading = _without_false_denials(document, reading)
    return with_voices_apart(document, with_casualties(document, reading))


def _without_verbs(document: Document, reading: Reading) -> Reading:
    verbs = {m.id for m in reading.mentions if m.layer is Layer.TIME and m.span.of(document.text) in _VERBS}
    if not verbs:
        return reading
    return replace(
        reading,
        mentions=tuple(m for m in reading.mentions if m.id not in verbs),
        arguments=tuple(a for a in reading.arguments if a.mention not in verbs),
    )


def _without_false_denials(document: Document, reading: Reading) -> Reading:
    """Return the reading with "neither confirmed nor denied" one doubt, where the reader took "denied" for a denial."""
    cues = {m.id: m.span for m in reading.mentions if m.layer is Layer.CUE}
    denying = {a.cue for a in reading.attributions if a.stance is Stance.DENIES and a.cue in cues}
    whole = {cue: span for cue in denying if (span := neither_confirmed_nor_denied(document, cues[cue])) is not None}
    if not whole:
        return reading
    parts = {c for c, part in cues.items() if c not in whole and any(span.overlaps(part) for span in whole.values())}
    mentions = [m for m in reading.mentions if m.id not in parts]
    return replace(
        reading,
        mentions=tuple(replace(m, span=whole[m.id], stance=Stance.DOUBTS) if m.id in whole else m for m in mentions),
        attributions=tuple(
            _doubting(a, [b for b in reading.attributions if b.cue in parts and cues[b.cue].overlaps(whole[a.cue])])
            if a.cue in whole
            else a
            for a in reading.attributions
            if a.cue not in parts
        ),
    )


def _doubting(denial: Attribution, parts: list[Attribution]) -> Attribution:
    """Return what was a denial as a doubt, with the speaker and triggers of those of its words that were sayings."""
    triggers = dict.fromkeys(t for said in (denial, *parts) for t in said.triggers)
    source = next((said.source for said in (denial, *parts) if said.source), None)
    return replace(denial, source=source, triggers=tuple(triggers), stance=Stance.DOUBTS)


def _with_whole_times(document: Document, reading: Reading) -> Reading:
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
