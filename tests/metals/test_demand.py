"""The demand of new batteries, the share of it that a plan meets, and the way there from the published share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import hubspoke as hs
from hubspoke.metals.demand import demanded_t, find_demand, packs_t, tabulate_shares
from hubspoke.metals.statement import OF_PLAN, PUBLISHED, reconcile_shares
from hubspoke.settings.load import load_settings
from small_plan import mixed_plan, small_plan


def test_the_shipped_demand_is_that_of_the_source() -> None:
    """7.07 m cars, half of them hybrids, at 25, 120 and 300 kg, half of the mass NMC811 and half LFP."""
    settings = load_settings()
    demand = find_demand(settings)
    assert demand is not None
    assert packs_t(demand, 2040) == pytest.approx(7.07e6 * (0.5 * 25 + 0.1 * 120 + 0.3 * 300) / 1000)
    lithium, nickel, cobalt, _ = demanded_t(settings, demand, 2040) / packs_t(demand, 2040)
    assert [lithium, nickel, cobalt] == pytest.approx([(0.09 + 0.066) / 2, 0.054, 0.00675])


def test_the_published_shares_follow_from_the_reconstructed_packs() -> None:
    """181,700 t of packs, 80 % of them NMC811, at the stated recoveries: about 20, 35, 35 and 30 % as published."""
    walk = reconcile_shares(small_plan()).set_index(["metal", "step"])["share"]
    told = [walk[metal, "reconstruction"] for metal in ("lithium", "nickel", "cobalt", "overall")]
    assert told == pytest.approx([0.196, 0.341, 0.341, 0.313], abs=0.001)
    assert [walk[metal, PUBLISHED] for metal in ("lithium", "nickel", "overall")] == pytest.approx([0.2, 0.35, 0.3])


@pytest.mark.parametrize("plan", [small_plan(), mixed_plan()])
def test_the_steps_lead_from_the_published_share_to_that_of_the_plan(plan: hs.Plan) -> None:
    shares, walk = tabulate_shares(plan), reconcile_shares(plan)
    for metal, of in walk.groupby("metal"):
        steps = of[of["step"] != OF_PLAN]
        last = float(of["share"].iloc[-1])
        assert steps["change"].sum() == pytest.approx(last)
        if metal != "overall":
            assert last == pytest.approx(shares["share"][metal])
    element = np.array([float(metal.element_t_per_t) for metal in plan.settings.metals.values()])[:3]
    parts = [float(element @ shares[name].to_numpy()[:3]) for name in ("recycled_t", "demand_t")]
    assert float(walk["share"].iloc[-1]) == pytest.approx(parts[0] / parts[1])


def test_metal_is_told_apart_by_where_it_comes_from() -> None:
    plan = hs.revalue(mixed_plan(), {"demand.cars.by_year": {"2040": 1000}})
    shares = tabulate_shares(plan)
    ledger = plan.metals_ledger()
    made = ledger[(ledger["stage"] == "product") & (ledger["metal"] == "nickel")]
    for column, comes_from in (("post_t", "home"), ("abroad_post_t", "abroad")):
        kg = made.loc[made["comes_from"] == comes_from, "counted_kg"].sum()
        assert kg > 0
        assert shares[column]["nickel"] == pytest.approx(kg / 1000)
    assert shares["pre_t"].sum() == 0
    recycled = float(shares["recycled_t"]["nickel"])
    assert shares["share"]["nickel"] == pytest.approx(recycled / float(shares["demand_t"]["nickel"]))


def test_without_a_demand_nothing_is_said_of_it() -> None:
    plan = small_plan()
    bare = replace(plan, settings=plan.settings.model_copy(update={"demand": None}))
    assert tabulate_shares(bare)["share"].isna().all()
    assert reconcile_shares(bare).empty
    none = hs.revalue(plan, {"demand.cars.by_year": {"2040": 0}})
    assert tabulate_shares(none)["share"].isna().all()
    assert reconcile_shares(none)["share"].isna().any()
