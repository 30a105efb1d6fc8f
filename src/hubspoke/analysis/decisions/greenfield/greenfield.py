"""Where hubs would stand if they could stand anywhere: weighted medians on the road graph.

On a network, some set of k medians lies on its nodes (Hakimi 1964), so that the cities of the road graph are all places
that must be compared; where there is no graph, the places of the sites are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from hubspoke.base.errors import UsageError
from hubspoke.base.geodesy import on_unit_sphere
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.inputs.place_names import name_network
from hubspoke.lanes.access import join_roads, read_terrain
from hubspoke.lanes.lanes import collection_task
from hubspoke.lanes.pairs import cheapest_pairs
from hubspoke.planning.request import Request, name_by_ids, read_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.inputs.network import Network
    from hubspoke.settings.settings import Settings
    from hubspoke.words.place_names import PlaceNames

GAP = 1e-6
"""Relative gap to which several places are proven best."""
HUB_COLUMNS = (
    "id", "name", "name_ja", "operator", "prefecture", "city", "lat", "lon", "technology", "max_t", "status",
    "existing_t", "existing_technology", "ground", "kind", "source", "confidence", "note",
)  # fmt: skip
"""Columns of `hubs.csv` in their order."""
PLACE = ("code", "name", "name_ja", "lat", "lon")
"""Columns of a place."""


@dataclass(frozen=True, eq=False)
class Greenfield:
    """Places at which the freight of packs is least, beside the candidates that there are; amounts per year.

    Freight is all that is compared: what land, permits and plants cost at a place is not known.

    Attributes
    ----------
    year : int
    across : bool
        Whether packs may leave their region.
    regions : DataFrame
        One row for each region, or for all of them together: `region`, `packs_t`, `freight_jpy` (to the places),
        `candidates` (ids of as many candidates whose freight is least, `; ` between them; fewer where there are
        fewer), `candidates_freight_jpy`, `saved_jpy`.
    places : DataFrame
        One row for each place: `region`, `code` (of the city, or id of the site), `name`, `name_ja`, `lat`, `lon`,
        `sites`, `packs_t`, `freight_jpy`, `jpy_per_kg`.
    settings : Settings
    names : PlaceNames
        Of regions and plants, for what is told.
    """

    year: int
    across: bool
    regions: pd.DataFrame
    places: pd.DataFrame
    settings: Settings
    names: PlaceNames

    def to_hubs(self, technology: str) -> pd.DataFrame:
        """Return the places as rows of a table of hubs.

        Parameters
        ----------
        technology : str
            What stands in the column of that name.

        Returns
        -------
        DataFrame
            Columns and order of `hubs.csv` as they ship; the region stands in `note`.
        """
        told = self.places
        known = {
            "id": "median-" + told["code"].astype(str),
            **{name: told[name] for name in ("name", "name_ja", "lat", "lon")},
            "technology": technology,
            "status": "candidate",
            "kind": "greenfield",
            "source": "hubspoke greenfield",
            "confidence": "low",
            "note": told["region"]
            + f": the freight of the packs of {self.year} is least here; land and permits unknown",
        }
        return pd.DataFrame({name: known.get(name, "") for name in HUB_COLUMNS}, index=told.index)


def greenfield(
    network: Network, *, year: int | None = None, regions: Sequence[str] = (), places: int = 1, across: bool = False
) -> Greenfield:
    """Find the places at which hubs would have the least freight of packs.

    Parameters
    ----------
    network : Network
    year : int, optional
        Year of the tonnes; that of the settings when left out.
    regions : sequence of str
        These only; all of them when empty.
    places : int
        How many in each region, or in all.
    across : bool
        Whether packs may leave their region: so many places in all.

    Returns
    -------
    Greenfield

    Raises
    ------
    UsageError
        The year or a region is unknown, there are not so many places, or no road leads from a site to any.
    """
    if places < 1:
        raise UsageError(f"--places {places}: give 1 or more")
    task = read_task(network, name_by_ids(network, Request(year=year, regions=regions)))
    network, year = task.network, task.year
    every = _list_places(network)
    open_to = network.hubs[network.hubs["status"] != "closed"].reset_index(drop=True)
    freight, to_hubs = (_freight(network, year, table) for table in (every, open_to))
    mass = network.supply_t(year).sum(axis=1)
    of_site, of_place = network.sites["region"].to_numpy(), every["region"].to_numpy()
    groups = [("", np.arange(len(mass)), np.arange(len(every)), np.arange(len(open_to)))]
    if not across:
        names = sorted(set(of_site.tolist()))
        of_hub = open_to["region"].to_numpy()
        groups = [(name, *(np.flatnonzero(of == name) for of in (of_site, of_place, of_hub))) for name in names]
    rows, told = [], []
    for name, everyone, at, hubs in groups:
        sites = everyone[mass[everyone] > 0]
        if not len(sites):
            continue
        found = _choose(mass[sites], freight[np.ix_(sites, at)], places)
        if found is None:
            raise UsageError(_say_none(name, places, len(at)))
        chosen, nearest = found
        paid = freight[sites, at[nearest]]
        ids, jpy = _best_candidates(open_to, mass[sites], to_hubs[np.ix_(sites, hubs)], hubs, places)
        rows.append(
            {
                "region": name,
                "packs_t": float(mass[sites].sum()),
                "freight_jpy": float(paid.sum()),
                "candidates": ids,
                "candidates_freight_jpy": jpy,
                "saved_jpy": jpy - float(paid.sum()),
            }
        )
        for place in chosen:
            served = nearest == place
            if not served.any():
                continue  # more places than the sites have need of
            packs, jpy = float(mass[sites][served].sum()), float(paid[served].sum())
            row = every.loc[at[place], list(PLACE)].to_dict()
            figures = {"sites": int(served.sum()), "packs_t": packs, "freight_jpy": jpy}
            told.append({"region": every["region"].iloc[at[place]], **row, **figures, "jpy_per_kg": jpy / packs / 1000})
    if not rows:
        raise UsageError(f"no site has packs in {year}")
    return Greenfield(year, across, pd.DataFrame(rows), pd.DataFrame(told), network.settings, name_network(network))


def _list_places(network: Network) -> pd.DataFrame:
    """Return all places that are compared: columns of `PLACE` and `region`."""
    if len(network.cities):
        names = {"city_code": "code", "name_en": "name"}
        places = network.cities.rename(columns=names)[list(PLACE)].reset_index(drop=True)
    else:
        places = network.sites.rename(columns={"id": "code"})[list(PLACE)].reset_index(drop=True)
    drawn = network.outlines[network.outlines["kind"] == "region"]
    point = shapely.points(places["lon"].to_numpy(), places["lat"].to_numpy())
    tree = cKDTree(on_unit_sphere(*(network.sites[name].to_numpy(float) for name in ("lat", "lon"))))
    _, near = tree.query(on_unit_sphere(*(places[name].to_numpy(float) for name in ("lat", "lon"))))
    region = network.sites["region"].to_numpy()[near]
    known = set(network.sites["region"])
    for name, shape in zip(drawn["id"], drawn.geometry, strict=True):
        if name in known:
            region = np.where(shapely.contains(shape, point), name, region)
    return places.assign(region=region)


def _freight(network: Network, year: int, table: pd.DataFrame) -> Floats:
    """Return what the packs of each site pay to each place, yen per year, shape (S, N); infinite without a way."""
    terrain = read_terrain(network)
    stock_t = network.sites["stock_max_t"].to_numpy(np.float64)
    task = collection_task(network.settings, network.supply_t(year), stock_t)
    sites, places = (join_roads(terrain, part[["lon", "lat"]].to_numpy(np.float64)) for part in (network.sites, table))
    return cheapest_pairs(terrain, sites, places, task).jpy


def _choose(mass: Floats, freight: Floats, count: int) -> tuple[list[int], Ints] | None:
    """Return the places that are chosen, and the place of each site; None where no such set serves every site."""
    if count > freight.shape[1]:
        return None
    if count == 1:
        sums = freight.sum(axis=0)
        best = int(sums.argmin())
        return ([best], np.full(len(mass), best)) if np.isfinite(sums[best]) else None
    room = np.full(freight.shape[1], float(mass.sum()))
    counts = Counts.between(count, count, freight.shape[1])
    found = optimize(Problem.build(mass, freight, room, np.zeros(len(room)), hub_counts=counts), gap=GAP)
    if not found.has_plan:
        return None
    chosen = np.flatnonzero(found.hub_size >= 0)
    return chosen.tolist(), chosen[freight[:, chosen].argmin(axis=1)]


def _best_candidates(hubs: pd.DataFrame, mass: Floats, freight: Floats, rows: Ints, count: int) -> tuple[str, float]:
    """Return the candidates whose freight is least, as many as asked for if there are, and that freight."""
    found = _choose(mass, freight, min(count, len(rows))) if len(rows) else None
    if found is None:
        return "", float("nan")
    chosen, nearest = found
    ids = "; ".join(hubs["id"].iloc[rows[chosen]].tolist())
    return ids, float(freight[np.arange(len(mass)), nearest].sum())


def _say_none(region: str, count: int, places: int) -> str:
    where = f" in {region}" if region else ""
    if count > places:
        return f"--places {count}: there are {places} cities{where} to choose from"
    return f"no {count} places{where} are reached from all sites; ask for more with --places, or see `hubspoke check`"
