"""A text in memory becomes a Document; what is no report is refused with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import Skipped
from contested.sources import LONGEST_REPORT, document
from contested.types import DateOrigin, Published

PROSE = "The army said on Sunday that its troops had taken the village after a battle with rebels."

pieces = st.sampled_from(
    [
        PROSE,
        "Skip to main content",
        "By Jane Doe",
        "BEIRUT (AP) — The army left.",
        "“We left. They came,” he said.",
        "Major fight",
        "\r\n",
        "\n\n",
        "\n",
        " ",
        "\t",
        "\u2028",
        "\u00a0",
        "😀",
        "\u200f",
        "e\u0301",
        "ﷺ",
        "\ufeff",
        "\x85",
        "(AFP)",
        '"',
        "”",
        ".",
        "• ",
    ]
)


@given(st.lists(st.one_of(pieces, st.text(max_size=20)), max_size=30))
def test_the_text_is_untouched_and_every_character_is_accounted_for_once(parts: list[str]) -> None:
    text = PROSE + "\n\n" + "".join(parts).encode("utf-8", "replace").decode()
    try:
        report = document(text)
    except Skipped:
        return
    assert report.text == text
    spans = sorted([*report.sentences, *(furniture.span for furniture in report.furniture)])
    covered = 0
    for span in spans:
        assert span.start >= covered
        assert not text[covered : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        covered = span.end
    assert not text[covered:].strip()


@given(st.text(alphabet="ab .\n\"'“”()-•", max_size=200))
def test_spans_shift_with_what_stands_before(tail: str) -> None:
    report = document(PROSE + "\n\n" + PROSE + tail)
    shifted = document("Skip to main content\n\n" + report.text)
    shift = len("Skip to main content\n\n")
    assert [(s.start + shift, s.end + shift) for s in report.sentences] == [(s.start, s.end) for s in shifted.sentences]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("12 + 34 = 46", "no words"),
        ("a" * (LONGEST_REPORT + 1), "too long"),
        ("Skip to main content\nHome\nShare", "no prose"),
        (
            "Le ministère a déclaré que les forces armées avaient repris la ville aux rebelles après des combats.",
            "French",
        ),
        ("El ejército dijo que sus tropas habían tomado la ciudad después de una batalla con los rebeldes.", "Spanish"),
        (
            "Die Armee teilte mit, dass ihre Truppen die Stadt nach einem Gefecht mit den Rebellen eingenommen haben.",
            "German",
        ),
        ("Армия заявила, что её войска взяли город после боя с повстанцами.", "Cyrillic"),
        ("وقال الجيش إن قواته سيطرت على المدينة بعد معركة مع المتمردين", "Arabic"),
        ("军方表示，其部队在与叛军交战后占领了该市。", "CJK"),
        (
            "Ordu bir çatışmanın ardından kasabayı aldığını ve bunun için çok asker gönderdiğini söyledi.",
            "Turkish",
        ),
    ],
)
def test_what_is_no_english_report_is_skipped_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Skipped, match=reason) as caught:
        document(text, where="note.txt")
    assert str(caught.value).startswith("note.txt: ")


@pytest.mark.parametrize(
    "text",
    [
        "Rebels seize airport",
        "Drone strikes hit Al-Qutayfah, Jisr al-Shughur, Deir Hafer, Tell Rifaat, Ma'arrat Misrin and Khan al-Subul.",
        "Fighters from Jama'at Nusrat al-Islam wal-Muslimin attack Ouagadougou, Burkina Faso.",
        "The mayor of La Paz de la Sierra says two people were killed.",
        "Troops said “Allahu akbar, لا إله إلا الله” as they entered the town of دوما on Monday.",
    ],
)
def test_terse_english_full_of_foreign_names_passes(text: str) -> None:
    assert document(text).text == text


def test_the_id_is_kept_or_made_from_the_text_alone() -> None:
    assert document(PROSE, id=" A/1 ").id == " A/1 "
    made = document(PROSE, where="a.txt").id
    assert made == document(PROSE, where="b.txt", publisher="Example").id
    assert len(made) == 16
    assert made != document(PROSE + " ").id


def test_half_a_character_is_replaced_one_for_one_and_said() -> None:
    report = document(f"{PROSE} \ud83d {PROSE}")
    assert report.text == f"{PROSE} \ufffd {PROSE}"
    assert "surrogate" in report.warnings[0]


@pytest.mark.parametrize(
    ("origin", "day"),
    [
        (DateOrigin.GIVEN, 1),
        (DateOrigin.METADATA, 2),
        (DateOrigin.URL, 3),
        (DateOrigin.TEXT, 4),
        (DateOrigin.FILE_NAME, 5),
        (None, 0),
    ],
)
def test_the_most_trustworthy_publication_date_goes_first(origin: DateOrigin | None, day: int) -> None:
    order = [*DateOrigin, None]
    known = [o for o in order[order.index(origin) :] if o]
    report = document(
        f"Published: 4 July 2016\n\n{PROSE}" if DateOrigin.TEXT in known else PROSE,
        published=date(2016, 7, 1) if DateOrigin.GIVEN in known else None,
        metadata_date=date(2016, 7, 2) if DateOrigin.METADATA in known else None,
        url="https://example.org/2016/07/03/village" if DateOrigin.URL in known else "https://example.org/village",
        file_name="2016-07-05-village.txt" if DateOrigin.FILE_NAME in known else "village.txt",
    )
    assert report.published == (Published(date(2016, 7, day), origin) if origin else None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"{PROSE}\n\nLast updated: 9 July 2016\n\nPublished: 4 July 2016", date(2016, 7, 4)),
        (f"BEIRUT, July 4, 2016 (Reuters) - {PROSE}", date(2016, 7, 4)),
        (f"BEIRUT, July 4 (Reuters) - {PROSE}", None),
        (f"By Jane Doe | July 4, 2016\n\n{PROSE}", date(2016, 7, 4)),
        (f"Issued on: 31/07/2016 - 18:42\n\n{PROSE}", date(2016, 7, 31)),
        (f"Issued on: 04/07/2016 - 18:42\n\n{PROSE}", None),
        (f"{PROSE} The war began on March 15, 2011, and the truce was signed on 27 February 2016.", None),
        (f"Published: 31 June 2016\n\n{PROSE}", None),
    ],
)
def test_a_date_in_the_text_counts_only_where_it_dates_the_report(text: str, day: date | None) -> None:
    published = document(text).published
    assert (published.day if published else None) == day


def test_a_given_title_finds_its_headline() -> None:
    report = document(f"World\n\nVillage taken,  army says.\n\n{PROSE}", title="Village taken, army says.")
    assert report.headline is not None
    assert report.headline.of(report.text) == "Village taken,  army says."
    assert document(PROSE, title="Village taken").headline is None
    assert document(PROSE, title="Village taken").headline_text == "Village taken"
