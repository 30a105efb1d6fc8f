"""The search by cuts over all cases: the optimum of tiny ones for divided sites, a true bound and plan for others."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from brute_force_cases import case_faults, cheapest_cases
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.cuts.search import CutSearch
from hubspoke.engine.cases.expanded import expand
from hubspoke.engine.cases.full import solve_whole
from hubspoke.engine.cases.known import Known
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.instances.generate import generate_problem
from small_cases import small_cases
from trials import examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.engine.cases.solution import CasesSolution
    from hubspoke.engine.problem.problem import Problem


def search(cases: Cases, gap: float = 1e-6) -> CasesSolution:
    return CutSearch(cases, gap, Stop(), 0, DEFAULTS).solve()


@given(cases=small_cases(tied=False))
@settings(max_examples=examples(10), deadline=None)
def test_no_lie_is_told_of_tiny_cases(cases: Cases) -> None:
    least, answer = cheapest_cases(cases), search(cases)
    if answer.status is Status.INFEASIBLE:
        assert math.isinf(least)
    assert answer.bound <= least + 1e-6 + 1e-7 * abs(least)
    if answer.has_plan:
        assert answer.objective >= least - 1e-6
        assert case_faults(cases, answer) == []
        assert answer.bound <= answer.objective


@pytest.mark.heavy
@given(cases=small_cases(tied=False))
@settings(max_examples=examples(7), deadline=None)
def test_divided_sites_are_solved_to_the_end(cases: Cases) -> None:
    plain = [replace(problem, single_sourcing=False, hub_floor=np.zeros(problem.n_hubs)) for problem in cases.problems]
    divided = replace(cases, problems=tuple(plain))
    least, answer = cheapest_cases(divided), search(divided)
    assert answer.has_plan == math.isfinite(least)
    if answer.has_plan:
        assert answer.objective == pytest.approx(least, rel=1e-6, abs=1e-6)
        assert answer.status is Status.OPTIMAL


@pytest.mark.heavy
def test_cuts_and_full_model_agree_on_years_that_grow() -> None:
    base = generate_problem(30, 8, 4, seed=2)
    years = [
        base.derive(supply=base.supply * part, collection_cost=base.collection_cost * part) for part in (0.4, 0.7, 1.0)
    ]
    shape = (3, *base.hubs.fixed.shape)
    sizes = shape[2]
    growth = np.where(np.arange(sizes)[None, :] > np.arange(sizes)[:, None], 2e6, np.inf)
    hubs = PlantPaths.build(shape, opening_cost=3e6, resize_cost=growth, closing_cost=1e6)
    cases = Cases.build(years, weights=[1.0, 2.0, 3.0], hubs=hubs)
    whole, cut = solve_whole(cases, gap=1e-4), search(cases, gap=1e-3)
    assert cut.bound <= whole.objective
    assert whole.bound <= cut.objective
    assert cut.objective == pytest.approx(whole.objective, rel=2e-3)


def test_parts_add_up() -> None:
    one, two = generate_problem(10, 3, 2, seed=1), generate_problem(10, 3, 2, seed=2)
    both = Cases.build([_side_by_side(one, two)] * 2)
    apart = sum(optimize_cases(Cases.build([problem] * 2)).objective for problem in (one, two))
    answer = optimize_cases(both)
    assert answer.objective == pytest.approx(apart, rel=1e-6)
    assert case_faults(both, answer) == []


def _side_by_side(one: Problem, two: Problem) -> Problem:
    """Put two problems into one that share nothing."""
    return expand(Cases.build([one, two]))


@pytest.mark.heavy
@given(cases=small_cases(tied=False))
@settings(max_examples=examples(7), deadline=None)
def test_what_is_known_of_other_sizes_makes_no_bound_false(cases: Cases) -> None:
    least = cheapest_cases(cases)
    other = [
        replace(
            problem, hubs=replace(problem.hubs, fixed=problem.hubs.fixed * 1.5, capacity=problem.hubs.capacity * 0.9)
        )
        for problem in cases.problems
    ]
    prices = search(replace(cases, problems=tuple(other))).prices
    for cutoff, more in ((math.inf, 0.0), (least, 0.0), (least + 3.0, 2.0), (least - 2.0, 0.0), (math.inf, 5.0)):
        known = Known(cutoff, prices, _dearer(more) if more else None)
        answer = CutSearch(cases, 1e-6, Stop(), 0, DEFAULTS, known).solve()
        assert answer.bound <= min(least, cutoff) + 1e-6 + 1e-7 * abs(least) or math.isinf(least)
        if answer.has_plan:
            assert answer.objective >= least - 1e-6
            assert case_faults(cases, answer) == []


def _dearer(more: float) -> Callable[[CasesSolution], float]:
    """Return a judge to whom plans cost more the more hubs are open in them."""

    def judge(answer: CasesSolution) -> float:
        assert answer.hubs is not None
        return answer.objective + more * float((answer.hubs.open_size >= 0).sum())

    return judge


@pytest.mark.heavy
def test_the_search_goes_on_until_the_bound_is_near_what_the_plan_truly_costs() -> None:
    base = generate_problem(30, 8, 4, seed=2)
    years = [base.derive(supply=base.supply * part, collection_cost=base.collection_cost * part) for part in (0.5, 1.0)]
    cases = Cases.build(years, weights=[1.0, 2.0])
    plain = search(cases, gap=0.02)
    judged = CutSearch(cases, 0.02, Stop(), 0, DEFAULTS, Known(judge=lambda answer: answer.objective * 1.01)).solve()
    assert judged.bound >= judged.objective * 1.01 * (1 - 0.02) * (1 - 1e-9)
    assert judged.bound <= plain.objective
