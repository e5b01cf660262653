"""Reports for tests of what surrounds the reader: one story, told any number of times."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

STORY = "Troops shelled the market in the old town on Sunday. Nobody was hurt, the mayor of the town said."


def numbered(path: Path, count: int, *, broken: Collection[int] = (), times: int = 1) -> Path:
    """Write `count` reports r0, r1 …, each telling the story `times` times; the lines in `broken` are no JSON."""
    lines = [
        "{broken" if n in broken else _line(f"r{n}", "2016-08-01", f"{STORY} Day {n}." * times) for n in range(count)
    ]
    path.write_text("\n".join(lines))
    return path


def corrected(path: Path, name: str) -> None:
    """Append a new version of the report `name`, of the day after."""
    path.write_text(path.read_text() + "\n" + _line(name, "2016-08-02", f"{STORY} Corrected."))


def _line(name: str, day: str, text: str) -> str:
    return json.dumps({"id": name, "date": day, "text": text})
