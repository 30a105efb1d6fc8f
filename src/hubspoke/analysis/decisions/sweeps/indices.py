"""Sobol indices of the cost: how much of its variance each varied setting brings about."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
        warnings.simplefilter("ignore")  # a setting that moves nothing has no spread
        spread = found.bootstrap(confidence_level=CONFIDENCE, n_resamples=999)
    first, total = spread.first_order.confidence_interval, spread.total_order.confidence_interval
    made = []
    for at, axis in enumerate(sweep.axes):
        values = [_at(found.first_order, at), _at(found.total_order, at)]
        ends = [_at(end, at) for end in (first.low, first.high, total.low, total.high)]
        bare = [own if np.isnan(end) else end for own, end in zip(np.repeat(values, 2).tolist(), ends, strict=True)]
        made.append(Index(axis.key, values[0], bare[0], bare[1], values[1], bare[2], bare[3]))
    return sorted(made, key=lambda one: (-one.total, one.key))


def _at(values: Any, at: int) -> float:
    return float(np.ravel(values)[at])
