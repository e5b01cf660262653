"""Time and memory of linking against the number of claims, on synthetic accounts with known clusters.

    python -m evaluation.incidents_scale 10000 100000 1000000

Each size runs over the same two years and one country, so that more claims make blocks denser, not only more of them.
Prints seconds, microseconds a claim, peak memory, and precision and recall of pairs against the known clusters.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from datetime import date, timedelta

from contested.incidents import Account, Saying, Speaker, Toll, link
from contested.types import Amount, EventType, PlaceLevel, PlaceLink, Role, Span, Stance, Status, When

DAYS = 730
PLACES = 2_000
CLAIMS_AN_ACCOUNT = 1.2  # as the reader's output on whole articles has it
ERRORS = 0.1  # of days moved by one, numbers changed, words replaced
_TYPES = (EventType.AIRSTRIKE, EventType.SHELLING, EventType.BATTLE, EventType.BOMBING, EventType.DETENTION)


def main() -> None:
    """Print one line a size."""
    for claims in map(int, sys.argv[1:] or ["10000", "100000"]):
        accounts = list(make_accounts(round(claims / CLAIMS_AN_ACCOUNT)))
        start = time.process_time()
        clusters = link(accounts)
        seconds = time.process_time() - start
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        precision, recall = pair_scores([[a.id.split("-")[0] for a in c.accounts] for c in clusters])
        print(
            f"{claims:,} claims: {seconds:.1f} s processor time, {1e6 * seconds / claims:.0f} µs a claim, "
            f"peak {peak_mb:.0f} MB, pairs precision {precision:.1f} recall {recall:.1f}",
            flush=True,
        )


def make_accounts(number: int, seed: int = 7) -> list[Account]:
    """Return accounts of incidents that are told one to five times each, with errors."""
    chance = random.Random(seed)
    words = ["".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(20_000)]
    spots = [
        PlaceLink(
            f"t{n}", "SYR", PlaceLevel.TOWN, chance.uniform(32.5, 37), chance.uniform(36, 42), "made", radius_km=2
        )
        for n in range(PLACES)
    ]
    accounts: list[Account] = []
    incident = 0
    while len(accounts) < number:
        day, spot, kind = chance.randrange(DAYS), chance.choice(spots), chance.choice(_TYPES)
        toll, told = int(chance.paretovariate(1.0)), chance.sample(words, 10)
        for copy in range(chance.choice((1, 1, 2, 3, 5))):
            accounts.append(_account(f"{incident}-{copy}", day, spot, kind, toll, told, words, chance))
        incident += 1
    return accounts


def _account(
    name: str,
    day: int,
    spot: PlaceLink,
    kind: EventType,
    toll: int,
    told: list[str],
    words: list[str],
    chance: random.Random,
) -> Account:
    moved = day + (chance.random() < ERRORS)
    when = date(2020, 1, 1) + timedelta(days=moved)
    number = toll + (chance.random() < ERRORS) * chance.randrange(1, 4)
    text = " ".join(chance.choice(words) if chance.random() < ERRORS else w for w in told)
    outlet = Speaker(name, is_outlet=True)
    return Account(
        id=name,
        document=f"d{name}",
        event="E1",
        type=kind,
        status=Status.ACTUAL,
        spans=(Span(0, 10),),
        words=text,
        when=When(when, when, when.isoformat(), rule="made"),
        published=when + timedelta(days=chance.randrange(2)),
        places=(spot,),
        tolls=(Toll(Role.KILLED, Amount(number, number, rule="made"), Span(0, 2), outlet),),
        sayings=(Saying(Stance.ASSERTS, outlet, text, (Span(0, 2),)),),
        where_told="SYR",
    )


def pair_scores(clusters: list[list[str]]) -> tuple[float, float]:
    """Return precision and recall in percent over pairs of accounts, given the true incident of each member."""
    said = right = 0
    sizes: Counter[str] = Counter()
    for members in clusters:
        said += len(members) * (len(members) - 1) // 2
        within = Counter(members)
        right += sum(n * (n - 1) // 2 for n in within.values())
        sizes.update(members)
    true = sum(n * (n - 1) // 2 for n in sizes.values())
    return 100 * right / max(said, 1), 100 * right / max(true, 1)


if __name__ == "__main__":
    main()
