"""The numbers of an incident: who gives them, whom they count, on which day they were said, and which of them hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from contested.incidents.account import Account
from contested.incidents.linking.affairs import affairs_of
from contested.incidents.populations import (
    EVERYBODY,
    UNSAID,
    is_armed,
    is_loose,
    is_part,
    people_of,
    serve_one_state,
    serves_state,
)
from contested.incidents.sides import ARMED, STATE, one_side, relate_actors
from contested.incidents.toll import Mark, Speaker, Toll
from contested.resources import write_number
from contested.resources.rules import load_rules
from contested.types import ActorKind, ActorLink, Amount, Role

_A_SOURCE = re.compile(r"(?i)\bsources?$")
_STATE_MEDIA = ":state_"  # in the register's ids of "state television", "state media" and the like
_OF_THINGS = frozenset({Role.DESTROYED, Role.AFFECTED})  # counted by the thing, not by the people


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of an incident, who gives it, and when that came out; `place` orders figures of one report.

    `opening`: how its report opens, where it opens with what it counts; `is_dated`: the report says when that was;
    `is_from_afar`: it was a strike from afar, whose dead are of the side that was struck; `by_state`: a state's men did
    it, others did, or it is not known.
    """

    document: str
    published: date | None
    account: str
    place: int
    toll: Toll
    opening: str = ""
    is_dated: bool = True
    is_from_afar: bool = False
    by_state: bool | None = None

    @property
    def leads(self) -> bool:
        """Whether its report opens with what it counts."""
        return bool(self.opening)

    @property
    def amount(self) -> Amount:
        """The number."""
        return self.toll.amount

    @property
    def speaker(self) -> Speaker:
        """Who gives it."""
        return self.toll.speaker

    @property
    def day(self) -> date | None:
        """The day it was said: the speaker's where the report gives one, else the report's."""
        if self.toll.said is None or (self.published is not None and self.toll.said > self.published):
            return self.published
        return self.toll.said

    @property
    def people(self) -> str:
        """Whom or what it counts; "" when its words do not say."""
        of_whom = self.toll.amount.of_whom
        if self.counts_things:
            return of_whom.casefold().split()[-1] if of_whom else UNSAID  # the head noun: tanks are not vehicles
        return UNSAID if self._counts_mostly(of_whom) else people_of(of_whom)

    def _counts_mostly(self, of_whom: str) -> bool:
        """Whether its noun only says who most of those counted were: “32 dead, most of them pupils”."""
        words = self.toll.words.casefold()
        rules = load_rules("contested.incidents.agreement", "mostly.toml")
        after = (words[match.end() :] for rule in rules for match in rule.pattern.finditer(words))
        return bool(of_whom) and any(rest.startswith(of_whom.casefold()) for rest in after)

    @property
    def counts_some(self) -> bool:
        """Whether its words count only some of those who were there: children, staff, fighters."""
        return self.people not in (UNSAID, EVERYBODY) and not is_loose(self.people, EVERYBODY)

    @property
    def counts_things(self) -> bool:
        """Whether it counts things rather than people."""
        return self.toll.role in _OF_THINGS

    @property
    def size(self) -> float:
        """The largest number it names; -1 when it names none."""
        known = [n for n in (self.amount.low, self.amount.high) if n is not None]
        return max(known) if known else -1.0

    @property
    def is_running(self) -> bool:
        """Whether it is a running total over a war or a stretch of time, not the toll of one incident."""
        return self.toll.running

    @property
    def is_rough(self) -> bool:
        """Whether its words round it: “some 80”, “about 80”."""
        return _matches("rough.toml", self.amount.hedge)

    @property
    def low(self) -> float:
        """The least that it names; 0 when it names no least."""
        return self.amount.low or 0.0

    @property
    def sets_against(self) -> bool:
        """Whether its sentence sets it against a number told before."""
        return self.toll.sets_against

    @property
    def is_rejected(self) -> bool:
        """Whether its report sets another number against it: it is not what this report says."""
        return self.toll.mark is Mark.AGAINST

    @property
    def differs_from_official(self) -> bool:
        """Whether its sentence sets it against what an authority says, in whatever report."""
        return self.toll.is_set("official")

    @property
    def is_lowered(self) -> bool:
        """Whether its sentence, or how its report opens, says that a toll was taken back."""
        return _matches("lowered.toml", self.toll.words) or _matches("lowered.toml", self.opening)

    @property
    def says_newer(self) -> bool:
        """Whether its sentence says that the toll has come to this number."""
        return self.toll.is_newer

    @property
    def says_older(self) -> bool:
        """Whether its sentence speaks of a toll of before."""
        return self.toll.is_outdated

    @property
    def has_moved(self) -> bool:
        """Whether its sentence says that a toll moved, up to this number or on from it."""
        return self.toll.has_moved

    @property
    def says(self) -> str:
        """The number in words: `12`, `10 to 12`, `at least 10`."""
        low, high = self.amount.low, self.amount.high
        if low is not None and high is not None:
            return write_number(low) if low == high else f"{write_number(low)} to {write_number(high)}"
        if low is not None:
            return f"at least {write_number(low)}"
        return f"at most {write_number(high)}" if high is not None else self.amount.vague or "a number not said"


