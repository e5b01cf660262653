"""Incidents as they leave the house: JSON objects whose keys may grow in number and never go, and flat rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contested.incidents.account import Account
from contested.incidents.agreement.figures import Figure, figures
from contested.incidents.agreement.peoples import is_among
from contested.incidents.agreement.relations import ConflictKind, FieldRelation, Side, Standing
from contested.incidents.agreement.statements import asserting, without_denied
from contested.incidents.agreement.tolls import relate_tolls
from contested.incidents.control import ControlClaim, Gap
from contested.incidents.incident import Incident
from contested.incidents.linking.clusters import Link
from contested.types import PlaceLink, Role, When

_COLUMNS = (
    "incident_id event_type event_status date_earliest date_latest place country lat lon geo_radius_m "
    "actors_initiating actors_receiving killed_low killed_high killed_rule injured_low injured_high "
    "n_documents n_origin_groups n_claimants n_independent contested_fields grading grading_rule "
    "documents"
)
COLUMNS = tuple(_COLUMNS.split())
_CONTROL_COLUMNS = (
    "claim_id place_name country lat lon radius_km controller control_type status first last day_rule "
    "is_start published_at speaker_name stance quote doc_id why"
)
CONTROL_COLUMNS = tuple(_CONTROL_COLUMNS.split())


def to_form(incident: Incident) -> dict[str, Any]:
    """Return one incident as a JSON object."""
    return {
        "id": incident.id,
        "type": incident.type.value,
        "status": incident.status.value,
        "running_total": incident.is_total,
        "when": _when(incident.when),
        "place": _place(incident.place),
        "reports": [_report(document, incident) for document in incident.documents],
        "relations": [_relation(r) for r in incident.relations],
        "contested": incident.is_contested,
        "killed": list(range_of(incident, Role.KILLED)),
        "wounded": list(range_of(incident, Role.WOUNDED)),
        "number_rule": "range",
        "corroboration": {
            "reports": incident.corroboration.reports,
            "origins": incident.corroboration.origins,
            "claimants": list(incident.corroboration.claimants),
            "voices": incident.corroboration.voices,
        },
        "grade": {"grade": incident.grade.grade.value, "rule": incident.grade.rule} if incident.grade else None,
        "links": [_link(link) for link in incident.links],
    }


def to_row(incident: Incident) -> dict[str, str]:
    """Return one incident as a flat row, columns as in `COLUMNS`; what is not known is empty."""
    when, place = incident.when, incident.place
    killed, wounded = range_of(incident, Role.KILLED), range_of(incident, Role.WOUNDED)
    values: dict[str, Any] = {
        "incident_id": incident.id,
        "event_type": incident.type.value,
        "event_status": incident.status.value,
        "date_earliest": when.earliest if when else None,
        "date_latest": when.latest if when else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geo_radius_m": round(place.radius_km * 1000) if place and place.radius_km is not None else None,
        "actors_initiating": _names(incident.accounts, "doers"),
        "actors_receiving": _names(incident.accounts, "targets"),
        "killed_low": killed[0],
        "killed_high": killed[1],
        "killed_rule": "range",
        "injured_low": wounded[0],
        "injured_high": wounded[1],
        "n_documents": incident.corroboration.reports,
        "n_origin_groups": incident.corroboration.origins,
        "n_claimants": len(incident.corroboration.claimants),
        "n_independent": incident.corroboration.voices,
        "contested_fields": ";".join(contested_fields(incident)),
        "grading": incident.grade.grade.value if incident.grade else None,
        "grading_rule": incident.grade.rule if incident.grade else None,
        "documents": ";".join(incident.documents),
    }
    return {name: "" if values[name] is None else _written(values[name]) for name in COLUMNS}


def contested_fields(incident: Incident) -> tuple[str, ...]:
    """Return the fields in conflict or under doubt, each once; whether it happened, where that is only denied."""
    if incident.is_only_denied:
        return ("existence",)
    found = (r.field for r in incident.relations if r.standing is Standing.CONFLICT or r.kind is ConflictKind.DOUBT)
    return tuple(dict.fromkeys(found))


def range_of(incident: Incident, role: Role) -> tuple[float | None, float | None]:
    """Return the lowest and highest number that holds: superseded ones and parts of the people counted are left out."""
    held = [f for ours in holding(incident, role).values() for f in ours]
    return _range(held)


def holding(incident: Incident, role: Role) -> dict[str, list[Figure]]:
    """Return, by report, the numbers of one kind that no update superseded, of the widest people counted.

    Numbers of what is only denied are nobody's: "the army denied that it had killed ten".
    """
    superseded = {
        (r.a.document, span)
        for r in incident.relations
        if r.standing is Standing.UPDATE and r.field == role.value
        for span in r.a.spans
    }
    kept = {}
    for document, ours in figures(without_denied(incident.accounts), role).items():
        alive = [f for f in ours if (document, f.toll.span) not in superseded]
        kept[document] = [f for f in alive if not any(is_among(f, g) for g in alive)]
    return {document: ours for document, ours in kept.items() if ours}


def _range(held: Sequence[Figure]) -> tuple[float | None, float | None]:
    lows = [f.amount.low for f in held if f.amount.low is not None]
    highs = [f.amount.high for f in held if f.amount.high is not None]
    low = min(lows) if lows else None
    high = max([*highs, *lows]) if highs else None
    if any(f.amount.high is None and f.amount.low is not None and f.amount.low >= (high or 0) for f in held):
        high = None  # the largest number is open to the top
    return low, high


def _report(document: str, incident: Incident) -> dict[str, Any]:
    accounts = [a for a in incident.accounts if a.document == document]
    spans = sorted({(s.start, s.end) for a in accounts for s in a.evidence})
    voices = [s for a in accounts for s in asserting(a)]
    speaker = next((v.speaker for v in voices if v.speaker.is_named), None)
    first = accounts[0]
    return {
        "document": document,
        "spans": [list(s) for s in spans],
        "killed": _current(accounts, Role.KILLED),
        "wounded": _current(accounts, Role.WOUNDED),
        "doer": next((d.name for a in accounts for d in a.doers), None),
        "speaker": speaker.name if speaker else None,
        "publisher": first.publisher,
        "published": first.published.isoformat() if first.published else None,
        "origin": incident.origins[document],
        "events": [a.event for a in accounts if a.event],
        "types": list(dict.fromkeys(a.type.value for a in accounts)),
        "places": list(dict.fromkeys(p.name for a in accounts for p in a.places)),
        "when": next((a.when.value for a in accounts if a.when), None),
        "sayings": [
            {"stance": s.stance.value, "speaker": s.speaker.name, "spans": [[x.start, x.end] for x in s.spans]}
            for a in accounts
            for s in a.sayings
        ],
    }


def _current(accounts: Sequence[Account], role: Role) -> list[float | None]:
    """Return the range of a report's own last numbers: one it gives as outdated is left out."""
    old = {s for r in relate_tolls(accounts, role) if r.standing is Standing.UPDATE for s in r.a.spans}
    held = [f for ours in figures(without_denied(accounts), role).values() for f in ours if f.toll.span not in old]
    return list(_range(held))


