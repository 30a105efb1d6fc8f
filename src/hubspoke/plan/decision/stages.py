"""The stages that packs pass on their way to metal, and what each of them costs behind every hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from hubspoke.costs.terms import TERMS
from hubspoke.plan.terms import terms_in

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Pairs

STAGES = ("collection", "hub", "black_mass", "refinery")
"""In the order in which packs pass them."""
WORDS: Pairs = {
    "collection": ("Collection", "回収"),
    "hub": ("Hub", "ハブ"),
    "black_mass": ("Black mass", "ブラックマス"),
    "refinery": ("Refinery", "製錬"),
}
_HAUL = ("black_mass_freight", "transfer_carbon")


def _find_stage(name: str, echelon: str) -> str:
    if echelon == "collection":
        return "hub" if name.startswith("hub_") else "collection"
    if echelon == "transfer":
        return "black_mass" if name in _HAUL else "refinery"
    return echelon if echelon in STAGES else ""


STAGE_OF = {term.name: _find_stage(term.name, term.echelon) for term in TERMS}
"""Stage of each cost term; empty for packs that stay at their sites and for black mass bought abroad."""


def sum_stages(plan: PlanData) -> pd.DataFrame:
    """Return what every stage costs of the packs that each hub takes.

    What a refinery costs as a plant is shared out by the black mass that it takes, whoever sends it. Left out are packs
    that stay at their sites, black mass bought abroad, and what a refinery that takes nothing costs.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    DataFrame
        One row for each hub of the plan, by id, with a column for each of `STAGES`: yen per year.
    """
    sums = pd.DataFrame(0.0, index=plan.hubs["id"].astype(str), columns=list(STAGES))
    lanes, flows = plan.assignments, plan.flows
    for table in (lanes, flows):
        for term in terms_in(table):
            if stage := STAGE_OF[term]:
                _add(sums, stage, table.groupby("hub_id")[f"{term}_jpy"].sum())
    _add(sums, "hub", plan.hubs.set_index("id")["cost_jpy"])
    plants = plan.refineries.set_index("id")
    per_t = plants["cost_jpy"] / plants["load_t"].where(plants["load_t"] > 0)
    shared = flows["mass_t"] * flows["refinery_id"].map(per_t).astype(float).fillna(0.0)
    _add(sums, "refinery", shared.groupby(flows["hub_id"]).sum())
    return sums


def _add(sums: pd.DataFrame, stage: str, jpy: pd.Series) -> None:
    """Add amounts by hub to a stage; ports are no hubs, and packs that stay go to none."""
    sums[stage] += jpy.reindex(sums.index).fillna(0.0)
