"""Make the outlines of prefectures and regions that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from generator.geojson import as_multi, read_features
from generator.tables import SOURCES, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry import MultiPolygon

    from generator.tables import Row


def make_boundaries() -> Iterator[tuple[dict[str, str], MultiPolygon]]:
    """Yield properties and outline of the 47 prefectures, then of the 8 regions."""
    outlines = [outline for _, outline in read_features(SOURCES / "outlines.geojson")]
    prefectures = read_table("prefectures")
    for row, outline in zip(prefectures, outlines, strict=True):
        yield _describe_prefecture(row), outline
    for region in read_table("regions"):
        parts = [
            outline for row, outline in zip(prefectures, outlines, strict=True) if row["region"] == region["name_en"]
        ]
        yield {"kind": "region", **region}, as_multi(shapely.coverage_union_all(parts))


def _describe_prefecture(row: Row) -> dict[str, str]:
    names = {key: row[key] for key in ("jis_code", "name_en", "name_ja")}
    return {"kind": "prefecture", **names, "region": row["region"].lower()}
