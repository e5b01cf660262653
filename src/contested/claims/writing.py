"""How single values are written for people, on the screen and on pages: stances, days, bounds, text made safe."""

from __future__ import annotations

import re

from contested.resources import write_number
from contested.types import Amount, Stance, Status, When

STANCE_SIGNS = {
    Stance.ASSERTS: "✓",
    Stance.CONFIRMS: "✔✔",
    Stance.DENIES: "✗",
    Stance.DOUBTS: "?",
    Stance.ADMITS: "!",
    Stance.DISOWNS: "⊘",
}
STANCE_WORDS = {
    Stance.ASSERTS: "says",
    Stance.CONFIRMS: "confirms",
    Stance.DENIES: "denies",
    Stance.DOUBTS: "doubts",
    Stance.ADMITS: "admits",
    Stance.DISOWNS: "disowns",
}
STATUS_WORDS = {
    Status.ACTUAL: "",
    Status.NEGATED: "said not to have happened",
    Status.FUTURE: "announced, demanded or expected",
    Status.HYPOTHETICAL: "supposed or feared",
}
# What could move the cursor, recolour the screen or turn the reading direction around has no place in a terminal.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

# A spreadsheet runs a cell that starts with one of these as a formula; the full-width signs are read as the plain ones.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Cell = str | int | float | bool | None


def tidy(text: str) -> str:
    """Return text from a report made safe for a terminal, on one line."""
    return _UNSAFE.sub("�", " ".join(text.split()))


def write_when(when: When) -> str:
    """Return days as `2016-07-31`, `2016-07-25 to 2016-07-31`, `from 2016-07-01`; the value if not known."""
    first, last = when.earliest, when.latest
    if first and last:
        return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    if first:
        return f"from {first.isoformat()}"
    if last:
        return f"until {last.isoformat()}"
    return "time not resolved" if when.value == "?" else when.value


def write_bounds(amount: Amount) -> str:
    """Return `15`, `≥15`, `≤20`, `10–12`, or "" when nothing is known."""
    low, high = amount.low, amount.high
    if low is not None and high is not None:
        return write_number(low) if low == high else f"{write_number(low)}–{write_number(high)}"
    if low is not None:
        return f"≥{write_number(low)}"
    return f"≤{write_number(high)}" if high is not None else ""


def safe_cell(value: Cell) -> Cell:
    """Return a cell that no spreadsheet runs as a formula; numbers, negative ones too, stay numbers.

    >>> safe_cell("=1+1"), safe_cell("-12.5"), safe_cell(-3), safe_cell("- five dead")
    ("'=1+1", '-12.5', -3, "'- five dead")
    """
    if not isinstance(value, str) or not value.lstrip(" ").startswith(_STARTS_FORMULA) or _NUMBER.fullmatch(value):
        return value
    return f"'{value}"
