"""Where the packs of each hub go in another plan: to which hub, how far that stands, and what they cost then."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.geodesy import great_circle_km
from hubspoke.plan.decision.stages import sum_stages

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    from hubspoke.plan.plan import PlanData

LEAST_T = 1e-6
"""Tonnes up to which a difference is rounding."""


@dataclass(frozen=True)
class Shift:
    """What becomes of the packs of a hub.

    Attributes
    ----------
    hub_id, to_hub_id : str
        The hub in the first plan, and the other one that takes most of what leaves it; itself where nothing does.
    km : float
        Straight distance of the two.
    mass_t : float
        Packs of the hub in the first plan, t per year.
    moved_t : float
        What of these sites goes to another hub in the other plan, t per year.
    change_jpy : float
        What these packs cost more in the other plan, from site to metal, yen per year, at the mean cost behind a hub.
    """

    hub_id: str
    to_hub_id: str
    km: float
    mass_t: float
    moved_t: float
    change_jpy: float


def list_shifts(base: PlanData, plan: PlanData) -> tuple[Shift, ...]:
    """List the hubs of a plan with what becomes of their packs in another, those that lose most first.

    The changes of all hubs add up to that of the cost of all packs, where both plans collect the same ones.

    Parameters
    ----------
    base, plan : PlanData
        Only sites of both are counted.

    Returns
    -------
    tuple of Shift
    """
    old, new = (_by_site_and_hub(one) for one in (base, plan))
    whole = old.groupby("site_id")["mass_t"].transform("sum")
    pairs = old.assign(part=old["mass_t"] / whole).merge(new, on="site_id", suffixes=("_old", "_new"))
    pairs["goes_t"] = pairs["mass_t_new"] * pairs["part"]
    before, after = _per_t(base), _per_t(plan)
    pairs["paid"] = pairs["goes_t"] * pairs["hub_id_new"].map(after).astype(float).fillna(0.0)
    spots = {str(row["id"]): row for one in (plan, base) for row in one.hubs[["id", "lat", "lon"]].to_dict("records")}
    found = []
    for hub, rows in pairs.groupby("hub_id_old"):
        sums = rows.groupby("hub_id_new")["goes_t"].sum()
        moved_t = float(sums.drop(hub, errors="ignore").sum())
        sites = old[(old["hub_id"] == hub) & old["site_id"].isin(rows["site_id"])]
        mass_t = float(sites["mass_t"].sum())
        target = str(sums.drop(hub, errors="ignore").idxmax()) if moved_t > LEAST_T else str(hub)
        ends = [spots[name] for name in (str(hub), target) if name in spots]
        km = _measure(*ends) if len(ends) == 2 else math.nan
        change = float(rows["paid"].sum()) - mass_t * before.get(str(hub), 0.0)
        found.append(Shift(str(hub), target, km, mass_t, moved_t, change))
    return tuple(sorted(found, key=lambda one: (-one.moved_t, -one.mass_t, one.hub_id)))


def _measure(one: Mapping[Hashable, Any], other: Mapping[Hashable, Any]) -> float:
    places = (np.array([end[axis]], np.float64) for end in (one, other) for axis in ("lat", "lon"))
    return float(great_circle_km(*places)[0])


def _by_site_and_hub(plan: PlanData) -> pd.DataFrame:
    served = plan.assignments[(plan.assignments["hub_id"] != "") & (plan.assignments["mass_t"] > 0)]
    return served.groupby(["site_id", "hub_id"])["mass_t"].sum().reset_index()


def _per_t(plan: PlanData) -> dict[str, float]:
    """Return yen per tonne of packs of everything behind each hub, all stages together."""
    paid = sum_stages(plan).sum(axis=1)
    loads = {str(hub): float(t) for hub, t in plan.assignments.groupby("hub_id")["mass_t"].sum().items()}
    return {str(hub): float(jpy) / loads[str(hub)] for hub, jpy in paid.items() if loads.get(str(hub), 0.0) > 0}
