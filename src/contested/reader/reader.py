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
        """Return the reading of each document, in order; each is the same whatever is read beside it."""
        return [self._read(document, cut(self.tokenizer, document.text, document.sentences)) for document in documents]

    def _read(self, document: Document, pieces: Pieces) -> Reading:
        if not len(pieces):
            return _nothing(document.id, self.name)
        hidden, logits = self.model.tag(pieces, self.model.encode(pieces))
        spans = find_spans(logits, pieces, self.thresholds)
        chars = char_spans(spans, pieces)
        words = words_of(chars, document.text)
        pairs = all_pairs(pieces, spans, words)
        judged = self.model.judge(hidden, spans, pairs)
        reading = decode(document.id, spans, chars, words, pairs, judged, self.thresholds, self.name)
        return self.calibration.apply(reading)


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
