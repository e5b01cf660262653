"""What is lost when the text is worn as old archives are: all lower case, all capitals, commas gone.

Usage::

    python -m evaluation.robustness              the scores of dev as it is and in each worn form

Every character keeps its place, so gold still fits. Casing tells an encoder which words are names; commas part clauses.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from evaluation.scores import CORPUS, GOLD, KEYS_OF_A_BARE_REPORT, read_reports, score

SHOWN = ("claim", "event", "trigger", "argument", "count", "attribution", "status", "stance", "actor kind")


def _in_place(change: Callable[[str], str]) -> Callable[[str], str]:
    """Return `change` made character by character, where it lengthens none ("ß" has no capital of one letter)."""
    return lambda text: "".join(new if len(new := change(c)) == 1 else c for c in text)


WORN: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "lower case": _in_place(str.lower),
    "capitals": _in_place(str.upper),
    "no commas": lambda text: text.replace(",", " "),
}


def worn_scores(corpus: Path, change: Callable[[str], str]) -> dict[str, float]:
    """Return the scores on dev, its texts changed."""
    gold = [json.loads(line) for line in (corpus / GOLD).read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        bare, out = Path(folder, "bare.jsonl"), Path(folder, "predicted.jsonl")
        reports = (
            {key: d[key] for key in KEYS_OF_A_BARE_REPORT if d.get(key) is not None} | {"text": change(d["text"])}
            for d in gold
        )
        bare.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in reports), encoding="utf-8")
        read_reports(bare, out)
        found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        for reading in found:
            del reading["text"]  # the scorer compares it with gold's, which is not worn
        out.write_text("".join(json.dumps(r) + "\n" for r in found), encoding="utf-8")
        return score(corpus, out)["all"]


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=CORPUS, help="Folder with dev.jsonl and score.py.")
def main(corpus: Path) -> None:
    """Print the scores of each worn form beside those of the text as it is."""
    table = Table(title="F1 or accuracy on dev by the state of the text", title_justify="left")
    table.add_column("measure")
    rows = {}
    for name, change in WORN.items():
        table.add_column(name, justify="right")
        rows[name] = worn_scores(corpus, change)
    for measure in SHOWN:
        table.add_row(measure, *(f"{rows[name].get(measure, 0.0):.1f}" for name in WORN))
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
