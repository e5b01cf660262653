"""The options that every command takes which reads reports or asks for incidents, each written once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from contested.cli.gazetteer import default_path
from contested.sources import ReadOptions

Command = Callable[..., Any]

DAY = click.DateTime(["%Y-%m-%d"])
STORE = click.option(
    "--store",
    "url",
    default="contested.db",
    show_default=True,
    envvar="CONTESTED_STORE",
    show_envvar=True,
    metavar="FILE|URL",
    help="An SQLite file, sqlite:///FILE, or postgresql://…",
)
_COLUMNS = {
    "text_column": "Column or key that holds the text (JSONL, CSV, Parquet). Guessed if not given.",
    "id_column": "… the id.",
    "date_column": "… the publication day.",
    "publisher_column": "… the outlet.",
    "url_column": "… the address.",
    "title_column": "… the headline.",
    "author_column": "… the byline.",
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """How reports are to be read: what holds of them, with which gazetteer, in how many processes."""

    options: ReadOptions
    gazetteer: Path | None
    jobs: int | None


def input_options(command: Command) -> Command:
    """Give a command the options for reading reports; it gets them as `inputs`."""

    @wraps(command)
    def run(*args: Any, day: datetime | None, publisher: str | None, **rest: Any) -> Any:
        columns = {name: rest.pop(name) for name in _COLUMNS}
        options = ReadOptions(published=day.date() if day else None, publisher=publisher, **columns)
        gazetteer, jobs = rest.pop("gazetteer"), rest.pop("jobs")
        if gazetteer is None and default_path().exists():
            gazetteer = default_path()
        return command(*args, inputs=Inputs(options, gazetteer, jobs), **rest)

    decorated: Command = run
    for option in reversed(_input_options()):
        decorated = option(decorated)
    return decorated


def _input_options() -> list[Callable[[Command], Command]]:
    return [
        click.option("--date", "day", type=DAY, help="Publication day of every report, YYYY-MM-DD."),
        click.option("--publisher", help="Outlet of every report."),
        *(click.option(f"--{name.replace('_', '-')}", name, help=text) for name, text in _COLUMNS.items()),
        click.option(
            "--jobs", type=click.IntRange(min=1), help="Processes. By default one for each core; one for short input."
        ),
        click.option(
            "--gazetteer",
            type=click.Path(path_type=Path, dir_okay=False, exists=True),
            help="Gazetteer file for places.  [default: the one of `contested gazetteer`, if it was made]",
        ),
    ]
