from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.claims import apply_decisions, check_addition, check_value
from contested.claims.decided import parse_amount, parse_days
from contested.errors import InputError
from contested.types import (
    Action,
    ActorKind,
    Claims,
    Correctable,
    Decision,
    EventType,
    Role,
    Span,
    Stance,
    Status,
    Target,
    document_key,
    standing_decisions,
)
from tests.claims.reports import Report

TEXT = "Rebels said they had killed at least 15 soldiers on Sunday in Aleppo. The army denied the raid."


def read() -> tuple[Report, Claims]:
    report = Report(TEXT)
    report.event(EventType.ATTACK, "killed", by="they", killed="at least 15 soldiers", time="Sunday", place="Aleppo")
    report.event(EventType.ATTACK, "raid", again=0)
    report.said("Rebels", "said", Stance.ASSERTS, "killed")
    report.said("The army", "denied", Stance.DENIES, "raid")
    report.actor(ActorKind.REBEL, "Rebels", "they")
    return report, report.claims()


REPORT, CLAIMS = read()


def decide(target: Target, words: str, action: Action, **more) -> Decision:
    return Decision(document_key(CLAIMS.document), target, REPORT.span(words), action, "R1", **more)


def corrected(words: str, field: Correctable, value: str, target: Target = Target.EVENT, **more) -> Claims:
    return apply_decisions(CLAIMS, [decide(target, words, Action.CORRECT, field=field, value=value, **more)]).claims


def test_no_decision_leaves_claims_as_they_are():
    assert apply_decisions(CLAIMS, []).claims is CLAIMS


def test_accepting_changes_nothing_and_finds_what_it_is_about():
    decided = apply_decisions(CLAIMS, [decide(Target.EVENT, "killed", Action.ACCEPT)])
    assert decided.claims == CLAIMS
    assert decided.unmatched == ()


def test_corrected_labels_stand():
    assert corrected("killed", Correctable.TYPE, "battle").events[0].type is EventType.BATTLE
    assert corrected("killed", Correctable.STATUS, "negated").events[0].status is Status.NEGATED
    doubted = corrected("denied", Correctable.STANCE, "doubts", Target.CLAIM)
    assert [c.stance for c in doubted.claims] == [Stance.ASSERTS, Stance.DOUBTS]


def test_corrected_days_say_who_gave_them():
    event = corrected("killed", Correctable.WHEN, "2024-05-11/..").events[0]
    assert (event.when.earliest.isoformat(), event.when.latest, event.when.rule) == ("2024-05-11", None, "reviewer")
    assert corrected("killed", Correctable.WHEN, "?").events[0].when is None


def test_corrected_number_keeps_its_words():
    argument = {"role": Role.KILLED, "trigger": REPORT.span("killed")}
    claims = corrected("at least 15 soldiers", Correctable.AMOUNT, "10..12", Target.ARGUMENT, **argument)
    (toll,) = claims.events[0].arguments(Role.KILLED)
    assert (toll.amount.low, toll.amount.high, toll.amount.rule) == (10, 12, "reviewer")
    assert toll.span == REPORT.span("at least 15 soldiers")


def test_place_becomes_another_candidate_or_none():
    place = CLAIMS.places[0]
    assert place.link.candidates, "the gazetteer that ships knows Aleppo"
    other = place.link.candidates[-1]
    moved = corrected("Aleppo", Correctable.LINK, other.id, Target.PLACE).places[0].link
    assert (moved.chosen, moved.lat) == (other, other.lat)
    nowhere = corrected("Aleppo", Correctable.LINK, "NIL", Target.PLACE).places[0].link
    assert (nowhere.chosen, nowhere.lat, nowhere.country) == (None, None, None)


def test_rejected_event_goes_with_what_was_said_of_it_alone():
    claims = apply_decisions(CLAIMS, [decide(Target.EVENT, "killed", Action.REJECT)]).claims
    assert (claims.events, claims.claims, claims.disputes) == ((), (), ())


