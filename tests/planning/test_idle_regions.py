"""Regions whose sites send nothing: no rule opens a plant for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.audit.audit import audit_plan
from hubspoke.plan.choices.choices import weigh_choices

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def without_kanto(tmp_path_factory: pytest.TempPathFactory) -> hs.Network:
    """Return the tiny network whose sites in Kanto have 0 t."""
    tables = tiny_tables()
    for row in tables["kanto/sites"]:
        row.update({"hev_t": 0, "nmc_t": 0, "lfp_t": 0})
    folder: Path = tmp_path_factory.mktemp("idle")
    return hs.read(write_folder(folder, tables))


@pytest.mark.heavy
@pytest.mark.parametrize("policy", ["regional", "shared-refinery"])
def test_a_region_without_tonnes_opens_nothing(without_kanto: hs.Network, policy: hs.PolicyName) -> None:
    """The rules ask for a hub in each region; the plan costs what the other region costs by itself."""
    plan = hs.solve(without_kanto, policy=policy, gap=0)
    for plants in (plan.hubs, plan.refineries):
        assert (plants.loc[plants["region"] == "kanto", "state"] == "not_chosen").all()
    alone = hs.solve(without_kanto, policy=policy, regions=("chubu",), gap=0)
    assert plan.cost_jpy == pytest.approx(alone.cost_jpy)
    assert audit_plan(plan, without_kanto).passed
    choices = weigh_choices(plan)
    assert choices is not None
    assert choices.regions == ("chubu",)  # the map that plans again asks for no hub there, either


def test_several_years_open_nothing_there_either(without_kanto: hs.Network) -> None:
    plan = hs.solve(without_kanto, policy="regional", years=[2030, 2040])
    for year in plan.plans.values():
        assert set(year.hubs.loc[year.hubs["size_t"] > 0, "region"]) == {"chubu"}
