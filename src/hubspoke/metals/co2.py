"""The CO2 of a plan by step, beside that of the same metals made of ore.

Counted are transport and plants of the plan, as everywhere in it; making metal of the scrap that hubs sell comes on
top. Metal that electric furnaces alloy replaces none made of ore here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from hubspoke.costs.materials import byproduct_yields
from hubspoke.metals.contents import KG_PER_T
from hubspoke.metals.ledger import PRODUCT, tabulate_ledger

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.quantity import Quantity

COLLECTION, HUBS, TRANSFER, SEA, REFINING, FURNACES = "collection", "hubs", "transfer", "sea", "refining", "furnaces"
CO2_STEPS = (COLLECTION, HUBS, SEA, TRANSFER, REFINING, FURNACES)


def sum_steps(plan: PlanData) -> dict[str, float]:
    """Return the CO2 of a plan by step.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    dict of str to float
        t per year by `CO2_STEPS`; they sum to the CO2 of the plan.
    """
    kg = {
        COLLECTION: plan.assignments["co2_kg"].sum(),
        HUBS: plan.hubs["co2_kg"].sum(),
        SEA: plan.imports["co2_kg"].sum(),
        TRANSFER: plan.flows["co2_kg"].sum(),
        REFINING: plan.refineries.loc[~plan.furnaces, "co2_kg"].sum(),
        FURNACES: plan.refineries.loc[plan.furnaces, "co2_kg"].sum(),
    }
    return {step: float(amount) / KG_PER_T for step, amount in kg.items()}


def tabulate_replaced(plan: PlanData, ledger: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the CO2 of making the metals that a plan sells of ore instead.

    Parameters
    ----------
    plan : PlanData
    ledger : DataFrame, optional
        Its ledger, to save computing it again.

    Returns
    -------
    DataFrame
        One row for each refined metal and each by-product with a `primary_co2_kg_per_t`: `metal`, `sold_t` (as counted,
        t per year), `primary_kg_per_t`, `primary_low_kg_per_t`, `primary_high_kg_per_t`, `remelting_kg_per_t`,
        `primary_co2_t` (with `low` and `high`) and `remelting_co2_t`, in t per year. Where a factor has no range, low
        and high are the factor.
    """
    settings = plan.settings
    ledger = tabulate_ledger(plan) if ledger is None else ledger
    made = ledger[ledger["stage"] == PRODUCT].groupby("metal")["counted_kg"].sum() / KG_PER_T
    packs = plan.assignments[[f"{key}_t" for key in settings.classes]].sum().to_numpy(float)
    scrap = dict(zip(settings.byproducts, (packs @ byproduct_yields(settings)).tolist(), strict=True))
    rows = []
    for key, metal in settings.metals.items():
        if metal.primary_co2_kg_per_t is not None:
            rows.append(_row(key, float(made.get(key, 0.0)), metal.primary_co2_kg_per_t, 0.0))
    for key, product in settings.byproducts.items():
        if product.primary_co2_kg_per_t is not None:
            rows.append(_row(key, scrap[key], product.primary_co2_kg_per_t, float(product.remelting_co2_kg_per_t)))
    table = pd.DataFrame(rows, columns=list(_row("", 0.0, 0.0, 0.0)))
    return table[table["sold_t"] > 0].reset_index(drop=True)


def avoided_t(plan: PlanData, replaced: pd.DataFrame, amount: str = "") -> float:
    """Return the CO2 that a plan avoids: of its metals made of ore, less that of the plan and of remelting.

    Parameters
    ----------
    plan : PlanData
    replaced : DataFrame
        What `tabulate_replaced` returns.
    amount : {"", "low_", "high_"}
        Which end of the range of the factors of ore is taken.

    Returns
    -------
    float
        t per year; below 0 where the plan emits more.
    """
    made = float(replaced[f"primary_{amount}co2_t"].sum() - replaced["remelting_co2_t"].sum())
    return made - plan.co2_kg / KG_PER_T


def _row(metal: str, sold_t: float, factor: Quantity | float, remelting: float) -> dict[str, object]:
    value = float(factor)
    low, high = (float(value if (end := getattr(factor, name, None)) is None else end) for name in ("low", "high"))
    return {
        "metal": metal,
        "sold_t": sold_t,
        "primary_kg_per_t": value,
        "primary_low_kg_per_t": low,
        "primary_high_kg_per_t": high,
        "remelting_kg_per_t": remelting,
        "primary_co2_t": sold_t * value / KG_PER_T,
        "primary_low_co2_t": sold_t * low / KG_PER_T,
        "primary_high_co2_t": sold_t * high / KG_PER_T,
        "remelting_co2_t": sold_t * remelting / KG_PER_T,
    }
