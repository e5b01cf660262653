"""Each guard stops its attack, and nothing else does: without it the attack goes through."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from markupsafe import Markup

from contested.store import open_store
from contested.web import pages
from contested.web.board import compute_board
from contested.web.guards import COOKIE, MOST_BODY_BYTES, MOST_QUERY_BYTES, POLICY, Guard
from contested.web.outgoing import write_csv
from tests.web.conftest import HOST, SCRIPT, TOKEN, TURNED

UNDO = "/review/reviewer"  # a small change that needs nothing but to get through


def another_host(client):
    return client.get("/incidents", headers={"host": "rebound.example:8017"})


def another_host_that_begins_alike(client):
    return client.get("/incidents", headers={"host": f"{HOST}.rebound.example"})


def no_token(client):
    client.cookies.clear()
    return client.get("/incidents")


def another_token(client):
    client.cookies.set(COOKIE, "x" + TOKEN[1:])
    return client.get("/incidents")


def form_from_another_page(client):
    return client.post(UNDO, data={"reviewer": "R9"}, headers={"origin": "http://page.example"})


def form_from_no_page(client):
    return client.post(UNDO, data={"reviewer": "R9"}, headers={"origin": "null"})


def form_from_another_port(client):
    return client.post(UNDO, data={"reviewer": "R9"}, headers={"origin": "http://127.0.0.1:9999"})


def form_that_says_it_is_of_another_site(client):
    return client.post(UNDO, data={"reviewer": "R9"}, headers={"sec-fetch-site": "cross-site"})


def huge_body(client):
    return client.post(UNDO, data={"reviewer": "R9", "more": "x" * MOST_BODY_BYTES})


def huge_body_of_unstated_length(client):
    def pieces():
        yield b"reviewer=R9&more="
        yield b"x" * (MOST_BODY_BYTES + 1)

    return client.post(UNDO, content=pieces(), headers={"content-type": "application/x-www-form-urlencoded"})


def huge_address(client):
    return client.get("/incidents?q=" + "x" * MOST_QUERY_BYTES)


ATTACKS = [
    (Guard.HOST, another_host),
    (Guard.HOST, another_host_that_begins_alike),
    (Guard.TOKEN, no_token),
    (Guard.TOKEN, another_token),
    (Guard.ORIGIN, form_from_another_page),
    (Guard.ORIGIN, form_from_no_page),
    (Guard.ORIGIN, form_from_another_port),
    (Guard.ORIGIN, form_that_says_it_is_of_another_site),
    (Guard.SIZE, huge_body),
    (Guard.SIZE, huge_body_of_unstated_length),
    (Guard.SIZE, huge_address),
]


@pytest.mark.parametrize(("guard", "attack"), ATTACKS, ids=[attack.__name__ for _, attack in ATTACKS])
def test_guard_stops_its_attack_and_nothing_else_does(make_client, guard, attack):
    assert attack(make_client()).status_code >= 400
    assert attack(make_client(without=guard)).status_code < 400


def test_headers_forbid_what_a_page_needs_not_and_are_the_guards_doing(make_client):
    guarded, bare = (c.get("/incidents").headers for c in (make_client(), make_client(without=Guard.HEADERS)))
    assert guarded["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert guarded["x-frame-options"] == "DENY"
    assert guarded["cache-control"] == "no-store"
    assert guarded["referrer-policy"] == "same-origin"
    assert "content-security-policy" not in bare


def test_refusals_carry_the_headers_too(make_client):
    assert make_client(token=None).get("/incidents").headers["content-security-policy"] == POLICY


def test_token_moves_from_the_address_into_a_cookie_that_scripts_cannot_read(make_client):
    client = make_client(token=None)
    answer = client.get(f"/?token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    assert client.get("/").status_code == 200
    assert TOKEN not in client.get("/").text


def test_token_in_the_address_opens_no_other_page(make_client):
    assert make_client(token=None).get(f"/incidents?token={TOKEN}").status_code == 403


def test_a_cookie_nobody_can_read_is_refused(make_client):
    assert make_client(token=None).get("/", headers={"cookie": 'contested_session="; ='}).status_code == 403


PAGES = [
    "/",
    "/incidents",
    "/incidents?view=map",
    "/control",
    "/actors",
    "/sources",
    "/runs",
    "/review",
    "/report?id=raid",
]


@pytest.mark.parametrize("page", PAGES)
def test_no_text_of_a_report_is_run_and_no_page_holds_inline_program_or_style(client, page):
    text = client.get(page).text
    assert SCRIPT not in text
    assert "\u202e" not in text
    for tag in text.split("<script")[1:]:
        assert tag.startswith((' src="/static/', ' type="application/json"'))
    assert " style=" not in text
    assert "onclick=" not in text


def test_escaping_is_what_stops_it(client, monkeypatch):
    assert "&lt;script&gt;" in client.get("/sources").text
    bare = pages.environment().overlay(autoescape=False)
    monkeypatch.setattr(pages, "environment", lambda: bare)
    assert SCRIPT in client.get("/sources").text


def test_turned_reading_direction_is_shown_and_making_safe_is_what_stops_it(client, monkeypatch):
    assert TURNED.replace("\u202e", "�") in client.get("/sources").text
    bare = pages.environment().overlay(finalize=lambda value: value)
    monkeypatch.setattr(pages, "environment", lambda: bare)
    assert TURNED in client.get("/sources").text


def test_embedded_json_cannot_end_its_element():
    written = pages.embed({"title": f"</script>{SCRIPT}&\u2028"})
    assert isinstance(written, Markup)
    assert not set("<>&\u2028") & set(written)


def test_addresses_of_reports_lead_only_to_web_pages(client):
    assert "javascript:" not in client.get("/report?id=raid").text


@pytest.mark.parametrize(
    "name",
    [
        "../app.py",
        "..%2fapp.py",
        "vendor/../../app.py",
        "%2e%2e/app.py",
        "/etc/passwd",
        "..\\app.py",
        "app.py",
        ".x.js",
        "a/b/c.js",
    ],
)
def test_static_files_lead_out_of_their_folder_nowhere(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_files_taken_are_safe_in_a_spreadsheet(client, path):
    assert len(client.get("/incidents.csv").text.splitlines()) > 1
    with open_store(path) as store:
        row = compute_board(store).incidents[0]
    hostile = dataclasses.replace(row, doers=("=1+1",), place="@SUM(A1)", lon=-3.5)
    cells = next(csv.DictReader(io.StringIO(write_csv([hostile]))))
    assert (cells["actors_initiating"], cells["place"], cells["lon"]) == ("'=1+1", "'@SUM(A1)", "-3.5")


@pytest.mark.parametrize(
    "back", ["//page.example", "http://page.example/", "/\\page.example", "javascript:alert(1)", ""]
)
def test_no_form_leads_away(client, back):
    answer = client.post(UNDO, data={"reviewer": "R9", "back": back})
    assert answer.headers["location"] == "/review"


def test_reading_changes_nothing(client, path):
    with open_store(path) as store:
        before = store.state(), len(store.runs())
    for page in PAGES:
        assert client.get(page).status_code == 200
    for page in ("/review/decide", "/review/judge", "/review/undo", "/refresh", UNDO):
        assert client.get(page).status_code == 405
    with open_store(path) as store:
        assert (store.state(), len(store.runs())) == before


def test_socket_listens_on_this_machine_alone():
    from contested.web.serving import make_session, open_port

    with open_port(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"
    first, second = make_session(1), make_session(1)
    assert first.token != second.token
    assert len(first.token) >= 40
