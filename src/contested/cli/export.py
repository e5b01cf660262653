"""`contested export`: what the reports say in the forms that others read, filtered, masked and checked for names."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from contested.cli.add import read_into
from contested.cli.filters import selection_options
from contested.cli.inputs import STORE, Inputs, input_options
from contested.cli.withholding import withholding_options
from contested.errors import ContestedError, InputError
from contested.export import ExportView, FormatName, KilledRule, Options, OutFile, OutFolder, load_format
from contested.export.bundle import write_bundle
from contested.export.leaks import refusal
from contested.export.options import LONGEST_QUOTE
from contested.incidents.selection import Selection
from contested.store import Added, Store, open_store


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice([f.value for f in FormatName]))
@click.argument("paths", metavar="[PATH...]", nargs=-1)
@STORE
@selection_options
@click.option("-o", "--output", metavar="FILE|FOLDER", help="A file, or a folder (it exists, or ends in /).")
@click.option(
    "--killed-rule",
    type=click.Choice([r.value for r in KilledRule]),
    default=KilledRule.RANGE.value,
    show_default=True,
    help="How one number of dead is made of several. ACLED's own form takes the lowest unless told otherwise.",
)
@withholding_options
@click.option(
    "--quote", "longest", type=click.IntRange(0, 2000), default=LONGEST_QUOTE, show_default=True, help="Longest quote."
)
@click.option("--full-text", is_flag=True, help="Whole reports in brat and Web Annotations, not only what is quoted.")
@click.option("--hxl", is_flag=True, help="A row of HXL tags under the header (hapi).")
@click.option(
    "--date-by-report",
    is_flag=True,
    help="Where no day is said, give the report's, and say so; otherwise such events are left out.",
)
@input_options
def export(
    form: str,
    paths: tuple[str, ...],
    url: str,
    selection: Selection,
    output: str | None,
    killed_rule: str,
    include_names: bool,
    decimals: int | None,
    embargo: date | None,
    longest: int,
    full_text: bool,
    hxl: bool,
    date_by_report: bool,
    inputs: Inputs,
) -> None:
    """Export what the store holds, or what the reports under PATH say.

    FORMAT is one of acled, ucdp, plover, polecat, hapi, geojson, claims, incidents, control, documents, parquet, xlsx,
    ftm, webannotation, brat. Everything exported is what reports claim; nothing in it is established. A folder also
    gets README, datapackage.json and query.json, and what the format's own columns cannot hold.
    """
    options = Options(
        selection=selection,
        killed_rule=KilledRule(killed_rule),
        include_names=include_names,
        round_coordinates=decimals,
        embargo=embargo,
        longest_quote=longest,
        full_text=full_text,
        hxl=hxl,
        date_by_report=date_by_report,
        code=version("contested"),
    )
    name = FormatName(form)
    try:
        _check_output(name, output)
        with _reports(paths, url, inputs) as (store, failed):
            number = _export(name, ExportView.of(store, options), options, output)
    except ContestedError as error:
        click.echo(f"contested: {error}", err=True)
        sys.exit(1)
    click.echo(f"exported {number:,} records in the form {form}: claims, not established facts", err=True)
    if failed:
        click.echo(f"not read: {failed}", err=True)
        sys.exit(1)


def is_folder(name: FormatName, output: str | None) -> bool:
    """Return whether an output is a folder: it exists as one, ends in a slash, or the format has several files."""
    if output is None or output == "-":
        return False
    return output.endswith(("/", os.sep)) or Path(output).is_dir() or not load_format(name).FILE


def _check_output(name: FormatName, output: str | None) -> None:
    to_screen = output is None or output == "-"
    if to_screen and not load_format(name).FILE:
        raise InputError(f"expected a folder: {name.value} has several files; say -o FOLDER/")
    if to_screen and name in (FormatName.PARQUET, FormatName.XLSX) and sys.stdout.isatty():
        raise InputError(f"expected a file: {name.value} is not for the screen; say -o FILE")


@contextmanager
def _reports(paths: tuple[str, ...], url: str, inputs: Inputs) -> Iterator[tuple[Store, int]]:
    """Give the store, or one in a temporary file that the reports were read into: memory stays constant either way."""
    if not paths:
        with open_store(url, create=False) as store:
            yield store, 0
        return
    failed = 0

    def watch(added: Added) -> None:
        nonlocal failed
        for error in added.failures:
            click.echo(f"not read: {error}", err=True)
            failed += 1

    with TemporaryDirectory(prefix="contested-") as folder, open_store(Path(folder) / "read.db") as store:
        read_into(store, paths, inputs, watch=watch)
        yield store, failed


def _export(name: FormatName, view: ExportView, options: Options, output: str | None) -> int:
    """Write into a temporary folder, look it through for names, and only then move what is there to where it goes."""
    folder = is_folder(name, output)
    near = None if output is None or output == "-" else Path(output).absolute().parent
    if near is not None:
        near.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".contested-", dir=near) as temporary:
        place = Path(temporary)
        if folder:
            out = OutFolder(place)
            number = load_format(name).write(view, options, out)
            written = [
                *out.written,
                *write_bundle(place, name, out.written, options, view.fingerprint(), view.gazetteers),
            ]
        else:
            single = place / "single"
            with single.open("wb") as file:
                number = load_format(name).write(view, options, OutFile(file))
            written = [single.name]
        _refuse_leaks(place, written, view)
        _deliver(place, written, output, folder=folder)
    return number


def _refuse_leaks(place: Path, written: list[str], view: ExportView) -> None:
    why = refusal([place / name for name in written], view.withheld, view.borne_in_office())
    if why:
        raise InputError(
            f"nothing was exported: {why}. Please report this; `contested retract` takes a report out, "
            "--include-names exports with all names"
        )


def _deliver(place: Path, written: list[str], output: str | None, *, folder: bool) -> None:
    if output is None or output == "-":
        with (place / written[0]).open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    for name in written:
        path = target / name if folder else target
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(place / name, path)  # noqa: PTH105  (Path.replace says nothing more)
