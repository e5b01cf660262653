"""Borders for the map of a report, cut to a frame: as TopoJSON for the page's program, as plain paths without it."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

Topology = Mapping[str, Any]  # a TopoJSON document, quantised, with the object `countries`
Spot = tuple[float, float]  # longitude, latitude in degrees

KM_A_DEGREE = 111.2  # of latitude, and of longitude at the equator
_WIDEST_REGION = 110.0  # degrees of longitude; beyond it the world is drawn
_PADDING = 0.25  # of the frame's size, so that no mark lies on the edge and neighbours can be recognised
_LEAST_SPAN = 3.0  # degrees; a frame around one town still shows the province's borders
_WIDE_TO_HIGH = 1.7  # a page is wider than it is high; flatter ones waste it
_MOST_SOUTH, _MOST_NORTH = -58.0, 80.0  # the inhabited part of the world, and what Mercator can show of it
_MERCATOR_END = 85.0  # degrees of latitude; at the pole the projection has no end
_STEP = 0.6  # drawing units; finer bends of a coast are not seen


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle in degrees, not across the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def is_world(self) -> bool:
        """Whether it is the whole world."""
        return self.east - self.west >= 359.0

    def misses(self, west: float, south: float, east: float, north: float) -> bool:
        """Return whether a rectangle lies wholly outside."""
        return east < self.west or west > self.east or north < self.south or south > self.north


@dataclass(frozen=True, slots=True)
class Drawing:
    """A frame as paths in drawing units, `width` by `height`. `disputed` are the lines to be dashed."""

    frame: Frame
    width: float
    height: float
    land: str
    borders: str
    disputed: str

    def place(self, lon: float, lat: float) -> Spot:
        """Return where a point stands on the drawing."""
        x = (lon - self.frame.west) * self.scale
        return x, self.height - (_mercator(lat) - _mercator(self.frame.south)) * self.scale

    @property
    def scale(self) -> float:
        """Drawing units a degree of longitude."""
        return self.width / (self.frame.east - self.frame.west)

    def length(self, km: float, lat: float) -> float:
        """Return how long some kilometres are on the drawing at a latitude."""
        return km / (KM_A_DEGREE * max(math.cos(math.radians(lat)), 0.05)) * self.scale


WORLD = Frame(-180.0, _MOST_SOUTH, 180.0, _MOST_NORTH)


def frame_of(discs: Iterable[tuple[float, float, float]]) -> Frame:
    """Return the frame around discs of (longitude, latitude, radius in km); the world for none, or for far ones."""
    boxes = [_box(*disc) for disc in discs]
    if not boxes:
        return WORLD
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    wide, high = max(east - west, _LEAST_SPAN), max(north - south, _LEAST_SPAN)
    middle = (west + east) / 2, (south + north) / 2
    wide, high = wide * (1 + 2 * _PADDING), high * (1 + 2 * _PADDING)
    tall = high / math.cos(math.radians(min(abs(middle[1]), 70.0)))  # what Mercator makes of it
    wide = max(wide, tall * _WIDE_TO_HIGH)
    frame = Frame(
        middle[0] - wide / 2,
        max(middle[1] - high / 2, _MOST_SOUTH),
        middle[0] + wide / 2,
        min(middle[1] + high / 2, _MOST_NORTH),
    )
    outside = frame.west < -180.0 or frame.east > 180.0 or frame.north - frame.south < _LEAST_SPAN
    return WORLD if outside or wide > _WIDEST_REGION else frame


def load_borders(frame: Frame) -> Topology:
    """Return the borders for a frame: those of the world in 1:110m, a region cut from 1:50m."""
    return _world("world-110m.json") if frame.is_world else clip(_world("world-50m.json"), _wider(frame))


def _wider(frame: Frame) -> Frame:
    """Return the frame with half of itself on every side, for a reader who steps back or aside."""
    wide, high = (frame.east - frame.west) / 2, (frame.north - frame.south) / 2
    return Frame(frame.west - wide, frame.south - high, frame.east + wide, frame.north + high)


@cache
def _world(name: str) -> Topology:
    topology: Topology = json.loads(files("contested.web").joinpath("static", "vendor", name).read_bytes())
    return topology


def clip(topology: Topology, frame: Frame) -> Topology:
    """Return a topology with the countries that reach into a frame; what of them lies outside is kept coarsely.

    A stretch of an arc whose box misses the frame becomes one straight line: it cannot enter the frame, and no ring
    opens.
    """
    arcs = [_points(arc, topology["transform"]) for arc in topology["arcs"]]
    boxes = [_box_of(points) for points in arcs]
    kept = []
    for country in topology["objects"]["countries"]["geometries"]:
        rings = [r for r in _polygons(country) if any(not frame.misses(*boxes[_index(a)]) for a in r[0])]
        rings = rings or [r for r in _polygons(country) if not frame.misses(*_around(boxes, r[0]))]
        if rings:
            kept.append({"type": "MultiPolygon", "arcs": rings, "properties": dict(country["properties"])})
    used = sorted({_index(a) for country in kept for polygon in country["arcs"] for ring in polygon for a in ring})
    numbers = {old: new for new, old in enumerate(used)}
    for country in kept:
        country["arcs"] = [[[_renumber(a, numbers) for a in ring] for ring in polygon] for polygon in country["arcs"]]
    return {
        "type": "Topology",
        "transform": topology["transform"],
        "objects": {"countries": {"type": "GeometryCollection", "geometries": kept}},
        "arcs": [_deltas(_coarsen(topology["arcs"][i], arcs[i], frame)) for i in used],
    }


def draw(topology: Topology, frame: Frame, width: float) -> Drawing:
    """Return a frame drawn in Mercator's projection, `width` units wide."""
    height = (_mercator(frame.north) - _mercator(frame.south)) * width / (frame.east - frame.west)
    empty = Drawing(frame, width, height, "", "", "")
    arcs = [[empty.place(*p) for p in _points(arc, topology["transform"])] for arc in topology["arcs"]]
    sides: dict[int, list[str]] = {}
    land = []
    for country in topology["objects"]["countries"]["geometries"]:
        for polygon in _polygons(country):
            for ring in polygon:
                land.append(_path([p for a in ring for p in _directed(arcs, a)]) + "Z")
                for arc in ring:
                    sides.setdefault(_index(arc), []).append(str(country["properties"].get("a3", "")))
    shared = {i: set(codes) for i, codes in sides.items() if len(set(codes)) > 1}
    dashed = {i for i, codes in shared.items() if is_disputed(codes)}
    lines = {i: _path(arcs[i]) for i in shared}
    return Drawing(
        frame,
        width,
        height,
        "".join(land),
        "".join(line for i, line in lines.items() if i not in dashed),
        "".join(lines[i] for i in sorted(dashed)),
    )


