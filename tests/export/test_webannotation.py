from __future__ import annotations

import json

import pytest

from contested.export import FormatName, Options
from tests.export.evidence_reports import EVENTS, TEXT, export, problems, report

WEB = FormatName.WEBANNOTATION


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return export(WEB, tmp_path_factory.mktemp("web"))[0]


@pytest.fixture(scope="module")
def collection(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_collection_is_legal_and_counts_its_annotations(path, collection):
    assert problems(WEB, path) == []
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["total"] == len(collection["first"]["items"])
    assert sum(a["id"].endswith(":event") for a in collection["first"]["items"]) == EVENTS


def test_every_target_has_a_position_and_a_quotation_that_agree_with_the_text(collection):
    for annotation in collection["first"]["items"]:
        for target in annotation["target"]:
            position, quoted = target["selector"]
            assert (position["type"], quoted["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            start, end = position["start"], position["end"]
            if "█" not in quoted["exact"] + quoted.get("prefix", "") + quoted.get("suffix", ""):
                assert quoted["exact"] == TEXT[start:end]
                assert quoted.get("prefix", "") == TEXT[max(0, start - 32) : start]
                assert quoted.get("suffix", "") == TEXT[end : end + 32]


def test_a_claim_assesses_names_its_speaker_and_links_to_its_event(collection):
    claims = [a for a in collection["first"]["items"] if a["motivation"] == "assessing"]
    denial = next(a for a in claims if a["body"][0]["value"] == "The army: denies")
    event = next(a for a in collection["first"]["items"] if a["id"].endswith(":event"))
    assert denial["body"][-1]["source"] == f"urn:contested:event:{event['id'].split(':')[-2]}"
    assert [t["selector"][1]["exact"] for t in denial["target"]] == ["denied", "The army"]


def test_an_event_is_never_called_a_fact(collection):
    said = {a["body"][0]["value"] for a in collection["first"]["items"] if a["id"].endswith(":event")}
    assert "airstrike: said to have happened" in said
    assert "shelling: supposed or feared" in said


def test_numbers_and_places_say_what_they_were_resolved_to(collection):
    values = {b["value"] for a in collection["first"]["items"] for b in a["body"] if b["type"] == "TextualBody"}
    assert {"killed: 12", "place: Saraqib, SYR", "by: Syrian Arab Air Force", "time: 2024-05-13 (own time)"} <= values


def test_addresses_are_iris_and_private_names_are_masked(path, collection):
    sources = {t["source"] for a in collection["first"]["items"] for t in a["target"]}
    (source,) = sources
    assert source.startswith("https://valley.example/%E2%96%88")
    assert source.endswith("?x=%5B1%5D")
    assert "addad" not in path.read_text(encoding="utf-8")


def test_a_quotation_is_never_longer_than_asked(tmp_path):
    path, _ = export(WEB, tmp_path, Options(longest_quote=20))
    for annotation in json.loads(path.read_text(encoding="utf-8"))["first"]["items"]:
        for target in annotation["target"]:
            for selector in target["selector"][1:]:
                assert sum(len(selector.get(key, "")) for key in ("exact", "prefix", "suffix")) <= 20
    assert problems(WEB, path) == []


def test_an_empty_collection_is_legal(tmp_path):
    from dataclasses import replace

    empty = replace(report(), events=(), claims=(), disputes=())
    path, number = export(WEB, tmp_path, None, empty)
    assert number == 0
    assert problems(WEB, path) == []


def break_id(c):
    c["first"]["items"][1]["id"] = c["first"]["items"][0]["id"]


def break_iri(c):
    c["first"]["items"][0]["target"][0]["source"] = "not an address"


def break_position(c):
    c["first"]["items"][0]["target"][0]["selector"][0]["end"] = 1


def break_quote(c):
    c["first"]["items"][0]["target"][0]["selector"][1]["exact"] = "bomb"


def break_motivation(c):
    c["first"]["items"][0]["motivation"] = "proving"


def break_total(c):
    c["total"] = 1


def break_context(c):
    c["@context"] = "https://schema.org"


@pytest.mark.parametrize(
    "wrong", [break_id, break_iri, break_position, break_quote, break_motivation, break_total, break_context]
)
def test_the_validator_refuses(path, tmp_path, wrong):
    collection = json.loads(path.read_text(encoding="utf-8"))
    wrong(collection)
    broken = tmp_path / "wrong.jsonld"
    broken.write_text(json.dumps(collection), encoding="utf-8")
    assert problems(WEB, broken)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"first": 3}', '{"first": {"items": 3}}'])
def test_what_is_no_collection_is_refused_and_not_tripped_over(tmp_path, text):
    broken = tmp_path / "wrong.jsonld"
    broken.write_text(text, encoding="utf-8")
    assert problems(WEB, broken)
