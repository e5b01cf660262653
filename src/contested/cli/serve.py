"""`contested serve` and `corrections`: the pages on this machine, and what was corrected on them."""

from __future__ import annotations

import json
import sys
import webbrowser

import click

from contested.claims import to_form
from contested.cli.inputs import STORE
from contested.errors import ContestedError
from contested.store import Store, open_store
from contested.types import Decision, standing_decisions

_PORT = 8017  # in no register of well-known services


@click.command()
@STORE
@click.option("--port", default=_PORT, show_default=True, help="Port on this machine; 0 takes any that is free.")
@click.option("--reviewer", default="", help="A pseudonym: who decides, where the review page was told no other.")
@click.option("--browser/--no-browser", default=True, help="Open the address in a browser.")
def serve(url: str, port: int, reviewer: str, browser: bool) -> None:
    """Show the store in a browser on this machine: incidents, map, timeline, reports, control, and the review.

    The address holds a token and works until the program ends. Nothing is reachable from other machines, and nothing is
    fetched from anywhere.
    """
    from contested.web import serving  # its libraries cost start-up time that no other command should pay

    def show(address: str) -> None:
        click.echo(f"{address}\nCtrl-C ends it.", err=True)
        if browser:
            webbrowser.open(address)

    try:
        with open_store(url, create=False):
            pass  # a store that is not there is better said before a port is taken
        with serving.open_port(port) as listening:
            click.echo("working out incidents …", err=True)
            serving.serve(lambda: open_store(url, create=False), listening, reviewer=reviewer, ready=show)
    except ContestedError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        sys.exit(130)


@click.command()
@STORE
@click.option("--reviewer", help="Only reports on which this reviewer decided something.")
def corrections(url: str, reviewer: str | None) -> None:
    """Write the reports on which reviewers decided something, as they have them, one JSON object a line.

    The form is that of `read --format jsonl`, so it can train a reader; the key `decisions` says what was decided and
    by whom. What nobody decided on is as the model read it.
    """
    try:
        with open_store(url, create=False) as store:
            for line in _corrected(store, reviewer):
                click.echo(line)
    except ContestedError as error:
        raise click.ClickException(str(error)) from error


def _corrected(store: Store, reviewer: str | None) -> list[str]:
    by_document: dict[str, list[Decision]] = {}
    for decision in standing_decisions(store.decisions()):
        by_document.setdefault(decision.document, []).append(decision)
    lines = []
    for key, decisions in by_document.items():
        if reviewer and all(d.reviewer != reviewer for d in decisions):
            continue
        for claims in store.claims_of([key]):
            form = {**to_form(claims), "decisions": [decision_form(d) for d in decisions]}
            lines.append(json.dumps(form, ensure_ascii=False))
    return lines


def decision_form(decision: Decision) -> dict[str, object]:
    """Return a decision as a JSON object; spans as `[start, end]` in code points of the text."""
    return {
        "target": decision.target.value,
        "span": [decision.span.start, decision.span.end],
        "role": decision.role.value if decision.role else None,
        "trigger": [decision.trigger.start, decision.trigger.end] if decision.trigger else None,
        "covers": [[span.start, span.end] for span in decision.covers],
        "action": decision.action.value,
        "field": decision.field.value if decision.field else None,
        "value": decision.value,
        "was": decision.was,
        "reviewer": decision.reviewer,
        "reason": decision.reason,
        "at": decision.at,
    }
