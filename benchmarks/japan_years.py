"""Japan as it ships over several years, as cases that share plants.

Every year has its own tonnes, lanes and costs from the package's own formulation. The tables state three years; between
and before them the tonnes of the nearest one are scaled by what the fleet model says of both (`supply.factor`).
Capital leaves the yearly costs: it is paid for all years to the last when a plant opens, and when it grows for what is
added. So a plant that closes or stands too large has paid in vain.

    python benchmarks/japan_years.py open 0.005 600               four years, by the engine and by the full model
    python benchmarks/japan_years.py regional 0.001 300 --every   every year from 2027 to 2040

Seconds are processor time of the process, so that what else the machine does counts for nothing.
"""

from __future__ import annotations

import argparse
import resource
import time
from typing import TYPE_CHECKING

import numpy as np

import hubspoke as hs
from hubspoke.base.stop import Stop
from hubspoke.costs.costs import build_costs
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.full import solve_whole
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.engine.problem.steps import Steps
from hubspoke.fleet.factors import national_tonnes
from hubspoke.instances.warm_up import load_loops
from hubspoke.lanes.lanes import build_lanes
from hubspoke.planning.formulation.formulate import formulate
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.engine.cases.solution import CasesSolution
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.settings.settings import Settings

FOUR = (2027, 2030, 2035, 2040)
EVERY = tuple(range(2027, 2041))
LEAVING = 1.0
"""What closing costs, in years of capital of the size that is closed."""
MODEL_LANES = 400_000
"""Lanes of all years beyond which the full model is not built: it would not fit into memory or into the limit."""


class ProcessorTime(Stop):
    """Is due after seconds of processor time of this process."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._end = time.process_time() + seconds

    @property
    def seconds_left(self) -> float:
        """Seconds of processor time that are left."""
        return 0.0 if self.asked else max(self._end - time.process_time(), 0.0)


def main() -> None:
    """Solve one case by the engine and, where it fits, by the full model, and print what came of it."""
    parser = argparse.ArgumentParser(description="Japan over several years: the engine beside the full model")
    parser.add_argument("policy", choices=["regional", "shared-refinery", "open"])
    parser.add_argument("gap", type=float)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--every", action="store_true", help="every year from 2027 to 2040, not four of them")
    given = parser.parse_args()
    cases = state_years(given.policy, EVERY if given.every else FOUR)
    lanes = sum(int(np.isfinite(problem.collection_cost).sum()) for problem in cases.problems)
    print(f"{given.policy}, {cases.count} years, {cases.problems[0].n_sites} sites, {lanes} lanes")
    load_loops()
    begun = time.process_time()
    found = optimize_cases(cases, gap=given.gap, stop=ProcessorTime(given.seconds), threads=1)
    _tell("hubspoke", found, time.process_time() - begun)
    if lanes > MODEL_LANES:
        print(f"{'full model':<12} not run: more than {MODEL_LANES} lanes")
        return
    begun = time.process_time()
    found = solve_whole(cases, gap=given.gap, threads=1, stop=Stop(given.seconds))
    _tell("full model", found, time.process_time() - begun)


def _tell(method: str, found: CasesSolution, seconds: float) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{method:<12} {found.status:<10} {found.objective:.8g} {found.bound:.8g} {100 * found.gap:8.4f} % "
        f"{seconds:7.1f} s {memory:6.0f} MB",
        flush=True,
    )


def state_years(policy: str, years: Sequence[int]) -> Cases:
    """State Japan over some years as cases; each year stands for those up to the next, the last for itself.

    Parameters
    ----------
    policy : str
        `regional`, `shared-refinery` or `open`.
    years : sequence of int
        In ascending order.
    """
    settings = hs.read().settings
    rate = 1 + float(settings.finance.discount_rate_per_yr)
    stated = [_state_year(policy, year, settings) for year in years]
    problems = [problem for problem, _, _ in stated]
    ends = [*years[1:], years[-1] + 1]
    weights = np.array(
        [sum(rate ** (years[0] - year) for year in range(first, end)) for first, end in zip(years, ends, strict=True)]
    )
    factor = rate ** (years[0] - np.array(years, float))
    ahead = weights[::-1].cumsum()[::-1] / factor  # a yen a year from a case to the last, paid in that case
    return Cases.build(
        problems,
        weights=weights,
        one_time_factor=factor,
        hubs=_paths([hubs for _, hubs, _ in stated], ahead),
        refineries=_paths([refineries for _, _, refineries in stated], ahead),
    )


def _state_year(policy: str, year: int, settings: Settings) -> tuple[Problem, Floats, Floats]:
    """Return the problem of a year without capital, and the capital of hubs and refineries in yen per year."""
    nearest = min(settings.horizon.years, key=lambda stated: abs(stated - year))
    then, now = (sum(national_tonnes(settings, settings.supply.scenario, at).values()) for at in (nearest, year))
    network = hs.read(changes={"supply.factor": now / then})
    lanes = build_lanes(network, nearest)
    costs = build_costs(network, lanes, nearest)
    rules = resolve_policy(network.settings.policy.model_copy(update={"name": policy}))
    problem = formulate(network, lanes, costs, rules).problem
    hubs, refineries = costs.hub_steps, costs.refinery_steps
    return (
        problem.derive(
            hubs=_without_capital(problem.hubs, hubs), refineries=_without_capital(problem.refineries, refineries)
        ),
        hubs.capital,
        refineries.capital,
    )


def _without_capital(steps: Steps, sizes: PlantSteps) -> Steps:
    return Steps(steps.capacity, steps.fixed - sizes.capital, steps.variable)


def _paths(capital: Sequence[Floats], ahead: Floats) -> PlantPaths:
    """Let plants open, grow and close, for their capital to the last year."""
    first = capital[0]
    added = first[:, None, :] - first[:, :, None]
    once = ahead[:, None, None] * first[None]
    return PlantPaths.build(
        once.shape,
        opening_cost=once,
        resize_cost=np.where(added > 0, ahead[:, None, None, None] * added[None], np.inf),
        closing_cost=LEAVING * np.broadcast_to(first, once.shape),
    )


if __name__ == "__main__":
    main()
