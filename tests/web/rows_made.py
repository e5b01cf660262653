"""Rows of incidents as lists show them, by hand: no reader, no store."""

from __future__ import annotations

from typing import Any

from contested.types import EventType
from contested.web.rows import IncidentRow


def row(id_: str = "i1", **changes: Any) -> IncidentRow:
    values: dict[str, Any] = {
        "id": id_,
        "type": EventType.AIRSTRIKE,
        "family": "violence",
        "types": ("airstrike",),
        "is_planned": False,
        "is_total": False,
        "earliest": "2020-05-01",
        "latest": "2020-05-01",
        "when": "2020-05-01",
        "place": "Sarmin",
        "country": "SYR",
        "level": "town",
        "lat": 35.9,
        "lon": 36.72,
        "radius_km": 2.0,
        "killed": (3.0, 5.0),
        "wounded": (None, None),
        "reports": 2,
        "origins": 2,
        "voices": 2,
        "claimants": ("Syrian Army",),
        "doers": ("Syrian Air Force",),
        "targets": ("a bakery",),
        "is_contested": False,
        "disputed": (),
        "grade": "fair",
        "quote": "jets struck a bakery in the town",
        "documents": ("d1",),
        "accounts": (id_,),
        "places": ("Sarmin",),
        "countries": ("SYR",),
        "day_ranges": (("2020-05-01", "2020-05-01"),),
    }
    return IncidentRow(**{**values, **changes})
