"""What a store says about what it holds: versions of reports, runs, failures, retractions."""

from __future__ import annotations

from dataclasses import dataclass

from contested.types.document import Document


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """One version of a report as it is stored.

    `key` is made from its id and text; `report` is the id of the first version of the same report, `version` counts
    from 1. `superseded` when a later version stands, `retracted` gives the reason when the outlet took it back.
    """

    key: str
    report: str
    version: int
    document: Document
    superseded: bool = False
    retracted: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `add`. Times are ISO 8601 with their offset from UTC; `ended` None: it was killed or is under way.

    `settings` is what it was asked to do, as JSON; `code` and `model` are the versions that did it.
    """

    number: int
    started: str
    ended: str | None
    settings: str
    code: str
    model: str | None
    added: int
    known: int
    failed: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that was not read, where it is, and why. `run` is the first one that failed on it so."""

    where: str
    reason: str
    run: int
