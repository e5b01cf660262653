"""Reports of one raid, read by hand: what a reader finds in a sentence, no network needed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contested.claims import assemble
from contested.types import Claims
from evaluation.gold_reading import gold_document, gold_reading


def report(
    text: str,
    counts: Sequence[tuple[str, bool]],
    claims: Sequence[tuple[str | None, str]] = (),
    actors: Sequence[tuple[str, str, str]] = (),
    trigger: str = "raid",
) -> Claims:
    """Return a report of one air raid.

    Args:
        text: sentences that end with a full stop.
        counts: words of each number of dead, and whether the reader takes it for a part of another.
        claims: source and saying word of each saying about the raid.
        actors: words, kind and name of each actor.
        trigger: the words for the raid.
    """

    def at(words: str) -> list[int]:
        return [text.index(words), text.index(words) + len(words)]

    arguments = [{"role": "killed", "span": at(words), "part": part} for words, part in counts]
    event = {
        "id": "E1",
        "type": "airstrike",
        "status": "actual",
        "mentions": [{"trigger": at(trigger), "args": arguments}],
    }
    row = {
        "id": "r",
        "date": "2021-03-05",
        "publisher": "Post",
        "text": text,
        "sentences": [list(m.span()) for m in re.finditer(r"\S[^.]*\.", text)],
        "events": [event],
        "claims": [
            {
                "id": f"C{n}",
                "stance": "asserts",
                "source": at(source) if source else None,
                "via": None,
                "cue": at(cue),
                "of": ["E1"],
            }
            for n, (source, cue) in enumerate(claims, 1)
        ],
        "actors": [{"spans": [at(w)], "kind": kind, "country": "SOM", "name": name} for w, kind, name in actors],
        "places": [],
        "times": [],
    }
    return assemble(gold_document(row), gold_reading(row))
