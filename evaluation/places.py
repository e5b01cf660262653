"""Score the places room: what place spans mean, given the spans.

    PYTHONPATH=src python -m evaluation.places corpus ../shared/corpus/train.jsonl [--hints] [--errors 40]
    PYTHONPATH=src python -m evaluation.places lgl ../shared/data/research/lgl.xml.gz [--gazetteer FILE]
    PYTHONPATH=src python -m evaluation.places geowebnews ../shared/data/research/geowebnews.zip [--gazetteer FILE]

`corpus` measures as the corpus' score.py does: country over places that have one; within 25 and 161 km over places with
coordinates that are no country, region, first-level division or water; every span counts, unresolved ones as wrong.
`lgl` and `geowebnews` count every toponym with coordinates; one without a link is wrong and, in the mean, at the
antipodes. `--gazetteer` adds a file made by `contested gazetteer build`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import statistics
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from contested.places import Gazetteer, open_gazetteer, resolve_all
from contested.places.geometry import distance_km
from contested.types import PlaceLevel, PlaceLink, Span

AREAS = frozenset({"country", "region", "adm1", "water"})  # score.py measures no distance to these
CLOSE_KM = 25.0  # as in score.py
NEAR_KM = 161.0  # 100 miles: the distance that toponym resolution is scored at since Leidner
FAR_KM = 20_040.0  # half the earth's circumference: what an unresolved toponym counts in mean errors


def corpus_links(
    path: Path, hints: bool, gazetteer: Gazetteer | None
) -> Iterator[tuple[dict[str, Any], list[tuple[Span, dict[str, Any]]], tuple[PlaceLink, ...]]]:
    """Yield each document with its gold place spans and what the room makes of them."""
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        gold = sorted(((Span(*s), p) for p in document["places"] for s in p["spans"]), key=lambda x: x[0])
        mentions = [(span, PlaceLevel(p["level"]) if hints else None) for span, p in gold]
        sentences = [Span(*s) for s in document["sentences"]]
        yield document, gold, resolve_all(document["text"], mentions, sentences=sentences, gazetteer=gazetteer)


def score_corpus(path: Path, hints: bool, gazetteer: Gazetteer | None, errors: int) -> None:
    """Print country and distance accuracy, and the commonest misses."""
    country: list[bool] = []
    distances: list[float] = []
    missed: Counter[str] = Counter()
    started, documents, spans = time.process_time(), 0, 0
    for document, gold, links in corpus_links(path, hints, gazetteer):
        documents += 1
        for (span, place), link in zip(gold, links, strict=True):
            spans += 1
            right = not place["country"] or link.country == place["country"]
            if place["country"]:
                country.append(right)
            if place["lat"] is not None and place["level"] not in AREAS:
                distances.append(error_km(link, place["lat"], place["lon"]))
                right = right and distances[-1] <= CLOSE_KM
            if not right:
                told = f"{place['country']} {place['level']} {place['lat']},{place['lon']}"
                missed[f"{span.of(document['text'])} [{told}] -> {_brief(link)}"] += 1
    took = time.process_time() - started
    print(f"{path.name}, levels {'given' if hints else 'withheld'}: {documents} reports, {spans} spans")
    print(f"  country        {_percent(country)}  (n={len(country)})")
    for limit in (CLOSE_KM, NEAR_KM):
        print(f"  within {limit:3.0f} km  {_percent([d <= limit for d in distances])}  (n={len(distances)})")
    print(f"  {1000 * took / documents:.2f} ms a report, {1000 * took / spans:.2f} ms a span (processor time)")
    for miss, count in missed.most_common(errors):
        print(f"  {count:3d}  {miss}")


def error_km(link: PlaceLink, lat: float, lon: float) -> float:
    """Return how far a link lies from gold; half the earth away when it has no point."""
    return FAR_KM if link.lat is None or link.lon is None else distance_km(lat, lon, link.lat, link.lon)


def log_error_area(distances: list[float]) -> float:
    """Return the mean of ln(km + 1) over that of the farthest point: the AUC that Gritta et al. 2018 report.

    >>> log_error_area([0.0, 0.0]), round(log_error_area([FAR_KM, FAR_KM]), 3)
    (0.0, 1.0)
    """
    return statistics.mean(math.log(km + 1) for km in distances) / math.log(FAR_KM + 1)


def _percent(outcomes: list[bool]) -> str:
    return f"{100 * sum(outcomes) / max(1, len(outcomes)):5.1f}"


def _brief(link: PlaceLink) -> str:
    return f"{link.name} {link.country} {link.lat},{link.lon} ({link.rule})"


Toponyms = list[tuple[Span, float, float]]


def read_lgl(path: Path) -> Iterator[tuple[str, Toponyms]]:
    """Yield each article of LGL with its toponyms that have coordinates."""
    with gzip.open(path) as file:
        root = ElementTree.parse(file).getroot()  # a local file of known origin
    for article in root:
        text = article.findtext("text") or ""
        toponyms = []
        for toponym in article.iter("toponym"):
            tag = toponym.find("gaztag")
            if tag is not None:
                span = Span(int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0))
                toponyms.append((span, float(tag.findtext("lat") or 0), float(tag.findtext("lon") or 0)))
        yield text, toponyms


def read_geowebnews(path: Path) -> Iterator[tuple[str, Toponyms]]:
    """Yield each article of GeoWebNews with its toponyms that have a GeoNames entry, as published figures do."""
    with zipfile.ZipFile(path) as archive, archive.open("GWN.xml") as file:
        root = ElementTree.parse(file).getroot()
    for article in root:
        text = article.findtext("text") or ""
        toponyms = [
            (
                Span(int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0)),
                float(toponym.findtext("latitude") or 0),
                float(toponym.findtext("longitude") or 0),
            )
            for toponym in article.iter("toponym")
            if toponym.findtext("geonamesID") and int(toponym.findtext("start") or 0) >= 0  # some offsets are broken
        ]
        yield text, toponyms


def score_toponyms(articles: Iterator[tuple[str, Toponyms]], gazetteer: Gazetteer | None, errors: int) -> None:
    """Print accuracy within 161 and 25 km and the mean and median error."""
    distances: list[float] = []
    missed: Counter[str] = Counter()
    for text, toponyms in articles:
        links = resolve_all(text, [(span, None) for span, _, _ in toponyms], gazetteer=gazetteer)
        for (span, lat, lon), link in zip(toponyms, links, strict=True):
            distances.append(error_km(link, lat, lon))
            if distances[-1] > NEAR_KM:
                missed[f"{span.of(text)} [{lat:.2f},{lon:.2f}] -> {_brief(link)}"] += 1
    for limit in (CLOSE_KM, NEAR_KM):
        print(f"  within {limit:3.0f} km  {_percent([d <= limit for d in distances])}  (n={len(distances)})")
    print(f"  mean error {statistics.mean(distances):.0f} km, median {statistics.median(distances):.1f} km")
    print(f"  area under the curve of log errors {log_error_area(distances):.3f} (0 is perfect)")
    for miss, count in missed.most_common(errors):
        print(f"  {count:3d}  {miss}")


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=("corpus", "lgl", "geowebnews"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--hints", action="store_true", help="corpus: give the gold level as the reader's guess")
    parser.add_argument("--gazetteer", type=Path, help="a gazetteer file beside the table that ships")
    arguments = parser.parse_args()
    gazetteer = open_gazetteer(arguments.gazetteer) if arguments.gazetteer else None
    if arguments.set == "corpus":
        score_corpus(arguments.path, arguments.hints, gazetteer, arguments.errors)
        return
    read = read_lgl if arguments.set == "lgl" else read_geowebnews
    print(f"{arguments.path.name}, given the spans:")
    score_toponyms(read(arguments.path), gazetteer, arguments.errors)


if __name__ == "__main__":
    main()
