"""How much each level of each comparison speaks for one incident, in bits (`weights.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from contested.errors import ResourceError

_PACKAGE, _FILE = "contested.incidents.linking", "weights.toml"
_WHERE = f"{_PACKAGE}/{_FILE}"

_PLACES = (
    "one-spot",
    "one-city",
    "one-name",
    "within",
    "within-wide",
    "same-country",
    "beside",
    "city-or-province",
    "near",
    "apart",
    "name-abroad",
    "other-country",
)
_SETTINGS = ("setting-spot", "setting-city", "setting-name", "setting-within", "setting-apart", "setting-abroad")

# The comparisons, in the order in which an explanation lists them, with every level that comparing.py can return.
LEVELS = {
    "type": ("same-rare", "same", "kin", "vague", "fight-and-outcome", "alike", "means-differ"),
    "place": (*_PLACES, *_SETTINGS, "unknown"),
    "time": (
        "same-day",
        "overlap",
        "told-together",
        "told-next",
        "told-near",
        "next-day",
        "wide",
        "same-fight",
        "unknown",
        "told-apart",
        "told-back",
        "few-days-told",
        "few-days",
        "apart",
    ),
    "doer": ("same", "compatible", "unknown", "differ"),
    "target": ("same", "compatible", "unknown", "differ"),
    "killed": ("same-large", "same-small", "risen", "quoted", "close", "unknown", "differ", "another-day", "far"),
    "wounded": ("same", "close", "unknown", "differ"),
    "wording": ("copied", "formula", "close", "alike", "some", "none"),
    "lead": ("close", "alike", "some", "none", "unknown"),
    "total": (
        "same-large",
        "same",
        "close-large",
        "close",
        "grown-large",
        "grown",
        "grown-much-large",
        "grown-much",
        "unknown",
        "fallen",
        "far",
    ),
    "total-area": ("same-place", "same-country", "unknown", "two-places", "other-country"),
    "total-start": ("same", "unknown", "differ"),
    "total-told": ("weeks", "months", "years", "long", "unknown"),
    "total-people": ("same", "unknown", "differ"),
    "total-speaker": ("same", "unknown", "differ"),
    "total-doer": ("same", "compatible", "unknown", "differ"),
    "total-wording": ("close", "alike", "other"),
    "total-report": ("two", "two-sources", "one"),
    "report": (
        "other",
        "told-again",
        "counted-anew",
        "told-apart",
        "told-of-two",
        "told-as-two",
        "told-along",
        "told-far",
    ),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits and reasons by comparison and level; a pair's sum starts at `prior` and is a link from `threshold` on."""

    prior: float
    threshold: float
    bits: Mapping[str, Mapping[str, float]]
    why: Mapping[str, Mapping[str, str]]


@cache
def load_weights() -> Weights:
    """Return the weights that ship with the package.

    Raises:
        ResourceError: when a level of a comparison is missing, or one is there that no comparison returns.
    """
    return parse_weights(files(_PACKAGE).joinpath(_FILE).read_text(encoding="utf-8"), _WHERE)


def parse_weights(toml: str, where: str) -> Weights:
    """Return weights given as TOML; `where` names them in messages.

    Raises:
        ResourceError: as `load_weights`.
    """
    table = tomllib.loads(toml)
    if table.get("schema") != 1:
        raise ResourceError(f"{where}: expected schema = 1, found {table.get('schema')!r}")
    found = {(name, level) for name, rows in table.items() if isinstance(rows, dict) for level in rows}
    expected = {(name, level) for name, levels in LEVELS.items() for level in levels}
    if found != expected:
        raise ResourceError(f"{where}: levels missing {sorted(expected - found)}, unknown {sorted(found - expected)}")
    bits = {name: {level: float(table[name][level]["bits"]) for level in LEVELS[name]} for name in LEVELS}
    why = {name: {level: str(table[name][level]["why"]) for level in LEVELS[name]} for name in LEVELS}
    return Weights(float(table["prior"]), float(table["threshold"]), bits, why)
