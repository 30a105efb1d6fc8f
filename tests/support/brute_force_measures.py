"""The least measure of tiny scenarios by trying every choice of plants, measures by their plain definitions."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from brute_force import allowed_sizes
from brute_force_cases import Life, _case_cost, all_lives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.plant_paths import PlantPaths


def mean_of_tail(cost: Sequence[float], probability: Sequence[float], alpha: float) -> float:
    """Give the mean of the dearest share 1 - alpha, a yen of likelihood after the other."""
    left = tail = 1 - alpha
    total = 0.0
    for one, weight in sorted(zip(cost, probability, strict=True), reverse=True):
        part = min(weight, left)
        if part > 0:
            total += part * one
            left -= part
    return total / tail


def least_measure(cases: Cases, measure: Callable[[list[float]], float]) -> float:
    """Give the least measure of the costs of scenarios over all choices, infinite where there is no plan."""
    return min((measure(costs) + once for costs, once in all_choices(cases)), default=math.inf)


def all_choices(cases: Cases) -> Iterator[tuple[list[float], float]]:
    """Give of each choice of plants that has a plan in all scenarios the costs of these, and what is paid once."""
    known: dict[object, float] = {}
    allowed = [
        (
            set(allowed_sizes(p.hubs, p.hub_state, p.hub_counts)),
            set(allowed_sizes(p.refineries, p.refinery_state, p.refinery_counts)),
        )
        for p in cases.problems
    ]
    hubs, refineries = all_lives(cases)
    for at_hubs in product(*hubs):
        for at_refineries in product(*refineries):
            both = (*at_hubs, *at_refineries)
            if not (_keeps(cases.hubs, at_hubs) and _keeps(cases.refineries, at_refineries)):
                continue
            spent = np.sum([life.spent for life in both], axis=0)
            if (spent > cases.budget + 1e-9).any() or spent.sum() > cases.budget_in_total + 1e-9:
                continue
            costs = []
            for t, problem in enumerate(cases.problems):
                h, r = (tuple(life.open_sizes[t] for life in lives) for lives in (at_hubs, at_refineries))
                if h not in allowed[t][0] or r not in allowed[t][1]:
                    costs.append(math.inf)
                    break
                if (t, h, r) not in known:
                    known[t, h, r] = _case_cost(problem, h, r)
                costs.append(known[t, h, r] + sum(life.idle[t] for life in both))
            if max(costs) < math.inf:
                yield costs, sum(float(cases.one_time_factor @ np.array(life.once)) for life in both)


def _keeps(paths: PlantPaths, lives: tuple[Life, ...]) -> bool:
    opens: Floats = np.sum([life.opens for life in lives], axis=0) if lives else np.zeros(len(paths.fewest_openings))
    return bool(((opens >= paths.fewest_openings) & (opens <= paths.most_openings)).all())
