"""Choose the thresholds of exported weights through the whole of reading: `python -m training.tune_reports WEIGHTS`.

`training.tune` sees gold's sentences and the network alone. Here dev's bare reports are opened as a user's would be,
read with the shipped graphs and made into claims, which is what is scored. The encoder runs once; a turn takes seconds.
Only what helps the sum of the rows by more than noise is taken, and a row that falls below its floor is paid for.
The result replaces the thresholds in `settings.json` of WEIGHTS.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from contested.claims import assemble
from contested.claims.form import to_form
from contested.reader import Reader, load
from contested.reader.decode import Thresholds, char_spans, decode, find_spans, words_of
from contested.reader.pairs import all_pairs
from contested.reader.pieces import cut
from contested.sources import find_documents
from contested.types import Document
from evaluation.scores import FLOORS, Floors, strip_annotations
from training import measure
from training.corpus import load as load_corpus
from training.tune import TARGETS, options

NOISE = 0.3  # points of the sum of the rows; less is chance
FLOOR_PRICE = 3.0  # points of the sum for each point that a row lies under its floor
TURNS = (
    *("outside cue", "cover", "joining least", "second_source", "outside trigger", "outside participant", "trigger"),
    *("joining status", "joining counts", "joining setting", "roles by", "roles on", "roles place", "roles counts"),
    *("outside count", "outside place", "outside time", "unreal", "outside cue", "cover", "joining least"),
)

Rows = dict[str, dict[str, float]]


class Reports:
    """Dev's reports, read up to the tags once."""

    def __init__(self, reader: Reader, corpus: Path) -> None:
        self.reader = reader
        self.gold = load_corpus(corpus / "dev.jsonl")
        self.score = measure.scorer(corpus)
        with tempfile.TemporaryDirectory() as folder:
            bare = Path(folder) / "dev.jsonl"
            strip_annotations(corpus / "dev.jsonl", bare)
            self.documents = [d for d in find_documents(bare) if isinstance(d, Document)]
        self.pieces = [cut(reader.tokenizer, d.text, d.sentences) for d in self.documents]
        self.tagged = [reader.model.tag(pieces, reader.model.encode(pieces)) for pieces in self.pieces]
        self.judged: tuple[object, list[Any]] = (None, [])

    def read(self, t: Thresholds) -> dict[str, dict[str, Any]]:
        """Return what reading with `t` gives, by document, in the corpus form."""
        if self.judged[0] != t.outside:
            rows = zip(self.documents, self.pieces, self.tagged, strict=True)
            self.judged = (t.outside, [self._judge(*row, t) for row in rows])
        found = {}
        for document, (spans, chars, words, pairs, judgements) in zip(self.documents, self.judged[1], strict=True):
            reading = decode(document.id, spans, chars, words, pairs, judgements, t, self.reader.name)
            found[document.id] = to_form(assemble(document, self.reader.calibration.apply(reading)))
        return found

    def _judge(self, document: Document, pieces: Any, tagged: Any, t: Thresholds) -> tuple[Any, ...]:
        hidden, logits = tagged
        spans = find_spans(logits, pieces, t)
        chars = char_spans(spans, pieces)
        words = words_of(chars, document.text)
        pairs = all_pairs(pieces, spans, words)
        return spans, chars, words, pairs, self.reader.model.judge(hidden, spans, pairs)

    def rows(self, t: Thresholds) -> Rows:
        """Return the scores of `t`, as `evaluation.scores` names them."""
        found = self.read(t)
        entries = [d for d in self.gold if d["source_set"] == "cep"]
        kinds = {"all": self.gold, "articles": [d for d in self.gold if d not in entries], "entries": entries}
        rows = {}
        for kind, gold in kinds.items():
            scores = self.score.score(gold, found)[0]
            rows[kind] = {name: row.get("f1", row.get("acc")) for name, row in scores.items()}
        return rows


def worth(rows: Rows, floors: Floors) -> float:
    """Return the sum of the rows that thresholds move, less what lies below the floors."""
    stated = [(kind, name, floor) for kind, named in floors.floors.items() for name, floor in named.items()]
    under = [max(0.0, floor - rows[kind].get(name, 0.0)) for kind, name, floor in stated]
    total = sum(rows["all"][name] for name in TARGETS if name in rows["all"])
    return total + 0.5 * rows["entries"]["attribution"] - FLOOR_PRICE * sum(under)


def line(rows: Rows) -> str:
    """Return the rows in one line."""
    names = [name for name in (*TARGETS, "status", "stance", "actor kind") if name in rows["all"]]
    shown = [f"{name} {rows['all'][name]:.1f}" for name in names]
    by_kind = [f"{kind} {n} {rows[kind][n]:.1f}" for kind in ("articles", "entries") for n in ("claim", "attribution")]
    return "  ".join(shown + by_kind)


def main() -> None:
    """Parse the command line and tune."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("weights", type=Path)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--only-score", action="store_true", help="say what the thresholds give and change nothing")
    a = ap.parse_args()
    reader = load(folder=str(a.weights))
    reports, floors = Reports(reader, a.corpus), Floors.load(FLOORS)
    best = reader.thresholds
    rows = reports.rows(best)
    value = worth(rows, floors)
    print(f"{value:.1f}  {line(rows)}", flush=True)
    for turn in () if a.only_score else TURNS:
        for option in options(best, turn):
            if option == best:
                continue
            new = reports.rows(option)
            if worth(new, floors) > value + NOISE:
                best, rows, value = option, new, worth(new, floors)
        print(f"{turn}: {value:.1f}  {line(rows)}", flush=True)
        _keep(a.weights, best)


def _keep(weights: Path, thresholds: Thresholds) -> None:
    path = weights / "settings.json"
    settings = json.loads(path.read_text(encoding="utf8")) | {"thresholds": asdict(thresholds)}
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
