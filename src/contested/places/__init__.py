"""Where: place phrases to points on the map, with candidates, NIL, radius and both codebooks' precision."""

from contested.places.agreement import compare
from contested.places.borders import is_on_named_side
from contested.places.build import SOURCE_NAME as CITIES_SOURCE
from contested.places.build import build_cities
from contested.places.explain import Explanation, explain
from contested.places.gazetteer import Entry, Found, Gazetteer, GazetteerSource, LayeredGazetteer
from contested.places.imports import BadLine, ImportSummary, import_file
from contested.places.resolve import resolve_all
from contested.places.store import SqliteGazetteer, open_gazetteer
from contested.places.tables import NamedEntries, cited, default_gazetteer

__all__ = [
    "CITIES_SOURCE",
    "BadLine",
    "Entry",
    "Explanation",
    "Found",
    "Gazetteer",
    "GazetteerSource",
    "ImportSummary",
    "LayeredGazetteer",
    "NamedEntries",
    "SqliteGazetteer",
    "build_cities",
    "cited",
    "compare",
    "default_gazetteer",
    "explain",
    "import_file",
    "is_on_named_side",
    "open_gazetteer",
    "resolve_all",
]
