"""Sobol indices of a cost that is known."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from hubspoke.analysis.decisions.sweeps.axes import read_axes
from hubspoke.analysis.decisions.sweeps.cases import list_cases
from hubspoke.analysis.decisions.sweeps.indices import find_indices
from hubspoke.analysis.decisions.sweeps.sweep_plan import SweepPlan
from hubspoke.settings.load import load_settings

POWER, LIFE, RATE = "energy.power_jpy_per_kwh", "finance.life_yr", "finance.discount_rate_per_yr"


def test_indices_of_a_sum_are_the_shares_of_the_variances() -> None:
    plan = SweepPlan(mode="indices", samples=256, vary={POWER: "0..1", LIFE: "0..2", RATE: "0..1"})
    axes = read_axes(plan.vary, load_settings())
    cases = list_cases(plan, axes)
    costs = [case.given.get(POWER, 0) + case.given.get(LIFE, 0) for case in cases]  # variances 1 : 4 : 0
    solved: Any = [
        SimpleNamespace(case=case, kept={"figures": {"cost_jpy_per_t": cost}})
        for case, cost in zip(cases, costs, strict=True)
    ]
    sweep: Any = SimpleNamespace(plan=plan, axes=axes)
    found = find_indices(sweep, solved)
    assert [one.key for one in found] == [LIFE, POWER, RATE]
    assert [one.first for one in found] == pytest.approx([0.8, 0.2, 0.0], abs=0.03)
    assert [one.total for one in found] == pytest.approx([0.8, 0.2, 0.0], abs=0.03)
    assert all(one.total_low <= one.total <= one.total_high for one in found)
    solved[7].kept = {"status": "infeasible"}
    assert find_indices(sweep, solved) == []
    assert find_indices(SimpleNamespace(plan=replace(plan, mode="sobol"), axes=axes), solved) == []  # type: ignore[arg-type]
