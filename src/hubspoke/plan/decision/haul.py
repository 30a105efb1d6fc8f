"""How far packs travel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData


def mean_haul_km(plan: PlanData) -> float | None:
    """Return the mean distance from site to hub, weighted by tonnes, in km; None where no distance is known.

    Parameters
    ----------
    plan : PlanData
    """
    known = plan.assignments[np.isfinite(plan.assignments["distance_km"]) & (plan.assignments["mass_t"] > 0)]
    if known.empty:
        return None
    return float(np.average(known["distance_km"], weights=known["mass_t"]))
