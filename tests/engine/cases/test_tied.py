"""Tied sites beyond the full model: a bound below the optimum, a plan that keeps all ties and costs no less."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from brute_force_cases import case_faults, cheapest_cases
from hubspoke.base.status import Status
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.instances.generate import generate_problem
from small_cases import small_cases
from trials import examples

if TYPE_CHECKING:
    from hubspoke.engine.cases.solution import CasesSolution

NO_MODEL = replace(DEFAULTS, cases=replace(DEFAULTS.cases, tied_lanes=-1))


def answer_to(cases: Cases) -> CasesSolution:
    return optimize_cases(cases, parameters=NO_MODEL)


@pytest.mark.heavy
@given(cases=small_cases(tied=True))
@settings(max_examples=examples(7), deadline=None)
def test_ties_beyond_the_model_are_kept_and_the_bound_is_true(cases: Cases) -> None:
    least, answer = cheapest_cases(cases), answer_to(cases)
    assert answer.bound <= least + 1e-6 + 1e-7 * abs(least)
    if answer.has_plan:
        assert case_faults(cases, answer) == []
        assert answer.objective >= least - 1e-6
    if answer.status is Status.INFEASIBLE:
        assert np.isinf(least)


@pytest.mark.heavy
def test_what_must_be_collected_is_priced() -> None:
    base = generate_problem(20, 4, 2, seed=5)
    cheap = np.nanmean(np.where(np.isfinite(base.collection_cost), base.collection_cost, np.nan), axis=1) / 4
    years = [base.derive(skip_cost=cheap, single_sourcing=False)] * 2
    least = [0.5 * base.mass.sum(), 0.9 * base.mass.sum()]
    cases = Cases.build(years, least_tonnes=least)
    answer, exact = answer_to(cases), optimize_cases(cases, gap=1e-4)
    assert case_faults(cases, answer) == []
    assert answer.bound <= exact.objective
    assert exact.bound <= answer.objective
    # ignoring what must be collected would leave nearly everything open
    assert answer.bound > 2 * optimize_cases(Cases.build(years)).objective
    assert answer.gap < 0.5


def test_sites_that_keep_their_hub_have_a_plan() -> None:
    base = generate_problem(15, 4, 2, seed=3)
    years = [base.derive(supply=base.supply * k, collection_cost=base.collection_cost * k) for k in (0.5, 0.8, 1.0)]
    cases = Cases.build(years, switching_cost=np.inf, stays_collected=True)
    answer = answer_to(cases)
    assert answer.has_plan
    assert case_faults(cases, answer) == []
    assert answer.gap == pytest.approx(0, abs=0.05)
