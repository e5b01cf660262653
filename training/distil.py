"""Teach the reader what the teacher says: `python -m training.distil TEACHER.pt START.pt --out training/runs/NAME`.

The texts are the corpus's train part, with its gold beside the teacher's answers, and passages of the shared data and
reports written for training, all as the teacher says that the corpus's annotators would mark them. Passages with a
sentence of the corpus are left out.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from contested.reader.decode import Thresholds
from contested.reader.pieces import CASE_LOWER, CASE_NONE, CASE_UPPER, QUOTED, WINDOW
from training import annotated, measure
from training.batches import Batch, batch, shuffled
from training.corpus import Convention, Example, example, load, masked, windowed
from training.encoder import HIDDEN
from training.losses import WEIGHTS, soft_answers_loss, soft_tag_loss, tag_loss
from training.model import ReaderModel
from training.spans import found_spans, judged
from training.teacher import read_teacher
from training.train import BATCH, Descent, answers_loss, tokenizer

VECTORS = 2.0  # what the encoder's vectors weigh beside the answers
ROOM = 100_000  # pieces whose vectors lie in one tensor
GOLD = 0.5  # what gold's answers weigh beside the teacher's
WITHOUT_COMMAS, SMALL, CAPITAL = 0.07, 0.12, 0.04  # shares of worn texts
NOTHING: dict[str, Any] = {"events": [], "claims": [], "actors": [], "places": []}


def unlabelled(data: Path, corpus: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return passages of the shared data, and the reports written for training, without what anybody marked."""
    written = [d for d in annotated.load(data) if d["convention"] == Convention.WRITTEN]
    kept = ("id", "text", "sentences")
    passages = [NOTHING | p for p in annotated.passages(data, corpus)]
    return passages, [NOTHING | {name: d[name] for name in kept} for d in written]


class Teacher:
    """The teacher, and its encoder's vectors of the texts that it has seen, in half the bits."""

    def __init__(self, model: ReaderModel, window: int) -> None:
        self.model = model
        self.window = window
        self.seen: dict[tuple[str, int], Tensor] = {}
        self.room = torch.empty(0, HIDDEN, dtype=torch.bfloat16)

    @torch.no_grad()
    def vectors(self, examples: list[Example]) -> Tensor:
        """Return [T, H] its encoder's vectors of all pieces."""
        keys = [(e.id, len(e.pieces)) for e in examples]  # a text without its commas has fewer pieces
        new = {k: e for k, e in zip(keys, examples, strict=True) if k not in self.seen}
        if new:
            b = batch([windowed(e, self.window) for e in new.values()])
            found = measure.encoded(self.model, b).bfloat16()
            self.seen |= {k: self._kept(found[a:z]) for k, (a, z) in zip(new, b.bounds, strict=True)}
        return torch.cat([self.seen[k] for k in keys]).float()

    def _kept(self, vectors: Tensor) -> Tensor:
        """Return a copy in one of few large tensors: among thousands of small ones memory is slow to find."""
        if len(vectors) > len(self.room):
            self.room = torch.empty(max(ROOM, len(vectors)), HIDDEN, dtype=torch.bfloat16)
        kept, self.room = self.room[: len(vectors)], self.room[len(vectors) :]
        return kept.copy_(vectors)


def tagged(model: ReaderModel, x: Tensor, b: Batch) -> tuple[Tensor, Tensor]:
    """x [T, H] -> h [T, H] and the tag logits [T, layers * TAGS] of a batch."""
    return model.tag(x, measure.means(x, b.sentence), b.document, b.position, b.sentence)


def unlike(x: Tensor, wanted: Tensor) -> Tensor:
    """x, wanted [T, H] -> the part of the variance of `wanted` that `x` does not give, 0 when all is given."""
    return (x - wanted).square().mean() / (wanted - wanted.mean(0)).square().mean()


def loss_of(
    model: ReaderModel, mapped: torch.nn.Module, teacher: Teacher, b: Batch, plain: list[Example], has_gold: bool
) -> Tensor:
    """Return how far vectors and answers about `b` are from the teacher's about the same texts as they were written.

    `mapped` takes vectors of the student's to the teacher's.
    """
    x, seen = measure.encoded(model, b), teacher.vectors(plain)
    with torch.no_grad():
        theirs, wanted = tagged(teacher.model, seen, b)
    h, logits = tagged(model, x, b)
    loss = VECTORS * unlike(mapped(x), seen) + WEIGHTS["tags"] * soft_tag_loss(logits, wanted)
    if has_gold:
        loss = loss + GOLD * WEIGHTS["tags"] * tag_loss(logits, b.tags)
    both = zip(found_spans(b, logits.detach().float().numpy()), found_spans(b, wanted.float().numpy()), strict=True)
    asked = judged(b, [sorted({*own, *their}) for own, their in both])
    if asked is None:
        return loss
    out = asked.ask(model, h)[1]
    with torch.no_grad():
        answers = asked.ask(teacher.model, theirs)[1]
    loss = loss + soft_answers_loss(asked, out, answers)
    return loss + GOLD * answers_loss(asked, out) if has_gold else loss


