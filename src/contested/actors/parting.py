"""Takes apart groups of mentions that a reader joined though their words name two states or their forces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from contested.actors.context import ReportContext, report_context
from contested.actors.interpret import interpret
from contested.actors.lexicon import lexicon
from contested.actors.mention import read_mention
from contested.actors.proposal import Telling
from contested.types import ActorKind, Span

_BELONGS_TO_A_STATE = frozenset({ActorKind.GOVERNMENT, ActorKind.MILITARY, ActorKind.POLICE})


def part(
    text: str,
    groups: Sequence[tuple[tuple[Span, ...], ActorKind | None]],
    *,
    published: date | None,
    sentences: Sequence[Span] = (),
) -> list[list[int]]:
    """Return for each group the number of the part that each of its spans belongs to; 0 alone where it is one.

    "Russia said … Ukraine denied …" in one group: a speaker may not deny himself. Words that name no state go with
    the one named last before them, or first after.
    """
    context = report_context(text, lexicon(), published, sentences, (), ())
    return [_parts(spans, kind, context) for spans, kind in groups]


def _parts(spans: Sequence[Span], kind: ActorKind | None, context: ReportContext) -> list[int]:
    named = [_state_of(span, kind, context) for span in spans] if len(spans) > 1 else []
    states = list(dict.fromkeys(state for state in named if state is not None))
    if len(states) < 2:
        return [0] * len(spans)
    current = states[0]
    parts = []
    for state in named:
        current = state or current
        parts.append(states.index(current))
    return parts


def _state_of(span: Span, kind: ActorKind | None, context: ReportContext) -> str | None:
    """Return the country whose state, government or force the words name by themselves."""
    if not any(map(str.isupper, span.of(context.text))):
        return None  # "it", "the army": most words name nobody
    proposal = interpret(read_mention(span.of(context.text), context.lexicon), span, kind, context)
    if proposal.telling < Telling.STATE or proposal.kind not in _BELONGS_TO_A_STATE:
        return None
    return proposal.country if proposal.country_said or proposal.entry is not None else None
