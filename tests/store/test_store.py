from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

import pytest

from contested.errors import InputError
from contested.incidents import Verdict
from contested.store import open_store
from contested.types import (
    ActorKind,
    Claims,
    DateOrigin,
    Document,
    EventType,
    Furniture,
    FurnitureKind,
    Published,
    Span,
    Stance,
    document_key,
    event_keys,
    text_sha256,
)
from tests.claims.reports import Report

NOW = datetime(2024, 5, 16, 12, tzinfo=UTC)
TEXT = (
    "Rebels said on Sunday they had killed at least 15 soldiers near Paris. The army denied the raid. "
    "Monitors said the raid killed nine soldiers. Shells fell on the bus station of the town of Aleppo."
)


def story() -> Claims:
    report = Report(TEXT)
    report.event(EventType.ATTACK, "killed", by="they", killed="at least 15 soldiers", place="Paris", time="Sunday")
    report.event(EventType.ATTACK, "raid", again=0)
    report.event(EventType.ATTACK, "raid#2", again=0, killed="nine soldiers")
    report.event(EventType.SHELLING, "fell", on="the bus station", place="Aleppo")
    report.said("Rebels", "said", Stance.ASSERTS, "killed")
    report.said("The army", "denied", Stance.DENIES, "raid", via="Monitors")
    report.said("Monitors", "said#2", Stance.ASSERTS, "raid#2", "fell")
    report.said(None, "said#2", Stance.ASSERTS, "fell", "killed")  # events in an order of its own
    report.actor(ActorKind.REBEL, "Rebels", "they")
    report.actor(ActorKind.MILITARY, "The army")
    report.actor(ActorKind.NGO, "Monitors")
    claims = report.claims()
    framed = dataclasses.replace(
        claims.document,
        headline=Span(0, 6),
        headline_text="Rebels",
        dateline=Span(7, 11),
        byline="A. Writer",
        url="https://post.example/a?b=%s",
        furniture=(Furniture(Span(0, 6), FurnitureKind.HEADING, "a rule"),),
        warnings=("a warning with a ? and a %",),
    )
    return dataclasses.replace(claims, document=framed)


def plain(id_: str, text: str, *, url: str | None = None, model: str = "m1") -> Claims:
    document = Document(id_, text, (Span(0, len(text)),), url=url)
    return Claims(document, (), (), (), (), (), (), model)


def put(store, *results, again=False):
    run = store.begin_run(settings="{}", code="1", at=NOW)
    added = store.add(results, run=run, again=again)
    store.end_run(run, NOW)
    return added


def test_claims_come_back_equal(store):
    told = story()
    assert told.disputes
    assert any(p.link.chosen for p in told.places)
    assert any(a.amount for e in told.events for a in e.arguments())
    put(store, told)
    assert list(store.claims()) == [told]
    assert list(store.claims_of(["report", "unknown"])) == [told]


def test_a_text_of_any_characters_comes_back_untouched(store):
    text = "Ein Ort 🏚 name\u0301d “Дарванд”,\r\nsaid \u202eso\u202c."
    put(store, plain("a", text))
    assert [v.document.text for v in store.documents()] == [text]


def test_names_that_no_database_keeps_are_cleaned(store):
    odd = dataclasses.replace(plain("i\x00d", "A text.").document, where="caf\udce9.txt", publisher="P\x00Q")
    claims = dataclasses.replace(plain("", "A text."), document=odd)
    put(store, claims, claims)
    assert [(v.document.id, v.document.where, v.document.publisher) for v in store.documents()] == [
        ("i�d", "caf�.txt", "P�Q")
    ]
    assert store.known([odd])


def test_a_text_that_cannot_be_kept_unaltered_is_left_out_with_a_reason(store):
    added = put(store, plain("a", "Half \ud83d of it."))
    assert ("surrogate" in added.failures[0].message, list(store.documents())) == (True, [])
    assert [f.reason for f in store.failures()] == [added.failures[0].message]


