"""Take the least used units out of the feed-forward parts: `python -m training.prune RUN --units N --out RUN`.

A unit's use is its spread over the corpus times the length of what it adds (its column of `down`). Two thirds of the
encoder's multiplications are in these parts. The model must be trained on afterwards.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch
from torch import Tensor, nn

from training import measure
from training.batches import shuffled
from training.corpus import example, load
from training.model import ReaderModel
from training.train import BATCH, tokenizer

TEXTS = 400  # drawn from the corpus; the order of units hardly moves after a hundred


@torch.no_grad()
def spreads(model: ReaderModel, corpus: Path) -> list[tuple[Tensor, Tensor]]:
    """Return the mean and the spread (standard deviation) of each unit [feed_forward], a pair a layer."""
    texts = random.Random(1).sample(load(corpus / "train.jsonl"), TEXTS)
    tok = tokenizer()
    sums = [torch.zeros(2, layer.down.in_features, dtype=torch.float64) for layer in model.encoder.layers]
    counts = [0] * len(sums)

    def count(number: int, inputs: tuple[Tensor, ...]) -> None:
        x = inputs[0].double().flatten(0, -2)
        sums[number] += torch.stack([x.sum(0), x.square().sum(0)])
        counts[number] += len(x)

    hooks = [
        layer.down.register_forward_pre_hook(lambda _, inputs, number=i: count(number, inputs))
        for i, layer in enumerate(model.encoder.layers)
    ]
    for b in shuffled([example(d, tok) for d in texts], BATCH, random.Random(1)):
        measure.encoded(model, b)
    for hook in hooks:
        hook.remove()
    means = [s[0] / n for s, n in zip(sums, counts, strict=True)]
    return [(m.float(), (s[1] / n - m.square()).sqrt().float()) for m, s, n in zip(means, sums, counts, strict=True)]


@torch.no_grad()
def prune(model: ReaderModel, units: int, corpus: Path) -> None:
    """Keep the `units` most used units of each layer; what the others add on average goes into the bias."""
    for (mean, spread), layer in zip(spreads(model, corpus), model.encoder.layers, strict=True):
        up, down = layer.up, layer.down
        use = (spread * down.weight.norm(dim=0)).square()
        order = use.argsort(descending=True)
        kept, gone = order[:units].sort().values, order[units:]
        print(f"keeps {use[kept].sum() / use.sum():.1%} of the variance", flush=True)
        layer.up, layer.down = nn.Linear(up.in_features, units), nn.Linear(units, down.out_features)
        layer.up.weight.copy_(up.weight[kept])
        layer.up.bias.copy_(up.bias[kept])
        layer.down.weight.copy_(down.weight[:, kept])
        layer.down.bias.copy_(down.bias + down.weight[:, gone] @ mean[gone])


def main() -> None:
    """Parse the command line and prune."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("run", type=Path)
    ap.add_argument("--units", type=int, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    a = ap.parse_args()
    model = ReaderModel()
    model.read_weights(a.run / "model.pt")
    model.eval()
    prune(model, a.units, a.corpus)
    a.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), a.out / "model.pt")


if __name__ == "__main__":
    main()
