from __future__ import annotations

import json

import pytest

from contested.claims import from_form, to_form
from contested.errors import InputError
from contested.types import ActorKind, EventType, Stance, claim_keys, event_keys
from tests.claims.reports import Report


@pytest.fixture
def report() -> Report:
    report = Report(
        "Rebels said on Sunday they had killed at least 15 soldiers near Darvand. The army denied the “raid”."
    )
    report.event(
        EventType.ATTACK,
        "killed",
        by="they",
        on="15 soldiers",
        killed="at least 15 soldiers",
        place="Darvand",
        time="Sunday",
    )
    report.event(EventType.ATTACK, "raid", again=0)
    report.said("Rebels", "said", Stance.ASSERTS, "killed")
    report.said("The army", "denied", Stance.DENIES, "raid")
    report.actor(ActorKind.REBEL, "Rebels", "they")
    report.actor(ActorKind.MILITARY, "The army")
    return report


def test_the_form_is_json_and_quotes_the_text_exactly(report):
    form = json.loads(json.dumps(to_form(report.claims())))
    assert form["text"] == report.text
    assert (form["id"], form["date"], form["publisher"]) == ("report", "2024-05-15", "The Valley Post")
    start, end = form["claims"][1]["cue"]
    assert form["text"][start:end] == "denied"


def test_the_keys_of_the_corpus_form_are_all_there(report):
    form = to_form(report.claims())
    assert {"id", "date", "publisher", "text", "sentences", "events", "claims", "actors", "places", "times"} <= set(
        form
    )
    (event,) = form["events"]
    assert {"id", "type", "status", "mentions"} <= set(event)
    assert {"role", "span", "part"} <= set(event["mentions"][0]["args"][0])
    assert {"id", "stance", "source", "via", "cue", "of"} <= set(form["claims"][0])
    assert {"spans", "kind", "country", "name"} <= set(form["actors"][0])
    assert {"spans", "country", "level", "lat", "lon"} <= set(form["places"][0])
    assert {"span", "value", "earliest", "latest"} <= set(form["times"][0])


def test_counts_are_whole_numbers_and_open_ends_null(report):
    args = [a for m in to_form(report.claims())["events"][0]["mentions"] for a in m["args"]]
    (killed,) = [a for a in args if a["role"] == "killed"]
    assert (killed["low"], killed["high"]) == (15, None)
    assert isinstance(killed["low"], int)
    assert all("low" not in a for a in args if a["role"] == "by")


def test_open_ends_of_time_are_written_as_the_form_says():
    report = Report("Shells have fallen since Sunday.")
    report.event(EventType.SHELLING, "fallen", time="Sunday")
    (time,) = to_form(report.claims())["times"]
    assert (time["earliest"], time["latest"]) == ("2024-05-12", "~")


def test_no_publication_date_is_null_and_nothing_is_made_up():
    report = Report("Shells fell on Sunday.", published=None, publisher=None)
    report.event(EventType.SHELLING, "fell", time="Sunday")
    form = to_form(report.claims())
    assert (form["date"], form["date_origin"], form["publisher"]) == (None, None, None)
    assert (form["times"][0]["earliest"], form["times"][0]["latest"]) == ("", "~")


def test_what_the_report_does_not_say_is_said(report):
    report = Report("A blast hit Darvand.")
    report.event(EventType.BOMBING, "blast", on="@Darvand")
    (event,) = to_form(report.claims())["events"]
    assert {"who", "when"} <= {gap["what"] for gap in event["unsaid"]}


def test_disputes_name_rule_and_reason(report):
    (dispute,) = to_form(report.claims())["disputes"]
    assert dispute["kind"] == "denial"
    assert dispute["rule"] == "denial of a claim"
    assert dispute["why"].endswith("denied by The army (“denied”).")
    assert [side["claim"] for side in dispute["sides"]] == ["C1", "C2"]


@pytest.mark.parametrize("published", ["2024-05-15", None])
def test_claims_come_back_equal_from_their_form(published):
    report = Report(
        "Rebels said they had killed 10 to 12 soldiers near Aleppo since Sunday. The army denied the raid.",
        published=published,
        publisher=None,
    )
    report.event(EventType.ATTACK, "killed", by="they", killed="10 to 12 soldiers", place="Aleppo", time="Sunday")
    report.event(EventType.ATTACK, "raid", again=0)
    report.said("Rebels", "said", Stance.ASSERTS, "killed")
    report.said("The army", "denied", Stance.DENIES, "raid")
    report.actor(ActorKind.REBEL, "Rebels", "they")
    claims = report.claims()
    assert claims.places[0].link.candidates
    back = from_form(json.loads(json.dumps(to_form(claims))))
    assert to_form(back) == to_form(claims)
    assert back.document == claims.document
    assert (event_keys(back), claim_keys(back)) == (event_keys(claims), claim_keys(claims))
    assert (back.events[0].mentions, back.disputes, back.times) == (
        claims.events[0].mentions,
        claims.disputes,
        claims.times,
    )


def test_what_is_no_form_is_refused_with_its_id(report):
    form = to_form(report.claims())
    del form["places"][0]["candidates"]
    with pytest.raises(InputError, match="expected a whole reading"):
        from_form(form)
