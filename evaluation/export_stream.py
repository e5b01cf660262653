"""Incidents without end, made one after the other: what exports are streamed with, so that memory is theirs alone."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from contested.export import ExportView, Options
from contested.incidents import Account, Incident, Judgement, Speaker, Toll
from contested.incidents.account import account_id
from contested.incidents.grading import Corroboration
from contested.types import (
    Actor,
    ActorKind,
    ActorLink,
    Amount,
    Argument,
    Claims,
    DateOrigin,
    Document,
    Event,
    EventMention,
    EventType,
    Place,
    PlaceCandidate,
    PlaceLevel,
    PlaceLink,
    Published,
    Role,
    Span,
    Status,
    When,
)

_TEXT = "Syrian army jets struck a market in the town on Tuesday, killing {} civilians."
_TYPES = (EventType.AIRSTRIKE, EventType.SHELLING, EventType.BATTLE, EventType.BOMBING)
_DAYS = 730


def made_view(size: int) -> ExportView:
    """Return a view of so many incidents, each of one report, none of which is kept."""
    return ExportView(MadeReports(size), Options(include_names=True), lambda: map(made_incident, range(size)))


class MadeReports:
    """Reports made from their number whenever they are asked for."""

    def __init__(self, size: int) -> None:
        self._size = size

    def claims(self) -> Iterator[Claims]:
        """Yield every report."""
        return map(made_claims, range(self._size))

    def claims_of(self, documents: Iterable[str]) -> Iterator[Claims]:
        """Yield the reports with these ids."""
        return (made_claims(int(document[1:])) for document in documents)

    def judgements(self) -> list[Judgement]:
        """Return none."""
        return []

    def fingerprint(self) -> str:
        """Return the size."""
        return str(self._size)


@lru_cache(maxsize=64)
def made_claims(number: int) -> Claims:
    """Return what the report of one number says."""
    chance = random.Random(number)
    toll = str(chance.randrange(1, 90))
    text = _TEXT.format(toll)
    told = date(2020, 1, 1) + timedelta(days=chance.randrange(_DAYS))
    jets, town = Span(0, 16), Span(text.index("the town"), text.index("the town") + 8)
    killed = Span(text.index(toll), text.index("civilians") + 9)
    when = When(told, told, told.isoformat(), rule="made", acled_precision=1, ucdp_precision=1)
    arguments = (
        Argument(Role.BY, jets),
        Argument(Role.PLACE, town),
        Argument(Role.KILLED, killed, amount=Amount(float(toll), float(toll), rule="made", of_whom="civilians")),
    )
    event = Event(
        "E1", chance.choice(_TYPES), Status.ACTUAL, (EventMention(Span(17, 23), arguments),), when=when, when_rule="own"
    )
    lat, lon = chance.uniform(32.5, 37), chance.uniform(36, 42)
    chosen = PlaceCandidate(f"t{number}", f"Town {number}", "SYR", PlaceLevel.TOWN, lat, lon, 1.0, "made")
    link = PlaceLink(
        f"Town {number}", "SYR", PlaceLevel.TOWN, lat, lon, "made",
        chosen=chosen, radius_km=2.0, acled_precision=1, ucdp_precision=1,
    )  # fmt: skip
    return Claims(
        document=Document(
            f"d{number}",
            text,
            (Span(0, len(text)),),
            Published(told, DateOrigin.GIVEN),
            publisher=f"Outlet {number % 99}",
        ),
        events=(event,),
        claims=(),
        actors=(
            Actor("A1", (jets,), ActorLink("Syrian Arab Army", ActorKind.MILITARY, "SYR", "made", entry="syr:army")),
        ),
        places=(Place("P1", (town,), link),),
        times=(),
        disputes=(),
        model="made",
    )


def made_incident(number: int) -> Incident:
    """Return the incident of one report."""
    claims = made_claims(number)
    event, document = claims.events[0], claims.document
    trigger = event.mentions[0].trigger
    outlet = Speaker(document.publisher or "", is_outlet=True)
    killed = event.arguments(Role.KILLED)[0]
    account = Account(
        id=account_id(document.id, trigger),
        document=document.id,
        event="E1",
        type=event.type,
        status=Status.ACTUAL,
        spans=document.sentences,
        words=document.text,
        when=event.when,
        published=document.published.day if document.published else None,
        publisher=document.publisher,
        places=(claims.places[0].link,),
        doers=(claims.actors[0].link,),
        tolls=(Toll(Role.KILLED, killed.amount or Amount(None, None, "made"), killed.span, outlet),),
    )
    return Incident(
        id=account.id,
        type=event.type,
        when=event.when,
        place=claims.places[0].link,
        accounts=(account,),
        links=(),
        relations=(),
        origins={document.id: document.id},
        corroboration=Corroboration(1, 1, (), 1),
        grade=None,
    )
