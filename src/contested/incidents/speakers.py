"""Who states a number, where what the reader found of its saying names nobody.

“The observatory said the raid, believed to be by jets, killed nine”: the nearest saying word is “believed”, and nobody
believes. A named source of the same sentence outweighs it; failing that the sentence itself is asked (`speakers.toml`).
"""

from __future__ import annotations

import re
from functools import cache

from contested import actors
from contested.claims import ASSERTING, Index, Voice
from contested.resources.rules import load_rules
from contested.types import ActorLink, Argument, Event, EventMention, Span

_ROOM, _FILE = "contested.incidents", "speakers.toml"
_BESIDE = 25  # characters between a name and its saying word: "(SOHR)", "chief"


def voice_of(event: Event, mention: EventMention, argument: Argument, index: Index) -> Voice:
    """Return who states one number of an event: a named source of its sentence before words without one."""
    voice = index.voice_of_argument(event, mention, argument)
    if voice.claim is None or voice.speaker is not None:
        return voice
    here = [
        claim
        for claim in index.claims.claims
        if claim.stance in ASSERTING
        and index.actor_at(claim.source) is not None
        and index.sentences_apart(claim.cue, argument.span) == 0
    ]
    if not here:
        return voice
    on_it = [claim for claim in here if event.id in claim.events] or here
    return index.voice(min(on_it, key=lambda c: (abs(c.cue.start - argument.span.start), c.id)))


def named_in(sentence: Span, number: Span, index: Index) -> ActorLink | None:
    """Return who speaks in a sentence by its grammar, None where it does not say or only by a pronoun."""
    words = sentence.of(index.text)
    for rule in load_rules(_ROOM, _FILE):
        if "who" not in rule.pattern.groupindex:
            continue  # words about a name that was found
        for match in rule.pattern.finditer(words):
            start = sentence.start + match.start("who")
            who = Span(start, start + len(match["who"].rstrip()))
            if who.overlaps(number) or ("head" in rule.fields and number.start < who.end):
                continue
            link = _last_in(who, index) if "last" in rule.fields else link_of(_before_aside(who, index), index)
            if link is not None:
                return link
    return None


def link_of(words: Span, index: Index) -> ActorLink | None:
    """Return whom some words name: the first actor that the reader found in them, or what they say as a whole."""
    if _about_names()["pronoun"].search(words.of(index.text)):
        return None
    inside = _actors_in(words, index)
    if inside:
        return min(inside, key=lambda i: i[0])[1]
    document = index.claims.document
    day = document.published.day if document.published else None
    return actors.resolve_all(index.text, [((words,), None)], published=day, sentences=document.sentences)[0]


def _last_in(words: Span, index: Index) -> ActorLink | None:
    """Return the actor that stands right before the saying word; only a short name in brackets may lie between."""
    near = [(span, link) for span, link in _actors_in(words, index) if words.end - span.end <= _BESIDE]
    return max(near, key=lambda i: i[0])[1] if near else None


def _actors_in(words: Span, index: Index) -> list[tuple[Span, ActorLink]]:
    return [(span, a.link) for a in index.claims.actors for span in a.spans if words.overlaps(span)]


def _before_aside(words: Span, index: Index) -> Span:
    """Return the name at the head of some words, without what explains it ("…, a rescue service in the camp")."""
    aside = _about_names()["aside"].search(index.text, words.start + 1, words.end)
    return Span(words.start, aside.start()) if aside else words


@cache
def _about_names() -> dict[str, re.Pattern[str]]:
    return {rule.name: rule.pattern for rule in load_rules(_ROOM, _FILE) if "who" not in rule.pattern.groupindex}
