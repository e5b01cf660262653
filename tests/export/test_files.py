"""Files as others open them: legal tables, GeoJSON, Parquet, workbooks, HAPI, and the bundle around them."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest

from contested.export import FormatName, KilledRule, Options, OutFile, load_format
from contested.export.bundle import write_bundle
from contested.export.own_tables import TABLES
from contested.export.schema import load_columns, names_of
from tests.claims.reports import Report
from tests.export.made import E, K, S, battle, change, named, read_rows, strike, two_tolls, view_of, written

F = FormatName
OURS = [F.CLAIMS, F.INCIDENTS, F.CONTROL, F.DOCUMENTS]
ALL = [F.ACLED, F.UCDP, F.HAPI, F.GEOJSON, F.PARQUET, F.XLSX, *OURS]


def holding():
    """Return a report that says who holds and who took a place."""
    report = Report("Rebels hold Idlib. The Syrian army said it took Saraqib on Tuesday.")
    report.event(E.HOLD, "hold", by="Rebels", place="Idlib")
    report.event(E.TAKE_CONTROL, "took", by="it", on="@Saraqib", place="Saraqib", time="Tuesday")
    report.actor(K.REBEL, "Rebels")
    report.actor(K.MILITARY, "The Syrian army", "it")
    report.said("The Syrian army", "said", S.ASSERTS, "took")
    return named(report.claims(), "holding", url="https://example.org/h", headline_text="Who holds what")


def reports():
    return (*two_tolls(), battle("nine soldiers"), holding())


@pytest.mark.parametrize("name", ALL, ids=lambda f: f.value)
def test_what_we_write_is_legal(tmp_path, name):
    file = written(name, tmp_path, *reports())
    assert list(load_format(name).check(file)) == []


@pytest.mark.parametrize("name", ALL, ids=lambda f: f.value)
def test_the_same_view_gives_the_same_bytes(tmp_path, name):
    one, two = (written(name, tmp_path / n, *reports()) for n in ("one", "two"))
    for file in sorted(one.parent.iterdir()):
        assert file.read_bytes() == (two.parent / file.name).read_bytes()


@pytest.mark.parametrize("name", ALL, ids=lambda f: f.value)
def test_a_single_file_takes_the_main_table_only(tmp_path, name):
    path = tmp_path / "single"
    with path.open("wb") as file:
        load_format(name).write(view_of(*reports()), Options(), OutFile(file))
    assert path.read_bytes() == written(name, tmp_path / "folder", *reports()).read_bytes()


@pytest.mark.parametrize("name", [*OURS, F.ACLED, F.UCDP, F.HAPI], ids=lambda f: f.value)
def test_nothing_to_export_is_a_table_with_a_header(tmp_path, name):
    file = written(name, tmp_path)
    assert read_rows(file) == []
    assert list(load_format(name).check(file)) == []


@pytest.mark.parametrize(
    ("name", "column", "value", "rule"),
    [
        (F.CLAIMS, "char_end", "0", "at least 1"),
        (F.CLAIMS, "stance", "thinks", "expected one of"),
        (F.CLAIMS, "claim_in_report", "", "outlet's own voice"),
        (F.INCIDENTS, "killed_high", "1", "not below killed_low"),
        (F.INCIDENTS, "lat", "", "both given or both empty"),
        (F.INCIDENTS, "n_origin_groups", "9", "no more than n_documents"),
        (F.CONTROL, "is_start", "maybe", "expected boolean"),
        (F.DOCUMENTS, "lang", "", "required"),
        (F.HAPI, "location_code", "SYX", "alpha-3"),
        (F.HAPI, "event_type", "war", "expected one of"),
    ],
)
def test_the_validators_refuse(tmp_path, name, column, value, rule):
    file = written(name, tmp_path, *reports())
    change(file, column, value)
    assert any(p.row == 1 and p.column == column and rule in p.rule for p in load_format(name).check(file))


def test_a_table_that_is_no_utf8_is_refused(tmp_path):
    file = written(F.CLAIMS, tmp_path, *reports())
    file.write_bytes(file.read_bytes() + b"\xff\xfe")
    assert any("UTF-8" in p.rule for p in load_format(F.CLAIMS).check(file))


def test_claims_have_one_row_a_claim_and_event_and_the_outlets_own_voice(tmp_path):
    rows = read_rows(written(F.CLAIMS, tmp_path, strike(), holding()))
    voices = {(r["attribution_type"], r["claim_in_report"]) for r in rows}
    assert voices == {("author", ""), ("named", "C1")}
    assert all(r["quote"] and int(r["char_start"]) < int(r["char_end"]) for r in rows)
    incident = next(r for r in rows if r["event_type"] == "airstrike")["incident_id"]
    assert incident in {r["incident_id"] for r in read_rows(written(F.INCIDENTS, tmp_path, strike(), holding()))}


def test_an_incident_names_its_losing_claims(tmp_path):
    options = Options(killed_rule=KilledRule.LOWEST)
    row = read_rows(written(F.INCIDENTS, tmp_path, *two_tolls(), options=options))[0]
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == ("12", "12", "20")
    assert row["killed_losing_claims"].startswith("c")
    assert row["killed_losing_claims"] in row["claims"]
    assert row["killed_origins"] == "2"


def test_geojson_is_longitude_first_flat_and_has_discs(tmp_path):
    written(F.GEOJSON, tmp_path, *reports())
    points = json.loads((tmp_path / "incidents.geojson").read_text(encoding="utf-8"))
    assert set(points) == {"type", "features"}
    feature = next(f for f in points["features"] if f["properties"]["place"] == "Idlib")
    lon, lat = feature["geometry"]["coordinates"]
    assert 36 < lon < 37
    assert 35 < lat < 37
    nested = {k for k, v in feature["properties"].items() if isinstance(v, dict)}
    assert not nested
    assert feature["properties"]["claims"]
    discs = json.loads((tmp_path / "incidents_discs.geojson").read_text(encoding="utf-8"))
    ring = discs["features"][0]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    assert len(ring) == 33


@pytest.mark.parametrize(
    ("change_it", "rule"),
    [
        (lambda c: c.update(type="Features"), "FeatureCollection"),
        (lambda c: c.update(crs={}), "no crs"),
        (lambda c: c["features"][0]["geometry"].update(coordinates=[35.9, 136.6]), "longitude, then latitude"),
        (lambda c: c["features"].append(c["features"][0]), "stands once"),
        (lambda c: c["features"][0]["properties"].update(claims=[]), "required"),
    ],
)
def test_illegal_geojson_is_refused(tmp_path, change_it, rule):
    file = written(F.GEOJSON, tmp_path, strike())
    collection = json.loads(file.read_text(encoding="utf-8"))
    change_it(collection)
    file.write_text(json.dumps(collection), encoding="utf-8")
    assert any(rule in p.rule for p in load_format(F.GEOJSON).check(file))


def test_parquet_has_true_types_and_the_rows_of_the_tables(tmp_path):
    written(F.PARQUET, tmp_path, *reports())
    for table in TABLES:
        read = pq.read_table(tmp_path / f"{table}.parquet")
        rows = read_rows(written(F(table), tmp_path, *reports()))
        assert read.num_rows == len(rows)
        assert tuple(read.column_names) == names_of(table)
    kinds = pq.read_schema(tmp_path / "incidents.parquet")
    assert (str(kinds.field("killed_low").type), str(kinds.field("date_earliest").type)) == ("int64", "date32[day]")


def test_another_parquet_file_is_refused(tmp_path):
    file = tmp_path / "x.parquet"
    file.write_bytes(b"PAR1 no")
    assert any("not a Parquet file" in p.rule for p in load_format(F.PARQUET).check(file))


def test_a_workbook_holds_no_formula_whatever_the_reports_say(tmp_path):
    evil = named(strike(), "=1+1", publisher="=cmd|' /C calc'!A0", headline_text="+1")
    file = written(F.XLSX, tmp_path, evil)
    assert list(load_format(F.XLSX).check(file)) == []
    with ZipFile(file) as book:
        sheets = b"".join(book.read(n) for n in book.namelist() if "worksheets/sheet" in n)
    assert b"=cmd|" in sheets
    assert not re.search(rb"<f[ >]", sheets)


def test_a_workbook_with_a_formula_is_refused(tmp_path):
    file = written(F.XLSX, tmp_path, strike())
    with ZipFile(file) as book:
        parts = {n: book.read(n) for n in book.namelist()}
    with ZipFile(file, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content.replace(b"</sheetData>", b"<row><c><f>1+1</f></c></row></sheetData>"))
    assert any("formula" in p.rule for p in load_format(F.XLSX).check(file))


def test_hapi_counts_by_month_and_division_with_tags_if_asked(tmp_path):
    rows = read_rows(written(F.HAPI, tmp_path, strike(), battle("nine soldiers")))
    kinds = {(r["event_type"], r["provider_admin1_name"]): r for r in rows}
    strikes = next(r for (kind, _), r in kinds.items() if kind == "civilian_targeting")
    assert (strikes["location_code"], strikes["events"], strikes["fatalities"]) == ("SYR", "1", "12")
    assert (strikes["reference_period_start"], strikes["reference_period_end"]) == ("2024-05-01", "2024-05-31")
    assert sum(int(r["events"]) for r in rows if r["event_type"] == "political_violence") == 2
    file = written(F.HAPI, tmp_path, strike(), options=Options(hxl=True))
    assert file.read_text(encoding="utf-8").splitlines()[1].startswith("#country+code,")
    assert list(load_format(F.HAPI).check(file)) == []


def test_a_bundle_says_what_it_is_and_checks_itself(tmp_path):
    options = Options(code="9.9", killed_rule=KilledRule.LOWEST)
    written(F.ACLED, tmp_path, *reports(), options=options)
    files = ["acled.csv", "acled_claims.csv", "acled_not_coded.csv"]
    content = view_of(*reports()).fingerprint()
    write_bundle(tmp_path, F.ACLED, files, options, content, ["villages.csv, 2026 (CC0)", "contested"])
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert [r["path"] for r in package["resources"]] == files
    for resource in package["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        header = content.decode().split("\r\n", 1)[0].split(",")
        assert [f["name"] for f in resource["schema"]["fields"]] == header
    query = json.loads((tmp_path / "query.json").read_text(encoding="utf-8"))
    assert (query["killed_rule"], query["contested"], len(query["content_sha256"])) == ("lowest", "9.9", 64)
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "not ACLED data" in readme
    assert "Nothing is established" in readme
    assert "the lowest number that still stands" in readme
    assert "- Places are those of contested, 2026-11 (Apache-2.0); villages.csv, 2026 (CC0)." in readme
    assert {"title": "places: villages.csv, 2026 (CC0)"} in package["sources"]


def test_a_view_names_the_sources_of_the_places_it_showed():
    view = view_of(*reports())
    assert not view.gazetteers
    seen = {
        p.link.chosen.source for c in view.cases() for t in c.tellings for p in t.told.claims.places if p.link.chosen
    }
    assert set(view.gazetteers) == seen - {""}
    assert seen


def test_the_fingerprint_follows_the_content():
    assert view_of(strike()).fingerprint() == view_of(strike()).fingerprint()
    assert view_of(strike()).fingerprint() != view_of(strike("13 civilians")).fingerprint()


@pytest.mark.parametrize("path", sorted(Path("src/contested/export").glob("*_columns.tsv")), ids=lambda p: p.stem)
def test_every_column_is_described(path):
    columns = load_columns(path.stem.removesuffix("_columns"))
    assert all(c.meaning for c in columns)
