"""Numbers of one incident across reports: the same, compatible, an update, a conflict, or of different people.

What is called what, and why so carefully: an incident's reports rarely give one number. Most differences are not
contradictions but counts that go on, that count other people, or that another incident left in the same sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from contested import counts
from contested.incidents.account import Account
from contested.incidents.agreement.corrections import (
    MOST_APART,
    MOST_DISPUTED,
    ROUNDING,
    SAID_TO_HAVE_RISEN,
    TOTALS_APART,
    are_set_against,
    are_two_floors,
    cannot_both_be,
    days_between,
    lowering,
    rejection,
    relation_of,
    replacement,
    times_apart,
)
from contested.incidents.agreement.figures import (
    Figure,
    are_two_sources,
    boasts,
    count_one_side,
    figures,
    last_words,
    one_speaker,
    two_parties,
    two_sides,
    two_voices,
)
from contested.incidents.agreement.peoples import of_other_people
from contested.incidents.agreement.relations import ConflictKind, FieldRelation, Standing, leading
from contested.incidents.agreement.statements import without_denied
from contested.incidents.populations import UNSAID, is_armed, is_loose, is_part
from contested.types import Relation, Role

__all__ = ["Figure", "compare_figures", "figures", "relate_tolls"]

MOST_GROWTH = 3.0  # times; a toll that grows more is another incident's, in all of the tuning half
SAID_GROWTH = 10.0  # times, where words say that the toll rose: then only a slip of reading is in the way
SMALL_GROWTH = 10.0  # … but from one dead to ten is said within hours
TWO_COUNTS = 1.5  # times; two armed sides further apart contradict each other, also on two days, and do not count on
UPDATE_DAYS = 60  # counts of one incident are revised for weeks; later numbers are of anniversaries and courts
SAID_DAYS = 365  # … but for as long as a campaign lasts where words say that the toll rose
# Bits of a link between two accounts; below it two of one report are more often two raids of a day than one raid.
TOLD_OF_ONE_BITS = 1.0
FIRM_BITS = 0.0  # … two undated ones of two days more often two days of a front than one
_NO_LINK = -99.0  # bits, below any link
HOURLY_GROWTH = 2.0  # times; what numbers of one day may differ by as the day goes on


def relate_tolls(
    accounts: Sequence[Account], role: Role, links: Mapping[frozenset[str], float] | None = None
) -> Iterator[FieldRelation]:
    """Yield how numbers of one kind stand to each other: within each report, then one relation for each two reports.

    Args:
        accounts: those of one incident.
        role: the kind of number.
        links: the bits of the links between two accounts, by their ids; all are firmly linked if None.
    """
    by_document = figures(without_denied(accounts), role)
    outdated: set[tuple[str, int, str]] = set()  # “from 18 to 22” is one place that gives two numbers
    for document, ours in by_document.items():
        pairs = [(a, b) for a, b in combinations(ours, 2) if _may_be_one(a, b, links) and not _adds_up(a, b, ours)]
        found = [r for a, b in pairs if (r := _within(a, b)) is not None]
        risen = [r.a for r in found if r.standing is Standing.UPDATE]
        outdated |= {(document, span.start, side.says) for side in risen for span in side.spans}
        found = [r for r in found if r.standing is not Standing.CONFLICT or not _is_settled(r, found)]
        for standing in (Standing.UPDATE, Standing.CONFLICT, Standing.DEFINITIONAL):
            yield from [r for r in found if r.standing is standing][:1]
    alive = {
        d: [f for f in ours if (d, f.place, f.says) not in outdated and not f.is_rejected]
        for d, ours in by_document.items()
    }
    rejected = {d: {f.size for f in ours if f.is_rejected} for d, ours in by_document.items()}
    told = sorted((ours for ours in alive.values() if ours), key=_told)
    for one, two in combinations(told, 2):
        corrected = rejection(one, two, rejected) or replacement(one, two, by_document) or lowering(one, two)
        relation = corrected or _across(one, two, links)
        if relation is None:
            continue
        # Reports that only a third one holds together are as surely one as its links (`fields.py`).
        is_firm = links is None or not _NO_LINK < _bits(one, two, links) < FIRM_BITS
        tells = relation.standing in (Standing.CONFLICT, Standing.UPDATE)
        if tells and not is_firm and _may_be_two_days(one[0], two[0]):
            why = f"{relation.why} Neither report says on which day: these may be two incidents."
            relation = replace(relation, standing=Standing.UNKNOWN, kind=ConflictKind.NONE, why=why)
        yield relation


def _may_be_one(a: Figure, b: Figure, links: Mapping[frozenset[str], float] | None) -> bool:
    """Whether two numbers of one report may count one thing: it tells both of one event, or of two surely linked."""
    bits = links.get(frozenset({a.account, b.account}), _NO_LINK) if links is not None else TOLD_OF_ONE_BITS
    return a.account == b.account or bits >= TOLD_OF_ONE_BITS


def _adds_up(a: Figure, b: Figure, ours: Sequence[Figure]) -> bool:
    """Whether another number, told elsewhere, makes the larger of the smaller: 13 dead are these 7 and those 6."""
    if a.toll.mark or b.toll.mark:
        return False  # "risen to 19 from 11, as eight died overnight": the words say how the two stand
    rest = abs(a.size - b.size)
    told = (a.toll.words, b.toll.words)
    return rest > 0 and any(f.size == rest and f.toll.words not in told for f in ours)


def _is_settled(conflict: FieldRelation, found: Sequence[FieldRelation]) -> bool:
    """Whether the report says of the same two numbers which one is newer: then they do not contradict each other."""
    numbers = {conflict.a.says, conflict.b.says}
    return any(r.standing is Standing.UPDATE and {r.a.says, r.b.says} == numbers for r in found)


def _may_be_two_days(one: Figure, two: Figure) -> bool:
    """Whether two reports of two days leave open whether they speak of one: daily news of a front looks like this."""
    if one.is_running and two.is_running:
        return False  # totals of a war: the days of their reports are what they are of
    undated = not (one.is_dated or two.is_dated)
    return undated and one.published != two.published and not (one.has_moved or two.has_moved)


def _bits(one: Sequence[Figure], two: Sequence[Figure], links: Mapping[frozenset[str], float]) -> float:
    """Return the bits of the strongest link between two reports' numbers."""
    pairs = {frozenset({a.account, b.account}) for a in one for b in two}
    return max((links[pair] for pair in pairs if pair in links), default=_NO_LINK)


