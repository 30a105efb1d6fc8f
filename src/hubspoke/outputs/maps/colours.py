"""Choose colours that people with colour-vision deficiencies can tell apart, with different ones for neighbours."""

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
HUES = tuple(PALETTE[number] for number in (1, 0, 6, 5, 4, 2, 3, 7))
"""The same in the order of regions, such that neighbours in Japan, which come one after the other, differ most."""
UNSERVED = "#B00020"
INK = "#222222"
"""Colour of refineries and of flows of black mass."""
STAGE_COLOURS = ("#88ccee", "#4477aa", INK, "#c9a227")
"""Collection, hub, black mass and refinery, in map, report, briefing and workbook."""
TOUCHING_DEG = 0.05
"""Catchments nearer than this, about 5 km, count as neighbours: a strait or a river does not keep them apart."""


def colour_hubs(
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    load_t: NDArray[np.float64],
    *,
    neighbours: Mapping[int, set[int]] | None = None,
) -> list[str]:
    """Choose a colour for each hub that no neighbour has, so that hubs of one colour lie far apart.

    The hub with the most colours among its neighbours chooses first (Brélaz, Commun. ACM 22, 1979), and the one with
    the largest load among equals. Of the colours that no neighbour has it takes the one whose nearest hub is farthest
    away. Eight colours suffice for areas in few pieces; where the neighbours have all eight, distance alone decides.

    Parameters
    ----------
    lat, lon : float array, shape (H,)
        Degrees.
    load_t : float array, shape (H,)
        t of packs per year.
    neighbours : mapping of int to set of int, optional
        Hubs whose catchments touch, as `find_neighbours` returns them.

    Returns
    -------
    list of str
        Hexadecimal colours, in the order of the hubs.
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
    """Choose one colour for each hub that is open in any of several plans.

    Where no region has more than one in any plan, a hub bears the colour of its region, the same in every plan and
    year of a country. Otherwise hubs whose catchments touch get different ones.

    Parameters
    ----------
    plans : sequence of PlanData
    catchments : sequence of GeoDataFrame
        What `draw_catchments` returns for each plan.

    Returns
    -------
    dict of str to str
        Hexadecimal colour by the id of the hub.
    """
    used = pd.concat([plan.hubs[is_open(plan.hubs)] for plan in plans], ignore_index=True)
    if have_one_hub_each(plans):
        order = list(dict.fromkeys(str(region) for plan in plans for region in plan.regions["region"]))
        hues = {region: HUES[at % len(HUES)] for at, region in enumerate(order)}
        return {
            str(hub): hues.get(str(region), HUES[0]) for hub, region in zip(used["id"], used["region"], strict=True)
        }
    used = used.sort_values("load_t", ascending=False, kind="stable").drop_duplicates("id").reset_index(drop=True)
    columns = [used[name].to_numpy(dtype=np.float64) for name in ("lat", "lon", "load_t")]
    colours = colour_hubs(*columns, neighbours=find_neighbours(used["id"].astype(str).tolist(), catchments))
    return dict(zip(used["id"].astype(str), colours, strict=True))


def have_one_hub_each(plans: Sequence[PlanData]) -> bool:
    """Return whether no region has more than one hub in use in any of several plans.

    Parameters
    ----------
    plans : sequence of PlanData
    """
    return not any(plan.hubs.loc[is_open(plan.hubs), "region"].duplicated().any() for plan in plans)


def find_neighbours(hubs: Sequence[str], catchments: Sequence[gpd.GeoDataFrame]) -> dict[int, set[int]]:
    """Find the hubs whose catchments touch, or nearly so, in any of several plans.

    Parameters
    ----------
    hubs : sequence of str
        Ids.
    catchments : sequence of GeoDataFrame
        What `draw_catchments` returns for each plan.

    Returns
    -------
    dict of int to set of int
        Neighbours of each hub, all by their places in `hubs`.
    """
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
    """Choose black or white for text on a colour, whichever contrasts more (WCAG 2.1, relative luminance).

    Parameters
    ----------
    colour : str
        Hexadecimal, such as "#CC6677".

    Returns
    -------
    str
        Hexadecimal.
    """
    luminance = measure_luminance(colour)
    return "#ffffff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#111111"


def measure_luminance(colour: str) -> float:
    """Measure the relative luminance of a colour (WCAG 2.1).

    Parameters
    ----------
    colour : str
        Hexadecimal.

    Returns
    -------
    float
        From 0 (black) to 1 (white).
    """
    red, green, blue = linearise(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linearise(colour: str) -> Sequence[float]:
    """Return the linear components of an sRGB colour (IEC 61966-2-1).

    Parameters
    ----------
    colour : str
        Hexadecimal.

    Returns
    -------
    sequence of float
        Red, green and blue, each from 0 to 1.
    """
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
