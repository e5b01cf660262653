"""A reader that knows one word, for tests of what surrounds the real one."""

from __future__ import annotations

from collections.abc import Sequence

from contested.types import Document, EventType, Reading, Span, Status, Trigger


class WordReader:
    """Finds the word “shelled”, and fails on documents that hold “faulty”."""

    def read(self, documents: Sequence[Document]) -> list[Reading]:
        return [self._read(document) for document in documents]

    def _read(self, document: Document) -> Reading:
        if "faulty" in document.text:
            raise RuntimeError("a shape that does not fit")
        start = document.text.find("shelled")
        triggers = (Trigger("t1", Span(start, start + 7), EventType.SHELLING, Status.ACTUAL),) if start >= 0 else ()
        groups = tuple((t.id,) for t in triggers)
        return Reading(document.id, triggers, (), (), (), groups, (), "one word")
