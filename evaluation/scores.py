"""Scores what `contested read` finds in the corpus against its gold, and holds the scores to their floors.

Usage::

    python -m evaluation.scores                          scores beside floors; exit code 1 when one is below its floor
    python -m evaluation.scores --update                 raise the floors to what was measured; never lowers one
    python -m evaluation.scores --update --allow-regression

The reports go in bare (id, date, publisher, text) and come out through the command line, as a user's would. They are
compared by the corpus's own `score.py`, called as a program. `floors.json` pins the SHA-256 of gold and scorer: a score
against other gold is another score.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

FLOORS = Path(__file__).with_name("floors.json")
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
GOLD, SCORER = "dev.jsonl", "score.py"
KINDS = ("all", "articles", "entries")
KEYS_OF_A_BARE_REPORT = ("id", "date", "publisher", "text")

Scores = dict[str, dict[str, float]]  # kind -> measure -> points, 0 to 100


@dataclass(frozen=True, slots=True)
class Floors:
    """What the scores may not fall below, and against which gold that was measured."""

    epsilon: float
    epsilon_reason: str
    pinned: dict[str, str]
    floors: Scores
    lowered: dict[str, str] = field(default_factory=dict)  # floors that were ever lowered, and why

    @classmethod
    def load(cls, path: Path) -> Floors:
        """Return the floors that a file states."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def dump(self, path: Path) -> None:
        """Write the floors to a file."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        path.write_text(json.dumps(fields, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    def below(self, scores: Scores) -> list[str]:
        """Return a sentence for each score that is missing or lies more than epsilon under its floor."""
        problems = []
        for kind, floors in self.floors.items():
            for measure, floor in floors.items():
                score = scores.get(kind, {}).get(measure)
                if score is None:
                    problems.append(f"{measure} ({kind}) was not measured; its floor is {floor:.1f}")
                elif score < floor - self.epsilon:
                    problems.append(f"{measure} ({kind}) is {score:.1f}, its floor {floor:.1f}")
        return problems

    def raised(self, scores: Scores, pinned: dict[str, str], *, allow_regression: bool) -> Floors:
        """Return floors at the measured scores; lower ones than before only with `allow_regression`."""
        floors = {
            kind: {
                measure: score if allow_regression else max(score, self.floors.get(kind, {}).get(measure, 0.0))
                for measure, score in measures.items()
            }
            for kind, measures in scores.items()
        }
        return Floors(self.epsilon, self.epsilon_reason, pinned, floors, self.lowered)


def fingerprints(corpus: Path) -> dict[str, str]:
    """Return the SHA-256 of the gold and of the scorer."""
    return {name: hashlib.sha256((corpus / name).read_bytes()).hexdigest() for name in (GOLD, SCORER)}


def strip_annotations(gold: Path, bare: Path) -> int:
    """Write the reports of `gold` without their annotations to `bare`; return how many there are."""
    lines = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    stripped = ({key: line[key] for key in KEYS_OF_A_BARE_REPORT if line.get(key) is not None} for line in lines)
    bare.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in stripped), encoding="utf-8")
    return len(lines)


def read_reports(bare: Path, predicted: Path) -> None:
    """Write what `contested read` finds in the reports of `bare` to `predicted`.

    Raises:
        SystemExit: when the command fails. Exit code 1 (some reports were skipped) is no failure: a report that
            was skipped counts as read and found empty.
    """
    command = [sys.executable, "-m", "contested.cli.main", "read", "--format", "jsonl", str(bare)]
    with predicted.open("wb") as out:
        code = subprocess.run(command, stdout=out, check=False).returncode
    if code not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with exit code {code}")


def score(corpus: Path, predicted: Path, gold: str = GOLD) -> Scores:
    """Return the points of every measure: F1 where there is one, else accuracy."""
    scores: Scores = {}
    for kind in KINDS:
        command = [sys.executable, str(corpus / SCORER), str(corpus / gold), str(predicted), "--json"]
        rows = json.loads(
            subprocess.run(
                command + ([] if kind == "all" else ["--kind", kind]), capture_output=True, check=True, text=True
            ).stdout
        )["scores"]
        scores[kind] = {measure: row.get("f1", row.get("acc")) for measure, row in rows.items()}
    return scores


def draw(scores: Scores, floors: Floors) -> Table:
    """Return a table of scores, and how far above or below its floor each one lies."""
    table = Table(title="F1 or accuracy, and the distance to the floor", title_justify="left")
    table.add_column("measure")
    for kind in KINDS:
        table.add_column(kind, justify="right")
        table.add_column("floor", justify="right", style="dim")
        table.add_column("±", justify="right")
    for measure in scores["all"]:
        cells = [measure]
        for kind in KINDS:
            points, floor = scores[kind].get(measure), floors.floors.get(kind, {}).get(measure)
            cells += ["-" if points is None else f"{points:.1f}", "" if floor is None else f"{floor:.1f}"]
            cells.append("" if floor is None or points is None else _distance(points - floor, floors.epsilon))
        table.add_row(*cells)
    return table


def _distance(points: float, epsilon: float) -> str:
    style = "red" if points < -epsilon else "green" if points > 0 else "dim"
    return f"[{style}]{points:+.1f}[/]"


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=CORPUS, help="Folder with dev.jsonl and score.py.")
@click.option("--update", is_flag=True, help="Raise the floors to what was measured.")
@click.option("--allow-regression", is_flag=True, help="With --update: lower floors too; say why in the commit.")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep what was read, for a look at single errors.")
def main(corpus: Path, update: bool, allow_regression: bool, keep: Path | None) -> None:
    """Score `contested read` on the corpus and compare with the floors."""
    if not (corpus / GOLD).exists():
        sys.exit(f"no corpus at {corpus}: expected {GOLD} and {SCORER} there; name its folder with --corpus")
    floors, pinned = Floors.load(FLOORS), fingerprints(corpus)
    with tempfile.TemporaryDirectory() as folder:
        bare, predicted = Path(folder, "bare.jsonl"), keep or Path(folder, "predicted.jsonl")
        strip_annotations(corpus / GOLD, bare)
        read_reports(bare, predicted)
        scores = score(corpus, predicted)
    Console(width=100).print(draw(scores, floors))
    changed = [name for name in pinned if pinned[name] != floors.pinned.get(name)]
    problems = [f"{name} is not the file that the floors were measured against" for name in changed]
    problems += floors.below(scores)
    if update and (allow_regression or not problems):
        floors.raised(scores, pinned, allow_regression=allow_regression).dump(FLOORS)
        print(f"{FLOORS.name} updated")
    elif problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
