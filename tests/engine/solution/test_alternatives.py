"""What other choices would cost: bounds that a new plan keeps, runner-up hubs that are truly the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import hubspoke as hs
from hubspoke.outputs.runs.folder import write_run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.heavy
@pytest.mark.parametrize("policy", ["regional", pytest.param("shared-refinery", marks=pytest.mark.long), "open"])
def test_forcing_a_plant_open_never_costs_more_than_was_said(tiny: Path, policy: hs.PolicyName) -> None:
    network = hs.read(tiny)
    plan = hs.solve(network, policy=policy, gap=0.0)
    told = 0
    for table in (plan.hubs, plan.refineries):
        for row in table[table["state"] == "not_chosen"].to_dict("records"):
            if np.isfinite(row["opening_more_jpy"]):
                told += 1
                forced = hs.solve(network, policy=policy, opened=[str(row["id"])], gap=0.0)
                assert -1 <= forced.objective_jpy - plan.objective_jpy <= row["opening_more_jpy"] + 1
    assert told > 0


@pytest.mark.heavy
@pytest.mark.parametrize("policy", ["regional", "open"])
def test_a_figure_is_told_for_plants_that_could_open_and_no_others(tiny: Path, policy: hs.PolicyName) -> None:
    plan = hs.solve(hs.read(tiny), policy=policy, gap=0.0)
    for table in (plan.hubs, plan.refineries):
        assert table.loc[table["state"] != "not_chosen", "opening_more_jpy"].isna().all()
        used = set(table.loc[table["state"] == "open", "id"])
        assert set(table["opening_instead_of"]) <= {"", *used}
        if policy == "regional":  # one plant for each region: another can only take its place
            told = table[table["opening_more_jpy"].notna()]
            assert (told["opening_instead_of"] != "").all()


def test_the_runner_up_is_another_open_hub_and_none_is_cheaper_where_lanes_are_free(tiny: Path) -> None:
    plan = hs.solve(hs.read(tiny), policy="open", opened=hs.read(tiny).hubs["id"].tolist()[:3], gap=0.0)
    used = set(plan.hubs.loc[plan.hubs["state"] == "open", "id"])
    told = plan.assignments[plan.assignments["runner_up_hub_id"] != ""]
    assert set(told["runner_up_hub_id"]) <= used
    assert (told["runner_up_hub_id"] != told["hub_id"]).all()
    assert len(told) == len(plan.assignments) * (len(used) > 1)
    assert np.isfinite(told["runner_up_more_jpy"]).all()


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_a_saved_plan_keeps_what_other_choices_cost(tiny: Path, tmp_path: Path) -> None:
    plan = hs.solve(hs.read(tiny), policy="regional", gap=0.0)
    write_run(plan, tmp_path / "plan", maps=False)
    again = hs.load(tmp_path / "plan")
    for name in ("opening_more_jpy", "opening_instead_of"):
        assert again.hubs[name].equals(plan.hubs[name])
    assert again.assignments["runner_up_hub_id"].tolist() == plan.assignments["runner_up_hub_id"].tolist()
