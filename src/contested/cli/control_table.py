"""Control as a page for people: by place, what is said of which days by whom, and the days of which nobody speaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TextIO

from rich.text import Text

from contested.cli.incident_table import open_console
from contested.cli.values import tidy
from contested.incidents import ControlClaim, ControlStatus, gaps, last_before

_STYLES = {ControlStatus.CONTESTED: "bold red", ControlStatus.DENIED: "red", ControlStatus.CLAIMED: "yellow"}
_QUOTE = 140  # characters


def print_control(every: Sequence[ControlClaim], shown: Sequence[ControlClaim], day: date | None, file: TextIO) -> None:
    """Print what is said about control, by place; with a day, what is said of it, and what was said last before."""
    console = open_console(file)
    names = sorted({c.place.name for c in every})
    if not names:
        console.print("Nobody says who holds, takes, loses or besieges it.")
    for name in names:
        here = [c for c in shown if c.place.name == name]
        of_place = [c for c in every if c.place.name == name]
        console.print(Text(tidy(name), style="bold underline"))
        for _, claims in groupby(here, key=lambda c: c.account):
            for claim in claims:
                console.print(_line(claim))
        if day is not None and not here:
            console.print(Text(f"  {day.isoformat()}: nobody says anything of this day", style="dim"))
            for claim in last_before(of_place, day):
                console.print(Text("  last said before:", style="dim"), _line(claim))
        if day is None:
            for gap in gaps(of_place):
                console.print(Text(f"  {gap.first} to {gap.last}: nobody says anything", style="dim"))
        console.print()


def _line(claim: ControlClaim) -> Text:
    days = "day not said" if claim.first is None else claim.first.isoformat()
    if claim.first is not None and claim.last != claim.first:
        days += f" to {claim.last.isoformat() if claim.last else '?'}"
    quote = tidy(claim.quote)
    short = quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"
    told = ", as of its report's day" if claim.day_rule.startswith("a state") else ""
    why = f" ({tidy(claim.why)})" if claim.why else ""
    return Text.assemble(
        f"  {days}{told}: {tidy(claim.holder.name)} {claim.kind.value} it, ",
        (claim.status.value, _STYLES.get(claim.status, "")),
        f"{why}; {tidy(claim.claimant.name)}: “{short}” ",
        (f"[{tidy(claim.document)}]", "dim"),
    )
