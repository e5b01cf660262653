"""What is kept back from whatever leaves the house: names of private people, sharp points, recent days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import click

from contested.cli.inputs import Command


def read_embargo(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """Return the first day that is held back: so many days before today, or the day that is named."""
    try:
        if value is None:
            return None
        if value.isdigit():
            return datetime.now(UTC).date() - timedelta(days=int(value))
        return date.fromisoformat(value)
    except (ValueError, OverflowError):
        raise click.BadParameter(f"expected a number of days or YYYY-MM-DD, got {value!r}", context, option) from None


def withholding_options(command: Command) -> Command:
    """Give a command `include_names`, `decimals` (of degrees, None: all) and `embargo` (None: nothing held back)."""
    options = [
        click.option(
            "--include-names", is_flag=True, help="Give the names of private people, which are withheld otherwise."
        ),
        click.option(
            "--round-coordinates", "decimals", type=click.IntRange(0, 6), help="Keep this many decimals of degrees."
        ),
        click.option(
            "--embargo",
            metavar="DAYS|YYYY-MM-DD",
            callback=read_embargo,
            help="Hold back the last DAYS days, or all from a day on.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command
