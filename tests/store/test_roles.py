from __future__ import annotations

from datetime import UTC, datetime

import pytest

from contested.errors import InputError
from contested.incidents import Verdict
from contested.store import TeamRole, open_store
from tests.store.test_decisions import KEY, STORY, TYPE

NOW = datetime(2024, 5, 16, 12, tzinfo=UTC)


@pytest.fixture
def shared(url):
    """A filled store on a server with the four roles, and what opens it as somebody in one of them."""
    if not url.startswith("postgresql"):
        pytest.skip("roles are a server's")
    with open_store(url) as store:
        store.add([STORY], run=store.begin_run(settings="{}", code="1", at=NOW))
        store.make_roles()
        store.make_roles()  # again, without harm
        for role in TeamRole:
            if not store._db.rows("SELECT 1 FROM pg_roles WHERE rolname = ?", [f"anna {role.value}"]):
                store._db.script(f'CREATE ROLE "anna {role.value}" LOGIN')
            store.give_role(f"anna {role.value}", role)

    def as_somebody(role: TeamRole):
        return open_store(url.replace("user=tester", f"user=anna%20{role.value}"))

    return as_somebody


def adds(store):
    store.begin_run(settings="{}", code="1", at=NOW)


def decides(store):
    store.decide(TYPE, NOW)


def judges(store):
    store.judge("ia", "ib", Verdict.SAME, reviewer="R1", at=NOW)


def retracts(store):
    store.retract(STORY.document.id, "withdrawn", NOW)


DOES = (adds, decides, judges, retracts)
MAY = {
    TeamRole.READER: (),
    TeamRole.CODER: (adds,),
    TeamRole.REVIEWER: (decides, judges),
    TeamRole.ADMIN: (adds, decides, judges, retracts),
}


@pytest.mark.parametrize("role", TeamRole)
def test_each_role_reads_all_and_does_what_it_may_and_nothing_else(shared, role):
    with shared(role) as store:
        assert next(iter(store.claims_of([KEY]))).document == STORY.document
        for does in DOES:
            if does in MAY[role]:
                does(store)
            else:
                with pytest.raises(InputError, match="may not"):
                    does(store)


def test_a_role_given_takes_the_one_before(shared, url):
    with open_store(url) as store:
        store.give_role("anna admin", TeamRole.READER)
    with shared(TeamRole.ADMIN) as store, pytest.raises(InputError, match="may not"):
        decides(store)


def test_an_admin_of_a_team_does_not_own_the_tables(shared):
    with shared(TeamRole.ADMIN) as store, pytest.raises(InputError, match="may not"):
        store.make_roles()


def test_nobody_unknown_gets_a_role(shared, url):
    with open_store(url) as store, pytest.raises(InputError, match="account of the server"):
        store.give_role("nobody-here", TeamRole.READER)


def test_a_file_has_no_roles(tmp_path):
    with open_store(tmp_path / "a.db") as store:
        with pytest.raises(InputError, match="on a server"):
            store.make_roles()
        with pytest.raises(InputError, match="on a server"):
            store.give_role("anna", TeamRole.READER)
