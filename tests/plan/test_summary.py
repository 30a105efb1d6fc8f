"""The summary of a plan tells what is paid, apart from what is only weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import write_folder
from hubspoke.outputs.maps.panel.figures import state_figures
from hubspoke.outputs.maps.words import get_words

if TYPE_CHECKING:
    from pathlib import Path

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