def count_one_side(a: Figure, b: Figure) -> bool:
    """Return whether two numbers of the armed are of one side: police and soldiers, or all whom a strike hit."""
    if serve_one_state(a.people, b.people):
        return True
    return is_armed(a.people) and is_armed(b.people) and a.is_from_afar and b.is_from_afar


def figures(accounts: Sequence[Account], role: Role) -> dict[str, list[Figure]]:
    """Return the numbers of one kind by report, in text order.

    Left out are numbers that are part of a larger one, and running totals where a report also gives the incident's own.
    """
    found: dict[str, list[Figure]] = {}
    for account in accounts:
        for toll in account.totals(role):
            found.setdefault(account.document, []).append(
                Figure(
                    account.document,
                    account.published,
                    account.id,
                    toll.span.start,
                    toll,
                    account.lead,
                    account.when is not None and account.when.is_known,
                    affairs_of(account.type) == ("strike",),
                    _by_state(account),
                )
            )
    return {d: _with_bounds(_of_the_incident(sorted(ours, key=lambda f: f.place))) for d, ours in found.items()}


def _by_state(account: Account) -> bool | None:
    states = {d.kind in STATE for d in account.doers if d.kind in ARMED}
    return states.pop() if len(states) == 1 else None


def _with_bounds(ours: list[Figure]) -> list[Figure]:
    """Of one number that is given bare and then with "at least", "at least" is meant: headlines leave it out."""
    bounded = [f for f in ours if f.amount.high is None and f.amount.low is not None]
    return [_opened(f) if any(_is_meant(f, b) for b in bounded) else f for f in ours]


def _is_meant(bare: Figure, bounded: Figure) -> bool:
    is_one_number = bare.amount.low == bare.amount.high == bounded.amount.low
    return is_one_number and (bare.place < bounded.place or one_speaker(bare.speaker, bounded.speaker))


def _opened(figure: Figure) -> Figure:
    return replace(figure, toll=replace(figure.toll, amount=replace(figure.amount, high=None)))


def _of_the_incident(ours: list[Figure]) -> list[Figure]:
    return [f for f in ours if not f.is_running] or ours


def last_words(ours: Sequence[Figure]) -> list[Figure]:
    """Return each speaker's number that holds at the end of a report: of one people and account, the highest.

    Left out beside a number: words that state none ("dozens"), a part of the people ("27 children" beside "80 people"),
    and a smaller number of the same people that nobody known stands behind, for it is a part, or of another moment.
    """
    held: dict[tuple[str, str, str], Figure] = {}
    for figure in ours:
        key = (figure.speaker.key or str(figure.place), figure.people, figure.account)
        if key not in held or figure.size >= held[key].size:
            held[key] = figure
    return [f for f in held.values() if not any(_overshadows(g, f) for g in held.values())]


