"""An event beside a speaker's name holds that speaker's words alone."""

from __future__ import annotations

from contested.claims import AUTHOR, Index, as_told
from contested.claims.rows import claim_rows
from contested.types import ActorKind, EventType, Role, Stance
from tests.claims.reports import Report


def make() -> Report:
    report = Report(
        "Doctors said the clinic was hit on Monday, killing 12 people. The army denied that its jets hit the clinic. "
        "Radio said 30 people died in the raid."
    )
    report.event(EventType.AIRSTRIKE, "hit", on="the clinic", time="Monday", killed="12 people")
    report.event(EventType.AIRSTRIKE, "hit#2", again=0, by="its jets", on="the clinic#2")
    report.event(EventType.AIRSTRIKE, "raid", again=0, killed="30 people")
    report.said("Doctors", "said", Stance.ASSERTS, "hit")
    report.said("The army", "denied", Stance.DENIES, "hit#2")
    report.said("Radio", "said#2", Stance.ASSERTS, "raid")
    report.actor(ActorKind.CIVILIANS, "Doctors")
    report.actor(ActorKind.MILITARY, "The army", "its jets")
    report.actor(ActorKind.MEDIA, "Radio")
    return report


def told(cue_number: int) -> tuple[set[str], set[str], bool]:
    report = make()
    claims = report.claims()
    index = Index(claims)
    event = as_told(claims.events[0], index.voice(claims.claims[cue_number]), index)
    words = {role: {a.span.of(report.text) for a in event.arguments(role)} for role in (Role.BY, Role.KILLED)}
    return words[Role.BY], words[Role.KILLED], event.when is not None


def test_only_who_speaks_of_jets_has_jets_and_only_their_own_toll():
    assert told(0) == (set(), {"12 people"}, True)
    assert told(1) == ({"its jets"}, set(), False)
    assert told(2) == (set(), {"30 people"}, False)


def test_a_number_from_a_later_sentence_of_another_is_not_put_into_the_first_ones_mouth():
    report = Report("The army said it struck a depot. Medics said 12 people were killed.")
    report.event(EventType.AIRSTRIKE, "struck", by="it", on="a depot", killed="12 people")
    report.said("The army", "said", Stance.ASSERTS, "struck")
    report.said("Medics", "said#2", Stance.ASSERTS, "struck")
    report.actor(ActorKind.MILITARY, "The army", "it")
    report.actor(ActorKind.CIVILIANS, "Medics")
    claims = report.claims()
    index = Index(claims)
    army, medics = (as_told(claims.events[0], index.voice(c), index) for c in claims.claims)
    assert [bool(e.arguments(Role.KILLED)) for e in (army, medics)] == [False, True]


def test_an_event_the_outlet_does_not_tell_of_itself_stays_whole():
    claims = make().claims()
    assert as_told(claims.events[0], AUTHOR, Index(claims)) == claims.events[0]


def test_a_flat_row_puts_no_other_ones_words_beside_a_speakers_name():
    rows = {row["source"]: row for claim, _, row in claim_rows(make().claims()) if claim}
    assert {who: row["killed"] for who, row in rows.items()} == {
        "Doctors": "12 people",
        "The army": None,
        "Radio": "30 people",
    }
    assert {who: row["by"] for who, row in rows.items()} == {"Doctors": None, "The army": "its jets", "Radio": None}
    assert rows["Doctors"]["time"] == "Monday"
