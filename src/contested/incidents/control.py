"""Who is said to hold, take, lose or besiege which place: statements with their days, and what they leave open.

Nothing is interpolated. A statement holds for the days that it names; between statements there are gaps, and they are
shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from contested import places
from contested.claims import ASSERTING
from contested.incidents.account import Account, Saying
from contested.incidents.sides import relate_actors
from contested.incidents.toll import Speaker
from contested.types import ActorLink, EventType, PlaceLevel, PlaceLink, Relation, Span, Stance, Status


class ControlKind(StrEnum):
    """What is said to happen to a place."""

    HOLDS = "holds"
    TAKES = "takes"
    LOSES = "loses"
    BESIEGES = "besieges"


class ControlStatus(StrEnum):
    """How a statement stands: said by the holder's side, by another, denied by somebody, or against a second holder."""

    CLAIMED = "claimed"
    REPORTED = "reported"
    DENIED = "denied"
    CONTESTED = "contested"


_KINDS = {
    EventType.HOLD: ControlKind.HOLDS,
    EventType.TAKE_CONTROL: ControlKind.TAKES,
    EventType.WITHDRAW: ControlKind.LOSES,
    EventType.SIEGE: ControlKind.BESIEGES,
}
ONE_HOLDER_KM = 5.0  # radius up to which a place is a base, a village, a quarter: held by one or fought over
CELL_DEGREES = 0.2  # about 20 km: two names for one spot lie in one cell or in neighbours
# The last words of a relation that the place's name follows: "north of Homs", "eastern Aleppo".
_GOVERNS_NAME = (" of", "near", "outside", "around", "north", "south", "east", "west", "ern", "central", "in", "from")
_WIDE = (PlaceLevel.COUNTRY, PlaceLevel.REGION, PlaceLevel.ADM1, PlaceLevel.WATER)
_HOLDING = (ControlKind.HOLDS, ControlKind.TAKES)


@dataclass(frozen=True, slots=True)
class ControlClaim:
    """One statement about control, with who makes it.

    `first`, `last`: the days it speaks of, None where it does not say; `is_start`: a taking begins something on them.
    `day_rule` tells whether the days are the statement's own or, for a present state, the day of its report.
    """

    account: str
    document: str
    place: PlaceLink
    holder: ActorLink
    kind: ControlKind
    status: ControlStatus
    claimant: Speaker
    stance: Stance
    quote: str
    spans: tuple[Span, ...]
    first: date | None
    last: date | None
    day_rule: str
    published: date | None
    why: str = ""

    @property
    def is_start(self) -> bool:
        """Whether control begins with it."""
        return self.kind is ControlKind.TAKES


@dataclass(frozen=True, slots=True)
class Gap:
    """Days about which nobody says anything, between two statements or after the last one."""

    first: date
    last: date


def control_claims(accounts: Iterable[Account], place: str = "", known_on: date | None = None) -> list[ControlClaim]:
    """Return what is said about control, by place and day.

    Args:
        accounts: of any number of reports.
        place: only places called so; all if empty.
        known_on: only what reports said up to this day.
    """
    found = [
        claim
        for account in accounts
        if account.type in _KINDS and account.status in (Status.ACTUAL, Status.NEGATED)
        if known_on is None or (account.published is not None and account.published <= known_on)
        for claim in _claims_of(account, place.casefold())
    ]
    found = list({_said(claim): claim for claim in reversed(found)}.values())[::-1]
    nearby = _by_cell(found)
    marked = [_mark(claim, nearby.get(cell, ())) for claim in found for cell in [_cells(claim.place)[0]]]
    return sorted(
        marked, key=lambda c: (c.place.name.casefold(), c.first or c.published or date.max, c.document, c.account)
    )


def as_of(claims: Sequence[ControlClaim], day: date) -> list[ControlClaim]:
    """Return the statements that speak of a day: their own days hold it. What came before is not carried forward."""
    return [c for c in claims if c.first is not None and c.first <= day <= (c.last or c.first)]


def last_before(claims: Sequence[ControlClaim], day: date) -> list[ControlClaim]:
    """Return the latest statements before a day, for each place: the last that was said, which may no longer hold."""
    before = [c for c in claims if c.first is not None and (c.last or c.first) < day]
    latest: dict[str, date] = {}
    for claim in before:
        end = claim.last or claim.first or day
        latest[claim.place.name] = max(latest.get(claim.place.name, date.min), end)
    return [c for c in before if (c.last or c.first) == latest[c.place.name]]


def gaps(claims: Sequence[ControlClaim], until: date | None = None) -> Iterator[Gap]:
    """Yield the days between the statements on one place that none of them speaks of; up to `until` if given."""
    days = sorted((c.first, c.last or c.first) for c in claims if c.first is not None)
    reached: date | None = None
    for first, last in days:
        if reached is not None and first - reached > timedelta(days=1):
            yield Gap(reached + timedelta(days=1), first - timedelta(days=1))
        reached = max(reached or last, last)
    if reached is not None and until is not None and until > reached:
        yield Gap(reached + timedelta(days=1), until)


def _claims_of(account: Account, place: str) -> Iterator[ControlClaim]:
    first, last, rule = _days(account, _KINDS[account.type])
    # Who withdraws loses a place; who drives others out of it does not, the others do.
    driven_out = account.type is EventType.WITHDRAW and account.targets
    for link in _held(account):
        if place and not _is_called(link, place, account):
            continue
        for holder in account.targets if driven_out else account.doers:
            for saying in account.sayings:
                if saying.stance not in ASSERTING and any(s.stance in ASSERTING for s in account.sayings):
                    continue  # a denial marks the statement it speaks against, see `_status`
                status, why = _status(account, holder, saying)
                yield ControlClaim(
                    account.id,
                    account.document,
                    _named(link),
                    holder,
                    _kind(account, holder),
                    status,
                    saying.speaker,
                    saying.stance,
                    saying.quote,
                    saying.spans,
                    first,
                    last,
                    rule,
                    account.published,
                    why,
                )


