"""ACLED's own worked rules: hierarchy, day splitting, vague numbers, interaction codes, precision."""

from __future__ import annotations

import pytest

from contested.actors.naming import ActorType
from contested.export import FormatName, KilledRule, Options, load_format
from contested.export.acled import code_case
from contested.export.acled_coding import Party, interaction
from contested.export.acled_days import days_of, split
from tests.claims.reports import Report
from tests.export.made import E, K, S, battle, change, named, only_case, read_rows, strike, two_tolls, written


def coded(*reports, rule=KilledRule.RANGE):
    options = Options(killed_rule=rule)
    return code_case(only_case(*reports, options=options), options)


def only_row(*reports, rule=KilledRule.RANGE):
    rows = coded(*reports, rule=rule).rows
    assert len(rows) == 1
    return rows[0]


def test_an_airstrike_on_civilians():
    row = only_row(strike())
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert row["actor1"].startswith("Military Forces of Syria (")
    assert row["actor2"] == "Civilians (Syria)"
    assert row["interaction"] == "State forces-Civilians"
    assert row["civilian_targeting"] == "Civilians targeted"
    assert (row["event_date"], row["time_precision"], row["geo_precision"]) == ("2024-05-14", 1, 1)
    assert (row["iso"], row["region"], row["fatalities"]) == ("760", "Middle East", 12)


def test_fighters_among_the_people_whom_a_strike_hit_are_neither_the_toll_nor_all_who_were_hit():
    report = Report("Syrian army jets struck a camp in Idlib on Tuesday, killing 25 people, eight fighters among them.")
    report.event(
        E.AIRSTRIKE,
        "struck",
        by="Syrian army jets",
        place="Idlib",
        time="Tuesday",
        killed=["25 people", "eight fighters"],
    )
    report.actor(K.MILITARY, "Syrian army jets")
    row = only_row(report.claims(), rule=KilledRule.LOWEST)
    assert (row["fatalities"], row["actor2"]) == (25, "Civilians (Syria)")


def test_it_never_passes_for_acled_data_nor_for_a_fact():
    row = only_row(strike())
    assert row["event_id_cnty"].startswith("CONTESTED-SYR-")
    assert "not ACLED data" in row["tags"]
    assert row["notes"].startswith("Claimed, not established: reported by The Valley Post")


def test_a_battle_outranks_the_airstrike_in_it():
    report = Report("Syrian army troops fought Islamic State in Palmyra on Tuesday. Jets struck there too.")
    ours = report.event(
        E.BATTLE, "fought", by="Syrian army troops", on="Islamic State", place="Palmyra", time="Tuesday"
    )
    report.event(E.AIRSTRIKE, "struck", again=ours)
    report.actor(K.MILITARY, "Syrian army troops")
    report.actor(K.REBEL, "Islamic State")
    row = only_row(report.claims())
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Armed clash")
    assert row["interaction"] == "State forces-Rebel group"


def test_five_days_of_fighting_are_five_events_and_the_dead_are_split_over_them():
    text = "Syrian army troops fought Islamic State in Palmyra from May 6 to May 10, killing 23 people."
    rows = coded(battle("23 people", time="from May 6 to May 10", text=text)).rows
    assert [r["event_date"] for r in rows] == [f"2024-05-{day:02}" for day in (6, 7, 8, 9, 10)]
    assert [r["fatalities"] for r in rows] == [7, 4, 4, 4, 4]  # what is left over falls on the first day
    assert all(r["time_precision"] == 1 for r in rows)
    assert "split over 5 days, this is day 1" in rows[0]["notes"]
    assert len({r["event_id_cnty"] for r in rows}) == 5


@pytest.mark.parametrize(("number", "days", "each"), [(100, 5, [20] * 5), (10, 4, [4, 2, 2, 2]), (2, 3, [2, 0, 0])])
def test_deaths_are_split_as_evenly_as_can_be(number, days, each):
    assert split(number, days) == each


def test_a_week_that_bounds_the_day_gives_its_middle_with_precision_2():
    days = days_of(only_case(battle(time="last week")))
    assert [d.isoformat() for d in days.days] == ["2024-05-09"]  # Monday 6 to Sunday 12
    assert days.precision == 2


def test_a_month_gives_its_middle_with_precision_3():
    days = days_of(only_case(battle(time="in April")))
    assert [d.isoformat() for d in days.days] == ["2024-04-15"]
    assert days.precision == 3


def test_nothing_coarser_than_a_month_is_coded():
    result = coded(battle(time="in 2023"))
    assert result.rows == ()
    assert "month" in result.why_not


@pytest.mark.parametrize(
    ("toll", "number"),
    [("dozens of people", 12), ("hundreds of people", 100), ("several people", 3), ("many people", 3), (None, 0)],
)
def test_vague_numbers_become_what_the_codebook_says(toll, number):
    assert only_row(strike(toll))["fatalities"] == number


