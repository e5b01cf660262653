from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.web.basemap import WORLD, Frame, clip, draw, frame_of, load_borders

ALEPPO = (37.16, 36.2, 6.0)


def points_of(topology):
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        for step in arc:
            x, y = x + step[0], y + step[1]
            yield x * kx + dx, y * ky + dy


def names_of(topology):
    return {c["properties"]["a3"] for c in topology["objects"]["countries"]["geometries"]}


def test_a_frame_holds_its_discs_with_room_around_them():
    frame = frame_of([ALEPPO, (36.6, 35.9, 50.0)])
    assert frame.west < 36.0
    assert frame.east > 37.3
    assert frame.south < 35.4
    assert frame.north > 36.3


def test_places_far_apart_or_none_show_the_world():
    assert frame_of([]) == WORLD
    assert frame_of([(-100.0, 40.0, 1.0), (100.0, 30.0, 1.0)]) == WORLD
    assert frame_of([(179.5, 10.0, 200.0)]) == WORLD


@given(st.lists(st.tuples(st.floats(-179, 179), st.floats(-55, 75), st.floats(0, 400)), min_size=1, max_size=6))
def test_every_frame_is_a_rectangle_on_the_globe(discs):
    frame = frame_of(discs)
    assert -180 <= frame.west < frame.east <= 180
    assert -90 < frame.south < frame.north < 90


def test_a_region_keeps_its_countries_and_every_point_within_it():
    frame = frame_of([ALEPPO])
    whole, region = load_world(), clip(load_world(), frame)
    within = {p for p in points_of(whole) if not frame.misses(*p, *p)}
    kept = set(points_of(region))
    assert {"SYR", "TUR"} <= names_of(region)
    assert "MEX" not in names_of(region)
    assert within
    assert {tuple(round(v, 6) for v in p) for p in within} <= {tuple(round(v, 6) for v in p) for p in kept}
    assert len(json.dumps(region)) < 0.03 * len(json.dumps(whole))


def load_world():
    return json.loads(files("contested.web").joinpath("static", "vendor", "world-50m.json").read_bytes())


def test_rings_of_a_region_are_closed():
    region = load_borders(frame_of([ALEPPO]))
    ends = []
    for arc in region["arcs"]:
        x, y = arc[0]
        first = (x, y)
        for step in arc[1:]:
            x, y = x + step[0], y + step[1]
        ends.append((first, (x, y)))
    for country in region["objects"]["countries"]["geometries"]:
        for ring in (ring for polygon in country["arcs"] for ring in polygon):
            legs = [ends[a] if a >= 0 else ends[~a][::-1] for a in ring]
            assert all(a[1] == b[0] for a, b in zip(legs, [*legs[1:], legs[0]], strict=True))


def test_a_drawing_puts_north_up_and_east_right():
    frame = frame_of([ALEPPO])
    drawing = draw(load_borders(frame), frame, 960)
    x, y = drawing.place(37.16, 36.2)
    assert 0 < x < 960
    assert 0 < y < drawing.height
    assert drawing.place(38.0, 36.2)[0] > x
    assert drawing.place(37.16, 37.0)[1] < y
    assert drawing.length(100, 36.2) == pytest.approx(drawing.place(37.16 + 100 / 111.2 / 0.807, 36.2)[0] - x, rel=0.01)


def test_boundaries_in_dispute_are_drawn_apart():
    frame = Frame(60.0, 20.0, 90.0, 38.0)
    drawing = draw(load_borders(frame), frame, 960)
    assert drawing.disputed.count("M") > 0
    assert drawing.borders.count("M") > drawing.disputed.count("M")
    assert re.fullmatch(r"[MLZ0-9.,-]*", drawing.land + drawing.borders + drawing.disputed)
