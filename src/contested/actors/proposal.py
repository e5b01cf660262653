"""What one mention of an actor says it is. A group takes the proposal of its most telling mention."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from contested.actors.register import Entry
from contested.types import ActorKind


class Telling(IntEnum):
    """How much a mention tells about who an actor is; the order decides which mention of a group speaks for it."""

    NOTHING = 0
    WORDS = 10
    DESCRIPTION = 20
    ORGAN_IN_CONTEXT = 30
    DESCRIPTION_OF_COUNTRY = 40
    OFFICE = 45
    SPEAKER = 48
    STATE = 50
    ORGAN = 60
    NAME = 65
    UNIT = 70
    ORGANISATION = 80
    PERSON_WITH_TITLE = 85
    PERSON = 90


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who a mention says an actor is.

    `kind`, `country` None: it does not say. `country_said`: the words themselves gave the country. `kind_decides`: the
    words settle the kind, whatever the reader says.
    """

    telling: Telling
    name: str
    rule: str
    reason: str
    kind: ActorKind | None = None
    country: str | None = None
    country_said: bool = False
    entry: Entry | None = None
    candidates: tuple[str, ...] = ()
    score: float = 1.0
    kind_decides: bool = False
