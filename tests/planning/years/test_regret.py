"""What acting otherwise over several years costs is what trying every choice says."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import hubspoke as hs
from drawn_folders import PLACES as PLACES_OF
from hubspoke.plan.states import is_built
from hubspoke.planning.request import Request
from hubspoke.planning.years.regret import ALONE, AT_ONCE, TOGETHER, WAIT, compare_strategies
from trials import examples
from years_by_trial import STATED, cheapest_by_trial, network

PLACES = PLACES_OF["kanto"]
FACTOR = st.sampled_from([0.1, 0.5, 1.0, 2.0, 6.0])


@pytest.mark.heavy
@given(st.tuples(FACTOR, FACTOR, FACTOR), st.lists(st.sampled_from(PLACES), min_size=4, max_size=4))
@example((0.2, 1.0, 6.0), [])
@settings(max_examples=examples(1))
def test_every_strategy_costs_what_trying_says(
    factors: tuple[float, float, float], places: list[tuple[float, float]]
) -> None:
    """The plan for all years, the best plants of each year, and those of the last from the first, price by price."""
    with tempfile.TemporaryDirectory() as folder:
        task = network(Path(folder), factors, places=places)
    table = compare_strategies(task, Request(policy="regional", gap=0.0), STATED).set_index("strategy")
    chosen = []
    for year in STATED:
        plan = hs.solve(task, policy="regional", year=year, gap=0.0)
        plants = [plants.loc[is_built(plants), "id"].tolist() for plants in (plan.hubs, plan.refineries)]
        ids = [part["id"].tolist() for part in (task.hubs, task.refineries)]
        chosen.append((ids[0].index(plants[0][0]), ids[1].index(plants[1][0])))
    cost = table["present_jpy"]
    assert cost[TOGETHER] == pytest.approx(cheapest_by_trial(task), rel=1e-9)
    assert cost[ALONE] == pytest.approx(cheapest_by_trial(task, chosen), rel=1e-9)
    last = [chosen[-1]] * len(STATED)
    if factors[-1] == max(factors):
        assert cost[AT_ONCE] == pytest.approx(cheapest_by_trial(task, last, full_size=True), rel=1e-9)
    else:  # plants as large as the last year has need of cannot take all of a larger one
        assert pd.isna(cost[AT_ONCE])
        assert table.loc[AT_ONCE, "why_not"]
    assert (table["more_jpy"].dropna() >= -1.0).all()
    for year in STATED[1:]:  # nothing stands, so that nobody can wait
        waiting = table.filter(like=WAIT.format(year), axis=0).iloc[0]
        assert pd.isna(waiting["present_jpy"])
        assert waiting["why_not"]
