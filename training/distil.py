"""Teach the reader what the teacher says: `python -m training.distil TEACHER.pt START.pt --out training/runs/NAME`.

The texts are the corpus's train part, with its gold beside the teacher's answers, and passages of the shared data and
reports written for training, all as the teacher says that the corpus's annotators would mark them. Passages with a
sentence of the corpus are left out. Many texts matter more than many epochs: of texts that it has seen the student
learns by heart what the teacher says (training/LOG.md), so those seen least are drawn first.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import time
from collections import Counter
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
from contested.sources import document
from training import annotated, measure
from training.batches import Batch, batch, shuffled
from training.corpus import HIDDEN_TEXTS, HIDDEN_WORDS, Convention, Example, example, load, masked, windowed
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
Form = dict[str, Any]
TEXTS = Path(__file__).parent / "written" / "texts.jsonl"
NOTHING: Form = {"events": [], "claims": [], "actors": [], "places": []}


def unlabelled(data: Path, corpus: Path) -> tuple[list[Form], list[Form], list[Form]]:
    """Return, without what anybody marked, passages on violence, others, and the reports annotated for training."""
    written = [d for d in annotated.load(data) if d["convention"] == Convention.WRITTEN]
    kept = ("id", "text", "sentences")
    violent, others = ([NOTHING | p for p in annotated.passages(data, corpus, peaceful)] for peaceful in (False, True))
    return violent, others, [NOTHING | {name: d[name] for name in kept} for d in written]


class Pool:
    """Texts of one kind, drawn so that none is seen twice before all were seen once."""

    def __init__(self, docs: list[Form], pieces: int, path: Path | None = None) -> None:
        """Take `docs`, or what lies at `path`, JSON lines that may grow meanwhile; about `pieces` serve an epoch."""
        self.docs = docs
        self.pieces = pieces
        self.path = path
        self.seen: Counter[str] = Counter()

    def drawn(self, tok: Tokenizer, rng: random.Random) -> list[Example]:
        """Return the texts of one epoch, some without their commas."""
        if self.path:
            self._read(self.path)
        found: list[Example] = []
        left = self.pieces if self.docs else 0
        while left > 0:
            for d in sorted(self.docs, key=lambda d: (self.seen[d["id"]], rng.random())):
                self.seen[d["id"]] += 1
                text = d["text"].replace(",", " ") if rng.random() < WITHOUT_COMMAS else d["text"]
                e = example(d | {"text": text}, tok)
                if len(e.pieces):
                    found.append(e)
                    left -= len(e.pieces)
                if left <= 0:
                    break
        return found

    def _read(self, path: Path) -> None:
        """Take in what was written since."""
        known = {d["id"] for d in self.docs}
        for row in map(json.loads, path.read_text(encoding="utf8").splitlines()):
            if row["id"] not in known:
                sentences = [[s.start, s.end] for s in document(row["text"], id=row["id"]).sentences]
                self.docs.append(NOTHING | {"id": row["id"], "text": row["text"], "sentences": sentences})


class Teacher:
    """The teacher, and its encoder's vectors of the texts that it has seen, in half the bits."""

    def __init__(self, model: ReaderModel, window: int, folder: Path | None = None) -> None:
        """Take the teacher; in `folder` the vectors lie for others that train beside."""
        self.model = model
        self.window = window
        self.folder = folder
        self.seen: dict[tuple[str, int], Tensor] = {}
        self.room = torch.empty(0, HIDDEN, dtype=torch.bfloat16)

    @torch.no_grad()
    def vectors(self, examples: list[Example]) -> Tensor:
        """Return [T, H] its encoder's vectors of all pieces."""
        keys = [(e.id, len(e.pieces)) for e in examples]  # a text without its commas has fewer pieces
        new = {k: e for k, e in zip(keys, examples, strict=True) if k not in self.seen and not self._at_hand(k)}
        if new:
            b = batch([windowed(e, self.window, headed=False) for e in new.values()])
            found = measure.encoded(self.model, b).bfloat16()
            self.seen |= {k: self._kept(found[a:z]) for k, (a, z) in zip(new, b.bounds, strict=True)}
            self._hand_on(list(new))
        return torch.cat([self.seen[k] for k in keys]).float()

    def _place(self, key: tuple[str, int]) -> Path | None:
        return self.folder and self.folder / f"{hashlib.sha256(repr(key).encode()).hexdigest()[:32]}.pt"

    def _at_hand(self, key: tuple[str, int]) -> bool:
        """Take the vectors of a text from the folder, and say whether they lay there."""
        place = self._place(key)
        if not place or not place.exists():
            return False
        self.seen[key] = self._kept(torch.load(place))
        return True

    def _hand_on(self, keys: list[tuple[str, int]]) -> None:
        for key in keys:
            if place := self._place(key):
                unfinished = place.with_suffix(f".{os.getpid()}")
                torch.save(self.seen[key].clone(), unfinished)
                unfinished.replace(place)

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


