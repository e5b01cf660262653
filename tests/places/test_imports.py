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


def test_any_table_is_read_by_guessed_or_told_columns(store, tmp_path):
    guessed, told = tmp_path / "a.csv", tmp_path / "b.tsv"
    guessed.write_text(
        "Name;Latitude;Longitude;Country;Aliases\nQirdalun;35.1;37.2;Syria;Kerdalun|Qerdalun\n;1;2;Syria;\n"
    )
    told.write_text("ort\tbreite\tlaenge\nMarun\t35.1\t37.2\n")
    assert import_file(store, guessed, "csv", SOURCE).places == 1
    columns = {"name": "ort", "lat": "breite", "lon": "laenge"}
    other = GazetteerSource("b", "none", "2026", 0)
    assert import_file(store, told, "csv", other, columns=columns, country="SYR").places == 1
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
    assert (link.chosen.id, link.chosen.source) == ("gn2", "a dump")
    assert aleppo.country == "SYR"


def test_no_file_and_no_gazetteer_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="no gazetteer here"):
        open_gazetteer(tmp_path / "none.sqlite")
    wrong = tmp_path / "wrong.sqlite"
    wrong.write_text("this is no database, whatever its name says, and long enough to be looked at " * 20)
    with pytest.raises(ResourceError, match="not an SQLite gazetteer"):
        open_gazetteer(wrong)
