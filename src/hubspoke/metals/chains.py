"""Packs and metal by recycling chain: a hub or port, a refinery or furnace, and the grade that goes between them.

A rule on recycling counts all steps as one chain, whoever does them. What a hub makes of the packs of a grade is
divided among the chains of that grade by the tonnes they take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.costs.materials import byproduct_yields
from hubspoke.metals.contents import KG_PER_T, follow_metals
from hubspoke.plan.efficiency import PLASTICS
from hubspoke.plan.metal_flows import tabulate_metals

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.plan.plan import PlanData

ENDS = ("hub_id", "refinery_id", "grade")


def tabulate_chains(plan: PlanData) -> pd.DataFrame:
    """Return what goes into every recycling chain of a plan, and what comes out of it.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    DataFrame
        One row for each hub or port, refinery or furnace, and grade; `refinery_id` is empty where packs of a grade give
        no black mass. `packs_t`, `scrap_t` (by-products but plastics),
        `plastics_t` and `carbon_t` of home packs, `metals_t` (elements recovered of them), and for every metal that is
        followed `NAME_in_t` and `NAME_out_t`, as counted, black mass from abroad counted in; t per year.
    """
    followed = follow_metals(plan.settings)
    made = _make_at_hubs(plan, followed.scrap, followed.unsorted)
    flows = plan.flows.loc[plan.flows["mass_t"] > 0, [*ENDS, "mass_t"]]
    sent = set(zip(flows["hub_id"], flows["grade"], strict=True))
    kept = [(hub, "", grade, 1.0) for hub, grade in made.index[made["packs_t"] > 0] if (hub, grade) not in sent]
    flows = pd.concat([flows, pd.DataFrame(kept, columns=flows.columns)], ignore_index=True) if kept else flows
    chains = flows[list(ENDS)].reset_index(drop=True)
    share = (flows["mass_t"] / flows.groupby(["hub_id", "grade"])["mass_t"].transform("sum")).to_numpy(float)
    found = made.reindex(pd.MultiIndex.from_frame(chains[["hub_id", "grade"]])).fillna(0.0).to_numpy(float)
    chains[list(made.columns)] = found.reshape(len(chains), len(made.columns)) * share[:, None]
    for at, name in enumerate(followed.sorted_out):
        chains[f"{name}_out_t"] = chains.pop(f"scrap{at}")
        chains[f"{name}_in_t"] = chains[f"{name}_out_t"] + chains.pop(f"unsorted{at}")
    return _add_metals(plan, chains)


def sum_chains(chains: pd.DataFrame, end: str) -> pd.DataFrame:
    """Sum chains over the plants at one of their ends.

    Parameters
    ----------
    chains : DataFrame
        What `tabulate_chains` returns.
    end : {"hub_id", "refinery_id", ""}
        Which plants have a row each; all chains together are one row, with an empty name, where it is empty.

    Returns
    -------
    DataFrame
        Tonnes, indexed by plant.
    """
    chains = chains[chains[end] != ""] if end else chains
    numbers = chains.drop(columns=list(ENDS))
    plants = chains[end] if end else pd.Series("", chains.index)
    return numbers.groupby(plants.rename("plant_id"), sort=True).sum()


def _make_at_hubs(plan: PlanData, scrap: Floats, unsorted: Floats) -> pd.DataFrame:
    """Return t of packs, scrap, plastics, carbon and sorted metals by hub and grade."""
    settings = plan.settings
    tonnes = plan.assignments[plan.assignments["mass_t"] > 0].groupby("hub_id")[
        [f"{key}_t" for key in settings.classes]
    ].sum()  # fmt: skip
    yields = byproduct_yields(settings)
    is_plastics = np.array([key == PLASTICS for key in settings.byproducts], bool)
    per_t = {
        "packs_t": np.ones(len(settings.classes)),
        "scrap_t": yields[:, ~is_plastics].sum(axis=1),
        "plastics_t": yields[:, is_plastics].sum(axis=1),
        "carbon_t": np.array([float(pack.carbon_t_per_t) for pack in settings.classes.values()]),
        **_columns("scrap", scrap / KG_PER_T),
        **_columns("unsorted", unsorted / KG_PER_T),
    }
    rates = np.column_stack(list(per_t.values()))
    frames = []
    for grade in settings.grades:
        own = np.array([pack.grade == grade for pack in settings.classes.values()])
        frame = pd.DataFrame(tonnes.to_numpy(float)[:, own] @ rates[own], columns=list(per_t))
        frames.append(frame.assign(hub_id=tonnes.index, grade=grade))
    return pd.concat(frames).set_index(["hub_id", "grade"])


def _columns(name: str, rates: Floats) -> dict[str, Floats]:
    return {f"{name}{at}": rates[:, at] for at in range(rates.shape[1])}


def _add_metals(plan: PlanData, chains: pd.DataFrame) -> pd.DataFrame:
    """Add what refineries take in and recover, metal by metal."""
    metals = tabulate_metals(plan)
    keys = pd.MultiIndex.from_frame(chains[list(ENDS)])
    home = ~chains["hub_id"].isin(plan.imports["port_id"]).to_numpy(bool)
    chains["metals_t"] = 0.0
    for name, metal in plan.settings.metals.items():
        own = metals[metals["metal"] == name].set_index(list(ENDS))
        for column, told in (("in", "contained_t"), ("out", "recovered_t")):
            known = chains.get(f"{name}_{column}_t", 0.0)
            chains[f"{name}_{column}_t"] = known + _find(own[told], keys)
        chains["metals_t"] += np.where(home, _find(own["recovered_t"], keys) * float(metal.element_t_per_t), 0.0)
    return chains


def _find(values: pd.Series, keys: pd.MultiIndex) -> Floats:
    found: Floats = values.reindex(keys).fillna(0.0).to_numpy(float)
    return found
