from __future__ import annotations

import hashlib
import tomllib
from importlib.resources import files

import pytest

from contested.web.basemap import WORLD, is_disputed, load_borders

VENDOR = files("contested.web").joinpath("static", "vendor")
MANIFEST = tomllib.loads(VENDOR.joinpath("manifest.toml").read_text(encoding="utf-8"))["file"]


@pytest.mark.parametrize("file", MANIFEST, ids=lambda f: f["name"])
def test_what_is_not_ours_is_as_it_came(file):
    assert hashlib.sha256(VENDOR.joinpath(file["name"]).read_bytes()).hexdigest() == file["sha256"]


@pytest.mark.parametrize("file", MANIFEST, ids=lambda f: f["name"])
def test_everything_not_ours_brings_its_licence_and_its_version(file):
    licence = VENDOR.joinpath(file["licence_file"]).read_text(encoding="utf-8")
    assert len(licence) > 300
    assert file["licence"] in ("ISC", "BSD-3-Clause")
    assert file["version"]
    assert file["why"]


def test_nothing_lies_there_that_is_not_listed():
    listed = {"manifest.toml"} | {f["name"] for f in MANIFEST} | {f["licence_file"] for f in MANIFEST}
    assert {f.name for f in VENDOR.iterdir()} == listed


def test_programs_not_ours_ask_for_nothing():
    for file in MANIFEST:
        if file["name"].endswith(".js"):
            program = VENDOR.joinpath(file["name"]).read_text(encoding="utf-8")
            assert not [word for word in ("fetch(", "XMLHttpRequest", "WebSocket", "import(") if word in program]


def test_boundaries_in_dispute_name_territories_that_are_drawn():
    drawn = {c["properties"].get("a3") for c in load_borders(WORLD)["objects"]["countries"]["geometries"]}
    assert is_disputed({"IND", "PAK"})
    assert not is_disputed({"FRA", "DEU"})
    assert {"SOL", "ESH", "IND", "PAK", "SDN", "SSD"} <= drawn
