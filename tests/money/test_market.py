"""Market against cost: the published totals of 2040 from their formula, and the metals of a plan."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

import hubspoke as hs
from hubspoke.base.errors import InputError, UsageError
from hubspoke.costs.metals import metal_contents
from hubspoke.money.text import market_answer
from hubspoke.settings.load import load_settings
from small_plan import small_plan

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings

PUBLISHED = {
    ("peak", "market"): 283.9e9,
    ("peak", "cost"): 248.6e9,
    ("current", "market"): 72.0e9,
    ("current", "cost"): 80.2e9,
    ("lowest", "market"): 67.2e9,
    ("lowest", "cost"): 76.5e9,
}

PRINTED = 0.05e9
"""Half of the last digit that is printed."""

PRICES = {
    "peak": {"lithium": 80_000, "nickel": 48_078, "cobalt": 82_000},
    "current": {"lithium": 9_500, "nickel": 16_040, "cobalt": 30_000},
    "lowest": {"lithium": 9_000, "nickel": 15_000, "cobalt": 24_300},
}
"""Published prices as they stand, USD/t."""


@cache
def untuned() -> Settings:
    """Take published prices and fit quantities alone: three numbers for six totals."""
    changes = {
        f"price_levels.{level}.usd_per_t.{metal}": price
        for level, prices in PRICES.items()
        for metal, price in prices.items()
    }
    quantities = {"packs_t": 184_800, "recovered_t.lithium": 8_890, "recovered_t.nickel": 20_150}
    quantities["recovered_t.cobalt"] = 2_540
    return load_settings(None, changes | {f"reference.{key}": value for key, value in quantities.items()})


@pytest.mark.parametrize(("level", "side"), PUBLISHED)
def test_the_six_published_totals_follow_from_the_formula(level: str, side: str) -> None:
    row = hs.market(level=level).iloc[0]
    assert row[f"published_{side}_jpy"] == PUBLISHED[level, side]
    assert row[f"{side}_jpy"] == pytest.approx(PUBLISHED[level, side], abs=PRINTED)


@pytest.mark.parametrize(("level", "side"), PUBLISHED)
def test_they_follow_from_published_prices_too(level: str, side: str) -> None:
    assert hs.market(level=level, settings=untuned()).iloc[0][f"{side}_jpy"] == pytest.approx(
        PUBLISHED[level, side], rel=0.01
    )


@pytest.mark.parametrize(("level", "side"), PUBLISHED)
def test_they_follow_from_another_amount_of_lithium_as_well(level: str, side: str) -> None:
    """The totals alone do not tell whether lithium of LFP is counted: with it, and other prices, all six are met."""
    tonnes = {"packs_t": 180_000, "recovered_t.lithium": 13_500, "recovered_t.nickel": 17_870}
    tonnes["recovered_t.cobalt"] = 2_240
    prices = {
        "peak": {"lithium": 53_400, "nickel": 55_300, "cobalt": 82_000},
        "current": {"lithium": 9_520, "nickel": 15_950, "cobalt": 29_670},
        "lowest": {"lithium": 8_980, "nickel": 15_235, "cobalt": 24_330},
    }
    changes = {f"price_levels.{level}.usd_per_t.{metal}": price for metal, price in prices[level].items()}
    settings = load_settings(None, changes | {f"reference.{key}": value for key, value in tonnes.items()})
    row = hs.market(level=level, settings=settings).iloc[0]
    assert row[f"{side}_jpy"] == pytest.approx(PUBLISHED[level, side], abs=2 * PRINTED)


def test_recycling_of_the_published_quantities_breaks_even_at_half_as_much_again() -> None:
    """From the six totals alone the factor on the prices of March 2025 lies between 1.46 and 1.52."""
    assert 1.46 < hs.market(level="current").iloc[0]["break_even_factor"] < 1.52


@pytest.mark.parametrize("level", ["peak", "current", "lowest"])
def test_at_the_break_even_factor_market_meets_cost(level: str) -> None:
    shipped = load_settings()
    factor = hs.market(level=level).iloc[0]["break_even_factor"]
    prices = shipped.price_levels[level].usd_per_t
    raised = {f"price_levels.{level}.usd_per_t.{metal}": float(prices[metal]) * factor for metal in prices}
    row = hs.market(level=level, settings=load_settings(None, raised)).iloc[0]
    assert row["margin_jpy"] == pytest.approx(0, abs=1)
    assert row["break_even_factor"] == pytest.approx(1)


def test_no_price_helps_who_pays_more_than_is_recovered() -> None:
    greedy = {f"metals.{metal}.purchase_share": 1 for metal in ("lithium", "nickel", "cobalt")}
    table = hs.market(settings=load_settings(None, greedy))
    assert table["break_even_factor"].isna().all()
    assert (table["margin_jpy"] < 0).all()


def test_words_tell_stated_and_reconstructed_inputs_apart() -> None:
    text, data = market_answer(None)
    stated, reconstructed = text.splitlines()[-2:]
    assert "refining 136,000 JPY/t" in stated
    assert "recovery of lithium 0.8" in stated
    assert "packs 181,700 t/yr" in reconstructed
    assert "nickel recovered 18,490 t/yr" in reconstructed
    assert len(data["market"]) == 3


def test_a_changed_input_is_no_longer_reconstructed() -> None:
    text, _ = market_answer(None, changes={"reference.packs_t": 100_000})
    assert "packs 100,000 t/yr" in text.splitlines()[-2]


def test_all_metal_of_the_packs_reaches_the_refineries() -> None:
    plan = small_plan()
    assert plan.flows.groupby(["hub_id", "grade"]).size().max() > 1, "one hub divides its black mass"
    tonnes = plan.assignments[[f"{name}_t" for name in plan.settings.classes]].sum().to_numpy(float)
    told = plan.metals().groupby("metal")["contained_t"].sum().reindex(list(plan.settings.metals), fill_value=0.0)
    assert told.to_numpy() == pytest.approx(tonnes @ metal_contents(plan.settings))


def test_metal_follows_the_packs_of_its_own_hub() -> None:
    plan = small_plan()
    hub = str(plan.flows["hub_id"].iloc[0])
    mine = plan.assignments[plan.assignments["hub_id"] == hub]
    tonnes = mine[[f"{name}_t" for name in plan.settings.classes]].sum().to_numpy(float)
    told = plan.metals().query("hub_id == @hub and metal == 'nickel'")["contained_t"].sum()
    nickel = list(plan.settings.metals).index("nickel")
    assert told == pytest.approx(tonnes @ metal_contents(plan.settings)[:, nickel])


def test_market_of_a_plan_is_price_times_tonnes_recovered() -> None:
    plan = small_plan()
    recovered = plan.metals().groupby("metal")["recovered_t"].sum()
    usd = plan.settings.price_levels["peak"].usd_per_t
    by_hand = sum(float(recovered[metal]) * float(usd[metal]) * 150 for metal in recovered.index)
    row = plan.market("peak").iloc[0]
    assert row["market_jpy"] == pytest.approx(by_hand)
    assert row["refining_jpy"] == pytest.approx(
        plan.refineries["cost_jpy"].sum() + plan.flows["cost_jpy"].sum() - plan.flows["black_mass_freight_jpy"].sum()
    )


def test_revaluing_moves_the_market_and_leaves_the_plan() -> None:
    plan = small_plan()
    dearer = hs.revalue(plan, {"price_levels.current.usd_per_t.nickel": 50_000})
    assert dearer.market("current")["market_jpy"].iloc[0] > plan.market("current")["market_jpy"].iloc[0]
    assert dearer.market("peak").equals(plan.market("peak"))
    assert dearer.assignments is plan.assignments
    assert plan.settings.price_levels["current"].usd_per_t["nickel"].source != "set by the user"


def test_revaluing_changes_the_account_of_contents_but_no_yield() -> None:
    plan = small_plan()
    richer = hs.revalue(plan, {"materials.contents": "mizuho"})
    tonnes = plan.assignments[[f"{name}_t" for name in ("hev", "nmc")]].to_numpy(float).sum()
    nickel = richer.metals().query("metal == 'nickel'")["contained_t"].sum()
    assert nickel == pytest.approx(tonnes * 0.12987)
    with pytest.raises(UsageError, match=r"materials\.contents"):
        hs.revalue(plan, {"materials.yields": "physical"})


def test_revaluing_refuses_what_the_plan_rests_on() -> None:
    with pytest.raises(UsageError, match="solve again"):
        hs.revalue(small_plan(), {"finance.life_yr": 3})
    with pytest.raises(InputError, match=r"'metals\.nickel'"):
        hs.revalue(small_plan(), {"metals.nikel.recovery_t_per_t": 0.5})
    with pytest.raises(InputError, match="'market'"):
        hs.revalue(small_plan(), {"markt.price_level": "peak"})


def test_a_plan_without_metals_has_a_market_of_nothing() -> None:
    plan = small_plan()
    none = {f"metals.{metal}.recovery_t_per_t": 0 for metal in plan.settings.metals}
    table = hs.revalue(plan, none).market()
    assert (table["market_jpy"] == 0).all()
    assert np.isnan(table["break_even_factor"]).all()
