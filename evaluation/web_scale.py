"""Server time of every page on a large synthetic store, and what it takes to work its lists out.

    python -m evaluation.web_scale 20000 [STORE]

Writes reports with four accounts each, told one to five times, into a store (a temporary one unless a file is named,
which is used again when it is there), works the lists out and keeps them, opens it as `contested serve` does, repeats
rows of the lists under new ids where linking made fewer incidents than asked for, and asks
each page `TIMES` times through the app without a network. Prints milliseconds: the median by the clock, and the median
of processor time, which is what counts when the machine is busy with something else.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from contested.store import open_store
from contested.types import (
    Actor,
    ActorKind,
    ActorLink,
    Amount,
    Argument,
    Claim,
    Claims,
    DateOrigin,
    Document,
    Event,
    EventMention,
    EventType,
    Place,
    PlaceLevel,
    PlaceLink,
    Published,
    Role,
    Span,
    Stance,
    Status,
    When,
)
from contested.web.app import make_app
from contested.web.board import Board
from contested.web.desk import Desk
from contested.web.guards import COOKIE, Session

TIMES = 5
# From the Nile to the Hindu Kush: in one country so many incidents would be neighbours in place and time, and linked.
PLACES = 8_000
_SOUTH, _NORTH, _WEST, _EAST = 12.0, 38.0, 30.0, 70.0
DAYS = 1_460
# Few fights for ground: two told side by side in words of one pattern, as all are here, are linked as one fight.
_OTHER = (EventType.AIRSTRIKE, EventType.SHELLING, EventType.DETENTION, EventType.ABDUCTION, EventType.DRONE_STRIKE)
_TYPES = (*_OTHER, *_OTHER, EventType.TAKE_CONTROL)
_ACTORS = tuple(f"Force {n}" for n in range(120))
_FACTOR = 1.1  # linking joins some incidents of one place and time that were made as two
PER_REPORT = 4
HOST = "127.0.0.1:1"


def main() -> None:
    """Print a line for the store and one for each page."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "large.db"
        if not path.exists():
            start = time.perf_counter()
            fill(path, round(wanted * _FACTOR))
            print(f"written in {time.perf_counter() - start:.0f} s, {path.stat().st_size / 1e6:.0f} MB", flush=True)
        _measure(path, wanted)


def fill(path: Path, incidents: int) -> None:
    """Write a synthetic store that tells of about so many incidents."""
    with open_store(path) as store:
        run = store.begin_run(settings="{}", code="synthetic", at=datetime.now(UTC))
        batch: list[Claims] = []
        for claims in make_reports(incidents):
            batch.append(claims)
            if len(batch) == 500:
                store.add(batch, run=run)
                batch = []
        store.add(batch, run=run)
        store.end_run(run, datetime.now(UTC))


def _measure(path: Path, wanted: int) -> None:
    desk = Desk(lambda: open_store(path, create=False))
    start = time.perf_counter()
    board = desk.prepare()
    print(f"lists in {time.perf_counter() - start:.1f} s: {len(board.incidents):,} incidents", flush=True)
    start = time.process_time()
    board = desk.prepare()
    print(f"kept lists read in {time.process_time() - start:.1f} s of processor time", flush=True)
    _lengthen(desk, board, wanted)
    client = TestClient(make_app(desk, Session("t", frozenset({HOST})), reviewer="R1"), base_url=f"http://{HOST}")
    client.cookies.set(COOKIE, "t")
    first = board.incidents[0]
    place = first.place or ""
    pages = [
        "/",
        "/incidents",
        "/incidents?page=200",
        f"/incidents?place={place}&contested=1",
        "/incidents?q=force&order=killed",
        "/incidents?since=2021-01-01&until=2021-03-01&view=map",
        "/incidents?view=map",
        "/incidents?view=timeline",
        "/incidents.csv",
        f"/incidents/{first.id}",
        f"/report?id={first.documents[0]}",
        "/control",
        f"/control?place={place}&day=2021-02-01",
        "/actors",
        "/sources",
        "/runs",
        "/review",
        "/review?kind=pair",
    ]
    medians = []
    for page in pages:
        times, worked = [], []
        for _ in range(TIMES):
            start, begun = time.perf_counter(), time.process_time()
            answer = client.get(page)
            times.append(1000 * (time.perf_counter() - start))
            worked.append(1000 * (time.process_time() - begun))
            assert answer.status_code == 200, (page, answer.status_code)
        medians.append(statistics.median(worked))
        clock = statistics.median(times)
        print(f"{clock:7.0f} ms {medians[-1]:7.0f} processor {len(answer.content) / 1e3:9.0f} kB  {page}", flush=True)
    print(
        f"processor time: {statistics.median(medians):.0f} ms median of the pages, {max(medians):.0f} the slowest one"
    )


