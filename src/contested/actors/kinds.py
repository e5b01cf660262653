"""What kind of actor the words alone point to, without the reader."""

from __future__ import annotations

from contested.actors.context import ReportContext
from contested.actors.interpret import interpret
from contested.actors.lexicon import lexicon
from contested.actors.mention import read_mention
from contested.types import ActorKind, Span


def kind_hint(words: str) -> ActorKind | None:
    """Return the kind that a mention's own words point to, None when they say nothing.

    >>> kind_hint("two gunmen"), kind_hint("the Syrian army"), kind_hint("they")
    (<ActorKind.GUNMEN: 'gunmen'>, <ActorKind.MILITARY: 'military'>, None)
    """
    if not words.strip():
        return None
    context = ReportContext(words, lexicon())
    return interpret(read_mention(words, context.lexicon), Span(0, len(words)), None, context).kind
