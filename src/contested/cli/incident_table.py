"""Incidents as a page for people: a short paragraph each, and one incident as a matrix of claims."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from contested.cli.values import (
    STANCE_SIGNS,
    STANCE_STYLES,
    STANCE_WORDS,
    STATUS_WORDS,
    tidy,
    write_bounds,
    write_when,
)
from contested.incidents import Account, FieldRelation, Incident, Link, Standing
from contested.incidents.form import contested_fields, range_of
from contested.types import Amount, Role

_WIDTH_UNKNOWN = 100  # columns in a pipe or a file
_WIDEST = 160  # columns; a matrix of several origins needs more than prose does
_MOST_RELATIONS = 8  # lines of an incident in the list; `show` has them all
_QUOTE = 160  # characters of a quotation in a cell
_STYLES = {Standing.CONFLICT: "bold red", Standing.UPDATE: "cyan", Standing.DEFINITIONAL: "yellow"}
_TELLING = (Standing.CONFLICT, Standing.UPDATE, Standing.DEFINITIONAL)


def print_incidents(incidents: Sequence[Incident], file: TextIO) -> None:
    """Print the incidents, most widely told first."""
    console = open_console(file)
    for incident in incidents:
        console.print(Group(*_paragraph(incident)))
        console.print()
    console.print(Text(f"{len(incidents)} incidents", style="dim"))


def print_matrix(incident: Incident, file: TextIO) -> None:
    """Print one incident: a row for each field, a column for each origin; then relations and links with reasons."""
    console = open_console(file)
    console.print(Group(*_paragraph(incident, relations=False)))
    console.print(_matrix(incident))
    console.print(Text("\nWho tells of it, by the ids that `contested judge` takes", style="bold underline"))
    for account in incident.accounts:
        words = f"{account.id}  {account.document} {account.event}".rstrip()
        console.print(
            Padding(Text(f"{tidy(words)}: {account.type.value.replace('_', ' ')}"), (0, 0, 0, 1), expand=False)
        )
    console.print(Text("\nHow the reports stand to each other", style="bold underline"))
    for relation in incident.relations:
        console.print(Padding(_relation(relation), (0, 0, 0, 1), expand=False))
    console.print(Text("\nWhy these are one incident", style="bold underline"))
    for link in incident.links:
        console.print(Padding(_link(link, incident), (0, 0, 0, 1), expand=False))


def open_console(file: TextIO) -> Console:
    """Return a console for a file, as wide as its terminal."""
    width = min(shutil.get_terminal_size().columns, _WIDEST) if file.isatty() else _WIDTH_UNKNOWN
    return Console(file=file, width=width, highlight=False)


def _paragraph(incident: Incident, *, relations: bool = True) -> Iterator[RenderableType]:
    yield Text.assemble((_title(incident), "bold"), ("  " + incident.id, "dim"))
    yield Padding(Text(_support(incident)), (0, 0, 0, 1), expand=False)
    if incident.grade is not None:
        text = f"suggested grade: {incident.grade.grade.value} ({tidy(incident.grade.rule)})"
        yield Padding(Text(text), (0, 0, 0, 1), expand=False)
    disputed = contested_fields(incident)
    if disputed:
        yield Padding(Text(f"in dispute: {', '.join(disputed)}", style="bold red"), (0, 0, 0, 1), expand=False)
    if relations:
        telling = [r for r in incident.relations if r.standing in _TELLING or r.kind.value]
        for relation in telling[:_MOST_RELATIONS]:
            yield Padding(_relation(relation), (0, 0, 0, 3), expand=False)
        if len(telling) > _MOST_RELATIONS:
            more = f"… {len(telling) - _MOST_RELATIONS} more: contested show {incident.id}"
            yield Padding(Text(more, style="dim"), (0, 0, 0, 3), expand=False)


def _title(incident: Incident) -> str:
    parts = [incident.type.value.replace("_", " ") + (" · running total" if incident.is_total else "")]
    if STATUS_WORDS[incident.status]:
        parts.append(STATUS_WORDS[incident.status])
    if incident.place is not None:
        parts.append(tidy(incident.place.name) + (f" ({incident.place.country})" if incident.place.country else ""))
    parts.append(write_when(incident.when) if incident.when else "day not said")
    for role in (Role.KILLED, Role.WOUNDED):
        low, high = range_of(incident, role)
        bounds = write_bounds(Amount(low, high, rule="range"))
        if bounds:
            parts.append(f"{role.value} {bounds}")
    return " · ".join(parts)


def _support(incident: Incident) -> str:
    c = incident.corroboration
    names = f": {', '.join(map(tidy, c.claimants))}" if c.claimants else ""
    return (
        f"{_count(c.reports, 'report')} of {_count(c.origins, 'origin')}; "
        f"{_count(c.voices, 'independent voice')}{names}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _relation(relation: FieldRelation) -> Text:
    ends = relation.a.document
    if relation.b.document != relation.a.document:
        ends += f" / {relation.b.document}"
    word = (
        relation.kind.value
        if relation.standing is Standing.UNKNOWN and relation.kind.value
        else relation.standing.value
    )
    return Text.assemble(
        (word, _STYLES.get(relation.standing, "")),
        f" · {relation.field}: {tidy(relation.why)} ",
        (f"[{tidy(ends)}]", "dim"),
    )


def _matrix(incident: Incident) -> Table:
    table = Table(show_lines=True, expand=True)
    table.add_column("field", style="bold", no_wrap=True)
    origins: dict[str, list[Account]] = {}
    for account in incident.accounts:
        origins.setdefault(incident.origins[account.document], []).append(account)
    for origin, accounts in origins.items():
        reports = list(dict.fromkeys(a.document for a in accounts))
        copies = f" (+{len(reports) - 1} more)" if len(reports) > 1 else ""
        table.add_column(tidy(origin) + copies)
    rows: dict[str, Callable[[Sequence[Account]], Text]] = {
        "what": _what,
        "when": _when,
        "where": _where,
        "by": lambda accounts: _plain(d.name for a in accounts for d in a.doers),
        "on": lambda accounts: _plain(w for a in accounts for w in a.target_words),
        **{role.value: partial(_tolls, role=role) for role in Role if role.is_count},
        "who says so": _sayings,
    }
    for name, cell in rows.items():
        cells = [cell(accounts) for accounts in origins.values()]
        if any(c.plain for c in cells):
            table.add_row(name, *cells)
    return table


def _plain(words: Iterator[str]) -> Text:
    return Text("\n".join(dict.fromkeys(map(tidy, words))))


def _what(accounts: Sequence[Account]) -> Text:
    return _plain(a.type.value.replace("_", " ") for a in accounts)


def _when(accounts: Sequence[Account]) -> Text:
    return _plain(write_when(a.when) for a in accounts if a.when is not None)


def _where(accounts: Sequence[Account]) -> Text:
    return _plain(p.name for a in accounts for p in a.places)


def _tolls(accounts: Sequence[Account], role: Role) -> Text:
    lines = []
    for toll in (t for a in accounts for t in a.tolls if t.role is role):
        bounds = write_bounds(toll.amount) or toll.amount.vague
        whom = f" {toll.amount.of_whom}" if toll.amount.of_whom else ""
        among = "of them " if toll.part else ""
        lines.append(f"{among}{bounds}{whom} – {toll.speaker.name}")
    return _plain(iter(lines))


def _sayings(accounts: Sequence[Account]) -> Text:
    text = Text()
    seen: set[tuple[str, str]] = set()
    for saying in (s for a in accounts for s in a.sayings):
        key = (saying.speaker.name, saying.stance.value)
        if key in seen:
            continue
        seen.add(key)
        quote = tidy(saying.quote)
        short = quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"
        if text:
            text.append("\n")
        text.append(
            f"{STANCE_SIGNS[saying.stance]} {tidy(saying.speaker.name)} {STANCE_WORDS[saying.stance]}: ",
            style=STANCE_STYLES[saying.stance],
        )
        text.append(f"“{short}”")
    return text


def _link(link: Link, incident: Incident) -> Text:
    told = {a.id: f"{a.document} {a.event}".rstrip() for a in incident.accounts}  # numbers alone are of no event
    head = f"{told.get(link.a, link.a)} = {told.get(link.b, link.b)}: "
    if link.judgement is not None:
        return Text(f"{head}judged the same by {tidy(link.judgement.by)} {tidy(link.judgement.why)}".rstrip())
    parts = [f"{c.field} {c.level} {c.bits:+.1f}" for c in link.comparisons if c.bits]
    return Text.assemble(tidy(head), (f"{link.bits:.1f} bits", "bold"), f" = prior, {', '.join(parts)}")
