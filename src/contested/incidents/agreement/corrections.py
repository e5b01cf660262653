"""Numbers that a report sets against another's: corrected, replaced, or such that both cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contested.incidents.agreement.figures import Figure, one_speaker, two_sides
from contested.incidents.agreement.relations import ConflictKind, FieldRelation, Side, Standing
from contested.incidents.populations import UNSAID, is_loose
from contested.incidents.toll import Mark

GREAT_WAR = 100_000.0  # dead; a war that has so many does not grow by LEAP within LEAP_DAYS
LEAP_DAYS = 60
LEAP = 1.3  # times
TWO_FLOORS = 5.0  # times; “over 400” and “at least 30” of two sources of one event are two counts, though both can hold
SAID_TO_HAVE_RISEN = "said-to-have-risen"  # the rule of an update that a report's own words declare
TOTALS_APART = "totals-apart"  # the rule of a conflict of two totals of one war
LOWERED = "taken-back"  # the rule of a conflict with what was said before and is said no more
MOST_TAKEN_BACK = 3.0  # times; a smaller number beside such words is of those who turned up alive
MOST_DISPUTED = 15.0  # … but what two sources say of one event of one report, or words set against each other, is
MOST_APART = 6.0  # times; numbers further apart are not two counts of one thing, in all of the tuning half
ROUNDING = 1.15  # times; “some 80” and 86 may be one count


def rejection(one: list[Figure], two: list[Figure], rejected: Mapping[str, set[float]]) -> FieldRelation | None:
    """Return the conflict of two reports of which one sets its number against the other's, None if neither does."""
    for said, denied in ((one, two), (two, one)):
        found = [f for f in denied if f.size in rejected[said[0].document]]
        if found and all(f.size != said[0].size for f in denied):
            a, b = (said[0], found[0]) if said is one else (found[0], said[0])
            why = f"{said[0].says} and {found[0].says}: one report sets its number against the other's."
            return relation_of(a, b, Standing.CONFLICT, why, ConflictKind.NUMBER, "set-against")
    return None


def replacement(one: list[Figure], two: list[Figure], told: Mapping[str, Sequence[Figure]]) -> FieldRelation | None:
    """Return the update by a report that gives the other's number as what the toll was before, None if it does not."""
    before = {f.size for f in told[two[0].document] if f.toll.mark is Mark.BEFORE}
    old = [f for f in one if f.size in before]
    new = [f for f in two if old and f.size > old[0].size and not f.toll.mark]
    if not new:
        return None
    why = f"The later report says that its number came after the other's: {old[0].says}, then {new[0].says}."
    return relation_of(old[0], new[0], Standing.UPDATE, why, rule=SAID_TO_HAVE_RISEN)


def lowering(one: Sequence[Figure], two: Sequence[Figure]) -> FieldRelation | None:
    """Return the conflict of two reports of which the later takes the earlier number back, None if it does not."""
    stands = [f for f in two if not f.toll.mark]
    if not one or not stands:
        return None
    a, b = (max(told, key=lambda f: f.size) for told in (one, stands))
    counts_one = UNSAID in (a.people, b.people) or a.people == b.people or is_loose(a.people, b.people)
    if not counts_one or not 0 < b.size < a.size or times_apart(a, b) > MOST_TAKEN_BACK or days_between(a, b) < 0:
        return None
    if not b.is_lowered:
        return None
    why = f"{a.says}, then {b.says}: the later report says that the toll was taken back."
    return relation_of(a, b, Standing.CONFLICT, why, ConflictKind.NUMBER, LOWERED)


def are_set_against(a: Figure, b: Figure) -> bool:
    """Whether words set two numbers of two speakers against each other: "rescuers gave a higher toll of nine"."""
    first, second = (a, b) if a.place <= b.place else (b, a)
    across = a.document != b.document and a.differs_from_official != b.differs_from_official
    is_said = across or (a.document == b.document and (second.sets_against or first.is_rejected))
    differ = a.size > 0 and b.size > 0 and a.low != b.low and 1 < times_apart(a, b) <= MOST_DISPUTED
    people = a.people, b.people
    counts_one = UNSAID in people or a.people == b.people or is_loose(*people) or is_loose(*reversed(people))
    are_two = not one_speaker(first.speaker, second.speaker) or any(f.toll.is_set("another") for f in (first, second))
    return is_said and differ and counts_one and are_two


def cannot_both_be(a: Figure, b: Figure) -> bool:
    """Whether two sources' totals of one war exclude each other: the later one is lower, or soon and much higher."""
    is_one = one_speaker(a.speaker, b.speaker) and not a.speaker.is_outlet  # an outlet takes its totals from others
    if is_one or not ROUNDING < times_apart(a, b) <= MOST_APART:
        return False
    if UNSAID not in (a.people, b.people) and a.people != b.people:
        return False
    low, high = sorted((a, b), key=lambda f: f.size)
    days = days_between(low, high)
    return days < 0 or (days <= LEAP_DAYS and low.size >= GREAT_WAR and times_apart(a, b) >= LEAP)


def are_two_floors(a: Figure, b: Figure) -> bool:
    """Whether two sources of one event of one report give least numbers that are far apart."""
    if not two_sides(a.speaker, b.speaker) or a.account != b.account or a.people != b.people:
        return False
    are_open = all(f.amount.high is None and f.amount.low for f in (a, b))
    return are_open and TWO_FLOORS <= times_apart(a, b) <= MOST_DISPUTED


def times_apart(a: Figure, b: Figure) -> float:
    """Return how many times the smaller of two numbers the larger one is."""
    small, large = sorted((a.size, b.size))
    return large / small if small > 0 else float("inf")


def days_between(earlier: Figure, later: Figure) -> int:
    """Return the days between two sayings; 0 where a day is not known."""
    return (later.day - earlier.day).days if earlier.day and later.day else 0


def relation_of(
    a: Figure, b: Figure, standing: Standing, why: str, kind: ConflictKind = ConflictKind.NONE, rule: str = ""
) -> FieldRelation:
    """Return a relation of two numbers, each with its report, its speaker and its evidence."""
    sides = tuple(Side(f.document, f.speaker, f.says, (f.toll.span,)) for f in (a, b))
    return FieldRelation(a.toll.role.value, sides[0], sides[1], standing, why, kind, rule)
