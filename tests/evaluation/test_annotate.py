"""Notes become exact offsets, or are refused with the line that is wrong."""

from __future__ import annotations

import pytest

from evaluation.annotate import NoteError, build_gold

TEXT = "Gunmen  shot two men on Monday.\n\nThe police said they\nfled."
NOTES = """
## demo | 2020-03-04 | The Example
[1] Gunmen shot two men on Monday.
[2] The police said they fled.
#P demo
E1 attack actual 1"shot" | by 1"Gunmen" | time 1"Monday" | killed 1"two men"
E2 withdraw actual 2"fled" | by 2"they"
C1 asserts | source 2"The police" | cue 2"said" | of E2
A 1"Gunmen"; 2"they" | gunmen | - | gunmen
A 2"The police" | police | - | police
T 1"Monday" | 2020-03-02
"""


def _quoted(span):
    return TEXT[span[0] : span[1]]


def test_spans_are_found_in_the_text_as_it_is():
    gold = build_gold(NOTES, TEXT)
    assert [_quoted(s) for s in gold["sentences"]] == ["Gunmen  shot two men on Monday.", "The police said they\nfled."]
    (first, second) = gold["events"]
    assert _quoted(first["mentions"][0]["trigger"]) == "shot"
    assert [(a["role"], _quoted(a["span"])) for a in first["mentions"][0]["args"]] == [
        ("by", "Gunmen"),
        ("time", "Monday"),
        ("killed", "two men"),
    ]
    assert _quoted(second["mentions"][0]["trigger"]) == "fled"
    assert gold["claims"][0] | {"id": "", "source": None, "cue": None} == {
        "id": "",
        "stance": "asserts",
        "source": None,
        "via": None,
        "cue": None,
        "of": ["E2"],
    }
    assert gold["times"] == [{"span": gold["times"][0]["span"], "value": "2020-03-02"}]


def test_a_star_marks_a_part_and_a_number_an_occurrence():
    text = "Shells killed ten people and five people. People fled."
    notes = """
## demo | 2020-03-04 | The Example
[1] Shells killed ten people and five people.
[2] People fled.
#P demo
E1 shelling actual 1"Shells" | killed 1"ten people" | killed* 1"people"#2
"""
    (event,) = build_gold(notes, text)["events"]
    whole, part = event["mentions"][0]["args"]
    assert (whole["part"], part["part"]) == (False, True)
    assert text[part["span"][0] : part["span"][1]] == "people"
    assert part["span"][0] == text.index("people.")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('1"shot"', '1"stabbed"', "does not hold"),
        ('1"shot"', '1"sho"', "does not hold"),
        ('1"shot"', '3"shot"', "no sentence 3"),
        ("attack actual", "murder actual", "'murder' is not a valid"),
        ("attack actual", "attack certain", "'certain' is not a valid"),
        ("of E2", "of E3", "which is no event"),
        ('A 2"The police" | police | - | police\n', "", "no A line"),
        ('T 1"Monday" | 2020-03-02\n', "", "no T line"),
        ("2020-03-02", "last Monday", "is no day"),
        ("[2] The police said they fled.", "[2] The police said they ran.", "does not hold sentence 2"),
        ("[2] The", "[3] The", "is numbered 3"),
        ('C1 asserts | source 2"The police" | cue 2"said" | of E2\n', "", "plays no part"),
        ("#P demo", "Q what is this", "expected an E, C, A, P or T line"),
    ],
)
def test_what_cannot_be_true_is_refused(old, new, complaint):
    assert old in NOTES
    with pytest.raises(NoteError, match=complaint):
        build_gold(NOTES.replace(old, new), TEXT)
