"""Plants that are best by a measure over scenarios are the best there are, by trying everything."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brute_force_cases import case_faults
from brute_force_measures import least_measure, mean_of_tail
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.cuts.search import CutSearch
from hubspoke.engine.cases.full import solve_whole
from hubspoke.engine.cases.measure import Measure
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.parameters import DEFAULTS
from small_cases import small_cases
from trials import examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.solution import CasesSolution


@st.composite
def measured(draw: Any) -> tuple[Cases, Callable[[list[float]], float]]:
    """Draw scenarios and a measure of their costs, with its plain definition."""
    cases = draw(small_cases(tied=False, scenarios=True))
    kind = draw(st.sampled_from(["worst", "regret", "cvar"]))
    if kind == "worst":
        return replace(cases, measure=Measure.worst(cases.count)), max
    if kind == "regret":
        least = [float(draw(st.integers(0, 30))) for _ in range(cases.count)]
        regret = Measure.regret(least)
        return replace(cases, measure=regret), lambda costs: max(c - b for c, b in zip(costs, least, strict=True))
    share = np.array([draw(st.integers(0, 3)) for _ in range(cases.count)], float)
    share = share / share.sum() if share.sum() else np.full(cases.count, 1 / cases.count)
    alpha = draw(st.sampled_from([0.0, 0.5, 0.8]))
    return replace(cases, measure=Measure.cvar(share, alpha)), lambda costs: mean_of_tail(costs, share.tolist(), alpha)


def _measure_faults(cases: Cases, answer: CasesSolution, measure: Callable[[list[float]], float]) -> list[str]:
    """List what is wrong with a plan; its cost is that of the measure."""
    assert answer.hubs is not None
    assert answer.refineries is not None
    costs = [plan.objective for plan in answer.cases]
    idle = answer.hubs.idle_cost.sum(axis=1) + answer.refineries.idle_cost.sum(axis=1)
    once = sum(
        float(cases.one_time_factor @ plants.one_time_cost.sum(axis=1)) for plants in (answer.hubs, answer.refineries)
    )
    assert answer.objective == pytest.approx(measure([c + i for c, i in zip(costs, idle, strict=True)]) + once)
    # everything but the cost is as in any scenarios
    return [fault for fault in case_faults(cases, answer) if not fault.startswith("the parts cost")]


@pytest.mark.heavy
@given(drawn=measured())
@settings(max_examples=examples(12), deadline=None)
def test_the_full_model_finds_the_least_measure(drawn: tuple[Cases, Any]) -> None:
    cases, measure = drawn
    _agree(cases, measure, solve_whole(cases))


@given(drawn=measured())
@settings(max_examples=examples(7), deadline=None)
def test_the_door_gives_the_least_measure(drawn: tuple[Cases, Any]) -> None:
    cases, measure = drawn
    _agree(cases, measure, optimize_cases(cases))


@pytest.mark.heavy
@given(drawn=measured())
@settings(max_examples=examples(7), deadline=None)
def test_cuts_find_the_least_measure_of_divided_sites(drawn: tuple[Cases, Any]) -> None:
    cases, measure = drawn
    # where all sites are weightless and all is free, the search by itself may end without a word; the door is not asked
    plain = [
        replace(problem, single_sourcing=False, hub_floor=np.zeros(problem.n_hubs), supply=_some(problem.supply))
        for problem in cases.problems
    ]
    divided = replace(cases, problems=tuple(plain))
    _agree(divided, measure, CutSearch(divided, 1e-6, Stop(), 0, DEFAULTS).solve())


def _some(supply: Floats) -> Floats:
    """Give sites that send nothing a tonne of the first class."""
    more = supply.copy()
    more[~supply.any(axis=1), 0] = 1.0
    return more


def _agree(cases: Cases, measure: Callable[[list[float]], float], answer: CasesSolution) -> None:
    least = least_measure(cases, measure)
    if math.isinf(least):
        assert answer.status is Status.INFEASIBLE
        return
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(least, rel=1e-6, abs=1e-6)
    assert answer.bound <= least + 1e-6 + 1e-6 * abs(least)
    assert _measure_faults(cases, answer, measure) == []


def test_measures_of_given_costs() -> None:
    cost, share = np.array([10.0, 40.0, 20.0]), [0.5, 0.2, 0.3]
    assert Measure.worst(3).value(cost) == pytest.approx(40.0)
    assert Measure.regret([9.0, 39.5, 15.0]).value(cost) == pytest.approx(5.0)
    assert Measure.cvar(share, 0.0).value(cost) == pytest.approx(19.0)
    assert Measure.cvar(share, 0.6).value(cost) == pytest.approx((0.2 * 40 + 0.2 * 20) / 0.4)
    assert Measure.cvar(share, 0.9).value(cost) == pytest.approx(40.0)
    assert math.isinf(Measure.cvar([1.0, 0.0, 0.0], 0.0).value(np.array([1.0, math.inf, 1.0])))
    with pytest.raises(ValueError, match="alpha"):
        Measure.cvar(share, 1.0)
    with pytest.raises(ValueError, match="add up to 1"):
        Measure.cvar([0.5, 0.2], 0.5)
