"""Who states a number, where what the reader found of its saying names nobody.

“The observatory said the raid, believed to be by jets, killed nine”: the nearest saying word is “believed”, and nobody
believes. A named source of the same sentence outweighs it; failing that the sentence itself is asked (`speakers.toml`).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from contested import actors
from contested.claims import ASSERTING, AUTHOR, Index, Voice
from contested.resources.rules import load_rules
from contested.types import Actor, ActorKind, ActorLink, Argument, Claim, Event, EventMention, Span, Stance

_ROOM, _FILE = "contested.incidents", "speakers.toml"
_BESIDE = 25  # characters between a name and its saying word: "(SOHR)", "chief"


def voice_of(event: Event, mention: EventMention, argument: Argument, index: Index) -> Voice:
    """Return who states one number of an event: a named source of its sentence before words without one."""
    voice = index.voice_of_argument(event, mention, argument)
    if voice.claim is not None and _gives_another(voice.claim, event, argument, index):
        return AUTHOR
    if voice.claim is None or (voice.speaker is not None and _gives_numbers(voice.claim, index)):
        return voice
    here = [
        claim
        for claim in index.claims.claims
        if _gives_numbers(claim, index)
        and index.actor_at(claim.source) is not None
        and index.sentences_apart(claim.cue, argument.span) == 0
    ]
    if not here:
        return voice if _gives_numbers(voice.claim, index) else AUTHOR
    on_it = [claim for claim in here if event.id in claim.events] or here
    return index.voice(min(on_it, key=lambda c: (abs(c.cue.start - argument.span.start), c.id)))


def _gives_another(claim: Claim, event: Event, argument: Argument, index: Index) -> bool:
    """Whether a saying of a later sentence gives another number of the same people there: this one is not its own."""
    sentence = index.claims.document.sentence_at(claim.cue)
    if sentence is None or argument.span.start >= sentence.start:
        return False
    numbers = (a for a in event.arguments(argument.role) if a.amount is not None and not a.part)
    return any(sentence.contains(a.span) and a.span != argument.span for a in numbers)


def _gives_numbers(claim: Claim, index: Index) -> bool:
    """Whether a saying can put a number forward: who denies an attack, or claims it as his, does not count its dead."""
    takes_on = claim.stance is Stance.ADMITS and _about_names()["claims-the-act"].search(index.words(claim.cue))
    return claim.stance in ASSERTING and not takes_on


def named_in(sentence: Span, number: Span, index: Index) -> ActorLink | None:
    """Return who speaks in a sentence by its grammar, None where it does not say or only by a pronoun."""
    words = sentence.of(index.text)
    for rule in load_rules(_ROOM, _FILE):
        if "who" not in rule.pattern.groupindex or "beside" in rule.fields:
            continue  # words about a name that was found, or about what stands right before a number
        for match in rule.pattern.finditer(words):
            start = sentence.start + match.start("who")
            who = Span(start, start + len(match["who"].rstrip()))
            if who.overlaps(number) or ("head" in rule.fields and number.start < who.end):
                continue
            link = _last_in(who, index) if "last" in rule.fields else link_of(_before_aside(who, index), index)
            if link is not None:
                return link
    return None


def named_beside(sentence: Span, number: Span, index: Index) -> ActorLink | None:
    """Return who says a number right before it ("the Red Crescent said that nine …"), None where nobody does."""
    for rule in load_rules(_ROOM, _FILE):
        match = rule.pattern.search(index.text[sentence.start : number.start]) if "beside" in rule.fields else None
        if match is not None:
            start, end = match.span("who")
            link = _last_in(Span(sentence.start + start, sentence.start + end), index)
            return None if link is None or _is_pronoun(link) else link
    return None


def who_is(actor: Actor, claim: Claim, index: Index) -> ActorLink:
    """Return who makes a claim: for "it" the source named last before, for "a monitor" the one that is named."""
    words = index.words(claim.source) if claim.source else ""
    if actor.link.entry is not None:
        return actor.link
    others = [c for c in index.claims.claims if c.source is not None and c.cue != claim.cue]
    if _about_names()["pronoun"].search(words):
        before = [c for c in others if c.cue < claim.cue and index.sentences_apart(c.cue, claim.cue) <= 1]
        named = [a for c in reversed(before) if (a := index.actor_at(c.source)) is not None and not _is_pronoun(a.link)]
        return named[0].link if named else actor.link
    if _about_names()["monitor"].search(words):
        bodies = {a.link.entry: a.link for c in others if (a := index.actor_at(c.source)) is not None and _is_body(a)}
        return next(iter(bodies.values())) if len(bodies) == 1 else actor.link
    return actor.link


def body_of(claim: Claim, index: Index) -> ActorLink | None:
    """Return the body that a claim's source speaks for, where it is named as a spokesman (`speaks_for.toml`)."""
    sentence = index.claims.document.sentence_at(claim.source) if claim.source else None
    if claim.source is None or sentence is None:
        return None
    for rule in load_rules(_ROOM, "speaks_for.toml"):
        is_before = "before" in rule.fields
        start = sentence.start if is_before else claim.source.start
        match = rule.pattern.search(index.text[start : claim.source.start if is_before else sentence.end])
        if match is not None:
            return _resolved(Span(start + match.start("body"), start + match.end("body")), index)
    return None


def _resolved(words: Span, index: Index) -> ActorLink:
    """Return what some words name, whatever the reader found around them."""
    document = index.claims.document
    day = document.published.day if document.published else None
    named = Counter(p.link.country for p in index.claims.places for _ in p.spans if p.link.country)
    (link,) = actors.resolve_all(
        index.text,
        [((words,), None)],
        published=day,
        sentences=document.sentences,
        countries=sorted(named, key=lambda c: (-named[c], c)),
    )
    return link


def _is_pronoun(link: ActorLink) -> bool:
    return bool(_about_names()["pronoun"].search(link.name))


def is_outlet(link: ActorLink) -> bool:
    """Return whether a name is how a report speaks of itself: "we", "our correspondents"."""
    return link.entry is None and bool(_about_names()["the-outlet"].search(link.name))


def _is_body(actor: Actor) -> bool:
    is_known = actor.link.entry is not None and actor.link.kind is ActorKind.NGO
    return is_known and bool(_about_names()["watches"].search(actor.link.name))


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
