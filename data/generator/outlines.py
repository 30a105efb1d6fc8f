"""Derive the prefecture outlines once: the coast of one public source, the inner borders of another.

Coast and islands come from Natural Earth 1:10m (npm package ``world-atlas`` 2.0.2, file ``countries-10m.json``);
the borders between prefectures from the Python package ``japanmap`` 0.6.0 (file ``japan.json``). Get them with
``npm pack world-atlas@2.0.2`` and ``pip download japanmap==0.6.0 --no-deps``, unpack, then, from ``data``::

    python -m generator.outlines --coast countries-10m.json --borders japan.json

The result, ``data/sources/outlines.geojson``, is committed; ordinary runs of the generator need no download.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from generator import islands
from generator.geojson import as_multi, write_features
from generator.tables import SOURCES, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GRID_DEG = 1e-4
SIMPLIFY_DEG = 0.005
"""Visvalingam tolerance: corners that span less than its square, in degrees, are cut."""
SMALLEST_RING_KM2 = 2.0
DENSE_DEG = 0.01
KM_PER_DEG = 111.32


def read_coast(path: Path) -> list[Polygon]:
    """Read the polygons of Japan from a world-atlas TopoJSON file."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    japan = next(
        geometry
        for geometry in topology["objects"]["countries"]["geometries"]
        if geometry["properties"]["name"] == "Japan"
    )
    rings = (Polygon(join_arcs(part[0], arcs)) for part in japan["arcs"])
    return [part for ring in rings if ring.area > 0 for part in as_multi(ring).geoms]


def read_borders(path: Path) -> list[MultiPolygon]:
    """Read the 47 outlines of japanmap, in the order of their JIS codes."""
    points, prefectures = json.loads(path.read_text(encoding="utf-8"))
    rings = [[points[index][0] for _, indices in borders for index in indices] for borders in prefectures]
    return [as_multi(Polygon(ring)) for ring in rings]


def split_coast(coast: Sequence[Polygon], borders: Sequence[MultiPolygon]) -> list[MultiPolygon]:
    """Split the land among the prefectures: main lands along the borders, islands whole."""
    known = shapely.union_all(list(borders))
    near = _nearest_areas(borders)
    shares: list[list[Any]] = [[] for _ in borders]
    for land in coast:
        if land.intersection(known).area > 0.5 * land.area:
            for code, piece in _split_land(land, borders, near, known):
                shares[code - 1].append(piece)
        elif land.representative_point().x < islands.REMOTE_LON_DEG:
            shares[_island_prefecture(land, borders) - 1].append(land)
    return [as_multi(shapely.union_all(pieces)) for pieces in shares]


def make_coverage(shapes: Sequence[MultiPolygon]) -> list[MultiPolygon]:
    """Node all borders on one grid, so that neighbours share every vertex and nothing overlaps."""
    snapped = [shapely.set_precision(shape, GRID_DEG) for shape in shapes]
    lines = shapely.union_all([shape.boundary for shape in snapped], grid_size=GRID_DEG)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    tree = shapely.STRtree(snapped)
    shares: list[list[Polygon]] = [[] for _ in shapes]
    for face in faces:
        owners = tree.query(face.representative_point(), predicate="intersects")
        if len(owners):
            shares[int(min(owners))].append(face)
    return [as_multi(shapely.union_all(pieces, grid_size=GRID_DEG)) for pieces in shares]


def merge_crumbs(shapes: Sequence[MultiPolygon]) -> list[MultiPolygon]:
    """Give every part that touches a neighbour but not its own main body to that neighbour; drop tiny islands.

    No prefecture of the border source has an exclave, so such parts only come from laying two sources on
    each other.
    """
    mains = [max(shape.geoms, key=lambda part: part.area) for shape in shapes]
    shares: list[list[Polygon]] = [[main] for main in mains]
    for index, shape in enumerate(shapes):
        for part in shape.geoms:
            if part is mains[index] or part.equals(mains[index]):
                continue
            shared_deg = [0.0 if other == index else part.intersection(main).length for other, main in enumerate(mains)]
            if max(shared_deg) > 0:
                shares[int(np.argmax(shared_deg))].append(part)
            elif area_km2(part) >= SMALLEST_RING_KM2:
                shares[index].append(part)
    return [as_multi(shapely.union_all(pieces, grid_size=GRID_DEG)) for pieces in shares]