def _across(one: list[Figure], two: list[Figure], links: Mapping[frozenset[str], float] | None) -> FieldRelation | None:
    """Return how two reports stand: a number both end with settles it, then one speaker's, then what each leads with.

    Each report speaks by the last word of each of its speakers, of the two accounts that are most surely one.
    """
    ours, theirs = (sorted(last_words(told), key=_says_less) for told in (one, two))
    lead, other_lead = _meeting(ours, theirs, links)
    ends = [compare_figures(a, b) for a in ours for b in theirs if a.account == lead or b.account == other_lead]
    same = [r for r in ends if r.standing is Standing.SAME] or [r for r in ends if _is_one_number(r)]
    if same:
        return same[0]
    leads = [compare_figures(a, b) for a in ours if a.account == lead for b in theirs if b.account == other_lead]
    own = [r for r in leads if one_speaker(r.a.speaker, r.b.speaker)]
    # Of several speakers' numbers each report stands by the one that it gives first, of all who died if it gives one.
    first = leads[0] if leads else None
    # The headline's number stands once more in the sentence that says how it came about.
    rises = [r for r in leads if first and r.standing is Standing.UPDATE and _says_the_same(r, first)]
    return leading(own) or (rises[0] if rises else first)


def _says_the_same(a: FieldRelation, b: FieldRelation) -> bool:
    return {a.a.says, a.b.says} == {b.a.says, b.b.says}


def _says_less(figure: Figure) -> bool:
    """Whether a report's number of all its dead goes before this one: of some only, or of people whom it leaves out.

    "19 soldiers were killed. The group has spoken of 57": the second counts soldiers too.
    """
    return figure.counts_some or (figure.people == UNSAID and figure.toll.is_bare)


