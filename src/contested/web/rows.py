"""What the lists show: one flat, frozen row for each incident, statement of control, actor and source."""

from __future__ import annotations

from dataclasses import dataclass

from contested.incidents import Speaker
from contested.resources import write_number
from contested.types import EventType

Bounds = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident in a list, on the map and on the timeline.

    Days are ISO 8601, None where nobody says; `day_ranges` are those of all accounts, `countries` and `places` too:
    a filter asks every account, the other fields are the incident's own. `radius_km` is the honest uncertainty around
    the point. Fields in `disputed` are in conflict or under doubt; `is_contested` holds for these and for denials.
    """

    id: str
    type: EventType
    family: str
    types: tuple[str, ...]
    is_planned: bool
    is_total: bool
    earliest: str | None
    latest: str | None
    when: str
    place: str | None
    country: str | None
    level: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    killed: Bounds
    wounded: Bounds
    reports: int
    origins: int
    voices: int
    claimants: tuple[str, ...]
    doers: tuple[str, ...]
    targets: tuple[str, ...]
    is_contested: bool
    disputed: tuple[str, ...]
    grade: str | None
    quote: str
    documents: tuple[str, ...]
    accounts: tuple[str, ...]
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    day_ranges: tuple[tuple[str | None, str | None], ...] = ()

    @property
    def title(self) -> str:
        """What was reported, and where: `airstrike, Ramouseh`."""
        return f"{self.type_words}, {self.place}" if self.place else self.type_words

    @property
    def type_words(self) -> str:
        """The type in words: `drone strike`."""
        return self.type.value.replace("_", " ")

    @property
    def killed_words(self) -> str:
        """The range of the dead that reports give, "" when they give none."""
        return write_range(self.killed)

    @property
    def wounded_words(self) -> str:
        """The range of the wounded that reports give, "" when they give none."""
        return write_range(self.wounded)


@dataclass(frozen=True, slots=True)
class ControlRow:
    """One statement on who holds, takes, loses or besieges a place."""

    account: str
    document: str
    place: str
    country: str | None
    lat: float | None
    lon: float | None
    holder: str
    kind: str
    status: str
    claimant: str
    stance: str
    quote: str
    first: str | None
    last: str | None
    day_rule: str
    published: str | None
    why: str


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An organisation, force or people: how often it is said to act, to be acted on, and to speak."""

    name: str
    entry: str | None
    kind: str
    country: str | None
    does: int
    suffers: int
    says: int
    denies: int
    reports: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report that stands, or stood."""

    key: str
    id: str
    headline: str
    publisher: str | None
    published: str | None
    where: str
    url: str | None
    version: int
    retracted: str | None
    events: int
    claims: int
    disputes: int
    origin: str


def call_speaker(speaker: Speaker, document: str) -> str:
    """Return a speaker's name; an outlet that nobody named is not called by its report's id."""
    return "the report itself" if speaker.is_outlet and speaker.name == document else speaker.name


def write_range(bounds: Bounds) -> str:
    """Return `15`, `≥15`, `≤20`, `10–12`, or "" when nothing is known."""
    low, high = bounds
    if low is None:
        return "" if high is None else f"≤{write_number(high)}"
    if high is None:
        return f"≥{write_number(low)}"
    return write_number(low) if low == high else f"{write_number(low)}–{write_number(high)}"
