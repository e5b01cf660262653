"""`contested team`: who may do what in a store on a server."""

from __future__ import annotations

import click

from contested.cli.inputs import STORE
from contested.errors import ContestedError
from contested.store import TeamRole, open_store


@click.command()
@STORE
@click.option(
    "--give",
    nargs=2,
    multiple=True,
    metavar="ACCOUNT ROLE",
    help=f"Give an account of the server a role in place of any other: {', '.join(TeamRole)}.",
)
def team(url: str, give: tuple[tuple[str, str], ...]) -> None:
    """Make the roles of a team in a PostgreSQL store, or renew their rights.

    A reader sees everything, a coder adds reports, a reviewer decides and judges, an admin does both and retracts. The
    server itself refuses the rest. Run it as the account that owns the tables.
    """
    wrong = [role for _, role in give if role not in set(TeamRole)]
    if wrong:
        raise click.UsageError(f"expected one of {', '.join(TeamRole)}, got {wrong[0]!r}")
    try:
        with open_store(url, create=False) as store:
            store.make_roles()
            for account, role in give:
                store.give_role(account, TeamRole(role))
    except ContestedError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"roles: {', '.join(TeamRole)}")
    for account, role in give:
        click.echo(f"{account} is {role}")
