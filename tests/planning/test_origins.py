"""What packs cost is counted by where they come from: nothing is lost, and each region pays for its own."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.audit.audit import recount
from hubspoke.outputs.maps.panel.figures import state_figures
from hubspoke.outputs.maps.words import get_words
from hubspoke.plan.decision.decision import list_decisions

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan


@cache
def plan_under(folder: Path, policy: hs.PolicyName) -> Plan:
    return hs.solve(hs.read(folder), policy=policy)


@pytest.mark.parametrize("policy", ["regional", "shared-refinery", "open"])
def test_all_regions_together_pay_the_plan(tiny_folder: Path, policy: hs.PolicyName) -> None:
    plan = plan_under(tiny_folder, policy)
    for table in (plan.regions, plan.costs):
        paid, here = (table[name].to_numpy() for name in ("cost_jpy", "here_jpy"))
        assert paid.sum() == pytest.approx(plan.cost_jpy, rel=1e-12)
        assert here.sum() == pytest.approx(plan.cost_jpy, rel=1e-12)
        assert (paid == here).all() == (policy == "regional")
    assert (
        plan.costs.groupby("term")["cost_jpy"].sum() - plan.costs.groupby("term")["here_jpy"].sum()
    ).abs().max() < 1e-3


def test_the_head_of_a_region_tells_the_cost_of_its_packs_as_its_table_does(tiny_folder: Path) -> None:
    plan = plan_under(tiny_folder, "shared-refinery")
    words, told = get_words("en"), {row.region: row for row in list_decisions(plan, "en")}
    assert (plan.refineries["state"] == "open").sum() < len(told)
    for region, row in told.items():
        figures = state_figures(plan, words, region=region, lang="en")
        assert figures.rows[1].amount == pytest.approx(row.per_kg, rel=1e-9)
        assert figures.here != ""


@pytest.mark.parametrize("policy", ["shared-refinery", "open"])
def test_the_audit_tells_what_is_paid_for_packs_from_what_stands_in_a_region(
    tiny_folder: Path, policy: hs.PolicyName
) -> None:
    plan = plan_under(tiny_folder, policy)
    for name in ("costs", "regions"):
        table = getattr(plan, name)
        mistaken = replace(plan, **{name: table.assign(cost_jpy=table["here_jpy"])})
        assert recount(mistaken, None).failed
    assert not recount(plan, None).failed


def test_who_sends_packs_abroad_pays_the_hub_there(tmp_path: Path) -> None:
    """With one hub for two regions each pays its tonnes' share of hub and refinery, and its own way there."""
    tables = tiny_tables()
    folder = write_folder(tmp_path / "far", tables)
    plan = hs.solve(hs.read(folder), policy="open", closed=[str(row["id"]) for row in tables["chubu/hubs"]])
    packs = plan.assignments.groupby("region")[["mass_t", "cost_jpy"]].sum()
    rest = plan.cost_jpy - packs["cost_jpy"].sum()
    assert plan.assignments["hub_id"].nunique() == 1
    for region, jpy in zip(plan.regions["region"], plan.regions["cost_jpy"], strict=True):
        share = packs["mass_t"][region] / packs["mass_t"].sum()
        assert jpy == pytest.approx(packs["cost_jpy"][region] + rest * share, rel=1e-9)
