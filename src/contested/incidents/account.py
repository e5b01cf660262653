"""One event as one report tells it: what linking and comparing across reports need, with the spans behind it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from contested.incidents.holdings import NOTHING_HELD, Holding
from contested.incidents.toll import Speaker, Toll
from contested.types import ActorLink, EventType, PlaceLink, Role, Span, Stance, Status, When

_ID_BYTES = 6  # 48 bits: among a million accounts two share an id with a chance of 0.2 %


@dataclass(frozen=True, slots=True)
class Saying:
    """A speaker's stance on the event; `spans` are the words it rests on, the speaker's own words first.

    `of_part`: only a part or a circumstance of it is denied, such as that it killed civilians.
    """

    stance: Stance
    speaker: Speaker
    quote: str
    spans: tuple[Span, ...]
    of_part: bool = False


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
    adds up a war or a campaign; its numbers are running totals. `is_aside`: `event` is only what its numbers stand
    beside, which has an account of its own, or empty where the report tells of none: running totals, or the dead of an
    event that the report does not name. `holding`: what it is done to, and who loses that.
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
    holding: Holding = NOTHING_HELD

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


def account_id(document: str, trigger: Span) -> str:
    """Return the lasting id of an event's telling."""
    key = f"{document}\x00{trigger.start}\x00{trigger.end}".encode("utf-8", "surrogatepass")
    return "i" + hashlib.blake2b(key, digest_size=_ID_BYTES).hexdigest()
