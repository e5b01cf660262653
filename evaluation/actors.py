"""How well actors are resolved, on gold groups: kind, country and name.

    python evaluation/actors.py GOLD.jsonl [--errors N] [--located]

The groups (which spans are one actor) are the gold's. Kind is scored twice: by rules alone, and with the gold kind
given (then an error is the register's). Name match: equal after levelling, or the gold name leads to the same register
entry; "same side" also counts a part and its whole (army, armed forces).
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from contested.actors import compare, resolve_all
from contested.actors.words import level
from contested.types import ActorKind, ActorLink, Relation, Span

_ONE_SIDE = (Relation.SAME, Relation.COMPATIBLE)


def main() -> None:
    """Print the scores of a gold file and, if asked, the commonest errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="how many of each sort of error to list")
    parser.add_argument("--located", action="store_true", help="also give place spans with their country")
    arguments = parser.parse_args()
    hits: Counter[str] = Counter()
    errors: dict[str, Counter[str]] = {"kind": Counter(), "country": Counter(), "name": Counter()}
    rules: dict[str, Counter[str]] = {}
    seconds = 0.0
    reports = 0
    for line in arguments.gold.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        reports += 1
        started = time.process_time()
        with_kind = _resolve(report, True, arguments.located)
        seconds += time.process_time() - started
        alone = _resolve(report, False, arguments.located)
        for actor, link, link_alone in zip(report["actors"], with_kind, alone, strict=True):
            _score(report, actor, link, link_alone, hits, errors, rules)
    _print(hits, rules, seconds / max(reports, 1))
    for sort, counter in errors.items() if arguments.errors else ():
        print(f"\n{sort}")
        for words, n in counter.most_common(arguments.errors):
            print(f"{n:4} {words}")


def _resolve(report: dict[str, Any], with_kind: bool, located: bool) -> tuple[ActorLink, ...]:
    groups = [
        (tuple(Span(*span) for span in actor["spans"]), ActorKind(actor["kind"]) if with_kind else None)
        for actor in report["actors"]
    ]
    places: Counter[str] = Counter()
    for place in report["places"]:
        if place["country"]:
            places[place["country"]] += len(place["spans"])
    where = [
        (Span(*span), place["country"]) for place in report["places"] if place["country"] for span in place["spans"]
    ]
    return resolve_all(
        report["text"],
        groups,
        published=date.fromisoformat(report["date"]) if report["date"] else None,
        sentences=[Span(*span) for span in report["sentences"]],
        countries=[iso3 for iso3, _ in places.most_common()],
        located=where if located else (),
    )


def _score(
    report: dict[str, Any],
    actor: dict[str, Any],
    link: ActorLink,
    alone: ActorLink,
    hits: Counter[str],
    errors: dict[str, Counter[str]],
    rules: dict[str, Counter[str]],
) -> None:
    gold_kind = ActorKind(actor["kind"])
    words = " / ".join(report["text"][s:e] for s, e in actor["spans"][:4])
    gold = _gold_link(actor, gold_kind, report)
    same = level(actor["name"]) == level(link.name) or (link.entry is not None and gold.entry == link.entry)
    side = same or (compare(link, gold).relation in _ONE_SIDE and link.entry is not None)
    hits["actors"] += 1
    hits["kind, rules alone"] += alone.kind is gold_kind
    hits["kind, gold kind given"] += link.kind is gold_kind
    hits["country"] += link.country == actor["country"]
    hits["name"] += same
    hits["name, same side"] += side
    hits["in the register"] += link.entry is not None
    if link.entry is not None:
        hits["name where in the register"] += same
    rule = rules.setdefault(link.rule, Counter())
    rule["n"] += 1
    rule["country"] += link.country == actor["country"]
    rule["name"] += same
    rule_alone = rules.setdefault(alone.rule, Counter())
    rule_alone["n alone"] += 1
    rule_alone["kind alone"] += alone.kind is gold_kind
    if alone.kind is not gold_kind:
        errors["kind"][f"{words} | gold {gold_kind.value} | {alone.kind.value} by {alone.rule}"] += 1
    if link.country != actor["country"]:
        errors["country"][f"{words} | gold {actor['country']} | {link.country} by {link.rule}"] += 1
    if not same:
        errors["name"][f"{words} | gold {actor['name']} | {link.name} by {link.rule}"] += 1


def _gold_link(actor: dict[str, Any], kind: ActorKind, report: dict[str, Any]) -> ActorLink:
    """Return what the register makes of the gold name itself."""
    name = actor["name"]
    return resolve_all(
        name,
        [((Span(0, len(name)),), kind)],
        published=date.fromisoformat(report["date"]) if report["date"] else None,
        countries=[actor["country"]] if actor["country"] else (),
    )[0]


def _print(hits: Counter[str], rules: dict[str, Counter[str]], seconds: float) -> None:
    actors = hits["actors"]
    print(f"{actors} actors, {1000 * seconds:.2f} ms a report")
    for name, n in hits.items():
        if name == "name where in the register":
            print(f"{name:32} {100 * n / max(hits['in the register'], 1):5.1f}")
        elif name != "actors":
            print(f"{name:32} {100 * n / actors:5.1f}")
    print(f"\n{'rule':28} {'n':>5} {'country':>8} {'name':>6} {'n alone':>8} {'kind':>6}")
    for rule, c in sorted(rules.items(), key=lambda pair: -pair[1]["n"]):
        n, alone = max(c["n"], 1), max(c["n alone"], 1)
        print(
            f"{rule:28} {c['n']:5} {100 * c['country'] / n:8.1f} {100 * c['name'] / n:6.1f}"
            f" {c['n alone']:8} {100 * c['kind alone'] / alone:6.1f}"
        )


if __name__ == "__main__":
    main()
