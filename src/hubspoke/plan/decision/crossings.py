"""Packs that leave their region: how many go from each region to the hubs of each other, and which hubs are full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.plan.states import is_open
from hubspoke.words.names import name_regions

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

FULL = 0.999
"""Share of its capacity from which on a hub is full."""


def sum_crossings(plan: PlanData, lang: Lang) -> pd.DataFrame | None:
    """Sum the packs by the region that they come from and the region of the hub that takes them.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}
        Language of the names of regions.

    Returns
    -------
    DataFrame or None
        t per year: a row for each region with packs, a column for each region with a hub in use, both by name in the
        order of the plan. None where no pack leaves its region.
    """
    lanes = plan.assignments[plan.assignments["mass_t"] > 0]
    to = lanes["hub_id"].map(plan.hubs.set_index("id")["region"])
    if not (to.notna() & (to != lanes["region"])).any():
        return None
    names = name_regions(plan.regions, lang)
    sums = lanes.assign(to=to).pivot_table("mass_t", "region", "to", aggfunc="sum", fill_value=0.0)
    rows, columns = ([key for key in names if key in index] for index in (sums.index, sums.columns))
    return sums.loc[rows, columns].rename(index=names, columns=names)


def count_full(plan: PlanData) -> tuple[int, int]:
    """Count the hubs in use that can take no more, and all hubs in use.

    Parameters
    ----------
    plan : PlanData
    """
    used = plan.hubs[is_open(plan.hubs)]
    return int((used["utilisation"] >= FULL).sum()), len(used)
