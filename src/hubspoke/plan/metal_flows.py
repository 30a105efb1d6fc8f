"""The metal in a plan: tonnes contained and recovered, by hub, refinery, grade and metal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.base.sums import sum_exactly
from hubspoke.costs.furnaces import alloy_price_shares, alloyed_shares, recovered_shares
from hubspoke.costs.metals import (
    black_mass_contents,
    metal_contents,
    metal_prices_jpy_per_t,
    purchase_shares,
    purchase_shares_of,
)
from hubspoke.plan.columns import arrange

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings


ALLOYED = "alloyed_t"
"""A further column where electric furnaces may take black mass: t of metal that they alloy."""


def tabulate_metals(plan: PlanData) -> pd.DataFrame:
    """Follow the metal of every hub's packs to the refineries.

    A hub holds the metal of the packs it takes in, a port that of the black mass landed there. The metal leaves with
    the black mass of its grade; where a hub or port sends a grade to several refineries, each gets metal in proportion
    to its tonnes.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    DataFrame
        Columns `hub_id, refinery_id, region, grade, metal, contained_t, recovered_t`, in t per year; `hub_id` may be a
        port, and `region` is that of the refinery. Where the plan has electric furnaces there is `alloyed_t` too: a
        furnace alloys metal and recovers none.
    """
    settings = plan.settings
    metals = list(settings.metals)
    flows = plan.flows[plan.flows["mass_t"] > 0]
    contained = hold_metals(settings, plan.assignments, plan.imports, flows)
    refineries, takers = plan.refineries, flows["refinery_id"].tolist()
    of = dict(zip(refineries["id"].tolist(), refineries["technology"].tolist(), strict=True))
    home = dict(zip(refineries["id"].tolist(), refineries["region"].tolist(), strict=True))
    technology = [of[name] for name in takers]
    share = {name: recovered_shares(settings, name) for name in set(technology)}
    recovered = contained * np.array([share[name] for name in technology]).reshape(contained.shape)
    frame = pd.DataFrame(
        {
            "hub_id": np.repeat(flows["hub_id"].to_numpy(object), len(metals)),
            "refinery_id": np.repeat(flows["refinery_id"].to_numpy(object), len(metals)),
            "region": np.repeat(np.array([home[name] for name in takers], object), len(metals)),
            "grade": np.repeat(flows["grade"].to_numpy(object), len(metals)),
            "metal": np.tile(np.array(metals, dtype=object), len(flows)),
            "contained_t": contained.ravel(),
            "recovered_t": recovered.ravel(),
        }
    )
    if plan.furnaces.any():
        shares = [alloyed_shares(settings, name) for name in technology]
        frame[ALLOYED] = (contained * np.array(shares).reshape(contained.shape)).ravel()
    held = contained.ravel() > 0
    return arrange("metals", frame if held.all() else frame[held].reset_index(drop=True))


def alloy_jpy(plan: PlanData, metals: pd.DataFrame, level: str | None = None) -> pd.Series:
    """Return what electric furnaces pay for metal in the alloy, for each row of `tabulate_metals`.

    Parameters
    ----------
    plan : PlanData
    metals : DataFrame
        Rows of what `tabulate_metals` returns for the plan.
    level : str, optional
        Key of a price level; that of the settings when left out.

    Returns
    -------
    Series of float
        Yen per year, with the index of `metals`; 0 for what goes to refineries.

    Raises
    ------
    UsageError
        The settings have no such level; not checked where the plan has no electric furnaces.
    """
    if ALLOYED not in metals:
        return pd.Series(0.0, metals.index)
    settings, technology = plan.settings, plan.refineries.set_index("id")["technology"]
    prices = metal_prices_jpy_per_t(settings, level)
    paid = {
        (name, metal): float(share)
        for name in settings.furnaces
        for metal, share in zip(settings.metals, alloy_price_shares(settings, name) * prices, strict=True)
    }
    keys = zip(metals["refinery_id"].map(technology), metals["metal"], strict=True)
    return metals[ALLOYED] * [paid.get(key, 0.0) for key in keys]


def mean_purchase_shares(plan: PlanData) -> Floats:
    """Return the share of the value of each metal that buyers of the black mass of a plan pay, over its grades.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    float array, shape (M,)
        Weighted by the metal in what is refined; that of `metals` where a metal is in none of it.
    """
    settings, usual = plan.settings, purchase_shares(plan.settings)
    if not any(grade.purchase_share for grade in settings.grades.values()):
        return usual
    metals = tabulate_metals(plan)
    refined = metals[~metals["refinery_id"].isin(plan.refineries.loc[plan.furnaces, "id"])]
    held = refined.pivot_table(index="metal", columns="grade", values="contained_t", aggfunc="sum", fill_value=0.0)
    held_t = held.reindex(index=list(settings.metals), columns=list(settings.grades), fill_value=0.0).to_numpy(float)
    paid = (held_t * np.array([purchase_shares_of(settings, grade) for grade in settings.grades]).T).sum(axis=1)
    total = held_t.sum(axis=1)
    mean: Floats = np.divide(paid, total, out=usual.copy(), where=total > 0)
    return mean


def sum_unrefined(plan: PlanData) -> pd.DataFrame:
    """Sum the metal that goes to electric furnaces.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    DataFrame
        A row for each metal of the settings, in their order and with its key as index; columns
        `contained_t, alloyed_t, lost_t`, in t per year.
    """
    metals = tabulate_metals(plan)
    taken = metals[metals["refinery_id"].isin(plan.refineries.loc[plan.furnaces, "id"])]
    sums = taken.groupby("metal")[["contained_t", ALLOYED]].sum() if len(taken) else pd.DataFrame()
    sums = sums.reindex(list(plan.settings.metals), columns=["contained_t", ALLOYED], fill_value=0.0)
    return sums.assign(lost_t=sums["contained_t"] - sums[ALLOYED])


def hold_metals(settings: Settings, assignments: pd.DataFrame, imports: pd.DataFrame, flows: pd.DataFrame) -> Floats:
    """Return the metal in every flow of black mass.

    Parameters
    ----------
    settings : Settings
    assignments, imports, flows : DataFrame
        Tables of one plan; the flows must be all of those with tonnes, as each gets its share of what its origin holds.

    Returns
    -------
    float array, shape (F, M)
        t per year of each metal of the settings, for each row of `flows`.
    """
    held = _metal_by_hub(settings, assignments, imports)
    keys = [(str(hub), str(grade)) for hub, grade in zip(flows["hub_id"], flows["grade"], strict=True)]
    tonnes = flows["mass_t"].to_numpy(np.float64)
    sent = dict(zip(dict.fromkeys(keys), sum_exactly(keys, [tonnes], list(dict.fromkeys(keys)))[:, 0], strict=True))
    shares = tonnes / np.array([sent[key] for key in keys])
    none = np.zeros(len(settings.metals))
    metal: Floats = np.array([held.get(key, none) for key in keys]).reshape(len(flows), len(none)) * shares[:, None]
    return metal


def _metal_by_hub(
    settings: Settings, assignments: pd.DataFrame, imports: pd.DataFrame
) -> dict[tuple[str, str], Floats]:
    """Return t per year of each metal in the packs of a hub or the landings of a port, by its identifier and grade."""
    columns = [f"{name}_t" for name in settings.classes]
    hubs = list(dict.fromkeys(map(str, assignments["hub_id"].tolist())))
    tonnes = sum_exactly(map(str, assignments["hub_id"].tolist()), [assignments[name] for name in columns], hubs)
    contents = metal_contents(settings)
    grades = np.array([pack.grade for pack in settings.classes.values()])
    held: dict[tuple[str, str], Floats] = {}
    for grade in settings.grades:
        own = grades == grade
        metal = tonnes[:, own] @ contents[own]
        held |= {(hub, grade): row for hub, row in zip(hubs, metal, strict=True)}
    inside = dict(zip(settings.classes, black_mass_contents(settings), strict=True))
    for row in imports.to_dict("records"):
        key = str(row["port_id"]), str(row["grade"])
        held[key] = held.get(key, np.zeros(len(settings.metals))) + row["mass_t"] * inside[row["class"]]
    return held