def _is_one_number(relation: FieldRelation) -> bool:
    """Whether both say one number, the one with "at least"."""
    numbers = {side.says.removeprefix("at least ") for side in (relation.a, relation.b)}
    return relation.standing is Standing.COMPATIBLE and len(numbers) == 1


def _meeting(
    ours: Sequence[Figure], theirs: Sequence[Figure], links: Mapping[frozenset[str], float] | None
) -> tuple[str, str]:
    """Return the account of each report by which the two meet: the two told first if linked, else the most linked two.

    What else a report tells of may be on the side, and equal numbers on the side link strongly.
    """
    first = ours[0].account, theirs[0].account
    if not links or frozenset(first) in links:
        return first
    pairs = [(a.account, b.account) for a in ours for b in theirs]
    best = max(pairs, key=lambda p: links.get(frozenset(p), _NO_LINK))
    return best if frozenset(best) in links else first


def _told(ours: list[Figure]) -> tuple[date, str]:
    return (ours[0].published or date.max, ours[0].document)


def _within(a: Figure, b: Figure) -> FieldRelation | None:
    """Return how two numbers of one report stand, when that is worth saying: an update or a conflict.

    It takes two named speakers for a conflict, the outlet and a source that count the same people of one event, or
    words that set two numbers against each other.
    """
    two_named = two_sides(a.speaker, b.speaker) or boasts(a, b) or boasts(b, a)
    says_so = two_named or any(f.has_moved or f.sets_against for f in (a, b))
    are_totals = a.is_running and b.is_running
    if a.account != b.account and not are_totals and not (_is_plausible_growth(a, b) and says_so):
        return None  # told as two events: the numbers need not be of one thing
    relation = compare_figures(a, b)
    counts_one = a.people == b.people or UNSAID in (a.people, b.people)
    counts_one = counts_one or is_loose(a.people, b.people) or is_loose(b.people, a.people)
    of_one_account = a.account == b.account
    of_one = of_one_account and a.people == b.people and times_apart(a, b) <= MOST_GROWTH
    second = max(a, b, key=lambda f: f.place)
    is_second = of_one_account and second.toll.by_another and counts_one
    two_named = two_named or (is_second and two_voices(a.speaker, b.speaker))
    beside = (of_one or (is_second and times_apart(a, b) <= MOST_GROWTH)) and a.speaker.is_outlet != b.speaker.is_outlet
    of_two = are_totals and not any(f.speaker.is_outlet for f in (a, b)) and not one_speaker(a.speaker, b.speaker)
    may_conflict = two_named or beside or of_two or relation.rule in ("set-against", TOTALS_APART)
    told = (Standing.UPDATE, Standing.DEFINITIONAL, *((Standing.CONFLICT,) if may_conflict else ()))
    return relation if relation.standing in told else None


