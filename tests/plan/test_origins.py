"""What packs cost is counted by where they come from: nothing is lost, and each region pays for its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.outputs.maps.panel.figures import state_figures
from hubspoke.outputs.maps.words import get_words
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.decision.origins import sum_by_origin

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("policy", ["regional", "shared-refinery", "open"])
def test_all_regions_together_pay_the_plan(tiny_folder: Path, policy: str) -> None:
    plan = hs.solve(hs.read(tiny_folder), policy=policy)
    paid = sum_by_origin(plan)
    assert sum(paid.values()) == pytest.approx(plan.cost_jpy, rel=1e-12)
    here = dict(zip(plan.regions["region"], plan.regions["cost_jpy"], strict=True))
    assert (paid == here) == (policy == "regional")


def test_the_head_of_a_region_tells_the_cost_of_its_packs_as_its_table_does(tiny_folder: Path) -> None:
    plan = hs.solve(hs.read(tiny_folder), policy="shared-refinery")
    words, told = get_words("en"), {row.region: row for row in list_decisions(plan, "en")}
    assert (plan.refineries["state"] == "open").sum() < len(told)
    for region, row in told.items():
        figures = state_figures(plan, words, region=region, lang="en")
        assert figures.rows[1].amount == pytest.approx(row.per_kg, rel=1e-9)
        assert figures.here != ""


def test_who_sends_packs_abroad_pays_the_hub_there(tmp_path: Path) -> None:
    """With one hub for two regions each pays its tonnes' share of hub and refinery, and its own way there."""
    tables = tiny_tables()
    folder = write_folder(tmp_path / "far", tables)
    plan = hs.solve(hs.read(folder), policy="open", closed=[str(row["id"]) for row in tables["chubu/hubs"]])
    packs = plan.assignments.groupby("region")[["mass_t", "cost_jpy"]].sum()
    rest = plan.cost_jpy - packs["cost_jpy"].sum()
    assert plan.assignments["hub_id"].nunique() == 1
    for region, jpy in sum_by_origin(plan).items():
        share = packs["mass_t"][region] / packs["mass_t"].sum()
        assert jpy == pytest.approx(packs["cost_jpy"][region] + rest * share, rel=1e-9)