def _relation(relation: FieldRelation) -> dict[str, Any]:
    return {
        "field": relation.field,
        "a": relation.a.document,
        "b": relation.b.document,
        "relation": relation.standing.value,
        "why": relation.why,
        "kind": relation.kind.value or None,
        "rule": relation.rule,
        "a_side": _side(relation.a),
        "b_side": _side(relation.b),
    }


def _side(side: Side) -> dict[str, Any]:
    return {"speaker": side.speaker.name, "says": side.says, "spans": [[s.start, s.end] for s in side.spans]}


def _link(link: Link) -> dict[str, Any]:
    return {
        "a": link.a,
        "b": link.b,
        "bits": round(link.bits, 2),
        "judged": link.judgement.verdict.value if link.judgement else None,
        "comparisons": [{"field": c.field, "level": c.level, "bits": c.bits, "why": c.why} for c in link.comparisons],
    }


def _when(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    return {
        "value": when.value,
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
    }


def _place(place: PlaceLink | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "name": place.name,
        "country": place.country,
        "level": place.level.value if place.level else None,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
    }


def _names(accounts: Sequence[Account], role: str) -> str:
    links = (d for a in accounts for d in (a.doers if role == "doers" else a.targets))
    return ";".join(dict.fromkeys(d.name for d in links))


def _written(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def control_form(claim: ControlClaim) -> dict[str, Any]:
    """Return one statement about control as a flat object; the keys of `CONTROL_COLUMNS`, and its spans."""
    return {
        "claim_id": claim.account,
        "place_name": claim.place.name,
        "country": claim.place.country,
        "lat": claim.place.lat,
        "lon": claim.place.lon,
        "radius_km": claim.place.radius_km,
        "controller": claim.holder.name,
        "control_type": claim.kind.value,
        "status": claim.status.value,
        "first": claim.first.isoformat() if claim.first else None,
        "last": claim.last.isoformat() if claim.last else None,
        "day_rule": claim.day_rule,
        "is_start": claim.is_start,
        "published_at": claim.published.isoformat() if claim.published else None,
        "speaker_name": claim.claimant.name,
        "stance": claim.stance.value,
        "quote": claim.quote,
        "doc_id": claim.document,
        "why": claim.why,
        "spans": [[s.start, s.end] for s in claim.spans],
    }


def gap_form(place: PlaceLink, gap: Gap) -> dict[str, Any]:
    """Return days of which nobody says who holds a place, with the keys of a statement about control."""
    row: dict[str, Any] = dict.fromkeys(CONTROL_COLUMNS)
    days = {"first": gap.first.isoformat(), "last": gap.last.isoformat()}
    return (
        row
        | days
        | {
            "place_name": place.name,
            "country": place.country,
            "lat": place.lat,
            "lon": place.lon,
            "radius_km": place.radius_km,
            "control_type": "gap",
            "day_rule": "nobody says anything",
            "spans": [],
        }
    )
