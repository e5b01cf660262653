"""What the reader missed, added on the pages: by form alone, kept through a later reading, in the corrections."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from contested.cli.main import main
from contested.errors import InputError
from contested.store import open_store
from contested.types import EventType, Role, Span
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
        import dataclasses

        store.add([dataclasses.replace(post(), model="reader-2")], run=run, again=True)
    claims = claims_of_post(path)
    assert (claims.model, claims.events[-1].mentions[0].trigger.start) == ("reader-2", DIED)
    line = json.loads(CliRunner().invoke(main, ["corrections", "--store", str(path)]).output)
    assert [e["mentions"][0]["trigger"] for e in line["events"]][-1] == [DIED, DIED + 4]
    assert [(d["action"], d["value"]) for d in line["decisions"]] == [("add", "attack")]


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
