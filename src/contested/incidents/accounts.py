"""One report's telling of one event, flat: what linking and comparing across reports need, with the spans behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from contested import counts, times
from contested.claims import AUTHOR, Index, Voice
from contested.incidents.account import Account, Saying, account_id
from contested.incidents.asides import aside, of_an_unnamed_event, with_totals_apart
from contested.incidents.holdings import holding
from contested.incidents.said_tolls import SaidToll, SaidTolls, find_said_tolls
from contested.incidents.speakers import body_of, is_outlet, named_beside, named_in, voice_of, who_is
from contested.incidents.steps import with_besides, without_steps
from contested.incidents.toll import Mark, Speaker, Toll
from contested.incidents.totals import running
from contested.incidents.war_tolls import NO_EVENT, find_war_tolls
from contested.incidents.whereabouts import hints, names_of, setting
from contested.incidents.wholes import with_wholes
from contested.resources.rules import load_rules
from contested.types import (
    Actor,
    ActorLink,
    Amount,
    Argument,
    Claim,
    Claims,
    Document,
    Event,
    EventMention,
    EventType,
    Role,
    Span,
    Stance,
    Status,
)

LEAD_SENTENCES = 4  # headline, first sentence and what explains it; later ones are other news or background
_OPENING = 2  # sentences: the headline and what it heads; they name the place, others only what was told
_BESIDE = 12  # characters: a preposition and a word ("late on") between a saying word and its day
# A weekday or "yesterday" right after the saying word, or at the head of the sentence. The reader marks the days of
# events, and leaves many of those on which something was said.
_DAY_OF_SAYING = re.compile(
    r"(?i)\W*(?:(?:late|early|earlier|also|in a statement) )?(?:on )?"
    r"(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday)\b"
)
_WORD = re.compile(r"[\w-]+")
_WORDS_BEFORE = 2  # words of a trigger before its last one; longer triggers are rare
_LONGEST_WORD = 24  # characters looked back for each
_NOT_SAID = Amount(None, None, rule="none")


def accounts_of(claims: Claims) -> tuple[Account, ...]:
    """Return one account for each event of a report, in text order, and those of numbers told beside or without one."""
    index = Index(claims)
    told = _most(p.link.country for p in claims.places for _ in p.spans)
    home = _most(a.link.country for a in claims.actors for _ in a.spans) if told is None else None
    further: dict[str, list[Toll]] = {}
    told_in_words = find_said_tolls(index)
    for said in told_in_words.further:
        further.setdefault(said.event, []).append(_further(said, index))
    told_already = [t.span for tolls in further.values() for t in tolls]
    wars: dict[str, list[Toll]] = {}
    for beside, toll in find_war_tolls(index):
        if not any(toll.span.overlaps(span) for span in told_already):
            wars.setdefault(beside, []).append(toll)
    unnamed: dict[str, list[Toll]] = {}
    for said in told_in_words.unnamed:
        unnamed.setdefault(said.event, []).append(_further(said, index))
    found: list[Account] = []
    for event in claims.events:
        account = _account(event, index, told, further.get(event.id, ()), told_in_words)
        found += with_totals_apart(account, index)
        found += _beside(account, wars.get(event.id, ()), unnamed.get(event.id, ()), index)
    if wars.get(NO_EVENT) or unnamed.get(NO_EVENT):
        found += _beside(_of_no_event(index, told), wars.get(NO_EVENT, ()), unnamed.get(NO_EVENT, ()), index)
    return tuple(replace(account, home=home) for account in found)


def _beside(account: Account, wars: Sequence[Toll], unnamed: Sequence[Toll], index: Index) -> Iterator[Account]:
    """Yield accounts of numbers told beside an event: of whole wars, then of the event that the report leaves out."""
    yield from (replace(aside(account, (toll,), index), type=EventType.BATTLE) for toll in wars)
    told_once = tuple(t for t in unnamed if not any(t.span.overlaps(toll.span) for toll in wars))
    if told_once:
        opening = _opening(told_once[0].span, index)
        yield of_an_unnamed_event(account, told_once, _lead(index) if opening else "", opening, index)


def _of_no_event(index: Index, told: str | None) -> Account:
    """Return what a report's numbers stand beside that tells of no event: the report alone."""
    document = index.claims.document
    return Account(
        id="",
        document=document.id,
        event=NO_EVENT,
        type=EventType.ATTACK,
        status=Status.ACTUAL,
        spans=(),
        words="",
        published=_came_out(document),
        publisher=document.publisher,
        where_told=told,
    )


def _most(countries: Iterable[str | None]) -> str | None:
    """Return the country that is named most, the first by its code of several."""
    times_named = Counter(c for c in countries if c)
    return min(times_named, key=lambda c: (-times_named[c], c), default=None)


