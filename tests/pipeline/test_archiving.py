from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet
import pytest

from contested import pipeline
from contested.errors import InputError
from contested.pipeline import archiving
from contested.pipeline.ledger import LEDGER, MANIFEST
from contested.pipeline.parts import part_name, tables
from tests.pipeline.killed_add import CompanyReader
from tests.pipeline.stories import STORY, numbered

SETTINGS = {"code": "test", "model": "one word"}


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    # Its scores depend on what is read together: only the same batches give the same bytes.
    monkeypatch.setattr("contested.reader.load", CompanyReader)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return numbered(tmp_path / "reports.jsonl", 300, broken=[100], times=3)


def code(reports: Path, folder: Path, **more: object) -> None:
    pipeline.archive([str(reports)], folder, settings=SETTINGS, jobs=1, part_batches=2, **more)  # type: ignore[arg-type]


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rows_of(folder: Path, table: str) -> list[dict[str, object]]:
    return pyarrow.parquet.read_table(folder / table).to_pylist()


def test_every_report_is_in_the_parts_or_among_the_unread(tmp_path, reports):
    code(reports, tmp_path / "out")
    documents, unread = rows_of(tmp_path / "out", "documents"), rows_of(tmp_path / "out", "unread")
    assert [d["number"] for d in documents] == list(range(1, 300))
    assert [(u["number"], u["where"]) for u in unread] == [(100, f"{reports}:101")]
    assert json.loads(str(documents[7]["form"]))["text"].endswith("Day 7.")
    (row, *_) = rows_of(tmp_path / "out", "claims")
    assert (row["event_type"], row["trigger"], row["published_at"].isoformat()) == ("shelling", "shelled", "2016-08-01")


def test_the_columns_are_those_of_the_table_beside_the_code(tmp_path, reports):
    code(reports, tmp_path / "out")
    for table, columns in tables().items():
        assert pyarrow.parquet.read_schema(tmp_path / "out" / part_name(table, 1)).names == list(columns)


def test_the_manifest_names_every_file_with_its_sum(tmp_path, reports):
    code(reports, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_text())
    assert (manifest["documents"], manifest["unread"], manifest["settings"]) == (299, 1, SETTINGS)
    assert len(manifest["parts"]) == len(list((tmp_path / "out" / "documents").iterdir())) > 2


@pytest.mark.parametrize("killed_after", [0, 1, 3])
def test_a_run_that_was_interrupted_goes_on_and_ends_with_the_same_bytes(tmp_path, reports, killed_after):
    code(reports, tmp_path / "undisturbed")
    ledger = tmp_path / "out" / LEDGER

    def stop(progress: archiving.Progress) -> None:
        if ledger.exists() and len(ledger.read_text().splitlines()) > killed_after and progress.documents % 64 == 32:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        code(reports, tmp_path / "out", watch=stop)
    assert not (tmp_path / "out" / MANIFEST).exists()
    with ledger.open("a") as file:
        file.write('{"part": 99, "docu')  # the line that the kill cut off
    passed: list[int] = []
    code(reports, tmp_path / "out", watch=lambda progress: passed.append(progress.passed))
    assert files_of(tmp_path / "out") == files_of(tmp_path / "undisturbed")
    assert passed[0] == 64 * killed_after + (killed_after >= 2)  # the broken line is in the second part


def test_a_finished_run_run_again_changes_nothing(tmp_path, reports, monkeypatch):
    code(reports, tmp_path / "out")
    before = files_of(tmp_path / "out")
    monkeypatch.setattr(
        "contested.pipeline.coding.read_documents_as", lambda *a: pytest.fail("something was read again")
    )
    code(reports, tmp_path / "out")
    assert files_of(tmp_path / "out") == before


def test_going_on_with_another_input_is_refused(tmp_path, reports):
    code(reports, tmp_path / "out")
    reports.write_text(reports.read_text().replace("Day 3.", "Day three."))
    with pytest.raises(InputError, match="the input has changed since this run began: part 1"):
        code(reports, tmp_path / "out")


def test_going_on_with_other_settings_is_refused_and_says_which(tmp_path, reports):
    code(reports, tmp_path / "out")
    with pytest.raises(InputError, match="model was 'one word', now 'two words'"):
        pipeline.archive(
            [str(reports)], tmp_path / "out", settings={**SETTINGS, "model": "two words"}, jobs=1, part_batches=2
        )


def test_a_folder_with_other_files_is_left_alone(tmp_path, reports):
    with pytest.raises(InputError, match="a folder with other files in it"):
        code(reports, tmp_path)


def test_another_engine_gives_the_same_bytes(tmp_path, reports):
    seen: list[int] = []

    def engine(batches, task):
        for batch in batches:
            seen.append(len(batch.documents))
            yield batch, task(batch.documents)

    code(reports, tmp_path / "local")
    code(reports, tmp_path / "other", engine=engine)
    assert sum(seen) == 299
    assert files_of(tmp_path / "local") == files_of(tmp_path / "other")


def test_half_a_surrogate_pair_is_stored_visibly(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a\udc80", "text": STORY + " \udc80"}))
    code(path, tmp_path / "out")
    (row,) = rows_of(tmp_path / "out", "documents")
    assert row["doc_id"] == "a\\udc80"
