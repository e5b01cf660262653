"""The program `contested`: its commands, and how it ends."""

from __future__ import annotations

import importlib.util
from importlib import import_module

import click

from contested.cli.read import read

# Commands and the modules that hold them, loaded when asked for; a room that is not built yet brings none.
_GROUPS = {
    "actors": "contested.cli.actors",
    "add": "contested.cli.add",
    "archive": "contested.cli.archive",
    "control": "contested.cli.incidents",
    "corrections": "contested.cli.serve",
    "documents": "contested.cli.holdings",
    "export": "contested.cli.export",
    "gazetteer": "contested.cli.gazetteer",
    "incidents": "contested.cli.incidents",
    "judge": "contested.cli.incidents",
    "load": "contested.cli.add",
    "query": "contested.cli.query",
    "report": "contested.cli.report",
    "retract": "contested.cli.holdings",
    "runs": "contested.cli.holdings",
    "serve": "contested.cli.serve",
    "show": "contested.cli.incidents",
    "team": "contested.cli.team",
    "validate": "contested.cli.validate",
}


class _Commands(click.Group):
    """Loads the commands of other rooms only when one is asked for: `read` does not pay for them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        present = [name for name, module in _GROUPS.items() if importlib.util.find_spec(module)]
        return sorted([*super().list_commands(ctx), *present])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _GROUPS.get(cmd_name)
        if module is None or importlib.util.find_spec(module) is None:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(module), cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="contested", message="%(prog)s %(version)s")
def main() -> None:
    """Read reports of armed conflict into sourced claims: who says what happened, and which accounts contradict."""


main.add_command(read)

if __name__ == "__main__":
    main(prog_name="contested")
