"""`contested validate`: says which rows of a file break the rules of a format, whoever wrote it."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import click

from contested.cli.values import tidy
from contested.errors import ContestedError
from contested.export import FormatName, load_format

_MOST = 100  # problems shown before the rest is only counted


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, exists=True))
@click.option("--as", "form", required=True, type=click.Choice([f.value for f in FormatName]), help="The format.")
@click.option("--most", default=_MOST, show_default=True, help="Problems to show; the rest is counted.")
def validate(path: Path, form: str, most: int) -> None:
    """Check FILE (or an export folder) against a format: row, column, value and rule of each problem.

    Ends with 1 when there is a problem.
    """
    checks = load_format(FormatName(form))
    file = path / checks.FILE if path.is_dir() and checks.FILE else path
    try:
        if not file.exists():
            raise click.ClickException(f"expected {checks.FILE} in {path}")
        problems = iter(checks.check(file))
        shown = list(islice(problems, most))
        more = sum(1 for _ in problems)
    except ContestedError as error:
        raise click.ClickException(str(error)) from error
    for problem in shown:
        click.echo(tidy(f"{file.name}: {problem}"))
    if more:
        click.echo(f"… and {more} more")
    if shown:
        click.echo(f"{len(shown) + more} problems: not legal as {form}", err=True)
        sys.exit(1)
    click.echo(f"legal as {form}", err=True)
