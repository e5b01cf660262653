"""`contested incidents`, `show`, `control`, `judge`: what many reports say of one event."""

from __future__ import annotations

import csv
import getpass
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from contested import pipeline
from contested.claims.writing import safe_cell
from contested.cli.filters import not_named, selection_options
from contested.cli.gazetteer import default_path
from contested.cli.inputs import DAY, STORE
from contested.errors import ContestedError, InputError
from contested.incidents import (
    ControlClaim,
    Incident,
    Judgement,
    Record,
    Verdict,
    accounts_of,
    as_of,
    control_claims,
    find_incidents,
    gaps,
)
from contested.incidents.form import COLUMNS, CONTROL_COLUMNS, control_form, gap_form, to_form, to_row
from contested.incidents.selection import Selection
from contested.sources import ReadOptions
from contested.store import open_store
from contested.types import Claims

_FORMAT = click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
_GAZETTEER = click.option(
    "--gazetteer",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Gazetteer file for places of reports given as PATH.",
)


@click.command()
@click.argument("paths", metavar="[PATH...]", nargs=-1)
@STORE
@_FORMAT
@_GAZETTEER
@selection_options
@click.option("--date", "day", type=DAY, help="Publication day of reports given as PATH that carry none.")
def incidents(
    paths: tuple[str, ...],
    url: str,
    form: str,
    gazetteer: Path | None,
    selection: Selection,
    day: datetime | None,
) -> None:
    """Say what is known of each incident, by whom, how often independently, and what is disputed.

    Reads the store, or the reports under PATH if any is given.
    """
    record, failed = _record(paths, url, gazetteer, day)
    found = [i for i in record.incidents if selection.takes(i)]
    if not found and (why := not_named(selection, record.incidents)):
        click.echo(why, err=True)
    if form == "json":
        click.echo(json.dumps([to_form(i) for i in found], ensure_ascii=False, indent=1))
    elif form == "csv":
        _write_csv(COLUMNS, (to_row(i) for i in found))
    else:
        from contested.cli.incident_table import print_incidents

        print_incidents(found, sys.stdout)
    _end(failed)


@click.command()
@click.argument("id_", metavar="ID")
@click.argument("paths", metavar="[PATH...]", nargs=-1)
@STORE
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@_GAZETTEER
def show(id_: str, paths: tuple[str, ...], url: str, form: str, gazetteer: Path | None) -> None:
    """Show one incident as a matrix of claims: a row for each field, a column for each origin, and why they are one.

    ID is an incident's, also one it had before it was joined to another; its first letters will do.
    """
    record, failed = _record(paths, url, gazetteer, None)
    incident = _found(record, id_ if paths else _by_now(url, id_))
    if form == "json":
        click.echo(json.dumps(to_form(incident), ensure_ascii=False, indent=1))
    else:
        from contested.cli.incident_table import print_matrix

        print_matrix(incident, sys.stdout)
    _end(failed)


@click.command()
@click.argument("place", required=False, default="")
@click.option("--reports", "paths", multiple=True, metavar="PATH", help="Read these reports instead of the store.")
@STORE
@_FORMAT
@_GAZETTEER
@click.option("--as-of", "day", type=DAY, help="Only what is said of this day. Nothing is carried forward to it.")
@click.option("--known-on", type=DAY, help="Only what reports had said by this day.")
def control(
    place: str,
    paths: tuple[str, ...],
    url: str,
    form: str,
    gazetteer: Path | None,
    day: datetime | None,
    known_on: datetime | None,
) -> None:
    """Say who is said to hold, take, lose or besiege which place, since when, by whom, and where nobody says anything.

    PLACE is a name; without one, all places are listed.
    """
    results, failed = _reports(paths, url, gazetteer, None)
    accounts = [a for claims in results for a in accounts_of(claims)]
    found = control_claims(accounts, place, known_on.date() if known_on else None)
    asked = day.date() if day else None
    shown = as_of(found, asked) if asked else found
    if form == "table":
        from contested.cli.control_table import print_control

        print_control(found, shown, asked, sys.stdout)
    else:
        rows = [control_form(claim) for claim in shown] + ([] if asked else _gap_rows(found))
        if form == "json":
            click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            _write_csv(CONTROL_COLUMNS, ({name: row[name] for name in CONTROL_COLUMNS} for row in rows))
    _end(failed)


