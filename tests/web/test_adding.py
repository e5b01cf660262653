"""What the reader missed, added on the pages: by form alone, kept through a later reading, in the corrections."""

from __future__ import annotations

import dataclasses
import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from contested.cli.main import main
from contested.errors import InputError
from contested.store import open_store
from contested.types import EventType, Role, Span, Stance
from contested.web.adding import find_words
from tests.web.conftest import NOW, POST, post

DIED = POST.index("died")
ADDED = POST.index("added")


def fields(text: str, number: int = 0) -> dict[str, str]:
    form = re.findall(r'<form method="post" action="/review/add">.*?</form>', text, re.S)[number]
    return {n: html.unescape(v) for n, v in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}


def add_death(client, **more):
    form = fields(client.get("/report?id=post").text)
    return client.post("/review/add", data={**form, "words": "died", "near": "", "type": "attack", **more})


def claims_of_post(path):
    with open_store(path) as store:
        return next(iter(store.claims_of(["post"])))


def test_a_missed_event_is_added_with_what_plays_a_part_in_it_and_who_says_so(client, path):
    page = client.get("/report?id=post").text
    cue = re.search(r'<option value="(\d+-\d+)">✓ The army, “said”</option>', page)[1]
    answer = add_death(client, type=EventType.ATTACK.value, said=cue, reason="counted twice")
    assert answer.status_code == 303
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["report"] == ["post"]
    review = client.get(answer.headers["location"]).text
    assert "died" in review
    form = fields(review)
    done = client.post("/review/add", data={**form, "words": "9  soldiers", "near": "", "role": "killed"})
    assert done.status_code == 303
    claims = claims_of_post(path)
    event = claims.events[-1]
    assert (event.type, event.mentions[0].trigger) == (EventType.ATTACK, Span(DIED, DIED + 4))
    assert event.arguments(Role.KILLED)[0].amount.low == 9
    assert event.id in claims.claims[0].events
    assert "added by R1" in client.get("/report?id=post").text


def test_an_addition_is_kept_when_another_model_reads_again_and_goes_into_the_corrections(client, path):
    add_death(client, type="attack")
    with open_store(path) as store:
        run = store.begin_run(settings="{}", code="2", at=NOW)
        store.add([dataclasses.replace(post(), model="reader-2")], run=run, again=True)
    claims = claims_of_post(path)
    assert (claims.model, claims.events[-1].mentions[0].trigger.start) == ("reader-2", DIED)
    line = json.loads(CliRunner().invoke(main, ["corrections", "--store", str(path)]).output)
    assert [e["mentions"][0]["trigger"] for e in line["events"]][-1] == [DIED, DIED + 4]
    assert [(d["action"], d["value"]) for d in line["decisions"]] == [("add", "attack")]


def saying_fields(client) -> dict[str, str]:
    page = client.get("/report?id=post").text
    about = re.search(r'name="(covers-\d+)" value="(\d+-\d+)"> <span>attack, “raided”', page)
    return {**fields(page, 1), about[1]: about[2]}


def add_saying(client, **more):
    form = {"words": "added", "near": "", "source": "it", "source_near": str(ADDED), "stance": "denies"}
    return client.post("/review/add", data={**saying_fields(client), **form, **more})


def test_a_missed_saying_is_added_kept_through_a_later_reading_and_exported(client, path):
    answer = add_saying(client, reason="the last sentence")
    assert (answer.status_code, answer.headers["location"]) == (303, "/report?id=post#missed-saying")
    page = client.get("/report?id=post").text
    card = re.search(r'<ul class="sayings">.*?</ul>', page, re.S)[0]
    assert card.count("<li>") == 2
    assert "added by R1" in card
    with open_store(path) as store:
        run = store.begin_run(settings="{}", code="2", at=NOW)
        store.add([dataclasses.replace(post(), model="reader-2")], run=run, again=True)
    claims = claims_of_post(path)
    said = claims.claims[-1]
    assert (claims.model, said.cue, said.source) == ("reader-2", Span(ADDED, ADDED + 5), Span(ADDED - 3, ADDED - 1))
    assert (said.stance, said.events) == (Stance.DENIES, ("E1",))
    line = json.loads(CliRunner().invoke(main, ["corrections", "--store", str(path)]).output)
    (exported,) = (c for c in line["claims"] if c["cue"] == [ADDED, ADDED + 5])
    assert (exported["stance"], exported["source"], exported["of"]) == ("denies", [ADDED - 3, ADDED - 1], ["E1"])
    raided = POST.index("raided")
    assert [(d["action"], d["target"], d["covers"]) for d in line["decisions"]] == [
        ("add", "claim", [[raided, raided + 6]])
    ]
    client.post("/review/undo", data={"number": "1", "back": "/review"})
    assert len(claims_of_post(path).claims) == 1


