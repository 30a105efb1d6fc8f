"""Part land, islands and sea on a raster of the outlines, and measure how much of a line lies off the land."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.ndimage import label

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Bools, Floats


CELL_DEG = 0.01
CELLS_ACROSS_MAX = 4000
COAST_CELLS = 3  # how far off the drawn land a place may lie and still count as drawn
SAMPLES = 64  # points looked at along a line
LINES_AT_ONCE = 4000  # up to so many, all points are looked at in one go, since every go has its price


@dataclass(frozen=True, eq=False)
class Land:
    """A raster of the land.

    Attributes
    ----------
    islands : int array, shape (rows, columns)
        Island that the middle of the cell lies on, 0 at sea; row 0 is the southernmost, the rim is sea.
    west, south, cell : float
        Degrees: corner of the raster and width of a cell.
    """

    islands: NDArray[np.int32]
    west: float
    south: float
    cell: float

    def sea_share(self, start: Floats, end: Floats) -> Floats:
        """Return the share of each straight line that lies off the land, 0 to 1.

        Parameters
        ----------
        start, end : float arrays, shape (n, 2)
            Longitude and latitude, degrees.

        Returns
        -------
        float array, shape (n,)
        """
        wet = np.zeros(len(start))
        for part in np.array_split((np.arange(SAMPLES) + 0.5) / SAMPLES, SAMPLES if len(start) > LINES_AT_ONCE else 1):
            points = start + part[:, None, None] * (end - start)
            wet += (self._at(points.reshape(-1, 2)).reshape(len(part), -1) == 0).sum(axis=0)
        return wet / SAMPLES

    def island(self, places: Floats) -> NDArray[np.int32]:
        """Return the island that each place lies on.

        Parameters
        ----------
        places : float array, shape (n, 2)
            Longitude and latitude, degrees.

        Returns
        -------
        int array, shape (n,)
            For places up to 3 cells off a coast that of the nearest cell of land, for those further off 0.
        """
        reach = range(-COAST_CELLS, COAST_CELLS + 1)
        shifts = sorted((east**2 + north**2, east, north) for east in reach for north in reach)
        found = np.zeros(len(places), np.int32)
        for _, east, north in shifts:
            rest = np.flatnonzero(found == 0)
            if not len(rest):
                break
            found[rest] = self._at(places[rest] + self.cell * np.array([east, north]))
        return found

    def _at(self, places: Floats) -> NDArray[np.int32]:
        cells = np.floor((places - np.array([self.west, self.south])) / self.cell)
        rows, columns = self.islands.shape
        column = np.clip(cells[:, 0], 0, columns - 1).astype(np.intp)
        row = np.clip(cells[:, 1], 0, rows - 1).astype(np.intp)
        found: NDArray[np.int32] = self.islands[row, column]
        return found


def read_land(outlines: gpd.GeoDataFrame) -> Land:
    """Rasterise the outlines of the prefectures or, where there are none, of the regions; the last ones are kept."""
    finest = "prefecture" if (outlines["kind"] == "prefecture").any() else "region"
    return _read_shapes(tuple(shapely.to_wkb(outlines.geometry[outlines["kind"] == finest].to_numpy())))


@lru_cache(maxsize=1)
def _read_shapes(wkb: tuple[bytes, ...]) -> Land:
    shapes = shapely.from_wkb(np.array(wkb, object))
    parts = shapely.get_parts(shapes) if len(shapes) else shapes
    if not len(parts):
        return Land(np.zeros((1, 1), np.int32), 0.0, 0.0, CELL_DEG)
    west, south, east, north = shapely.total_bounds(parts).tolist()
    cell = max(CELL_DEG, (east - west) / CELLS_ACROSS_MAX, (north - south) / CELLS_ACROSS_MAX)
    west, south = west - cell, south - cell
    shape = int((north - south) / cell) + 2, int((east - west) / cell) + 2
    islands, _ = label(_rasterise(parts, west, south, cell, shape), structure=np.ones((3, 3)))
    return Land(islands.astype(np.int32), west, south, cell)


def _rasterise(parts: NDArray[np.object_], west: float, south: float, cell: float, shape: tuple[int, int]) -> Bools:
    """Fill polygons by scan lines through the middle of the cells, by the even-odd rule within each polygon."""
    part, row, x = _crossings(parts, west, south, cell)
    order = np.lexsort((x, row, part))
    column = np.clip(np.ceil(x[order] - 0.5), 0, shape[1] - 1).astype(np.intp)
    steps = np.zeros(shape, np.int16)
    np.add.at(steps, (row[order][0::2], column[0::2]), 1)
    np.add.at(steps, (row[order][1::2], column[1::2]), -1)
    mask: Bools = np.cumsum(steps, axis=1, dtype=np.int16) > 0
    return mask


def _crossings(
    parts: NDArray[np.object_], west: float, south: float, cell: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """Return polygon, row and x (in cells) of every crossing of an edge with the middle line of a row."""
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    points = (points - np.array([west, south])) / cell
    edge = np.flatnonzero(ring[1:] == ring[:-1])
    x, y = points[:, 0], points[:, 1] - 0.5
    low, high = np.minimum(y[edge], y[edge + 1]), np.maximum(y[edge], y[edge + 1])
    first = np.ceil(low).astype(np.intp)
    count = np.ceil(high).astype(np.intp) - first
    at = np.repeat(edge, count)
    row = np.repeat(first - (np.cumsum(count) - count), count) + np.arange(len(at))
    cut = x[at] + (row - y[at]) * (x[at + 1] - x[at]) / (y[at + 1] - y[at])
    return part_of_ring[ring[at]], row, cut
