"""Label open text with a trained model, to train on: `python -m training.silver WEIGHTS OUT.jsonl`.

Texts: FA-KES articles and Current Events items (both openly licensed, see the model card). Passages that the corpus
itself holds, in any part, are left out, so that nothing is learnt about dev.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from contested.errors import Skipped
from contested.reader import load as load_reader
from contested.sources import document
from contested.types import Document
from training import measure
from training.corpus import held, key

SENTENCES = 16  # a training document
SEED = 7
TOGETHER = 64  # documents a call


def texts(folder: Path, items: int) -> Iterator[tuple[str, str]]:
    """Yield (id, text): every article, and `items` of the one-paragraph items drawn at random."""
    with gzip.open(folder / "fakes_half.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            article = json.loads(line)
            yield f"fakes-{article['unit_id']}", f"{article['article_title']}\n\n{article['article_content']}"
    with gzip.open(folder / "current_events.jsonl.gz", "rt", encoding="utf8") as lines:
        drawn = [json.loads(line) for line in lines]
    random.Random(SEED).shuffle(drawn)
    for item in drawn[:items]:
        yield item["id"], item["text"]


def passages(folder: Path, items: int, known: set[str]) -> Iterator[Document]:
    """Yield stretches of the texts, none of which has a sentence that begins as one in `known` does."""
    for name, text in texts(folder, items):
        try:
            whole = document(text, id=name)
        except Skipped:
            continue
        for first in range(0, len(whole.sentences), SENTENCES):
            own = whole.sentences[first : first + SENTENCES]
            if not any(key(s.of(text)) in known for s in own):
                yield replace(whole, id=f"{name}-{first}", sentences=own)


def main() -> None:
    """Parse the command line and label."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("weights", type=Path, help="folder of an exported model")
    ap.add_argument("out", type=Path)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--open", type=Path, default=Path("../shared/data/open"))
    ap.add_argument("--items", type=int, default=2000)
    a = ap.parse_args()
    reader, count = load_reader(folder=str(a.weights)), measure.scorer(a.corpus).read_count
    found = list(passages(a.open, a.items, held(a.corpus)))
    with a.out.open("w", encoding="utf8") as out:
        for first in range(0, len(found), TOGETHER):
            together = found[first : first + TOGETHER]
            for passage, reading in zip(together, reader.read(together), strict=True):
                sentences = [[s.start, s.end] for s in passage.sentences]
                form = measure.form(reading, passage.text, count)
                out.write(json.dumps({"text": passage.text, "sentences": sentences, **form}) + "\n")


if __name__ == "__main__":
    main()
