"""The pages' programs in Node, where that is installed: the filter answers as the server's, nothing counts double."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, timedelta
from importlib.resources import files
from random import Random

import pytest

from contested.types import EventType
from contested.web.pages import AppLinks, incident_forms
from contested.web.query import choose, read_query
from contested.web.report import form_of_row
from tests.web.rows_made import row

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed; the browser's tests run the programs too")
STATIC = files("contested.web").joinpath("static")
PLACES = (("Sarmin", "SYR", 35.9, 36.72), ("Idlib", "SYR", 35.93, 36.63), ("Ḥamā", "SYR", 35.13, 36.76), (None,) * 4)


def run(program: str, values: object) -> object:
    """Return what `program`, which sees `values` and `contested`, gives."""
    names = ["vendor/d3-array.min.js", "vendor/d3-geo.min.js", "filter.js", "map.js", "timeline.js"]
    # in a function without Node's own `module`, so that the programs find the page's global as in a browser
    source = "\n".join(STATIC.joinpath(*name.split("/")).read_text(encoding="utf-8") for name in names)
    text = f"""
      const values = JSON.parse(require("fs").readFileSync(0, "utf-8"));
      new Function("exports", "module", "define", {json.dumps(source)})();
      const contested = globalThis.contested;
      process.stdout.write(JSON.stringify((() => {{ {program} }})()));
    """
    done = subprocess.run(
        [str(NODE), "-e", text], input=json.dumps(values), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def made_rows(number: int):
    random = Random(20160731)
    rows = []
    for n in range(number):
        place, country, lat, lon = random.choice(PLACES)
        first = date(2020, 1, 1) + timedelta(days=random.randrange(400))
        last = first + timedelta(days=random.choice([0, 0, 3, 30]))
        ends = random.choice([(first, last), (first, None), (None, last), (None, None)])
        earliest, latest = (d.isoformat() if d else None for d in ends)
        kind = random.choice([EventType.AIRSTRIKE, EventType.TAKE_CONTROL])
        rows.append(
            row(
                f"i{n}",
                type=kind,
                family="violence" if kind is EventType.AIRSTRIKE else "ground",
                types=(kind.value,),
                place=place,
                country=country,
                lat=lat,
                lon=lon,
                places=(place,) if place else (),
                countries=(country,) if country else (),
                earliest=earliest,
                latest=latest,
                day_ranges=((earliest, latest),) if earliest or latest else (),
                killed=random.choice([(None, None), (3.0, 5.0), (40.0, None)]),
                reports=random.randrange(1, 7),
                is_contested=random.random() < 0.3,
                quote=random.choice(["jets struck a bakery", "the ARMY took the hill"]),
            )
        )
    return rows


ASKED = [
    "",
    "q=army hill",
    "q=ARMY",
    "place=sar",
    "place=ḥamā",
    "country=SYR&contested=1",
    "type=ground",
    "type=airstrike&order=newest",
    "type=party&least=x&since=soon",
    "least=3&order=killed",
    "since=2020-06-01",
    "until=2020-03-01&order=oldest",
    "since=2020-02-01&until=2020-02-03",
    "since=2020-02-31",
    "order=place",
    "actor=air force",
    "actor=nobody",
]


def test_the_filter_of_the_file_takes_what_the_servers_takes_in_the_same_order():
    rows = made_rows(300)
    forms = zip(rows, incident_forms(rows, AppLinks()), strict=True)
    data = [{**form_of_row(row, form), "quote": row.quote} for row, form in forms]
    program = """
      const rows = values.rows.map(contested.complete);
      const choose = (asked) => contested.choose(rows, contested.readQuery(asked, rows));
      return values.asked.map((asked) => choose(asked).map((row) => row.id));
    """
    found = run(program, {"rows": data, "asked": ASKED})
    for asked, ids in zip(ASKED, found, strict=True):
        words = dict(part.split("=") for part in asked.split("&") if part)
        assert ids == [r.id for r in choose(rows, read_query(words))], asked


def test_an_address_says_the_query_it_was_made_from():
    program = """return values.map((a) => contested.writeQuery(contested.readQuery(a, [])));"""
    assert run(program, ["q=a+b&contested=1", "order=support", "since=2020-01-01&order=newest"]) == [
        "q=a+b&contested=1",
        "",
        "since=2020-01-01&order=newest",
    ]


def test_columns_count_each_sure_incident_once_and_others_as_perhaps():
    rows = [
        {"first": "2020-05-01", "last": "2020-05-01", "contested": True},
        {"first": "2020-05-01", "last": "2020-05-03", "contested": False},
        {"first": "2020-05-02", "last": None, "contested": False},
        {"first": None, "last": None, "contested": False},
    ]
    program = """
      const day = (iso) => Date.parse(iso) / 86400000;
      return contested.countColumns(values, day("2020-05-01"), day("2020-05-03"));
    """
    columns = run(program, rows)
    assert [(c["sure"], c["perhaps"], c["contested"]) for c in columns] == [(1, 1, 1), (0, 2, 0), (0, 1, 0)]


def test_columns_cover_every_day_once():
    program = """
      const found = [];
      for (const length of values) {
        const columns = contested.countColumns([], 18000, 18000 + length - 1);
        const joined = columns.every((c, n) => !n || c.first === columns[n - 1].last + 1);
        found.push([columns.length, joined, columns[0].first, columns.at(-1).last]);
      }
      return found;
    """
    for length, (number, joined, first, last) in zip(
        [1, 90, 91, 600, 4000], run(program, [1, 90, 91, 600, 4000]), strict=True
    ):
        assert number <= 92  # the limit, and what is cut off at both ends
        assert joined
        assert (first, last) == (18000, 18000 + length - 1)


def test_coincident_incidents_are_one_place_and_near_places_one_mark():
    rows = incident_forms([row("a"), row("b"), row("c", place="Near", lat=35.901), row("d", lat=40.0)], AppLinks())
    program = """
      const places = contested.gatherPlaces(values);
      const marks = contested.foldMarks(places, ([lon, lat]) => [lon * 100, -lat * 100], 17);
      return [places.map((p) => p.rows.length), marks.map((m) => m.rows.map((r) => r.id))];
    """
    assert run(program, rows) == [[2, 1, 1], [["a", "b", "c"], ["d"]]]


def test_a_province_is_not_folded_into_a_town():
    rows = incident_forms([row("a"), row("p", radius_km=80.0)], AppLinks())
    program = "return contested.foldMarks(contested.gatherPlaces(values), ([x, y]) => [x, y], 17).map((m) => m.wide);"
    assert run(program, rows) == [False, True]


def test_arrow_keys_lead_to_the_nearest_mark_that_way():
    program = """
      const marks = [{x: 0, y: 0}, {x: 10, y: 1}, {x: 30, y: 0}, {x: 0, y: 40}];
      const at = (from, dx, dy) => marks.indexOf(contested.nextMark(marks, marks[from], dx, dy));
      return [at(0, 1, 0), at(1, 1, 0), at(0, 0, 1), at(0, -1, 0), at(2, -1, 0)];
    """
    assert run(program, None) == [1, 2, 3, -1, 1]


def test_scale_bars_are_round():
    assert run("return values.map(contested.roundLength);", [3, 47, 120, 0.7]) == [2, 20, 100, 0.5]