def simplify(shapes: Sequence[MultiPolygon]) -> list[MultiPolygon]:
    """Simplify all outlines together, so that shared borders stay shared, and drop tiny rings."""
    thinned = shapely.coverage_simplify(list(shapes), SIMPLIFY_DEG)
    return [_drop_small_rings(as_multi(shape)) for shape in thinned]


def area_km2(shape: Any) -> float:
    """Return the area of a small shape in degrees, in km2."""
    return float(shape.area * KM_PER_DEG**2 * np.cos(np.radians(shape.centroid.y)))


def decode_arcs(topology: dict[str, Any]) -> list[Any]:
    """Return the arcs of a TopoJSON file, each as corners in degrees, shape (corners, 2)."""
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def join_arcs(indices: Iterable[int], arcs: Sequence[Any]) -> Any:
    """Return the ring that arcs make, those with a negative number backwards; shape (corners, 2)."""
    pieces = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indices]
    return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _nearest_areas(borders: Sequence[MultiPolygon]) -> list[Any]:
    """Return, for each prefecture, the part of the plane to which it is the nearest."""
    outlines = [shapely.get_coordinates(shapely.segmentize(shape.boundary, DENSE_DEG)) for shape in borders]
    points = np.vstack(outlines)
    owners = np.repeat(np.arange(len(borders)), [len(outline) for outline in outlines])
    points, first = np.unique(points.round(6), axis=0, return_index=True)
    owners = owners[first]
    cells = shapely.voronoi_polygons(shapely.multipoints(points), ordered=True)
    parts = shapely.get_parts(cells)
    return [shapely.union_all(parts[owners == code]) for code in range(len(borders))]


def _split_land(
    land: Polygon, borders: Sequence[MultiPolygon], near: Sequence[Any], known: Any
) -> Iterable[tuple[int, Any]]:
    rest = land.difference(known)
    for code, (border, area) in enumerate(zip(borders, near, strict=True), start=1):
        piece = land.intersection(border).union(rest.intersection(area))
        if not piece.is_empty:
            yield code, piece


def _island_prefecture(island: Polygon, borders: Sequence[MultiPolygon]) -> int:
    known = islands.find_prefecture(island.representative_point())
    return known or 1 + int(np.argmin([island.distance(border) for border in borders]))


def _drop_small_rings(shape: MultiPolygon) -> MultiPolygon:
    kept = [part for part in shape.geoms if area_km2(part) >= SMALLEST_RING_KM2]
    return MultiPolygon([_drop_small_holes(part) for part in kept])


def _drop_small_holes(part: Polygon) -> Polygon:
    holes = [ring for ring in part.interiors if area_km2(Polygon(ring)) >= SMALLEST_RING_KM2]
    return Polygon(part.exterior, holes)


def main() -> None:
    """Write ``data/sources/outlines.geojson`` from the two downloaded files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coast", type=Path, required=True, help="countries-10m.json of world-atlas 2.0.2")
    parser.add_argument("--borders", type=Path, required=True, help="japan.json of japanmap 0.6.0")
    parser.add_argument("--output", type=Path, default=SOURCES / "outlines.geojson")
    arguments = parser.parse_args()
    split = split_coast(read_coast(arguments.coast), read_borders(arguments.borders))
    outlines = simplify(merge_crumbs(make_coverage(split)))
    names = [{"jis_code": row["jis_code"], "name_en": row["name_en"]} for row in read_table("prefectures")]
    write_features(arguments.output, zip(names, outlines, strict=True))


if __name__ == "__main__":
    main()