def _further(said: SaidToll, index: Index) -> Toll:
    sentence = index.claims.document.sentence_at(said.number) or said.number
    amount = said.amount or counts.resolve(index.text, said.number, sentence=sentence)
    by = Speaker(said.speaker.name, said.speaker) if said.speaker else speaker(AUTHOR, index)
    if said.speaker is None and said.mark is Mark.AGAINST:
        by = Speaker(index.speaker_name(None))  # somebody else's number
    words = index.words(sentence)
    return Toll(
        Role.KILLED, amount, said.number, by, words=words, mark=said.mark, is_bare=True, by_another=said.by_another
    )


def _account(
    event: Event,
    index: Index,
    told: str | None,
    further: Sequence[Toll],
    said: SaidTolls,
) -> Account:
    document = index.claims.document
    triggers = tuple(m.trigger for m in event.mentions)
    sentences = {s.start: s for s in (document.sentence_at(t) for t in triggers) if s is not None}
    happened = index.places_of(event)
    places = tuple(dict.fromkeys(p.link for p in happened))
    called = names_of(event, happened, index)
    return Account(
        id=account_id(document.id, triggers[0]),
        document=document.id,
        event=event.id,
        type=event.type,
        status=event.status,
        spans=tuple(sentences[start] for start in sorted(sentences)) or triggers,
        words=" ".join(index.words(sentences[start]) for start in sorted(sentences)),
        when=event.when,
        published=_came_out(document),
        publisher=document.publisher,
        places=places,
        setting=() if places else setting(triggers, index),
        place_words=called,
        place_hints=() if called else hints(sentences.values(), _opening(triggers[0], index), index),
        doers=_links(index.doers(event.arguments())),
        targets=_links(index.targets(event.arguments())),
        target_words=tuple(index.words(a.span) for a in event.arguments(Role.ON)),
        tolls=without_steps(_told(event, index, said, further), index),
        sayings=_sayings(event, index),
        where_told=told,
        sentence=index.sentence_number(triggers[0]),
        lead=_lead(index) if index.sentence_number(triggers[0]) <= LEAD_SENTENCES else "",
        trigger=triggers[0],
        holding=holding(event, index),
        points_back=_points_back(triggers[0], index),
        aliases=_aliases(document.id, triggers, index.text),
    )


def _opening(trigger: Span, index: Index) -> tuple[Span, ...]:
    """Return the first sentences of a report that opens with an event."""
    return index.claims.document.sentences[:_OPENING] if index.sentence_number(trigger) <= LEAD_SENTENCES else ()


def _came_out(document: Document) -> date | None:
    """Return the day printed at a report's head, else the one it is filed under."""
    filed = document.published.day if document.published else None
    return times.printed_day(document.text, filed) or filed


def _aliases(document: str, triggers: Sequence[Span], text: str) -> tuple[str, ...]:
    """Return the ids that its triggers give with a word more or less before the last one, which readers differ about.

    A judgement holds by them when a later model reads "gas attack" for "attack", or finds an earlier mention first.
    """
    found = []
    for trigger in triggers:
        before = text[max(0, trigger.start - _WORDS_BEFORE * _LONGEST_WORD) : trigger.end]
        start = trigger.end - len(before)
        words = list(_WORD.finditer(before))[-1 - _WORDS_BEFORE :]
        found += [account_id(document, Span(start + word.start(), trigger.end)) for word in words]
    return tuple(dict.fromkeys(id_ for id_ in found if id_ != account_id(document, triggers[0])))


def _lead(index: Index) -> str:
    return " ".join(index.words(s) for s in index.claims.document.sentences[:LEAD_SENTENCES])


def _points_back(trigger: Span, index: Index) -> bool:
    """Return whether the words before a trigger say that it was told already (`back_pointing.toml`)."""
    sentence = index.claims.document.sentence_at(trigger)
    before = index.text[sentence.start if sentence else 0 : trigger.start]
    return _finds("back_pointing.toml", before)


def _finds(file: str, words: str) -> bool:
    return any(rule.pattern.search(words) for rule in load_rules("contested.incidents", file))


def _links(found: Iterable[Actor]) -> tuple[ActorLink, ...]:
    return tuple(actor.link for actor in found)


def _tolls(event: Event, index: Index, said: SaidTolls) -> tuple[Toll, ...]:
    found = []
    for mention in event.mentions:
        counted = [a for a in mention.arguments if a.role.is_count and a.amount is not None]
        found += [_toll(event, mention, a, index, said) for a in with_wholes(counted, index)]
    return tuple({(t.role, t.span): t for t in sorted(found, key=lambda t: t.span)}.values())


