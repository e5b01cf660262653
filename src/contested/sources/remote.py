"""Addresses of other stores of files (`s3://`, `gs://`, `file://`, `memory://` …), opened by fsspec."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from contested.errors import InputError

# A scheme has two letters or more: `C:\reports` is a path. Pages of the web are read by `web.py`, without an extra.
_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_WEB = frozenset({"http", "https"})


def is_remote(where: str) -> bool:
    """Return whether an address is one that fsspec opens.

    >>> is_remote("s3://bucket/reports"), is_remote("https://example.org/a"), is_remote("reports/a.txt")
    (True, False, False)
    """
    match = _SCHEME.match(where)
    return match is not None and match["scheme"].lower() not in _WEB


def filesystem(url: str) -> tuple[Any, str]:
    """Return fsspec's file system for an address, and the path in it. Accounts are those of its own configuration.

    Raises:
        InputError: when fsspec is not installed, or does not know this kind of address.
    """
    try:
        from fsspec.core import url_to_fs  # an extra: only where such an address is given
    except ImportError as error:
        raise InputError("addresses of this kind need fsspec; pip install 'contested[remote]'", url) from error
    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"an address that cannot be opened: {error}", url) from error
    return system, str(path)


@contextmanager
def reaching(url: str, failed: str = "cannot be reached") -> Iterator[None]:
    """Turn whatever a store of files raises into an InputError; each kind has exceptions of its own."""
    try:
        yield
    except Exception as error:
        raise InputError(f"{failed}: {error}", url) from error


def find_remote(url: str) -> Iterator[tuple[str, Any]]:
    """Yield the address of each file under an address, in alphabetical order, with how to open it.

    Raises:
        InputError: when there is nothing, or it cannot be reached.
    """
    system, path = filesystem(url)
    with reaching(url):
        if system.isfile(path):
            found = [path]
        else:
            found = sorted(name for name in system.find(path) if not _is_hidden(name[len(path) :]))
    if not found:
        raise InputError("no file there", url)
    for name in found:
        yield system.unstrip_protocol(name), lambda at=name: system.open(at, "rb")


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))
