"""What a worker process does in these tests instead of reading: the real reader is not what they are about."""

from __future__ import annotations

import os
import time

from contested.pipeline.batches import Fault
from contested.types import Claims, Document


def name_documents(documents: tuple[Document, ...]) -> list[Claims | Fault]:
    """Return empty claims; longer texts take longer, so that batches finish out of order."""
    time.sleep(0.02 * len(documents[0].text) if documents else 0)
    return [_empty(document) for document in documents]


def die_of_poison(documents: tuple[Document, ...]) -> list[Claims | Fault]:
    """Return empty claims, or end the process at once where a text says so."""
    if any("poison" in document.text for document in documents):
        os._exit(9)
    return [_empty(document) for document in documents]


def _empty(document: Document) -> Claims:
    return Claims(document, (), (), (), (), (), (), "none")