def is_disputed(codes: set[str]) -> bool:
    """Return whether the boundary between two territories is drawn dashed."""
    territories, pairs = disputed_boundaries()
    return bool(codes & territories) or any(pair <= codes for pair in pairs)


@cache
def disputed_boundaries() -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """Return the territories all of whose boundaries are dashed, and the pairs whose boundary is."""
    table = tomllib.loads(files("contested.web").joinpath("boundaries.toml").read_text(encoding="utf-8"))
    return (
        frozenset(row["a3"] for row in table["territory"]),
        tuple(frozenset(row["between"]) for row in table["boundary"]),
    )


def boundaries_form() -> dict[str, list[Any]]:
    """Return the same for the page's program."""
    territories, pairs = disputed_boundaries()
    return {"territories": sorted(territories), "pairs": sorted(sorted(p) for p in pairs)}


def _box(lon: float, lat: float, radius_km: float) -> tuple[float, float, float, float]:
    high = radius_km / KM_A_DEGREE
    wide = high / max(math.cos(math.radians(lat)), 0.05)
    return lon - wide, lat - high, lon + wide, lat + high


def _mercator(lat: float) -> float:
    """Return the height of a latitude, in degrees of longitude at the equator."""
    within = min(max(lat, -_MERCATOR_END), _MERCATOR_END)
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(within) / 2)))


def _polygons(geometry: Mapping[str, Any]) -> list[list[list[int]]]:
    if geometry["type"] == "MultiPolygon":
        return list(geometry["arcs"])
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else []


def _index(arc: int) -> int:
    """Return which arc is meant: TopoJSON writes one that runs backwards as its complement."""
    return arc if arc >= 0 else ~arc


def _renumber(arc: int, numbers: Mapping[int, int]) -> int:
    return numbers[arc] if arc >= 0 else ~numbers[~arc]


def _directed(arcs: Sequence[list[Spot]], arc: int) -> Iterator[Spot]:
    return iter(arcs[arc]) if arc >= 0 else reversed(arcs[~arc])


def _points(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> list[Spot]:
    x = y = 0
    points = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append(
            (
                x * transform["scale"][0] + transform["translate"][0],
                y * transform["scale"][1] + transform["translate"][1],
            )
        )
    return points


def _box_of(points: Sequence[Spot]) -> tuple[float, float, float, float]:
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return min(lons), min(lats), max(lons), max(lats)


def _around(
    boxes: Sequence[tuple[float, float, float, float]], ring: Sequence[int]
) -> tuple[float, float, float, float]:
    ours = [boxes[_index(a)] for a in ring]
    return min(b[0] for b in ours), min(b[1] for b in ours), max(b[2] for b in ours), max(b[3] for b in ours)


def _coarsen(arc: Sequence[Sequence[int]], points: Sequence[Spot], frame: Frame) -> list[tuple[int, int]]:
    """Return the absolute quantised points of an arc that are needed within a frame."""
    x = y = 0
    absolute = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        absolute.append((x, y))
    kept = [0]
    while kept[-1] < len(points) - 1:
        start = end = kept[-1]
        west = east = points[start][0]
        south = north = points[start][1]
        while end < len(points) - 1:
            lon, lat = points[end + 1]
            west, south, east, north = min(west, lon), min(south, lat), max(east, lon), max(north, lat)
            if not frame.misses(west, south, east, north):
                break
            end += 1
        kept.append(max(end, start + 1))
    return [absolute[i] for i in kept]


def _deltas(points: Sequence[tuple[int, int]]) -> list[list[int]]:
    steps = [list(points[0])]
    for before, after in pairwise(points):
        steps.append([after[0] - before[0], after[1] - before[1]])
    return steps


def _path(points: Iterable[Spot]) -> str:
    """Return an SVG path through points, without those that are too near to the one before to be seen."""
    drawn: list[Spot] = []
    ours = list(points)
    for number, (x, y) in enumerate(ours):
        if drawn and number < len(ours) - 1 and abs(x - drawn[-1][0]) + abs(y - drawn[-1][1]) < _STEP:
            continue
        drawn.append((x, y))
    return "M" + "L".join(f"{x:.1f},{y:.1f}".replace(".0", "") for x, y in drawn)
