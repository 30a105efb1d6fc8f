"""The stages that packs pass on their way to metal, and what each of them costs behind every hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.base.sums import sum_exactly
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
    ids, flows = plan.hubs["id"].astype(str).tolist(), plan.flows
    sums = {stage: np.zeros(len(ids)) for stage in STAGES}
    for table in (plan.assignments, flows):  # ports are no hubs, and packs that stay go to none
        terms = [term for term in terms_in(table) if STAGE_OF[term]]
        paid = sum_exactly(table["hub_id"].tolist(), [table[f"{term}_jpy"] for term in terms], ids)
        for term, jpy in zip(terms, paid.T, strict=True):
            sums[STAGE_OF[term]] += jpy
    sums["hub"] += plan.hubs["cost_jpy"].to_numpy(np.float64)
    plants = zip(*(plan.refineries[name].tolist() for name in ("id", "cost_jpy", "load_t")), strict=True)
    per_t = {name: jpy / load_t if load_t > 0 else 0.0 for name, jpy, load_t in plants}
    sent = zip(flows["refinery_id"].tolist(), flows["mass_t"].tolist(), strict=True)
    shared = np.array([mass_t * per_t.get(name, 0.0) for name, mass_t in sent], np.float64)
    sums["refinery"] += sum_exactly(flows["hub_id"].tolist(), [shared], ids)[:, 0]
    return pd.DataFrame(sums, index=plan.hubs["id"].astype(str))
