"""From a published share of demand that recycled metal meets to that of a plan, line by line.

Each step replaces one thing that the published share rests on by that of the plan and keeps the rest: the packs that
are made, those that come back, the metal in a tonne of these, recovery, and black mass from abroad.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hubspoke.costs.metals import metal_recoveries
from hubspoke.metals.contents import KG_PER_T
from hubspoke.metals.demand import demanded_t, find_demand, mean_contents, tabulate_shares
from hubspoke.metals.ledger import HOME, PACKS, PRODUCT, tabulate_ledger
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.arrays import Floats
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.metals.demand import Demand, Statement
    from hubspoke.settings.settings import Settings

PUBLISHED, RECONSTRUCTION, OF_PLAN = "published", "reconstruction", "plan"
STEPS = (PUBLISHED, RECONSTRUCTION, "demand", "packs", "content", "recovery", "abroad", OF_PLAN)
OVERALL = "overall"
COLUMNS = ("statement", "metal", "step", "reference", "plan", "unit", "share", "change")


def reconcile_shares(plan: PlanData, ledger: pd.DataFrame | None = None) -> pd.DataFrame:
    """Walk from every published share of demand to that of a plan.

    Parameters
    ----------
    plan : PlanData
        What the published shares rest on beside their own figures, recoveries and contents, are those that ship,
        whatever the plan's are; those of the plan where it has other metals or classes.
    ledger : DataFrame, optional
        Its ledger, to save computing it again.

    Returns
    -------
    DataFrame
        Columns `statement, metal, step, reference, plan, unit, share, change`, with `STEPS` of every statement and
        metal, and of `overall`. `share` is that after the step, `change` what the step adds, which sums to the share of
        the plan; `reference` and `plan` are what was replaced by what, NaN where no one number tells it. Empty where
        nothing is published, or the plan has no demand.
    """
    demand = find_demand(plan.settings)
    if demand is None:
        return pd.DataFrame(columns=list(COLUMNS))
    ledger = tabulate_ledger(plan) if ledger is None else ledger
    rows = [row for key, told in demand.published.items() for row in _walk(plan, ledger, demand, key, told)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _walk(
    plan: PlanData, ledger: pd.DataFrame, demand: Demand, key: str, told: Statement
) -> Iterator[tuple[str, str, str, float, float, str, float, float]]:
    settings = plan.settings
    stated = _shipped(settings, told)
    packs_0, packs = float(settings.reference.packs_t), plan.mass_t
    needed_0, needed = demanded_t(stated, demand, told.year), demanded_t(settings, demand, plan.year)
    inside_0 = mean_contents(stated, {name: float(share) for name, share in told.class_share.items()})
    home = ledger[(ledger["stage"] == PACKS) & (ledger["comes_from"] == HOME)].groupby("metal")["counted_kg"].sum()
    held = (home.reindex(list(settings.metals)).fillna(0.0) / KG_PER_T).to_numpy(float)
    shares = tabulate_shares(plan, ledger)
    made = ledger[(ledger["stage"] == PRODUCT) & (ledger["comes_from"] == HOME)].groupby("metal")["counted_kg"].sum()
    got = (made.reindex(list(settings.metals)).fillna(0.0) / KG_PER_T).to_numpy(float)
    recovery = metal_recoveries(stated)
    tonnes: dict[str, tuple[Floats, Floats]] = {
        RECONSTRUCTION: (packs_0 * inside_0 * recovery, needed_0),
        "demand": (packs_0 * inside_0 * recovery, needed),
        "packs": (packs * inside_0 * recovery, needed),
        "content": (held * recovery, needed),
        "recovery": (got, needed),
        "abroad": (shares["recycled_t"].to_numpy(float), needed),
    }
    element = np.array([float(metal.element_t_per_t) for metal in settings.metals.values()])
    of = {metal: np.array([float(name == metal) for name in settings.metals]) for metal in told.share}
    published = {metal: float(share) for metal, share in told.share.items() if metal in settings.metals}
    if told.overall is not None:
        of[OVERALL] = element * np.array([float(name in told.share) for name in settings.metals])
        published[OVERALL] = float(told.overall)
    for metal, before in published.items():
        weight, now = of[metal], before
        yield key, metal, PUBLISHED, np.nan, np.nan, "", now, now
        for step, (recycled, wanted) in tonnes.items():
            after = _divide(weight @ recycled, weight @ wanted)
            yield key, metal, step, *_replaced(step, weight, tonnes, (packs_0, packs), (held, got)), after, after - now
            now = after
        yield key, metal, OF_PLAN, np.nan, np.nan, "", now, now


def _replaced(
    step: str,
    weight: Floats,
    tonnes: dict[str, tuple[Floats, Floats]],
    packs: tuple[float, float],
    home: tuple[Floats, Floats],
) -> tuple[float, float, str]:
    """Return what a step replaces by what, and its unit."""
    if step == "demand":
        return float(weight @ tonnes[RECONSTRUCTION][1]), float(weight @ tonnes[step][1]), "t/yr"
    if step == "packs":
        return (*packs, "t/yr")
    if step == "content":
        recovered, (held, _) = tonnes["packs"][0], home
        usual = _divide(weight @ tonnes[step][0], weight @ held)
        before, after = _divide(weight @ recovered, usual * packs[1]), _divide(weight @ held, packs[1])
        return KG_PER_T * before, KG_PER_T * after, "kg/t"
    if step == "recovery":
        held, got = home
        return _divide(weight @ tonnes["content"][0], weight @ held), _divide(weight @ got, weight @ held), "t/t"
    return np.nan, np.nan, ""


def _shipped(settings: Settings, told: Statement) -> Settings:
    """Return the settings that ship, which the published shares go with, or the plan's own of another commodity."""
    shipped = load_settings()
    fits = list(shipped.metals) == list(settings.metals) and set(told.class_share) <= set(shipped.classes)
    return shipped if fits else settings


def _divide(one: Any, other: Any) -> float:
    return float(one / other) if other else float("nan")
