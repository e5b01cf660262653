from __future__ import annotations

import dataclasses
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from contested.types import EventType
from contested.web.query import Display, Order, Query, choose, paginate, read_query
from contested.web.rows import IncidentRow, write_range

ROW = IncidentRow(
    id="i1",
    type=EventType.AIRSTRIKE,
    family="violence",
    types=("airstrike", "attack"),
    is_planned=False,
    is_total=False,
    earliest="2024-05-10",
    latest="2024-05-12",
    when="2024-05-10 to 2024-05-12",
    place="Maple Town",
    country="SYR",
    level="town",
    lat=36.0,
    lon=37.0,
    radius_km=2.0,
    killed=(3.0, 9.0),
    wounded=(None, None),
    reports=3,
    origins=2,
    voices=2,
    claimants=("The ministry",),
    doers=("Air Force",),
    targets=("market",),
    is_contested=True,
    disputed=("killed",),
    grade="fair",
    quote="Jets struck the market.",
    documents=("a", "b", "c"),
    accounts=("i1", "i2", "i3"),
    places=("Maple Town", "Maple Province"),
    countries=("SYR",),
    day_ranges=(("2024-05-10", "2024-05-12"), ("2024-05-20", None)),
)

queries = st.builds(
    Query,
    q=st.sampled_from(["", "market", "jets market", "moon"]),
    place=st.sampled_from(["", "maple", "Oak"]),
    actor=st.sampled_from(["", "air", "ministry", "navy"]),
    type=st.sampled_from(["", "airstrike", "violence", "siege"]),
    country=st.sampled_from(["", "SYR", "UKR"]),
    since=st.sampled_from(["", "2024-05-11", "2024-06-01"]),
    until=st.sampled_from(["", "2024-05-01", "2024-05-11"]),
    contested=st.sampled_from(["", "1"]),
    least=st.sampled_from(["", "2", "5"]),
    view=st.sampled_from(Display),
    order=st.sampled_from(Order),
    page=st.integers(1, 99),
)


@given(queries)
def test_an_address_says_its_query_whole(query):
    assert read_query(dict(parse_qsl(query.address(page=query.page)))) == query


@given(st.dictionaries(st.sampled_from([f.name for f in dataclasses.fields(Query)]), st.text(max_size=30)))
def test_no_address_is_an_error(said):
    query = read_query(said)
    assert choose([ROW], query) in ([], [ROW])
    assert read_query(dict(parse_qsl(query.address(page=query.page)))) == query


@given(queries, st.sampled_from(["place", "actor", "type", "country", "since", "until", "contested", "least", "q"]))
def test_asking_for_less_never_finds_less(query, name):
    if query.takes(ROW):
        assert dataclasses.replace(query, **{name: ""}).takes(ROW)


def test_days_meet_every_accounts_days_and_open_ends_hold_all_after():
    assert Query(since="2024-06-30").takes(ROW)
    assert Query(since="2024-05-13", until="2024-05-19").takes(ROW) is False
    assert Query(since="2024-05-12", until="2024-05-12").takes(ROW)
    assert not Query(since="2024-05-12").takes(dataclasses.replace(ROW, day_ranges=()))


def test_orders():
    other = dataclasses.replace(ROW, id="i9", killed=(20.0, None), earliest=None, latest=None, place=None)
    assert [r.id for r in choose([ROW, other], Query(order=Order.KILLED))] == ["i9", "i1"]
    assert [r.id for r in choose([other, ROW], Query(order=Order.NEWEST))] == ["i1", "i9"]
    assert [r.id for r in choose([other, ROW], Query(order=Order.OLDEST))] == ["i1", "i9"]
    assert [r.id for r in choose([other, ROW], Query(order=Order.PLACE))] == ["i1", "i9"]


@given(st.integers(0, 300), st.integers(-5, 50))
def test_pages_hold_every_row_once(number, asked):
    rows = list(range(number))
    pages = [paginate(rows, n + 1).rows for n in range(paginate(rows, 1).pages)]
    assert [r for page in pages for r in page] == rows
    assert 1 <= paginate(rows, asked).number <= paginate(rows, asked).pages


def test_ranges_are_written_with_their_open_ends():
    assert [write_range(b) for b in ((3, 3), (3, 9), (3, None), (None, 9), (None, None), (1200, 1234567))] == [
        "3",
        "3–9",
        "≥3",
        "≤9",
        "",
        "1,200–1,234,567",
    ]
