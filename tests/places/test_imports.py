import csv
import zipfile

import pytest

from contested.errors import InputError, ResourceError
from contested.places import GazetteerSource, SqliteGazetteer, import_file, open_gazetteer, resolve_all
from contested.places import imports as imports_module
from contested.places.names import skeleton
from contested.types import PlaceLevel
from tests.places.worlds import spans

SOURCE = GazetteerSource("a dump", "CC BY 4.0", "2026-11-01", 0)


def geonames_line(id_, name, lat, lon, *, fclass="P", fcode="PPL", country="SY", admin1="09", people=0, aliases=""):
    fields = [
        id_,
        name,
        name,
        aliases,
        lat,
        lon,
        fclass,
        fcode,
        country,
        "",
        admin1,
        "",
        "",
        "",
        people,
        "",
        "",
        "",
        "",
    ]
    return "\t".join(map(str, fields))


@pytest.fixture
def store(tmp_path):
    gazetteer = SqliteGazetteer(tmp_path / "g.sqlite", create=True)
    yield gazetteer
    gazetteer.close()


@pytest.fixture
def dump(tmp_path):
    lines = [
        geonames_line(1, "Orva Governorate", 35.2, 37.3, fclass="A", fcode="ADM1"),
        geonames_line(2, "Qirdalun", 35.1, 37.2, people=900, aliases="Qirdaloun,قردلون"),
        "not a line of a dump",
        geonames_line(3, "Nowhere", 0, 0),
        geonames_line(4, "Wadi Qird", "north", 37.0),
        geonames_line(5, "Qird River", 35.3, 37.0, fclass="H", fcode="STM"),
    ]
    path = tmp_path / "SY.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_bytes_that_are_no_text_and_absurd_numbers_are_bad_lines(store, tmp_path):
    lines = [
        geonames_line(1, "Qirdalun", 35.1, 37.2).encode(),
        geonames_line(2, "Zürich", 47.4, 8.5).encode("latin-1"),
        geonames_line(3, "Marun", 35.1, 37.2, people=10**30).encode(),
        geonames_line(4, "Wadi\rQird", 35.1, 37.2).encode(),  # a stray carriage return ends no line
    ]
    path = tmp_path / "XX.txt"
    path.write_bytes(b"\n".join(lines))
    summary = import_file(store, path, "geonames", SOURCE)
    assert (summary.places, [bad.number for bad in summary.bad_lines]) == (2, [2, 3])
    assert "encoding" in summary.bad_lines[0].reason


def test_all_bad_lines_of_all_runs_are_kept_with_their_source(store, dump, monkeypatch):
    monkeypatch.setattr(imports_module, "BATCH", 4)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(store, dump, "geonames", SOURCE, progress=stop)
    assert [bad.number for bad in import_file(store, dump, "geonames", SOURCE).bad_lines] == [5]
    assert [number for number, _ in store.bad_lines("a dump")] == [3, 4, 5]
    import_file(store, dump, "geonames", SOURCE, restart=True)
    assert [number for number, _ in store.bad_lines("a dump")] == [3, 4, 5]
    assert not list(store.bad_lines("another"))


def test_a_run_that_only_lacks_the_index_is_finished_by_the_next(store, dump, monkeypatch):
    monkeypatch.setattr(SqliteGazetteer, "finish", lambda self, source_id: None)
    import_file(store, dump, "geonames", SOURCE)
    monkeypatch.undo()
    summary = import_file(store, dump, "geonames", SOURCE)
    assert (summary.lines, summary.skipped_lines, summary.places) == (6, 6, 0)
    assert store.sources()[0].name == "a dump"


def test_a_dump_is_read_and_bad_lines_are_told_by_number(store, dump):
    summary = import_file(store, dump, "geonames", SOURCE)
    assert (summary.places, summary.bad, summary.lines) == (3, 3, 6)
    assert [bad.number for bad in summary.bad_lines] == [3, 4, 5]
    found = store.named(skeleton("Qirdaloun"))[0].entry
    assert (found.admin1, found.country, found.level) == ("Orva Governorate", "SYR", PlaceLevel.VILLAGE)


def test_classes_choose_what_is_kept(store, dump):
    assert import_file(store, dump, "geonames", SOURCE, classes="P").places == 1


def test_an_interrupted_import_goes_on_where_it_stopped(store, dump, monkeypatch):
    monkeypatch.setattr(imports_module, "BATCH", 2)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(store, dump, "geonames", SOURCE, progress=stop)
    assert "unfinished" in store.sources()[0].name
    summary = import_file(store, dump, "geonames", SOURCE)
    assert (summary.skipped_lines, summary.places) == (2, 1)
    assert (store.sources()[0].name, store.sources()[0].entries) == ("a dump", 3)
    assert len(store.named(skeleton("Qirdalun"))) == 2  # two spellings, one place


