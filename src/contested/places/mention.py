"""A place span on its way to a link, and what the spans of one report share."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from contested.places.bare import BarePhrase
from contested.places.evidence import ReportEvidence
from contested.places.gazetteer import Entry, Gazetteer
from contested.places.phrases import Phrase
from contested.places.rank import Scored
from contested.types import PlaceLevel, PlaceLink, Span


@dataclass
class PlaceMention:
    """A span, how its phrase is taken apart, what its name may mean.

    `phrase` and `ranked` are set when a name was found, `bare` when the span holds none; neither: the name is unknown.
    `parent` is the larger place named right after the span, `within` the country that it cannot lie outside of then,
    as an ISO3 code. `country` belongs to a bare phrase with an adjective.
    """

    span: Span
    text: str
    hint: PlaceLevel | None
    sentence: Span | None
    phrase: Phrase | None = None
    ranked: tuple[Scored, ...] = ()
    other: Scored | None = None
    parent: Entry | None = None
    within: str | None = None
    bare: BarePhrase | None = None
    country: Entry | None = None
    link: PlaceLink | None = None

    @property
    def entry(self) -> Entry | None:
        """The entry that the name most likely means."""
        return self.ranked[0].entry if self.ranked else None


@dataclass
class Report:
    """What the mentions of one report share."""

    text: str
    gazetteer: Gazetteer
    evidence: ReportEvidence
    mentions: list[PlaceMention] = field(default_factory=list)
    read: dict[Hashable, PlaceMention] = field(default_factory=dict)  # by what its reading depends on: names recur
