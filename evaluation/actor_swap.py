"""The actor-swap test: the same sentences with sides exchanged. Type, status and stance should not change.

Usage::

    python -m evaluation.actor_swap              how often each changes, by pair of sides
    python -m evaluation.actor_swap --differences 20

A reader that has learnt who usually bombs or denies will read "X shelled Y" otherwise than "Y shelled X". The pairs
stand in `actor_swap.toml`. Only dev texts that name a side are read; what the reader finds in one is paired with what
it finds at the same words of the other.
"""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from evaluation.scores import CORPUS, GOLD, KEYS_OF_A_BARE_REPORT, read_reports

PAIRS = Path(__file__).with_name("actor_swap.toml")
MEASURES = ("trigger", "type", "status", "said", "stance")

Form = dict[str, Any]  # a report in the corpus form


@dataclass(frozen=True, slots=True)
class Swapped:
    """A text with sides exchanged, and where its stretches come from."""

    text: str
    cuts: tuple[tuple[int, int], ...]  # (start in the old text, start in the new one) of each unchanged stretch

    def place(self, offset: int) -> int:
        """Return where the character at `offset` of the old text stands in the new one."""
        old, new = max((cut for cut in self.cuts if cut[0] <= offset), default=(0, 0))
        return new + offset - old


@dataclass(slots=True)
class Changes:
    """How often each measure was compared and differed, with the places that differ."""

    compared: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def note(self, measure: str, same: bool, what: str) -> None:
        """Count one comparison."""
        self.compared[measure] += 1
        if not same:
            self.changed[measure] += 1
            self.differences.append(f"{measure}: {what}")


def swap(text: str, forms: list[tuple[str, str]]) -> Swapped:
    """Return the text with every form of one side turned into the other side's, both ways at once."""
    other = dict(forms) | {b: a for a, b in forms}
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(f)}(?!\w)" for f in sorted(other, key=len, reverse=True)), re.I)
    parts: list[str] = []
    cuts = [(0, 0)]
    old = new = 0
    for match in pattern.finditer(text):
        form = next((f for f in other if f.lower() == match.group().lower()), match.group())
        become = other.get(form, form)
        if match.group()[0].isupper():
            become = become[0].upper() + become[1:]
        parts += [text[old : match.start()], become]
        new += match.start() - old + len(become)
        old = match.end()
        cuts.append((old, new))
    parts.append(text[old:])
    return Swapped("".join(parts), tuple(cuts))


def compare(before: Form, after: Form, swapped: Swapped, changes: Changes) -> None:
    """Count what the readings of a text and of its exchanged twin have in common."""
    twins = {tuple(m["trigger"]): e for e in after["events"] for m in e["mentions"]}
    for event in before["events"]:
        for mention in event["mentions"]:
            start, end = (swapped.place(offset) for offset in mention["trigger"])
            found = next((e for (a, z), e in twins.items() if a < end and start < z), None)
            words = f"{before['id']} “{before['text'][mention['trigger'][0] : mention['trigger'][1]]}”"
            changes.note("trigger", found is not None, words)
            if found is not None:
                changes.note("type", found["type"] == event["type"], f"{words} {event['type']} -> {found['type']}")
                changes.note(
                    "status", found["status"] == event["status"], f"{words} {event['status']} -> {found['status']}"
                )
    cues = {tuple(c["cue"]): c for c in after["claims"] if c.get("cue")}
    for claim in before["claims"]:
        if claim.get("cue"):
            start, end = (swapped.place(offset) for offset in claim["cue"])
            twin = next((c for (a, z), c in cues.items() if a < end and start < z), None)
            words = f"{before['id']} “{before['text'][claim['cue'][0] : claim['cue'][1]]}”"
            changes.note("said", twin is not None, words)
            if twin is not None:
                changes.note(
                    "stance", twin["stance"] == claim["stance"], f"{words} {claim['stance']} -> {twin['stance']}"
                )


def read_forms(reports: list[Form]) -> dict[str, Form]:
    """Return what `contested read` finds in bare reports, by id."""
    with tempfile.TemporaryDirectory() as folder:
        bare, out = Path(folder, "bare.jsonl"), Path(folder, "read.jsonl")
        bare.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in reports), encoding="utf-8")
        read_reports(bare, out)
        return {d["id"]: d for d in map(json.loads, out.read_text(encoding="utf-8").splitlines())}


def measure(corpus: Path) -> dict[str, Changes]:
    """Return the changes for each pair of sides, and for all together."""
    lines = (corpus / GOLD).read_text(encoding="utf-8").splitlines()
    gold = [{k: d[k] for k in KEYS_OF_A_BARE_REPORT if d.get(k) is not None} for d in map(json.loads, lines)]
    before = read_forms(gold)
    found: dict[str, Changes] = {}
    total = found.setdefault("all", Changes())
    for pair in tomllib.loads(PAIRS.read_text(encoding="utf-8"))["pair"]:
        forms = [(a, b) for a, b in pair["forms"]]
        twins = {d["id"]: swap(d["text"], forms) for d in gold}
        named = [d | {"text": twins[d["id"]].text} for d in gold if twins[d["id"]].text != d["text"]]
        changes = found.setdefault(pair["name"], Changes())
        for name, after in read_forms(named).items():
            compare(before[name], after, twins[name], changes)
        total.compared.update(changes.compared)
        total.changed.update(changes.changed)
        total.differences += changes.differences
    return found


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=CORPUS, help="Folder with dev.jsonl.")
@click.option("--differences", type=int, default=0, help="How many differences to print.")
def main(corpus: Path, differences: int) -> None:
    """Print how often the reading changes when sides are exchanged."""
    table = Table(title="Changed when sides are exchanged, % (of how many)", title_justify="left")
    table.add_column("sides")
    for name in MEASURES:
        table.add_column(name, justify="right")
    found = measure(corpus)
    for name, changes in found.items():
        cells = (
            f"{100 * changes.changed[m] / changes.compared[m]:.1f} ({changes.compared[m]})"
            if changes.compared[m]
            else ""
            for m in MEASURES
        )
        table.add_row(name, *cells)
    console = Console(width=110)
    console.print(table)
    for difference in found["all"].differences[:differences]:
        console.print(difference, markup=False, highlight=False)


if __name__ == "__main__":
    main()
