"""An S3 store on this machine, for the tests of several rooms."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

_READY_S = 60  # until the server answers; on a busy machine it starts slowly


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of an S3 server on this machine, a process of its own."""
    missing = [name for name in ("s3fs", "moto", "flask", "flask_cors") if find_spec(name) is None]
    if missing:
        pytest.skip(f"no S3 to speak to without {', '.join(missing)} (pip install 'contested[s3-tests]')")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + _READY_S
        while not _answers(address):
            assert running.poll() is None, "the S3 server ended before it answered"
            assert time.monotonic() < until, "the S3 server does not answer"
            time.sleep(0.2)
        yield address
    finally:
        running.terminate()
        running.wait(30)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/moto-api/", timeout=5):
            return True
    except OSError:
        return False


@pytest.fixture
def bucket(s3_server, monkeypatch):
    """An empty bucket named `news`, reached as a user reaches one: through the environment alone."""
    import s3fs

    for name, value in {
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_ACCESS_KEY_ID": "someone",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    system.mkdir("news")
    yield system
    system.rm("news", recursive=True)
    s3fs.S3FileSystem.clear_instance_cache()
