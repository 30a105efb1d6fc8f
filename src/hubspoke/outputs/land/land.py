"""Choose the outlines that maps and pictures draw, and name who made them."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from hubspoke.base.shipped import shipped_data_folder
from hubspoke.inputs.contents import describe_own
from hubspoke.inputs.files.boundaries import read_boundaries
from hubspoke.inputs.files.source import BOUNDARIES, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

JAPAN = Path(__file__).parent / "japan.json"


def has_shipped_outlines(plan: PlanData) -> bool:
    """Return whether the outlines of a plan are those that ship with the package, and not the planner's own.

    Parameters
    ----------
    plan : PlanData
    """
    mark = hashlib.sha256(read_shipped()).hexdigest()
    return mark in plan.hashes.values() and describe_own("outlines") not in plan.hashes


def shipped_path() -> Path:
    """Return the file of outlines that ships with the package."""
    return shipped_data_folder() / f"{BOUNDARIES}.geojson"


def read_shipped() -> bytes:
    """Return the bytes of the file of outlines that ships with the package."""
    return shipped_path().read_bytes()


def find_outlines(plan: PlanData) -> gpd.GeoDataFrame:
    """Return the outlines that pictures of a plan draw.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    GeoDataFrame
        Rows and columns of `plan.outlines`; for those that ship with the package with finer coasts and borders, which
        nothing but pictures uses.
    """
    return _draw_japan() if has_shipped_outlines(plan) else plan.outlines


def credit_land(plan: PlanData, lang: Lang) -> str:
    """Return whom the outlines that `find_outlines` returns must be credited to; empty for the planner's own.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}
    """
    return str(_read_japan()["credit"][lang]) if has_shipped_outlines(plan) else ""


@cache
def _read_japan() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(JAPAN.read_text(encoding="utf-8"))
    return content


@cache
def _draw_japan() -> gpd.GeoDataFrame:
    """Return the outlines that ship, with finer shapes: prefectures as they are kept, regions joined of theirs."""
    outlines, _ = read_boundaries(Source(BOUNDARIES, shipped_path(), BOUNDARIES), read_shipped())
    content = _read_japan()
    fine = [_read_shape(polygons, content["scale"]) for polygons in content["prefectures"]]
    of_region: dict[str, list[shapely.Geometry]] = {}
    shapes = outlines.geometry.to_numpy().copy()
    for row, (kind, code, region) in enumerate(
        zip(outlines["kind"], outlines["jis_code"], outlines["region"], strict=True)
    ):
        if kind == "prefecture":
            shapes[row] = fine[int(code) - 1]
            of_region.setdefault(region, []).append(shapes[row])
    for row, (kind, key) in enumerate(zip(outlines["kind"], outlines["id"], strict=True)):
        if kind == "region":
            shapes[row] = shapely.coverage_union_all(of_region[key])
    return outlines.set_geometry(shapes, crs=outlines.crs)


def _read_shape(polygons: Sequence[Sequence[Sequence[int]]], scale: int) -> shapely.Geometry:
    """Return a shape of polygons of rings of steps from corner to corner, in degrees."""
    rings = [[np.cumsum(np.reshape(ring, (-1, 2)), axis=0) / scale for ring in polygon] for polygon in polygons]
    return shapely.MultiPolygon([shapely.Polygon(outer, holes) for outer, *holes in rings])
