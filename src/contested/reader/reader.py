"""Text to layers of spans and arcs: `load()` once a process, then `Reader.read(documents)`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from contested.errors import ResourceError
from contested.reader.calibration import AS_THEY_ARE, Calibration
from contested.reader.decode import Thresholds, char_spans, decode, find_spans, words_of
from contested.reader.groups import Joining
from contested.reader.model import Model, load_model
from contested.reader.pairs import all_pairs
from contested.reader.pieces import Pieces, cut
from contested.types import Device, Document, Reading


@dataclass(frozen=True, slots=True)
class Reader:
    """The trained reader. `name` goes into every value it gives."""

    name: str
    model: Model
    tokenizer: Tokenizer
    thresholds: Thresholds
    calibration: Calibration = AS_THEY_ARE
    remark: str = ""

    def read(self, documents: Sequence[Document]) -> list[Reading]:
        """Return the reading of each document, in order. Read several at a time: a call is eight windows."""
        pieces = [cut(self.tokenizer, d.text, d.sentences) for d in documents]
        full = [i for i, p in enumerate(pieces) if len(p)]
        readings = {i: _nothing(documents[i].id, self.name) for i in range(len(documents))}
        readings.update(zip(full, self._read([documents[i] for i in full], [pieces[i] for i in full]), strict=True))
        return [readings[i] for i in range(len(documents))]

    def _read(self, documents: Sequence[Document], pieces: Sequence[Pieces]) -> list[Reading]:
        """Return the readings of documents that have pieces."""
        if not documents:
            return []
        tagged = self.model.tag(pieces, self.model.encode(pieces))
        spans = [find_spans(logits, p, self.thresholds) for (_, logits), p in zip(tagged, pieces, strict=True)]
        chars = [char_spans(s, p) for s, p in zip(spans, pieces, strict=True)]
        words = [words_of(c, d.text) for c, d in zip(chars, documents, strict=True)]
        pairs = [all_pairs(p, s, w) for p, s, w in zip(pieces, spans, words, strict=True)]
        judged = [self.model.judge(h, s, p) for (h, _), s, p in zip(tagged, spans, pairs, strict=True)]
        parts = zip(documents, spans, chars, words, pairs, judged, strict=True)
        decoded = (decode(d.id, s, c, w, p, j, self.thresholds, self.name) for d, s, c, w, p, j in parts)
        return [self.calibration.apply(reading) for reading in decoded]


def _nothing(document: str, name: str) -> Reading:
    """Return the reading of a document without a sentence."""
    return Reading(document, (), (), (), (), (), (), name)


@cache
def load(threads: int = 1, folder: str | None = None, device: Device = Device.CPU) -> Reader:
    """Return the reader whose weights ship with the package (or lie in `folder`).

    Args:
        threads: threads a call; one is best when several processes read.
        folder: where other weights lie, to try them.
        device: on what the network runs; `Reader.remark` says when it is not that.

    Raises:
        ResourceError: when the weights are missing or do not belong together.
    """
    root = Path(folder) if folder else Path(str(files("contested.reader"))) / "weights"
    try:
        settings = json.loads((root / "settings.json").read_text(encoding="utf8"))
        tokenizer = Tokenizer.from_file(str(root / "tokenizer.json"))
        model, remark = load_model(root, threads, device)
    except (OSError, ValueError) as error:
        raise ResourceError(f"the reader's weights in {root} cannot be loaded: {error}") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    stated: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in settings["thresholds"].items()}
    stated["joining"] = Joining(**stated.get("joining", {}))
    calibration = Calibration.of(settings.get("calibration", {}))
    return Reader(settings["name"], model, tokenizer, Thresholds(**stated), calibration, remark)
