"""Choose colours that people with colour-vision deficiencies can tell apart, with different ones for neighbours."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from hubspoke.base.geodesy import great_circle_km
from hubspoke.outputs.maps.colour_vision import measure_difference, measure_luminance, mix, stand_out
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
INK = "#222222"
"""Colour of refineries and of flows of black mass."""
LADDER = (("#000000", 0.0), ("#000000", 0.45), ("#FFFFFF", 0.45), ("#000000", 0.7), ("#FFFFFF", 0.68))
"""Shades of a hue: what it is mixed with, and the share of that."""
FAR = 22.0
"""Difference from which two colours are far enough apart; then the first shade will do."""
LAND, ELSEWHERE, COAST, BORDER = "#f3f0e9", "#e4e4df", "#c4bfb4", "#8f8a80"
DARK_LAND, DARK_ELSEWHERE, DARK_COAST, DARK_BORDER = "#2a3138", "#20262c", "#46505a", "#66727d"
"""Land that is planned, all other land, coasts and borders of regions, by day and by night; only catchments have a
hue."""
THEMES: tuple[dict[str, str | list[str] | dict[str, str]], ...] = (
    {"ink": INK, "halo": "#ffffff", "rim": "#ffffff", "names": ["#5b6470", "#6b7480", "#3c444d"], "land": {}},
    {
        "ink": "#f0f2f4",
        "halo": "#14191e",
        "rim": "#14191e",
        "names": ["#aab4be", "#93a0ab", "#c6ced6"],
        "land": {LAND: DARK_LAND, ELSEWHERE: DARK_ELSEWHERE, COAST: DARK_COAST, BORDER: DARK_BORDER},
    },
)
"""What is drawn on the map by day and by night: lines of black mass, what lies around lines and names, rims of sites,
names of regions, prefectures and cities, and what takes the place of the colours of the land."""
TINT = 0.13
"""Share of its hub's colour that a catchment lays over the land."""
LINE_CONTRAST = 3.0
"""Least contrast of lines with the land that they cross (WCAG 2.2, 1.4.11)."""
UNSERVED = "#B00020"
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

    Every region has a hue, the same in every plan and year of a country; hubs of one region differ in lightness, those
    whose catchments touch most. Where there is but one region, hubs whose catchments touch get different hues.

    Parameters
    ----------
    plans : sequence of PlanData
    catchments : sequence of GeoDataFrame
        What `draw_catchments` returns for each plan; not needed where no region has more than one hub.

    Returns
    -------
    dict of str to str
        Hexadecimal colour by the id of the hub.
    """
    used = pd.concat([plan.hubs[is_open(plan.hubs)] for plan in plans], ignore_index=True)
    used = used.sort_values("load_t", ascending=False, kind="stable").drop_duplicates("id").reset_index(drop=True)
    hues, regions = _list_hues(plans), used["region"].astype(str).tolist()
    ids = used["id"].astype(str).tolist()
    if len(set(regions)) == len(regions):
        return {hub: hues.get(region, HUES[0]) for hub, region in zip(ids, regions, strict=True)}
    near = find_neighbours(ids, catchments)
    if len({region for plan in plans for region in plan.regions["region"]}) > 1:
        return dict(zip(ids, _shade([hues.get(region, HUES[0]) for region in regions], near), strict=True))
    columns = [used[name].to_numpy(dtype=np.float64) for name in ("lat", "lon", "load_t")]
    return dict(zip(ids, colour_hubs(*columns, neighbours=near), strict=True))


def _list_hues(plans: Sequence[PlanData]) -> dict[str, str]:
    """Return the hue of every region: by its place among all regions of the country, of which a plan may have a few."""
    outlines = plans[0].outlines
    country = outlines.loc[outlines["kind"] == "region", "id"].astype(str)
    order = dict.fromkeys([*country, *(str(region) for plan in plans for region in plan.regions["region"])])
    return {region: HUES[at % len(HUES)] for at, region in enumerate(order)}


def _shade(hues: Sequence[str], near: Mapping[int, set[int]]) -> list[str]:
    """Choose a shade of its hue for each hub: a free one as long as there are, the farthest from those around it."""
    chosen: list[str] = []
    for hub, hue in enumerate(hues):
        ladder = [mix(hue, goal, share) for goal, share in LADDER]
        taken = Counter(colour for other, colour in enumerate(chosen) if hues[other] == hue)
        around = [chosen[other] for other in near.get(hub, ()) if other < hub]
        around += [LAND, INK, *(colour for other, colour in enumerate(chosen) if hues[other] == hue)]
        apart = [min(FAR, *(measure_difference(shade, other) for other in around)) for shade in ladder]
        order = sorted(range(len(ladder)), key=lambda at: (taken[ladder[at]], -apart[at], at))
        chosen.append(ladder[order[0]])
    return chosen


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


def draw_line_in(colour: str, *, dark: bool = False) -> str:
    """Return the colour of lines of a hub: its own, or a shade that stands out from the land and its own catchment.

    Parameters
    ----------
    colour : str
        That of the hub, hexadecimal.
    dark : bool
        By night.

    Returns
    -------
    str
        Hexadecimal.
    """
    land = DARK_LAND if dark else LAND
    return stand_out(colour, (land, mix(land, colour, TINT)), LINE_CONTRAST)


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
