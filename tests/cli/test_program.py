from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

import contested
from contested.cli.main import main

PROGRAM = [sys.executable, "-m", "contested.cli.main"]


def test_version():
    done = CliRunner().invoke(main, ["--version"])
    assert done.stdout.strip().endswith(contested.__version__)


def test_help_names_the_commands():
    assert "read" in CliRunner().invoke(main, ["--help"]).stdout


def test_starting_loads_no_reader_and_no_table_reader():
    heavy = ("onnxruntime", "pyarrow", "trafilatura")
    program = f"import sys, contested.cli.main; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _story(tmp_path, copies):
    import json

    path = tmp_path / "many.jsonl"
    text = "Troops shelled the market of Darvand on Sunday and killed three people, the mayor said. "
    path.write_text("".join(json.dumps({"id": str(n), "text": text * 4}) + "\n" for n in range(copies)))
    return str(path)


@pytest.mark.model
def test_a_closed_pipe_ends_quietly(tmp_path):
    with subprocess.Popen(
        [*PROGRAM, "read", "--format", "jsonl", "--jobs", "1", _story(tmp_path, 300)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.readline()
        reading.stdout.close()
        complaints = reading.stderr.read().decode()
    assert reading.returncode == 141
    assert "Traceback" not in complaints


@pytest.mark.model
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_an_interrupt_ends_cleanly_with_the_counts_so_far(tmp_path):
    with subprocess.Popen(
        [*PROGRAM, "read", "--format", "jsonl", "--jobs", "2", _story(tmp_path, 3000)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # A test run in the background of a shell is deaf to interrupts, and its children would be too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.readline()
        os.killpg(reading.pid, signal.SIGINT)  # as a terminal does: parent and workers get it
        began = time.monotonic()
        reading.stdout.read()
        complaints = reading.stderr.read().decode()
        reading.wait()
    assert reading.returncode == 130
    assert "interrupted" in complaints
    assert "Traceback" not in complaints
    assert time.monotonic() - began < 20
