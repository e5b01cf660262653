"""Accounts built by hand: no reader, no store."""

from __future__ import annotations

from datetime import date

from contested.incidents import Account, Saying, Speaker, Toll
from contested.types import (
    ActorKind,
    ActorLink,
    Amount,
    EventType,
    PlaceLevel,
    PlaceLink,
    Role,
    Span,
    Stance,
    Status,
    When,
)


def day(text: str) -> When:
    value = date.fromisoformat(text)
    return When(value, value, text, rule="test")


def place(name: str, lat: float, lon: float, radius_km: float = 2.0, level: PlaceLevel = PlaceLevel.TOWN) -> PlaceLink:
    return PlaceLink(name, "SYR", level, lat, lon, rule="test", radius_km=radius_km)


def actor(name: str, kind: ActorKind = ActorKind.MILITARY, entry: str | None = None) -> ActorLink:
    return ActorLink(name, kind, "SYR", rule="test", entry=entry or name)


def speaker(name: str) -> Speaker:
    return Speaker(name, actor(name, ActorKind.NGO))


def outlet(name: str) -> Speaker:
    return Speaker(name, is_outlet=True)


def killed(
    low: float,
    high: float | None = -1,
    *,
    by: Speaker,
    at: int = 40,
    words: str = "",
    of: str = "",
    mixed: bool = False,
) -> Toll:
    amount = Amount(low, low if high == -1 else high, rule="test", of_whom=of, mixed=mixed)
    return Toll(Role.KILLED, amount, Span(at, at + 2), by, words=words)


def account(
    name: str,
    document: str,
    kind: EventType = EventType.AIRSTRIKE,
    *,
    told: str = "2020-05-02",
    when: str | None = "2020-05-01",
    at: PlaceLink | None = None,
    doer: ActorLink | None = None,
    tolls: tuple[Toll, ...] = (),
    says: tuple[tuple[Stance, Speaker], ...] = (),
    words: str = "jets struck a bakery in the town",
    status: Status = Status.ACTUAL,
) -> Account:
    said = says or ((Stance.ASSERTS, outlet(document)),)
    return Account(
        id=name,
        document=document,
        event="E1",
        type=kind,
        status=status,
        spans=(Span(0, 30),),
        words=words,
        when=day(when) if when else None,
        published=date.fromisoformat(told),
        publisher=document,
        places=(at or place("Marea", 36.48, 37.19),),
        doers=(doer,) if doer else (),
        tolls=tolls,
        sayings=tuple(Saying(stance, who, words, (Span(0, 4),)) for stance, who in said),
        where_told="SYR",
    )
