"""`contested report`: what is known, by whom, and what is disputed, in one file that opens without a network."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import click

from contested import pipeline
from contested.cli.gazetteer import default_path
from contested.cli.inputs import STORE
from contested.errors import ContestedError, InputError
from contested.export import ExportView, Options, ReportList
from contested.incidents.selection import Selection
from contested.sources import ReadOptions
from contested.store import open_store
from contested.types import Claims, EventType
from contested.web.report import Report, write_report

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("paths", metavar="[PATH...]", nargs=-1)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default="report.html", show_default=True
)
@STORE
@click.option("--title", default="What was reported, and by whom", show_default=True, help="The heading.")
@click.option("--place", default="", help="Only incidents in a place of this name (a part will do) or ISO3 country.")
@click.option("--from", "since", type=_DAY, help="Only incidents on this day or later, YYYY-MM-DD.")
@click.option("--until", type=_DAY, help="… on this day or earlier.")
@click.option("--type", "types", multiple=True, type=click.Choice([t.value for t in EventType]), help="Only this type.")
@click.option("--actor", default="", help="Only incidents with this doer or target (a part of the name will do).")
@click.option("--contested", is_flag=True, help="Only incidents in which something is disputed.")
@click.option("--least", default=1, show_default=True, help="Only incidents told by at least this many reports.")
@click.option("--embargo", metavar="HOURS", type=click.IntRange(min=1), help="Leave out what is newer than this.")
@click.option("--include-names", is_flag=True, help="Show the names of private people, which are masked otherwise.")
@click.option("--round", "decimals", type=click.IntRange(0, 6), help="Decimals of coordinates to keep.")
@click.option("--date", "day", type=_DAY, help="Publication day of reports given as PATH that carry none.")
@click.option(
    "--gazetteer",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Gazetteer file for places of reports given as PATH.",
)
def report(
    paths: tuple[str, ...],
    output: Path,
    url: str,
    title: str,
    place: str,
    since: datetime | None,
    until: datetime | None,
    types: tuple[str, ...],
    actor: str,
    contested: bool,
    least: int,
    embargo: int | None,
    include_names: bool,
    decimals: int | None,
    day: datetime | None,
    gazetteer: Path | None,
) -> None:
    """Write map, timeline, incidents, claims, control and sources into one HTML file.

    Reads the store, or the reports under PATH if any is given. The file needs no network and no program, prints, and
    can be searched and filtered where JavaScript may run.
    """
    made = datetime.now(UTC)
    options = Options(
        selection=Selection(
            place=place,
            since=since.date() if since else None,
            until=until.date() if until else None,
            types=frozenset(map(EventType, types)),
            actor=actor,
            contested=contested,
            least_reports=least,
        ),
        include_names=include_names,
        round_coordinates=decimals,
        embargo=(made - timedelta(hours=embargo)).date() if embargo else None,
        code=version("contested"),
    )
    read = ReadOptions(published=day.date() if day else None)
    try:
        if paths:
            found, failed = _read(paths, read, gazetteer)
            written = write_report(ExportView.of(found, options), title=title, made=made, failed=failed)
        else:
            with open_store(url, create=False) as store:
                failed = len(store.failures())
                written = write_report(ExportView.of(store, options), title=title, made=made, failed=failed)
    except ContestedError as error:
        raise click.ClickException(str(error)) from error
    _write(written, output)
    if paths and failed:
        click.echo(f"not read: {failed}", err=True)
        sys.exit(1)


def _read(paths: tuple[str, ...], options: ReadOptions, gazetteer: Path | None) -> tuple[ReportList, int]:
    """Return the reports, and how many could not be read; those are named on stderr."""
    if gazetteer is None and default_path().exists():
        gazetteer = default_path()
    results = list(pipeline.read(paths, options, gazetteer=gazetteer))
    for unread in (r for r in results if isinstance(r, InputError)):
        click.echo(f"not read: {unread}", err=True)
    read = [claims for claims in results if isinstance(claims, Claims)]
    return ReportList(read), len(results) - len(read)


def _write(written: Report, output: Path) -> None:
    try:
        output.write_text(written.html, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.ClickException(f"expected a file to write to, got {output}: {error.strerror}") from error
    size_kb = len(written.html.encode()) / 1024
    click.echo(
        f"{output}: {written.incidents:,} incidents, {written.statements:,} claims, {written.sources:,} reports, "
        f"{size_kb:,.0f} KB; SHA-256 of the data {written.sha256}"
    )