def _gap_rows(found: Sequence[ControlClaim]) -> list[dict[str, Any]]:
    """Return the days of which nobody speaks, between the first and the last statement on each place."""
    by_place: dict[str, list[ControlClaim]] = {}
    for claim in found:
        by_place.setdefault(claim.place.name, []).append(claim)
    return [gap_form(claims[0].place, gap) for claims in by_place.values() for gap in gaps(claims)]


@click.command()
@click.argument("a")
@click.argument("b")
@click.argument("verdict", type=click.Choice([v.value for v in Verdict]))
@STORE
@click.option("--why", default="", help="Reason, kept with the judgement.")
@click.option("--by", help="Who judges.  [default: the name of the account you work under]")
def judge(a: str, b: str, verdict: str, url: str, why: str, by: str | None) -> None:
    """Say whether incidents A and B are the same or different; "unsure" takes an earlier word back.

    A and B are ids of incidents or of single tellings, as `contested show` lists them, or REPORT or REPORT:EVENT.
    A judgement is kept in the store, stands above every weight, and holds when incidents are computed anew.
    """
    record, _ = _record((), url, None, None)
    first, second = (_account_id(record, _by_now(url, id_)) for id_ in (a, b))
    try:
        with open_store(url, create=False) as store:
            at = datetime.now(UTC)
            kept = store.judge(first, second, Verdict(verdict), reviewer=by or _account_name(), at=at, reason=why)
    except ContestedError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"judgement {kept.number}: {first} and {second} are {_WORDS[kept.verdict]}")


_WORDS = {
    Verdict.SAME: "the same incident",
    Verdict.DIFFERENT: "different incidents",
    Verdict.UNSURE: "left to the weights",
}


def _record(paths: tuple[str, ...], url: str, gazetteer: Path | None, day: datetime | None) -> tuple[Record, int]:
    results, failed = _reports(paths, url, gazetteer, day)
    return find_incidents(results, [] if paths else _judgements(url)), failed


def _reports(
    paths: tuple[str, ...], url: str, gazetteer: Path | None, day: datetime | None
) -> tuple[list[Claims], int]:
    """Return the claims of the reports, and how many could not be read; those are named on stderr."""
    try:
        if not paths:
            with open_store(url, create=False) as store:
                return list(store.claims()), 0
        if gazetteer is None and default_path().exists():
            gazetteer = default_path()
        options = ReadOptions(published=day.date() if day else None)
        results = list(pipeline.read(paths, options, gazetteer=gazetteer))
    except ContestedError as error:
        raise click.ClickException(str(error)) from error
    for unread in (r for r in results if isinstance(r, InputError)):
        click.echo(f"not read: {unread}", err=True)
    read = [claims for claims in results if isinstance(claims, Claims)]
    return read, len(results) - len(read)


def _judgements(url: str) -> list[Judgement]:
    with open_store(url, create=False) as store:
        return store.judgements()


def _by_now(url: str, id_: str) -> str:
    """Return the id that an id means by now, which a report may have lent that was taken back since."""
    with open_store(url, create=False) as store:
        return store.resolve_incident(id_)


def _found(record: Record, id_: str) -> Incident:
    incident = record.find(id_)
    if incident is None:
        raise click.ClickException(f"expected the id of an incident as `contested incidents` lists it, got {id_!r}")
    return incident


def _account_id(record: Record, id_: str) -> str:
    """Return the id of the account that a judgement is about: the one named, or the first of the incident named."""
    told = record.told_at(id_)
    if len({i.id for i in record.incidents for a in told if a in i.accounts}) > 1:
        named = ", ".join(f"{a.document}:{a.event}" for a in told if a.event)
        raise click.ClickException(f"expected one event of the report {id_!r}: {named}")
    if told:
        return told[0].id
    incident = _found(record, id_)
    return next((a.id for a in incident.accounts if a.id.startswith(id_)), incident.id)


def _account_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for this user on this machine
        return "unnamed"


def _write_csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> None:
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: safe_cell("" if value is None else str(value)) for name, value in row.items()})


def _end(failed: int) -> None:
    if failed:
        click.echo(f"not read: {failed}", err=True)
        sys.exit(1)
