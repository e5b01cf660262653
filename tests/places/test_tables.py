from importlib.resources import files

import pytest

from contested.places import default_gazetteer
from contested.places.names import fold, skeleton
from contested.places.tables import load_world
from contested.resources.tables import load_table, values
from contested.types import PlaceLevel

OWN_FILES = ("regions", "waters", "sites", "localities")
COLUMNS = ("name", "level", "countries", "lat", "lon", "radius_km", "aliases", "within")
MOST_BYTES = 2_500_000  # what the table may add to the package


@pytest.mark.parametrize("filename", OWN_FILES)
def test_every_name_of_a_hand_kept_place_finds_it(filename):
    gazetteer = default_gazetteer()
    for row in load_table("contested.places", f"data/{filename}.tsv", COLUMNS):
        for name in (row[0], *values(row[6])):
            found = {
                (f.entry.name, round(f.entry.lat, 2)) for f in gazetteer.named(skeleton(name)) if f.folded == fold(name)
            }
            assert (row[0], round(float(row[3]), 2)) in found, name


@pytest.mark.parametrize("filename", OWN_FILES)
def test_hand_kept_tables_are_sorted_and_sane(filename):
    rows = load_table("contested.places", f"data/{filename}.tsv", COLUMNS)
    assert rows == sorted(rows, key=lambda row: (row[0], row[2], row[3]))
    for name, level, countries, lat, lon, radius, _, _ in rows:
        assert abs(float(lat)) <= 90, name
        assert abs(float(lon)) <= 180, name
        assert (float(lat), float(lon)) != (0, 0), name
        assert float(radius) > 0, name
        assert PlaceLevel(level), name
        assert all(len(country) == 3 for country in values(countries)), name


def test_every_entry_of_the_packed_table_is_reached_by_its_own_name():
    world = load_world()
    by_row: dict[int, set[str]] = {}
    for _, folded, rows in world.index_lines():
        for row in rows:
            by_row.setdefault(row, set()).add(folded)
    for number, entry in enumerate(world.entries()):
        assert fold(entry.name) in by_row[number], entry


def test_the_packed_table_is_as_old_as_the_normaliser():
    for key, folded, _ in load_world().index_lines()[::20]:  # one in twenty: a change of a rule shows in thousands
        assert skeleton(folded) == key, "run training/build_world_table.py"


def test_the_packed_index_is_sorted_as_bytes_and_finds_first_and_last():
    world = load_world()
    keys = [key.encode() for key, _, _ in world.index_lines()]
    assert keys == sorted(keys)
    for key in (keys[0], keys[-1], keys[len(keys) // 2]):
        assert world.named(key.decode())
    assert not world.named("no such skeleton")


def test_no_entry_lies_at_zero():
    assert all((entry.lat, entry.lon) != (0, 0) for entry in load_world().entries())


def test_the_packed_table_stays_small():
    data = files("contested.places").joinpath("data")
    assert sum(len(data.joinpath(name).read_bytes()) for name in ("world.tsv.xz", "world_names.tsv.xz")) <= MOST_BYTES


def test_a_misspelt_name_is_found_close_by():
    found = default_gazetteer().close_to(skeleton("Kramatorzk"), 1)
    assert any(f.entry.name == "Kramatorsk" for f in found)


def test_every_source_says_its_licence_and_date():
    assert all(s.licence and s.date and s.entries for s in default_gazetteer().sources())
