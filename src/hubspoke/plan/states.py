"""States of plants in a plan: what they are, which of them count as built, and how many plants are in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.settings.technologies import SEPARATOR

if TYPE_CHECKING:
    import pandas as pd


BUILT = ("open", "idle")
"""States of a plant that is built and paid for; an idle one has nothing to do."""
FURNACE = "furnace"
"""State of an electric furnace that takes black mass; it does not count as an open refinery."""
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
        Rows of hubs or refineries of a plan, with their `existing_t`, `technologies` and `technology`.

    Returns
    -------
    Series of bool
        With the index of `plants`. What stands is of the first technology, and of no use to a plant of another.
    """
    first = plants["technologies"].str.split(SEPARATOR).str[0]
    as_it_stands = (plants["technology"] == first) | (plants["technology"] == plants["technologies"])
    return (plants["existing_t"] > 0) & as_it_stands


def list_standing(*tables: pd.DataFrame) -> tuple[list[str], int]:
    """Return the ids of the plants that stand today and are used, and how many stand.

    Parameters
    ----------
    *tables : DataFrame
        Rows of hubs or refineries of a plan.
    """
    used = [str(name) for plants in tables for name in plants.loc[stands(plants) & is_open(plants), "id"]]
    return used, sum(int((plants["existing_t"] > 0).sum()) for plants in tables)