def _kind(account: Account, holder: ActorLink) -> ControlKind:
    """Return what is said to happen to a holder's control: "lost the town to the rebels" is a loss and a taking."""
    if account.type in (EventType.TAKE_CONTROL, EventType.WITHDRAW):
        if holder in account.holding.gainers:
            return ControlKind.TAKES
        if holder in account.holding.losers:
            return ControlKind.LOSES
    return _KINDS[account.type]


def _held(account: Account) -> tuple[PlaceLink, ...]:
    """Return the places that are held: those that it was done to, else where it happened, a thing there by its name.

    Where a part of a town is said to be held ("three streets in Toretsk"), the town is not.
    """
    held = account.holding
    if not held.places and held.things:
        return tuple(replace(link, relation=" and ".join(held.things)) for link in account.places[:1])
    places = held.places or account.places
    parts = {link.chosen.id for link in places if link.relation and link.chosen}
    return tuple(p for p in places if p in held.places or p.relation or p.chosen is None or p.chosen.id not in parts)


def _named(link: PlaceLink) -> PlaceLink:
    """Return a place by what is said of it: "the airport, Goma", "north of Toretsk"; a part is not the whole."""
    relation = link.relation
    if not relation:
        return link
    if relation.endswith(_GOVERNS_NAME):
        return replace(link, name=f"{relation} {link.name}")
    return replace(link, name=f"{relation}, {link.name}")


def _said(claim: ControlClaim) -> tuple[object, ...]:
    """Return what makes two statements one: a report that tells of a siege in one sentence twice has said it once."""
    days = claim.first, claim.last
    return claim.document, claim.place, claim.holder, claim.kind, claim.claimant, claim.stance, claim.quote, days


def _is_called(link: PlaceLink, name: str, account: Account) -> bool:
    """Whether a place is called so by the gazetteer, or by its report: “Krasny Liman” for Lyman."""
    if link.name.casefold() == name:
        return True
    return link.level not in _WIDE and name in (words.casefold() for words in account.place_words)


def _days(account: Account, kind: ControlKind) -> tuple[date | None, date | None, str]:
    when = account.when
    if when is not None and when.is_known:
        return when.earliest or when.latest, when.latest or _open_end(account), "own days"
    if kind in (ControlKind.HOLDS, ControlKind.BESIEGES) and account.published:
        return account.published, account.published, "a state as its report's day has it"
    return None, None, "no day is said"


def _open_end(account: Account) -> date | None:
    """“Since 17 July” speaks of every day up to its report, and of none after it."""
    first = account.when.earliest if account.when else None
    if first is None or account.published is None or account.published < first:
        return first
    return account.published


def _status(account: Account, holder: ActorLink, saying: Saying) -> tuple[ControlStatus, str]:
    against = [s for s in account.sayings if s.stance in (Stance.DENIES, Stance.DOUBTS)]
    if (
        account.status is Status.NEGATED
        or saying.stance not in ASSERTING
        or any(s.stance is Stance.DENIES for s in against)
    ):
        who = against[0].speaker.name if against else saying.speaker.name
        return ControlStatus.DENIED, f"denied by {who}"
    own_side = saying.speaker.link is not None and relate_actors((holder,), (saying.speaker.link,)) in (
        "same",
        "compatible",
    )
    if own_side:
        return ControlStatus.CLAIMED, "said by the holder's own side alone"
    return ControlStatus.REPORTED, "doubted by " + against[0].speaker.name if against else ""


def _by_cell(claims: Sequence[ControlClaim]) -> dict[tuple[object, ...], list[ControlClaim]]:
    """Return the statements that can be about a spot of each map cell, so that not every two are compared."""
    found: dict[tuple[object, ...], list[ControlClaim]] = {}
    for claim in claims:
        for cell in _cells(claim.place):
            found.setdefault(cell, []).append(claim)
    return found


def _cells(place: PlaceLink) -> list[tuple[object, ...]]:
    """Return a place's own cell, then those around it; a place without a point has its name."""
    if place.lat is None or place.lon is None:
        return [(place.name.casefold(),)]
    row, column = int(place.lat // CELL_DEGREES), int(place.lon // CELL_DEGREES)
    around = [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    return [(row, column), *around]


def _mark(claim: ControlClaim, every: Sequence[ControlClaim]) -> ControlClaim:
    """Return a statement as contested when another holder is said to have the place on one of its days."""
    if claim.kind not in _HOLDING or claim.status is ControlStatus.DENIED or claim.first is None:
        return claim
    for other in every:
        if other.kind not in _HOLDING or other.status is ControlStatus.DENIED or other.first is None:
            continue
        if claim.place.relation or other.place.relation or (claim.place.radius_km or 0.0) > ONE_HOLDER_KM:
            continue  # a city's east and west, or a province, can have two holders at once
        if claim.first > (other.last or other.first) or other.first > (claim.last or claim.first):
            continue
        if relate_actors((claim.holder,), (other.holder,)) != "differ":
            continue
        if places.compare(claim.place, other.place).relation is Relation.SAME:
            return _contested(claim, other)
    return claim


def _contested(claim: ControlClaim, other: ControlClaim) -> ControlClaim:
    why = f"{other.claimant.name} says that {other.holder.name} {other.kind.value} it"
    return replace(claim, status=ControlStatus.CONTESTED, why=why)
