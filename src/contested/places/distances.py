"""A distance that a place's span leaves out: "300 km (186 miles) north of" Kabul is not Kabul."""

from __future__ import annotations

import re

from contested.places.bare import parse_bare
from contested.places.cues import cue
from contested.places.phrases import bare_name, parse_phrases
from contested.resources.numbers import read_number
from contested.types import Span

_LOOK_AROUND = 160  # characters; the longest "some 1,200 kilometres (750 miles) to the north-east of the city of …"
_RULES = frozenset({"distance-and-direction", "distance"})


def with_distance(text: str, span: Span) -> str:
    """Return a span's words with the distance said before them: "300 km north of Kabul".

    Words without a name ("a village") are replaced by the distance and the name said after them. Figures that are
    written out become figures, and the same distance in brackets is left out.
    """
    words = span.of(text)
    before = cue("distance-before").search(text, max(0, span.start - _LOOK_AROUND), span.start)
    if before:
        return _phrase(before, bare_name(words)) or words
    after = cue("distance-after").match(text[span.end : span.end + _LOOK_AROUND])
    return _phrase(after, after["name"]) or words if after and parse_bare(words) else words


def _phrase(match: re.Match[str], name: str) -> str:
    """Return a distance and a name as the rules of `phrases.toml` read them; "" when they do not."""
    distance = read_number(match["distance"].rstrip(".,"))
    if distance is None:
        return ""
    side = f"{match['side']} of" if match["side"] else "from"
    phrase = f"{distance:g} {match['unit']} {side} {name}"
    return phrase if any(p.rule in _RULES and p.name == name for p in parse_phrases(phrase)) else ""
