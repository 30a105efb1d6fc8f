"""Sobol indices of the cost: how much of its variance each varied setting brings about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.sweeps.cases import BASE
from hubspoke.analysis.decisions.sweeps.sweep_plan import INDICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.analysis.decisions.sweeps.sweep import SolvedCase, Sweep

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Index:
    """Sobol indices of one setting, each with the ends of its confidence interval."""

    key: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


def find_indices(sweep: Sweep, solved: Sequence[SolvedCase]) -> list[Index]:
    """Return the Sobol indices of the cost per tonne, the largest total first.

    Parameters
    ----------
    sweep : Sweep
    solved : sequence of SolvedCase
        All cases of it.

    Returns
    -------
    list of Index
        None unless the mode draws for them, and every case has a plan, and the cost differs at all.
    """
    from scipy.stats import sobol_indices  # noqa: PLC0415 - heavy

    stated = 1 + len(sweep.plan.listed)
    drawn = [one for one in solved if one.case.name != BASE][stated - 1 :]
    n, axes = sweep.plan.samples, len(sweep.axes)
    if sweep.plan.mode != INDICES or len(drawn) != n * (axes + 2) or any("figures" not in one.kept for one in drawn):
        return []
    cost = np.array([one.kept["figures"]["cost_jpy_per_t"] for one in drawn])
    if np.ptp(cost) == 0:
        return []
    parts = cost.reshape(axes + 2, n)
    func = {"f_A": parts[:1], "f_B": parts[1:2], "f_AB": parts[2:].reshape(axes, 1, n)}
    found = sobol_indices(func=func, n=n, rng=np.random.default_rng(sweep.plan.seed))
    spread = found.bootstrap(confidence_level=CONFIDENCE, n_resamples=999)
    first, total = spread.first_order.confidence_interval, spread.total_order.confidence_interval
    made = [
        Index(
            axis.key,
            *(
                float(values.ravel()[at])
                for values in (found.first_order, first.low, first.high, found.total_order, total.low, total.high)
            ),
        )
        for at, axis in enumerate(sweep.axes)
    ]
    return sorted(made, key=lambda one: (-one.total, one.key))
