"""Numbers of an event, who gives each, and what its words say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from contested.resources.rules import Rule, load_rules
from contested.types import ActorLink, Amount, Role, Span

WAR_DEAD = (
    1000.0  # so many are of a war or a campaign, unless a report says on which day; fewer are often of an unnamed event
)
DAY_DEAD = 5000.0  # … and so many also where it says a day: no one incident of the gold parts has as many


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something, known across reports. `link` None: a source that nobody names, or the outlet itself.

    `body`: whom a person speaks for, where the report calls him a spokesman.
    """

    name: str
    link: ActorLink | None = None
    is_outlet: bool = False
    body: ActorLink | None = None

    @property
    def is_named(self) -> bool:
        """Whether the report names somebody other than itself."""
        return self.link is not None

    @property
    def is_known(self) -> bool:
        """Whether the register knows who speaks."""
        return self.link is not None and self.link.entry is not None

    @property
    def key(self) -> str:
        """What tells this speaker from others: the register's entry, else the name; "" when nobody is named."""
        if self.is_outlet:
            return f"outlet:{self.name.casefold()}"
        if self.link is None:
            return ""
        return self.link.entry or f"{self.link.name.casefold()}:{self.link.country or ''}"


class Mark(StrEnum):
    """How a number stands to the one told beside it, where the words right around it say so."""

    NONE = ""
    BEFORE = "before"  # the other took its place: "raised from 12 to 16"
    AGAINST = "against"  # the other is set against it: "13 had been killed, not 21"


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of one kind (killed, wounded …) as one speaker gives it; `words` is the sentence it stands in.

    `said` is the day on which the speaker said it, where the report gives one ("said on Tuesday"); else None.
    `running`: it adds up a war, a campaign or months, and is no number of one event. `mark`: how it stands to the
    number beside it. `is_bare`: its sentence names no event, and what was told before says whom it counts.
    `by_another`: it stands in the clause of another voice than the number before it (`second_counts.py`).
    """

    role: Role
    amount: Amount
    span: Span
    speaker: Speaker
    part: bool = False
    words: str = ""
    said: date | None = None
    running: bool = False
    mark: Mark = Mark.NONE
    is_bare: bool = False
    by_another: bool = False

    def marked(self, mark: Mark) -> Toll:
        """Return it with how it stands to the number beside it: what that one took the place of is no part of it."""
        return replace(self, mark=mark, part=self.part and mark is Mark.NONE)

    @property
    def has_moved(self) -> bool:
        """Whether its sentence says that a toll moved, or was another before (`rises.toml`)."""
        return bool(self.words) and _finds("rises.toml", self.words)

    @property
    def is_newer(self) -> bool:
        """Whether its sentence says that the toll has come to this number."""
        if self.mark is not Mark.NONE:
            return False
        return bool(self.words) and any(r.pattern.search(self.words) for r in _rises(older=False))

    @property
    def sets_against(self) -> bool:
        """Whether its sentence sets it against a number told before (`set_against.toml`)."""
        return self.mark is Mark.AGAINST or (bool(self.words) and _finds("set_against.toml", self.words))

    def is_set(self, mark: str) -> bool:
        """Whether it is set against one of a certain kind: "official", or "another" who speaks."""
        if self.mark is Mark.AGAINST and mark == "another":
            return True
        rules = load_rules("contested.incidents", "set_against.toml")
        return bool(self.words) and any(r.pattern.search(self.words) for r in rules if mark in r.fields)

    @property
    def is_outdated(self) -> bool:
        """Whether its sentence speaks of a toll of before."""
        if self.mark is not Mark.NONE:
            return self.mark is Mark.BEFORE
        return bool(self.words) and any(r.pattern.search(self.words) for r in _rises(older=True))


def _rises(*, older: bool) -> list[Rule]:
    return [r for r in load_rules("contested.incidents", "rises.toml") if ("older" in r.fields) is older]


def _finds(file: str, words: str) -> bool:
    return any(rule.pattern.search(words) for rule in load_rules("contested.incidents", file))
