"""Mass balances: what goes into every plant of a plan, and what comes out of it, tonne by tonne."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.base.errors import AuditError
from hubspoke.costs.materials import byproduct_yields, losses_t_per_t
from hubspoke.plan.columns import BALANCES
from hubspoke.plan.metal_flows import ALLOYED, tabulate_metals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.plan.plan import PlanData

    Row = tuple[str, str, str, str, str, str, float]

TOLERANCE = 1e-6
"""Largest imbalance of a plant, as a share of what goes in plus one tonne: the tonne allows for a gram of rounding."""


def tabulate_balances(plan: PlanData) -> pd.DataFrame:
    """Return the mass balance of every plant that has something to do.

    A hub turns packs by class into black mass by grade, by-products and losses. A refinery turns black mass into
    metals, counted as elements, and residues, which are all the rest. An electric furnace alloys metals instead.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    DataFrame
        Columns `plant_id, plant_kind, direction, material, name_en, name_ja, mass_t`. `plant_kind` is `hub`, `refinery`
        or `furnace`; `direction` is `in` or `out`, and both sum to the same tonnes per year at every plant.

    Raises
    ------
    AuditError
        A plant gives out more or less than it takes in, or more metal than there is black mass.
    """
    rows = [row for row in (*_balance_hubs(plan), *_balance_refineries(plan)) if row[-1] != 0]
    table = pd.DataFrame(rows, columns=[column.name for column in BALANCES])
    signed = table["mass_t"].where(table["direction"] == "in", -table["mass_t"]).groupby(table["plant_id"]).sum()
    taken = table["mass_t"].where(table["direction"] == "in", 0.0).groupby(table["plant_id"]).sum()
    open_ended = signed.abs() > TOLERANCE * (taken + 1)
    if open_ended.any() or (table["mass_t"] < -TOLERANCE).any():
        names = ", ".join(map(str, signed.index[open_ended])) or "more metal than black mass"
        raise AuditError(f"the masses of the plan do not balance: {names}")
    return table


def _balance_hubs(plan: PlanData) -> Iterator[Row]:
    settings = plan.settings
    classes = [f"{name}_t" for name in settings.classes]
    taken = plan.assignments.groupby("hub_id", sort=True)[classes].sum()
    sent = plan.flows.groupby(["hub_id", "grade"])["mass_t"].sum()
    for hub, tonnes in zip(taken.index, taken.to_numpy(np.float64), strict=True):
        for (name, pack), mass_t in zip(settings.classes.items(), tonnes.tolist(), strict=True):
            yield str(hub), "hub", "in", name, pack.name_en, pack.name_ja, mass_t
        for name, grade in settings.grades.items():
            yield str(hub), "hub", "out", name, grade.name_en, grade.name_ja, float(sent.get((hub, name), 0.0))
        made = (tonnes @ byproduct_yields(settings)).tolist()
        for (name, product), mass_t in zip(settings.byproducts.items(), made, strict=True):
            yield str(hub), "hub", "out", name, product.name_en, product.name_ja, mass_t
        lost = fsum((tonnes * losses_t_per_t(settings)).tolist())  # to the bit, however the table lies in memory
        yield str(hub), "hub", "out", "losses", "losses", "損失", lost


def _balance_refineries(plan: PlanData) -> Iterator[Row]:
    settings = plan.settings
    taken = plan.flows.groupby(["refinery_id", "grade"])["mass_t"].sum()
    metals, furnaces = tabulate_metals(plan), set(plan.refineries.loc[plan.furnaces, "id"])
    gained = metals["recovered_t"] + metals.get(ALLOYED, 0.0)
    recovered = gained.groupby([metals["refinery_id"], metals["metal"]]).sum()
    for refinery in sorted(set(plan.flows["refinery_id"])):
        kind, rest = "furnace" if refinery in furnaces else "refinery", 0.0
        for name, grade in settings.grades.items():
            mass_t = float(taken.get((refinery, name), 0.0))
            rest += mass_t
            yield refinery, kind, "in", name, grade.name_en, grade.name_ja, mass_t
        for name, metal in settings.metals.items():
            mass_t = float(recovered.get((refinery, name), 0.0)) * float(metal.element_t_per_t)
            rest -= mass_t
            yield refinery, kind, "out", name, metal.name_en, metal.name_ja, mass_t
        yield refinery, kind, "out", "residues", "residues", "残渣", rest
