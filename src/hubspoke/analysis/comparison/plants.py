"""Plants of two plans side by side: opened, closed, converted to another technology, enlarged, reduced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.plan.states import is_built

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hubspoke.plan.plan import PlanData

DESCRIBED = ["id", "name", "name_ja", "region"]
MEASURED = ["technology", "state", "capacity_t", "load_t"]
SAME_SIZE = 1e-9
"""Relative difference up to which two capacities count as one size."""


def compare_plants(pairs: Sequence[tuple[str, PlanData]]) -> pd.DataFrame:
    """List, for each plan but the first, every plant that it or the first plan builds, and how the plant changes.

    Returns
    -------
    DataFrame
        Columns `plan, kind, plant_id, name, name_ja, region, change`, then `technology, state, capacity_t, load_t` of
        the first plan (`base_...`) and of this one, in t per year. `change` is `opened`, `closed`, `converted` (built
        with another technology), `enlarged`, `reduced` or `same`.
    """
    base = pairs[0][1]
    parts = [
        _compare(kind, old, new).assign(plan=name)
        for name, plan in pairs[1:]
        for kind, old, new in (("hub", base.hubs, plan.hubs), ("refinery", base.refineries, plan.refineries))
    ]
    table = pd.concat(parts, ignore_index=True)
    first = ["plan", "kind", "plant_id", "name", "name_ja", "region", "change"]
    return table[[*first, *(f"base_{name}" for name in MEASURED), *MEASURED]]


def _compare(kind: str, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    known = pd.concat([new[DESCRIBED], old[DESCRIBED]]).drop_duplicates("id").set_index("id").sort_index()
    sides = [_measure(plants, known.index) for plants in (old, new)]
    table = known.join(sides[0].add_prefix("base_")).join(sides[1])
    was, now = (is_built(side).to_numpy(bool) for side in sides)
    change = _name_changes(was, now, *(side["capacity_t"].to_numpy(float) for side in sides))
    converted = was & now & (sides[0]["technology"] != sides[1]["technology"]).to_numpy(bool)
    table["change"] = np.where(converted, "converted", change)
    told: pd.DataFrame = table[was | now].rename_axis("plant_id").reset_index().assign(kind=kind)
    return told


def _measure(plants: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    side = plants.set_index("id")[MEASURED].reindex(ids)
    return side.fillna({"technology": "", "state": "", "capacity_t": 0.0, "load_t": 0.0})


def _name_changes(
    was: NDArray[np.bool_], now: NDArray[np.bool_], old_t: NDArray[np.float64], new_t: NDArray[np.float64]
) -> NDArray[np.str_]:
    within = SAME_SIZE * np.maximum(old_t, new_t)
    size = np.where(new_t > old_t + within, "enlarged", np.where(new_t < old_t - within, "reduced", "same"))
    return np.where(was & now, size, np.where(now, "opened", "closed"))
