"""What becomes of a plant in another plan: opened, closed, converted to another technology, enlarged, reduced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.plan.states import is_built

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEASURED = ["technology", "state", "capacity_t", "load_t"]
SAME_SIZE = 1e-9
"""Relative difference up to which two capacities count as one size."""


def compare_tables(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return how each plant of either of two tables changes, those that neither plan builds left out.

    Parameters
    ----------
    old, new : DataFrame
        Hubs, or refineries, of two plans.

    Returns
    -------
    DataFrame
        By identifier, in its order: `technology, state, capacity_t, load_t` of the old table (`base_...`) and of the
        new one, in t per year, and `change`: `opened`, `closed`, `converted` (built with another technology),
        `enlarged`, `reduced` or `same`.
    """
    ids = pd.Index(pd.concat([new["id"], old["id"]]).drop_duplicates()).sort_values().rename("id")
    sides = [_measure(plants, ids) for plants in (old, new)]
    was, now = (is_built(side).to_numpy(bool) for side in sides)
    change = _name_changes(was, now, *(side["capacity_t"].to_numpy(float) for side in sides))
    converted = was & now & (sides[0]["technology"] != sides[1]["technology"]).to_numpy(bool)
    table = sides[0].add_prefix("base_").join(sides[1])
    table["change"] = np.where(converted, "converted", change)
    built: pd.DataFrame = table[was | now]
    return built


def _measure(plants: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    side: pd.DataFrame = plants.set_index("id")[MEASURED].reindex(ids)
    return side.fillna({"technology": "", "state": "", "capacity_t": 0.0, "load_t": 0.0})


def _name_changes(
    was: NDArray[np.bool_], now: NDArray[np.bool_], old_t: NDArray[np.float64], new_t: NDArray[np.float64]
) -> NDArray[np.str_]:
    within = SAME_SIZE * np.maximum(old_t, new_t)
    size = np.where(new_t > old_t + within, "enlarged", np.where(new_t < old_t - within, "reduced", "same"))
    return np.where(was & now, size, np.where(now, "opened", "closed"))
