"""States of plants in a plan: what they are, which of them count as built, and how many plants are in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings

BUILT = ("open", "idle")
"""States of a plant that is built and paid for; an idle one has nothing to do."""
FURNACE = "furnace"
"""State of an electric furnace that takes black mass; it does not count as an open refinery."""
LARGE_EXTENSION = 0.5
"""Part of what stands from which on a plant that is extended by more is named."""
STATES = (*BUILT, FURNACE, "not_chosen", "closed")


def is_built(plants: pd.DataFrame) -> pd.Series:
    """Return whether each plant is built and paid for, open or idle.

    Parameters
    ----------
    plants : DataFrame
        Rows of hubs or refineries of a plan, with their `state`.

    Returns
    -------
    Series of bool
        With the index of `plants`.
    """
    return plants["state"].isin(BUILT)


def is_open(plants: pd.DataFrame) -> pd.Series:
    """Return whether each plant is built and has something to do.

    Parameters
    ----------
    plants : DataFrame
        Rows of hubs or refineries of a plan, with their `state`.

    Returns
    -------
    Series of bool
        With the index of `plants`.
    """
    return plants["state"] == "open"


def regions_abroad(plan: PlanData) -> set[str]:
    """Return the regions of a plan that hold nothing but refineries and ports abroad.

    Parameters
    ----------
    plan : PlanData
    """
    away = plan.refineries["country"] != ""
    home = {*plan.assignments["region"], *plan.hubs["region"], *plan.refineries.loc[~away, "region"]}
    return {str(region) for region in plan.refineries.loc[away, "region"]} - home


def count_built(plants: pd.DataFrame) -> int:
    """Count the plants that are built and paid for, open or idle.

    Parameters
    ----------
    plants : DataFrame
        Rows of hubs or refineries of a plan, with their `state`.
    """
    return int(is_built(plants).sum())


def count_open(plants: pd.DataFrame) -> int:
    """Count the plants that are built and have something to do.

    Parameters
    ----------
    plants : DataFrame
        Rows of hubs or refineries of a plan, with their `state`.
    """
    return int(is_open(plants).sum())


def count_idle(plants: pd.DataFrame) -> int:
    """Count the plants that are built and have nothing to do.

    Parameters
    ----------
    plants : DataFrame
        Rows of hubs or refineries of a plan, with their `state`.
    """
    return count_built(plants) - count_open(plants)


def stands(plants: pd.DataFrame) -> pd.Series:
    """Return whether something of each plant stands today, which the plan may use without paying its capital again.

    Parameters
    ----------
    plants : DataFrame
        Rows of hubs or refineries of a plan, with their `existing_t`, `existing_technology`, `technology` and `state`.

    Returns
    -------
    Series of bool
        With the index of `plants`. What stands is of no use to a plant that is built with another technology.
    """
    as_it_stands = ~is_built(plants) | (plants["technology"] == plants["existing_technology"])
    return (plants["existing_t"] > 0) & as_it_stands


def added_t(plants: Mapping[str, NDArray[Any]], scale: float = 1.0) -> Floats:
    """Return how much of the capacity of each plant is added to what stands, in t per year.

    Parameters
    ----------
    plants : mapping of str to array, shape (n,)
        Columns of hubs or refineries of a plan: those for `stands`, and `capacity_t`.
    scale : float
        Tonnes that `existing_t` is stated for, per tonne that enters; 1 at hubs, see `refining_scale`.

    Returns
    -------
    float array, shape (n,)
        0 for those that are not built, and for furnaces, which are never extended.
    """
    built = np.array([state in BUILT for state in plants["state"].tolist()], bool)
    kept = plants["technology"] == plants["existing_technology"]
    standing = np.where((plants["existing_t"] > 0) & kept, plants["existing_t"], 0.0) / scale
    return np.where(built, np.maximum(plants["capacity_t"] - standing, 0.0), 0.0)


def list_extended(*tables: pd.DataFrame) -> list[tuple[str, float, float]]:
    """Return the plants in use that are extended by more than half of what stands: id, and t per year before and added.

    Parameters
    ----------
    *tables : DataFrame
        Rows of hubs or refineries of a plan, with their `added_t`.
    """
    found = []
    for plants in tables:
        rows = plants[stands(plants) & is_open(plants)]
        before = rows["capacity_t"] - rows["added_t"]
        large = rows["added_t"] > LARGE_EXTENSION * before
        found += list(zip(rows.loc[large, "id"].astype(str), before[large], rows.loc[large, "added_t"], strict=True))
    return found


def list_uncounted(refineries: pd.DataFrame, settings: Settings) -> list[str]:
    """Return the ids of open refineries with nothing that counts as standing, where a least recovery bars technologies.

    Parameters
    ----------
    refineries : DataFrame
        Those of a plan.
    settings : Settings
    """
    if not settings.barred_takers:
        return []
    bare = (refineries["status"] == "open") & (refineries["existing_t"] == 0) & (refineries["state"] != FURNACE)
    return refineries.loc[bare & ~refineries["technology"].isin(settings.furnaces), "id"].astype(str).tolist()


def list_standing(*tables: pd.DataFrame) -> tuple[list[str], int]:
    """Return the ids of the plants that stand today and are used, and how many stand.

    Parameters
    ----------
    *tables : DataFrame
        Rows of hubs or refineries of a plan.
    """
    used = [str(name) for plants in tables for name in plants.loc[stands(plants) & is_open(plants), "id"]]
    return used, sum(int((plants["existing_t"] > 0).sum()) for plants in tables)