def test_rejected_denial_ends_the_dispute():
    assert CLAIMS.disputes
    claims = apply_decisions(CLAIMS, [decide(Target.CLAIM, "denied", Action.REJECT)]).claims
    assert [c.stance for c in claims.claims] == [Stance.ASSERTS]
    assert claims.disputes == ()


def test_rejected_argument_goes_and_the_rest_stays():
    rejected = decide(Target.ARGUMENT, "they", Action.REJECT, role=Role.BY, trigger=REPORT.span("killed"))
    event = apply_decisions(CLAIMS, [rejected]).claims.events[0]
    assert event.arguments(Role.BY) == ()
    assert event.arguments(Role.KILLED)


def test_correction_holds_on_a_later_reading_with_other_ids_and_types():
    events = tuple(dataclasses.replace(e, id="E7", type=EventType.SHELLING) for e in CLAIMS.events)
    said = tuple(dataclasses.replace(c, events=("E7",)) for c in CLAIMS.claims)
    later = dataclasses.replace(CLAIMS, events=events, claims=said, model="reader-9", disputes=())
    decision = decide(Target.EVENT, "killed", Action.CORRECT, field=Correctable.TYPE, value="battle")
    assert apply_decisions(later, [decision]).claims.events[0].type is EventType.BATTLE


def test_what_a_later_reading_does_not_find_is_said():
    later = dataclasses.replace(CLAIMS, events=(), claims=(), disputes=())
    decision = decide(Target.EVENT, "killed", Action.CORRECT, field=Correctable.TYPE, value="battle")
    assert apply_decisions(later, [decision]).unmatched == (decision,)


def test_last_decision_on_a_value_holds_and_an_undo_brings_the_one_before_back():
    first = decide(Target.EVENT, "killed", Action.CORRECT, field=Correctable.TYPE, value="battle", number=1)
    second = dataclasses.replace(first, value="bombing", number=2)
    undo = dataclasses.replace(second, action=Action.UNDO, undoes=2, number=3)
    assert standing_decisions([first, second]) == [second]
    assert standing_decisions([first, second, undo]) == [first]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Correctable.TYPE, "party"),
        (Correctable.STATUS, ""),
        (Correctable.STANCE, "shouts"),
        (Correctable.WHEN, "yesterday"),
        (Correctable.WHEN, "2024-05-12/2024-05-11"),
        (Correctable.WHEN, "../.."),
        (Correctable.AMOUNT, "dozens"),
        (Correctable.AMOUNT, "12..10"),
        (Correctable.AMOUNT, ".."),
        (Correctable.AMOUNT, "-3"),
        (Correctable.LINK, " "),
    ],
)
def test_what_cannot_be_a_value_is_refused_with_what_could(field, value):
    with pytest.raises(InputError, match="expected"):
        check_value(field, value)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_amounts_are_read_as_written(a, b):
    low, high = sorted((a, b))
    assert parse_amount(f"{low}..{high}") == (low, high)
    assert parse_amount(f"{low}..") == (low, None)
    assert parse_amount(f"..{high}") == (None, high)


@given(st.dates(), st.dates())
def test_days_are_read_as_written(a, b):
    first, last = sorted((a, b))
    when = parse_days(f"{first}/{last}")
    assert (when.earliest, when.latest) == (first, last)


def test_a_decision_is_about_words_that_are_there():
    nowhere = dataclasses.replace(decide(Target.EVENT, "killed", Action.REJECT), span=Span(0, 1))
    assert apply_decisions(CLAIMS, [nowhere]).claims == CLAIMS


# What was missed

MISSED = "The army said it shelled Manbij on Monday, killing two women. Rebels said they shot back at dusk."


def missed() -> tuple[Report, Claims]:
    report = Report(MISSED)
    report.event(EventType.ATTACK, "shot back", by="they")
    report.said("Rebels", "said#2", Stance.ASSERTS, "shot back")
    report.actor(ActorKind.REBEL, "Rebels", "they")
    return report, report.claims()


def add(report: Report, target: Target, words: str, **more) -> Decision:
    key = document_key(missed()[1].document)
    return Decision(key, target, report.span(words), Action.ADD, "R1", **more)


