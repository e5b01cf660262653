"""One report's telling of one event, flat: what linking and comparing across reports need, with the spans behind it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from contested import counts, times
from contested.claims import AUTHOR, Index, Voice
from contested.incidents.said_tolls import SaidToll, find_said_tolls
from contested.incidents.speakers import named_beside, named_in, voice_of, who_is
from contested.incidents.steps import with_besides, without_steps
from contested.incidents.toll import Mark, Speaker, Toll
from contested.incidents.totals import COUNTED, running
from contested.incidents.war_tolls import find_war_tolls
from contested.incidents.whereabouts import hints, names_of, setting
from contested.incidents.wholes import with_wholes
from contested.resources.rules import load_rules
from contested.types import (
    Actor,
    ActorLink,
    Amount,
    Argument,
    Claims,
    Document,
    Event,
    EventMention,
    EventType,
    PlaceLink,
    Role,
    Span,
    Stance,
    Status,
    When,
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
_ID_BYTES = 6  # 48 bits: among a million accounts two share an id with a chance of 0.2 %


@dataclass(frozen=True, slots=True)
class Saying:
    """A speaker's stance on the event; `spans` are the words it rests on, the speaker's own words first."""

    stance: Stance
    speaker: Speaker
    quote: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One event as one report tells it.

    `id` is a hash of the report's id and the place of the first trigger, so that it stays when other reports come in;
    `aliases` are ids that it may have had when another model read the report. `setting` are the places named around an
    event that has none of its own, `where_told` the country that the report speaks of most, `home` that of those it
    names most, where it names no place: they say where to look, never where the event was. `lead` is how the report
    opens, where it opens with this event, else "". `place_words` are the names by which it calls its places,
    `place_hints` further ones beside it that stand as places do ("at Thayetkan"). `trigger` are the first words that
    name it; `points_back`: they stand as what was told before ("the attack"). `is_total`: it tells of no event, but
    adds up a war or a campaign; its numbers are running totals. `is_aside`: the event that these stand beside has an
    account of its own.
    """

    id: str
    document: str
    event: str
    type: EventType
    status: Status
    spans: tuple[Span, ...]
    words: str
    when: When | None = None
    published: date | None = None
    publisher: str | None = None
    places: tuple[PlaceLink, ...] = ()
    setting: tuple[PlaceLink, ...] = ()
    place_words: tuple[str, ...] = ()
    place_hints: tuple[str, ...] = ()
    doers: tuple[ActorLink, ...] = ()
    targets: tuple[ActorLink, ...] = ()
    target_words: tuple[str, ...] = ()
    tolls: tuple[Toll, ...] = ()
    sayings: tuple[Saying, ...] = ()
    where_told: str | None = None
    home: str | None = None
    sentence: int = 0
    lead: str = ""
    trigger: Span | None = None
    points_back: bool = False
    aliases: tuple[str, ...] = ()
    is_total: bool = False
    is_aside: bool = False

    def totals(self, role: Role) -> tuple[Toll, ...]:
        """Return the numbers of one kind that are not part of a larger one, in text order."""
        return tuple(t for t in self.tolls if t.role is role and not t.part)

    @property
    def evidence(self) -> tuple[Span, ...]:
        """The sentences that name it, and the numbers that others give of it, in text order."""
        numbers = (t.span for t in self.tolls if not any(s.contains(t.span) for s in self.spans))
        return tuple(sorted((*self.spans, *numbers)))

    @property
    def order(self) -> tuple[str, str, int]:
        """Earliest report first; the same in every run."""
        return (self.published.isoformat() if self.published else "~", self.document, self.spans[0].start)


def accounts_of(claims: Claims) -> tuple[Account, ...]:
    """Return one account for each event of a report, in text order."""
    index = Index(claims)
    told = _most(p.link.country for p in claims.places for _ in p.spans)
    home = _most(a.link.country for a in claims.actors for _ in a.spans) if told is None else None
    further: dict[str, list[Toll]] = {}
    told_in_words = find_said_tolls(index)
    for said in told_in_words.further:
        further.setdefault(said.event, []).append(_further(said, index))
    told_already = [t.span for tolls in further.values() for t in tolls]
    wars: dict[str, list[Toll]] = {}
    for event, toll in find_war_tolls(index):
        if not any(toll.span.overlaps(span) for span in told_already):
            wars.setdefault(event.id, []).append(toll)
    named, marks = told_in_words.speakers, told_in_words.marks
    found: list[Account] = []
    for event in claims.events:
        account = _account(event, index, told, further.get(event.id, ()), named, marks)
        found += _with_totals_apart(account, index)
        found += [replace(_aside(account, (t,), index), type=EventType.BATTLE) for t in wars.get(event.id, ())]
    return tuple(replace(account, home=home) for account in found)


def _with_totals_apart(account: Account, index: Index) -> Iterator[Account]:
    """Yield an account without its running totals, and one of these; or one alone, if it has none or nothing else."""
    totals = tuple(t for t in account.tolls if t.running)
    if not totals:
        yield account
        return
    rest = tuple(t for t in account.tolls if not t.running)
    told = {span for toll in totals for span in account.spans if span.contains(toll.span)}
    if not any(t.role in COUNTED for t in rest) and told == set(account.spans):
        yield _total_alone(account, index)
        return
    yield replace(account, tolls=rest)
    yield _aside(account, totals, index)


