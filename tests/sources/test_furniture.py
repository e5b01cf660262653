"""Furniture is kept out of the sentences; captions and headlines that tell something stay in."""

from __future__ import annotations

import pytest

from contested.resources import load_rules
from contested.sources import document
from contested.sources.report import _wires
from contested.types import Document, FurnitureKind

PROSE = "The army said on Sunday that its troops had taken the village after a battle with rebels."


def sentences(report: Document) -> list[str]:
    return [sentence.of(report.text) for sentence in report.sentences]


def kinds(report: Document) -> list[tuple[FurnitureKind, str]]:
    return [(furniture.kind, furniture.span.of(report.text)) for furniture in report.furniture]


def test_a_scraped_page_keeps_its_story_and_loses_its_furniture() -> None:
    text = "\n\n".join(
        [
            "Skip to main content",
            "Rebels take northern village",
            "By Jane Doe | July 4, 2016",
            "Jane Doe, AFP | A street in the old town after a raid on July 3, 2016",
            PROSE,
            "Advertisement",
            "Heavy losses",
            PROSE,
            "Read more: Truce breaks down",
            PROSE,
            "Share on Facebook",
            "(AFP)",
            "This page is not available",
        ]
    )
    report = document(text)
    assert sentences(report) == [
        "Rebels take northern village",
        "Jane Doe, AFP | A street in the old town after a raid on July 3, 2016",
        PROSE,
        PROSE,
        PROSE,
    ]
    assert [kind for kind, _ in kinds(report)] == [
        FurnitureKind.SKIP_LINK,
        FurnitureKind.BYLINE,
        FurnitureKind.NAVIGATION,
        FurnitureKind.HEADING,
        FurnitureKind.RELATED_STORY,
        FurnitureKind.SOCIAL,
        FurnitureKind.CREDIT,
        FurnitureKind.UNAVAILABLE_NOTICE,
    ]
    assert report.headline_text == "Rebels take northern village"
    assert report.byline == "Jane Doe"
    assert report.wire_credit == "Agence France-Presse"


@pytest.mark.parametrize(
    ("start", "dateline", "wire"),
    [
        ("BEIRUT (AP) — ", "BEIRUT (AP)", "Associated Press"),
        ("BEIRUT, July 4 (Reuters) - ", "BEIRUT, July 4 (Reuters)", "Reuters"),
        ("KYIV, Ukraine (AP) -- ", "KYIV, Ukraine (AP)", "Associated Press"),
        ("MOGADISHU, Somalia — ", "MOGADISHU, Somalia", None),
        ("SANAA, July 4 (The Tide) - ", "SANAA, July 4 (The Tide)", "The Tide"),
        ("Damascus, SANA – ", "Damascus, SANA", "Syrian Arab News Agency"),
        ("4 July 2016 – ", "4 July 2016", None),
    ],
)
def test_a_dateline_is_found_and_the_sentence_begins_after_it(start: str, dateline: str, wire: str | None) -> None:
    report = document(start + PROSE)
    assert report.dateline is not None
    assert report.dateline.of(report.text) == dateline
    assert report.wire_credit == wire
    assert sentences(report) == [PROSE]


@pytest.mark.parametrize(
    "text",
    [
        "NATO — which met on Monday — said that it would send more troops to the border.",
        "Aleppo — once the largest city of the country — fell to the army on Monday.",
        "By Sunday evening the rebels had taken the village and the bridge beside it.",
        "Watch towers and walls were built by the army along the border in the north.",
        "Read together, the two statements of the army and the rebels disagree.",
        "More than 20 people were killed on Monday when a shell hit the market, the mayor said.",
        "Share prices fell after the attack, and the ministry closed the exchange for the day.",
        "Photos show damage to the bridge, and the army said that it had been hit by a shell.",
    ],
)
def test_prose_that_begins_like_furniture_is_prose(text: str) -> None:
    report = document(text)
    assert sentences(report) == [text]
    assert not report.furniture


def test_a_credit_in_brackets_is_cut_out_of_a_caption() -> None:
    text = f"Smoke over the port after the raid on July 4 2016. (AFP Photo) {PROSE}"
    report = document(text)
    assert sentences(report) == ["Smoke over the port after the raid on July 4 2016.", PROSE]
    assert kinds(report) == [(FurnitureKind.CREDIT, "(AFP Photo)")]


def test_a_short_line_is_a_heading_only_between_prose() -> None:
    assert [k for k, _ in kinds(document(f"{PROSE}\n\nHeavy losses\n\n{PROSE}"))] == [FurnitureKind.HEADING]
    assert not document(f"Rebels leave two villages\n\n{PROSE}\n\n{PROSE}").furniture
    assert not document(
        "Clashes in the northern suburbs of the capital\nBomb hits a bus in the south of the country"
    ).furniture


def test_a_list_is_no_row_of_headings() -> None:
    text = f"{PROSE}\n\n• Twelve killed in the north\n• A bridge destroyed in the south\n\n{PROSE}"
    assert len(document(text).sentences) == 4


def test_a_reporters_own_sentence_with_a_full_stop_stays() -> None:
    text = f"{PROSE}\n\nThey fled.\n\n{PROSE}"
    assert "They fled." in sentences(document(text))


def test_every_agency_can_be_reached() -> None:
    for alias, name in _wires().items():
        assert document(f"Beirut ({alias}) — {PROSE}").wire_credit == name


def test_every_rule_says_what_it_finds_and_where() -> None:
    for rule in load_rules("contested.sources", "furniture.toml"):
        assert FurnitureKind(rule.fields["kind"])
        assert rule.fields["scope"] in ("line", "start", "inline")
        assert rule.counterexamples, rule.name
