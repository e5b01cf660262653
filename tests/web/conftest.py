"""A small store, three reports by hand of one raid, with all that a hostile page might hide in a report's frame."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from contested.errors import InputError
from contested.store import open_store
from contested.types import ActorKind, Claims, EventType, Stance
from contested.web.app import make_app
from contested.web.desk import Desk
from contested.web.guards import COOKIE, Guard, Session
from tests.claims.reports import Report

NOW = datetime(2024, 5, 16, 12, tzinfo=UTC)
HOST = "127.0.0.1:8017"
TOKEN = "token-of-the-tests"
SESSION = Session(TOKEN, frozenset({HOST, "localhost:8017"}))
SCRIPT = "<script>alert('x')</script>"
TURNED = "gpj.\u202exe"

RAID = "Rebels said on Sunday they had killed at least 15 soldiers in a raid near Aleppo. The army denied the raid."
POST = "The army said 9 soldiers died on Sunday when gunmen raided a post near Aleppo. =cmd|'/c calc'!A1 it added."
HELD = "Rebels said they held Aleppo. The army said it had taken Aleppo on Monday."


def raid(model: str = "reader-1") -> Claims:
    report = Report(RAID, publisher="The Valley Post")
    report.event(EventType.ATTACK, "killed", by="they", killed="at least 15 soldiers", place="Aleppo", time="Sunday")
    report.event(EventType.ATTACK, "raid", again=0)
    report.event(EventType.ATTACK, "raid#2", again=0)
    report.said("Rebels", "said", Stance.ASSERTS, "killed")
    report.said("The army", "denied", Stance.DENIES, "raid#2")
    report.actor(ActorKind.REBEL, "Rebels", "they")
    report.actor(ActorKind.MILITARY, "The army")
    return _framed(report.claims(), "raid", f"Rebels raid post {SCRIPT}", model)


def post() -> Claims:
    report = Report(POST, publisher=f"{TURNED} News")
    report.event(
        EventType.ATTACK, "raided", by="gunmen", on="a post", killed="9 soldiers", place="Aleppo", time="Sunday"
    )
    report.said("The army", "said", Stance.ASSERTS, "raided")
    report.actor(ActorKind.GUNMEN, "gunmen")
    report.actor(ActorKind.MILITARY, "The army")
    return _framed(report.claims(), "post", "=1+1 soldiers die", "reader-1")


def held() -> Claims:
    report = Report(HELD, publisher="Capital Daily")
    report.event(EventType.HOLD, "held", by="they", place="Aleppo")
    report.event(EventType.TAKE_CONTROL, "taken", by="it", place="Aleppo#2", time="Monday")
    report.said("Rebels", "said", Stance.ASSERTS, "held")
    report.said("The army", "said#2", Stance.ASSERTS, "taken")
    report.actor(ActorKind.REBEL, "Rebels", "they")
    report.actor(ActorKind.MILITARY, "The army", "it")
    return _framed(report.claims(), "held/../etc", "Who holds the city", "reader-1")


def _framed(claims: Claims, id_: str, headline: str, model: str) -> Claims:
    framed = dataclasses.replace(
        claims.document, id=id_, headline_text=headline, where=f"{id_}.txt", url="javascript:alert(1)"
    )
    return dataclasses.replace(claims, document=framed, model=model)


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """A store of three reports with its lists worked out; one thing was not read. Each test gets a copy."""
    where = tmp_path_factory.mktemp("web") / "store.db"
    with open_store(where) as store:
        run = store.begin_run(settings='{"paths": ["made"]}', code="1", at=NOW)
        store.add([raid(), post(), held(), InputError("no English", "greek.txt")], run=run)
        store.end_run(run, NOW)
    Desk(lambda: open_store(where, create=False)).prepare()
    return where


@pytest.fixture
def path(made, tmp_path) -> Path:
    return Path(shutil.copy(made, tmp_path / "store.db"))


@pytest.fixture
def desk(path) -> Desk:
    opened = Desk(lambda: open_store(path, create=False))
    opened.prepare()
    return opened


@pytest.fixture
def make_client(desk) -> Callable[..., TestClient]:
    """Makes a browser of one that knows the token; `without` takes one guard out."""

    def make(*, without: Guard | None = None, token: str | None = TOKEN, reviewer: str = "") -> TestClient:
        app = make_app(desk, SESSION, reviewer=reviewer, guards=frozenset(Guard) - {without})
        headers = {"origin": f"http://{HOST}"}
        client = TestClient(app, base_url=f"http://{HOST}", headers=headers, follow_redirects=False)
        if token is not None:
            client.cookies.set(COOKIE, token)
        return client

    return make


@pytest.fixture
def client(make_client) -> TestClient:
    return make_client(reviewer="R1")