def test_a_saying_of_nobody_named_is_added_and_can_be_corrected_in_the_review(client, path):
    assert add_saying(client, source="", source_near="").status_code == 303
    assert claims_of_post(path).claims[-1].source is None
    span = f"{ADDED}-{ADDED + 5}"
    with open_store(path) as store:
        key = store.document("post").key
    form = {"document": key, "target": "claim", "span": span, "action": "correct", "field": "stance", "value": "doubts"}
    client.post("/review/decide", data=form)
    assert claims_of_post(path).claims[-1].stance is Stance.DOUBTS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stance": "shouts"}, "expected a stance"),
        ({"stance": ""}, "expected a stance"),
        ({"source": "nobody there"}, "which it does not hold"),
        ({"source": "added", "source_near": ""}, "expected a source beside the words"),
        ({"covers-1": "x"}, "expected a stance"),
        ({"covers-1": "5000-5003"}, "expected words of the report"),
    ],
)
def test_what_is_no_saying_is_said_and_nothing_is_kept(client, path, change, said):
    answer = add_saying(client, **change)
    assert said in html.unescape(answer.text)
    with open_store(path) as store:
        assert store.decisions() == []


def test_a_saying_about_no_event_and_a_form_without_end_are_refused(client):
    form = saying_fields(client)
    form = {name: value for name, value in form.items() if not name.startswith("covers")}
    answer = client.post("/review/add", data={**form, "words": "added", "stance": "denies"})
    assert "expected which events the saying is about" in answer.text
    endless = client.post("/review/add", data={f"covers-{n}": "1-2" for n in range(500)})
    assert endless.status_code == 400


def test_an_addition_is_undone_like_any_decision(client, path):
    before = len(claims_of_post(path).events)
    add_death(client, type="attack")
    assert len(claims_of_post(path).events) == before + 1
    client.post("/review/undo", data={"number": "1", "back": "/review"})
    assert len(claims_of_post(path).events) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"words": "never said"}, "which it does not hold"),
        ({"words": " "}, "expected words of the report"),
        ({"words": "Aleppo. =cmd|", "type": "party"}, "neither"),
        ({"words": "army", "type": ""}, "neither"),
        ({"words": "said", "said": "x"}, "neither"),
        ({"document": "dnone"}, "key of a report"),
        ({"words": "s"}, "times, at the characters"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is_kept(client, path, change, said):
    answer = add_death(client, **change)
    assert said in html.unescape(answer.text)
    with open_store(path) as store:
        assert store.decisions() == []


def test_nobody_adds_without_a_name(make_client, path):
    nobody = make_client()
    assert "under which name you review" in nobody.get("/report?id=post").text
    with open_store(path) as store:
        key = store.document("post").key
    answer = nobody.post("/review/add", data={"document": key, "words": "died", "type": "attack"})
    assert "expected who decides" in answer.text


def test_words_are_found_whatever_their_spaces_and_the_nearest_is_meant():
    text = "Two men\n  died. Later two men died too: two men."
    assert find_words(text, "Two men died").of(text) == "Two men\n  died"
    assert find_words(text, "two men", "44").start == text.rindex("two men")
    with pytest.raises(InputError, match="2 times, at the characters 22, 40"):
        find_words(text, "two men")
