"""Fits the bits of `incidents/linking/weights.toml` to gold: which levels do pairs of one incident reach, which others?

    python -m evaluation.link_weights FAKES.jsonl.gz EVENTS.jsonl.gz [--leave-out sealed hidden veiled] [--cache FOLDER]

A logistic regression over the levels of all pairs of gold's tellings that blocking brings together, drawn toward the
bits that stand in the table. It prints both beside each other; the table is changed by hand. Pairs of two incidents
weigh more than their number, since most of them, in a large archive, are in nobody's gold.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contested.incidents import accounts_of, find_incidents
from contested.incidents.linking.blocking import candidate_pairs
from contested.incidents.linking.comparing import compare
from contested.incidents.linking.features import Describer
from contested.incidents.linking.weights import Weights, load_weights
from evaluation.incidents import INVENTED, REAL, WRITTEN, account_of, load_tellings, read

Level = tuple[str, str]
Float = NDArray[np.float64]

TOWARD = 6.0  # how strongly a level is drawn to the bits that stand; a level seen a few times hardly moves
TWO_WEIGH = 4.0  # of a pair of two incidents, beside one of one
STEPS = 200
PRIOR: Level = ("prior", "")
# Left as they stand: gold's pairs of two incidents were chosen as look-alikes, so that sharing a doer seems to say
# nothing there and being far apart too little. In an archive it is not so.
HELD = frozenset(
    [("place", level) for level in ("apart", "near", "other-country")]
    + [("time", level) for level in ("apart", "next-day")]
    + [(field, level) for field in ("doer", "target") for level in ("same", "compatible", "unknown", "differ")]
    + [("killed", level) for level in ("unknown", "differ", "same-small")]
    + [("wounded", "unknown"), ("lead", "unknown")]
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings: the levels they reach, and whether they are of one incident."""

    levels: tuple[Level, ...]
    are_one: bool


def main() -> None:
    """Print the levels with their bits as they stand, as fitted, and how often each was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs=2, type=Path, help="the two files with the texts of the real reports")
    parser.add_argument(
        "--leave-out", nargs="*", default=("sealed", "hidden", "veiled"), help="parts that are not learnt from"
    )
    parser.add_argument("--cache", type=Path, help="a folder that keeps what was read, a file a part")
    options = parser.parse_args()
    pairs: list[Pair] = []
    for part in (*REAL, *INVENTED):
        if part not in options.leave_out:
            kept = options.cache / f"{part}.pkl" if options.cache else None
            pairs += pairs_of(part, options.texts if part in REAL else [WRITTEN], kept)
    weights = load_weights()
    fitted = fit(pairs, weights)
    print(f"{len(pairs)} pairs, {sum(p.are_one for p in pairs)} of one incident")
    for (field, level), bits in fitted.items():
        seen = [p.are_one for p in pairs if (field, level) in p.levels]
        stands = weights.prior if (field, level) == PRIOR else weights.bits[field][level]
        print(f"{field:10} {level:18} {stands:6.1f} -> {bits:6.1f}   one {sum(seen)}, two {len(seen) - sum(seen)}")


def pairs_of(part: str, texts: Sequence[Path], cache: Path | None) -> list[Pair]:
    """Return the pairs of one part's tellings, of two reports each, that blocking brings together."""
    gold = [t for t in load_tellings() if t.half == part]
    claims = read(list(texts), gold, 200, cache)
    record = find_incidents(claims)
    accounts = sorted((a for c in claims for a in accounts_of(c)), key=lambda a: a.order)
    describer = Describer(accounts)
    incidents: dict[str, set[str]] = {}
    for telling in gold:
        held = account_of(telling, record)
        if held is not None:
            incidents.setdefault(held[1].id, set()).add(telling.incident)
    told = [n for n, a in enumerate(accounts) if a.id in incidents]
    met = {(i, j) for i, j, _, _ in candidate_pairs(accounts, describer)}
    return [
        Pair(
            compare(describer.features(accounts[i]), describer.features(accounts[j])),
            bool(incidents[accounts[i].id] & incidents[accounts[j].id]),
        )
        for i, j in combinations(told, 2)
        if (i, j) in met and accounts[i].document != accounts[j].document
    ]


def fit(pairs: Sequence[Pair], weights: Weights) -> dict[Level, float]:
    """Return the bits of every level that the pairs can tell about, by Newton's method; the held ones as they stand."""
    levels = [PRIOR, *dict.fromkeys(level for p in pairs for level in p.levels)]
    stands = np.array([weights.prior, *(weights.bits[field][level] for field, level in levels[1:])])
    rows = np.array([[1.0, *(float(level in p.levels) for level in levels[1:])] for p in pairs])
    one = np.array([p.are_one for p in pairs])
    held = np.array([level in HELD for level in levels])
    return dict(zip(levels, _newton(rows, one, stands, held).tolist(), strict=True))


def _newton(rows: Float, one: NDArray[np.bool_], stands: Float, held: NDArray[np.bool_]) -> Float:
    weigh = np.where(one, 1.0, TWO_WEIGH)

    def cost(bits: Float) -> float:
        signed = np.where(one, 1.0, -1.0) * (rows @ bits) * math.log(2)
        return float((weigh * np.logaddexp(0, -signed)).sum() + TOWARD / 2 * ((bits - stands) ** 2).sum())

    bits = stands.copy()
    for step in _steps(rows, one, weigh, stands, held, bits):
        size = 1.0
        while cost(bits - size * step) > cost(bits) and size > 1e-6:
            size /= 2
        bits -= size * step
    return bits


def _steps(
    rows: Float, one: NDArray[np.bool_], weigh: Float, stands: Float, held: NDArray[np.bool_], bits: Float
) -> Iterator[Float]:
    """Yield Newton's step at `bits`, which the caller moves, until it is as good as nothing."""
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp2(-np.clip(rows @ bits, -60, 60)))
        slope = rows.T @ (weigh * (chance - one)) * math.log(2) + TOWARD * (bits - stands)
        bend = (rows * (weigh * chance * (1 - chance))[:, None]).T @ rows * math.log(2) ** 2
        bend += TOWARD * np.eye(len(bits))
        slope[held] = 0.0
        bend[held, :] = bend[:, held] = 0.0
        bend[held, held] = 1.0
        step = np.asarray(np.linalg.solve(bend, slope), dtype=np.float64)
        if float(np.abs(step).max()) < 1e-6:
            return
        yield step


if __name__ == "__main__":
    main()