def test_several_is_ten_where_the_scale_is_large():
    text = "Syrian army jets struck a market in Idlib on Tuesday, killing several people and wounding 60 others."
    report = Report(text)
    report.event(
        E.AIRSTRIKE, "struck", by="Syrian army jets", place="Idlib", time="Tuesday", killed="several people",
        wounded="60 others",
    )  # fmt: skip
    report.actor(K.MILITARY, "Syrian army jets")
    assert only_row(report.claims())["fatalities"] == 10


def test_the_lowest_number_is_taken_and_the_losing_claim_is_named():
    reports = two_tolls()
    row = only_row(*reports)
    assert row["fatalities"] == 12
    assert "(rule lowest) out of 12 to 20 from 2 independent origins; not taken: claims c" in row["notes"]
    assert only_row(*reports, rule=KilledRule.HIGHEST)["fatalities"] == 20


def test_dead_and_wounded_together_are_no_dead():
    report = Report("Syrian army jets struck a market in Idlib on Tuesday. There were 30 casualties.")
    event = report.event(E.AIRSTRIKE, "struck", by="Syrian army jets", place="Idlib", time="Tuesday")
    report.event(E.AIRSTRIKE, "casualties", again=event, casualties="30 casualties")
    report.actor(K.MILITARY, "Syrian army jets")
    assert only_row(report.claims())["fatalities"] == 0


def test_the_bomber_counts():
    report = Report("A suicide bomber struck a market in Idlib on Tuesday.")
    report.event(E.SUICIDE_BOMBING, "struck", by="A suicide bomber", place="Idlib", time="Tuesday")
    report.actor(K.GUNMEN, "A suicide bomber")
    assert only_row(report.claims())["fatalities"] == 1


def test_civilians_are_the_second_actor_of_violence_against_them():
    report = Report("Gunmen shot dead five villagers in Idlib on Tuesday.")
    report.event(E.ATTACK, "shot", by="Gunmen", on="five villagers", place="Idlib", time="Tuesday", killed="five")
    report.actor(K.GUNMEN, "Gunmen")
    report.actor(K.CIVILIANS, "five villagers")
    row = only_row(report.claims())
    assert (row["event_type"], row["sub_event_type"]) == ("Violence against civilians", "Attack")
    assert (row["actor1"], row["actor2"]) == ("Unidentified Armed Group (Syria)", "Civilians (Syria)")
    assert row["interaction"] == "Political militia-Civilians"


def test_a_state_abroad_is_an_external_force():
    row = only_row(strike(by="Russian air force jets"))
    assert row["inter1"] == "External/Other forces"
    assert row["interaction"] == "Civilians-External/Other forces"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (ActorType.STATE_FORCES, ActorType.REBEL_GROUP, "State forces-Rebel group"),
        (ActorType.REBEL_GROUP, ActorType.STATE_FORCES, "State forces-Rebel group"),
        (ActorType.CIVILIANS, ActorType.RIOTERS, "Rioters-Civilians"),
        (ActorType.PROTESTERS, None, "Protesters only"),
    ],
)
def test_interaction_has_the_lower_code_first(first, second, words):
    assert interaction(Party("a", first), Party("b", second) if second else None) == words


def test_a_taking_that_somebody_denies_is_coded_as_a_clash():
    report = Report("Rebels said they captured Saraqib on Tuesday, killing nine soldiers. The army said it never fell.")
    event = report.event(
        E.TAKE_CONTROL, "captured", by="Rebels", on="@Saraqib", place="Saraqib", time="Tuesday", killed="nine soldiers"
    )
    report.actor(K.REBEL, "Rebels")
    report.actor(K.MILITARY, "The army")
    report.said("Rebels", "said", S.ASSERTS, "captured")
    assert only_row(report.claims())["sub_event_type"] == "Non-state actor overtakes territory"
    report.event(E.TAKE_CONTROL, "fell", again=event)
    report.said("The army", "said#2", S.DENIES, "fell")
    row = only_row(report.claims())
    assert row["sub_event_type"] == "Armed clash"
    assert "denied by" in row["notes"]


def taking(by, kind, place="Kupiansk", killed="nine soldiers", country=""):
    text = f"{by} captured {place}{country} on Tuesday, killing {killed}."
    report = Report(text)
    report.event(E.TAKE_CONTROL, "captured", by=by, place=place, time="Tuesday", killed=killed)
    report.actor(kind, by)
    return report.claims()


@pytest.mark.parametrize(
    ("by", "kind", "sub_event"),
    [
        ("Russian troops", K.MILITARY, "Non-state actor overtakes territory"),  # a foreign state's, by the codebook
        ("Ukrainian troops", K.MILITARY, "Government regains territory"),
        ("Rebels", K.REBEL, "Non-state actor overtakes territory"),
    ],
)
def test_only_the_countrys_own_state_regains_territory(by, kind, sub_event):
    assert only_row(taking(by, kind))["sub_event_type"] == sub_event


def test_the_dead_whose_side_is_named_are_the_opponent():
    row = only_row(taking("Russian troops", K.MILITARY, killed="nine Ukrainian soldiers"))
    assert row["actor2"].startswith("Military Forces of Ukraine (")
    assert row["interaction"] == "State forces-External/Other forces"
    own = only_row(taking("Ukrainian troops", K.MILITARY, killed="nine Ukrainian soldiers"))
    assert own["actor2"] == "Unidentified Armed Group (Ukraine)"


