"""The disputes of a report, those about one event together: who puts it forward, who speaks against it, and how."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from contested.claims import ASSERTING, Index, Voice, describe_event, describe_voice, participle
from contested.claims.rows import evidence_of
from contested.cli.quotes import render_quote
from contested.cli.values import STANCE_SIGNS, STANCE_STYLES, tidy
from contested.types import Claim, Claims, Dispute, DisputeKind, Event

_ABOUT_ONE_EVENT = frozenset({DisputeKind.DENIAL, DisputeKind.DOUBT})


def render_disputes(claims: Claims, index: Index) -> Iterator[RenderableType]:
    """Yield the disputes in order; denials and doubts of one event share a heading and name its backers once."""
    by_id = {claim.id: claim for claim in claims.claims}
    for together in _by_event(claims.disputes):
        first = together[0]
        if len({side.event for side in first.sides}) == 1 and first.kind in _ABOUT_ONE_EVENT:
            yield from _about_one_event(together, by_id, index)
        else:
            yield _heading(together, first.why.rstrip("."))
            for side in first.sides:
                claim = by_id[side.claim] if side.claim else None
                yield from _voice_lines(Voice(claim), index.events[side.event], side.says, index)


def _by_event(disputes: tuple[Dispute, ...]) -> list[list[Dispute]]:
    grouped: dict[str, list[Dispute]] = {}
    for dispute in disputes:
        events = {side.event for side in dispute.sides}
        shared = dispute.kind in _ABOUT_ONE_EVENT and len(events) == 1
        grouped.setdefault(events.pop() if shared else dispute.id, []).append(dispute)
    return list(grouped.values())


def _heading(together: list[Dispute], words: str) -> RenderableType:
    kinds = " and ".join(dict.fromkeys(dispute.kind.value for dispute in together))
    line = Text()
    line.append(f"⚡ {kinds} ", style="bold red").append(" ".join(d.id for d in together), style="dim")
    return Padding(line.append(f"  {tidy(words)}"), (0, 0, 0, 1), expand=False)


def _about_one_event(together: list[Dispute], by_id: dict[str, Claim], index: Index) -> Iterator[RenderableType]:
    event = index.events[together[0].sides[0].event]
    against = sorted((by_id[d.sides[1].claim] for d in together if d.sides[1].claim), key=lambda c: c.cue)
    backing = [c for c in index.claims_on(event) if c.stance in ASSERTING and c not in against]
    yield _heading(together, describe_event(event, index))
    if not backing:
        yield from _voice_lines(Voice(None), event, "reported", index)
    for claim in (*backing, *against):
        yield from _voice_lines(Voice(claim), event, participle(Voice(claim)), index)


def _voice_lines(voice: Voice, event: Event, says: str, index: Index) -> Iterator[RenderableType]:
    """Yield who does what with the event, and the words it rests on."""
    claim, line = voice.claim, Text()
    sign, style = (STANCE_SIGNS[claim.stance], STANCE_STYLES[claim.stance]) if claim else ("·", "bold")
    line.append(f"{sign} {tidy(says)}", style=style).append(f" by {tidy(describe_voice(voice, index))}")
    if claim is not None:
        line.append(f"  {claim.id}", style="dim")
    yield Padding(line, (0, 0, 0, 3), expand=False)
    mentions = index.own_voice_mentions(event) or event.mentions
    evidence = evidence_of(claim) if claim else (mentions[0].trigger,)
    yield Padding(render_quote(evidence, index.claims, index), (0, 0, 0, 6), expand=False)