def test_the_same_text_under_the_same_id_is_there_once(store):
    assert put(store, plain("a", "One."), plain("a", "One.")).known == 1
    assert put(store, plain("a", "One.")).known == 1
    assert len(list(store.documents(superseded=True))) == 1


def test_a_changed_text_under_the_same_id_is_a_new_version(store):
    put(store, plain("a", "Ten died."), plain("b", "Calm."))
    assert put(store, plain("a", "Twelve died.")).superseding == 1
    assert [(v.document.text, v.version) for v in store.documents()] == [("Calm.", 1), ("Twelve died.", 2)]
    assert [v.superseded for v in store.documents(superseded=True)] == [True, False, False]
    assert [c.document.text for c in store.claims(superseded=True)] == ["Ten died.", "Calm.", "Twelve died."]
    assert store.document("a").version == 2
    assert store.document(document_key(plain("a", "Ten died.").document)).version == 1


def test_two_outlets_that_number_their_reports_alike_do_not_replace_each_other(store):
    one, two = plain("1", "Ten died in Baidoa."), plain("1", "Nine died in Kharkiv.")
    by = lambda claims, name: dataclasses.replace(claims, document=dataclasses.replace(claims.document, publisher=name))  # noqa: E731
    put(store, by(one, "Lantern"))
    added = put(store, by(two, "Meridian"))
    assert (added.documents, added.superseding) == (0, 0)
    assert "a report of Lantern" in added.failures[0].message
    assert put(store, by(two, "The Lantern")).superseding == 1  # one outlet by another of its names
    assert put(store, by(one, "Meridian")).known == 1  # the same text


def test_a_changed_text_at_the_same_address_is_a_new_version_when_ids_are_made_from_texts(store):
    first, second = (plain(text_sha256(t)[:16], t, url="https://p.example/1") for t in ("Ten died.", "Twelve died."))
    put(store, first, second)
    assert [(v.document.text, v.version, v.report) for v in store.documents()] == [
        ("Twelve died.", 2, first.document.id)
    ]


def test_given_ids_tell_reports_at_one_address_apart(store):
    put(store, plain("1", "Ten died.", url="https://p.example"), plain("2", "Calm.", url="https://p.example"))
    assert [v.version for v in store.documents()] == [1, 1]


def test_another_models_reading_is_added_only_when_asked_for_and_then_holds(store):
    put(store, plain("a", "One.", model="m1"))
    put(store, plain("a", "One.", model="m2"))
    assert [c.model for c in store.claims()] == ["m1"]
    assert put(store, plain("a", "One.", model="m2"), again=True).again == 1
    assert put(store, plain("a", "One.", model="m2"), again=True).known == 1
    assert [c.model for c in store.claims()] == ["m2"]
    assert store.known([plain("a", "One.").document], model="m3") == frozenset()


def test_a_retraction_is_kept_and_the_report_too(store):
    put(store, plain("a", "Ten died."))
    store.retract("a", "the outlet withdrew it", NOW)
    store.retract("a", "the outlet withdrew it", NOW)
    assert [v.retracted for v in store.documents()] == ["the outlet withdrew it"]
    assert list(store.claims()) == []
    assert len(list(store.claims(retracted=True))) == 1
    with pytest.raises(InputError, match="expected the id of a report"):
        store.retract("z", "no such", NOW)


def test_a_batch_that_fails_leaves_no_trace(store):
    def results():
        yield plain("a", "One.")
        yield plain("b", "Two.")
        raise MemoryError

    with pytest.raises(MemoryError):
        put_batch(store, results())
    assert list(store.documents()) == []
    assert store.failures() == []


def put_batch(store, results):
    store.add(results, run=store.begin_run(settings="{}", code="1", at=NOW))