def _total_alone(account: Account, index: Index) -> Account:
    """Return an account that tells of nothing but running totals: what other sentences name is not where they count."""
    here = _named_in(account.spans, index)
    return replace(account, is_total=True, places=account.places or here, setting=() if here else account.setting)


def _named_in(sentences: Sequence[Span], index: Index) -> tuple[PlaceLink, ...]:
    """Return the places that some sentences name."""
    return tuple(p.link for p in index.claims.places if any(s.contains(own) for s in sentences for own in p.spans))


def _aside(account: Account, totals: tuple[Toll, ...], index: Index) -> Account:
    """Return the account of running totals that are told beside an event: of it only what their sentence tells too."""
    first, when = totals[0], account.when
    sentence = index.claims.document.sentence_at(first.span) or first.span
    is_of_it = any(span.overlaps(sentence) for span in account.spans)
    places = _named_in((sentence,), index)
    goes_on = is_of_it and when is not None and when.earliest is not None and when.latest is None  # "since March"
    said = tuple(Saying(Stance.ASSERTS, by, first.words, (first.span,)) for by in {t.speaker: None for t in totals})
    return replace(
        account,
        id=account_id(account.document, first.span),
        spans=(sentence,),
        words=first.words,
        when=when if goes_on else None,
        places=places or (account.places if is_of_it else ()),
        setting=(),
        place_words=(),
        place_hints=(),
        doers=account.doers if is_of_it else (),
        targets=account.targets if is_of_it else (),
        target_words=account.target_words if is_of_it else (),
        tolls=totals,
        sayings=said,  # who denies the event denies no total
        lead="",
        trigger=first.span,
        points_back=False,
        aliases=(),
        is_total=True,
        is_aside=True,
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
    return Toll(Role.KILLED, amount, said.number, by, words=index.words(sentence), mark=said.mark, is_bare=True)


def account_id(document: str, trigger: Span) -> str:
    """Return the lasting id of an event's telling."""
    key = f"{document}\x00{trigger.start}\x00{trigger.end}".encode("utf-8", "surrogatepass")
    return "i" + hashlib.blake2b(key, digest_size=_ID_BYTES).hexdigest()


def _account(
    event: Event,
    index: Index,
    told: str | None,
    further: Sequence[Toll],
    named: Mapping[Span, ActorLink],
    marks: Mapping[Span, Mark],
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
        tolls=without_steps(_told(event, index, named, marks, further), index),
        sayings=_sayings(event, index),
        where_told=told,
        sentence=index.sentence_number(triggers[0]),
        lead=_lead(index) if index.sentence_number(triggers[0]) <= LEAD_SENTENCES else "",
        trigger=triggers[0],
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


def _tolls(event: Event, index: Index, named: Mapping[Span, ActorLink]) -> tuple[Toll, ...]:
    found = []
    for mention in event.mentions:
        counted = [a for a in mention.arguments if a.role.is_count and a.amount is not None]
        found += [_toll(event, mention, a, index, named.get(a.span)) for a in with_wholes(counted, index)]
    return tuple({(t.role, t.span): t for t in sorted(found, key=lambda t: t.span)}.values())


def _toll(event: Event, mention: EventMention, argument: Argument, index: Index, named: ActorLink | None) -> Toll:
    voice = voice_of(event, mention, argument, index)
    sentence = index.claims.document.sentence_at(argument.span) or argument.span
    by = speaker(voice, index)
    is_told_here = by.is_named and voice.claim is not None and sentence.contains(voice.claim.cue)
    link = named_beside(sentence, argument.span, index) or (None if is_told_here else named)
    if link is None and voice.claim is not None and by.link is None:
        link = named_in(sentence, argument.span, index)
    by = Speaker(link.name, link) if link else by
    words, day = index.words(sentence), _said_on(voice, index)
    return Toll(argument.role, argument.amount or _NOT_SAID, argument.span, by, argument.part, words, day)


def _told(
    event: Event,
    index: Index,
    named: Mapping[Span, ActorLink],
    marks: Mapping[Span, Mark],
    further: Sequence[Toll],
) -> list[Toll]:
    """Return the numbers of an event in text order, what comes on top added up, running totals marked as such."""
    counted = [replace(t, mark=marks.get(t.span, Mark.NONE)) for t in _tolls(event, index, named)]
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
        sayings.append(Saying(claim.stance, speaker(index.voice(claim), index), index.words(sentence), spans))
    own = index.own_voice_mentions(event)
    if own and event.status is not Status.NEGATED:
        sentence = index.claims.document.sentence_at(own[0].trigger) or own[0].trigger
        sayings.append(Saying(Stance.ASSERTS, speaker(AUTHOR, index), index.words(sentence), (own[0].trigger,)))
    return tuple(sayings)


def speaker(voice: Voice, index: Index) -> Speaker:
    """Return who a voice of one report is, beyond that report."""
    if voice.claim is None:
        return Speaker(index.claims.document.publisher or index.claims.document.id, is_outlet=True)
    actor = index.actor_at(voice.claim.source)
    if actor is None:
        return Speaker(index.speaker_name(voice.claim))
    link = who_is(actor, voice.claim, index)
    return Speaker(link.name or index.speaker_name(voice.claim), link)
