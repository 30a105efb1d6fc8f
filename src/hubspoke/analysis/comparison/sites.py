"""Sites of two plans side by side: who delivers to another hub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.plan.plan import PlanData

DESCRIBED = ["site_name", "site_name_ja", "region", "prefecture", "lat", "lon"]
LEAST_SHARE = 1e-9
"""Share of a site up to which a change counts as rounding."""


def compare_sites(pairs: Sequence[tuple[str, PlanData]]) -> pd.DataFrame:
    """List, for each plan but the first, every site that changes between it and the first plan.

    Returns
    -------
    DataFrame
        Columns `plan, site_id`, the site's name and place, `change`, `base_hub_id, hub_id` (the hub that takes most),
        `base_mass_t, mass_t, moved_t` (t per year) and `base_cost_jpy, cost_jpy` (yen per year of freight, packaging
        and hub processing); `base_...` is of the first plan. `change` is `moved`, `left_out` (served by the first plan
        only), `taken_up` (served by this plan only), `only_in_base` or `only_in_plan`. `moved_t` are the tonnes that
        this plan sends to a hub where they did not go before; of a divided site that may be a part.
    """
    base = pairs[0][1]
    return pd.concat([_compare(base, plan).assign(plan=name) for name, plan in pairs[1:]], ignore_index=True)[
        [
            *("plan", "site_id", *DESCRIBED, "change", "base_hub_id", "hub_id"),
            *("base_mass_t", "mass_t", "moved_t", "base_cost_jpy", "cost_jpy"),
        ]
    ]


def count_moves(pairs: Sequence[tuple[str, PlanData]]) -> pd.DataFrame:
    """Sum the tonnes that go to another hub, by old and new hub, the largest first.

    Where a divided site leaves several hubs, its tonnes are laid to the new hubs in proportion.
    """
    base = pairs[0][1]
    parts = []
    for name, plan in pairs[1:]:
        lost, gained = _changed_shares(base, plan)
        pairs_of = lost.reset_index().merge(gained.reset_index(), on="site_id", suffixes=("_from", "_to"))
        whole = pairs_of.groupby(["site_id", "hub_id_to"])["share_from"].transform("sum")
        mass = pairs_of["site_id"].map(plan.assignments.groupby("site_id")["mass_t"].sum()).astype(float)
        moved = pairs_of.assign(mass_t=mass * pairs_of["share_to"] * pairs_of["share_from"] / whole)
        sums = moved.groupby(["hub_id_from", "hub_id_to"]).agg(sites=("site_id", "nunique"), mass_t=("mass_t", "sum"))
        table = sums.reset_index().rename(columns={"hub_id_from": "from_hub_id", "hub_id_to": "to_hub_id"})
        order = ["mass_t", "from_hub_id", "to_hub_id"]
        parts.append(table.sort_values(order, ascending=[False, True, True]).assign(plan=name))
    return pd.concat(parts, ignore_index=True)[["plan", "from_hub_id", "to_hub_id", "sites", "mass_t"]]


def _compare(base: PlanData, plan: PlanData) -> pd.DataFrame:
    old, new = _by_site(base), _by_site(plan)
    known = pd.concat([plan.assignments, base.assignments]).drop_duplicates("site_id").set_index("site_id")[DESCRIBED]
    table = known.sort_index().join(old.add_prefix("base_")).join(new)
    _, gained = _changed_shares(base, plan)
    share = gained.groupby("site_id")["share"].sum().reindex(table.index).fillna(0.0)
    table["moved_t"] = share * table["mass_t"].fillna(0.0)
    changes: dict[str, Any] = {
        "only_in_base": table["mass_t"].isna(),
        "only_in_plan": table["base_mass_t"].isna(),
        "left_out": (table["hub_id"] == "") & (table["base_hub_id"] != ""),
        "taken_up": (table["hub_id"] != "") & (table["base_hub_id"] == ""),
        "moved": (share > 0).to_numpy(bool),
    }
    table["change"] = np.select(list(changes.values()), list(changes), "same")
    texts, numbers = ["base_hub_id", "hub_id"], ["base_mass_t", "mass_t", "base_cost_jpy", "cost_jpy"]
    table = table.fillna(dict.fromkeys(texts, "") | dict.fromkeys(numbers, 0.0))
    return table[table["change"] != "same"].reset_index()


def _by_site(plan: PlanData) -> pd.DataFrame:
    """Return main hub, tonnes and cost of each site, by identifier."""
    rows = plan.assignments.sort_values(["site_id", "share", "hub_id"], ascending=[True, False, True])
    return rows.groupby("site_id").agg(
        hub_id=("hub_id", "first"), mass_t=("mass_t", "sum"), cost_jpy=("cost_jpy", "sum")
    )


def _changed_shares(base: PlanData, plan: PlanData) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return, by site and hub, the shares that a hub loses and those that it gains, for sites in both plans."""
    served = [one.assignments[one.assignments["hub_id"] != ""] for one in (base, plan)]
    old, new = (table.groupby(["site_id", "hub_id"])["share"].sum() for table in served)
    both = set(base.assignments["site_id"]) & set(plan.assignments["site_id"])
    change = new.sub(old, fill_value=0.0)
    change = change[change.index.get_level_values("site_id").isin(both)]
    lost, gained = (-change[change < -LEAST_SHARE]), change[change > LEAST_SHARE]
    return lost.rename("share").to_frame(), gained.rename("share").to_frame()
