"""Colours of the hubs: eight that people with colour-vision deficiencies tell apart; neighbours get different ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from hubspoke.base.geodesy import great_circle_km
from hubspoke.plan.states import is_open

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from hubspoke.plan.plan import PlanData

PALETTE = ("#332288", "#CC6677", "#117733", "#88CCEE", "#882255", "#999933", "#44AA99", "#AA4499")
"""Eight of the nine colours of Paul Tol's qualitative scheme *muted* (personal.sron.nl/~pault, 2021); the pale sand
is left out because it does not stand out from land. The tests measure the distances under simulated deficiencies."""
UNSERVED = "#B00020"
INK = "#222222"
"""Refineries, and flows of black mass."""
TOUCHING_DEG = 0.05
"""Catchments nearer than this, about 5 km, count as neighbours: a strait or a river does not keep them apart."""


def colour_hubs(
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    load_t: NDArray[np.float64],
    *,
    neighbours: Mapping[int, set[int]] | None = None,
) -> list[str]:
    """Return each hub a colour that no neighbour has, so that hubs of the same colour lie far apart.

    The hub with the most colours among its neighbours chooses first (Brélaz, Commun. ACM 22, 1979), the largest where
    that is equal; it takes the colour, of those that no neighbour has, whose nearest bearer is farthest away. Eight
    colours are plenty for areas that do not lie in many pieces; where neighbours have all eight, the farthest counts.

    Parameters
    ----------
    lat, lon : array of shape (hubs,)
        Degrees.
    load_t : array of shape (hubs,)
        Tonnes per year, which rank the hubs.
    neighbours : mapping of int to set of int, optional
        Hubs whose catchments touch, as `find_neighbours` gives them.

    Returns
    -------
    list of str
        Hexadecimal colours in the order of the hubs.
    """
    distance_km = great_circle_km(lat[:, None], lon[:, None], lat[None], lon[None])
    nearest_km = np.full((len(PALETTE), len(lat)), np.inf)
    barred = np.zeros((len(PALETTE), len(lat)), dtype=bool)
    colour = np.full(len(lat), -1, dtype=np.int64)
    for _ in range(len(lat)):
        hub = int(np.lexsort((-load_t, -barred.sum(axis=0), colour >= 0))[0])
        free_km = np.where(barred[:, hub], -1.0, nearest_km[:, hub])
        chosen = int(free_km.argmax() if free_km.max() >= 0 else nearest_km[:, hub].argmax())
        colour[hub] = chosen
        nearest_km[chosen] = np.minimum(nearest_km[chosen], distance_km[hub])
        barred[chosen, sorted((neighbours or {}).get(hub, ()))] = True
    return [PALETTE[number] for number in colour]


def colour_plans(plans: Sequence[PlanData], catchments: Sequence[gpd.GeoDataFrame]) -> dict[str, str]:
    """Return each hub that is open in any plan one colour for all of them, by its identifier.

    Parameters
    ----------
    plans : sequence of PlanData
    catchments : sequence of GeoDataFrame
        Those of `draw_catchments`, one for each plan.
    """
    used = pd.concat([plan.hubs[is_open(plan.hubs)] for plan in plans], ignore_index=True)
    used = used.sort_values("load_t", ascending=False, kind="stable").drop_duplicates("id").reset_index(drop=True)
    columns = [used[name].to_numpy(dtype=np.float64) for name in ("lat", "lon", "load_t")]
    colours = colour_hubs(*columns, neighbours=find_neighbours(used["id"].astype(str).tolist(), catchments))
    return dict(zip(used["id"].astype(str), colours, strict=True))


def find_neighbours(hubs: Sequence[str], catchments: Sequence[gpd.GeoDataFrame]) -> dict[int, set[int]]:
    """Find the hubs whose catchments touch or nearly so in any of the plans, by their places in `hubs`."""
    at = {hub: number for number, hub in enumerate(hubs)}
    found: dict[int, set[int]] = {number: set() for number in at.values()}
    for table in catchments:
        numbers = [at.get(hub, -1) for hub in table["hub_id"].astype(str)]
        shapes = table.geometry.to_numpy()
        pairs = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=TOUCHING_DEG)
        for first, second in pairs.T.tolist():
            if first != second and min(numbers[first], numbers[second]) >= 0:
                found[numbers[first]].add(numbers[second])
    return found


def choose_ink(colour: str) -> str:
    """Choose black or white for text on `colour`, whichever contrasts more (WCAG relative luminance)."""
    luminance = measure_luminance(colour)
    return "#ffffff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#111111"


def measure_luminance(colour: str) -> float:
    """Measure the relative luminance of a hexadecimal colour, 0 to 1 (WCAG 2.1)."""
    red, green, blue = linearise(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linearise(colour: str) -> Sequence[float]:
    """Turn a hexadecimal sRGB colour into its three linear components, 0 to 1 (IEC 61966-2-1)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
