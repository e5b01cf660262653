from __future__ import annotations

import json
from datetime import date

import pytest

import contested
from contested import pipeline
from contested.claims import to_form
from contested.errors import InputError, ResourceError, Skipped
from contested.pipeline.stream import WORTH_PROCESSES_CHARACTERS
from contested.sources import ReadOptions
from contested.types import Claims
from tests.pipeline.readers import WordReader
from tests.pipeline.stories import STORY


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    monkeypatch.setattr("contested.reader.load", WordReader)


def test_reports_come_in_the_order_of_the_input_with_failures_in_their_place(tmp_path):
    lines = [json.dumps({"id": str(number), "text": STORY}) for number in range(40)]
    lines[7] = "{broken"
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines))
    results = list(pipeline.read([str(path)], jobs=1))
    assert [r.document.id if isinstance(r, Claims) else "lost" for r in results] == [
        *map(str, range(7)),
        "lost",
        *map(str, range(8, 40)),
    ]
    assert results[7].where.endswith("many.jsonl:8")


def test_what_is_made_of_claims_where_they_are_read_is_what_would_be_made_of_them_here(tmp_path):
    lines = [json.dumps({"id": str(number), "text": STORY}) for number in range(6)]
    lines[2] = "{broken"
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines))
    made = list(pipeline.read_as(to_form, [str(path)], jobs=1))
    assert [str(r) if isinstance(r, InputError) else r for r in made] == [
        str(r) if isinstance(r, InputError) else to_form(r) for r in pipeline.read([str(path)], jobs=1)
    ]
    assert sum(isinstance(r, InputError) for r in made) == 1


def test_several_paths_and_one_that_is_missing(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    results = list(pipeline.read([str(tmp_path / "a.txt"), str(tmp_path / "missing.txt")]))
    assert isinstance(results[0], Claims)
    assert isinstance(results[1], InputError)
    assert "missing.txt" in str(results[1])


def test_a_given_date_is_every_reports_date(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (claims,) = pipeline.read([str(tmp_path / "a.txt")], ReadOptions(published=date(2024, 5, 15)))
    assert claims.document.published.day == date(2024, 5, 15)


def test_a_fault_of_ours_costs_one_report_and_says_which_and_where(tmp_path):
    lines = [
        json.dumps({"id": f"r{number}", "text": STORY + (" faulty" if number == 2 else "")}) for number in range(5)
    ]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines))
    results = list(pipeline.read([str(path)], jobs=1))
    assert [isinstance(r, Claims) for r in results] == [True, True, False, True, True]
    assert "while reading document 'r2'" in str(results[2])
    assert "a shape that does not fit" in str(results[2])
    assert results[2].where.endswith(":3")


def test_a_fault_in_assembling_says_so(tmp_path, monkeypatch):
    def fail(document, reading, gazetteer):
        raise KeyError("t9")

    monkeypatch.setattr("contested.pipeline.batches.assemble", fail)
    (tmp_path / "a.txt").write_text(STORY)
    (error,) = pipeline.read([str(tmp_path / "a.txt")])
    assert "while assembling the claims of document" in str(error)


def test_missing_weights_stop_the_run(tmp_path, monkeypatch):
    def fail():
        raise ResourceError("the weights are missing")

    monkeypatch.setattr("contested.reader.load", fail)
    (tmp_path / "a.txt").write_text(STORY)
    with pytest.raises(ResourceError):
        list(pipeline.read([str(tmp_path / "a.txt")]))


def test_short_input_starts_no_process(tmp_path, monkeypatch):
    monkeypatch.setattr("contested.pipeline.stream.read_with_workers", lambda *a: pytest.fail("processes were started"))
    (tmp_path / "a.txt").write_text(STORY)
    assert len(list(pipeline.read([str(tmp_path / "a.txt")], jobs=8))) == 1


def test_long_input_goes_to_processes(tmp_path, monkeypatch):
    seen = []

    def record(batches, jobs, task):
        for batch in batches:
            seen.append(jobs)
            yield batch, [Claims(document, (), (), (), (), (), (), "none") for document in batch.documents]

    monkeypatch.setattr("contested.pipeline.stream.read_with_workers", record)
    number = WORTH_PROCESSES_CHARACTERS // len(STORY) + 1
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps({"id": str(n), "text": STORY}) for n in range(number)))
    results = list(pipeline.read([str(path)], jobs=3))
    assert [r.document.id for r in results] == [str(n) for n in range(number)]
    assert set(seen) == {3}


def test_the_public_verb_reads_a_text():
    claims = contested.read(STORY, published="2024-05-15", publisher="The Valley Post", id="a1")
    assert (claims.document.id, claims.document.text) == ("a1", STORY)
    assert claims.events[0].mentions[0].trigger.of(STORY) == "shelled"


def test_the_public_verb_refuses_what_is_no_report_and_no_date():
    with pytest.raises(Skipped):
        contested.read("   ")
    with pytest.raises(InputError, match="2024-5"):
        contested.read(STORY, published="2024-5")


def test_the_package_has_a_version_and_knows_no_other_name():
    assert contested.__version__
    with pytest.raises(AttributeError, match="rede"):
        _ = contested.rede
