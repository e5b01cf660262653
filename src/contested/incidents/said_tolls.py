"""Numbers of dead that a report gives without naming the event again, put to the event told before.

"The mayor said six people died. Rescue workers gave a higher toll of nine." The second number is as much of this event
as the first, and where reports contradict themselves it is told so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contested import counts
from contested.claims import Index
from contested.events import ontology
from contested.incidents.second_counts import find_second_counts
from contested.incidents.speakers import link_of, named_in
from contested.incidents.steps import goes_on
from contested.incidents.toll import Mark
from contested.incidents.war_tolls import NO_EVENT, nearest_event
from contested.resources import write_number
from contested.resources.rules import Rule, load_rules
from contested.types import ActorLink, Amount, Event, Role, Span, Status

REACH_SENTENCES = 6  # from the words for the event to a number that speaks of it without them
NEAR_SENTENCES = 3  # … where only "ten people died" says that it does
LEAD = 2  # sentences that a report opens with: the headline and the first of the body
_PRONOUNS = frozenset({"it", "he", "she", "they"})


@dataclass(frozen=True, slots=True)
class SaidToll:
    """A number of dead and who gives it, None: nobody is named. `mark`: how it stands to the number beside it.

    `amount` where the words give only the step from the number beside it: "five, one fewer than had been reported".
    """

    event: str
    number: Span
    speaker: ActorLink | None
    mark: Mark = Mark.NONE
    amount: Amount | None = None
    by_another: bool = False


@dataclass(frozen=True, slots=True)
class SaidTolls:
    """What these sentences say of a report's dead.

    `further` are the numbers that the reader did not find, in text order. Of those that it did find, `speakers` says
    who gives them (a reader puts "rescue workers gave a higher toll of nine" under the saying before it), and `marks`
    how they stand to those beside them, `voices` whose clause each stands in, with the place of its saying word.
    `unnamed` are the numbers of a violent event that the report does not name, each with the event told nearest to it,
    NO_EVENT if it tells of none.
    """

    further: list[SaidToll]
    unnamed: list[SaidToll]
    speakers: dict[Span, ActorLink]
    marks: dict[Span, Mark]
    voices: dict[Span, tuple[int, ActorLink]]


def find_said_tolls(index: Index) -> SaidTolls:
    """Return what the rules of `said_tolls.toml` and `second_counts.toml` find in a report."""
    finder = _Finder(index)
    for sentence in index.claims.document.sentences:
        for rule, match in _matches(index.text, sentence):
            finder.take(rule, match, sentence)
    finder.take_second_counts()
    return finder.result()


class _Finder:
    """A report's numbers of dead as they are found: by the reader (`counted`), or by rules."""

    def __init__(self, index: Index) -> None:
        self.index = index
        events = index.claims.events
        self.counted = [(a.span, a.role) for e in events for a in e.arguments() if a.role.is_count]
        self.dead = [(a.span, a.amount) for e in events for a in e.arguments(Role.KILLED) if a.amount is not None]
        self.revised: set[Span] = set()
        self.violent = [e for e in events if ontology()[e.type].violent]
        self.further: dict[Span, SaidToll] = {}
        self.unnamed: dict[Span, SaidToll] = {}
        self.found = SaidTolls([], [], {}, {}, {})

    def take(self, rule: Rule, match: re.Match[str], sentence: Span) -> None:
        """Keep the number of a match, or what the match says of one that the reader found."""
        index, text = self.index, self.index.text
        number, mark = Span(*match.span("number")), Mark(rule.fields.get("mark", ""))
        if "lower" in rule.fields:
            if not self._is_lower(number, sentence):
                return
            self.revised.add(number)
        elif number in self.revised:
            return
        known = [(span, role) for span, role in self.counted if _is_it(number, span, text)]
        for span in (span for span, role in known if role is Role.KILLED):
            speaker = _speaker(match, sentence, index, mark) if match.groupdict().get("who") else None
            self.found.speakers.update({span: speaker} if speaker is not None else {})
            self.found.marks.update({span: mark} if mark else {})
        if known or any(_is_it(number, span, text) for span in (*self.further, *self.unnamed)):
            return
        by, amount = _speaker(match, sentence, index, mark), _stepped_from(rule, match, sentence)
        if amount is None and "step" in rule.fields:
            return
        is_alone = "alone" in rule.fields
        event = _event_of(number, sentence, index, is_alone=is_alone)
        event = event or (_event_after(number, index) if mark else None)
        is_unnamed = event is None and self._is_unnamed(number, is_alone=is_alone)
        if event is None and not is_unnamed and _is_bare_opening(number, sentence, index):
            event = _event_after(number, index)
        if event is not None:
            self.further[number] = SaidToll(event.id, number, by, mark, amount)
        elif is_unnamed:
            near = nearest_event(number, index)
            self.unnamed[number] = SaidToll(near.id if near else NO_EVENT, number, by, mark, amount)

    def _is_lower(self, number: Span, sentence: Span) -> bool:
        """Whether a number is below one of the dead that its sentence also counts."""
        low = counts.resolve(self.index.text, number, sentence=sentence).low
        others = [a.low for span, a in self.dead if sentence.contains(span) and not span.overlaps(number)]
        return low is not None and any(other is not None and low < other for other in others)

    def _is_unnamed(self, number: Span, *, is_alone: bool) -> bool:
        """Whether a number may be of an event that the report leaves out.

        Where words speak of a toll: unless an event that kills is told near. Where people only "were killed": if a
        report tells of events, and of none that kills. Of a report without any, the one that killed them may have been
        taken out by a person who judged it.
        """
        if is_alone:
            return not self.violent and bool(self.index.claims.events)
        return not _is_told_near(number, self.violent, self.index)

    def take_second_counts(self) -> None:
        """Keep what other voices count of the same dead, and say of known numbers in whose clause they stand."""
        events = (e for e in self.index.claims.events if _kills(e))
        told = [(a.span, e.id) for e in events for a in e.arguments(Role.KILLED) if not a.part]
        told += [(span, said.event) for span, said in self.further.items()]
        counted = [*(span for span, _ in self.counted), *self.further, *self.unnamed]
        for second in find_second_counts(self.index, told, counted):
            number, by = second.number, second.speaker
            mark = Mark.BEFORE if second.is_earlier else Mark.NONE
            if not second.is_known:
                self.further[number] = SaidToll(second.event, number, by, mark, by_another=not mark)
            elif number in self.further:
                self.further[number] = _said_by(self.further[number], by, mark)
            else:
                self.found.voices.update({number: (second.verb, by)} if by is not None else {})
                self.found.marks.update({number: mark} if mark and number not in self.found.marks else {})

    def result(self) -> SaidTolls:
        """Return everything, in text order."""
        self.found.further.extend(self.further[span] for span in sorted(self.further))
        if self.unnamed and _tells_of_violence(self.index.text):
            self.found.unnamed.extend(self.unnamed[span] for span in sorted(self.unnamed))
        return self.found


