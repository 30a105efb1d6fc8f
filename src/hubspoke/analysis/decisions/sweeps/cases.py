"""The cases of a sweep: which values each of them has, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.analysis.decisions.sweeps.axes import SCENARIO
from hubspoke.analysis.decisions.sweeps.sweep_plan import ALONE, DRAWN, GRID, INDICES, LATIN
from hubspoke.base.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from hubspoke.analysis.decisions.sweeps.axes import Axis
    from hubspoke.analysis.decisions.sweeps.sweep_plan import SweepPlan

BASE = "base"
"""Name of the case in which nothing is varied."""
MOST = 100_000
"""Most cases of one sweep."""


@dataclass(frozen=True)
class Case:
    """One case of a sweep.

    Attributes
    ----------
    number : int
        From 1 on; the first is the case in which nothing is varied.
    name : str
    given : mapping of str to any
        What it has of what is varied, by dotted key; of the others what stands.
    changes : mapping of str to any
        All settings that are changed, those of every case included.
    """

    number: int
    name: str
    given: Mapping[str, Any]
    changes: Mapping[str, Any]


def list_cases(plan: SweepPlan, axes: Sequence[Axis]) -> tuple[Case, ...]:
    """Return the cases of a sweep in their order, which depends on what is stated alone.

    Parameters
    ----------
    plan : SweepPlan
    axes : sequence of Axis
        What `plan.vary` asks for.

    Returns
    -------
    tuple of Case
    """
    count = _count(plan, axes)
    if count > MOST:
        raise UsageError(f"{count:,} cases are more than {MOST:,}; vary fewer settings, or draw samples")
    named: list[tuple[str, dict[str, Any]]] = [(BASE, {}), *((name, dict(values)) for name, values in plan.listed)]
    if axes:
        drawn = plan.mode in DRAWN
        width = len(str(count))
        made = _draw(plan, axes) if drawn else _combine(plan, axes)
        named += [(f"s{at:0{width}}" if drawn else describe(one), one) for at, one in enumerate(made, start=1)]
    return tuple(Case(at, name, values, {**plan.changes, **values}) for at, (name, values) in enumerate(named, start=1))


def _count(plan: SweepPlan, axes: Sequence[Axis]) -> int:
    if plan.mode == GRID:
        return int(np.prod([float(len(axis.grid())) for axis in axes]))
    if plan.mode in DRAWN:
        return plan.samples * (len(axes) + 2 if plan.mode == INDICES else 1)
    return sum(len(axis.ends()) for axis in axes)


def _combine(plan: SweepPlan, axes: Sequence[Axis]) -> Iterator[dict[str, Any]]:
    if plan.mode == ALONE:
        yield from ({axis.key: value} for axis in axes for value in axis.ends())
        return
    for values in product(*(axis.grid() for axis in axes)):
        yield {axis.key: value for axis, value in zip(axes, values, strict=True)}


def _draw(plan: SweepPlan, axes: Sequence[Axis]) -> Iterator[dict[str, Any]]:
    for shares in draw_shares(plan, len(axes)).tolist():
        yield {axis.key: axis.at(share) for axis, share in zip(axes, shares, strict=True)}


def draw_shares(plan: SweepPlan, axes: int) -> NDArray[np.float64]:
    """Return where on each axis the samples lie, shares from 0 to 1, shape (cases, axes).

    Under `indices` they are two halves A and B of one Sobol sequence, and A with one column after the other from B
    (Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018), as `scipy.stats.sobol_indices` takes them.

    Parameters
    ----------
    plan : SweepPlan
    axes : int
    """
    from scipy.stats import qmc  # noqa: PLC0415 - heavy

    seed = np.random.default_rng(plan.seed)
    engine = qmc.LatinHypercube if plan.mode == LATIN else qmc.Sobol
    both: NDArray[np.float64] = engine(axes * (2 if plan.mode == INDICES else 1), rng=seed).random(plan.samples)
    if plan.mode != INDICES:
        return both
    first, second = both[:, :axes], both[:, axes:]
    mixed = [np.where(np.arange(axes) == at, second, first) for at in range(axes)]
    return np.concatenate([first, second, *mixed])


def describe(values: Mapping[str, Any]) -> str:
    """Return the name of a case by its values; keys are cut to their last two parts.

    Parameters
    ----------
    values : mapping of str to any

    Examples
    --------
    >>> describe({"energy.power_jpy_per_kwh": 10.0, "scenario": "late"})
    'energy.power_jpy_per_kwh=10, late'
    """
    told = []
    for key, value in values.items():
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        text = f"{value:.0f}" if whole else (f"{value:.6g}" if isinstance(value, float) else str(value))
        told.append((text or BASE) if key == SCENARIO else f"{'.'.join(key.split('.')[-2:])}={text}")
    return ", ".join(told)
