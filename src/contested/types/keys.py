"""Ids made from content: the same words of the same report always have the same id, in every store and every run.

The model is no part of them, so a judgement on an event holds when a later reader finds the same event again.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from contested.types.claims import Claim, Claims, Event
from contested.types.document import Document
from contested.types.spans import Span

_DIGITS = 20  # hex digits of SHA-256: 80 bits; among a billion events two alike are a one in a million chance


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hex digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def document_key(document: Document) -> str:
    """Return the id of one version of a report: its id together with its text."""
    return "d" + _hash(document.id, text_sha256(document.text))


def event_keys(claims: Claims) -> dict[str, str]:
    """Return the store-wide id of each event of one report, by the event's id in the report (`E1`)."""
    document = document_key(claims.document)
    return _distinct("e", ((event.id, _event_content(event)) for event in claims.events), document)


def claim_keys(claims: Claims) -> dict[str, str]:
    """Return the store-wide id of each claim of one report, by the claim's id in the report (`C1`)."""
    document = document_key(claims.document)
    return _distinct("c", ((claim.id, _claim_content(claim)) for claim in claims.claims), document)


def _distinct(prefix: str, contents: Iterable[tuple[str, tuple[str, ...]]], document: str) -> dict[str, str]:
    """Return a key for each content; like contents, which only a reader's slip gives, are told apart by their order."""
    seen: dict[tuple[str, ...], int] = {}
    keys: dict[str, str] = {}
    for name, content in contents:
        seen[content] = seen.get(content, 0) + 1
        again = () if seen[content] == 1 else (str(seen[content]),)
        keys[name] = prefix + _hash(document, *content, *again)
    return keys


def _event_content(event: Event) -> tuple[str, ...]:
    # the first trigger and the type are what a reviewer saw; more mentions found later leave it the same event
    return (event.type.value, _write(event.mentions[0].trigger))


def _claim_content(claim: Claim) -> tuple[str, ...]:
    triggers = ",".join(_write(t) for t in sorted(claim.triggers))
    return (claim.stance.value, _write(claim.cue), _write(claim.source), _write(claim.via), triggers)


def _write(span: Span | None) -> str:
    return f"{span.start}-{span.end}" if span else "-"


def _hash(*parts: str) -> str:
    # a unit separator between the parts, so that ("ab", "c") and ("a", "bc") differ
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
