"""`contested query`: questions to the Parquet parts of `contested archive`, answered by DuckDB."""

from __future__ import annotations

import os
import sys
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import click

from contested.errors import InputError, ResourceError
from contested.sources.remote import filesystem, is_remote

_TABLES = ("documents", "claims", "unread")


@cache
def load_questions() -> dict[str, dict[str, str]]:
    """Return the ready questions by name: what each is about, and its SQL."""
    table = tomllib.loads(files("contested.cli").joinpath("questions.toml").read_text(encoding="utf-8"))
    if table.pop("schema", None) != 1:
        raise ResourceError("contested.cli/questions.toml: expected schema = 1")
    return table


@click.command()
@click.argument("folder")
@click.argument("question", required=False)
@click.option("--sql", help="A question of your own. Views: documents, claims, unread.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of a table.")
def query(folder: str, question: str | None, sql: str | None, as_csv: bool) -> None:
    """Ask the coded archive in FOLDER. Without a QUESTION, the ready ones are listed."""
    questions = load_questions()
    if sql is None and question is None:
        width = max(map(len, questions))
        click.echo("\n".join(f"{name:{width}}  {about['about']}" for name, about in questions.items()))
        return
    if sql is None and question not in questions:
        raise click.UsageError(f"no ready question {question!r}; there are {', '.join(questions)}")
    try:
        answer = ask(folder, sql or questions[question or ""]["sql"])
    except ImportError:
        click.echo("contested: DuckDB is not installed; pip install 'contested[duckdb]'", err=True)
        sys.exit(1)
    except _errors() as error:
        click.echo(f"contested: {error}", err=True)
        sys.exit(1)
    if as_csv:
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([answer.columns, *answer.fetchall()])
    else:
        answer.show(max_rows=10_000)


def ask(folder: str | os.PathLike[str], sql: str) -> Any:
    """Return DuckDB's relation that answers `sql` over the parts in `folder`. Nothing is written, nothing fetched."""
    import duckdb  # 20 MB; an extra

    database = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    where = os.fspath(folder).rstrip("/")
    if is_remote(where):
        database.register_filesystem(filesystem(where)[0])
    for table in _TABLES:
        database.read_parquet(f"{where}/{table}/*.parquet").create_view(table)
    return database.sql(sql)


def _errors() -> tuple[type[Exception], ...]:
    import duckdb

    return (duckdb.Error, InputError)