def batches(
    texts: list[list[Example]], rng: random.Random, hidden: tuple[float, float]
) -> Iterator[tuple[Batch, list[Example], bool]]:
    """Yield a batch for the student, its texts as written, and whether it has gold; `texts` with gold come first.

    Words and capitals are hidden from the student alone.
    """
    found = [(b.examples, kind == 0) for kind, part in enumerate(texts) for b in shuffled(part, BATCH, rng)]
    rng.shuffle(found)
    for plain, has_gold in found:
        yield batch([masked(one_case(e, rng), rng, *hidden) for e in plain]), plain, has_gold


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
    ap.add_argument("--other-pieces", type=int, default=0, help="pieces of news that tell of no violence")
    ap.add_argument("--written-pieces", type=int, default=270_000, help="pieces of reports annotated for training")
    ap.add_argument("--texts", type=Path, default=TEXTS, help="reports written for training, not annotated")
    ap.add_argument("--text-pieces", type=int, default=0, help="pieces of these")
    ap.add_argument("--kept", type=Path, help="folder for the teacher's vectors, which several trainings may share")
    ap.add_argument("--minutes", type=float, help="train so long instead of --epochs")
    ap.add_argument("--hidden-texts", type=float, default=HIDDEN_TEXTS, help="share of texts with hidden words")
    ap.add_argument("--hidden-words", type=float, default=HIDDEN_WORDS, help="share of their words hidden")
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


class Clock:
    """How much of the training lies behind: of its epochs, or of its minutes if it has so many."""

    def __init__(self, epochs: int, minutes: float | None) -> None:
        self.epochs = epochs
        self.minutes = minutes
        self.start = time.time()
        self.epoch = 0
        self.pieces = self.whole = 0

    def begin(self, whole: int) -> None:
        """Begin an epoch of so many pieces; `pieces` counts those seen."""
        self.epoch, self.pieces, self.whole = self.epoch + 1, 0, whole

    def done(self) -> float:
        """Return the part of the training that lies behind, 0 to 1."""
        if self.minutes:
            return min((time.time() - self.start) / 60 / self.minutes, 1.0)
        return min((self.epoch - 1 + self.pieces / self.whole) / self.epochs, 1.0) if self.epoch else 0.0

    def over(self) -> bool:
        """Say whether it is time to stop."""
        return self.done() >= 1.0


def pools_of(args: argparse.Namespace) -> list[Pool]:
    """Return what is trained on, that with gold first."""
    violent, others, written = unlabelled(args.data, args.corpus)
    return [
        Pool(load(args.corpus / "train.jsonl"), args.gold_pieces),
        Pool(violent, args.pieces),
        Pool(others, args.other_pieces),
        Pool(written, args.written_pieces),
        Pool([], args.text_pieces, args.texts),
    ]


def distil(args: argparse.Namespace) -> None:
    """Run the training that `args` describe."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tok, score, gold = tokenizer(), measure.scorer(args.corpus), load(args.corpus / "dev.jsonl")
    dev = [windowed(example(d, tok), args.window) for d in gold]
    pools = pools_of(args)
    if args.kept:
        args.kept.mkdir(parents=True, exist_ok=True)
    teacher = Teacher(read_teacher(args.teacher), args.teacher_window, args.kept)
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

        say(f"{json.dumps(vars(args), default=str)} {[len(pool.docs) for pool in pools]} texts")
        clock = Clock(args.epochs, args.minutes)
        while not clock.over():
            model.train()
            began, total, pieces = time.time(), 0.0, 0
            texts = [pool.drawn(tok, rng) for pool in pools]
            clock.begin(sum(len(e.pieces) for part in texts for e in part))
            for b, plain, has_gold in batches(texts, rng, (args.hidden_texts, args.hidden_words)):
                loss = loss_of(model, mapped, teacher, b, plain, has_gold)
                descent.step(loss, clock.done())
                total, pieces = total + loss.item() * len(b.at), pieces + len(b.at)
                clock.pieces = pieces
                if clock.over():
                    break
            seconds = time.time() - began
            say(f"epoch {clock.epoch} loss {total / pieces:.3f} {pieces / seconds:.0f} pieces/s {seconds:.0f} s")
            torch.save(descent.average.model.state_dict(), args.out / f"epoch{clock.epoch}.pt")
            say("  dev " + measure.line(measure.dev_scores(descent.average.model, gold, dev, score, Thresholds())))


if __name__ == "__main__":
    main()
