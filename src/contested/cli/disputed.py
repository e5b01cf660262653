"""The disputes of a report, those about one event together: who puts it forward, who speaks against it, and how.

What is only not confirmed contradicts nothing: it stands in a section of its own, below the disputes.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from contested.claims import ASSERTING, NOT_CONFIRMED, Index, Voice, as_told, describe_event, participle, says_by
from contested.claims.rows import quote_span
from contested.cli.quotes import render_quote
from contested.cli.values import STANCE_SIGNS, STANCE_STYLES, tidy
from contested.types import Claims, Dispute, DisputeKind, Event, Span

_ABOUT_ONE_EVENT = frozenset({DisputeKind.DENIAL, DisputeKind.DOUBT})


def split_disputes(claims: Claims) -> tuple[tuple[Dispute, ...], tuple[Dispute, ...]]:
    """Return the contradictions, and what is only not confirmed."""
    unconfirmed = tuple(d for d in claims.disputes if d.rule.startswith(NOT_CONFIRMED))
    return tuple(d for d in claims.disputes if d not in unconfirmed), unconfirmed


def render_disputes(disputes: tuple[Dispute, ...], claims: Claims, index: Index) -> Iterator[RenderableType]:
    """Yield the disputes in order; denials and doubts of one event share a heading and name its backers once.

    So do those by which the same people contradict the same people over several events: they quote the same words.
    """
    by_id = {claim.id: claim for claim in claims.claims}
    for together in _by_voices(_by_event(disputes)):
        first = together[0]
        if _is_about_one_event(first):
            yield from _about_one_event(together, index)
        else:
            yield _heading(together, first.why.rstrip("."))
            sides = [(Voice(by_id[s.claim] if s.claim else None), s) for s in first.sides]
            yield from _voices([(voice, [index.events[s.event]], s.says) for voice, s in sides], index)


def _is_about_one_event(dispute: Dispute) -> bool:
    return dispute.kind in _ABOUT_ONE_EVENT and len({side.event for side in dispute.sides}) == 1


def _by_voices(groups: list[list[Dispute]]) -> list[list[Dispute]]:
    """Return the groups, those joined in which the same claims stand against each other."""
    joined: dict[tuple[str, ...], list[Dispute]] = {}
    for group in groups:
        voices = sorted({f"{d.kind.value} {'/'.join(side.claim or '' for side in d.sides)}" for d in group})
        own_voice = any(side.claim is None for d in group for side in d.sides)
        shared = _is_about_one_event(group[0]) and not own_voice
        joined.setdefault(tuple(voices) if shared else (group[0].id,), []).extend(group)
    return list(joined.values())


def _by_event(disputes: tuple[Dispute, ...]) -> list[list[Dispute]]:
    grouped: dict[str, list[Dispute]] = {}
    for dispute in disputes:
        events = {side.event for side in dispute.sides}
        shared = _is_about_one_event(dispute)
        grouped.setdefault(events.pop() if shared else dispute.id, []).append(dispute)
    return list(grouped.values())


def _heading(together: list[Dispute], words: str) -> RenderableType:
    kinds = " and ".join(dict.fromkeys(_kind_in_words(dispute) for dispute in together))
    line = Text()
    line.append(f"⚡ {kinds} ", style="bold red").append(" ".join(d.id for d in together), style="dim")
    return Padding(line.append(f"  {tidy(words)}"), (0, 0, 0, 1), expand=False)


def _kind_in_words(dispute: Dispute) -> str:
    return NOT_CONFIRMED if dispute.rule.startswith(NOT_CONFIRMED) else dispute.kind.value


def _about_one_event(together: list[Dispute], index: Index) -> Iterator[RenderableType]:
    events = [index.events[e] for e in dict.fromkeys(d.sides[0].event for d in together)]
    speaking = {d.sides[1].claim for d in together}
    about = index.claims_on(events[0])
    against = [c for c in about if c.id in speaking]
    backing = [c for c in about if c.stance in ASSERTING and c not in against]
    teller = Voice(backing[0] if backing else None)
    voiced = index.voice(teller.claim) if teller.claim else teller
    yield _heading(together, "; ".join(describe_event(as_told(e, voiced, index), index) for e in events))
    told = [] if backing else [(teller, "reported")]
    told += [(Voice(claim), participle(Voice(claim), index)) for claim in (*backing, *against)]
    yield from _voices([(voice, events, says) for voice, says in told], index)


def _voices(told: list[tuple[Voice, list[Event], str]], index: Index) -> Iterator[RenderableType]:
    """Yield who does what, and the words it rests on; those who speak in the same sentences share the quotation."""
    quoted: list[Span] = []
    for number, (voice, events, says) in enumerate(told):
        yield Padding(_voice_line(voice, says, index), (0, 0, 0, 3), expand=False)
        quoted += _words_of(voice, events, index)
        if number + 1 < len(told):
            voice_after, events_after, _ = told[number + 1]
            words_after = tuple(_words_of(voice_after, events_after, index))
            if quote_span(words_after, index.claims) == quote_span(tuple(quoted), index.claims):
                continue
        yield Padding(render_quote(tuple(sorted(set(quoted))), index.claims, index), (0, 0, 0, 6), expand=False)
        quoted = []


def _voice_line(voice: Voice, says: str, index: Index) -> Text:
    claim = voice.claim
    sign, style = (STANCE_SIGNS[claim.stance], STANCE_STYLES[claim.stance]) if claim else ("·", "bold")
    who = tidy(says_by("", voice, index))
    line = Text(f"{sign} {tidy(says)}", style=style)
    line.append(who if who.startswith(",") else f" {who}", style="default")
    return line.append(f"  {claim.id}", style="dim") if claim is not None else line


def _words_of(voice: Voice, events: list[Event], index: Index) -> list[Span]:
    """Return source, cue and the triggers of these events that a claim rests on; the outlet's first own mention."""
    claim = voice.claim
    if claim is None:
        return [(index.own_voice_mentions(e) or e.mentions)[0].trigger for e in events[:1]]
    triggers = [m.trigger for e in events for m in e.mentions if m.trigger in claim.triggers]
    return sorted({span for span in (claim.source, claim.cue, *triggers) if span is not None})
