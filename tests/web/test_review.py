"""A whole review through its forms: open, correct, undo, read again by another model, correction kept, taken out."""

from __future__ import annotations

import csv
import dataclasses
import html
import io
import json
import re

import pytest
from click.testing import CliRunner

from contested.cli.main import main
from contested.incidents import find_incidents
from contested.store import open_store
from contested.types import Action, EventType, Role
from tests.web.conftest import NOW, RAID, raid

KILLED = RAID.index("killed")
TOLL = RAID.index("at least 15 soldiers")


def forms_of(text: str) -> list[dict[str, str]]:
    """Return the fields of every form of a page that decides something, as a browser would send them."""
    found = []
    for form in re.findall(r'<form method="post" action="/review/(?:decide|judge|undo)".*?</form>', text, re.S):
        fields = re.findall(r'name="(\w+)" value="([^"]*)"', form)
        found.append({name: html.unescape(value) for name, value in fields})
    return found


def form_for(client, *, target: str, action: str, span: int, field: str | None = None) -> dict[str, str]:
    """Return the form of the review page that decides on the value at `span`."""
    from contested.incidents.account import account_id
    from contested.types import Span

    account = account_id("raid", Span(KILLED, KILLED + 6))
    text = client.get(f"/review?entry=event-{account}&report=raid").text
    (form,) = [
        f
        for f in forms_of(text)
        if (f.get("target"), f.get("action"), f.get("field")) == (target, action, field)
        and f["span"].startswith(f"{span}-")
    ]
    return form


def correct_toll(client, value="12", **more):
    form = form_for(client, target="argument", action="correct", span=TOLL, field="amount")
    assert form["was"] == "15.."
    return client.post("/review/decide", data={**form, "value": value, "reason": "the caption says so", **more})


def claims_of_raid(path):
    with open_store(path) as store:
        return next(iter(store.claims_of(["raid"])))


def toll(path):
    (found,) = claims_of_raid(path).events[0].arguments(Role.KILLED)
    return found.amount.low, found.amount.high


def test_queue_says_why_something_is_in_it(client):
    text = client.get("/review").text
    assert "Accounts contradict each other" in text
    assert "in dispute" in text
    assert "1 of " in text


def test_a_correction_is_kept_shown_and_changes_the_lists(client, path):
    answer = correct_toll(client)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/review?kind=&entry=event-")
    assert toll(path) == (12, 12)
    assert "corrected by R1, was 15.." in client.get(answer.headers["location"]).text
    assert "corrected by R1" in client.get("/report?id=raid").text
    rows = {r["id"]: r for r in client.get("/incidents.json").json()}
    assert any(r["killed"] in ("9–12", "12") for r in rows.values())


def test_undo_brings_back_what_was_read(client, path):
    correct_toll(client)
    (form,) = [f for f in forms_of(client.get("/review").text) if "number" in f]
    client.post("/review/undo", data=form)
    assert toll(path) == (15, None)
    with open_store(path) as store:
        assert [d.action for d in store.decisions()] == [Action.CORRECT, Action.UNDO]


def test_a_correction_is_kept_when_all_is_read_again(client, path):
    correct_toll(client)
    later = raid("reader-2")
    later = dataclasses.replace(
        later, events=tuple(dataclasses.replace(e, type=EventType.BATTLE) for e in later.events), disputes=()
    )
    with open_store(path) as store:
        store.add([later], run=store.begin_run(settings="{}", code="2", at=NOW), again=True)
    claims = claims_of_raid(path)
    assert (claims.model, claims.events[0].type) == ("reader-2", EventType.BATTLE)
    assert toll(path) == (12, 12)
    assert "corrected by R1" in client.get("/report?id=raid").text


