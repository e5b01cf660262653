"""Exports of reports made by hand: no network, no store."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

from contested.export import Case, ExportView, FormatName, Options, OutFolder, ReportList, load_format
from contested.types import ActorKind, Claims, EventType, Stance
from tests.claims.reports import Report

E, K, S = EventType, ActorKind, Stance


def named(claims: Claims, id_: str, **document: Any) -> Claims:
    return replace(claims, document=replace(claims.document, id=id_, **document))


def view_of(*reports: Claims, options: Options | None = None) -> ExportView:
    return ExportView.of(ReportList(reports), options or Options())


def only_case(*reports: Claims, options: Options | None = None) -> Case:
    cases = list(view_of(*reports, options=options).cases())
    assert len(cases) == 1, [c.incident.type for c in cases]
    return cases[0]


def written(name: FormatName, folder: Path, *reports: Claims, options: Options | None = None) -> Path:
    """Write an export into a folder and return its main file."""
    options = options or Options()
    load_format(name).write(view_of(*reports, options=options), options, OutFolder(folder))
    return folder / load_format(name).FILE


def strike(
    toll: str | None = "12 civilians",
    *,
    text: str | None = None,
    published: str = "2024-05-15",
    publisher: str = "The Valley Post",
    day: str = "Tuesday",
    by: str = "Syrian army jets",
    id_: str = "strike",
    kind: ActorKind = K.MILITARY,
) -> Claims:
    """Return a report of an airstrike on Idlib, told in the outlet's own voice."""
    words = text or f"{by} struck a market in Idlib on {day}, killing {toll or 'people'}. Smoke rose over the town."
    report = Report(words, published=published, publisher=publisher)
    roles: dict[str, Any] = {"by": by, "place": "Idlib", "time": day}
    if toll:
        roles["killed"] = toll
    report.event(E.AIRSTRIKE, "struck", **roles)
    report.actor(kind, by)
    return named(report.claims(), id_)


def two_tolls() -> tuple[Claims, Claims]:
    """Return two reports of one strike: the Red Crescent counts 12 dead, the health ministry 20."""
    told = (
        ("a", "The Valley Post", "Syrian army jets struck a market in Idlib on Tuesday, killing 12 civilians, {} said.",
         "the Red Crescent", "12 civilians", K.NGO),
        ("b", "Other Press", "On Tuesday Syrian army jets struck Idlib. Its market fell: 20 civilians died, {} said.",
         "the health ministry", "20 civilians", K.GOVERNMENT),
    )  # fmt: skip
    found = []
    for id_, publisher, text, who, toll, kind in told:
        report = Report(text.format(who), publisher=publisher)
        report.event(E.AIRSTRIKE, "struck", by="Syrian army jets", place="Idlib", time="Tuesday", killed=toll)
        report.actor(K.MILITARY, "Syrian army jets")
        report.actor(kind, who)
        report.said(who, "said", S.ASSERTS, "struck")
        found.append(named(report.claims(), id_))
    return found[0], found[1]


def battle(
    toll: str | None = None,
    *,
    time: str = "Tuesday",
    text: str | None = None,
    published: str = "2024-05-15",
    id_: str = "battle",
) -> Claims:
    """Return a report of fighting between the Syrian army and the Islamic State in Palmyra."""
    end = f", killing {toll}" if toll else ""
    report = Report(text or f"Syrian army troops fought Islamic State in Palmyra {time}{end}.", published=published)
    roles: dict[str, Any] = {"by": "Syrian army troops", "on": "Islamic State", "place": "Palmyra", "time": time}
    if toll:
        roles["killed"] = toll
    report.event(E.BATTLE, "fought", **roles)
    report.actor(K.MILITARY, "Syrian army troops")
    report.actor(K.REBEL, "Islamic State")
    return named(report.claims(), id_)


def read_rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def change(path: Path, column: str, value: str) -> None:
    """Put a value into a column of a table's first row."""
    rows = read_rows(path)
    rows[0][column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
