"""Both databases for the same tests: a file, and a real PostgreSQL server that the test run starts for itself."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contested.store import Store, open_store

_numbers = itertools.count(1)


def _programs() -> Path | None:
    """Return the folder of PostgreSQL's programs: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return Path(found).resolve().parent if found else next((f for f in folders if (f / "initdb").exists()), None)


def _account() -> str | None:
    """Return whom the server runs as: it refuses to run as root."""
    if os.getuid() != 0:
        return None
    names = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The folder of a running server's socket."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL's initdb is not installed (Debian: apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="contested-pg-"))  # not pytest's folder: it lets no other account in
    if account:
        shutil.chown(folder, account)

    quiet = {"user": account, "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    cluster = [str(programs / "initdb"), "-D", "cluster", "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync"]
    running = None
    try:
        subprocess.run(cluster, check=True, timeout=300, **quiet)
        # our own child, not pg_ctl's: then it is ours to end and to wait for
        settings = ["-c", "listen_addresses=", "-c", "fsync=off", "-k", str(folder)]
        running = subprocess.Popen([str(programs / "postgres"), "-D", "cluster", *settings], **quiet)
        _await(f"postgresql:///postgres?host={folder}&user=tester", running)
        yield str(folder)
    finally:
        if running is not None:
            running.send_signal(signal.SIGQUIT)  # at once, without tidying up: the folder goes anyway
            running.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def _await(url: str, running: subprocess.Popen[bytes]) -> None:
    """Return when the server answers."""
    import psycopg

    last = time.monotonic() + 120
    while True:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            if running.poll() is not None or time.monotonic() > last:
                raise
            time.sleep(0.2)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    """Where a new, empty store goes."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    import psycopg

    folder, name = request.getfixturevalue("server"), f"store_{next(_numbers)}"
    with psycopg.connect(f"postgresql:///postgres?host={folder}&user=tester", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql:///{name}?host={folder}&user=tester"


@pytest.fixture
def opened(url) -> Iterator[Callable[[], Store]]:
    """Opens the store, as often as a test asks; all are closed at the end."""
    stores: list[Store] = []

    def open_again() -> Store:
        stores.append(open_store(url))
        return stores[-1]

    yield open_again
    for store in stores:
        store.close()


@pytest.fixture
def store(opened) -> Store:
    return opened()
