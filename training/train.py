"""Train the reader: `python -m training.train --corpus ../shared/corpus --out training/runs/NAME`.

Writes a log, a checkpoint an epoch, and the dev scores every few epochs. The seed fixes everything but the order
of floating-point sums.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from contested.reader.decode import Thresholds
from contested.reader.pairs import RELATIONS
from contested.reader.pieces import WINDOW
from training import annotated, measure
from training.batches import Batch, shuffled
from training.corpus import Convention, Example, example, load, masked, windowed, worn
from training.encoder import model_folder, published_weights
from training.factuality import load_factuality
from training.losses import CHOOSERS, PAIR_WEIGHTS, WEIGHTS, label_loss, pair_loss, tag_loss
from training.model import LABEL_SIZES, ReaderModel
from training.polnear import load_polnear
from training.spans import Judged, found_spans, judged

WARM_UP = 0.06  # of the whole training; then the rates fall in a line to nothing
BATCH = 2500  # pieces; larger batches trained no faster here and learnt less an epoch


def tokenizer() -> Tokenizer:
    """Return the published tokenizer without its padding and cutting."""
    t = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    t.no_padding()
    t.no_truncation()
    return t


def loss_of(model: ReaderModel, b: Batch, found_too: bool) -> torch.Tensor:
    """Return the loss of a batch. With `found_too` the model's own spans are judged beside the gold ones."""
    x = measure.encoded(model, b)
    h, logits = model.tag(x, measure.means(x, b.sentence), b.document, b.position, b.sentence)
    loss = WEIGHTS["sayings"] * tag_loss(model.sayings(model.dropout(h)), b.sayings)
    found = found_spans(b, logits.detach().float().numpy()) if found_too else [[] for _ in b.examples]
    return loss + WEIGHTS["tags"] * tag_loss(logits, b.tags) + gold_loss(model, h, judged(b, found))


def gold_loss(model: ReaderModel, h: torch.Tensor, asked: Judged | None) -> torch.Tensor:
    """Return the loss of labels and pairs over all documents of a batch at once."""
    if asked is None:
        return torch.zeros(())
    vectors, out = asked.ask(model, h)
    loss = WEIGHTS["factual"] * label_loss(model.factual(vectors), asked.labels["factual"])
    return loss + answers_loss(asked, out)