def test_a_run_keeps_what_it_was_asked_who_did_it_and_what_it_brought(store):
    run = store.begin_run(settings='{"paths": ["a"]}', code="0.1.0", at=NOW)
    store.add([plain("a", "One."), InputError("empty", "b.txt")], run=run)
    store.begin_run(settings="{}", code="0.1.0", at=NOW)
    store.end_run(run, NOW, known=3)
    first, second = store.runs()
    assert (first.settings, first.code, first.model) == ('{"paths": ["a"]}', "0.1.0", "m1")
    assert (first.started, first.ended, second.ended) == (
        "2024-05-16T12:00:00+00:00",
        "2024-05-16T12:00:00+00:00",
        None,
    )
    assert (first.added, first.known, first.failed) == (1, 3, 1)


def test_judgements_are_kept_in_order_and_none_replaces_another(store, opened):
    store.judge("x", "y", Verdict.SAME, reviewer="r1", at=NOW)
    store.judge("y", "x", Verdict.DIFFERENT, reviewer="r2", at=NOW, reason="two bridges")
    kept = opened().judgements()
    assert [(j.a, j.b, j.verdict, j.number, j.by, j.why) for j in kept] == [
        ("x", "y", Verdict.SAME, 1, "r1", ""),
        ("x", "y", Verdict.DIFFERENT, 2, "r2", "two bridges"),
    ]
    with pytest.raises(InputError, match="two ids"):
        store.judge("x", "x", Verdict.SAME, reviewer="r1", at=NOW)


def test_merged_incident_ids_keep_resolving(store):
    store.alias_incident("i1", "i2", NOW)
    store.alias_incident("i2", "i3", NOW)
    store.alias_incident("i3", "i1", NOW)  # a circle is refused: they are one already
    assert {i: store.resolve_incident(i) for i in ("i1", "i2", "i3", "i4")} == {
        "i1": "i3",
        "i2": "i3",
        "i3": "i3",
        "i4": "i4",
    }


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
@pytest.mark.parametrize(("table", "column"), [("document", "text"), ("event", "type"), ("claim", "stance")])
def test_the_database_itself_refuses_to_change_what_was_said(store, statement, table, column):
    put(store, story())
    with pytest.raises(Exception, match="append-only"):
        store._db.rows(statement.format(table, column, column))
    assert list(store.claims()) == [story()]


def test_what_a_writer_has_not_finished_no_reader_sees(opened):
    writer, reader = opened(), opened()

    def results():
        yield plain("a", "One.")
        assert list(reader.documents()) == []

    put_batch(writer, results())
    assert len(list(reader.documents())) == 1


def test_more_than_a_page_streams_in_order(store):
    put(store, *(plain(f"r{n}", f"Report {n}.") for n in range(450)))
    assert [c.document.id for c in store.claims()] == [f"r{n}" for n in range(450)]


def test_the_fingerprint_is_of_content_whichever_runs_and_databases_brought_it(store, tmp_path):
    put(store, story())
    put(store, plain("a", "One."), InputError("empty", "b.txt"))
    with open_store(tmp_path / "other.db") as other:
        put(other, story(), plain("a", "One."))
        assert other.fingerprint() != store.fingerprint()
        put(other, InputError("empty", "b.txt"))
        assert other.fingerprint() == store.fingerprint()


def test_keys_leave_the_model_out_and_tell_documents_apart():
    told = story()
    later = dataclasses.replace(told, model="a later one", events=told.events[::-1])
    elsewhere = dataclasses.replace(told, document=dataclasses.replace(told.document, id="other"))
    assert event_keys(told) == event_keys(later)
    assert not set(event_keys(told).values()) & set(event_keys(elsewhere).values())


def test_a_publication_day_comes_back_with_its_origin(store):
    document = dataclasses.replace(plain("a", "One.").document, published=Published(date(2024, 2, 29), DateOrigin.URL))
    put(store, dataclasses.replace(plain("a", "One."), document=document))
    assert [v.document for v in store.documents()] == [document]
