"""Finds the disputes over gold readings and holds them against a person's verdicts on them.

    python -m evaluation.disputes GOLD.jsonl [--list] [--unjudged]

The verdicts lie in `disputes_verdicts.tsv`: document id, kind, what the two sides rest on as offsets, and one of

    true           the report's voices contradict each other on this
    false          they do not
    definitional   one only says that it is not confirmed, or the line is one of definition

No text of a report is kept there. A dispute that nobody has judged counts in no precision and is reported.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contested.claims import assemble
from contested.types import Claims, Dispute
from evaluation.gold_reading import gold_document, gold_reading

VERDICTS = Path(__file__).with_name("disputes_verdicts.tsv")
_COLUMNS = ("document", "kind", "first", "second", "verdict")
_ENTRIES = (
    "cep"  # the source set of one-paragraph entries; those with one saying cannot hold a dispute and are left out
)

Key = tuple[str, str, str, str]


def find_all(gold: Path) -> Iterator[tuple[Claims, Dispute]]:
    """Yield every dispute of the articles and of entries with two or more sayings, read as gold reads them."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        annotated: dict[str, Any] = json.loads(line)
        if annotated["source_set"] == _ENTRIES and len(annotated["claims"]) < 2:
            continue
        claims = assemble(gold_document(annotated), gold_reading(annotated))
        for dispute in claims.disputes:
            yield claims, dispute


def key_of(claims: Claims, dispute: Dispute) -> Key:
    """Return what a verdict is kept under: ids and offsets, which no change of wording or numbering moves."""
    sides = (",".join(f"{s.start}-{s.end}" for s in side.evidence) for side in dispute.sides)
    return (claims.document.id, dispute.kind.value, *sides)  # type: ignore[return-value]


def read_verdicts(path: Path = VERDICTS) -> dict[Key, str]:
    """Return the verdicts by dispute."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((row for row in file if not row.startswith("#")), delimiter="\t")
        return {(r["document"], r["kind"], r["first"], r["second"]): r["verdict"] for r in rows}


def main() -> None:
    """Print how many disputes were found and how many of them hold, by kind and in all."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--list", action="store_true", help="every dispute with its verdict, as rows for the table")
    parser.add_argument("--unjudged", action="store_true", help="only those without a verdict, with their explanation")
    asked = parser.parse_args()
    verdicts, tally, found = read_verdicts(), Counter[tuple[str, str]](), set()
    for claims, dispute in find_all(asked.gold):
        key = key_of(claims, dispute)
        verdict = verdicts.get(key, "unjudged")
        found.add(key)
        tally[dispute.kind.value, verdict] += 1
        if asked.list:
            print("\t".join((*key, verdict)))
        if asked.unjudged and verdict == "unjudged":
            print("\t".join(key), dispute.rule, dispute.why, sep="\n    ")
    for kind in (*sorted({k for k, _ in tally}), "all"):
        counted = Counter[str]()
        for (of_kind, verdict), number in tally.items():
            if kind in ("all", of_kind):
                counted[verdict] += number
        print(f"{kind:15} {_summary(counted)}")
    lost = [k for k, v in verdicts.items() if v == "true" and k not in found]
    print(f"judged true before and not found now: {len(lost)}", *(" ".join(k) for k in lost), sep="\n    ")


def _summary(counted: Counter[str]) -> str:
    judged = counted["true"] + counted["false"]
    precision = f"{100 * counted['true'] / judged:.1f}" if judged else "-"
    parts = ", ".join(f"{counted[v]} {v}" for v in ("true", "false", "definitional", "unjudged"))
    return f"{sum(counted.values()):4} found: {parts}; precision without the definitional {precision}"


if __name__ == "__main__":
    main()
