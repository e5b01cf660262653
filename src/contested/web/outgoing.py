"""The incidents of a list as a file: exactly those that the page shows; no spreadsheet runs a cell as a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

from contested.claims.writing import safe_cell
from contested.web.pages import AppLinks, incident_forms
from contested.web.rows import IncidentRow

_COLUMNS = (
    "incident_id event_type date_earliest date_latest place country lat lon radius_km actors_initiating"
    " actors_receiving killed_low killed_high injured_low injured_high n_documents n_origin_groups n_independent"
    " claimants contested_fields grading documents"
)
COLUMNS = tuple(_COLUMNS.split())


def write_csv(rows: Sequence[IncidentRow]) -> str:
    """Return a table; columns as in `contested incidents --format csv`, as far as a list knows them."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for r in rows:
        cells = (
            *(r.id, r.type.value, r.earliest, r.latest, r.place, r.country, r.lat, r.lon, r.radius_km),
            *(";".join(r.doers), ";".join(r.targets), *r.killed, *r.wounded),
            *(r.reports, r.origins, r.voices, ";".join(r.claimants), ";".join(r.disputed), r.grade),
            ";".join(r.documents),
        )
        writer.writerow(["" if c is None else safe_cell(c) for c in cells])
    return file.getvalue()


def write_json(rows: Sequence[IncidentRow]) -> str:
    """Return an array of objects, as the map and the timeline have them."""
    return json.dumps(incident_forms(rows, AppLinks()), ensure_ascii=False, indent=1)


def write_geojson(rows: Sequence[IncidentRow]) -> str:
    """Return a collection of features (RFC 7946); one without a point has no geometry."""
    features = [
        {
            "type": "Feature",
            "id": properties["id"],
            "geometry": None
            if properties["lat"] is None
            else {"type": "Point", "coordinates": [properties["lon"], properties["lat"]]},
            "properties": properties,
        }
        for properties in incident_forms(rows, AppLinks())
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


FORMS: dict[str, tuple[str, Callable[[Sequence[IncidentRow]], str]]] = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "json": ("application/json", write_json),
    "geojson": ("application/geo+json", write_geojson),
}
