from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.claims import assemble, to_form
from contested.claims.index import Index
from contested.types import ActorKind, EventType, Layer, Role, Span, Stance, Status
from tests.claims.reports import Report

TEXT = (
    "Rebels seized the Darva bridge on Sunday. The army denied that the rebels had taken it. "
    "State radio said two soldiers were wounded in the capture."
)


def make() -> Report:
    report = Report(TEXT)
    report.event(EventType.TAKE_CONTROL, "seized", by="Rebels", on="the Darva bridge", time="Sunday")
    report.event(EventType.TAKE_CONTROL, "taken", again=0, by="the rebels", on="it")
    report.event(EventType.TAKE_CONTROL, "capture", again=0, wounded="two soldiers")
    report.said("The army", "denied", Stance.DENIES, "taken")
    report.said("State radio", "said", Stance.ASSERTS, "capture")
    report.actor(ActorKind.REBEL, "Rebels", "the rebels")
    report.actor(ActorKind.MILITARY, "The army")
    report.actor(ActorKind.MEDIA, "State radio")
    report.actor(None, "the Darva bridge", "it")
    return report


def test_one_event_keeps_all_its_mentions_in_text_order():
    (event,) = make().claims().events
    assert [m.trigger.of(TEXT) for m in event.mentions] == ["seized", "taken", "capture"]
    assert [a.span.of(TEXT) for a in event.arguments(Role.BY)] == ["Rebels", "the rebels"]


def test_ids_follow_the_text_whatever_the_order_of_the_reading():
    report = make()
    reading = report.reading()
    shuffled = dataclasses.replace(
        reading,
        triggers=reading.triggers[::-1],
        mentions=reading.mentions[::-1],
        arguments=reading.arguments[::-1],
        attributions=reading.attributions[::-1],
        event_groups=tuple(g[::-1] for g in reading.event_groups[::-1]),
        actor_groups=reading.actor_groups[::-1],
    )
    assert to_form(assemble(report.document(), shuffled)) == to_form(report.claims())


def test_a_claim_names_its_words_and_what_it_covers():
    denial, statement = make().claims().claims
    assert (denial.id, denial.stance, denial.cue.of(TEXT)) == ("C1", Stance.DENIES, "denied")
    assert denial.source is not None
    assert denial.source.of(TEXT) == "The army"
    assert denial.events == statement.events == ("E1",)
    assert [t.of(TEXT) for t in denial.triggers] == ["taken"]


def test_several_cues_of_one_source_stay_several_claims():
    report = Report("The army said its troops shelled the ridge. It added that the shelling went on.")
    report.event(EventType.SHELLING, "shelled", by="its troops", on="the ridge")
    report.event(EventType.SHELLING, "shelling", again=0)
    report.said("The army", "said", Stance.ASSERTS, "shelled")
    report.said("It", "added", Stance.ASSERTS, "shelling")
    report.actor(ActorKind.MILITARY, "The army", "It")
    claims = report.claims()
    assert [c.id for c in claims.claims] == ["C1", "C2"]
    assert len([a for a in claims.actors if len(a.spans) == 2]) == 1


def test_a_saying_that_covers_no_event_makes_no_claim_and_no_actor():
    report = Report("The mayor spoke of the weather. Gunmen shot two guards.")
    report.event(EventType.ATTACK, "shot", by="Gunmen", on="two guards")
    report.said("The mayor", "spoke", Stance.ASSERTS)
    claims = report.claims()
    assert claims.claims == ()
    assert {s.of(report.text) for a in claims.actors for s in a.spans} == {"Gunmen", "two guards"}


def test_things_are_no_actors():
    spans = {s.of(TEXT) for actor in make().claims().actors for s in actor.spans}
    assert "the Darva bridge" not in spans
    assert "The army" in spans


def test_an_event_takes_the_label_that_its_mentions_make_likeliest():
    report = Report("Planes hit the depot. The strike, an air strike, burnt it.")
    report.event(EventType.ATTACK, "hit", by="Planes", on="the depot")
    report.event(EventType.AIRSTRIKE, "strike", again=0)
    report.event(EventType.AIRSTRIKE, "air strike", again=0)
    (event,) = report.claims().events
    assert event.type is EventType.AIRSTRIKE


def test_the_best_scored_of_two_like_arguments_is_kept():
    report = make()
    reading = report.reading()
    weak = dataclasses.replace(reading.arguments[0], score=0.3)
    doubled = dataclasses.replace(reading, arguments=(weak, *reading.arguments))
    (event,) = assemble(report.document(), doubled).events
    assert [a.score for a in event.arguments(Role.BY)] == [1.0, 1.0]


