"""What plants take at least, where a coverage is asked for: below every plan, and above what the model knew without."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pulp
import pytest
from hypothesis import given, settings

from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.full import solve_whole
from hubspoke.engine.cases.model import build_cases_model
from hubspoke.engine.milp.solver import run_model
from hubspoke.engine.problem.least_tonnes import least_tonnes
from hubspoke.instances.generate import generate_problem
from small_cases import small_cases
from trials import examples

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem


@given(cases=small_cases(tied=True))
@settings(max_examples=examples(40), deadline=None)
def test_no_division_that_covers_enough_takes_less(cases: Cases) -> None:
    for case, problem in enumerate(cases.problems):
        tonnes, sites = float(cases.sites.least_tonnes[case]), float(cases.sites.least_sites[case])
        mass, black_mass = least_tonnes(problem, tonnes=tonnes, sites=sites)
        for choice in product(range(-1, problem.n_hubs), repeat=problem.n_sites):
            hub = np.array(choice, np.int64)
            if _serves_enough(cases, case, problem, hub):
                site = np.flatnonzero(hub >= 0)
                assert problem.mass[site].sum() >= mass - 1e-6
                sent = sum(problem.supply[i] @ problem.yields[hub[i]].sum(axis=1) for i in site)
                assert sent >= black_mass - 1e-6


def _serves_enough(cases: Cases, case: int, problem: Problem, hub: np.ndarray) -> bool:
    served = hub >= 0
    return bool(
        served[np.isinf(problem.skip_cost)].all()
        and problem.mass[served].sum() >= cases.sites.least_tonnes[case]
        and served.sum() >= cases.sites.least_sites[case]
    )


@pytest.mark.parametrize("in_tonnes", [True, False])
def test_the_relaxation_knows_the_coverage(in_tonnes: bool) -> None:  # noqa: FBT001 - the two kinds of coverage
    base = generate_problem(12, 3, 1, seed=4)
    year = base.derive(skip_cost=base.mass * 1.0, single_sourcing=False)
    share = np.array([0.6, 0.8])
    tonnes, sites = (share * base.mass.sum(), 0.0) if in_tonnes else (0.0, share * base.n_sites)
    cases = Cases.build([year] * 2, least_tonnes=tonnes, least_sites=sites)
    plain, strong = (_relaxed(cases, strong=strong) for strong in (False, True))
    best = solve_whole(cases, gap=1e-6)
    assert best.has_plan
    assert plain < strong <= best.objective * (1 + 1e-9)
    assert best.objective - strong < 0.5 * (best.objective - plain)


def _relaxed(cases: Cases, *, strong: bool) -> float:
    model, handles = build_cases_model(cases, strong=strong)
    for variable in model.variables():
        variable.cat = pulp.LpContinuous
    return run_model(model).objective * handles.unit
