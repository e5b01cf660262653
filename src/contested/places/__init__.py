"""Where: place phrases to points on the map, with candidates, NIL, radius and both codebooks' precision."""

from contested.places.gazetteer import Entry, Found, Gazetteer, GazetteerSource, LayeredGazetteer
from contested.places.resolve import resolve_all
from contested.places.tables import NamedEntries, default_gazetteer

__all__ = [
    "Entry",
    "Found",
    "Gazetteer",
    "GazetteerSource",
    "LayeredGazetteer",
    "NamedEntries",
    "default_gazetteer",
    "resolve_all",
]