def _said_by(toll: SaidToll, speaker: ActorLink | None, mark: Mark) -> SaidToll:
    """Return a number with whose clause it stands in, where its own rule did not say."""
    by = toll.speaker or speaker
    return replace(toll, speaker=by, by_another=by is not None, mark=toll.mark or mark)


def _kills(event: Event) -> bool:
    return ontology()[event.type].violent and event.status is Status.ACTUAL


def _tells_of_violence(text: str) -> bool:
    """Whether a report that names no event that kills has words of violence, and none of another cause of death."""
    rules = {rule.name: rule.pattern for rule in load_rules("contested.incidents", "unnamed_event.toml")}
    return bool(rules["violence"].search(text)) and not rules["another-cause"].search(text)


def _stepped_from(rule: Rule, match: re.Match[str], sentence: Span) -> Amount | None:
    """Return the number from which a step leads to the one beside it; None of a rule that finds the number itself."""
    way = rule.fields.get("step")
    if way is None:
        return None
    both = (Span(*match.span(group)) for group in ("number", "reached"))
    step, reached = (counts.resolve(match.string, span, sentence=sentence) for span in both)
    if step.low is None or reached.low is None:
        return None
    before = reached.low + (step.low if way == "down" else -step.low)
    if before <= 0:
        return None
    reason = f"{write_number(reached.low)} is {write_number(step.low)} {'fewer' if way == 'down' else 'more'}"
    return Amount(before, before, rule="step", reason=reason)


