"""The metal that new batteries need in a year, and the share of it that recycled metal meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.costs.metals import metal_contents
from hubspoke.fleet.sales import interpolate
from hubspoke.metals.contents import KG_PER_T
from hubspoke.metals.ledger import ABROAD, HOME, PRODUCT, tabulate_ledger
from hubspoke.settings.supply import TRAINS

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.metals.demand import Demand
    from hubspoke.settings.settings import Settings

POST, PRE = "post", "pre"
SOURCES = {"post_t": (HOME, POST), "pre_t": (HOME, PRE), "abroad_post_t": (ABROAD, POST), "abroad_pre_t": (ABROAD, PRE)}
"""Recycled metal by where it comes from, and whether its packs were in use."""


def find_demand(settings: Settings) -> Demand | None:
    """Return the demand that some settings state, None where its classes are not those of the settings.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    Demand or None
    """
    demand = settings.demand
    return None if demand is None or not set(demand.class_share) <= set(settings.classes) else demand


def packs_t(demand: Demand, year: int) -> float:
    """Return the packs of the cars made in a year.

    Parameters
    ----------
    demand : Demand
    year : int

    Returns
    -------
    float
        Tonnes.
    """
    kg = 0.0
    for train in TRAINS:
        share, mass = getattr(demand.share, train), getattr(demand.pack_kg, train)
        if share is not None and mass is not None:
            kg += interpolate(share.points, year) * float(mass)
    return interpolate(demand.cars.points, year) * kg / KG_PER_T


def demanded_t(settings: Settings, demand: Demand, year: int) -> Floats:
    """Return the metal that the packs made in a year hold.

    Parameters
    ----------
    settings : Settings
        For what a tonne of each class holds, by the account in use.
    demand : Demand
    year : int

    Returns
    -------
    float array, shape (M,)
        Tonnes of each of `settings.metals`, as it is counted.
    """
    parts = {key: interpolate(series.points, year) for key, series in demand.class_share.items()}
    return packs_t(demand, year) * mean_contents(settings, parts)


def mean_contents(settings: Settings, parts: dict[str, float]) -> Floats:
    """Return what a tonne of packs holds of each metal, shape (M,), from the part that each class has in them.

    Parameters
    ----------
    settings : Settings
    parts : dict of str to float
        By key of `classes`, of any sum.

    Returns
    -------
    float array, shape (M,)
        Tonnes, as the metals are counted; 0 where all parts are.
    """
    weights = np.array([parts.get(key, 0.0) for key in settings.classes])
    total = weights.sum()
    held: Floats = (weights / total if total else weights) @ metal_contents(settings)
    return held


def tabulate_shares(plan: PlanData, ledger: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return how much of the metal that new batteries need a plan recycles.

    Parameters
    ----------
    plan : PlanData
    ledger : DataFrame, optional
        Its ledger, to save computing it again.

    Returns
    -------
    DataFrame
        One row for each metal of the settings, with its key as index. `demand_t`: metal in the packs made in the year
        of the plan, NaN where no demand is stated; `post_t`, `pre_t`: recycled from packs that were in use and from
        scrap of manufacturing; `abroad_post_t`, `abroad_pre_t`: the same from black mass landed; `recycled_t`, their
        sum; all in t per year as the metals are counted. `share`: the last over the first, NaN without demand. What
        refineries abroad recover is in none of them but `stays_abroad_t`, unless the policy says that it comes back.
    """
    settings, demand = plan.settings, find_demand(plan.settings)
    ledger = tabulate_ledger(plan) if ledger is None else ledger
    product = ledger[ledger["stage"] == PRODUCT]
    gone = product["from_id"].isin(_list_keepers(plan))
    made, stays = product[~gone], product[gone]
    needed = np.full(len(settings.metals), np.nan) if demand is None else demanded_t(settings, demand, plan.year)
    table = pd.DataFrame({"demand_t": needed}, index=pd.Index(list(settings.metals), name="metal"))
    for name, (comes_from, consumer) in SOURCES.items():
        rows = made[(made["comes_from"] == comes_from) & (made["consumer"] == consumer)]
        table[name] = rows.groupby("metal")["counted_kg"].sum().reindex(table.index).fillna(0.0) / KG_PER_T
    table["recycled_t"] = table[list(SOURCES)].sum(axis=1)
    table["stays_abroad_t"] = stays.groupby("metal")["counted_kg"].sum().reindex(table.index).fillna(0.0) / KG_PER_T
    return table.assign(share=table["recycled_t"] / table["demand_t"].where(table["demand_t"] > 0))


def _list_keepers(plan: PlanData) -> list[str]:
    """Return the refineries abroad whose metal does not come back."""
    country = plan.refineries["country"]
    keeps = (country != "") & ~country.isin(plan.settings.policy.metal_returns_from)
    return [str(name) for name in plan.refineries.loc[keeps, "id"]]
