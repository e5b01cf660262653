"""`contested runs`, `documents`, `retract`: what a store holds, and what became of it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import click

from contested.claims.writing import safe_cell
from contested.cli.inputs import STORE
from contested.cli.values import tidy
from contested.errors import ContestedError
from contested.incidents import find_incidents
from contested.store import Store, open_store

_IN_A_PIPE = 1000  # columns; an id that is cut cannot be copied
_FORMAT = click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)


@click.command()
@STORE
@_FORMAT
def runs(url: str, form: str) -> None:
    """List the runs of `add`: when, by which version and model, and what each brought."""
    with _reading(url) as store:
        rows = [
            {
                "run": run.number,
                "started": run.started,
                "ended": run.ended,
                "code": run.code,
                "model": run.model,
                "added": run.added,
                "known": run.known,
                "failed": run.failed,
                "settings": json.loads(run.settings) if form == "json" else run.settings,
            }
            for run in store.runs()
        ]
    _print_rows(rows, form)


@click.command()
@STORE
@_FORMAT
@click.option("--all", "every", is_flag=True, help="All versions, also those that a later one replaced.")
def documents(url: str, form: str, every: bool) -> None:
    """List the reports in a store: version, outlet, day, where each came from, and whether it was retracted."""
    with _reading(url) as store:
        rows = (
            {
                "id": version.document.id,
                "version": version.version,
                "superseded": version.superseded,
                "retracted": version.retracted,
                "published": version.document.published.day.isoformat() if version.document.published else None,
                "publisher": version.document.publisher,
                "url": version.document.url,
                "where": version.document.where,
                "headline": version.document.headline_text,
                "key": version.key,
            }
            for version in store.documents(superseded=every)
        )
        _print_rows(rows, form)


@click.command()
@click.argument("document")
@STORE
@click.option("--reason", required=True, help="What the outlet said when it took the report back, and where.")
def retract(document: str, url: str, reason: str) -> None:
    """Keep that an outlet took a report back. The report stays, but no longer counts.

    Ids of incidents that it lent lead to what the other reports tell of them.
    """
    with _reading(url) as store:
        record, now = find_incidents(store.claims(), store.judgements()), datetime.now(UTC)
        store.retract(document, reason, now)
        for lent, stands_in in record.standing_in(document):
            store.alias_incident(lent, stands_in, now)


@contextmanager
def _reading(url: str) -> Iterator[Store]:
    """Give a store that is there; an error addressed to the user ends the program."""
    try:
        with open_store(url, create=False) as store:
            yield store
    except ContestedError as error:
        click.echo(f"contested: {error}", err=True)
        sys.exit(1)


def _print_rows(rows: Iterable[Mapping[str, Any]], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1))
        return
    every = list(rows)
    columns = list(every[0]) if every else []
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([safe_cell(row[c]) for c in columns] for row in every)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns)
    for row in every:
        table.add_row(*(tidy(str(row[c])) if row[c] is not None else "" for c in columns))
    width = None if sys.stdout.isatty() else _IN_A_PIPE
    console = Console(highlight=False, width=width)
    console.print(table if every else "nothing here yet", markup=False)
