from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from http.cookiejar import CookieJar

import pytest
from click.testing import CliRunner

from contested.cli.main import main
from contested.store import open_store


@pytest.fixture
def path(tmp_path):
    open_store(tmp_path / "a.db").close()
    return tmp_path / "a.db"


def test_serve_answers_on_this_machine_to_its_token_alone_and_ends_on_interrupt(path):
    command = [sys.executable, "-m", "contested.cli.main", "serve", "--store", str(path), "--port", "0", "--no-browser"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        lines = iter(running.stderr.readline, "")
        address = next(line.strip() for line in lines if "token=" in line)
        assert address.startswith("http://127.0.0.1:")
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        page = urllib.request.build_opener(jar).open(address, timeout=30).read().decode()
        assert "The store is empty" in page
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address.split("?")[0], timeout=30)
    finally:
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) in (0, 130)
        running.stderr.close()


def test_a_store_that_is_not_there_is_said_and_none_is_made(tmp_path):
    result = CliRunner().invoke(main, ["serve", "--store", str(tmp_path / "none.db"), "--no-browser"])
    assert result.exit_code == 1
    assert "no store here" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_said(path):
    from contested.web.serving import open_port

    with open_port(0) as taken:
        port = str(taken.getsockname()[1])
        taken.listen()
        result = CliRunner().invoke(main, ["serve", "--store", str(path), "--port", port, "--no-browser"])
    assert result.exit_code == 1
    assert f"port {port} cannot be used" in result.output


def test_corrections_of_a_store_without_any_are_none(path):
    result = CliRunner().invoke(main, ["corrections", "--store", str(path)])
    assert (result.exit_code, result.output) == (0, "")


def test_a_team_needs_a_server_and_a_role_that_is_one(path):
    result = CliRunner().invoke(main, ["team", "--store", str(path)])
    assert "expected a store on a server" in result.output
    wrong = CliRunner().invoke(main, ["team", "--store", str(path), "--give", "anna", "boss"])
    assert wrong.exit_code == 2
    assert "boss" in wrong.output
