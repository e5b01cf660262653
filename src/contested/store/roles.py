"""Roles of a team on a server: reader, coder, reviewer, admin (`roles.sql`)."""

from __future__ import annotations

from enum import StrEnum
from importlib.resources import files

from contested.errors import InputError
from contested.store.database import Database, Dialect


class TeamRole(StrEnum):
    """What somebody in a team may do; `roles.sql` says it table by table."""

    READER = "reader"
    CODER = "coder"
    REVIEWER = "reviewer"
    ADMIN = "admin"


def make_roles(database: Database) -> None:
    """Make the four roles on the server, or renew their rights.

    Raises:
        InputError: when the store is a file: whoever can read a file can read all of it.
    """
    _require_server(database)
    with database.transaction():
        database.script(files("contested.store").joinpath("roles.sql").read_text(encoding="utf-8"))


def give_role(database: Database, account: str, role: TeamRole) -> None:
    """Give an account of the server a role, and take the other three from it.

    Raises:
        InputError: when the store is a file, or the server knows no such account.
    """
    _require_server(database)
    if not database.rows("SELECT 1 FROM pg_roles WHERE rolname = ?", [account]):
        raise InputError(f"expected an account of the server, got {account!r}; CREATE ROLE … LOGIN makes one")
    quoted = '"' + account.replace('"', '""') + '"'
    with database.transaction():
        for other in TeamRole:
            if other is not role:
                database.script(f"REVOKE contested_{other.value} FROM {quoted}")
        database.script(f"GRANT contested_{role.value} TO {quoted}")


def _require_server(database: Database) -> None:
    if database.dialect is not Dialect.POSTGRESQL:
        raise InputError("expected a store on a server; rights on a file are those of the file", database.name)