def compare_figures(a: Figure, b: Figure) -> FieldRelation:
    """Return how two numbers of one kind stand to each other.

    One speaker's higher number supersedes the lower one, in a later report or in the same one; so does anybody's on a
    later day. Two numbers of one day contradict each other, also two outlets' own. Numbers of different people, running
    totals, and dead with wounded differ by definition.
    """
    # Of "the toll has risen to 86" the count's own words say that it adds up, and it does: the dead of one incident.
    amounts = [replace(f.amount, cumulative=f.is_running) for f in (a, b)]
    agreement = counts.compare(amounts[0], amounts[1])
    if agreement.relation is Relation.SAME and a.is_running == b.is_running:
        return relation_of(a, b, Standing.SAME, agreement.reason, rule="same-number")
    if a.is_running != b.is_running and (rise := _rise(a, b)) is not None and rise.b.says == _running(a, b).says:
        return rise  # an affair that goes on: its toll of the first days, then the total
    if a.is_running != b.is_running or a.amount.mixed != b.amount.mixed:
        kind = ConflictKind.POPULATION if agreement.relation is Relation.CONFLICT else ConflictKind.NONE
        return relation_of(a, b, Standing.DEFINITIONAL, _definition(a, b), kind, "counts-differ")
    if are_set_against(a, b):
        why = f"{a.says} and {b.says}: the report sets one against the other."
        return relation_of(a, b, Standing.CONFLICT, why, ConflictKind.NUMBER, "set-against")
    if a.is_running and b.is_running and cannot_both_be(a, b):
        why = f"{a.says} and {b.says}: totals do not fall, and do not leap."
        return relation_of(a, b, Standing.CONFLICT, why, ConflictKind.NUMBER, TOTALS_APART)
    if times_apart(a, b) <= ROUNDING and (a.is_rough or b.is_rough):
        return relation_of(a, b, Standing.COMPATIBLE, f"{a.says}, {b.says}: one of them is rounded.", rule="rounded")
    rise = _rise(a, b)
    if rise is not None:
        return rise
    if are_two_floors(a, b):
        why = f"{a.says} and {b.says}: two sources, and one counts many times what the other does."
        return relation_of(a, b, Standing.CONFLICT, why, ConflictKind.NUMBER, "two-floors")
    if UNSAID not in (a.people, b.people) and a.people != b.people and not count_one_side(a, b):
        more = f"{agreement.reason} More of a part than of the whole cannot be."
        return of_other_people(a, b) or _contradiction(a, b, more)
    if agreement.relation is Relation.CONFLICT:
        return _contradiction(a, b, agreement.reason)
    standing = Standing.COMPATIBLE if agreement.relation is Relation.COMPATIBLE else Standing.UNKNOWN
    return relation_of(a, b, standing, agreement.reason, rule="counts.compare")


def _running(a: Figure, b: Figure) -> Figure:
    return a if a.is_running else b


def _definition(a: Figure, b: Figure) -> str:
    if a.is_running != b.is_running:
        return f"{a.says} and {b.says}: one is a running total over a stretch of time."
    return f"{a.says} and {b.says}: one counts dead and wounded together."


def _contradiction(a: Figure, b: Figure, reason: str) -> FieldRelation:
    """Return a conflict of number, unless the numbers rather tell of two things or two moments."""
    if one_speaker(a.speaker, b.speaker):
        return relation_of(a, b, Standing.UNKNOWN, f"{reason} One speaker gives both.", rule="one-speaker")
    if a.size * b.size == 0 and a.size + b.size > 0:
        return relation_of(a, b, Standing.CONFLICT, reason, ConflictKind.NUMBER, "nobody-or-some")
    parties = two_parties(a.speaker, b.speaker)
    if _nearest_apart(a, b) > (MOST_DISPUTED if parties or are_two_sources(a, b) else MOST_APART):
        return relation_of(a, b, Standing.UNKNOWN, f"{reason} Too far apart to count one thing.", rule="too-far-apart")
    low, high = sorted((a, b), key=lambda f: f.size)
    if _order_is_open(low, high):
        why = f"{reason} Which was said first is not clear: the later report quotes what was said before."
        return relation_of(a, b, Standing.UNKNOWN, why, rule="order-unclear")
    if a.toll.role is Role.WOUNDED and days_between(high, low) > 0:
        why = f"{reason} The later number of wounded is lower: some of them have died or gone home."
        return relation_of(a, b, Standing.UNKNOWN, why, rule="fewer-wounded-later")
    return relation_of(a, b, Standing.CONFLICT, reason, ConflictKind.NUMBER, "no-shared-number")


def _rise(a: Figure, b: Figure) -> FieldRelation | None:
    """Return an update, the superseded number first, or None."""
    if a.is_rejected or b.is_rejected:
        return None  # a correction downward is no newer number
    if a.size == b.size or None in (a.amount.low or a.amount.high, b.amount.low or b.amount.high):
        return None
    low, high = sorted((a, b), key=lambda f: f.size)
    days = days_between(low, high)
    if _order_is_open(low, high) or not _is_plausible_growth(low, high) or not _may_grow(low, high, days):
        return None
    if a.document == b.document:
        return _rise_within(low, high, days)
    if days < 0 or (not high.is_running and days > (SAID_DAYS if high.says_newer else UPDATE_DAYS)):
        return None
    if one_speaker(a.speaker, b.speaker):
        why = f"{high.speaker.name} gives a higher number than before: {low.says}, then {high.says}."
        rule = SAID_TO_HAVE_RISEN if high.says_newer else "same-speaker-later-higher"
        return relation_of(low, high, Standing.UPDATE, why, rule=rule)
    if two_parties(low.speaker, high.speaker) and times_apart(low, high) > TWO_COUNTS:
        return None
    return _rise_with_time(low, high, days)