def drawn(docs: list[dict[str, Any]], pieces: int, tok: Tokenizer, rng: random.Random) -> list[Example]:
    """Return about so many pieces of the documents, drawn again and again, some without their commas."""
    found: list[Example] = []
    pool: list[dict[str, Any]] = []
    while pieces > 0:
        if not pool:
            pool = rng.sample(docs, len(docs))
        d = pool.pop()
        text = d["text"].replace(",", " ") if rng.random() < WITHOUT_COMMAS else d["text"]
        e = example(d | {"text": text}, tok)
        if len(e.pieces):
            found.append(e)
            pieces -= len(e.pieces)
    return found


def one_case(e: Example, rng: random.Random) -> Example:
    """Return the example as a bad archive might hold it, one time in six: in small letters or in capitals alone."""
    draw = rng.random()
    if draw >= SMALL + CAPITAL:
        return e
    text, case = (e.text.lower(), CASE_LOWER) if draw < SMALL else (e.text.upper(), CASE_UPPER)
    if len(text) != len(e.text):
        return e
    cases = np.where(e.pieces.cases % QUOTED == CASE_NONE, e.pieces.cases, e.pieces.cases // QUOTED * QUOTED + case)
    return replace(e, text=text, pieces=replace(e.pieces, cases=cases))


def batches(texts: list[list[Example]], rng: random.Random) -> Iterator[tuple[Batch, list[Example], bool]]:
    """Yield a batch for the student, its texts as written, and whether it has gold; `texts` with gold come first.

    Words and capitals are hidden from the student alone.
    """
    found = [(b.examples, kind == 0) for kind, part in enumerate(texts) for b in shuffled(part, BATCH, rng)]
    rng.shuffle(found)
    for plain, has_gold in found:
        yield batch([masked(one_case(e, rng), rng) for e in plain]), plain, has_gold


def main() -> None:
    """Parse the command line and train."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("teacher", type=Path)
    ap.add_argument("start", type=Path)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--data", type=Path, default=Path("../shared/data"))
    ap.add_argument("--epochs", type=int, default=8)
    ap.add_argument("--gold-pieces", type=int, default=200_000, help="pieces of the corpus an epoch")
    ap.add_argument("--pieces", type=int, default=340_000, help="pieces of other news an epoch")
    ap.add_argument("--written-pieces", type=int, default=270_000, help="pieces of reports written for training")
    ap.add_argument("--teacher-window", type=int, default=224)
    ap.add_argument("--window", type=int, default=WINDOW)
    ap.add_argument("--encoder-rate", type=float, default=1.5e-4)
    ap.add_argument("--head-rate", type=float, default=1e-3)
    ap.add_argument("--deepen", action="store_true", help="add a layer to the encoder that starts out doing nothing")
    ap.add_argument("--new-rate", type=float, help="rate of the encoder's last layer, if not the others'")
    ap.add_argument("--dropout", type=float, default=0.05)
    ap.add_argument("--head-dropout", type=float, default=0.1)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    distil(ap.parse_args())


def distil(args: argparse.Namespace) -> None:
    """Run the training that `args` describe."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tok, score, gold = tokenizer(), measure.scorer(args.corpus), load(args.corpus / "dev.jsonl")
    dev = [windowed(example(d, tok), args.window) for d in gold]
    labelled, (passages, written) = load(args.corpus / "train.jsonl"), unlabelled(args.data, args.corpus)
    sources = ((labelled, args.gold_pieces), (passages, args.pieces), (written, args.written_pieces))
    teacher = Teacher(read_teacher(args.teacher), args.teacher_window)
    model = ReaderModel(args.dropout, args.head_dropout)
    model.read_weights(args.start)
    if args.deepen:
        model.encoder.deepen()
    model.encoder.round_inputs(True)
    model.encoder.words.weight.requires_grad_(False)
    mapped = torch.nn.Linear(HIDDEN, HIDDEN)
    new = model.encoder.layers[-1] if args.new_rate else None
    descent = Descent(model, args.encoder_rate, args.head_rate, new)
    descent.take(mapped, args.head_rate)
    if new:
        descent.take(new, args.new_rate)
    with (args.out / "log.txt").open("a", encoding="utf8") as log:

        def say(text: str) -> None:
            print(text, flush=True)
            print(text, file=log, flush=True)

        say(f"{json.dumps(vars(args), default=str)} {len(passages)} passages")
        for epoch in range(1, args.epochs + 1):
            model.train()
            began, total, pieces = time.time(), 0.0, 0
            texts = [drawn(docs, size, tok, rng) for docs, size in sources]
            whole = sum(len(e.pieces) for part in texts for e in part)
            for b, plain, has_gold in batches(texts, rng):
                loss = loss_of(model, mapped, teacher, b, plain, has_gold)
                descent.step(loss, (epoch - 1 + pieces / whole) / args.epochs)
                total, pieces = total + loss.item() * len(b.at), pieces + len(b.at)
            seconds = time.time() - began
            say(f"epoch {epoch} loss {total / pieces:.3f} {pieces / seconds:.0f} pieces/s {seconds:.0f} s")
            torch.save(descent.average.model.state_dict(), args.out / f"epoch{epoch}.pt")
            say("  dev " + measure.line(measure.dev_scores(descent.average.model, gold, dev, score, Thresholds())))


if __name__ == "__main__":
    main()
