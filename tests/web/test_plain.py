from __future__ import annotations

from contested.web.basemap import Drawing, frame_of
from contested.web.plain import columns_of, place_marks
from tests.web.rows_made import row

DRAWING = Drawing(frame_of([(36.7, 35.9, 20.0)]), 960.0, 560.0, "", "", "")


def test_incidents_at_one_place_are_one_mark_that_counts_them():
    marks = place_marks([row("a"), row("b", is_contested=True), row("c", place="Idlib", lat=35.93, lon=36.63)], DRAWING)
    assert sorted(m.number for m in marks) == [1, 2]
    pair = next(m for m in marks if m.number == 2)
    assert pair.words == "Sarmin: 2 incidents, 1 contested"
    assert pair.is_contested
    assert pair.href == "#incident-a"


def test_large_areas_lie_under_small_ones_and_a_province_is_no_point():
    province = row("p", place="Idlib Governorate", radius_km=70.0)
    marks = place_marks([row("a"), province], DRAWING)
    assert [m.is_wide for m in marks] == [True, False]
    assert marks[0].area > 10 * marks[1].area


def test_what_has_no_place_is_on_no_map():
    assert place_marks([row(lat=None, lon=None, place=None)], DRAWING) == []


def test_names_cover_no_other_mark():
    near = [row(str(n), lat=35.9 + n / 1000, place=f"Place {n}") for n in range(9)]
    assert sum(bool(m.name) for m in place_marks(near, DRAWING)) < 9


def test_columns_tell_what_is_sure_from_what_may_be():
    wide = row("w", earliest="2020-05-01", latest="2020-05-03")
    columns = columns_of([row("a"), row("b"), wide])
    assert columns.unit == "day"
    assert [c.words for c in columns.columns] == [
        "2020-05-01: 2 incidents, and 1 that may belong here",
        "2020-05-02: 0 incidents, and 1 that may belong here",
        "2020-05-03: 0 incidents, and 1 that may belong here",
    ]
    assert columns.most == 3
    assert columns.columns[1].sure == 0


def test_an_open_end_is_never_sure():
    columns = columns_of([row("a", latest=None)])
    assert columns.columns[0].words == "2020-05-01: 0 incidents, and 1 that may belong here"


def test_long_stretches_are_counted_by_week_month_and_year():
    assert columns_of([row("a"), row("b", earliest="2020-10-01", latest="2020-10-01")]).unit == "week"
    assert columns_of([row("a"), row("b", earliest="2024-10-01", latest="2024-10-01")]).unit == "month"
    assert columns_of([row("a"), row("b", earliest="1990-10-01", latest="1990-10-01")]).unit == "year"


def test_without_days_there_is_nothing_to_draw():
    assert columns_of([row(earliest=None, latest=None)]).columns == ()