def shelling(report: Report) -> list[Decision]:
    event = add(report, Target.EVENT, "shelled", field=Correctable.TYPE, value="shelling", number=1)
    parts = [("it", Role.BY), ("Manbij", Role.PLACE), ("Monday", Role.TIME), ("two women", Role.KILLED)]
    there = report.span("shelled")
    return [event, *(add(report, Target.ARGUMENT, words, role=role, trigger=there) for words, role in parts)]


def test_a_missed_event_is_added_and_its_words_are_resolved_like_the_readers_own():
    report, claims = missed()
    added = apply_decisions(claims, shelling(report))
    assert added.unmatched == ()
    event = added.claims.events[-1]
    assert (event.id, event.type, event.mentions[0].trigger) == ("E2", EventType.SHELLING, report.span("shelled"))
    assert event.when.earliest.isoformat() == "2024-05-13"
    assert event.arguments(Role.KILLED)[0].amount.low == 2
    (place,) = (p for p in added.claims.places if report.span("Manbij") in p.spans)
    assert (place.link.country, place.link.lat is None) == ("SYR", False)
    assert any(report.span("it") in a.spans for a in added.claims.actors)
    assert event in added.claims.author_events()


def test_a_saying_covers_what_is_put_under_it():
    report, claims = missed()
    under = add(report, Target.CLAIM, "said#2", trigger=report.span("shelled"))
    decided = apply_decisions(claims, [*shelling(report)[:1], under]).claims
    assert decided.claims[0].events == ("E1", "E2")
    assert decided.author_events() == ()


def test_an_addition_to_what_a_later_reading_finds_itself_is_that_event():
    report, _ = missed()
    report.event(EventType.ATTACK, "shelled")
    later = dataclasses.replace(report.claims(), model="reader-9")
    decided = apply_decisions(later, shelling(report))
    assert [e.type for e in decided.claims.events] == [EventType.SHELLING, EventType.ATTACK]
    assert decided.unmatched == ()
    report, _ = missed()
    report.event(EventType.SHELLING, "it shelled")
    (first, _) = apply_decisions(report.claims(), shelling(report)).claims.events
    assert first.mentions[0].trigger == report.span("shelled")
    assert len(first.arguments()) == 4


def test_a_later_mention_that_is_another_event_is_split_off():
    report = Report(TEXT)
    report.event(EventType.ATTACK, "killed")
    report.event(EventType.ATTACK, "raid", again=0)
    report.said("The army", "denied", Stance.DENIES, "raid")
    claims = report.claims()
    key = document_key(claims.document)
    split = Decision(key, Target.EVENT, report.span("raid"), Action.ADD, "R1", Correctable.TYPE, "abduction")
    events = apply_decisions(claims, [split]).claims.events
    assert [(e.type, len(e.mentions)) for e in events] == [(EventType.ATTACK, 1), (EventType.ABDUCTION, 1)]
    assert "E2" in apply_decisions(claims, [split]).claims.claims[0].events


def test_a_rejection_behind_an_addition_holds_and_one_before_it_does_not():
    report, claims = missed()
    there = shelling(report)[0]
    reject = dataclasses.replace(there, action=Action.REJECT, field=None, value="", number=2)
    assert len(apply_decisions(claims, standing_decisions([there, reject])).claims.events) == 1
    again = dataclasses.replace(there, number=3)
    assert len(apply_decisions(claims, standing_decisions([there, reject, again])).claims.events) == 2
    corrected = dataclasses.replace(there, action=Action.CORRECT, value="battle", number=4)
    decided = apply_decisions(claims, standing_decisions([there, reject, again, corrected])).claims
    assert decided.events[-1].type is EventType.BATTLE


def saying(report: Report, cue: str, source: str | None, *about: str, stance: Stance = Stance.DENIES) -> Decision:
    return add(
        report,
        Target.CLAIM,
        cue,
        field=Correctable.STANCE,
        value=stance.value,
        trigger=report.span(source) if source else None,
        covers=tuple(report.span(words) for words in about),
    )