def test_the_same_place_twice_is_one_place():
    report = Report("Shells fell on Darvand. Planes bombed Darvand later.")
    report.event(EventType.SHELLING, "fell", on="@Darvand")
    report.event(EventType.AIRSTRIKE, "bombed", on="@Darvand#2", by="Planes")
    (place,) = report.claims().places
    assert [s.of(report.text) for s in place.spans] == ["Darvand", "Darvand"]


def test_counts_carry_what_they_state_and_parts_say_so():
    report = Report("A mine killed at least 15 people, two of them children.")
    report.event(EventType.BOMBING, "mine", killed="at least 15 people", killed_part="two of them")
    (event,) = report.claims().events
    whole, part = event.arguments(Role.KILLED)
    assert whole.amount is not None
    assert (whole.amount.low, whole.amount.high, whole.part) == (15, None, False)
    assert part.part


def test_uncovered_events_are_the_outlets_own():
    report = Report("Troops entered Darvand. The army said it had lost two men in a raid.")
    report.event(EventType.ADVANCE, "entered", by="Troops", place="Darvand")
    report.event(EventType.ATTACK, "raid", killed="two men")
    report.said("The army", "said", Stance.ASSERTS, "raid")
    assert [e.id for e in report.claims().author_events()] == ["E1"]


def test_a_reading_of_another_document_is_refused():
    report = make()
    other = dataclasses.replace(report.document(), id="another")
    with pytest.raises(ValueError, match=r"'report'.*'another'"):
        assemble(other, report.reading())


def test_nothing_found_is_an_empty_result():
    claims = Report("The market was calm.").claims()
    assert (claims.events, claims.claims, claims.actors, claims.places, claims.times, claims.disputes) == ((),) * 6


@settings(deadline=None)  # the first example loads the tables
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=40))
def test_text_put_before_the_report_moves_every_span_and_nothing_else(before):
    """What precedes the first sentence is no part of any: only offsets may change."""
    plain, moved = make(), make()
    moved.text = before + "\n\n" + TEXT
    by = len(before) + 2

    def shift(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    reading = plain.reading()
    shifted = dataclasses.replace(
        reading,
        triggers=tuple(dataclasses.replace(t, span=shift(t.span)) for t in reading.triggers),
        mentions=tuple(dataclasses.replace(m, span=shift(m.span)) for m in reading.mentions),
    )
    document = plain.document()
    longer = dataclasses.replace(document, text=moved.text, sentences=tuple(map(shift, document.sentences)))
    expected, found = plain.claims(), assemble(longer, shifted)
    assert [(e.id, e.type, e.status, e.when, e.when_rule) for e in found.events] == [
        (e.id, e.type, e.status, e.when, e.when_rule) for e in expected.events
    ]
    assert [tuple(map(shift, a.spans)) for a in expected.actors] == [a.spans for a in found.actors]
    assert [d.why for d in found.disputes] == [d.why for d in expected.disputes]


def test_cues_and_weapons_are_no_actors():
    report = make()
    layers = {m.layer for m in report.reading().mentions}
    assert Layer.CUE in layers
    assert all("denied" not in s.of(TEXT) for a in report.claims().actors for s in a.spans)


def test_planned_events_keep_their_status():
    report = Report("The militia vowed to storm the town.")
    report.event(EventType.BATTLE, "storm", Status.FUTURE, by="The militia", on="@the town")
    (event,) = report.claims().events
    assert event.status is Status.FUTURE


def test_a_town_that_was_struck_is_a_place_in_the_words_of_what_it_was_done_to():
    report = Report("Jets struck the town of Darva on Sunday. Rebels took Aleppo.")
    report.event(EventType.AIRSTRIKE, "struck", by="Jets", on="the town of Darva")
    report.event(EventType.TAKE_CONTROL, "took", by="Rebels", on="Aleppo")
    report.place("town of Darva")
    report.place("Aleppo")
    report.place("Sunday")  # named, but nothing was done to it
    claims = report.claims()
    assert [[s.of(report.text) for s in p.spans] for p in claims.places] == [["the town of Darva"], ["Aleppo"]]
    index = Index(claims)
    assert [[p.link.name for p in index.places_of(e)] for e in claims.events][1] == ["Aleppo"]


def test_a_border_called_after_a_country_is_no_sign_of_where_its_dead_belong():
    report = Report("Rebels killed two soldiers at the Turkish border on Sunday, the Syrian army said.")
    report.event(EventType.ATTACK, "killed", by="Rebels", on="two soldiers", place="the Turkish border")
    report.said("the Syrian army", "said", Stance.ASSERTS, "killed")
    report.actor(ActorKind.REBEL, "Rebels")
    report.actor(ActorKind.MILITARY, "two soldiers")
    report.actor(ActorKind.MILITARY, "the Syrian army")
    assert [actor.link.country for actor in report.claims().actors] == ["SYR", "SYR", "SYR"]
