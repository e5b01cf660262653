"""Write the mean of checkpoints as a run: `python -m training.average OUT RUN/epoch1.pt=1 OTHER/model.pt=1 [--kinds]`.

A mean of late checkpoints, or of a model and what was trained on from it, reads better than either (training/LOG.md).
With `--kinds` the layer that tells kinds of actors is then fitted once more to the corpus alone, on fixed states.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, dropout

from contested.reader.decode import Thresholds, find_spans
from training import measure
from training.corpus import IGNORED, Example, example, load, span_table
from training.model import ReaderModel, checkpoint
from training.train import tokenizer

ROUNDS, BATCH, RATE, DROPPED = 4, 256, 5e-4, 0.25  # of fitting kinds: more rounds change nothing on dev
STAY = 1e-3  # what moving away from the mean's layer costs, times the square of the way


def mean(parts: list[tuple[Path, float]]) -> dict[str, Tensor]:
    """Return the weighted mean of checkpoints of one shape."""
    total = sum(weight for _, weight in parts)
    states = [(checkpoint(path), weight / total) for path, weight in parts]
    return {name: sum(state[name].float() * share for state, share in states) for name in states[0][0]}


@torch.no_grad()
def actors(model: ReaderModel, examples: list[Example]) -> tuple[Tensor, Tensor]:
    """Return the vectors of all participants, gold's and found ones that stand for them, and their kinds."""
    vectors, kinds = [], []
    t = torch.from_numpy
    for e, (h, logits) in zip(examples, measure.states(model, examples), strict=True):
        found = find_spans(logits, e.pieces, Thresholds())
        rows = zip(found.layer.tolist(), found.start.tolist(), found.last.tolist(), strict=True)
        spans, stands = span_table(e.gold, list(rows))
        own = torch.tensor([e.gold.labels["kind"].get(g, IGNORED) for g in stands.tolist()], dtype=torch.long)
        vectors.append(model.vectors(t(h), t(spans.layer), t(spans.start), t(spans.last))[own != IGNORED])
        kinds.append(own[own != IGNORED])
    return torch.cat(vectors), torch.cat(kinds)


def fit_kinds(model: ReaderModel, examples: list[Example]) -> None:
    """Fit the layer for kinds of actors once more, everything under it fixed."""
    vectors, kinds = actors(model, examples)
    layer = model.labels["kind"]
    before = layer.weight.detach().clone()
    opt = torch.optim.Adam(layer.parameters(), lr=RATE)
    for _ in range(ROUNDS):
        for rows in torch.randperm(len(vectors)).split(BATCH):
            loss = cross_entropy(layer(dropout(vectors[rows], DROPPED)), kinds[rows])
            loss = loss + STAY * ((layer.weight - before) ** 2).sum()
            opt.zero_grad()
            loss.backward()
            opt.step()


def main() -> None:
    """Parse the command line and write the mean."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out", type=Path, help="the new run's folder")
    ap.add_argument("parts", nargs="+", help="CHECKPOINT=WEIGHT")
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--kinds", action="store_true")
    a = ap.parse_args()
    torch.manual_seed(0)
    pairs = [part.rsplit("=", 1) for part in a.parts]
    a.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean([(Path(path), float(weight)) for path, weight in pairs]), a.out / "model.pt")
    if a.kinds:
        model = ReaderModel()
        model.read_weights(a.out / "model.pt")
        model.eval()
        tok = tokenizer()
        texts = [example(d, tok) for d in load(a.corpus / "train.jsonl")]
        fit_kinds(model, sorted((e for e in texts if len(e.pieces)), key=lambda e: len(e.pieces)))
        torch.save(model.state_dict(), a.out / "model.pt")


if __name__ == "__main__":
    main()