def _is_it(number: Span, counted: Span, text: str) -> bool:
    """Whether a number found is one that is counted already; the 18 of "from 18 to 22 dead" is not its 22."""
    return number.overlaps(counted) and not goes_on(text[number.end : counted.end])


def _matches(text: str, sentence: Span) -> Iterator[tuple[Rule, re.Match[str]]]:
    words = sentence.of(text).casefold()
    for rule in load_rules("contested.incidents", "said_tolls.toml"):
        if any(word in words for word in rule.fields["needs"].split()):
            yield from ((rule, match) for match in rule.pattern.finditer(text, sentence.start, sentence.end))


def _event_of(number: Span, sentence: Span, index: Index, *, is_alone: bool) -> Event | None:
    """Return the event that a number is of: the one that its sentence names, else the one told last before it.

    `is_alone`: nothing but its sentence says so; then the reader has seen an event of this sentence, and a number
    beside one that has its dead already, or beside two events, is none of theirs.
    """
    if not is_alone:
        return _event_before(number, index, REACH_SENTENCES)
    violent = [e for e in index.claims.events if ontology()[e.type].violent]
    named = [e for e in violent if any(sentence.contains(mention.trigger) for mention in e.mentions)]
    if not named:
        return _event_before(number, index, NEAR_SENTENCES)
    one = named[0]
    return one if len(named) == 1 and one.status is Status.ACTUAL and not one.arguments(Role.KILLED) else None


def _event_before(number: Span, index: Index, reach: int) -> Event | None:
    """Return the event told last before a number, among those that kill; one that already has dead comes first."""
    at = index.sentence_number(number)
    near = [
        (bool(event.arguments(Role.KILLED)), mention.trigger.start, event)
        for event in index.claims.events
        if _kills(event)
        for mention in event.mentions
        if 0 <= at - index.sentence_number(mention.trigger) <= reach and mention.trigger.start < number.start
    ]
    return max(near, key=lambda n: n[:2])[2] if near else None


def _is_bare_opening(number: Span, sentence: Span, index: Index) -> bool:
    """Whether a report opens with a number whose sentence names no event that kills."""
    triggers = [m.trigger for e in index.claims.events if ontology()[e.type].violent for m in e.mentions]
    return index.sentence_number(number) <= LEAD and not any(sentence.contains(trigger) for trigger in triggers)


def _is_told_near(number: Span, events: Sequence[Event], index: Index) -> bool:
    """Whether one of these events, also one only feared, is told before a number, or what the number heads is one."""
    at = index.sentence_number(number)
    reach = range(at - REACH_SENTENCES, at + 1 + (NEAR_SENTENCES if at <= LEAD else 0))
    return any(index.sentence_number(mention.trigger) in reach for event in events for mention in event.mentions)


def _event_after(number: Span, index: Index) -> Event | None:
    """Return the event told first after a number that a report opens with: "The army denies reports of 12 dead"."""
    at = index.sentence_number(number)
    near = [
        (mention.trigger.start, event)
        for event in index.claims.events
        if _kills(event)
        for mention in event.mentions
        if 0 <= index.sentence_number(mention.trigger) - at <= NEAR_SENTENCES
    ]
    return min(near, key=lambda n: n[0])[1] if near else None


def _speaker(match: re.Match[str], sentence: Span, index: Index, mark: Mark) -> ActorLink | None:
    if not match.groupdict().get("who"):
        # Who gives a number does not give the one that he sets it against.
        return None if mark is Mark.AGAINST else named_in(sentence, Span(*match.span("number")), index)
    start, words = match.start("who"), match["who"].rstrip()
    if words.casefold() in _PRONOUNS:
        # "it": the first one that the sentence names, who said what he counted
        before = Span(sentence.start, start + len(words))
        inside = [(s, a.link) for a in index.claims.actors for s in a.spans if before.overlaps(s)]
        return min(inside, key=lambda i: i[0])[1] if inside else None
    return link_of(Span(start, start + len(words)), index)