def _lengthen(desk: Desk, board: Board, wanted: int) -> None:
    """Give the desk a board with as many rows as wanted; each further row leads to the page of the one it repeats."""
    rows, entries = list(board.incidents), list(board.queue)
    while len(rows) < wanted:
        more = board.incidents[: wanted - len(rows)]
        rows += [replace(row, id=f"{row.id}-{len(rows)}") for row in more]
        entries += [replace(e, id=f"{e.id}-{len(rows)}") for e in board.queue]
    desk.hold(replace(board, incidents=tuple(rows), queue=tuple(entries)))
    print(f"{len(rows):,} incidents in the lists, {len(entries):,} pieces of work", flush=True)


def make_reports(incidents: int, seed: int = 7) -> Iterator[Claims]:
    """Yield reports that tell of so many incidents, each told by one to five of them."""
    chance = random.Random(seed)
    spots = [(f"Town {n}", chance.uniform(_SOUTH, _NORTH), chance.uniform(_WEST, _EAST)) for n in range(PLACES)]
    tellings: list[tuple[int, float, int]] = []
    for incident in range(incidents):
        day = chance.randrange(DAYS)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            tellings.append((day, chance.random(), incident))
    tellings.sort()
    for number in range(0, len(tellings), PER_REPORT):
        yield _report(number, tellings[number : number + PER_REPORT], spots, chance)


def _report(
    number: int, told: list[tuple[int, float, int]], spots: list[tuple[str, float, float]], chance: random.Random
) -> Claims:
    published = date(2020, 1, 1) + timedelta(days=told[-1][0] + 1)
    text = ""
    parts: dict[str, list[Any]] = {"events": [], "claims": [], "actors": [], "places": []}
    sentences = []
    for n, (day, _, incident) in enumerate(told):
        own = random.Random(incident)  # what an incident is does not depend on who tells it
        kind, spot = own.choice(_TYPES), own.choice(spots)
        doer, target = own.sample(_ACTORS, 2)
        toll = int(own.paretovariate(1.0)) % 500 + (chance.random() < 0.1)
        begin = len(text)
        speaker = chance.choice(_ACTORS)
        words = [speaker, " said ", doer, " struck ", target, " in ", spot[0], ", killing ", f"{toll} people", ". "]
        spans = []
        for word in words:
            spans.append(Span(len(text), len(text) + len(word)))
            text += word
        sentences.append(Span(begin, len(text) - 1))
        when_day = date(2020, 1, 1) + timedelta(days=day)
        when = When(when_day, when_day, when_day.isoformat(), rule="made")
        amount = Amount(float(toll), float(toll), rule="made", of_whom="people")
        arguments = (
            Argument(Role.BY, spans[2]),
            Argument(Role.ON, spans[4]),
            Argument(Role.PLACE, spans[6]),
            Argument(Role.KILLED, spans[8], amount=amount),
        )
        trigger = Span(spans[3].start + 1, spans[3].end - 1)
        score = 0.5 if chance.random() < 0.05 else 0.95
        mention = (EventMention(trigger, arguments),)
        parts["events"].append(
            Event(f"E{n + 1}", kind, Status.ACTUAL, mention, when=when, when_rule="own", score=score)
        )
        stance = Stance.DENIES if chance.random() < 0.05 else Stance.ASSERTS
        cue = Span(spans[1].start + 1, spans[1].end - 1)
        parts["claims"].append(Claim(f"C{n + 1}", stance, cue, spans[0], None, (f"E{n + 1}",), triggers=(trigger,)))
        for name, span in ((speaker, spans[0]), (doer, spans[2]), (target, spans[4])):
            link = ActorLink(name, ActorKind.REBEL, "SYR", "made", entry=name.casefold().replace(" ", "-"))
            parts["actors"].append(Actor(f"A{len(parts['actors']) + 1}", (span,), link))
        where = PlaceLink(spot[0], "SYR", PlaceLevel.TOWN, spot[1], spot[2], "made", radius_km=2.0)
        parts["places"].append(Place(f"P{n + 1}", (spans[6],), where))
    document = Document(
        id=f"report-{number}",
        text=text,
        sentences=tuple(sentences),
        published=Published(published, DateOrigin.GIVEN),
        publisher=f"Outlet {number % 40}",
        headline_text=f"Report {number}",
    )
    return Claims(
        document,
        tuple(parts["events"]),
        tuple(parts["claims"]),
        tuple(parts["actors"]),
        tuple(parts["places"]),
        (),
        (),
        "synthetic-1",
    )


if __name__ == "__main__":
    main()