def _toll(event: Event, mention: EventMention, argument: Argument, index: Index, said: SaidTolls) -> Toll:
    voice = voice_of(event, mention, argument, index)
    sentence = index.claims.document.sentence_at(argument.span) or argument.span
    by = speaker(voice, index)
    is_told_here = by.is_named and voice.claim is not None and sentence.contains(voice.claim.cue)
    verb, whose = said.voices.get(argument.span, (-1, None))
    if is_told_here and voice.claim is not None and voice.claim.cue.end <= verb:
        is_told_here = False  # another voice's clause lies between the saying that the reader found and the number
    link = named_beside(sentence, argument.span, index)
    link = link or (None if is_told_here else whose or said.speakers.get(argument.span))
    if link is None and voice.claim is not None and by.link is None:
        link = named_in(sentence, argument.span, index)
    by = Speaker(link.name, link) if link else by
    words, day = index.words(sentence), _said_on(voice, index)
    amount, is_second = argument.amount or _NOT_SAID, whose is not None
    return Toll(argument.role, amount, argument.span, by, argument.part, words, day, by_another=is_second)


def _told(event: Event, index: Index, said: SaidTolls, further: Sequence[Toll]) -> list[Toll]:
    """Return the numbers of an event in text order, what comes on top added up, running totals marked as such."""
    counted = [t.marked(said.marks.get(t.span, Mark.NONE)) for t in _tolls(event, index, said)]
    strangers = {span for span, mark in said.marks.items() if mark is Mark.AGAINST and span not in said.speakers}
    counted = [replace(t, speaker=Speaker(index.speaker_name(None))) if t.span in strangers else t for t in counted]
    tolls = with_besides(sorted((*counted, *further), key=_at), index)
    when = event.when
    is_of_a_day = when is not None and when.earliest is not None and when.earliest == when.latest
    totals = running(tolls, index.text, is_of_a_day=is_of_a_day)
    return [replace(t, running=True) if t in totals else t for t in tolls]


def _at(toll: Toll) -> Span:
    return toll.span


def _said_on(voice: Voice, index: Index) -> date | None:
    """Return the one day that stands with the saying word: “said on Tuesday”, “On Tuesday the ministry said”."""
    claim, document = voice.claim, index.claims.document
    sentence = document.sentence_at(claim.cue) if claim else None
    if claim is None or sentence is None:
        return None
    first = min(claim.cue, claim.source or claim.cue)
    published = document.published.day if document.published else None
    for start, end in ((sentence.start, first.start), (claim.cue.end, sentence.end)):
        found = _DAY_OF_SAYING.match(index.text, start, end)
        if found is None or (start == sentence.start and end - found.end() > _BESIDE):
            continue
        when = times.resolve(index.text, Span(*found.span("day")), published=published, sentence=sentence)
        if when.earliest is not None and when.earliest == when.latest:
            return when.earliest
    return None


def _sayings(event: Event, index: Index) -> tuple[Saying, ...]:
    sayings = []
    for claim in index.claims_on(event):
        spans = tuple(s for s in (claim.source, claim.cue) if s is not None)
        sentence = index.claims.document.sentence_at(claim.cue) or claim.cue
        of_part = claim.stance is Stance.DENIES and _denies_a_part(claim, event, sentence, index)
        sayings.append(Saying(claim.stance, speaker(index.voice(claim), index), index.words(sentence), spans, of_part))
    own = index.own_voice_mentions(event)
    if own and event.status is not Status.NEGATED:
        sentence = index.claims.document.sentence_at(own[0].trigger) or own[0].trigger
        sayings.append(Saying(Stance.ASSERTS, speaker(AUTHOR, index), index.words(sentence), (own[0].trigger,)))
    return tuple(sayings)


def _denies_a_part(claim: Claim, event: Event, sentence: Span, index: Index) -> bool:
    """Return whether a denial leaves the event standing (`denied_part.toml`)."""
    own = {m.trigger for m in event.mentions} & set(claim.triggers)
    after = [t for t in sorted(own) if claim.cue.end <= t.start and sentence.contains(t)]
    if not after:
        return False
    before, rest = index.text[claim.cue.end : after[0].start], index.text[after[0].end : sentence.end]
    return _finds("denied_part.toml", f"{before}§{rest}")


def speaker(voice: Voice, index: Index) -> Speaker:
    """Return who a voice of one report is, beyond that report."""
    if voice.claim is None:
        return Speaker(index.claims.document.publisher or index.claims.document.id, is_outlet=True)
    actor = index.actor_at(voice.claim.source)
    if actor is None:
        return Speaker(index.speaker_name(voice.claim))
    link = who_is(actor, voice.claim, index)
    if is_outlet(link):
        return speaker(AUTHOR, index)
    return Speaker(link.name or index.speaker_name(voice.claim), link, body=body_of(voice.claim, index))
