"""Take the least used parts out of the encoder: `python -m training.prune RUN --units N --heads N --out RUN`.

A feed-forward unit's use is its spread over the corpus times the length of what it adds (its column of `down`). An
attention head's is how far the loss would move, to the first order, were the head put out (Michel et al. 2019, "Are
sixteen heads really better than one?"); heads are ranked over all layers. The model must be trained on afterwards.
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
from training.encoder import HEAD, HEADS, HIDDEN
from training.model import ReaderModel
from training.train import BATCH, loss_of, tokenizer

PASSAGES = 600  # pieces a batch for the heads' use: few, since what adds up to nothing over a batch is not seen
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


def head_uses(model: ReaderModel, corpus: Path) -> Tensor:
    """Return the use of each head [layers, A]: the mean over texts of |gradient · what the head gives|."""
    texts = random.Random(2).sample(load(corpus / "train.jsonl"), TEXTS)
    tok = tokenizer()
    uses = torch.zeros(len(model.encoder.layers), HEADS)
    given: dict[int, Tensor] = {}

    def keep(number: int, inputs: tuple[Tensor, ...]) -> None:
        given[number] = inputs[0]
        inputs[0].retain_grad()

    hooks = [
        layer.out.register_forward_pre_hook(lambda _, inputs, number=i: keep(number, inputs))
        for i, layer in enumerate(model.encoder.layers)
    ]
    for b in shuffled([example(d, tok) for d in texts], PASSAGES, random.Random(2)):
        model.zero_grad(set_to_none=True)
        loss_of(model, b, found_too=False).backward()
        for number, y in given.items():
            moved = (y.float() * y.grad.float()).unflatten(-1, (-1, HEAD)).sum(-1)  # [..., A]
            uses[number, : moved.shape[-1]] += moved.flatten(0, -2).sum(0).abs()
    for hook in hooks:
        hook.remove()
    model.zero_grad(set_to_none=True)
    return uses


@torch.no_grad()
def prune_heads(model: ReaderModel, heads: int, uses: Tensor) -> None:
    """Keep the `heads` most used heads of all layers together."""
    least = uses.flatten().sort(descending=True).values[heads - 1]
    for use, layer in zip(uses, model.encoder.layers, strict=True):
        kept = (use >= least).nonzero()[:, 0]
        rows = (kept[:, None] * HEAD + torch.arange(HEAD)).flatten()
        print(f"keeps heads {kept.tolist()}, {use[kept].sum() / use.sum():.1%} of the use", flush=True)
        width = layer.heads * HEAD
        qkv, out = layer.qkv, layer.out
        layer.qkv, layer.out = nn.Linear(HIDDEN, 3 * len(rows)), nn.Linear(len(rows), HIDDEN)
        three = torch.cat([rows + part * width for part in range(3)])
        layer.qkv.weight.copy_(qkv.weight[three])
        layer.qkv.bias.copy_(qkv.bias[three])
        layer.out.weight.copy_(out.weight[:, rows])
        layer.out.bias.copy_(out.bias)


def main() -> None:
    """Parse the command line and prune."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("run", type=Path)
    ap.add_argument("--units", type=int, help="feed-forward units that each layer keeps; all when not given")
    ap.add_argument("--heads", type=int, help="attention heads that all layers together keep; all when not given")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    a = ap.parse_args()
    model = ReaderModel()
    model.read_weights(a.run / "model.pt")
    model.eval()
    if a.heads:
        prune_heads(model, a.heads, head_uses(model, a.corpus))
    if a.units:
        prune(model, a.units, a.corpus)
    a.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), a.out / "model.pt")


if __name__ == "__main__":
    main()
