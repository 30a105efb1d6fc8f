"""Totals of plans side by side: key figures, cost terms, regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hubspoke.plan.states import count_built

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.plan.plan import PlanData

    Pairs = Sequence[tuple[str, PlanData]]

SUMMED = (
    *("unserved_t", "byproduct_sales_jpy", "metal_sales_jpy", "profit_jpy"),
    *("transport_t_km", "black_mass_t_km", "transport_co2_t", "processing_co2_t", "co2_t"),
)
"""Columns of a plan's table of regions that are summed."""


def compare_totals(pairs: Pairs, sites: pd.DataFrame) -> pd.DataFrame:
    """Return a row of key figures for each plan, and what changes against the first.

    `cost_change_least_jpy` and `cost_change_most_jpy` enclose the difference between the best plans that exist under
    both sets of rules: they hold whatever the gaps of the two plans leave open. NaN where a plan is not one of least
    cost.
    """
    moved = sites[sites["change"] == "moved"].groupby("plan")["moved_t"].agg(["size", "sum"])
    table = pd.DataFrame([{"plan": name, **figures_of(plan)} for name, plan in pairs])
    cost, bound = table["cost_jpy"], table["bound_jpy"]
    table["cost_change_jpy"] = cost - cost.iloc[0]
    table["cost_change_share"] = table["cost_change_jpy"] / cost.iloc[0] if cost.iloc[0] else 0.0
    others = table.index > 0
    table["cost_change_least_jpy"] = np.where(others, bound - cost.iloc[0], 0.0)
    table["cost_change_most_jpy"] = np.where(others, cost - bound.iloc[0], 0.0)
    table["moved_sites"] = table["plan"].map(moved["size"]).fillna(0).astype("int64")
    table["moved_t"] = table["plan"].map(moved["sum"]).fillna(0.0)
    return table


def compare_costs(pairs: Pairs) -> pd.DataFrame:
    """List every cost term of every plan, with its change against the first plan."""
    frames = []
    for name, plan in pairs:
        how = {"label_en": "first", "label_ja": "first", "cost_jpy": "sum"}
        frames.append(plan.costs.groupby("term", sort=False).agg(how).reset_index().assign(plan=name))
    labels = pd.concat(frames).drop_duplicates("term").set_index("term")
    terms = [
        term
        for term in labels.index
        if any((frame.loc[frame["term"] == term, "cost_jpy"] != 0).any() for frame in frames)
    ]
    sums = [frame.set_index("term")["cost_jpy"].reindex(terms, fill_value=0.0) for frame in frames]
    parts = [
        pd.DataFrame(
            {
                "term": terms,
                "label_en": labels["label_en"].loc[terms].to_numpy(),
                "label_ja": labels["label_ja"].loc[terms].to_numpy(),
                "plan": name,
                "cost_jpy": own.to_numpy(),
                "cost_change_jpy": (own - sums[0]).to_numpy(),
            }
        )
        for (name, _), own in zip(pairs, sums, strict=True)
    ]
    return pd.concat(parts, ignore_index=True)


def compare_regions(pairs: Pairs) -> pd.DataFrame:
    """List every region of every plan, with the change of its cost against the first plan."""
    columns = [
        "region",
        "name_en",
        "name_ja",
        "sites",
        "mass_t",
        "hubs",
        "refineries",
        "cost_jpy",
        "cost_jpy_per_t",
        "co2_t",
    ]
    base = pairs[0][1].regions.set_index("region")["cost_jpy"]
    parts = []
    for name, plan in pairs:
        part = plan.regions[columns].copy()
        part.insert(3, "plan", name)
        part["cost_change_jpy"] = part["cost_jpy"] - part["region"].map(base).fillna(0.0)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def figures_of(plan: PlanData) -> dict[str, Any]:
    """Return the key figures of a plan.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    dict of str to any
        By column of the totals.
    """
    sums = plan.regions[list(SUMMED)].sum()
    cost = float(plan.costs["cost_jpy"].sum())
    return {
        "title": plan.title,
        "year": plan.year,
        "policy": plan.policy,
        "objective": plan.objective,
        "status": str(plan.status),
        "gap": plan.gap,
        "sites": plan.sites_served,
        "mass_t": plan.mass_t,
        "hubs": count_built(plan.hubs),
        "refineries": count_built(plan.refineries),
        "cost_jpy": cost,
        "bound_jpy": plan.bound_jpy,
        "cost_jpy_per_t": cost / plan.mass_t if plan.mass_t else 0.0,
        **{column: float(sums[column]) for column in SUMMED},
        "mean_haul_km": float(sums["transport_t_km"]) / plan.mass_t if plan.mass_t else 0.0,
    }
