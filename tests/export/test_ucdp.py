"""UCDP GED's own rules: types of violence, sides, deaths that add up, precision, sources."""

from __future__ import annotations

import pytest

from contested.export import FormatName, KilledRule, Options, load_format
from contested.export.ucdp import code_case, priogrid
from tests.claims.reports import Report
from tests.export.made import E, K, battle, change, only_case, strike, two_tolls, written


def coded(*reports, rule=KilledRule.LOWEST):
    options = Options(killed_rule=rule)
    return code_case(only_case(*reports, options=options), options)


def test_a_government_against_a_group_is_state_based_violence():
    row = coded(battle("15 people", time="Tuesday")).rows[0]
    assert row["type_of_violence"] == 1
    assert (row["side_a"], row["side_b"]) == ("Government of Syria", "Islamic State")
    assert (row["gwnoa"], row["country_id"]) == ("652", "652")


def test_force_against_civilians_is_one_sided():
    row = coded(strike("12 civilians")).rows[0]
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (3, "Government of Syria", "Civilians")
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"]) == (0, 0, 12, 0)
    assert (row["low"], row["best"], row["high"]) == (12, 12, 12)


def test_deaths_fall_to_the_side_whose_people_are_counted():
    report = Report(
        "Syrian army troops fought Islamic State in Palmyra on Tuesday. Nine soldiers and 40 militants died."
    )
    event = report.event(
        E.BATTLE, "fought", by="Syrian army troops", on="Islamic State", place="Palmyra", time="Tuesday"
    )
    report.event(E.BATTLE, "died", again=event, killed=["Nine soldiers", "40 militants"])
    report.actor(K.MILITARY, "Syrian army troops")
    report.actor(K.REBEL, "Islamic State")
    row = coded(report.claims()).rows[0]
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"]) == (9, 40, 0, 0)
    assert row["best"] == 49


def fight(killed="17 people", type_=E.BATTLE, **roles):
    report = Report(f"{killed} were killed in fighting in Idlib on Tuesday as Islamic State took villages there.")
    report.event(type_, "fighting", by="Islamic State", place="Idlib", time="Tuesday", killed=killed, **roles)
    report.actor(K.REBEL, "Islamic State")
    return report.claims()


@pytest.mark.parametrize("killed", ["17 people", "17 civilians"])
def test_people_killed_in_fighting_are_not_the_victims_of_the_side_that_is_named(killed):
    result = coded(fight(killed))
    assert result.rows == ()
    assert "killed in fighting, nobody says by whom" in result.why_not


def test_people_killed_in_an_attack_are_those_of_who_attacked():
    assert coded(fight(type_=E.ATTACK)).rows[0]["type_of_violence"] == 3


def test_best_is_empty_where_no_rule_makes_one_number_of_two():
    row = coded(*two_tolls(), rule=KilledRule.RANGE).rows[0]
    assert (row["low"], row["best"], row["high"]) == (12, None, 20)
    assert all(row[name] is None for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"))


def test_source_original_is_who_is_quoted():
    row = coded(*two_tolls()).rows[0]
    assert len(row["source_original"].split(";")) == 2
    assert "Valley Post" not in row["source_original"]
    assert row["number_of_sources"] == 2
    assert row["source_article"].startswith('"The Valley Post,2024-05-15,')
    assert coded(strike()).rows[0]["source_original"] == "The Valley Post"


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (lambda: strike(None), "nobody says who was hit"),
        (lambda: strike("dozens of civilians"), "nobody gives a number of dead"),
        (lambda: strike("12 civilians", by="Unknown gunmen", kind=K.GUNMEN), "no doer that can be identified"),
        (lambda: battle("five people", time="since Friday"), "no day is given, or an end of the days is open"),
    ],
)
def test_what_is_no_event_to_ucdp_is_left_out_with_its_reason(report, why):
    result = coded(report())
    assert result.rows == ()
    assert result.why_not == why


def test_precision_and_days():
    row = coded(battle("five people", time="last week")).rows[0]
    assert (row["date_prec"], row["event_clarity"]) == (3, 1)
    assert row["date_start"] == "2024-05-06 00:00:00.000"
    assert row["date_end"] == "2024-05-12 00:00:00.000"
    assert coded(battle("five people", time="in April")).rows[0]["event_clarity"] == 2


def test_a_day_that_nobody_says_is_the_week_of_the_report_only_if_asked():
    report = Report("Syrian army jets struck a market in Idlib, killing 12 civilians.")
    report.event(E.AIRSTRIKE, "struck", by="Syrian army jets", place="Idlib", killed="12 civilians")
    report.actor(K.MILITARY, "Syrian army jets")
    assert coded(report.claims()).rows == ()
    options = Options(date_by_report=True)
    result = code_case(only_case(report.claims(), options=options), options)
    assert result.rows[0]["date_start"].startswith("2024-05-09")
    assert result.rows[0]["date_end"].startswith("2024-05-15")
    assert result.rows[0]["date_prec"] == 3
    assert "dated by the first report" in result.beside["who"]


@pytest.mark.parametrize(
    ("lat", "lon", "cell"), [(-90, -180, 1), (-89.4, -180, 721), (90, 180, 259200), (0, 0, 129961)]
)
def test_cells_of_the_grid(lat, lon, cell):
    assert priogrid(lat, lon) == cell


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("best", "13", "sum of its parts"),
        ("deaths_a", "", "given together"),
        ("side_b", "Rebels", "Civilians"),
        ("type_of_violence", "4", "at most 3"),
        ("priogrid_gid", "1", "lies in cell"),
        ("year", "2020", "the year of"),
        ("high", "1", "low ≤ best ≤ high"),
        ("where_prec", "8", "at most 7"),
        ("date_end", "2020-01-01 00:00:00.000", "not before"),
    ],
)
def test_the_validator_refuses(tmp_path, column, value, rule):
    file = written(FormatName.UCDP, tmp_path, strike(), options=Options(killed_rule=KilledRule.LOWEST))
    assert list(load_format(FormatName.UCDP).check(file)) == []
    change(file, column, value)
    assert any(p.row == 1 and rule in p.rule for p in load_format(FormatName.UCDP).check(file))
