"""What a validator finds: a row, a column, its value, and the rule that it breaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One illegal value. `row` counts from 1 without the header; 0 is the file itself, `column` "" the row itself."""

    row: int
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        where = f"row {self.row}" if self.row else "file"
        column = f", {self.column}" if self.column else ""
        return f"{where}{column}: {self.value!r}: {self.rule}"
