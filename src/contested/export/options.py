"""What is asked of an export: which incidents, which number, and what must not leave the house."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from contested.incidents.selection import Selection

LONGEST_QUOTE = 240  # characters: two or three lines of print, an excerpt in any law of quotation


class KilledRule(StrEnum):
    """How one number is made of several accounts' numbers. Origins are counted, not copies."""

    RANGE = "range"
    LOWEST = "lowest"
    HIGHEST = "highest"
    MEDIAN_OF_ORIGINS = "median-of-origins"
    MAJORITY_OF_ORIGINS = "majority-of-origins"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of an export.

    `embargo`: nothing of this day or later leaves. `round_coordinates`: decimals kept. `code`: this program's version.
    `hxl`: a row of HXL tags under the header, where the format has one. `full_text`: whole reports, not only the
    sentences that something rests on. `date_by_report`: in the forms that need a day, an event whose day is not said
    bears its report's, and says so; otherwise it is left out.
    """

    selection: Selection = field(default_factory=Selection)
    killed_rule: KilledRule = KilledRule.RANGE
    include_names: bool = False
    round_coordinates: int | None = None
    embargo: date | None = None
    longest_quote: int = LONGEST_QUOTE
    full_text: bool = False
    hxl: bool = False
    date_by_report: bool = False
    code: str = ""
