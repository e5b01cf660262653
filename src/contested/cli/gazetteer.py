"""`contested gazetteer`: build, import, list and ask the table of places. All it knows is in `contested.places`."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from contested import places
from contested.errors import ContestedError
from contested.types import PlaceLink

_SHOWN_BAD_LINES = 10


def default_path() -> Path:
    """Return where a user's gazetteer file lies unless `--file` says otherwise."""
    return Path(click.get_app_dir("contested")) / "gazetteer.sqlite"


_file_option = click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The gazetteer file.  [default: in the user's application folder]",
)


@click.group(help="Look up, build and import places.")
def gazetteer() -> None:
    """Hold the commands."""


@gazetteer.command()
@_file_option
@click.option("--restart", is_flag=True, help="Begin afresh, even if the file holds an earlier or interrupted build.")
def build(path: Path | None, restart: bool) -> None:
    """Index GeoNames' 235,000 places (500 people or more), once. Needs no network; interrupted, it goes on."""
    path = path or default_path()
    with _progress(f"building {path}") as report, _user_errors():
        store = places.SqliteGazetteer(path, create=True)
        summary = places.build_cities(store, restart=restart, progress=report)
        store.close()
    _tell(summary, path, places.CITIES_SOURCE)


@gazetteer.command("import")
@click.argument("kind", type=click.Choice(["geonames", "codab", "csv"]))
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--name", "source", default=None, help="What to call the source.  [default: the file's name]")
@click.option("--licence", default="not stated", show_default=True, help="Its licence, kept with every export.")
@click.option("--date", "day", default=None, help="The day it is of.  [default: the file's own date]")
@click.option("--country", default=None, help="ISO3 code or name, for tables that do not say it.")
@click.option("--classes", default="", help="geonames: feature classes to keep, such as AP.  [default: all]")
@click.option("--encoding", default="utf-8-sig", help="How the text is encoded, such as cp1252.  [default: UTF-8]")
@click.option("--column", "columns", multiple=True, metavar="FIELD=HEADING", help="csv: which column holds a field.")
@click.option("--restart", is_flag=True, help="Begin afresh instead of going on where an earlier run stopped.")
@_file_option
def import_(
    kind: str,
    table: Path,
    source: str | None,
    licence: str,
    day: str | None,
    country: str | None,
    classes: str,
    encoding: str,
    columns: tuple[str, ...],
    restart: bool,
    path: Path | None,
) -> None:
    """Import a GeoNames dump, an OCHA COD-AB table or any table of places (CSV, TSV, XLSX; zipped or not).

    Several sources live side by side, each with its licence and date. An interrupted import goes on where it stopped.
    """
    path = path or default_path()
    told = dict(_pair(column) for column in columns)
    with _progress(f"importing {table.name}") as report, _user_errors():
        store = places.SqliteGazetteer(path, create=True)
        own_day = date.fromtimestamp(table.stat().st_mtime).isoformat() if table.exists() else ""
        summary = places.import_file(
            store,
            table,
            kind,
            places.GazetteerSource(source or table.name, licence, day or own_day, 0),
            columns=told,
            country=country,
            classes=classes,
            encoding=encoding,
            restart=restart,
            progress=report,
        )
        store.close()
    _tell(summary, path, source or table.name)


@gazetteer.command("bad-lines")
@click.argument("source")
@_file_option
def bad_lines(source: str, path: Path | None) -> None:
    """List the lines of SOURCE that were no places, by number: those of all runs of its import."""
    with _user_errors():
        store = places.SqliteGazetteer(path or default_path())
        for number, reason in store.bad_lines(source):
            click.echo(f"{number}\t{reason}")
        store.close()


@gazetteer.command()
@_file_option
def sources(path: Path | None) -> None:
    """List where places come from, with licence and date."""
    table = Table(box=None, pad_edge=False)
    for heading in ("source", "places", "date", "licence"):
        table.add_column(heading, justify="right" if heading == "places" else "left")
    for source in _open(path).sources():
        table.add_row(source.name, f"{source.entries:,}", source.date, source.licence)
    Console().print(table)


@gazetteer.command()
@click.argument("name")
@click.option("--near", multiple=True, help="A place that the report also names; repeatable.")
@_file_option
def explain(name: str, near: tuple[str, ...], path: Path | None) -> None:
    """Show what NAME means, and every candidate with its score and the reasons."""
    answer = places.explain(name, _open(path), near)
    console = Console()
    _print_link(console, answer.name)
    for link in answer.near:
        where = f"{link.country}, {_point(link)}" if link.chosen else "which is in no gazetteer"
        console.print(f"beside {link.name} ({where})")
    if not answer.name.candidates:
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("score", "name", "level", "country", "point", "source, id", "why"):
        table.add_column(heading, overflow="fold")
    for c in answer.name.candidates:
        where = "" if c.lat is None or c.lon is None else f"{c.lat:.2f}, {c.lon:.2f}"
        country = f"{c.country or ''} {c.admin1 or ''}".strip()
        table.add_row(f"{c.score:.3f}", c.name, c.level.value, country, where, f"{c.source}, {c.id}", c.why)
    console.print(table)


def _print_link(console: Console, link: PlaceLink) -> None:
    if link.lat is None:
        console.print(f"NIL: {link.reason}")
        return
    codes = f"ACLED {link.acled_precision or '-'}, UCDP {link.ucdp_precision or '-'}"
    console.print(
        f"{link.name} ({link.country or 'no one country'}), {link.level}: {_point(link)} ± {link.radius_km} km, {codes}"
    )
    console.print(f"rule {link.rule}" + (f", relation “{link.relation}”" if link.relation else "") + f": {link.reason}")


def _point(link: PlaceLink) -> str:
    return f"{link.lat:.4f}, {link.lon:.4f}"


def _open(path: Path | None) -> places.LayeredGazetteer:
    chosen = path or default_path()
    if path is None and not chosen.exists():
        return places.default_gazetteer()
    with _user_errors():
        return places.open_gazetteer(chosen)


def _pair(column: str) -> tuple[str, str]:
    field, sign, heading = column.partition("=")
    if not sign:
        raise click.BadParameter(f"expected FIELD=HEADING, got {column!r}", param_hint="--column")
    return field, heading


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield report


@contextmanager
def _user_errors() -> Iterator[None]:
    try:
        yield
    except ContestedError as error:
        raise click.ClickException(str(error)) from error


def _tell(summary: places.ImportSummary, path: Path, source: str) -> None:
    if summary.lines == summary.skipped_lines > 0:
        click.echo(
            f"{path}: complete ({summary.skipped_lines:,} lines, read by earlier runs); --restart reads it again"
        )
        return
    went_on = f" (after {summary.skipped_lines:,} of an interrupted run)" if summary.skipped_lines else ""
    lines = summary.lines - summary.skipped_lines
    click.echo(f"{path}: {summary.places:,} places from {lines:,} lines{went_on}, {summary.bad:,} bad")
    for bad in summary.bad_lines[:_SHOWN_BAD_LINES]:
        click.echo(f"  line {bad.number}: {bad.reason}")
    if summary.bad > _SHOWN_BAD_LINES:
        click.echo(
            f"  … and {summary.bad - _SHOWN_BAD_LINES:,} more: contested gazetteer bad-lines {shlex.quote(source)}"
        )
