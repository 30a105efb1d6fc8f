"""From the published figures to those of a plan: steps add up to the yen, and each moves with what it is about."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

import hubspoke as hs
from hubspoke.base.errors import UsageError
from hubspoke.money.reconciliation import TOTAL, TRANSFER, reconcile
from hubspoke.money.text import market_answer
from hubspoke.settings.load import load_settings
from small_plan import mixed_plan, small_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.plan.plan import PlanData

LEVELS = ("peak", "current", "lowest")


def steps(plan: PlanData, level: str, side: str) -> pd.Series:
    """Give yen by step; those of the metals together."""
    table = reconcile(plan, level)
    return table[table["side"] == side].groupby("step", sort=False)["jpy"].sum()


def check_sums(plan: PlanData) -> None:
    """Every total is the sum of the steps above it, to the yen, and the figure that the plan has elsewhere."""
    walk, market = reconcile(plan), hs.market(plan).set_index("price_level")
    for level, side in product(LEVELS, ("market", "cost")):
        rows = walk[(walk["price_level"] == level) & (walk["side"] == side)]
        running, totals = 0, {}
        for row in rows.to_dict("records"):
            assert row["jpy"] == int(row["jpy"])
            if row["nature"] == TOTAL:
                assert row["jpy"] == running, (level, side, row["step"])
                totals[row["step"]] = row["jpy"]
            else:
                running += row["jpy"]
        assert rows["jpy"].iloc[0] == float(getattr(plan.settings.reference, f"{side}_jpy")[level])
        if side == "market":
            assert totals == {"market_of_plan": pytest.approx(market["market_jpy"][level], abs=0.51)}
        else:
            paid = -int(rows.loc[rows["step"] == "paid_to_hubs", "jpy"].iloc[0])
            assert paid == pytest.approx(market["purchase_jpy"][level], abs=1.01)
            assert totals["cost_of_buyer"] == pytest.approx(market["cost_jpy"][level], abs=0.51)
            assert totals["cost_of_plan"] == pytest.approx(plan.costs["cost_jpy"].sum(), abs=0.51)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"materials.contents": "mizuho"},
        {"price_levels.current.usd_per_t.nickel": 31_415.9, "market.jpy_per_usd": 137},
        {"metals.lithium.recovery_t_per_t": 0.9, "metals.manganese.recovery_t_per_t": 0.5},
        {"metals.cobalt.purchase_share": 0.4, "metals.manganese.purchase_share": 0.1},
        {f"metals.{metal}.recovery_t_per_t": 0 for metal in ("lithium", "nickel", "cobalt")},
    ],
)
def test_steps_add_up_to_the_yen(changes: Mapping[str, Any]) -> None:
    check_sums(hs.revalue(small_plan(), changes))


def test_they_do_with_black_mass_from_abroad_and_electric_furnaces() -> None:
    check_sums(mixed_plan())
    moved = steps(mixed_plan(), "current", "market")
    assert moved["abroad"] > 0 > moved["furnaces"]
    cost = steps(mixed_plan(), "current", "cost")
    assert cost["abroad_cost"] > 0
    assert cost["furnace_cost"] > 0


def test_a_price_moves_the_step_of_prices_and_no_other() -> None:
    plan = small_plan()
    dearer = hs.revalue(plan, {"price_levels.current.usd_per_t.nickel": 50_000})
    for side, figure in (("market", "market_jpy"), ("cost", "purchase_jpy")):
        before, after = steps(plan, "current", side), steps(dearer, "current", side)
        rise = hs.market(dearer, "current")[figure].iloc[0] - hs.market(plan, "current")[figure].iloc[0]
        assert before["prices"] == 0
        assert after["prices"] == pytest.approx(rise, abs=2)
        moved = {step for step in before.index if abs(before[step] - after[step]) > 1}
        assert moved == {"prices", *({"market_of_plan"} if side == "market" else {"cost_of_buyer", "paid_to_hubs"})}


def test_recovery_and_share_have_a_step_of_their_own() -> None:
    plan = hs.revalue(small_plan(), {"metals.nickel.recovery_t_per_t": 0.5, "metals.cobalt.purchase_share": 0.2})
    assert steps(plan, "current", "market")["recovery"] < 0 == steps(small_plan(), "current", "market")["recovery"]
    assert steps(plan, "current", "cost")["share"] < 0 == steps(small_plan(), "current", "cost")["share"]


def test_the_step_of_packs_is_what_fewer_packs_of_the_source_would_be_worth() -> None:
    plan = small_plan()
    stated = load_settings().reference
    formula = hs.market(level="current")["market_jpy"].iloc[0]
    missing = plan.mass_t / float(stated.packs_t) - 1
    assert steps(plan, "current", "market")["packs"] == pytest.approx(formula * missing, abs=1)


def test_what_is_paid_for_black_mass_is_a_transfer_and_falls_away() -> None:
    table = reconcile(small_plan(), "current")
    assert set(table.loc[table["step"].isin(["paid_to_hubs", "share"]), "nature"]) == {TRANSFER}
    transfers = table[(table["side"] == "cost") & (table["nature"] == TRANSFER)]["jpy"].sum()
    stated = load_settings().reference
    paid = float(stated.cost_jpy["current"]) - float(stated.refining_jpy_per_t) * float(stated.packs_t)
    left = table[(table["side"] == "cost") & (table["step"] == "reconstruction")]["jpy"].sum()
    assert transfers == pytest.approx(-(paid + left), abs=2), "what the source pays, step by step to nothing"


def test_nothing_published_gives_no_steps_and_an_unknown_level_is_refused() -> None:
    prices = dict.fromkeys(small_plan().settings.metals, 1000)
    own = {"name_en": "Mine", "name_ja": "独自", "usd_per_t": prices}
    plan = hs.revalue(small_plan(), {"price_levels.mine": own})
    assert reconcile(plan, "mine").empty
    assert set(reconcile(plan)["price_level"]) == set(LEVELS)
    assert "published" not in market_answer(plan, level="mine")[0]
    with pytest.raises(UsageError, match="peak"):
        reconcile(plan, "peek")


def test_words_and_data_tell_the_same_in_both_languages() -> None:
    plan = small_plan()
    english, data = market_answer(plan, level="current")
    japanese, _ = market_answer(plan, level="current", lang="ja")
    assert [row["jpy"] for row in data["reconciliation"]] == reconcile(plan, "current")["jpy"].tolist()
    for text, words in ((english, ("cost of the plan", "transfer")), (japanese, ("計画の費用", "移転"))):
        assert all(word in text for word in words)
        assert "nan" not in text
    assert len(english.splitlines()) == len(japanese.splitlines())
