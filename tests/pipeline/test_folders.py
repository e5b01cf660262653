"""Folders behind an address: what their stores raise is told with the address."""

from __future__ import annotations

import pytest

from contested.errors import InputError
from contested.pipeline.folders import open_folder


def test_what_a_store_of_files_raises_is_told_with_its_address(monkeypatch):
    """Each kind of store has exceptions of its own: without credentials, S3's is no OSError."""
    memory = pytest.importorskip("fsspec.implementations.memory").MemoryFileSystem

    class NoCredentialsError(Exception):
        pass

    def refuse(self, path, *content, **kwargs):
        raise NoCredentialsError("Unable to locate credentials")

    folder = open_folder("memory://archive-that-refuses")
    monkeypatch.setattr(memory, "exists", refuse)
    monkeypatch.setattr(memory, "pipe_file", refuse)
    for act in (folder.is_empty, lambda: folder.exists("a"), lambda: folder.write("a", b"x")):
        with pytest.raises(InputError, match="Unable to locate credentials"):
            act()
