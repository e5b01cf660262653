"""The room's files, read once: rules by file, the small words between numbers by name, word lists."""

from __future__ import annotations

import re
from functools import cache

from contested.resources import Rule, load_rules
from contested.resources.tables import load_table

_ROOM = "contested.counts"


@cache
def rules(filename: str) -> tuple[Rule, ...]:
    """Return the rules of one of the room's files."""
    return load_rules(_ROOM, filename)


@cache
def grammar(name: str) -> re.Pattern[str]:
    """Return the pattern of `grammar.toml` that has this name."""
    return next(rule.pattern for rule in rules("grammar.toml") if rule.name == name)


@cache
def words(filename: str) -> frozenset[str]:
    """Return the words of one of the room's lists."""
    return frozenset(row[0] for row in load_table(_ROOM, filename, ("word",)))


@cache
def fewest_meant() -> dict[str, float]:
    """Return what vague words are at the fewest, for comparing only."""
    return {word: float(fewest) for word, fewest in load_table(_ROOM, "vague_meanings.tsv", ("word", "fewest"))}
