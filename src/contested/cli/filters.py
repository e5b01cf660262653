"""The filters of incidents, the same for every command that asks for some."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import wraps
from typing import Any

import click

from contested.cli.inputs import DAY, Command
from contested.incidents import Incident
from contested.incidents.selection import Selection
from contested.types import EventType


def selection_options(command: Command) -> Command:
    """Give a command the filters of incidents; it gets them as `selection`."""

    @wraps(command)
    def run(*args: Any, place: str | None, since: datetime | None, until: datetime | None, **rest: Any) -> Any:
        if since and until and since > until:
            raise click.UsageError(
                f"expected --from on --until's day or before, got {since:%Y-%m-%d} and {until:%Y-%m-%d}"
            )
        selection = Selection(
            place=place or "",
            since=since.date() if since else None,
            until=until.date() if until else None,
            types=frozenset(map(EventType, rest.pop("types"))),
            actor=rest.pop("actor") or "",
            contested=rest.pop("contested"),
            least_reports=rest.pop("least"),
        )
        return command(*args, selection=selection, **rest)

    options = [
        click.option(
            "--place",
            help="Only incidents in a place of this name (a part will do), or in a country by name or ISO3 code.",
        ),
        click.option("--from", "since", type=DAY, help="Only incidents on this day or later, YYYY-MM-DD."),
        click.option("--until", type=DAY, help="… on this day or earlier."),
        click.option(
            "--type", "types", multiple=True, type=click.Choice([t.value for t in EventType]), help="Only this type."
        ),
        click.option(
            "--actor", help="Only incidents with this doer or target (a part of a name will do, or a short one: RSF)."
        ),
        click.option("--contested", is_flag=True, help="Only incidents in which something is disputed."),
        click.option(
            "--least", default=1, show_default=True, help="Only incidents told by at least this many reports."
        ),
    ]
    decorated: Command = run
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def not_named(selection: Selection, incidents: Sequence[Incident]) -> str:
    """Return which filter no incident meets by itself, "" where each is met: a name may be spelt otherwise."""
    asked = [
        ("place", selection.place, Selection(place=selection.place)),
        ("actor", selection.actor, Selection(actor=selection.actor)),
    ]
    unmet = [(kind, name) for kind, name, alone in asked if name and not any(map(alone.takes, incidents))]
    return "; ".join(f"no {kind} in these reports is called {name!r}" for kind, name in unmet)
