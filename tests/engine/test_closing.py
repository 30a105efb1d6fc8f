"""What closing each plant of a plan costs: as planning anew without it, and bounds that enclose that where not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hubspoke as hs
from hubspoke.engine.closing import PlantClosing, find_closing_costs
from hubspoke.engine.parameters import DEFAULTS, ClosingParameters
from hubspoke.engine.problem.problem import FREE
from hubspoke.engine.solution.alternatives import find_alternatives
from shipped import japan
from small_problems import problems, sharing
from trials import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution

SOME = settings(deadline=None, derandomize=True, max_examples=examples(20), suppress_health_check=list(HealthCheck))
BOUNDS_ONLY = replace(DEFAULTS, closing=ClosingParameters(replans=0))


def each_plant(
    problem: Problem, plan: Solution, found: tuple[PlantClosing, PlantClosing]
) -> Iterator[tuple[PlantClosing, int, Solution]]:
    """Yield the found costs of every open plant that was free, and the answer to the problem without it."""
    echelons = (("hub_state", plan.hub_size), ("refinery_state", plan.refinery_size))
    for (name, size), closing in zip(echelons, found, strict=True):
        state = getattr(problem, name)
        for plant in range(len(size)):
            if size[plant] < 0 or state[plant] != FREE:
                assert np.isnan([closing.low[plant], closing.high[plant]]).all()
                continue
            without = state.copy()
            without[plant] = -1
            yield closing, plant, hs.optimize(replace(problem, **{name: without}), gap=0.0)


@SOME
@given(st.data())
def test_closing_a_plant_costs_what_planning_anew_without_it_costs(data: st.DataObject) -> None:
    problem = data.draw(problems())
    problem = data.draw(sharing(problem)) if data.draw(st.booleans()) else problem
    plan = hs.optimize(problem, gap=0.0)
    if not plan.has_plan:
        return
    found = find_closing_costs(problem, plan, find_alternatives(problem, plan, problem.collection_cost))
    for closing, plant, anew in each_plant(problem, plan, found):
        if not anew.has_plan:
            assert np.isinf(closing.low[plant])
            assert np.isnan(closing.high[plant])
            assert not len(closing.opens[plant])
            continue
        extra = anew.objective - plan.objective
        assert closing.low[plant] == pytest.approx(extra, abs=1e-5)
        assert closing.high[plant] == pytest.approx(extra, abs=1e-5)


@pytest.mark.heavy
@SOME
@given(problems())
def test_where_nothing_is_planned_anew_the_bounds_enclose_what_closing_costs(problem: Problem) -> None:
    plan = hs.optimize(replace(problem, skip_cost=np.full(problem.n_sites, np.inf)), gap=0.0)
    problem = replace(problem, skip_cost=np.full(problem.n_sites, np.inf))
    if not plan.has_plan:
        return
    others = find_alternatives(problem, plan, problem.collection_cost)
    found = find_closing_costs(problem, plan, others, parameters=BOUNDS_ONLY)
    for closing, plant, anew in each_plant(problem, plan, found):
        extra = anew.objective - plan.objective
        assert not closing.low[plant] > extra + 1e-5
        assert not closing.high[plant] < extra - 1e-5


@pytest.mark.heavy
def test_the_figures_of_the_shipped_plan_are_those_of_a_plan_with_the_plant_closed() -> None:
    plan = hs.solve(japan(), regions=["shikoku"])
    for plants in (plan.hubs, plan.refineries):
        row = plants[plants["state"] == "open"].to_dict("records")[0]
        anew = hs.solve(japan(), regions=["shikoku"], closed=[row["id"]])
        for name in ("closing_more_low_jpy", "closing_more_jpy"):
            assert row[name] == pytest.approx(
                anew.cost_jpy - plan.cost_jpy, abs=plan.cost_jpy * plan.options["gap"] + 1
            )
        table = anew.hubs if plants is plan.hubs else anew.refineries
        opened = set(table.loc[table["state"] == "open", "id"]) - set(plants.loc[plants["state"] == "open", "id"])
        assert set(row["closing_opens"].split("; ")) == opened
