"""Derive the finer outlines of prefectures that maps draw: coast and borders of Digital National Land Information.

They come from the administrative areas (N03) of the Ministry of Land, Infrastructure, Transport and Tourism, simplified
to 1 % of their points: file ``prefectures.json`` of ``smartnews-smri/japan-topography`` on GitHub, TopoJSON ``s0010``.
Get it, then, from ``data``::

    python -m generator.land --source N03-21_210101_prefectures_s0010.topojson

The result, ``src/hubspoke/outputs/land/japan.json``, is committed; ordinary runs of the generator need no download. It
is for pictures alone: lanes know land and sea by ``boundaries.geojson``, within which the synthetic sites were placed.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import MultiPolygon, Polygon

from generator.geojson import as_multi
from generator.outlines import area_km2, decode_arcs, join_arcs, make_coverage
from generator.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TARGET = Path(__file__).resolve().parents[2] / "src" / "hubspoke" / "outputs" / "land" / "japan.json"
SIMPLIFY_DEG = 0.005
"""Visvalingam tolerance: corners that span less than its square, in degrees, are cut."""
SMALLEST_KM2 = 1.0
SCALE = 10_000
"""Steps of a degree: about 10 m."""
CREDIT = {
    "en": "Land: Digital National Land Information (administrative areas), MLIT, Japan; edited",
    "ja": "地図：国土数値情報（行政区域データ）（国土交通省）を加工して作成",
}


def read_prefectures(path: Path) -> list[MultiPolygon]:
    """Read the prefectures of a TopoJSON file, in the order of their JIS codes."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    drawn = {}
    for geometry in topology["objects"]["prefectures"]["geometries"]:
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = [[join_arcs(ring, arcs) for ring in part] for part in parts]
        whole = shapely.union_all([shapely.make_valid(Polygon(outer, holes)) for outer, *holes in rings])
        drawn[geometry["properties"]["N03_001"]] = as_multi(whole)
    return [drawn[row["name_ja"]] for row in read_table("prefectures")]


def simplify(shapes: Sequence[MultiPolygon]) -> list[MultiPolygon]:
    """Simplify all outlines together, so that shared borders stay shared, and drop islets."""
    thinned = shapely.coverage_simplify(make_coverage(shapes), SIMPLIFY_DEG)
    kept = ([part for part in as_multi(shape).geoms if area_km2(part) >= SMALLEST_KM2] for shape in thinned)
    return [MultiPolygon(parts) for parts in kept]


def write_outlines(shapes: Sequence[MultiPolygon]) -> str:
    """Write outlines as JSON: prefectures of polygons of rings of steps from corner to corner.

    A ring is longitude and latitude of its first corner, times `SCALE`, then the steps to the next ones.
    """
    rows = ",\n".join(f"[{','.join(_write_polygons(shape))}]" for shape in shapes)
    credit = json.dumps(CREDIT, ensure_ascii=False)
    return f'{{"credit":{credit},"scale":{SCALE},"prefectures":[\n{rows}\n]}}\n'


def _write_polygons(shape: MultiPolygon) -> Iterator[str]:
    parts = sorted(shapely.normalize(shape).geoms, key=lambda part: (-part.area, part.bounds))
    for part in parts:
        rings = [_write_ring(ring) for ring in (part.exterior, *part.interiors)]
        yield json.dumps(rings, separators=(",", ":"))


def _write_ring(ring: Any) -> list[int]:
    corners = [(round(lon * SCALE), round(lat * SCALE)) for lon, lat in ring.coords[:-1]]
    flat, last = [], (0, 0)
    for lon, lat in corners:
        flat += [lon - last[0], lat - last[1]]
        last = lon, lat
    return flat


def main() -> None:
    """Write ``japan.json`` from the downloaded file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, required=True, help="prefectures of N03 as TopoJSON")
    parser.add_argument("--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    text = write_outlines(simplify(read_prefectures(arguments.source)))
    arguments.output.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
