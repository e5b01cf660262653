"""What can go wrong, drawn as a tree.

    ContestedError
    ├── InputError           what the user gave cannot be read: what was expected, what came, what to do
    │   └── Skipped          one report is left out of the run for a stated reason; the rest is read
    └── ResourceError        a rule file, table or model (shipped or imported) breaks its own promise

Everything else (ValueError, AssertionError …) is our own fault and is raised at once.
"""

from __future__ import annotations


class ContestedError(Exception):
    """Root of every error that is addressed to the user."""


class InputError(ContestedError):
    """The user's input cannot be read.

    Args:
        message: what was expected, what came, and what to do.
        where: file, or `file:line`, or URL; "" when there is none.
    """

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.message = message
        self.where = where


class Skipped(InputError):
    """One report is not read (not English, not text, empty, too long …); the run goes on."""


class ResourceError(ContestedError):
    """A rule file, table or model breaks its own promise."""
