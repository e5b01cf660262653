"""What the user says about the input: which columns hold what, and the publication day if known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a run's input. A column that is None is guessed by its name (`columns.toml`).

    `published` is the day the user gives for every report of the run; it goes before any other.
    """

    text_column: str | None = None
    id_column: str | None = None
    date_column: str | None = None
    publisher_column: str | None = None
    url_column: str | None = None
    title_column: str | None = None
    author_column: str | None = None
    published: date | None = None
    publisher: str | None = None
