"""Choose the thresholds of a trained model on dev: `python -m training.tune training/runs/NAME`.

One threshold at a time over a coarse grid (finer ones follow the noise of 231 passages), each for the mean of the
rows it moves; written to `thresholds.json` in the run's folder.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from contested.reader import Reader, schema
from contested.reader import load as load_reader
from contested.reader.decode import Thresholds
from contested.types import Role
from training import measure
from training.corpus import Example, example, load
from training.model import ReaderModel
from training.train import tokenizer

OUTSIDE = (0.0, -0.5, -1.0, -1.5, -2.0)
LEVELS = (0.3, 0.4, 0.5, 0.6, 0.7)
JOINING = {
    "least": (-1.0, -2.0, -3.0, -4.0, -5.0, -6.0),
    "type": (0.25, 0.5, 1.0, 2.0),
    "status": (0.5, 1.0, 2.0),
    "counts": (-2.0, -3.0, -5.0, -8.0),
    "setting": (-1.0, -3.0, -5.0, -8.0),
    "sides": (-1.0, -3.0, -5.0),
}
UNREAL = (0.0, 0.6, 1.2, 1.8)
ROLES = {role.value: (role,) for role in Role if not role.is_count} | {
    "counts": tuple(role for role in Role if role.is_count)
}
TARGETS = ("event", "trigger", "argument", "count", "attribution", "claim", "entries attribution")


def main() -> None:
    """Parse the command line and tune."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("run", type=Path)
    ap.add_argument(
        "--weights", type=Path, help="exported graphs whose int8 states to tune on, from the run's thresholds on"
    )
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    a = ap.parse_args()
    model = ReaderModel()
    model.read_weights(a.run / "model.pt")
    model.eval()
    tok = tokenizer()
    gold = load(a.corpus / "dev.jsonl")
    dev = [example(d, tok) for d in gold]
    score = measure.scorer(a.corpus)
    given = states(load_reader(folder=str(a.weights)), dev) if a.weights else measure.states(model, dev)
    found: dict[tuple[float, ...], list[measure.Found]] = {}  # by the only thresholds that the network's part hangs on

    def rows(t: Thresholds) -> dict[str, float]:
        key = tuple(t.outside)
        if key not in found:
            found[key] = [measure.find(model, e, *s, t) for e, s in zip(dev, given, strict=True)]
        return measure.scores(gold, dev, found[key], score, t)

    best = load_reader(folder=str(a.weights)).thresholds if a.weights else Thresholds()
    reached = rows(best)
    value = sum(reached[k] for k in TARGETS)
    print(f"{value:.1f}  {measure.line(reached)}", flush=True)
    layers = [f"outside {layer}" for layer in schema.LAYERS]
    names = ("trigger", "cover", "second_source")
    roles = [f"roles {name}" for name in ROLES]
    joining = [f"joining {name}" for name in JOINING]
    for turn in [*joining, *layers, *names, *roles, *joining]:
        for option in options(best, turn):
            if option == best:
                continue
            r = rows(option)
            total = sum(r[k] for k in TARGETS)
            if total > value + 0.3:  # less is noise
                best, value, reached = option, total, r
        print(f"{turn}: {value:.1f}  {measure.line(reached)}", flush=True)
    (a.run / "thresholds.json").write_text(json.dumps(asdict(best)) + "\n", encoding="utf8")
    print(best)


def states(reader: Reader, examples: list[Example]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return h [T, H] and tag logits of each document as the exported graphs give them."""
    return [reader.model.tag(e.pieces, reader.model.encode(e.pieces)) for e in examples]


def options(t: Thresholds, turn: str) -> list[Thresholds]:
    """Return `t` with what `turn` names at each value of its grid."""
    what, _, name = turn.partition(" ")
    if what == "outside":
        return [_outside(t, list(schema.LAYERS).index(name), x) for x in OUTSIDE]
    if what == "joining":
        return [replace(t, joining=replace(t.joining, **{name: x})) for x in JOINING[name]]
    if turn == "unreal":
        return [replace(t, unreal=x) for x in UNREAL]
    if what == "roles":
        chosen = [role in ROLES[name] for role in schema.ROLES]
        levels = [[x if own else old for own, old in zip(chosen, t.roles, strict=True)] for x in LEVELS]
        return [replace(t, roles=tuple(level)) for level in levels]
    return [replace(t, **{turn: x}) for x in LEVELS]


def _outside(t: Thresholds, layer: int, bias: float) -> Thresholds:
    """Return `t` with the bias of one layer changed."""
    changed = list(t.outside)
    changed[layer] = bias
    return replace(t, outside=tuple(changed))


if __name__ == "__main__":
    main()
