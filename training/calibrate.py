"""Fit the curves that turn the reader's scores into probabilities: `python -m training.calibrate WEIGHTS`.

Reads dev with the exported weights, notes for each trigger, argument and attribution its score and whether gold agrees,
and fits slope and shift of a logistic curve (Platt 1999, with his priors against certainty). Writes them into the
weights' settings. `evaluation/calibration.py` draws the reliability table through the command line.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from contested.reader import Reader
from contested.reader import load as load_reader
from contested.reader.calibration import SUREST, Calibration
from contested.types import Document, Span
from evaluation.calibration import Judged, judged_scores
from training import measure
from training.corpus import load

TOGETHER = 24  # documents a call
STEPS = 50  # of Newton's method, which settles within ten
SETTLED = 1e-8  # of slope and shift


def predictions(reader: Reader, gold: list[dict[str, object]], corpus: Path) -> dict[str, dict[str, object]]:
    """Return the readings of gold's reports in the corpus form, raw scores kept."""
    count = measure.scorer(corpus).read_count
    raw = replace(reader, calibration=Calibration())
    out = {}
    for first in range(0, len(gold), TOGETHER):
        docs = [
            Document(id=d["id"], text=d["text"], sentences=tuple(Span(*s) for s in d["sentences"]))
            for d in gold[first : first + TOGETHER]
        ]
        for d, reading in zip(docs, raw.read(docs), strict=True):
            out[d.id] = measure.form(reading, d.text, count)
    return out


def fit(judged: list[Judged]) -> tuple[float, float]:
    """Return slope and shift by Newton's method on the logistic loss."""
    p = np.clip([j.score for j in judged], SUREST, 1 - SUREST)
    x = np.log(p / (1 - p))
    right = np.array([j.right for j in judged], dtype=float)
    many, few = right.sum(), len(right) - right.sum()
    target = np.where(right > 0, (many + 1) / (many + 2), 1 / (few + 2))
    design = np.stack([x, np.ones_like(x)], 1)

    def loss(line: np.ndarray) -> float:
        z = design @ line
        return float((np.logaddexp(0, z) - target * z).sum())

    line = np.zeros(2)
    for _ in range(STEPS):
        q = 1 / (1 + np.exp(-design @ line))
        step = np.linalg.solve(design.T @ (design * (q * (1 - q))[:, None]) + 1e-6 * np.eye(2), design.T @ (target - q))
        while loss(line + step) > loss(line) and abs(step).max() > SETTLED:  # a full step may overshoot
            step = step / 2
        line = line + step
        if abs(step).max() < SETTLED:
            break
    return round(float(line[0]), 4), round(float(line[1]), 4)


def main() -> None:
    """Parse the command line and fit."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("weights", type=Path)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    a = ap.parse_args()
    gold = load(a.corpus / "dev.jsonl")
    judged = judged_scores(
        gold, predictions(load_reader(folder=str(a.weights)), gold, a.corpus), measure.scorer(a.corpus)
    )
    path = a.weights / "settings.json"
    settings = json.loads(path.read_text(encoding="utf8"))
    settings["calibration"] = {name: fit(values) for name, values in judged.items()}
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")
    print(json.dumps(settings["calibration"]))


if __name__ == "__main__":
    main()
