"""Accounts of numbers beside the events of a report: running totals, and the dead of an event that it never names.

"The number of martyrs in Marka has risen from two to four" may be all that a report says of a raid: its readers know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contested.claims import Index
from contested.incidents.account import Account, Saying, account_id
from contested.incidents.toll import Toll
from contested.incidents.totals import COUNTED
from contested.incidents.whereabouts import hints, setting
from contested.types import EventType, PlaceLink, Span, Stance, Status


def with_totals_apart(account: Account, index: Index) -> Iterator[Account]:
    """Yield an account without its running totals, and one of these; or one alone, if it has none or nothing else."""
    totals = tuple(t for t in account.tolls if t.running)
    if not totals:
        yield account
        return
    rest = tuple(t for t in account.tolls if not t.running)
    told = {span for toll in totals for span in account.spans if span.contains(toll.span)}
    if not any(t.role in COUNTED for t in rest) and told == set(account.spans):
        yield _total_alone(account, index)
        return
    yield replace(account, tolls=rest)
    yield aside(account, totals, index)


def _total_alone(account: Account, index: Index) -> Account:
    """Return an account that tells of nothing but running totals: what other sentences name is not where they count."""
    here = _named_in(account.spans, index)
    return replace(account, is_total=True, places=account.places or here, setting=() if here else account.setting)


def _named_in(sentences: Sequence[Span], index: Index) -> tuple[PlaceLink, ...]:
    """Return the places that some sentences name."""
    return tuple(p.link for p in index.claims.places if any(s.contains(own) for s in sentences for own in p.spans))


def aside(account: Account, numbers: tuple[Toll, ...], index: Index) -> Account:
    """Return the account of running totals that are told beside an event: of it only what their sentence tells too."""
    first, when = numbers[0], account.when
    sentence = index.claims.document.sentence_at(first.span) or first.span
    is_of_it = any(span.overlaps(sentence) for span in account.spans)
    places = _named_in((sentence,), index)
    goes_on = is_of_it and when is not None and when.earliest is not None and when.latest is None  # "since March"
    said = tuple(Saying(Stance.ASSERTS, by, first.words, (first.span,)) for by in {t.speaker: None for t in numbers})
    return replace(
        account,
        id=account_id(account.document, first.span),
        spans=(sentence,),
        words=first.words,
        when=when if goes_on else None,
        places=places or (account.places if is_of_it else ()),
        setting=(),
        place_words=(),
        place_hints=(),
        doers=account.doers if is_of_it else (),
        targets=account.targets if is_of_it else (),
        target_words=account.target_words if is_of_it else (),
        tolls=numbers,
        sayings=said,  # who denies the event denies no total
        lead="",
        trigger=first.span,
        points_back=False,
        aliases=(),
        is_total=True,
        is_aside=True,
    )


def of_an_unnamed_event(
    beside: Account, tolls: tuple[Toll, ...], lead: str, opening: Sequence[Span], index: Index
) -> Account:
    """Return the account of a violent event of which a report gives the dead alone, told beside another event.

    Its places are those of the sentences around: who reads that a toll rose knows of what. `lead`, `opening`: how the
    report opens, where it opens with these numbers.
    """
    first = aside(beside, tolls, index)
    return replace(
        first,
        type=EventType.ATTACK,
        status=Status.ACTUAL,
        when=None,
        places=_named_in(first.spans, index),
        setting=setting((tolls[0].span,), index),
        place_hints=hints(first.spans, opening, index),
        doers=(),
        targets=(),
        target_words=(),
        lead=lead,
        sentence=index.sentence_number(tolls[0].span),
        points_back=True,
        is_total=False,
    )
