"""Scores what is seen of two numbers of dead inside one report, over 320 made up items.

    python -m evaluation.two_tolls [--part a|b|c] [--misses]

`incidents_gold/two_tolls.jsonl` holds items of two to seven sentences by three language-model writers, who saw neither
rules nor one another. Each gives the dead of one event twice: two voices contradict each other, or the toll moved, or
the numbers do not compete. An item is right when its two numbers stand in the relation that it has, and in none where
it has none.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from contested import pipeline, sources
from contested.incidents import find_incidents
from contested.incidents.agreement.relations import FieldRelation
from contested.types import Claims

ITEMS = Path(__file__).parent / "incidents_gold" / "two_tolls.jsonl"
RELATIONS = ("conflict", "update", "none")


def main() -> None:
    """Print, for each part, how many items of each relation are right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("a", "b", "c"), help="one writer's items alone")
    parser.add_argument("--misses", action="store_true", help="print what is not right")
    a = parser.parse_args()
    items = [json.loads(line) for line in ITEMS.read_text(encoding="utf-8").splitlines()]
    items = [item for item in items if a.part in (None, item["part"])]
    claims = read(items)
    right: Counter[tuple[str, str]] = Counter()
    for item in items:
        said = relation_of(item, claims.get(item["id"]))
        right[item["part"], item["relation"]] += said == item["relation"]
        if a.misses and said != item["relation"]:
            print(item["id"], item["relation"], item["numbers"], "said:", said)
    whole = Counter((item["part"], item["relation"]) for item in items)
    for part in sorted({item["part"] for item in items}):
        print(part, ", ".join(f"{r} {right[part, r]} of {whole[part, r]}" for r in RELATIONS))


def read(items: list[dict[str, Any]]) -> dict[str, Claims]:
    """Return what the reader finds in the items, by id."""
    documents = [
        sources.document(
            item["text"], id=item["id"], published=date.fromisoformat(item["date"]), publisher=item["source"]
        )
        for item in items
    ]
    return {r.document.id: r for r in pipeline.read_opened(documents) if isinstance(r, Claims)}


def relation_of(item: dict[str, Any], claims: Claims | None) -> str:
    """Return how the two numbers of an item stand, as the program says."""
    if claims is None:
        return "none"
    wanted = {str(number) for number in item["numbers"]}
    for incident in find_incidents([claims]).incidents:
        for relation in incident.relations:
            if relation.field == "killed" and relation.standing.value in RELATIONS and wanted <= _numbers(relation):
                return relation.standing.value
    return "none"


def _numbers(relation: FieldRelation) -> set[str]:
    return {
        side.says.removeprefix("at least ").removeprefix("at most ").replace(",", "")
        for side in (relation.a, relation.b)
    }


if __name__ == "__main__":
    main()
