"""How precisely a time is known, in the codes of the two codebooks.

Source: ACLED codebook, `time_precision`: 1 the day, 2 within a week or weekend, 3 within a month; nothing coarser is
coded. UCDP GED codebook, `date_prec`: 1 the day, 2 two to six days, 3 the week, 4 the month (8 to 31 days), 5 longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contested.times.periods import DAYS_IN_WEEK, Period

_LONGEST_MONTH_DAYS = 31


@dataclass(frozen=True, slots=True)
class Precision:
    """Both codes, None where the codebook has none, and why."""

    acled: int | None
    ucdp: int | None
    reason: str


def precision_of(period: Period, published: date | None) -> Precision:
    """Return the codes of a period; one that is still open is coded as running up to the report's day."""
    first, last = period.first, period.last
    if first is None or (last is None and (published is None or published < first)):
        return Precision(
            None, None, "not coded: an end is open" if last or first else "not coded: the days are not known"
        )
    ended = last or published
    if ended is None or ended < first:
        return Precision(None, None, "not coded: an end is open")
    count = (ended - first).days + 1
    length = f"{count} days" if count > 1 else "one day"
    if last is None:
        length += " up to the report"
    if count == 1:
        return Precision(1, 1, f"{length}: ACLED 1, UCDP 1")
    if count <= DAYS_IN_WEEK:
        ucdp = 3 if count == DAYS_IN_WEEK else 2
        return Precision(2, ucdp, f"{length}, within a week: ACLED 2, UCDP {ucdp}")
    if count <= _LONGEST_MONTH_DAYS:
        return Precision(3, 4, f"{length}, within a month: ACLED 3, UCDP 4")
    return Precision(None, 5, f"{length}, more than a month: too coarse for ACLED, UCDP 5")