def test_corrections_leave_in_the_form_of_the_corpus(client, path):
    correct_toll(client)
    result = CliRunner().invoke(main, ["corrections", "--store", str(path)])
    assert result.exit_code == 0, result.output
    (line,) = result.output.splitlines()
    form = json.loads(line)
    assert (form["id"], form["text"]) == ("raid", RAID)
    (argument,) = [a for e in form["events"] for m in e["mentions"] for a in m["args"] if a["role"] == "killed"]
    assert (argument["low"], argument["high"]) == (12, 12)
    (decision,) = form["decisions"]
    assert (decision["reviewer"], decision["value"], decision["was"]) == ("R1", "12", "15..")
    nobody = CliRunner().invoke(main, ["corrections", "--store", str(path), "--reviewer", "R7"])
    assert nobody.output == ""


def test_accepting_takes_an_entry_out_of_the_queue(client, path):
    before = int(re.search(r"of (\d+) open, (\d+) done", client.get("/review").text)[1])
    text = client.get("/review").text
    accepts = [f for f in forms_of(text) if f.get("action") == "accept"]
    assert accepts
    for form in accepts:
        client.post("/review/decide", data=form)
    after = client.get("/review").text
    open_, done = map(int, re.search(r"(\d+) open, (\d+) done", after).groups())
    assert open_ < before
    assert done >= 1


def test_rejecting_an_event_takes_it_out_of_incidents(client, path):
    form = form_for(client, target="event", action="reject", span=KILLED)
    client.post("/review/decide", data=form)
    assert claims_of_raid(path).events == ()
    table = csv.DictReader(io.StringIO(client.get("/incidents.csv").text))
    assert not any("raid" in row["documents"].split(";") for row in table)
    assert "rejected" in client.get("/review").text


def test_two_accounts_are_judged_apart_and_stay_so(client, path):
    with open_store(path) as store:
        told = find_incidents(store.claims())
    joined = next(i for i in told.incidents if len(i.documents) > 1)
    a, b = joined.accounts[0].id, next(x.id for x in joined.accounts if x.document != joined.accounts[0].document)

    def pages():
        return {client.get(f"/incidents/{account}", follow_redirects=True).url.path for account in (a, b)}

    assert len(pages()) == 1
    answer = client.post("/review/judge", data={"a": a, "b": b, "verdict": "different"})
    assert answer.status_code == 303
    assert len(pages()) == 2
    client.post("/review/judge", data={"a": a, "b": b, "verdict": "unsure"})
    assert len(pages()) == 1


def test_nobody_decides_without_a_name_and_a_name_is_one_line(make_client, path):
    client = make_client()
    assert "Say first under which name you review" in client.get("/review").text
    assert not [f for f in forms_of(client.get("/review").text) if "action" in f]
    key = _key(path)
    data = {"document": key, "target": "event", "span": f"{KILLED}-{KILLED + 6}", "action": "accept"}
    assert "expected who decides" in client.post("/review/decide", data=data).text
    client.post("/review/reviewer", data={"reviewer": "  Ré\nviewer\u202e 7  "})
    client.post("/review/decide", data=data)
    with open_store(path) as store:
        assert [d.reviewer for d in store.decisions()] == ["Ré viewer 7"]


def _key(path):
    with open_store(path) as store:
        return store.document("raid").key


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": "everything"},
        {"span": "9-1"},
        {"span": "x"},
        {"action": "undo"},
        {"action": "correct"},
        {"action": "correct", "field": "type", "value": "party"},
        {"document": "dnone"},
        {"role": "killed"},
        {"target": "argument"},
    ],
)
def test_forms_that_say_no_decision_are_refused_in_words(client, path, wrong):
    right = {"document": _key(path), "target": "event", "span": f"{KILLED}-{KILLED + 6}", "action": "accept"}
    assert "expected" in client.post("/review/decide", data={**right, **wrong}).text
    with open_store(path) as store:
        assert store.decisions() == []


@pytest.mark.parametrize("data", [{"verdict": "same"}, {"a": "i1", "b": "i2", "verdict": "same"}, {"verdict": "maybe"}])
def test_judgements_on_nothing_are_refused(client, path, data):
    assert "expected" in client.post("/review/judge", data=data).text
    with open_store(path) as store:
        assert store.judgements() == []
