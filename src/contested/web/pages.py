"""Templates to HTML: everything escaped, nothing that turns the reading direction around, one way to make a link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from contested.types import Span
from contested.web.basemap import boundaries_form
from contested.web.rows import IncidentRow

# A name that turns the reading direction around can pass for another one; control characters have no place on a page.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Links(Protocol):
    """Where things are: addresses of the app, or places in the one file of the report."""

    is_static: bool

    def page(self, name: str) -> str:
        """Return the address of a page of its own: `overview`, `control`, `actors`, `sources`, `runs`, `review`."""

    def incidents(self, address: str = "") -> str:
        """Return the address of a list of incidents, given a query as `Query.address` writes it."""

    def incident(self, id: str) -> str:  # noqa: A002  (the form's own word)
        """Return the address of an incident."""

    def report(self, document: str, spans: Sequence[Span] = ()) -> str:
        """Return the address of a report, at some words of it."""

    def asset(self, name: str) -> str:
        """Return the address of a file in `static/`."""


class AppLinks:
    """Addresses of the app, as `contested serve` answers them."""

    is_static = False

    def page(self, name: str) -> str:
        """Return the address of a page."""
        return "/" if name == "overview" else f"/{name}"

    def incidents(self, address: str = "") -> str:
        """Return the address of a list of incidents."""
        return f"/incidents?{address}" if address else "/incidents"

    def incident(self, id: str) -> str:  # noqa: A002  (the form's own word)
        """Return the address of an incident."""
        return f"/incidents/{quote(id, safe='')}"

    def report(self, document: str, spans: Sequence[Span] = ()) -> str:
        """Return the address of a report, at some words of it."""
        at = {"at": ",".join(f"{s.start}-{s.end}" for s in spans)} if spans else {}
        return f"/report?{urlencode({'id': document, **at})}{'#at' if spans else ''}"

    def check(self, account: str, document: str) -> str:
        """Return the address at which one event of a report is reviewed."""
        return f"/review?{urlencode({'entry': f'event-{account}', 'report': document})}"

    def asset(self, name: str) -> str:
        """Return the address of a file in `static/`."""
        return f"/static/{name}"


def render(template: str, links: Links, **values: object) -> str:
    """Return a page of HTML."""
    return environment().get_template(template).render(links=links, **values)


@cache
def environment() -> Environment:
    """Return the one environment of the templates: escapes everything, refuses unknown names."""
    made = Environment(
        loader=PackageLoader("contested.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=make_safe,
    )
    made.globals["boundaries"] = boundaries_form()
    made.filters.update(count=write_count, embed=embed, words=_words, shorten=shorten)
    return made


def make_safe(value: object) -> object:
    """Return text without characters that steer the page's reading direction; their places are kept, for offsets.

    >>> make_safe("gnp.\u202exe")
    'gnp.�xe'
    """
    if isinstance(value, Markup):
        return value
    return _UNSAFE.sub("�", value) if isinstance(value, str) else value


def embed(value: object) -> Markup:
    """Return a value as JSON that can stand in a script element: no text in it can end the element."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    for unsafe in "<>&\u2028\u2029":
        written = written.replace(unsafe, f"\\u{ord(unsafe):04x}")
    return Markup(_UNSAFE.sub("�", written))


def incident_forms(rows: Iterable[IncidentRow], links: Links) -> list[dict[str, Any]]:
    """Return what the map and the timeline draw, an object for each incident. The README says what each key holds."""
    return [
        {
            "id": r.id,
            "title": r.title,
            "type": r.type_words,
            "family": r.family,
            "first": r.earliest,
            "last": r.latest,
            "when": r.when,
            "place": r.place,
            "country": r.country,
            "level": r.level,
            "lat": r.lat,
            "lon": r.lon,
            "radius_km": r.radius_km,
            "killed": r.killed_words,
            "wounded": r.wounded_words,
            "reports": r.reports,
            "origins": r.origins,
            "contested": r.is_contested,
            "disputed": list(r.disputed),
            "planned": r.is_planned,
            "href": links.incident(r.id),
        }
        for r in rows
    ]


def write_count(number: int, noun: str) -> str:
    """Return `1 report`, `1,200 reports`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def shorten(text: str, most: int = 160) -> str:
    """Return the beginning of a text, up to a word's end, with … where something is left out."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def _words(name: str) -> str:
    return name.replace("_", " ")
