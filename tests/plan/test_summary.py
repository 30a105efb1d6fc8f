"""The summary of a plan tells what is paid, apart from what is only weighed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import write_folder
from hubspoke.outputs.maps.panel.figures import state_figures
from hubspoke.outputs.maps.words import get_words
from hubspoke.plan.firmness import count_unrated
from hubspoke.plan.summary import describe_status

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan

PRICE = 1e7
"""Yen per tonne that stays: more than any tonne costs."""


def test_the_price_of_packs_that_stay_is_told_and_in_no_cost_per_kg(tmp_path: Path) -> None:
    changes = {
        "policy.shortfall_jpy_per_t": PRICE,
        "policy.hubs_per_region": [0, 1],
        "policy.refineries_per_region": [0, 1],
        "policy.hubs_in_total": [0, 1],
    }
    plan = hs.solve(hs.read(write_folder(tmp_path), changes=changes))
    assert plan.unserved_t > 0
    assert plan.mass_t > 0
    assert plan.penalty_jpy == pytest.approx(PRICE * plan.unserved_t)
    paid = (plan.cost_jpy - plan.penalty_jpy) / plan.mass_t / 1000
    told = f"{paid:,.1f} yen/kg"
    assert told in plan.summary()
    assert "the price of that" in plan.summary()
    shown = state_figures(plan, get_words("en"), region=None, lang="en")
    assert shown.cost_per_kg.startswith(f"{paid:,.0f}")


def test_the_gap_of_a_plan_for_profit_is_told_as_a_share_of_the_profit_too(tiny_plan: Plan) -> None:
    earned = replace(tiny_plan, objective="profit", objective_value=200e6, bound_value=201e6, gap=0.02)
    assert describe_status(earned).endswith("of cost and forgone sales, 0.50 % of the profit")
    lost = replace(earned, objective_value=-200e6)
    assert describe_status(lost).endswith("of cost and forgone sales")


def test_plants_of_which_too_little_is_known_are_counted_as_not_rated(tiny_plan: Plan) -> None:
    hubs = tiny_plan.hubs.copy()
    built = hubs["state"] == "open"
    for column, value in {"closing_more_low_jpy": 0.0, "closing_more_jpy": 9e9, "firmness": ""}.items():
        hubs[column] = hubs[column].mask(built, value)
    vague = replace(tiny_plan, hubs=hubs)
    assert count_unrated(vague) == built.sum()
    assert count_unrated(tiny_plan) == 0
    assert f", {built.sum()} not rated" in vague.summary()
    assert f"、判定なし{built.sum()}か所" in vague.summary("ja")
    assert vague.summary().count("not rated +0 yen to +9.00 bn yen") == built.sum()
