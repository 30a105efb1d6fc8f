"""Plants that cost least in one scenario while no other costs more than a limit are the best, by trying everything."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brute_force_measures import all_choices
from hubspoke.base.status import Status
from hubspoke.engine.cases.scenarios.limited import optimize_within
from small_cases import small_cases
from trials import examples

if TYPE_CHECKING:
    from hubspoke.engine.cases.cases import Cases


@st.composite
def limited(draw: Any) -> tuple[Cases, float, float]:
    """Draw scenarios that cost 0 or more, and a limit near what the dearest of all but the first may cost at least.

    With them comes what the first costs at least where no other costs more than that.
    """
    cases = draw(small_cases(tied=False, scenarios=True, count=draw(st.sampled_from([2, 3]))))
    choices = list(all_choices(cases))
    dearest = min((max(costs[1:]) + once for costs, once in choices), default=0.0)
    limit = dearest + draw(st.sampled_from([0.0, 1.0, 3.0, 8.0, -1.0]))
    kept = (costs[0] + once for costs, once in choices if max(costs[1:]) <= limit + 1e-9)
    return cases, limit, min(kept, default=math.inf)


@given(drawn=limited())
@settings(max_examples=examples(6), deadline=None)
def test_the_first_scenario_costs_least_of_all_plants_that_keep_the_limit(drawn: tuple[Cases, float, float]) -> None:
    cases, limit, least = drawn
    found = optimize_within(cases, limit)
    if math.isinf(least):
        assert found.status is Status.INFEASIBLE
        return
    assert found.status is Status.OPTIMAL
    assert found.objective == pytest.approx(least, rel=1e-6, abs=1e-6)
    assert found.bound <= least + 1e-6 + 1e-6 * abs(least)
    assert found.worst <= limit + 1e-6
