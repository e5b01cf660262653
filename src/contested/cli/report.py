"""`contested report`: what is known, by whom, and what is disputed, in one file that opens without a network."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from contested import pipeline
from contested.cli.filters import selection_options
from contested.cli.inputs import STORE, Inputs, input_options
from contested.cli.withholding import withholding_options
from contested.errors import ContestedError, InputError
from contested.export import ExportView, Options, ReportList
from contested.export.leaks import refusal
from contested.export.options import LONGEST_QUOTE
from contested.incidents.selection import Selection
from contested.store import open_store
from contested.types import Claims
from contested.web.report import Report, write_report


@click.command()
@click.argument("paths", metavar="[PATH...]", nargs=-1)
@STORE
@selection_options
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default="report.html", show_default=True
)
@click.option("--title", default="What was reported, and by whom", show_default=True, help="The heading.")
@withholding_options
@click.option(
    "--quote", "longest", type=click.IntRange(40, 2000), default=LONGEST_QUOTE, show_default=True, help="Longest quote."
)
@input_options
def report(
    paths: tuple[str, ...],
    url: str,
    selection: Selection,
    output: Path,
    title: str,
    include_names: bool,
    decimals: int | None,
    embargo: date | None,
    longest: int,
    inputs: Inputs,
) -> None:
    """Write map, timeline, incidents, claims, control and sources into one HTML file.

    Reads the store, or the reports under PATH if any is given. The file needs no network and no program, prints, and
    can be searched and filtered where JavaScript may run.
    """
    options = Options(
        selection=selection,
        include_names=include_names,
        round_coordinates=decimals,
        embargo=embargo,
        longest_quote=longest,
        code=version("contested"),
    )
    made = datetime.now(UTC)
    try:
        if paths:
            found, failed = _read(paths, inputs)
            view = ExportView.of(found, options)
            _deliver(write_report(view, title=title, made=made, failed=failed), view, output)
        else:
            with open_store(url, create=False) as store:
                failed, view = 0, ExportView.of(store, options)
                unread = len(store.failures())
                _deliver(write_report(view, title=title, made=made, failed=unread), view, output)
    except ContestedError as error:
        click.echo(f"contested: {error}", err=True)
        sys.exit(1)
    if failed:
        click.echo(f"not read: {failed}", err=True)
        sys.exit(1)


def _read(paths: tuple[str, ...], inputs: Inputs) -> tuple[ReportList, int]:
    """Return the reports, and how many could not be read; those are named on stderr."""
    results = list(pipeline.read(paths, inputs.options, gazetteer=inputs.gazetteer, jobs=inputs.jobs))
    for unread in (r for r in results if isinstance(r, InputError)):
        click.echo(f"not read: {unread}", err=True)
    read = [claims for claims in results if isinstance(claims, Claims)]
    return ReportList(read), len(results) - len(read)


def _deliver(written: Report, view: ExportView, output: Path) -> None:
    """Write the file beside where it goes, look it through for withheld names, and only then put it there."""
    try:
        output.absolute().parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".contested-", dir=output.absolute().parent) as folder:
            made = Path(folder) / "report.html"
            made.write_text(written.html, encoding="utf-8", newline="\n")
            if why := refusal([made], view.withheld, frozenset()):
                raise InputError(f"nothing was written: {why}. Please report this")
            os.replace(made, output)  # noqa: PTH105  (Path.replace says nothing more)
    except OSError as error:
        raise InputError(f"expected a file to write to, got {output}: {error.strerror}") from error
    size_kb = len(written.html.encode()) / 1024
    click.echo(
        f"{output}: {written.incidents:,} incidents, {written.statements:,} claims, {written.sources:,} reports, "
        f"{size_kb:,.0f} KB; SHA-256 of the data {written.sha256}"
    )
