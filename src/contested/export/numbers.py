"""One number of several: which accounts' number was taken by which rule, and which lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contested.export.options import KilledRule
from contested.types import Role

if TYPE_CHECKING:
    from contested.export.view import Case

__all__ = ["Chosen", "KilledRule", "choose"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A number of one kind for one incident.

    `low` to `high` is the range of what holds (None: open or not said). `value` is the one number, None under
    `KilledRule.RANGE` and when nobody gives one. `losing`: ids of claims whose number was not taken.
    `origins`: how many independent origins give a number.
    """

    value: int | None
    low: int | None
    high: int | None
    rule: KilledRule
    winning: tuple[str, ...] = ()
    losing: tuple[str, ...] = ()
    origins: int = 0


def choose(case: Case, role: Role, rule: KilledRule) -> Chosen:
    """Return the number of one kind (killed, wounded …) that a rule makes of an incident's accounts."""
    raise NotImplementedError
