"""`contested actors`: ask the register who a name means, and why. All it knows is in `contested.actors`."""

from __future__ import annotations

from datetime import datetime

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from contested.actors.explain import Explanation, explain
from contested.resources.countries import countries_by_iso3
from contested.types import ActorKind


@click.group(help="Look up actors and explain how a name is resolved.")
def actors() -> None:
    """Hold the commands."""


@actors.command("explain")
@click.argument("name")
@click.option(
    "--country", "countries", multiple=True, metavar="ISO3", help="A country the report is about; repeatable."
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The report's day.")
@click.option("--kind", type=click.Choice([kind.value for kind in ActorKind]), default=None, help="The reader's kind.")
def explain_(name: str, countries: tuple[str, ...], day: datetime | None, kind: str | None) -> None:
    """Show who NAME means in a report about a country on a day, and which rule says so."""
    codes = tuple(code.upper() for code in countries)
    for code in codes:
        if code not in countries_by_iso3():
            raise click.BadParameter(f"expected an ISO3 code such as SYR, got {code!r}", param_hint="--country")
    if not name.strip():
        raise click.BadParameter("expected a name, got blanks", param_hint="NAME")
    explanation = explain(
        name, countries=codes, day=day.date() if day else None, kind=ActorKind(kind) if kind else None
    )
    _show(name, explanation)


def _show(name: str, explanation: Explanation) -> None:
    console = Console(highlight=False)
    link, entry = explanation.link, explanation.entry
    console.print(f"[bold]{escape(name)}[/bold] → [bold]{escape(link.name)}[/bold]")
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    facts = [
        ("kind", link.kind.value),
        ("country", link.country or "none"),
        ("register", link.entry or ("none: a description" if link.rule == "description" else "none (NIL)")),
        ("rule", link.rule),
        ("because", link.reason),
        ("score", f"{link.score:.2f}"),
        ("ACLED style", f"{explanation.acled}, type {explanation.acled_type}"),
    ]
    if entry is not None:
        facts += [
            ("parent", entry.parent),
            ("former names", ", ".join(entry.former)),
            ("since", str(entry.since or "")),
            ("until", str(entry.until or "")),
            ("PLOVER sector", entry.plover_sector),
            ("notes", entry.notes),
        ]
    for field, value in facts:
        if value:
            table.add_row(f"[dim]{field}[/dim]", escape(value))
    console.print(table)
    if explanation.pieces:
        console.print("\n[dim]What its words may mean:[/dim]")
        for words, meaning in explanation.pieces:
            console.print(f"  {escape(words)}: {escape(meaning)}")
