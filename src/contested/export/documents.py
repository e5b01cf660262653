"""documents.csv: one row for each report, without its text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from contested.claims.writing import Cell
from contested.export.options import Options
from contested.export.out import Out
from contested.export.problems import Problem
from contested.export.schema import check_csv, names_of
from contested.export.tables import write_csv
from contested.export.view import ExportView, Told

FILE = "documents.csv"


def rows(view: ExportView, options: Options) -> Iterator[dict[str, Cell]]:
    """Yield one row a report, in the order in which they came."""
    for told in view.reports():
        yield _row(told, options)


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the table and return how many rows it has."""
    with out.text(FILE) as file:
        return write_csv(file, names_of("documents"), rows(view, options))


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a table of reports."""
    return check_csv(path, "documents")


def _row(told: Told, options: Options) -> dict[str, Cell]:
    document = told.document
    asked = {event.id for event in told.events}
    return {
        "doc_id": document.id,
        "url": document.url,
        "publisher": document.publisher,
        "byline": document.byline if options.include_names else None,
        "dateline": told.index.words(document.dateline) if document.dateline else None,
        "wire_credit": document.wire_credit,
        "published_at": document.published.day.isoformat() if document.published else None,
        "published_origin": document.published.origin.value if document.published else None,
        "lang": document.language,
        "title": document.headline_text,
        "text_sha256": told.text_sha256,
        "origin": told.origin,
        "n_events": len(asked),
        "n_claims": sum(bool(asked & set(claim.events)) for claim in told.claims.claims),
        "incidents": ";".join(dict.fromkeys(told.incidents.values())),
        "model": told.claims.model,
        "warnings": "; ".join(document.warnings),
    }
