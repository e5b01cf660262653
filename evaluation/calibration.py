"""Whether scores are probabilities: of all values scored about 0.8, are about 80 % right?

Usage::

    python -m evaluation.calibration             a reliability table each for events, arguments and attributions

Reads dev through the command line, as `scores.py` does, and judges each value as the corpus's scorer would: an event
mention is right when gold has one there of its type, an argument when gold's event has one there in that role, an
attribution when gold has that source (or none, too) saying that event.
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from evaluation.scores import CORPUS, GOLD, SCORER, read_reports, strip_annotations

BINS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)

Form = dict[str, Any]  # a report in the corpus form


@dataclass(frozen=True, slots=True)
class Judged:
    """The score of one value, and whether gold agrees with the value."""

    score: float
    right: bool


def scorer_of(corpus: Path) -> ModuleType:
    """Return the corpus's `score.py` as a module, for its way of pairing."""
    spec = importlib.util.spec_from_file_location("corpus_score", corpus / SCORER)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no {SCORER} in {corpus}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged_scores(gold: list[Form], predicted: dict[str, Form], scorer: ModuleType) -> dict[str, list[Judged]]:
    """Return the judged scores by kind of value: trigger, argument, attribution."""
    judged: dict[str, list[Judged]] = {"trigger": [], "argument": [], "attribution": []}
    for g in gold:
        p = predicted.get(g["id"], {})
        own, theirs = scorer.mentions(g), scorer.mentions(p)
        right_type = scorer.pair(own, theirs, lambda a, b: a[1]["type"] == b[1]["type"])
        anywhere = scorer.pair(own, theirs, lambda _a, _b: True)
        hit = set(right_type.values())
        judged["trigger"] += [Judged(e["score"], j in hit) for j, (_, e, _) in enumerate(theirs)]
        event_of: dict[str, str] = {}  # predicted event -> gold's
        for pairs in (right_type, anywhere):
            for i, j in pairs.items():
                event_of.setdefault(theirs[j][1]["id"], own[i][1]["id"])
        judged["argument"] += _arguments(g, p, event_of, scorer)
        judged["attribution"] += _attributions(g, p, event_of, scorer)
    return judged


def _arguments(gold: Form, predicted: Form, event_of: dict[str, str], scorer: ModuleType) -> list[Judged]:
    events = {e["id"]: e for e in gold["events"]}
    judged = []
    for event in predicted.get("events", ()):
        own = events.get(event_of.get(event["id"], ""))
        pairs = scorer.pair(_spans(own), _spans(event), lambda a, b: a[1]["role"] == b[1]["role"]) if own else {}
        hit = set(pairs.values())
        judged += [Judged(a["score"], j in hit) for j, (_, a) in enumerate(_spans(event))]
    return judged


def _spans(event: Form | None) -> list[tuple[tuple[int, ...], Form]]:
    return [(tuple(a["span"]), a) for m in event["mentions"] for a in m["args"]] if event else []


def _attributions(gold: Form, predicted: Form, event_of: dict[str, str], scorer: ModuleType) -> list[Judged]:
    said = [(claim["source"], event) for claim in gold["claims"] for event in claim["of"]]
    judged = []
    for claim in predicted.get("claims", ()):
        for event in claim["of"]:
            source, own = claim["source"], event_of.get(event)
            matches = (
                (s, e) for s, e in said if e == own and ((s is None and source is None) or scorer.overlap(s, source))
            )
            found = next(matches, None)
            if found is not None:
                said.remove(found)
            judged.append(Judged(claim["score"], found is not None))
    return judged


def expected_error(judged: list[Judged]) -> float:
    """Return the expected calibration error in points: the mean over values of how far their bin is off."""
    rows = [values for values in binned(judged) if values]
    gaps = [abs(sum(j.score for j in values) - sum(j.right for j in values)) for values in rows]
    return 100.0 * sum(gaps) / len(judged)


def binned(judged: list[Judged]) -> list[list[Judged]]:
    """Return the values of each of BINS."""
    rows: list[list[Judged]] = [[] for _ in BINS[1:]]
    for j in judged:
        rows[sum(j.score >= low for low in BINS[1:-1])].append(j)
    return rows


def draw(name: str, judged: list[Judged]) -> Table:
    """Return the reliability table of one kind of value."""
    title = f"{name}: {len(judged)} values, expected calibration error {expected_error(judged):.1f} points"
    table = Table(title=title, title_justify="left")
    for column in ("score", "values", "mean score", "right"):
        table.add_column(column, justify="right")
    for low, high, values in zip(BINS, BINS[1:], binned(judged), strict=False):
        if values:
            mean, right = (100 * sum(x) / len(values) for x in ([j.score for j in values], [j.right for j in values]))
            table.add_row(f"{low:.1f}-{high:.1f}", str(len(values)), f"{mean:.0f} %", f"{right:.0f} %")
    return table


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=CORPUS, help="Folder with dev.jsonl and score.py.")
def main(corpus: Path) -> None:
    """Print a reliability table for each kind of score."""
    gold = [json.loads(line) for line in (corpus / GOLD).read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        bare, out = Path(folder, "bare.jsonl"), Path(folder, "predicted.jsonl")
        strip_annotations(corpus / GOLD, bare)
        read_reports(bare, out)
        predicted = {d["id"]: d for d in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    for name, judged in judged_scores(gold, predicted, scorer_of(corpus)).items():
        Console(width=100).print(draw(name, judged))


if __name__ == "__main__":
    main()
