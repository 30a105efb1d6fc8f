"""Whether plants of a plan are as large as any that runs: what is built larger rests on an assumption."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.plan.states import is_built

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.settings.settings import Settings

PROVEN, ASSUMED = "proven", "assumed"
SAME = 1e-9
"""Relative difference up to which two capacities count as equal."""


def rate_proven(plants: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return the largest proven size of the technology of each plant, and whether the plant is larger.

    Parameters
    ----------
    plants : DataFrame
        Rows of hubs or refineries of a plan, with their `technology`, `state` and `capacity_t`.
    settings : Settings

    Returns
    -------
    DataFrame
        With the index of `plants`. `size_proven_t` is NaN where the technology states none, and where a plant that is
        not built may have several; `proven` is `proven` or `assumed`, empty where that is not known or nothing built.
    """
    known = {**settings.hub_technologies, **settings.takers}
    sizes = {name: float(technology.proven_t_per_yr or np.nan) for name, technology in known.items()}
    largest = plants["technology"].map(sizes).astype("float64")
    larger = plants["capacity_t"] > largest * (1 + SAME)
    told = (is_built(plants) & largest.notna()).to_numpy(bool)
    rated = np.where(told, np.where(larger, ASSUMED, PROVEN), "").astype(object)
    return plants[[]].assign(size_proven_t=largest, proven=rated)


def list_assumed(plants: pd.DataFrame) -> list[str]:
    """Return the ids of the plants that are larger than any of their technology that is proven, the largest first.

    Parameters
    ----------
    plants : DataFrame
        Rows of hubs or refineries of a plan.
    """
    rows = plants[plants["proven"] == ASSUMED].sort_values(["capacity_t", "id"], ascending=[False, True])
    return [str(name) for name in rows["id"]]


def count_sized(plants: pd.DataFrame) -> int:
    """Count the built plants whose technology states a largest proven size.

    Parameters
    ----------
    plants : DataFrame
        Rows of hubs or refineries of a plan.
    """
    return int((plants["proven"] != "").sum())
