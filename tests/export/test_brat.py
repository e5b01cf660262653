from __future__ import annotations

from dataclasses import replace

import pytest

from contested.export import FormatName, Options
from contested.export.brat import configuration
from contested.types import ActorKind, EventType
from tests.claims.reports import Report
from tests.export.evidence_reports import TEXT, export, problems, report

BRAT = FormatName.BRAT


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return export(BRAT, tmp_path_factory.mktemp("brat"))[0]


def ann(folder):
    return next(folder.glob("*.ann")).read_text(encoding="utf-8").splitlines()


def test_every_line_keeps_to_the_grammar_and_to_the_text(folder):
    assert problems(BRAT, folder) == []
    assert problems(BRAT, next(folder.glob("*.ann"))) == []


def test_offsets_are_code_points_of_the_untouched_text(folder):
    text = next(folder.glob("*.txt")).read_text(encoding="utf-8")
    assert len(text) == len(TEXT)
    for line in ann(folder):
        if line.startswith("T"):
            _, place, words = line.split("\t")
            start, end = map(int, place.split(" ")[1:])
            assert text[start:end] == words


def test_events_have_their_arguments_and_a_saying_its_speaker_and_its_event(folder):
    lines = ann(folder)
    texts = {line.split("\t")[0]: line.split("\t")[-1] for line in lines if line[0] == "T"}
    events = [line.split("\t")[1].split(" ") for line in lines if line[0] == "E"]
    strike = next(e for e in events if e[0].startswith("airstrike"))
    assert {a.split(":")[0]: texts[a.split(":")[1]] for a in strike} == {
        "airstrike": "bombed",
        "by": "Army helicopters",
        "on": "the market",
        "place": "Saraqib",
        "time": "Monday",
        "killed": "12 people",
    }
    denial = next(e for e in events if e[0].startswith("denies"))
    assert denial[1].split(":")[0] == "who"
    assert denial[2] == "of:E2"  # the second telling of the strike, which is what is denied
    assert any(line.endswith("same_event Arg1:T1 Arg2:T7") for line in lines)


def test_status_and_references_are_there(folder):
    lines = ann(folder)
    assert [line.split(" ")[-1] for line in lines if "\tstatus " in line].count("hypothetical") == 1
    assert any(line.endswith("GeoNames:169389\tIdlib") for line in lines)


def test_several_of_one_role_are_numbered_and_words_over_a_line_end_are_in_two_pieces(tmp_path):
    made = Report("Rebels and clan\nfighters shelled Idlib.\tNobody was hurt.")
    made.event(EventType.SHELLING, "shelled", by=["Rebels", "clan\nfighters"], on="@Idlib")
    made.actor(ActorKind.REBEL, "Rebels")
    made.actor(ActorKind.MILITIA, "clan\nfighters")
    folder, _ = export(BRAT, tmp_path, None, made.claims())
    assert problems(BRAT, folder) == []
    assert "T3\tactor 11 15;16 24\tclan fighters" in ann(folder)
    assert any("by:T2 by2:T3" in line for line in ann(folder))


def test_half_a_surrogate_pair_in_a_text_moves_no_offset(tmp_path):
    made = Report("Rebels \udc80 shelled Idlib.")
    made.event(EventType.SHELLING, "shelled", by="Rebels", on="@Idlib")
    folder, _ = export(BRAT, tmp_path, None, made.claims())
    assert problems(BRAT, folder) == []
    assert len(next(folder.glob("*.txt")).read_text(encoding="utf-8")) == len(made.text)


def test_only_sentences_that_something_rests_on_are_in_the_text_unless_all_is_asked_for(folder, tmp_path):
    assert "valley" not in next(folder.glob("*.txt")).read_text(encoding="utf-8")
    whole, _ = export(BRAT, tmp_path, Options(full_text=True))
    assert "valley" in next(whole.glob("*.txt")).read_text(encoding="utf-8")
    assert problems(BRAT, whole) == []


def test_private_names_are_masked_in_every_file(folder):
    assert all("Haddad" not in path.read_text(encoding="utf-8") for path in folder.iterdir())


def test_two_reports_are_two_pairs_of_files(tmp_path):
    other = report()
    other = replace(other, document=replace(other.document, id="report-2"))
    folder, _ = export(BRAT, tmp_path, None, report(), other)
    assert len(list(folder.glob("*.ann"))) == len(list(folder.glob("*.txt"))) == 2
    assert problems(BRAT, folder) == []


def test_the_configuration_has_brats_four_sections():
    sections = [line for line in configuration().splitlines() if line.startswith("[")]
    assert sections == ["[entities]", "[relations]", "[events]", "[attributes]"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("T1\tairstrike 17 23\tbombed", "T1\tairstrike 17 24\tbombed"), "the text has"),
        (("T1\tairstrike 17 23", "T1\tairstrike 9917 9923"), "inside the text"),
        (("T1\tairstrike 17 23", "T1\tairstrike 23 17"), "run forward"),
        (("T1\tairstrike", "T1\tunheard_of"), "declares no such type"),
        (("E1\tairstrike:T1", "E1\tairstrike:T2"), "the trigger is a text of the type airstrike"),
        (("E1\tairstrike:T1 by:T2", "E1\tairstrike:T1 by:T999"), "no annotation has this id"),
        (("E1\tairstrike:T1 by:T2", "E1\tairstrike:T1 owner:T2"), "declares no such role"),
        (("by:T2 on:T3", "by:T2 by:T3"), "are numbered"),
        (("A1\tstatus E1", "A1\tstatus E999"), "no annotation has this id"),
        (("T2\tactor", "T1\tactor"), "an id stands once"),
        (("T2\tactor 0 16\t", "T2 actor 0 16 "), "no line of brat's standoff format"),
    ],
)
def test_the_grammar_refuses(folder, tmp_path, change, rule):
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace(*change, 1) if path.suffix == ".ann" else text, encoding="utf-8")
    assert any(rule in problem for problem in problems(BRAT, tmp_path))


def test_a_folder_without_annotations_and_annotations_without_a_text_are_refused(folder, tmp_path):
    assert "a folder with .ann files" in problems(BRAT, tmp_path)[0]
    (tmp_path / "alone.ann").write_text("T1\tactor 0 1\tA\n", encoding="utf-8")
    assert "a .txt file lies beside" in problems(BRAT, tmp_path)[0]
