"""What must hold within a row of ACLED's form, beyond what each of its columns may hold.

Source: ACLED codebook, hierarchy, interaction codes, source scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from contested.actors.naming import ActorType
from contested.events.codebooks import acled_sub_events
from contested.export.acled_coding import TYPE_WORDS
from contested.export.countries import country_codes
from contested.export.problems import Problem
from contested.export.schema import Row
from contested.resources.tables import load_table


def check_row(number: int, row: Row) -> Iterator[Problem]:
    """Yield the rules that a row breaks whose cells are each legal."""
    yield from _check_type(number, row)
    yield from _check_actors(number, row)
    yield from _check_place(number, row)
    if row["year"] != row["event_date"][:4]:
        yield Problem(number, "year", row["year"], f"the year of event_date, {row['event_date']}")
    for reach in row["source_scale"].split("-"):
        if reach not in _scales():
            yield Problem(number, "source_scale", row["source_scale"], f"one or two of: {', '.join(_scales())}")
            break


def _check_type(number: int, row: Row) -> Iterator[Problem]:
    sub_event = acled_sub_events()[row["sub_event_type"]]
    if row["event_type"] != sub_event.event_type:
        rule = f"{row['sub_event_type']!r} is a sub-event type of {sub_event.event_type!r}"
        yield Problem(number, "event_type", row["event_type"], rule)
    if row["disorder_type"] != sub_event.disorder_type:
        rule = f"the disorder type of {row['sub_event_type']!r} is {sub_event.disorder_type!r}"
        yield Problem(number, "disorder_type", row["disorder_type"], rule)


def _check_actors(number: int, row: Row) -> Iterator[Problem]:
    if (row["actor2"] == "") != (row["inter2"] == ""):
        yield Problem(number, "inter2", row["inter2"], "given with actor2, and only with it")
    types = sorted(_TYPES[row[name]] for name in ("inter1", "inter2") if row[name])
    words = [TYPE_WORDS[t] for t in types]
    expected = "-".join(words) if len(words) > 1 else f"{words[0]} only"
    if row["interaction"] != expected:
        yield Problem(number, "interaction", row["interaction"], f"of {' and '.join(words)}: {expected!r}")
    if row["event_type"] == "Violence against civilians":
        if row["inter2"] != "Civilians":
            yield Problem(number, "inter2", row["inter2"], "in violence against civilians the civilians are actor2")
        if not row["civilian_targeting"]:
            yield Problem(number, "civilian_targeting", "", "violence against civilians targets civilians")


def _check_place(number: int, row: Row) -> Iterator[Problem]:
    regions = _regions().get(str(int(row["iso"])))
    if regions is None:
        yield Problem(number, "iso", row["iso"], "expected the ISO 3166 numeric code of a country")
    elif row["region"] != regions:
        yield Problem(number, "region", row["region"], f"country {row['iso']} lies in {regions}")
    if float(row["latitude"]) == 0 and float(row["longitude"]) == 0:
        yield Problem(number, "latitude", row["latitude"], "(0, 0) is no place: leave out what is not known")


_TYPES = {words: ActorType(kind) for kind, words in TYPE_WORDS.items()}


@cache
def _regions() -> dict[str, str]:
    return {codes.iso_numeric: codes.acled_region for codes in country_codes().values() if codes.iso_numeric}


@cache
def _scales() -> tuple[str, ...]:
    return tuple(row[0] for row in load_table("contested.export", "acled_scales.tsv", ("scale",)))