def _overshadows(larger: Figure, smaller: Figure) -> bool:
    if smaller.size < 0:
        return larger.size >= 0  # "dozens" beside a number
    if larger.is_running and smaller.is_running:
        return False  # two sources' totals of one war, neither a part of the other
    is_inside = is_part(smaller.people, larger.people) and smaller.people != larger.people
    if (
        larger.size > smaller.size
        and is_inside
        and not (is_loose(smaller.people, larger.people) or is_armed(smaller.people))
    ):
        return True  # the children among the dead, whoever counts them: the report's number is that of all
    if smaller.speaker.is_known:
        return False
    of_one_people = UNSAID in (larger.people, smaller.people) or is_part(smaller.people, larger.people)
    return larger.size > smaller.size and of_one_people


def one_speaker(a: Speaker, b: Speaker) -> bool:
    """Return whether two speakers are known to be one."""
    return bool(a.key) and a.key == b.key


def two_sides(a: Speaker, b: Speaker) -> bool:
    """Return whether both are named and cannot be one: a commander and his group's command room can.

    Who speaks for a body is one with it.
    """
    if a.link is None or b.link is None or one_speaker(a, b) or _are_state_media(a.link, b.link):
        return False
    if any(_relays(*pair) or _speaks_for(*pair) for pair in ((a.link, b.link), (b.link, a.link))):
        return False
    return relate_actors((a.body or a.link,), (b.body or b.link,)) not in ("same", "compatible")


def two_voices(a: Speaker, b: Speaker) -> bool:
    """Return whether one report quotes two by other words: "a businessman", "a hospital worker" need not be one."""
    if a.link is None or b.link is None or one_speaker(a, b):
        return False
    if any(_relays(*pair) or _speaks_for(*pair) for pair in ((a.link, b.link), (b.link, a.link))):
        return False
    one, two = a.link.name.casefold(), b.link.name.casefold()
    return one not in two and two not in one


def two_parties(a: Speaker, b: Speaker) -> bool:
    """Return whether two sides of a fight speak: what the one says later is no newer count of the other's."""
    if a.link is None or b.link is None or not {a.link.kind, b.link.kind} <= ARMED:
        return False
    return two_sides(a, b) and not one_side(a.link, b.link)


def are_two_sources(a: Figure, b: Figure) -> bool:
    """Return whether one report tells both of one event, by two who cannot be one."""
    if a.account != b.account:
        return False
    is_second = max(a, b, key=lambda f: f.place).toll.by_another and two_voices(a.speaker, b.speaker)
    return is_second or two_sides(a.speaker, b.speaker) or boasts(a, b) or boasts(b, a)


def boasts(own: Figure, other: Figure) -> bool:
    """Return whether one is what an armed group says it killed of soldiers or police, the other the outlet's."""
    link = own.speaker.link
    is_group = link is not None and link.kind in ARMED - STATE
    return is_group and serves_state(own.people) and other.speaker.is_outlet and own.account == other.account


def _relays(medium: ActorLink, source: ActorLink) -> bool:
    """Whether a medium may only pass on what a nameless source told it: "a source at the police told the agency"."""
    return medium.kind is ActorKind.MEDIA and source.entry is None and bool(_A_SOURCE.search(source.name))


def _speaks_for(medium: ActorLink, state: ActorLink) -> bool:
    """Whether a medium is the state's own, and the other its government: the one says what the other gives out."""
    is_state = medium.kind is ActorKind.MEDIA and _STATE_MEDIA in (medium.entry or "")
    return is_state and state.kind is ActorKind.GOVERNMENT and bool(state.country) and medium.country == state.country


def _are_state_media(a: ActorLink, b: ActorLink) -> bool:
    """Whether two media are a state's television and its other media: they speak with one voice."""
    is_state = any(_STATE_MEDIA in (link.entry or "") for link in (a, b))
    return is_state and a.kind is b.kind is ActorKind.MEDIA and bool(a.country) and a.country == b.country


def _matches(file: str, words: str) -> bool:
    """Whether a rule of a file finds something."""
    rules = load_rules("contested.incidents.agreement", file)
    return bool(words) and any(r.pattern.search(words) for r in rules)