def test_a_second_run_does_nothing_and_restart_begins_afresh(store, dump):
    import_file(store, dump, "geonames", SOURCE)
    assert import_file(store, dump, "geonames", SOURCE).places == 0
    assert import_file(store, dump, "geonames", SOURCE, restart=True).places == 3
    assert store.sources()[0].entries == 3


def test_a_zip_is_read_without_unpacking(store, dump, tmp_path):
    packed = tmp_path / "SY.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(dump, "SY.txt")
        archive.writestr("readme.txt", "about")
    assert import_file(store, packed, "geonames", SOURCE).places == 3


def test_a_codab_table_gives_its_divisions_and_those_above(store, tmp_path):
    path = tmp_path / "syr_adm2.csv"
    path.write_text(
        "ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE,center_lat,center_lon,AREA_SQKM\n"
        "Syria,SY,Orva,SY99,North Orva,SY9901,35.4,37.3,900\n"
        "Syria,SY,Orva,SY99,South Orva,SY9902,35.0,37.3,900\n"
        "Syria,SY,Orva,SY99,Lost Orva,SY9903,,,900\n",
        encoding="utf-8",
    )
    summary = import_file(store, path, "codab", SOURCE)
    assert (summary.places, summary.bad) == (3, 1)
    (province,) = store.named(skeleton("Orva"))
    assert (province.entry.id, province.entry.level, province.entry.lat) == ("SY99", PlaceLevel.ADM1, 35.2)
    (district,) = store.named(skeleton("North Orva"))
    assert (district.entry.country, district.entry.admin1) == ("SYR", "Orva")


DIVISIONS = (
    ("ADM0_FR", "ADM0_PCODE", "ADM1_FR", "ADM1_PCODE", "ADM2_FR", "ADM2_AR", "ADM2_PCODE", "ADM3_FR", "ADM3_REF",
     "ADM3_PCODE", "center_lat", "center_lon", "area_sqkm"),
    ("Mali", "ML", "Orva", "ML99", "Cercle d'Orva", "اورفا", "ML9901", "Qirdalun", "Kerdaloun", "ML990101", 16.1,
     -1.2, 90),
    ("Mali", "ML", "Orva", "ML99", "Cercle d'Orva", "اورفا", "ML9901", "Marun", "", "ML990102", 16.3, -1.4, 90),
    ("Mali", "ML", "Orva", "ML99", "Cercle d'Orva", "اورفا", "ML9901", "Lost", "", "ML990103", 95, -1.4, 90),
    ("Mali", "ML", "Orva", "ML99", "Cercle d'Orva", "اورفا", "ML9901", "Wide", "", "ML990104", 16.3, -1.4, "wide"),
)  # fmt: skip


def check_divisions(store, summary):
    assert (summary.places, summary.bad) == (5, 1)
    village, _as_kerdaloun = store.named(skeleton("Kerdaloun"))
    assert (village.entry.id, village.entry.name, village.entry.admin1) == ("ML990101", "Qirdalun", "Orva")
    assert (village.entry.admin2, village.entry.country) == ("Cercle d'Orva", "MLI")
    (cercle,) = store.named(skeleton("Cercle d'Orva"))
    assert (cercle.entry.id, cercle.entry.lat, cercle.entry.lon) == ("ML9901", 16.23333, -1.33333)


def test_three_levels_of_divisions_in_french_only(store, tmp_path):
    path = tmp_path / "mli_adm3.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(DIVISIONS)
    check_divisions(store, import_file(store, path, "codab", SOURCE))


