"""Whether plants of a plan are as large as any that runs: what is built larger rests on an assumption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.plan.states import BUILT

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.settings.settings import Settings

PROVEN, ASSUMED = "proven", "assumed"
SAME = 1e-9
"""Relative difference up to which two capacities count as equal."""


def rate_proven(plants: Mapping[str, NDArray[Any]], settings: Settings) -> dict[str, NDArray[Any]]:
    """Return the largest proven size of the technology of each plant, and whether the plant is larger.

    Parameters
    ----------
    plants : mapping of str to array
        Columns of hubs or refineries of a plan: `technology`, `state` and `capacity_t`.
    settings : Settings

    Returns
    -------
    dict of str to array
        `size_proven_t` is NaN where the technology states none, and where a plant that is
        not built may have several; `proven` is `proven` or `assumed`, empty where that is not known or nothing built.
    """
    known = {**settings.hub_technologies, **settings.takers}
    sizes = {name: float(technology.proven_t_per_yr or np.nan) for name, technology in known.items()}
    largest = np.array([sizes.get(name, np.nan) for name in plants["technology"].tolist()], np.float64)
    larger = plants["capacity_t"] > largest * (1 + SAME)
    built = np.array([state in BUILT for state in plants["state"].tolist()], bool)
    rated = np.where(built & ~np.isnan(largest), np.where(larger, ASSUMED, PROVEN), "").astype(object)
    return {"size_proven_t": largest, "proven": rated}


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
