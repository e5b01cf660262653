"""A report with everything that the formats about evidence and PLOVER's forms must hold, and a view of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from contested.export import ExportView, FormatName, Options, OutFolder, load_format
from contested.export.view import ReportList
from contested.types import ActorKind, Claims, EventType, Stance, Status
from tests.claims.reports import Report

TEXT = (
    "Army helicopters bombed the market of Saraqib on Monday, killing 12 people, rebels said. "
    "The army denied the strike, and activists put the dead at 15 people. "
    "Troops will withdraw from Idlib on Friday, the defence ministry announced. "
    "Omar Haddad, 34, a baker, was shot dead by gunmen in Saraqib on Monday. "
    "Fighters captured Raqqa in March 2014. "
    "The market may be shelled again by the army on Friday, residents fear. "
    "People fled the town. "
    "A blast hit Ariha on Monday. "
    "Nothing else was heard from the valley that week."
)
EVENTS = 7  # the strike is told twice


def report() -> Claims:
    made = Report(TEXT)
    strike = made.event(
        EventType.AIRSTRIKE,
        "bombed",
        by="Army helicopters",
        on="the market",
        place="Saraqib",
        time="Monday",
        killed="12 people",
    )
    made.event(EventType.AIRSTRIKE, "strike", again=strike, killed="15 people")
    made.event(EventType.WITHDRAW, "withdraw", status=Status.FUTURE, by="Troops", place="Idlib", time="Friday")
    made.event(EventType.ATTACK, "shot dead", by="gunmen", on="Omar Haddad", place="Saraqib#2", time="Monday#2")
    made.event(EventType.TAKE_CONTROL, "captured", by="Fighters", on="@Raqqa", time="March 2014")
    made.event(
        EventType.SHELLING,
        "shelled",
        status=Status.HYPOTHETICAL,
        by="the army",
        on="The market",
        time="Friday#2",
    )
    made.event(EventType.DISPLACEMENT, "fled", by="People")
    made.event(EventType.BOMBING, "blast", place="Ariha", time="Monday#3")
    made.said("rebels", "said", Stance.ASSERTS, "bombed")
    made.said("The army", "denied", Stance.DENIES, "strike")
    made.said("activists", "put", Stance.ASSERTS, "strike")
    made.said("the defence ministry", "announced", Stance.ASSERTS, "withdraw")
    made.actor(ActorKind.MILITARY, "Army helicopters", "The army", "Troops", "the army")
    made.actor(ActorKind.REBEL, "rebels", "Fighters")
    made.actor(ActorKind.GUNMEN, "gunmen")
    made.actor(ActorKind.CIVILIANS, "Omar Haddad")
    made.actor(ActorKind.CIVILIANS, "People")
    made.actor(ActorKind.CIVILIANS, "activists")
    made.actor(None, "the market", "The market")
    claims = made.claims()
    document = replace(claims.document, id="report-1", url="https://valley.example/omar-haddad?x=[1]")
    return replace(claims, document=document)


def view(options: Options | None = None, *reports: Claims) -> ExportView:
    return ExportView.of(ReportList(reports or (report(),)), options or Options())


def export(name: FormatName, folder: Path, options: Options | None = None, *reports: Claims) -> tuple[Path, int]:
    """Export into a folder; return the main file (or the folder) and the number of records."""
    chosen = options or Options()
    form = load_format(name)
    number = form.write(view(chosen, *reports), chosen, OutFolder(folder))
    return folder / form.FILE if form.FILE else folder, number


def problems(name: FormatName, path: Path) -> list[str]:
    return [str(problem) for problem in load_format(name).check(path)]
