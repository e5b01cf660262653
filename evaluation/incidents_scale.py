"""Time and memory of linking against the number of claims, on synthetic accounts with known clusters.

    python -m evaluation.incidents_scale 10000 100000 1000000
    python -m evaluation.incidents_scale --wars 10 1000000

Each size runs over the same two years of as many wars as said, each in a country of its own. With one war, the default,
more claims make blocks denser, not only more of them; archives that grow by more wars keep their density.
Prints seconds, microseconds a claim, peak memory, and precision and recall of pairs against the known clusters.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter
from datetime import date, timedelta

from contested.incidents import Account, Saying, Speaker, Toll, link
from contested.types import Amount, EventType, PlaceLevel, PlaceLink, Role, Span, Stance, Status, When

DAYS = 730
PLACES = 2_000
CLAIMS_AN_ACCOUNT = 1.2  # as the reader's output on whole articles has it
ERRORS = 0.1  # of days moved by one, numbers changed, words replaced
COUNTRIES = {  # latitude and longitude of a corner of each
    **{"SYR": (32.5, 36.0), "UKR": (46.5, 30.0), "SDN": (11.0, 26.0), "MLI": (14.0, -6.0), "COD": (-4.0, 25.0)},
    **{"AFG": (32.0, 63.0), "MMR": (18.0, 94.5), "NGA": (8.0, 5.0), "COL": (2.0, -76.0), "ETH": (7.0, 37.0)},
}
_TYPES = (EventType.AIRSTRIKE, EventType.SHELLING, EventType.BATTLE, EventType.BOMBING, EventType.DETENTION)


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--wars", type=int, default=1, choices=range(1, len(COUNTRIES) + 1), metavar="N")
    options = parser.parse_args()
    for claims in options.claims:
        accounts = list(make_accounts(round(claims / CLAIMS_AN_ACCOUNT), wars=options.wars))
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


def make_accounts(number: int, seed: int = 7, wars: int = 1) -> list[Account]:
    """Return accounts of incidents that are told one to five times each, with errors, in so many countries."""
    chance = random.Random(seed)
    words = ["".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(20_000)]
    spots = [
        PlaceLink(f"t{n}{own}", country, PlaceLevel.TOWN, *_point(country, chance), "made", radius_km=2)
        for country, own in zip(list(COUNTRIES)[:wars], ["", *list(COUNTRIES)[1:]], strict=False)
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


def _point(country: str, chance: random.Random) -> tuple[float, float]:
    """Return a point of a country, or of as much land beside its middle."""
    south, west = COUNTRIES[country]
    return chance.uniform(south, south + 4.5), chance.uniform(west, west + 6)


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
        where_told=spot.country,
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
