"""What must not leave the house: private names, sharp coordinates, fresh news, whole texts; and formulas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.export import ExportView, FormatName, Options, ReportList, load_format
from contested.export.everywhere import NamesEverywhere
from contested.export.leaks import find_leaks, refusal
from contested.export.names import mask, private_names
from contested.export.quoting import excerpt, shorten
from contested.export.withhold import withhold
from contested.incidents.selection import Selection
from contested.resources.rules import load_rules
from contested.types import EventType, PlaceLevel, PlaceLink
from tests.claims.reports import Report
from tests.export.made import E, K, S, named, read_rows, strike, view_of, written

NAMES = ("Samir Qadri", "Huda Barakat")


def witness_report():
    """Return a report with a victim, a witness, an officer and a president by name."""
    text = (
        "Syrian army jets struck a market in Idlib on Tuesday, killing Samir Qadri, 34, a baker. "
        "Huda Barakat, a nurse, said the planes came twice. Qadri left three children. "
        "General Karim Haddad denied it, and President Bashar al-Assad praised the army."
    )
    report = Report(text)
    report.event(E.AIRSTRIKE, "struck", by="Syrian army jets", on="Samir Qadri", place="Idlib", time="Tuesday")
    report.event(E.AIRSTRIKE, "came", again=0)
    report.actor(K.MILITARY, "Syrian army jets")
    report.actor(K.CIVILIANS, "Samir Qadri")
    report.actor(K.CIVILIANS, "Huda Barakat, a nurse")
    report.actor(K.MILITARY, "General Karim Haddad")
    report.said("Huda Barakat, a nurse", "said", S.ASSERTS, "came")
    report.said("General Karim Haddad", "denied", S.DENIES, "struck")
    return named(
        report.claims(), "w", url="https://example.org/2024/samir-qadri-baker", headline_text="Samir Qadri dead"
    )


def test_victims_and_witnesses_are_private_and_officers_are_not():
    names = private_names(witness_report())
    assert set(NAMES) <= set(names)
    assert not any("Haddad" in n or "Assad" in n or "Idlib" in n for n in names)


@pytest.mark.parametrize("words", ["They", "Kurds", "Sunni Arabs", "AID CONVOY", "Between"])
def test_a_people_or_the_first_word_of_a_sentence_is_nobodys_name(words):
    report = Report(f"{words} fled Idlib on Tuesday.")
    report.event(E.DISPLACEMENT, "fled", by=words, place="Idlib", time="Tuesday")
    report.actor(K.CIVILIANS, words)
    assert private_names(report.claims()) == ()


def test_a_masked_text_is_as_long_as_it_was():
    claims = witness_report()
    masked = mask(claims.document.text, private_names(claims))
    assert len(masked) == len(claims.document.text)
    assert "Qadri" not in masked
    assert "General Karim Haddad" in masked


@given(st.text(max_size=80))
def test_masking_never_moves_an_offset(text):
    assert len(mask(text, ("Samir Qadri", "Huda"))) == len(text)


@pytest.mark.parametrize("written", ["Samir Qadri", "samir-qadri", "SAMIR_QADRI", "Samir\nQadri"])
def test_a_name_is_found_however_it_is_joined(written):
    assert "adri" not in mask(f"x {written} y", ("Samir Qadri",)).lower()


def test_somebody_elses_longer_name_stays():
    assert mask("Hassan fled. Hassan Rouhani spoke.", ("Amira Hassan",)) == "██████ fled. Hassan Rouhani spoke."


@pytest.mark.parametrize("rule", load_rules("contested.export", "private_names.toml"), ids=lambda r: r.name)
def test_each_rule_gives_a_name_from_its_examples(rule):
    assert all(rule.pattern.search(example)[1][0].isupper() for example in rule.examples)


@pytest.mark.parametrize(
    "name",
    [f for f in FormatName if f not in (FormatName.PARQUET, FormatName.XLSX)],
    ids=lambda f: f.value,
)
def test_no_format_lets_a_masked_name_out(tmp_path, name):
    for include in (False, True):
        folder = tmp_path / str(include)
        options = Options(include_names=include, full_text=True)
        written(name, folder, witness_report(), options=options)
        text = "".join(p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*")) if p.is_file())
        assert include or "Qadri" not in text
        assert include or "qadri" not in text
        assert include or "Barakat" not in text
        assert list(find_leaks([p for p in folder.rglob("*") if p.is_file()], NAMES if not include else ())) == []


def quoted_again(text, source, kind, id_="again"):
    report = Report(text)
    report.event(E.AIRSTRIKE, "struck", place="Idlib", time="Tuesday")
    report.actor(kind, source)
    report.said(source, "said", S.ASSERTS, "struck")
    return named(report.claims(), id_)


def test_a_name_that_is_private_in_one_report_is_masked_in_all(tmp_path):
    text = "Jets struck Idlib on Tuesday, Huda Barakat said. Barakat saw it."
    bare = quoted_again(text, "Huda Barakat", K.GOVERNMENT)
    for name in (FormatName.CLAIMS, FormatName.WEBANNOTATION, FormatName.BRAT, FormatName.INCIDENTS):
        written(name, tmp_path / name.value, witness_report(), bare, options=Options(full_text=True))
        text = "".join(p.read_text("utf-8") for p in sorted((tmp_path / name.value).rglob("*")) if p.is_file())
        assert "Barakat" not in text, name


def test_a_namesake_in_office_keeps_the_name_and_stops_no_export(tmp_path):
    general = quoted_again(
        "Jets struck Idlib on Tuesday, General Huda Barakat said.", "General Huda Barakat", K.MILITARY
    )
    view = view_of(witness_report(), general)
    texts = {told.document.id: told.document.text for told in view.reports()}
    assert "Barakat" not in texts["w"]
    assert "General Huda Barakat" in texts["again"]
    file = tmp_path / "claims.csv"
    file.write_text("\n".join(texts.values()), encoding="utf-8")
    assert refusal([file], view.withheld, view.borne_in_office()) == ""


@pytest.mark.parametrize(
    ("words", "keeps"),
    [
        ("General Huda Barakat", True),
        ("Idlib mayor Huda Barakat", True),
        ("Huda Barakat, the mayor,", True),
        ("Huda Barakat, the mayor's driver,", False),
        ("Huda Barakat, a general practitioner,", False),
        ("Huda Barakat, the general hospital", False),
        ("journalist Huda Barakat", False),  # a trade is no office
        ("General Haddad told Huda Barakat", False),
        ("the mayor's sister, Huda Barakat,", False),
        ("Huda Barakat", False),
    ],
)
def test_only_a_title_of_an_office_right_at_the_name_keeps_it(words, keeps):
    told = named(Report(f"Jets struck Idlib on Tuesday, {words} said.").claims(), "again")
    names = NamesEverywhere()
    for report in (witness_report(), told):
        names.note(report)
    assert ("Huda Barakat" not in names.within(told)) is keeps


def test_a_name_stands_in_an_address_however_its_spaces_are_written():
    for address in ("https://example.org/nurse%20Samir%20Qadri%20died", "https://example.org/a?q=Samir%2C%20Qadri"):
        assert "Qadri" not in mask(address, ("Samir Qadri",))
    names = NamesEverywhere()
    names.note(witness_report())
    other = named(Report("Jets struck Idlib.").claims(), "b", url="https://example.org/nurse%20Huda%20Barakat%20says")
    assert names.within(other) == ("Huda Barakat",)


def test_who_was_fired_at_is_no_place_though_a_town_is_called_so():
    report = Report("Soldiers fired at Luis Correia, a shopkeeper, on Monday.")
    report.event(E.ATTACK, "fired", by="Soldiers", on="Luis Correia")
    report.actor(K.CIVILIANS, "Luis Correia")
    assert private_names(report.claims()) == ("Luis Correia",)
    assert private_names(Report("A nurse named Rami Saleh was wounded in Homs.").claims()) == ("Rami Saleh",)


def test_a_family_name_alone_is_masked_in_its_own_report_only():
    names = NamesEverywhere()
    names.note(Report("Al-Qadri, 34, fled Idlib.").claims())
    assert names.within(named(Report("Al-Qadri spoke in Damascus.").claims(), "again")) == ()


def test_a_refusal_names_the_report_and_never_the_name(tmp_path):
    (tmp_path / "claims.csv").write_text("Samir Qadri fled", encoding="utf-8")
    why = refusal([tmp_path / "claims.csv"], {"Samir Qadri": "report-7", "Huda Barakat": "report-8"}, frozenset())
    assert "report-7" in why
    assert "claims.csv" in why
    assert "Qadri" not in why
    assert "report-8" not in why


@pytest.mark.parametrize(
    "text",
    [
        "Shells killed eight people near El Fasher, a local committee said.",
        "Shells killed eight people in El Fasher, a witness said.",
        "Shells fell near School 12, where people had fled, and hit Hospital 15, police said.",
        "DAMASCUS, Dec 18, 2023 - Shells fell. On Sept 3, more fell.",
        "Shells fell on a town. Those at the Southern Hospital, a nurse said, fled.",
    ],
)
def test_a_place_a_month_and_an_institution_are_nobodys_name(text):
    assert private_names(Report(text).claims()) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells killed Abu Kamal, 34, in the town.", "Abu Kamal"),  # also a town of the gazetteer
        ("They fled with Abu Kamal, a local grocer.", "Abu Kamal"),
        ("They hid in Abu Kamal's house. Abu Kamal, a farmer, fled.", "Abu Kamal"),
        ("They fled with Rami Saleh, a local council member.", "Rami Saleh"),
        ("Jan Novak, 34, fled.", "Jan Novak"),
        ("They fled to the house near Ibrahim, a farmer, on foot.", "Ibrahim"),  # also a village
        ("They hid in Ibrahim's house. Ibrahim, a farmer, fled.", "Ibrahim"),
        ("Gul Jan 25, a farmer, fled.", "Gul Jan"),
        ("Mark Ward, 34, fled.", "Mark Ward"),
        ("Mary Church, 34, fled.", "Mary Church"),
        ("They hid in Brnokvice, a witness said.", "Brnokvice"),  # in no gazetteer
    ],
)
def test_a_person_stays_private_though_a_place_is_called_alike(text, name):
    assert name in private_names(Report(text).claims())


def test_the_scan_finds_a_name_in_a_file_and_in_a_files_name(tmp_path):
    (tmp_path / "notes.csv").write_text("id,who\r\n1,samir  qadri\r\n", encoding="utf-8")
    (tmp_path / "samir_qadri.txt").write_text("nothing", encoding="utf-8")
    (tmp_path / "clean.txt").write_text("Samir went to Qadriya", encoding="utf-8")
    assert sorted(find_leaks(sorted(tmp_path.iterdir()), NAMES)) == ["notes.csv", "samir_qadri.txt"]


@pytest.mark.parametrize("name", [FormatName.PARQUET, FormatName.XLSX])
def test_the_scan_looks_into_packed_files(tmp_path, name):
    written(name, tmp_path, witness_report(), options=Options(include_names=True))
    assert list(find_leaks(sorted(tmp_path.iterdir()), NAMES))
    for file in tmp_path.iterdir():
        file.unlink()
    written(name, tmp_path, witness_report())
    assert not list(find_leaks(sorted(tmp_path.iterdir()), NAMES))


def test_rounding_widens_the_radius():
    place = PlaceLink("Idlib", "SYR", PlaceLevel.CITY, 35.9306, 36.6339, "test", radius_km=2.0)
    rounded = withhold(place, (), 1)
    assert (rounded.lat, rounded.lon) == (35.9, 36.6)
    assert rounded.radius_km == pytest.approx(7.9, abs=0.1)
    assert withhold(place, (), None) is place


def test_rounded_coordinates_reach_the_tables(tmp_path):
    row = read_rows(written(FormatName.ACLED, tmp_path, strike(), options=Options(round_coordinates=0)))[0]
    assert row["latitude"].endswith(".0000")
    assert row["longitude"].endswith(".0000")


def test_an_embargo_holds_back_fresh_reports_and_days():
    old, new = (
        strike(published="2024-05-15"),
        strike(published="2024-06-20", id_="new", day="Tuesday", by="Russian jets"),
    )
    held = view_of(old, new, options=Options(embargo=date(2024, 6, 1)))
    assert [c.incident.documents for c in held.cases()] == [("strike",)]
    assert [t.document.id for t in held.reports()] == ["strike"]
    assert list(view_of(old, options=Options(embargo=date(2024, 5, 14))).cases()) == []


def test_under_an_embargo_a_report_without_a_day_stays():
    undated = strike()
    undated = replace(undated, document=replace(undated.document, published=None))
    assert list(view_of(undated, options=Options(embargo=date(2030, 1, 1))).reports()) == []


def test_filters_are_those_of_incidents():
    reports = ReportList([strike(), witness_report()])
    for selection, number in (
        (Selection(types=frozenset({EventType.AIRSTRIKE})), 1),
        (Selection(types=frozenset({EventType.BATTLE})), 0),
        (Selection(place="Idlib"), 1),
        (Selection(place="Aleppo"), 0),
        (Selection(since=date(2024, 5, 15)), 0),
    ):
        view = ExportView.of(reports, Options(selection=selection))
        assert len(list(view.cases())) == number, selection
        assert bool(list(view.reports())) == bool(number)


def test_quotes_are_short_and_an_excerpt_shows_only_what_something_rests_on(tmp_path):
    long = "Syrian army jets struck a market in Idlib on Tuesday, " + "and the sirens went on " * 30 + "all night."
    row = read_rows(written(FormatName.CLAIMS, tmp_path, strike(None, text=long), options=Options(longest_quote=100)))[
        0
    ]
    assert len(row["quote"]) <= 100
    assert row["quote"].endswith("…")
    told = next(iter(view_of(strike()).reports()))
    assert len(excerpt(told)) == len(told.document.text)
    assert "Smoke" not in excerpt(told)
    assert "struck a market" in excerpt(told)
    assert shorten("short", 100) == "short"


def test_formulas_are_plain_text_and_negative_numbers_stay_numbers(tmp_path):
    report = replace(strike(), document=replace(strike().document, publisher="=HYPERLINK(1)", headline_text="@SUM(A1)"))
    row = read_rows(written(FormatName.DOCUMENTS, tmp_path, report))[0]
    assert (row["publisher"], row["title"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")
    south = PlaceLink("Place", "BRA", PlaceLevel.TOWN, -10.5, -50.25, "test", acled_precision=1, ucdp_precision=1)
    moved = replace(strike(), places=tuple(replace(p, link=south) for p in strike().places))
    row = read_rows(written(FormatName.INCIDENTS, tmp_path, moved))[0]
    assert (row["lat"], row["lon"]) == ("-10.5", "-50.25")
    assert list(load_format(FormatName.INCIDENTS).check(tmp_path / "incidents.csv")) == []
