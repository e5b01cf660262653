from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from urllib.parse import quote

import pytest

from contested.store import open_store
from contested.types import ActorKind, EventType
from contested.web.board import compute_board
from contested.web.keeping import keep_board, load_board
from contested.web.views import view_control, view_incident
from tests.claims.reports import Report
from tests.web.conftest import HELD, NOW, RAID, raid


@pytest.fixture
def board(path):
    with open_store(path) as store:
        return compute_board(store)


def data_of(text: str) -> list[dict]:
    return json.loads(re.search(r'id="incidents-data">(.*?)</script>', text, re.S)[1])


def raid_of(board):
    return next(r for r in board.incidents if "raid" in r.documents)


def test_overview_counts_what_is_there(client, board):
    text = client.get("/").text
    assert "What 3 reports say" in text
    assert f"<b>{len(board.incidents)}</b> incidents" in text
    assert "<b>1</b> could not be read" in text


def test_table_map_timeline_and_files_hold_the_same_incidents(client, board):
    address = "contested=1"
    table = client.get(f"/incidents?{address}").text
    shown = set(re.findall(r'href="/incidents/(i[0-9a-f]+)"', table))
    drawn = {i["id"] for i in data_of(client.get(f"/incidents?{address}&view=map").text)}
    timed = {i["id"] for i in data_of(client.get(f"/incidents?{address}&view=timeline").text)}
    taken = {r["incident_id"] for r in csv.DictReader(io.StringIO(client.get(f"/incidents.csv?{address}").text))}
    listed = {i["id"] for i in client.get(f"/incidents.json?{address}").json()}
    mapped = {f["id"] for f in client.get(f"/incidents.geojson?{address}").json()["features"]}
    asked = {r.id for r in board.incidents if r.is_contested}
    assert asked
    assert shown == drawn == timed == taken == listed == mapped == asked


def test_no_data_travels_with_a_table(client):
    assert "incidents-data" not in client.get("/incidents").text


def test_wrong_words_in_an_address_ask_for_nothing(client, board):
    text = client.get("/incidents?type=party&since=soon&page=x&view=cube&least=-1&order=loud").text
    assert f'<span class="of">{len(board.incidents)}</span></h1>' in text


def test_a_page_beyond_the_last_is_the_last(client):
    assert client.get("/incidents?page=999").status_code == 200


def test_an_incident_shows_who_says_what_with_stance_in_words(client, board):
    row = raid_of(board)
    text = client.get(f"/incidents/{row.id}").text
    assert "What they disagree on" in text
    assert "denies" in text
    for document in row.documents:
        assert f"/report?id={quote(document, safe='')}" in text


def test_ids_of_accounts_lead_to_their_incident(client, board):
    row = max(board.incidents, key=lambda r: len(r.accounts))
    for account in row.accounts:
        answer = client.get(f"/incidents/{account}", follow_redirects=True)
        assert answer.status_code == 200
        assert answer.url.path == f"/incidents/{row.id}"


@pytest.mark.parametrize("address", ["/incidents/inone", "/report?id=none", "/report", "/incidents.exe", "/nowhere"])
def test_what_is_not_there_is_said(client, address):
    assert client.get(address).status_code == 404


def test_a_report_page_holds_its_text_unchanged(client):
    text = client.get("/report?id=raid").text
    body = re.search(r'<div class="text".*?>(.*?)</div>', text, re.S)[1]
    assert re.sub(r"<[^>]+>", "", body) == RAID


def test_a_report_is_found_by_an_id_with_slashes_and_lights_what_was_asked_for(client):
    start = HELD.index("taken")
    text = client.get(f"/report?id={quote('held/../etc', safe='')}&at={start}-{start + 5},9-1,x,999999-9999999").text
    assert 'id="at"' in text
    assert re.search(r'class="m [^"]*m-asked[^"]*"[^>]*>taken<', text)


def test_every_value_beside_the_text_leads_to_a_mark_in_it(client):
    text = client.get("/report?id=raid").text
    targets = set(re.findall(r'class="value-link" href="#([^"]+)"', text))
    assert targets
    assert targets <= set(re.findall(r'<span class="anchor" id="([^"]+)"', text))


def test_control_shows_both_holders_and_their_words(client):
    text = client.get("/control?place=aleppo").text
    assert "hold it" in text
    assert "take it" in text
    assert "Nobody says anything of 2031-01-01" in client.get("/control?day=2031-01-01").text
    assert "Nobody says who holds" in client.get("/control?known_on=1999-01-01").text


def test_days_of_which_nobody_speaks_are_in_their_place(board):
    (place,) = view_control(board, "aleppo")
    firsts = [e[0] if isinstance(e, tuple) else (e.first or "~") for e in place.timeline]
    assert firsts == sorted(firsts)


def test_actors_sources_and_runs_are_listed(client):
    assert "rebels" in client.get("/actors").text.casefold()
    sources = client.get("/sources?q=holds").text
    assert "Who holds the city" in sources
    assert "Capital Daily" in sources
    runs = client.get("/runs").text
    assert "greek.txt" in runs
    assert "no English" in runs


def test_a_board_that_was_kept_is_equal_and_leads_to_the_same_page(path, board):
    with open_store(path) as store:
        keep_board(store, board)
        kept = load_board(store)
        assert kept is not None
        for name in ("incidents", "control", "actors", "reports", "queue", "origins", "by_account", "state"):
            assert getattr(kept, name) == getattr(board, name), name
        for row in board.incidents:
            assert view_incident(store, kept, row.id) == view_incident(store, board, row.id)


def test_a_board_of_another_version_is_not_loaded(path, monkeypatch):
    monkeypatch.setattr("contested.web.keeping.FORMAT", 999)
    with open_store(path) as store:
        assert load_board(store) is None


def test_what_comes_in_while_the_app_runs_is_shown(client, path):
    before = client.get("/sources").text
    more = raid()
    more = dataclasses.replace(more, document=dataclasses.replace(more.document, id="late", headline_text="Late news"))
    with open_store(path) as store:
        store.add([more], run=store.begin_run(settings="{}", code="1", at=NOW))
    assert "Late news" not in before
    assert "Late news" in client.get("/sources").text


def test_types_and_families_filter(client, board):
    assert {r.type for r in board.incidents} >= {EventType.ATTACK}
    rows = client.get("/incidents.json?type=ground").json()
    assert all(r["family"] == "ground" or r["type"] != "attack" for r in rows)


def test_a_pronoun_without_a_name_is_no_actor_of_the_list(tmp_path):
    report = Report("It shelled Manbij on Monday. Rebels fled.")
    report.event(EventType.SHELLING, "shelled", by="It", place="Manbij")
    report.event(EventType.WITHDRAW, "fled", by="Rebels")
    report.actor(ActorKind.MILITARY, "It")
    report.actor(ActorKind.REBEL, "Rebels")
    with open_store(tmp_path / "a.db") as store:
        store.add([report.claims()], run=store.begin_run(settings="{}", code="1", at=NOW))
        names = [actor.name.casefold() for actor in compute_board(store).actors]
    assert len(names) == 1
    assert "rebels" in names[0]
