"""Plants of two plans side by side: opened, closed, converted to another technology, enlarged, reduced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from hubspoke.plan.decision.changes import MEASURED, compare_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.plan.plan import PlanData

DESCRIBED = ["id", "name", "name_ja", "region"]


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
    known = pd.concat([new[DESCRIBED], old[DESCRIBED]]).drop_duplicates("id").set_index("id")
    table = compare_tables(old, new).join(known)
    told: pd.DataFrame = table.rename_axis("plant_id").reset_index().assign(kind=kind)
    return told