def test_who_withdraws_is_the_opponent_of_who_advances():
    text = "Northern rebels advanced in Saraqib on Tuesday, killing nine people. The Syrian army withdrew from Saraqib."
    report = Report(text)
    place = {"place": "Saraqib", "time": "Tuesday"}
    report.event(E.ADVANCE, "advanced", by="Northern rebels", killed="nine people", **place)
    report.event(E.WITHDRAW, "withdrew", by="The Syrian army", place="Saraqib#2", time="Tuesday")
    report.actor(K.REBEL, "Northern rebels")
    report.actor(K.MILITARY, "The Syrian army")
    army, rebels = sorted((row := only_row(report.claims()))[name] for name in ("actor1", "actor2"))
    assert army.startswith("Military Forces of Syria (")
    assert (rebels, row["sub_event_type"]) == ("Opposition Rebels (Syria)", "Armed clash")


@pytest.mark.parametrize(
    ("by", "name", "words"),
    [
        ("Suicide bombers", "Unidentified Armed Group (Syria)", "Political militia-Civilians"),
        ("Militants", "Unidentified Armed Group (Syria)", "Political militia-Civilians"),
        ("Rebels", "Opposition Rebels (Syria)", "Rebel group-Civilians"),
    ],
)
def test_armed_men_are_an_opposition_only_if_they_are_called_so(by, name, words):
    row = only_row(strike(by=by, kind=K.REBEL))
    assert (row["actor1"], row["interaction"]) == (name, words)


def test_a_day_that_nobody_says_is_the_reports_only_if_asked():
    report = Report("Syrian army jets struck a market in Idlib, killing 12 civilians.")
    report.event(E.AIRSTRIKE, "struck", by="Syrian army jets", place="Idlib", killed="12 civilians")
    report.actor(K.MILITARY, "Syrian army jets")
    assert coded(report.claims()).why_not == "no day is given, or an end of the days is open"
    options = Options(date_by_report=True)
    (row,) = code_case(only_case(report.claims(), options=options), options).rows
    assert (row["event_date"], row["time_precision"]) == ("2024-05-15", 2)
    assert row["notes"].endswith("Nobody says the day: dated by the first report.")


def test_what_is_only_denied_is_not_coded():
    report = Report("The army denied that its jets had struck Idlib on Tuesday.")
    report.event(E.AIRSTRIKE, "struck", by="jets", place="Idlib", time="Tuesday")
    report.actor(K.MILITARY, "The army", "jets")
    report.said("The army", "denied", S.DENIES, "struck")
    result = coded(report.claims())
    assert result.rows == ()
    assert "nobody says that it happened" in result.why_not


def test_every_incident_is_either_coded_or_its_reason_is_given(tmp_path):
    report = Report("The minister accused the rebels on Tuesday. Jets struck Idlib.")
    report.event(E.ACCUSE, "accused", by="The minister", on="the rebels", time="Tuesday")
    report.event(E.AIRSTRIKE, "struck", place="Idlib")
    file = written(FormatName.ACLED, tmp_path, report.claims(), named(strike(), "other"))
    reasons = read_rows(tmp_path / "acled_not_coded.csv")
    assert {r["our_types"] for r in reasons} >= {"accuse"}
    assert all(r["why"] for r in reasons)
    assert list(load_format(FormatName.ACLED).check(file)) == []


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("event_type", "Battles", "sub-event type of"),
        ("disorder_type", "Demonstrations", "disorder type"),
        ("interaction", "Rebel group only", "State forces-Civilians"),
        ("inter1", "Army", "expected one of"),
        ("iso", "761", "ISO 3166"),
        ("region", "Europe", "lies in"),
        ("year", "2023", "the year of"),
        ("fatalities", "-1", "at least 0"),
        ("fatalities", "dozens", "expected integer"),
        ("time_precision", "4", "at most 3"),
        ("event_date", "14/05/2024", "expected date"),
        ("source_scale", "Galactic", "one or two of"),
        ("inter2", "", "given with actor2"),
        ("country", "", "required"),
        ("latitude", "91", "at most 90"),
    ],
)
def test_the_validator_refuses(tmp_path, column, value, rule):
    file = written(FormatName.ACLED, tmp_path, strike())
    change(file, column, value)
    problems = list(load_format(FormatName.ACLED).check(file))
    assert any(p.row == 1 and rule in p.rule for p in problems), problems


def test_the_validator_misses_no_column_and_no_order(tmp_path):
    file = written(FormatName.ACLED, tmp_path, strike())
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("event_id_cnty,event_date", "event_date,event_id_cnty", 1), encoding="utf-8")
    assert any("order" in p.rule for p in load_format(FormatName.ACLED).check(file))
    file.write_text(text.replace("sub_event_type", "sub_type", 1), encoding="utf-8")
    assert any(p.column == "sub_event_type" and "missing" in p.rule for p in load_format(FormatName.ACLED).check(file))