def test_a_missed_saying_is_added_with_its_source_and_what_it_is_about():
    report, claims = missed()
    wanted = saying(report, "said", "The army", "shot back", "shelled", stance=Stance.ADMITS)
    decided = apply_decisions(claims, [wanted, *shelling(report)[:1]])
    assert decided.unmatched == ()
    said = decided.claims.claims[-1]
    assert (said.id, said.stance, said.source) == ("C2", Stance.ADMITS, report.span("The army"))
    assert said.events == ("E1", "E2")
    assert said.triggers == tuple(sorted((report.span("shot back"), report.span("shelled"))))
    (army,) = (a for a in decided.claims.actors if report.span("The army") in a.spans)
    assert army.link.name == "army"
    assert decided.claims.author_events() == ()
    nobody = apply_decisions(claims, [saying(report, "said", None, "shot back")]).claims
    assert nobody.claims[-1].source is None
    assert nobody.actors == claims.actors


def test_a_saying_that_this_reading_has_is_that_saying_and_two_sources_may_share_a_cue():
    report, claims = missed()
    here = saying(report, "said#2", "Rebels", "shot back", stance=Stance.DOUBTS)
    (said,) = apply_decisions(claims, [here]).claims.claims
    assert (said.id, said.stance, said.events) == ("C1", Stance.DOUBTS, ("E1",))
    other = saying(report, "said#2", "The army", "shot back")
    assert [c.source for c in apply_decisions(claims, [other]).claims.claims] == [
        report.span("Rebels"),
        report.span("The army"),
    ]


def test_a_saying_about_nothing_that_this_reading_has_waits():
    report, claims = missed()
    wanted = saying(report, "said", "The army", "shelled")
    assert apply_decisions(claims, [wanted]).unmatched == (wanted,)
    there = shelling(report)[0]
    assert len(apply_decisions(claims, [wanted, there]).claims.claims) == 2


def test_an_added_saying_is_corrected_rejected_and_added_again_like_one_that_was_read():
    report, claims = missed()
    first = dataclasses.replace(saying(report, "said", "The army", "shot back"), number=1)
    corrected = dataclasses.replace(first, action=Action.CORRECT, value="doubts", covers=(), number=2)
    rejected = dataclasses.replace(first, action=Action.REJECT, field=None, value="", covers=(), number=3)
    again = dataclasses.replace(first, number=4)
    stances = [
        [c.stance for c in apply_decisions(claims, standing_decisions(held)).claims.claims[1:]]
        for held in ([first], [first, corrected], [first, corrected, rejected], [first, corrected, rejected, again])
    ]
    assert stances == [[Stance.DENIES], [Stance.DOUBTS], [], [Stance.DENIES]]


@pytest.mark.parametrize(
    "change",
    [
        {"covers": ()},
        {"covers": (Span(len(MISSED), len(MISSED) + 3),)},
        {"trigger": Span(len(MISSED), len(MISSED) + 3)},
        {"trigger": Span(MISSED.index("said"), MISSED.index("said") + 4)},
        {"value": "shouts"},
    ],
)
def test_what_is_no_saying_is_refused(change):
    report, _ = missed()
    wanted = saying(report, "said", "The army", "shot back")
    check_addition(wanted, MISSED)
    wrong = dataclasses.replace(wanted, **change)
    with pytest.raises(InputError, match="expected"):
        check_addition(dataclasses.replace(wrong, value=check_value(Correctable.STANCE, wrong.value)), MISSED)


@pytest.mark.parametrize(
    "change",
    [
        {"span": Span(len(MISSED), len(MISSED) + 3)},
        {"span": Span(3, 4)},
        {"field": None},
        {"trigger": Span(0, 3)},
        {"target": Target.PLACE},
        {"role": Role.BY},
        {"target": Target.ARGUMENT, "field": None, "role": Role.BY},
        {"target": Target.ARGUMENT, "field": None, "trigger": Span(0, 3)},
    ],
)
def test_what_cannot_be_added_is_refused(change):
    there = shelling(missed()[0])[0]
    check_addition(there, MISSED)
    with pytest.raises(InputError, match="expected"):
        check_addition(dataclasses.replace(there, **change), MISSED)
