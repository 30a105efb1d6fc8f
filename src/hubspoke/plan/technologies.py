"""The technologies that a plan chooses, and the metals that they recover less of than usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.costs.metals import metal_recoveries, recovers_unusually
from hubspoke.plan.metal_flows import tabulate_metals
from hubspoke.plan.states import is_built
from hubspoke.words.names import name_technology

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


def count_technologies(plants: pd.DataFrame, plan: PlanData, lang: Lang) -> dict[str, int]:
    """Count the built plants of each technology.

    Parameters
    ----------
    plants : DataFrame
        Rows of hubs or refineries of the plan.
    plan : PlanData
    lang : {"en", "ja"}

    Returns
    -------
    dict of str to int
        By name of the technology, in the order of the keys.
    """
    used = plants.loc[is_built(plants), "technology"].value_counts(sort=False).sort_index()
    return {name_technology(plan.settings, str(key), lang): int(count) for key, count in used.items()}


def sum_less_recovered(plan: PlanData) -> dict[str, float]:
    """Return how much less of each metal the refineries of a plan recover than usual.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    dict of str to float
        t per year by key of the metals; those of which they recover as much or more are left out.
    """
    used = plan.refineries[is_built(plan.refineries)]
    if not recovers_unusually(plan.settings, used["technology"]):
        return {}
    metals = tabulate_metals(plan)
    metals = metals[metals["refinery_id"].isin(used["id"])]
    usual = dict(zip(plan.settings.metals, metal_recoveries(plan.settings).tolist(), strict=True))
    short = metals["contained_t"] * metals["metal"].map(usual).astype(float) - metals["recovered_t"]
    sums = short.groupby(metals["metal"]).sum()
    return {key: float(sums[key]) for key in plan.settings.metals if sums.get(key, 0.0) > LEAST_T}


LEAST_T = 1e-6
"""Tonnes a year up to which nothing counts as lost."""
