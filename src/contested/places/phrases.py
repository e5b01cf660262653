"""What the words around a name do to it: "12 km north of Homs", "Aleppo's eastern districts", "between A and B"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from contested.places.cues import cue
from contested.resources.rules import Rule, load_rules
from contested.types import PlaceLevel

KM_PER_MILE = 1.609


class Effect(StrEnum):
    """What a phrase does to the point of the place it names."""

    NAMED = "named"  # the place itself
    PART = "part"  # a side of it
    AROUND = "around"  # its countryside or outskirts
    OFFSET = "offset"  # so far from it in a direction
    NEAR = "near"  # somewhere close by
    BETWEEN = "between"  # between two places
    ACROSS = "across"  # at the border with it: in the country on the other side
    INSIDE = "inside"  # something smaller, itself perhaps named, within it
    AT = "at"  # a facility or quarter with a name of its own, or with that of the place it serves
    BARE = "bare"  # no name at all


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place phrase taken apart. `name` is "" when it names nothing; `other` is the second place of BETWEEN."""

    text: str
    effect: Effect
    name: str
    rule: str
    other: str = ""
    inner: str = ""
    direction: str = ""
    distance_km: float | None = None
    level: PlaceLevel | None = None

    @property
    def relation(self) -> str:
        """The words of the phrase beside the name; all of them when what it names is not where it is."""
        if self.effect is Effect.ACROSS:
            return self.text
        if not self.name:
            return self.text
        beside = " ".join(self.text.replace(self.name, " ", 1).split())
        return re.sub(r"^['’]s?\s+|['’]s?$", "", beside).strip(" ,'’")


def bare_name(text: str) -> str:
    """Return a phrase without leading prepositions and articles, and without a possessive ending.

    >>> bare_name("in the city of Hama")
    'city of Hama'
    """
    name = cue("leading-words").sub("", " ".join(text.split())).strip(' ,.;:()[]"“”')
    return re.sub(r"['’]s$", "", name)


@lru_cache(maxsize=2048)
def parse_phrases(text: str) -> tuple[Phrase, ...]:
    """Return every way that the rules take a phrase apart, in file order; the last resort is the bare phrase."""
    clean = " ".join(text.split()).strip(' ,.;:()[]"“”')
    readings = []
    for rule in load_rules("contested.places", "phrases.toml"):
        match = rule.pattern.search(clean)
        if match:
            readings.append(_phrase(clean, rule, match))
    return tuple(readings)


def _phrase(text: str, rule: Rule, match: re.Match[str]) -> Phrase:
    groups = match.groupdict()
    name = groups.get("name") or groups.get("name2") or ""
    distance = groups.get("distance")
    km = None
    if distance:
        km = float(distance.replace(",", "").rstrip("."))
        if (groups.get("unit") or "km").lower().startswith("mi"):
            km *= KM_PER_MILE
    level = rule.fields.get("level")
    return Phrase(
        text=text,
        effect=Effect(rule.fields["effect"]),
        name=bare_name(name),
        rule=rule.name,
        other=bare_name(groups.get("other") or ""),
        inner=bare_name(groups.get("inner") or ""),
        direction=(groups.get("dir") or groups.get("dir2") or "").lower(),
        distance_km=km,
        level=PlaceLevel(level) if level else None,
    )