def test_a_workbook_gives_each_level_by_its_own_sheet_and_skips_notes(store, tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads workbooks; it is in contested[gazetteer]")
    book = openpyxl.Workbook()
    book.active.append(["About these tables"])
    for row in DIVISIONS:
        (book["ADM3"] if "ADM3" in book.sheetnames else book.create_sheet("ADM3")).append(row)
    book.save(tmp_path / "mli.xlsx")
    summary = import_file(store, tmp_path / "mli.xlsx", "codab", SOURCE)
    check_divisions(store, summary)
    assert [bad.reason.partition(":")[0] for bad in summary.bad_lines] == ["sheet ADM3, row 4"]
    sheet = book.create_sheet("ADM2")  # with a centre of its own, which its parts need not give
    for values in (DIVISIONS[0], DIVISIONS[1]):
        sheet.append([*values[:7], *((16.25, -1.31) if values[0] == "Mali" else ("center_lat", "center_lon"))])
    book.save(tmp_path / "mli2.xlsx")
    import_file(store, tmp_path / "mli2.xlsx", "codab", GazetteerSource("two sheets", "CC BY-IGO", "2026", 0))
    found = {
        f.entry.lat for f in store.named(skeleton("Cercle d'Orva")) if f.entry.source == "two sheets, 2026 (CC BY-IGO)"
    }
    assert found == {16.25}


def test_a_half_done_table_of_divisions_begins_again(store, tmp_path, monkeypatch):
    path = tmp_path / "mli_adm3.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(DIVISIONS)
    monkeypatch.setattr(imports_module, "BATCH", 4)  # the larger divisions, made of all rows, are a batch of theirs

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(store, path, "codab", SOURCE, progress=stop)
    check_divisions(store, import_file(store, path, "codab", SOURCE))
    assert store.sources()[0].entries == 5


def test_a_table_in_another_encoding_and_a_workbook_of_places(store, tmp_path):
    path = tmp_path / "orte.csv"
    path.write_bytes("name,lat,lon\nQirdalün,35.1,37.2\nMarun,35.2,37.2\n".encode("cp1252"))
    assert [bad.number for bad in import_file(store, path, "csv", SOURCE).bad_lines] == [2]
    told = import_file(store, path, "csv", SOURCE, encoding="cp1252", restart=True)
    assert (told.places, told.bad) == (2, 0)
    with pytest.raises(InputError, match="unknown encoding"):
        import_file(store, path, "csv", GazetteerSource("other", "", "", 0), encoding="utf-9")
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads workbooks; it is in contested[gazetteer]")
    book = openpyxl.Workbook()
    for row in (("ort", "lat", "lon", "people"), ("Wadi Qird", 35.5, 37.0, 900.0), ("Nowhere", 0, 0, 1)):
        book.active.append(row)
    book.save(tmp_path / "orte.xlsx")
    other = GazetteerSource("workbook", "CC0", "2026", 0)
    summary = import_file(store, tmp_path / "orte.xlsx", "csv", other, columns={"name": "ort"})
    assert (summary.places, summary.bad) == (1, 1)


def test_what_is_no_workbook_is_one_line_of_error(store, tmp_path):
    pytest.importorskip("openpyxl", reason="openpyxl reads workbooks; it is in contested[gazetteer]")
    path = tmp_path / "a.xlsx"
    path.write_text("name,lat,lon")
    with pytest.raises(InputError, match="not a workbook"):
        import_file(store, path, "csv", SOURCE)


def test_any_table_is_read_by_guessed_or_told_columns(store, tmp_path):
    guessed, told = tmp_path / "a.csv", tmp_path / "b.tsv"
    guessed.write_text(
        "Name;Latitude;Longitude;Country;Aliases\nQirdalun;35.1;37.2;Syria;Kerdalun|Qerdalun\n;1;2;Syria;\n"
    )
    told.write_text("ort\tbreite\tlaenge\nMarun\t35.1\t37.2\n")
    assert import_file(store, guessed, "csv", SOURCE).places == 1
    columns = {"name": "ort", "lat": "breite", "lon": "laenge"}
    other = GazetteerSource("b", "none", "2026", 0)
    with pytest.raises(InputError, match="Atlantis"):
        import_file(store, told, "csv", other, columns=columns, country="Atlantis")
    assert import_file(store, told, "csv", other, columns=columns, country="Syria").places == 1
    assert [f.entry.country for f in store.named(skeleton("Marun"))] == ["SYR"]
    assert [s.name for s in store.sources()] == ["a dump", "b"]


def test_a_table_without_coordinates_says_what_is_missing(store, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name,people\nQirdalun,900\n")
    with pytest.raises(InputError, match="no column for lat, lon"):
        import_file(store, path, "csv", SOURCE)


def test_an_imported_place_is_found_beside_what_ships(store, dump):
    import_file(store, dump, "geonames", SOURCE)
    store.close()
    gazetteer = open_gazetteer(store.path)
    text = "Rebels took Qirdalun, near Aleppo, in Syria."
    link, aleppo = resolve_all(text, spans(text, "Qirdalun", "Aleppo"), gazetteer=gazetteer)
    assert (link.chosen.id, link.chosen.source) == ("gn2", "a dump, 2026-11-01 (CC BY 4.0)")
    assert aleppo.country == "SYR"


def test_no_file_and_no_gazetteer_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="no gazetteer here"):
        open_gazetteer(tmp_path / "none.sqlite")
    wrong = tmp_path / "wrong.sqlite"
    wrong.write_text("this is no database, whatever its name says, and long enough to be looked at " * 20)
    with pytest.raises(ResourceError, match="not an SQLite gazetteer"):
        open_gazetteer(wrong)
