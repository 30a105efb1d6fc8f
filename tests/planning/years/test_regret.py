"""What acting otherwise over several years costs is what trying every choice says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import hubspoke as hs
from hubspoke.plan.states import is_built
from hubspoke.planning.request import Request
from hubspoke.planning.years.regret import ALONE, AT_ONCE, TOGETHER, WAIT, compare_strategies
from years_by_trial import STATED, cheapest_by_trial, network

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.heavy
def test_every_strategy_costs_what_trying_says(tmp_path: Path) -> None:
    """The plan for all years, the best plants of each year, and those of the last from the first, price by price."""
    task = network(tmp_path, (0.2, 1.0, 6.0))
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
    assert cost[AT_ONCE] == pytest.approx(cheapest_by_trial(task, last, full_size=True), rel=1e-9)
    assert (table["more_jpy"].dropna() >= -1.0).all()
    for year in STATED[1:]:  # nothing stands, so that nobody can wait
        waiting = table.filter(like=WAIT.format(year), axis=0).iloc[0]
        assert pd.isna(waiting["present_jpy"])
        assert waiting["why_not"]
