import json

import pytest

from training.annotated import FOLDER, WRITTEN, Blocks, compiled, shown

TEXT = "Rebels shelled the port. The army said rebels shelled it, and that two guards died."
PASSAGE = {"id": "p-0", "date": "2016-07-31", "publisher": "", "text": TEXT, "sentences": [[0, 24], [25, len(TEXT)]]}
BLOCK = """#P p-0
E1 shelling actual 1"shelled" | by 1"Rebels" | on 1"the port"
E1+ 2"shelled" | by 2"rebels" | killed 2"two guards"
C1 asserts | source 2"The army" | cue 2"said" | of E1
A 1"Rebels"; 2"rebels" | rebel
A 2"The army" | military
P 1"the port" | - | site
"""


def read(block):
    (blocks,) = compiled({"p-0": PASSAGE}, block)
    return blocks


def test_a_block_becomes_the_corpus_form():
    blocks = read(BLOCK)
    form = blocks.form()
    assert not blocks.faults
    (event,) = form["events"]
    triggers = [TEXT[slice(*m["trigger"])] for m in event["mentions"]]
    assert triggers == ["shelled", "shelled"]
    assert event["mentions"][1]["trigger"][0] > 24
    (claim,) = form["claims"]
    assert TEXT[slice(*claim["source"])] == "The army"
    assert claim["of"] == ["E1"]
    assert [len(a["spans"]) for a in form["actors"]] == [2, 1]
    assert "text" not in form


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('E2 attack actual 1"stormed"', "not in the sentence"),
        ('E2 attack actual 7"shelled"', "no sentence 7"),
        ('E2 raid actual 1"shelled"', "raid"),
        ('C2 asserts | source - | cue 2"said" | of E9', "no event E9"),
        ("A the army | military", "not a span"),
        ("nonsense", "not understood"),
    ],
)
def test_what_does_not_fit_the_text_is_a_fault(line, fault):
    assert any(fault in f for f in read(BLOCK + line).faults)


def test_the_second_of_two_like_words_is_the_second():
    blocks = Blocks(PASSAGE | {"text": "They fired and fired.", "sentences": [[0, 21]]})
    assert blocks.spans('1"fired"#2') == [[15, 20]]


def test_a_passage_is_shown_with_its_sentences_numbered():
    assert shown(PASSAGE).splitlines()[1] == "[1] Rebels shelled the port."


def test_our_annotations_hold_offsets_and_no_text():
    for path in FOLDER.glob("*.jsonl"):
        for line in path.read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            assert set(row) == {"id", "sentences", "events", "claims", "actors", "places", "times"}
            assert not any(a["name"] for a in row["actors"])


def test_reports_written_for_training_say_that_they_are_invented_and_hold_all_that_is_annotated():
    texts = {}
    for row in map(json.loads, WRITTEN.read_text(encoding="utf8").splitlines()):
        assert row["invented"]
        texts[row["id"]] = row["text"]
    rows = [json.loads(line) for line in (FOLDER / "written.jsonl").read_text(encoding="utf8").splitlines()]
    assert {row["id"] for row in rows} == set(texts)
    for row in rows:
        text = texts[row["id"]]
        ends = [end for _, end in row["sentences"]]
        assert ends == sorted(ends)
        assert ends[-1] == len(text)
        spans = [m["trigger"] for e in row["events"] for m in e["mentions"]]
        spans += [a["span"] for e in row["events"] for m in e["mentions"] for a in m["args"]]
        spans += [c[part] for c in row["claims"] for part in ("source", "via", "cue") if c[part]]
        assert all(0 <= a < z <= len(text) for a, z in spans), row["id"]