def _order_is_open(low: Figure, high: Figure) -> bool:
    """Whether the later of two reports gives the lower number, as one that was said before the higher one."""
    if low.published is None or high.published is None or one_speaker(low.speaker, high.speaker):
        return False
    return days_between(low, high) > 0 and high.published < low.published


def _may_grow(low: Figure, high: Figure, days: int) -> bool:
    """Whether the people of a lower number can have become those of a higher one.

    Civilians among the dead are no newer number of the dead. But the next day's report may say “people” where the first
    said “civilians”, and more civilians than there were dead are of a newer count.
    """
    if UNSAID in (low.people, high.people) or low.people == high.people:
        return True
    if count_one_side(low, high) and low.document != high.document:
        return True
    if low.document == high.document or days <= 0 or low.counts_things:
        return False
    return is_loose(low.people, high.people) or (is_part(high.people, low.people) and not is_armed(high.people))


def _rise_with_time(low: Figure, high: Figure, days: int) -> FieldRelation | None:
    apart = two_parties(low.speaker, high.speaker) if days > 0 else two_sides(low.speaker, high.speaker)
    if high.says_newer and not apart:
        why = f"The higher number is said to be the newer one: {low.says}, then {high.says}."
        return relation_of(low, high, Standing.UPDATE, why, rule=SAID_TO_HAVE_RISEN)
    if days > 0:
        after = "1 day" if days == 1 else f"{days} days"
        why = f"The number rises with the days: {low.says}, {after} later {high.says}."
        return relation_of(low, high, Standing.UPDATE, why, rule="later-higher")
    contradicts = counts.compare(low.amount, high.amount).relation is Relation.CONFLICT
    both_named = low.speaker.link is not None and high.speaker.link is not None
    one_side = both_named and not two_sides(low.speaker, high.speaker)
    if one_side and contradicts and times_apart(low, high) <= HOURLY_GROWTH:
        why = f"Numbers of one day rise by the hour, and the two who give them may be one: {low.says}, {high.says}."
        return relation_of(low, high, Standing.UPDATE, why, rule="same-day-higher")
    return None


def _rise_within(low: Figure, high: Figure, days: int) -> FieldRelation | None:
    """One report has both: only its words or days say which is newer; numbers set against each other stay two."""
    newer = low.says_older or (high.says_newer and not high.says_older)
    apart = two_sides(low.speaker, high.speaker)
    if days < 0 or (apart and not newer) or (two_parties(low.speaker, high.speaker) and not low.toll.mark):
        return None
    if days == 0 and not (newer or low.says_newer):
        return None
    in_one_sentence = low.toll.words == high.toll.words
    if days == 0 and not low.says_older and low.place > high.place and not in_one_sentence:
        return (
            None  # a smaller number told after "rose to": another place's or moment's, unless words call it the older
        )
    if in_one_sentence and low.account != high.account and not low.says_older:
        return None  # "12 died, bringing the number of the day to 45": the 12 are a part
    why = f"{high.speaker.name} gives a higher number than before: {low.says}, then {high.says}."
    return relation_of(low, high, Standing.UPDATE, why, rule="says-which-is-newer")


def _is_plausible_growth(a: Figure, b: Figure) -> bool:
    low, high = sorted((a, b), key=lambda f: f.size)
    most = SAID_GROWTH if high.says_newer or low.says_older else MOST_GROWTH
    return high.size <= max(most * low.size, low.size + SMALL_GROWTH)


def _nearest_apart(a: Figure, b: Figure) -> float:
    """Return how many times the most of the smaller number the least of the larger one is."""
    low, high = sorted((a, b), key=lambda f: f.size)
    least = high.amount.low if high.amount.low is not None else high.size
    return least / low.size if low.size > 0 else float("inf")
