"""Reads one batch of documents into rows: what a worker process does when an archive is coded into Parquet parts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from contested.claims import to_form
from contested.claims.rows import claim_rows
from contested.claims.writing import Cell
from contested.pipeline.batches import Fault, read_documents_as
from contested.types import Claims, Device, Document

Cells = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Coded:
    """One report as rows: one of `documents`, and one of `claims` for each claim and event. Without their numbers.

    Rows are made where the report was read: they are half the size of its claims on their way to the parent, which
    then has nothing to do but write them.
    """

    document: Cells
    claims: tuple[Cells, ...]


def code_documents(
    documents: tuple[Document, ...], gazetteer: Path | None = None, device: Device = Device.CPU
) -> list[Coded | Fault]:
    """Return the rows of each document, in order; `batches.read_documents` says what is raised."""
    return read_documents_as(code, documents, gazetteer, device)


def code(claims: Claims) -> Coded:
    """Return one report's rows."""
    document = claims.document
    frame: Cells = {
        "doc_id": document.id,
        "where": document.where,
        "url": document.url,
        "publisher": document.publisher,
        "published_at": document.published.day.isoformat() if document.published else None,
        "published_origin": document.published.origin.value if document.published else None,
        "headline": document.headline.of(document.text) if document.headline else document.headline_text,
        "byline": document.byline,
        "language": document.language,
        "characters": len(document.text),
        "words": len(document.text.split()),
        "sentences": len(document.sentences),
        "events": len(claims.events),
        "claims": len(claims.claims),
        "disputes": len(claims.disputes),
        "warnings": "; ".join(document.warnings) or None,
        "model": claims.model,
        "form": json.dumps(to_form(claims), ensure_ascii=False),
    }
    return Coded(frame, tuple(row for _, _, row in claim_rows(claims)))
