"""Score the places room: what place spans mean, given the spans.

    PYTHONPATH=src python -m evaluation.places corpus ../shared/corpus/train.jsonl [--errors 40]

`corpus` measures as the corpus' score.py does: country over places that have one; within 25 and 161 km over places with
coordinates that are no country, region, first-level division or water; every span counts, unresolved ones as wrong.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contested.places import resolve_all
from contested.places.geometry import distance_km
from contested.types import PlaceLevel, PlaceLink, Span

AREAS = frozenset({"country", "region", "adm1", "water"})  # score.py measures no distance to these
FAR_KM = 20_040.0  # half the earth's circumference: what an unresolved toponym counts in mean errors


def corpus_links(
    path: Path, hints: bool
) -> Iterator[tuple[dict[str, Any], list[tuple[Span, dict[str, Any]]], tuple[PlaceLink, ...]]]:
    """Yield each document with its gold place spans and what the room makes of them."""
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        gold = sorted(((Span(*s), p) for p in document["places"] for s in p["spans"]), key=lambda x: x[0])
        mentions = [(span, PlaceLevel(p["level"]) if hints else None) for span, p in gold]
        sentences = [Span(*s) for s in document["sentences"]]
        yield document, gold, resolve_all(document["text"], mentions, sentences=sentences)


def score_corpus(path: Path, hints: bool, errors: int) -> None:
    """Print country and distance accuracy, and the commonest misses."""
    country: list[bool] = []
    near: list[bool] = []
    far: list[bool] = []
    missed: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    bad_rules: Counter[str] = Counter()
    started, documents, spans = time.perf_counter(), 0, 0
    for document, gold, links in corpus_links(path, hints):
        documents += 1
        for (span, place), link in zip(gold, links, strict=True):
            spans += 1
            words = span.of(document["text"])
            rules[link.rule] += 1
            if place["country"]:
                country.append(link.country == place["country"])
                if not country[-1]:
                    missed[
                        f"{words} [{place['country']} {place['level']}] -> {link.country} {link.name} ({link.rule})"
                    ] += 1
            if place["lat"] is not None and place["level"] not in AREAS:
                km = (
                    FAR_KM
                    if link.lat is None or link.lon is None
                    else distance_km(place["lat"], place["lon"], link.lat, link.lon)
                )
                near.append(km <= 25)
                far.append(km <= 161)
                if km > 25:
                    bad_rules[link.rule] += 1
                    missed[
                        f"{words} [{place['country']} {place['level']} {place['lat']},{place['lon']}] -> {link.name} {link.lat},{link.lon} {km:.0f} km ({link.rule})"
                    ] += 1
    took = time.perf_counter() - started
    print(f"{path.name}, levels {'given' if hints else 'withheld'}: {documents} reports, {spans} spans")
    for label, outcomes in (("country", country), ("within 25 km", near), ("within 161 km", far)):
        print(f"  {label:14s} {100 * sum(outcomes) / len(outcomes):5.1f}  (n={len(outcomes)})")
    print(f"  {1000 * took / documents:.2f} ms a report, {1000 * took / spans:.2f} ms a span")
    if errors:
        print(rules.most_common(), bad_rules.most_common())
        for miss, count in missed.most_common(errors):
            print(f"  {count:3d}  {miss}")


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=("corpus",))
    parser.add_argument("path", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--hints", action="store_true", help="give the gold level as the reader's guess")
    arguments = parser.parse_args()
    score_corpus(arguments.path, arguments.hints, arguments.errors)


if __name__ == "__main__":
    main()