def answers_loss(asked: Judged, out: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Return how far the heads' answers are from gold's."""
    loss = torch.zeros(())
    for name, o in zip(LABEL_SIZES, out, strict=False):
        loss = loss + WEIGHTS[name] * label_loss(o, asked.labels[name])
    nobody = out[len(LABEL_SIZES)][:, 0]
    for relation, name in enumerate(RELATIONS):
        chosen = asked.layer == CHOOSERS[name]
        o = out[len(LABEL_SIZES) + 1 + relation]
        loss = loss + PAIR_WEIGHTS[name] * pair_loss(
            relation, o, asked.pairs[3 * relation], asked.targets[relation], nobody, chosen
        )
    return loss


def article(doc: dict[str, Any]) -> str:
    """Return what the passages of one article have in common."""
    return str(doc["id"]).rsplit("-", 1)[0]


def some(docs: list[dict[str, Any]], share: float, rng: random.Random) -> list[dict[str, Any]]:
    """Return all documents as often as `share` says: its whole part, and of the rest a draw."""
    whole = int(share)
    return docs * whole + rng.sample(docs, round((share - whole) * len(docs)))


class Average:
    """A running average of the weights, which reads better than the last ones."""

    def __init__(self, model: ReaderModel) -> None:
        self.model = copy.deepcopy(model)
        self.steps = 0

    @torch.no_grad()
    def update(self, model: ReaderModel) -> None:
        """Move the average toward the weights of `model`; at first fast, later over about the last 200 steps."""
        self.steps += 1
        keep = min(0.995, (1 + self.steps) / (10 + self.steps))
        for mean, now in zip(self.model.parameters(), model.parameters(), strict=True):
            if now.requires_grad:
                mean.lerp_(now, 1 - keep)


def optimizer(
    model: ReaderModel, encoder_rate: float, head_rate: float, apart: torch.nn.Module | None = None
) -> torch.optim.AdamW:
    """Return AdamW with two rates and no decay on norms, biases and embeddings; `apart` is left out."""
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    left_out = {id(p) for p in apart.parameters()} if apart else set()
    for name, p in model.named_parameters():
        if not p.requires_grad or id(p) in left_out:
            continue
        in_encoder = name.startswith("encoder.") and not any(new in name for new in ("cases", "project"))
        groups.setdefault((in_encoder, p.ndim > 1), []).append(p)
    return torch.optim.AdamW(
        [
            {"params": ps, "lr": encoder_rate if enc else head_rate, "weight_decay": 0.01 if wide else 0.0}
            for (enc, wide), ps in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


class Descent:
    """The optimizer of a model, its rates over the whole of training, and the running average of the weights."""

    def __init__(
        self, model: ReaderModel, encoder_rate: float, head_rate: float, apart: torch.nn.Module | None = None
    ) -> None:
        self.model = model
        self.optimizer = optimizer(model, encoder_rate, head_rate, apart)
        self.peaks = [group["lr"] for group in self.optimizer.param_groups]
        self.average = Average(model)

    def take(self, module: torch.nn.Module, rate: float) -> None:
        """Train `module` too, at a rate of its own: no part of the model, or one kept apart."""
        self.optimizer.add_param_group({"params": list(module.parameters()), "lr": rate, "weight_decay": 0.0})
        self.peaks.append(rate)

    def step(self, loss: torch.Tensor, done: float) -> None:
        """Go one step down; `done` is the part of the training that lies behind, 0 to 1."""
        for group, peak in zip(self.optimizer.param_groups, self.peaks, strict=True):
            group["lr"] = peak * min((done + 1e-3) / WARM_UP, (1 - done) / (1 - WARM_UP))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimizer.step()
        self.average.update(self.model)


def first_weights(args: argparse.Namespace, _tokenizer: Tokenizer) -> ReaderModel:
    """Return the model to train: the published encoder under fresh heads, or what `args.start` holds."""
    model = ReaderModel(args.dropout, args.head_dropout)
    published_weights(model.encoder)
    if args.start:
        model.read_weights(args.start)
    model.encoder.round_inputs(args.rounded)
    model.encoder.words.weight.requires_grad_(False)  # 12 of its 22 million weights; too few texts to move them well
    return model


class Texts:
    """What is trained on: the corpus, our own annotations, silver and the second tasks."""

    def __init__(self, args: argparse.Namespace, tok: Tokenizer) -> None:
        self.args = args
        self.tok = tok
        self.corpus = load(args.corpus / "train.jsonl")
        self.silver = load(args.silver) if args.silver else []
        self.beside: list[list[Example]] = []  # the second tasks
        if args.polnear:
            self.beside.append(list(load_polnear(args.polnear, tok)))
        if args.judged:
            self.beside.append(load_factuality(args.treebank, args.judged, tok))
        for task in self.beside:
            random.Random(args.seed).shuffle(task)

    def of_epoch(self, rng: random.Random, epoch: int) -> list[Example]:
        """Return the examples of one epoch, some of the texts worn.

        Our own annotations are read anew each time: the work on them may go on beside the training.
        """
        docs = self.corpus + (annotated.load(self.args.annotated) if self.args.annotated else [])
        seen = {article(d) for d in docs}
        others = [d for d in self.silver if article(d) not in seen]
        drawn = rng.sample(others, min(len(others), self.args.silver_share * len(self.corpus) // 100))
        shown: list[dict[str, Any]] = []
        for whose, share in zip(Convention, self.args.shares, strict=True):
            shown += some([d for d in docs if d.get("convention", Convention.CORPUS) == whose], share, rng)
        own = [example(d | {"text": worn(d["text"], rng)}, self.tok) for d in (*shown, *drawn)]
        own = [windowed(e, self.args.window) for e in own if len(e.pieces)]
        if self.args.masked:
            own = [masked(e, rng) for e in own]
        rounds = self.args.rounds
        return own + [e for task in self.beside for e in task[epoch % rounds :: rounds]]


def train(args: argparse.Namespace, begin: Callable[[argparse.Namespace, Tokenizer], ReaderModel]) -> None:
    """Run the training that `args` describe, on the model that `begin` gives."""
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    tok = tokenizer()
    texts = Texts(args, tok)
    gold = load(args.corpus / "dev.jsonl")
    dev = [windowed(example(d, tok), args.window) for d in gold]
    score = measure.scorer(args.corpus)
    model = begin(args, tok)
    descent = Descent(model, args.encoder_rate, args.head_rate)
    with (args.out / "log.txt").open("a", encoding="utf8") as log:

        def say(text: str) -> None:
            print(text, flush=True)
            log.write(text + "\n")
            log.flush()

        say(f"{json.dumps(vars(args), default=str)}")
        for epoch in range(1, args.epochs + 1):
            model.train()
            began, total, count, pieces = time.time(), 0.0, 0, 0
            batches = list(shuffled(texts.of_epoch(rng, epoch), BATCH, rng))
            for number, b in enumerate(batches):
                loss = loss_of(model, b, found_too=bool(args.start) or epoch > 2)
                descent.step(loss, (epoch - 1 + number / len(batches)) / args.epochs)
                total, count, pieces = total + loss.item(), count + 1, pieces + len(b.at)
            seconds = time.time() - began
            say(f"epoch {epoch} loss {total / count:.3f} {pieces / seconds:.0f} pieces/s {seconds:.0f} s")
            torch.save(descent.average.model.state_dict(), args.out / f"epoch{epoch}.pt")
            torch.save(descent.average.model.state_dict(), args.out / "model.pt")
            if epoch % args.every == 0 or epoch == args.epochs:
                say("  dev " + measure.line(measure.dev_scores(descent.average.model, gold, dev, score, Thresholds())))


def parser(description: str | None = __doc__) -> argparse.ArgumentParser:
    """Return the options of a training."""
    ap = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=20)
    ap.add_argument("--every", type=int, default=4, help="epochs between dev scores")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--encoder-rate", type=float, default=1.5e-4)
    ap.add_argument("--head-rate", type=float, default=1e-3)
    ap.add_argument("--dropout", type=float, default=0.1)
    ap.add_argument("--head-dropout", type=float, default=0.25)
    ap.add_argument("--annotated", type=Path, help="the shared data, which holds the texts of our own annotations")
    ap.add_argument(
        "--shares", type=float, nargs=3, default=(1.0, 1.0, 1.0), help="how often an epoch shows corpus, ours, written"
    )
    ap.add_argument("--polnear", type=Path, help="polnear_train.jsonl.gz, for the second task")
    ap.add_argument("--judged", type=Path, help="uds_factuality.json.gz, for another; needs --treebank")
    ap.add_argument("--treebank", type=Path, help="ud_ewt_train.conllu.gz")
    ap.add_argument("--silver", type=Path, help="passages labelled by training.silver")
    ap.add_argument("--silver-share", type=int, default=100, help="silver passages an epoch, per 100 of the corpus")
    ap.add_argument("--rounds", type=int, default=8, help="epochs in which a second task is gone through once")
    ap.add_argument("--rounded", action="store_true", help="round the encoder's inputs as the int8 graph will")
    ap.add_argument("--window", type=int, default=WINDOW, help="pieces that are read at once")
    ap.add_argument("--masked", action="store_true", help="hide words of every other text")
    ap.add_argument("--start", type=Path, help="weights to start from instead of the published encoder")
    return ap


def main() -> None:
    """Parse the command line and train."""
    train(parser().parse_args(), first_weights)


if __name__ == "__main__":
    main()
