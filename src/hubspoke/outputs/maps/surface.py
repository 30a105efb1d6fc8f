"""Lay a grid of squares over the land, and write what each would pay to the gate of its hub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from hubspoke.outputs.land.land import find_outlines
from hubspoke.plan.roads.reach import measure_reach

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.plan.plan import PlanData

KM_PER_PIXEL = 156.54
"""Km at the equator."""
WORLD = 256.0
"""Pixels of the whole world at zoom 0, in which squares are measured, so that they are squares on the screen."""
FINE, COARSE = 32, 16
"""Squares to a pixel of zoom 0: some 4 km wide in Japan on maps of one region, some 8 km on those of all."""
EDGE_STEP = 0.25
"""Squares from point to point along a coast, by which squares are found that touch it."""
CLASSES = 7
STEPS = (1.0, 2.0, 5.0)
MOST = 0.9
"""Share of the squares that closed classes hold; the last class is open."""


def list_surface(plan: PlanData, payload: Mapping[str, Any], region: str | None) -> dict[str, Any] | None:
    """Measure freight and hours to the gate for the middle of every square that touches land.

    Parameters
    ----------
    plan : PlanData
    payload : mapping
        What `build_payload` returns: places of plants.
    region : str or None
        Only the land of this region; None for all that is planned.

    Returns
    -------
    dict or None
        `squares` to a pixel of zoom 0, some `km` wide; `left` and `top` of the grid in squares, its `width`; `jpy` (yen
        per kg) and `tenths` (of an hour) row by row, where a number below 0 stands for as many squares without a value;
        `hub` as pairs of how many squares with a value deliver to which hub, in the same order; `site_t` (t per year of
        the site that is thought to stand there); `breaks` of the classes by kind. None where `measure_reach` returns
        none, or no land is drawn.
    """
    outlines, hubs = (
        find_outlines(plan),
        {one["id"]: at for at, one in enumerate(payload["plants"]) if one["kind"] == "hub"},
    )
    planned = set(plan.assignments["region"]) if region is None else {region}
    areas = outlines[(outlines["kind"] == "region") & outlines["id"].isin(planned)]
    if areas.empty or plan.network is None:
        return None
    per_pixel = FINE if len(areas) == 1 else COARSE
    columns, rows, owners, box = _lay_grid(areas.geometry.to_numpy(), per_pixel)
    if not len(columns):
        return None
    left, top, width = box
    places = _to_degrees((columns + left + 0.5) / per_pixel, (rows + top + 0.5) / per_pixel)
    reach = measure_reach(plan, places, areas["id"].to_numpy(object)[owners])
    if reach is None or not (reach.hub >= 0).any():
        return None
    numbers = np.array([hubs.get(str(name), -1) for name in plan.hubs["id"]])
    known = (reach.hub >= 0) & (numbers[reach.hub] >= 0)
    at = (rows * width + columns)[known]
    jpy, tenths = np.rint(reach.jpy_per_t[known] / 1e3), np.rint(reach.hours[known] * 10)
    return {
        "squares": per_pixel,
        "km": round(KM_PER_PIXEL * float(np.cos(np.radians(np.median(places[:, 1])))) / per_pixel),
        "left": left,
        "top": top,
        "width": width,
        "jpy": _write_values(at, jpy),
        "tenths": _write_values(at, tenths),
        "hub": _count_runs(numbers[reach.hub[known]]),
        "site_t": round(reach.site_t, 1),
        "breaks": {"jpy": _choose_breaks(jpy), "tenths": _choose_breaks(tenths / 10)},
    }


def _lay_grid(shapes: np.ndarray, per_pixel: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, tuple[int, int, int]]:
    """Return column, row and shape of every square that touches a shape, row by row; left, top and width of the grid.

    A square that touches several belongs to the one that holds its middle, else to the last.
    """
    flat = shapely.transform(shapes, lambda at: _to_pixels(at) * per_pixel)
    west, north, east, south = np.floor(shapely.total_bounds(flat)).astype(int).tolist()
    owner = np.full((south - north + 1, east - west + 1), -1)
    for number, shape in enumerate(flat):  # borders first: what is inside of another has the last word
        edge = np.floor(shapely.get_coordinates(shapely.segmentize(shape.boundary, EDGE_STEP))).astype(int)
        owner[edge[:, 1] - north, edge[:, 0] - west] = number
    for number, shape in enumerate(flat):
        shapely.prepare(shape)
        low_x, low_y, high_x, high_y = np.floor(shape.bounds).astype(int).tolist()
        x, y = np.meshgrid(np.arange(low_x, high_x + 1), np.arange(low_y, high_y + 1))
        within = shapely.contains_xy(shape, x + 0.5, y + 0.5)
        owner[y[within] - north, x[within] - west] = number
    rows, columns = np.nonzero(owner >= 0)
    return columns, rows, owner[rows, columns], (west, north, owner.shape[1])


def _to_pixels(degrees: np.ndarray) -> np.ndarray:
    """Return pixels of zoom 0 from the north-west corner of the world (Web Mercator), shape (n, 2)."""
    x = (degrees[:, 0] + 180) / 360
    y = 0.5 - np.arcsinh(np.tan(np.radians(degrees[:, 1]))) / (2 * np.pi)
    return np.column_stack([x, y]) * WORLD


def _to_degrees(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return longitude and latitude of pixels of zoom 0, shape (n, 2)."""
    return np.column_stack([x / WORLD * 360 - 180, np.degrees(np.arctan(np.sinh((0.5 - y / WORLD) * 2 * np.pi)))])


def _write_values(at: np.ndarray, values: np.ndarray) -> list[int]:
    """Return whole values at ascending places of a grid, and before each the negative number of places without one."""
    gaps = np.diff(at, prepend=-1) - 1
    pairs = np.column_stack([-gaps, values]).astype(int).ravel()
    kept: list[int] = pairs[(pairs != 0) | (np.arange(len(pairs)) % 2 == 1)].tolist()
    return kept


def _count_runs(values: np.ndarray) -> list[list[int]]:
    """Return how often each value follows itself, and the value."""
    starts = np.flatnonzero(np.diff(values, prepend=values[0] - 1))
    runs: list[list[int]] = np.column_stack([np.diff(starts, append=len(values)), values[starts]]).tolist()
    return runs


def _choose_breaks(values: np.ndarray) -> list[float]:
    """Return round limits of at most `CLASSES` classes of one width, of which the last is open: it holds the rest."""
    most = float(np.quantile(values, MOST))
    if not most > 0:
        return []
    power = 10.0 ** np.floor(np.log10(most / CLASSES))
    width = next(step * power for step in (*STEPS, 10.0) if step * power * CLASSES >= most)
    return [round(float(width * n), 6) for n in range(1, CLASSES) if width * n < values.max()]
