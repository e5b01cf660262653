"""The small patterns of `cues.toml`, by name."""

from __future__ import annotations

import re
from functools import cache

from contested.resources.rules import load_rules


@cache
def cue(name: str) -> re.Pattern[str]:
    """Return one pattern of `cues.toml`."""
    return next(rule.pattern for rule in load_rules("contested.places", "cues.toml") if rule.name == name)
