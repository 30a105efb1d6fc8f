"""Metals: contents, recoveries and values per tonne."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubspoke.base.errors import UsageError
from hubspoke.costs.metals import (
    black_mass_contents,
    black_mass_purchase_jpy_per_t,
    metal_contents,
    metal_prices_jpy_per_t,
    metal_recoveries,
    metal_sales_jpy_per_t,
)
from hubspoke.fleet.factors import divide_total
from hubspoke.settings.load import load_settings
from trials import examples

SHIPPED = load_settings()
LEVELS = tuple(SHIPPED.price_levels)
METALS = tuple(SHIPPED.metals)
NICKEL = METALS.index("nickel")


def test_black_mass_holds_the_metal_of_the_packs_whatever_the_yield() -> None:
    thin = load_settings(None, {"classes.nmc.yields_t_per_t.convention.black_mass": 0.34})
    for case in (SHIPPED, thin):
        yields = np.array([float(pack.yields_t_per_t["convention"]["black_mass"]) for pack in case.classes.values()])
        assert black_mass_contents(case) * yields[:, None] == pytest.approx(metal_contents(case))
    assert metal_contents(thin) == pytest.approx(metal_contents(SHIPPED))


def test_packs_that_give_no_black_mass_hold_nothing_in_it() -> None:
    none = load_settings(
        None, {"classes.lfp.yields_t_per_t.convention.black_mass": 0, "classes.lfp.metal_t_per_t.lithium": 0}
    )
    assert not black_mass_contents(none)[list(none.classes).index("lfp")].any()


def test_nmc811_contents_are_those_of_its_formula() -> None:
    """Molar masses of Li (as carbonate), Ni, Co and Mn in LiNi(0.8)Co(0.1)Mn(0.1)O2, against nickel."""
    nmc = dict(zip(METALS, metal_contents(SHIPPED)[list(SHIPPED.classes).index("nmc")], strict=True))
    ratios = {"lithium": 0.787, "cobalt": 0.8 / 8 * 58.933 / 58.693 * 10 / 8, "manganese": 54.938 / 58.693 / 8}
    for metal, ratio in ratios.items():
        assert nmc[metal] / nmc["nickel"] == pytest.approx(ratio, rel=0.07)


MIZUHO = load_settings(None, {"materials.contents": "mizuho"})


def test_packs_hold_the_published_quantities_by_the_account_named_after_them() -> None:
    """Cars sold in 2030 by the scenario of that source, as many packs as its totals imply, give the metal it counts."""
    packs = divide_total(MIZUHO, 2040)
    share = np.array([packs.get(name, 0.0) for name in MIZUHO.classes])
    recovered = float(MIZUHO.reference.packs_t) * (share @ metal_contents(MIZUHO)) * metal_recoveries(MIZUHO)
    for metal, tonnes in MIZUHO.reference.recovered_t.items():
        assert recovered[METALS.index(metal)] == pytest.approx(float(tonnes), rel=0.001)


@pytest.mark.parametrize("name", ["hev", "nmc", "damaged"])
def test_these_contents_are_possible_for_a_cathode_of_nmc811(name: str) -> None:
    """As many moles of lithium as of nickel, cobalt and manganese; eight of nickel for each of the others."""
    inside = dict(zip(METALS, metal_contents(MIZUHO)[list(MIZUHO.classes).index(name)], strict=True))
    moles = {"nickel": 58.693, "cobalt": 58.933, "manganese": 54.938}
    moles = {metal: inside[metal] / mass for metal, mass in moles.items()}
    assert inside["lithium"] / 36.945 == pytest.approx(sum(moles.values()), rel=0.002)
    assert moles["nickel"] / moles["cobalt"] == pytest.approx(8, rel=0.002)
    assert moles["nickel"] / moles["manganese"] == pytest.approx(8, rel=0.002)


def test_classes_that_do_not_state_an_account_keep_their_own_contents() -> None:
    for name in ("scrap", "nimh"):
        row = list(MIZUHO.classes).index(name)
        assert (metal_contents(MIZUHO)[row] == metal_contents(SHIPPED)[row]).all()
    assert SHIPPED.materials.contents == "physical"
    assert not metal_contents(MIZUHO)[list(MIZUHO.classes).index("lfp")].any(), "no lithium of LFP is counted"


def test_a_tonne_is_worth_the_sum_over_its_metals() -> None:
    for level in LEVELS:
        prices = metal_prices_jpy_per_t(SHIPPED, level)
        by_hand = [
            sum(float(part) * float(SHIPPED.metals[m].recovery_t_per_t) * prices[METALS.index(m)]
                for m, part in pack.metal_t_per_t.items())
            for pack in SHIPPED.classes.values()
        ]  # fmt: skip
        assert metal_sales_jpy_per_t(SHIPPED, level) == pytest.approx(by_hand)


def test_the_named_level_of_the_settings_is_the_default() -> None:
    peak = load_settings(None, {"market.price_level": "peak"})
    assert (metal_sales_jpy_per_t(peak) == metal_sales_jpy_per_t(SHIPPED, "peak")).all()
    holds = [name != "nimh" for name in SHIPPED.classes]
    assert (metal_sales_jpy_per_t(peak)[holds] > metal_sales_jpy_per_t(SHIPPED)[holds]).all()


@given(metal=st.sampled_from(METALS), level=st.sampled_from(LEVELS), factor=st.floats(1.01, 5))
@settings(max_examples=examples(7), deadline=None)
def test_a_price_moves_only_what_holds_the_metal_at_that_level(metal: str, level: str, factor: float) -> None:
    old = float(SHIPPED.price_levels[level].usd_per_t[metal])
    raised = load_settings(None, {f"price_levels.{level}.usd_per_t.{metal}": old * factor})
    holds = metal_contents(SHIPPED)[:, METALS.index(metal)]
    extra = old * (factor - 1) * float(SHIPPED.market.jpy_per_usd)
    for other in LEVELS:
        share = float(SHIPPED.metals[metal].recovery_t_per_t) if other == level else 0.0
        moved = metal_sales_jpy_per_t(raised, other) - metal_sales_jpy_per_t(SHIPPED, other)
        assert moved == pytest.approx(holds * share * extra, rel=1e-6, abs=1e-6)


def test_recovery_moves_sales_but_not_what_black_mass_is_bought_for() -> None:
    poor = load_settings(None, {"metals.nickel.recovery_t_per_t": 0.5})
    assert metal_recoveries(poor)[NICKEL] == 0.5
    assert metal_sales_jpy_per_t(poor)[1] < metal_sales_jpy_per_t(SHIPPED)[1]
    assert (black_mass_purchase_jpy_per_t(poor) == black_mass_purchase_jpy_per_t(SHIPPED)).all()


def test_an_unknown_level_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'peak'"):
        metal_sales_jpy_per_t(SHIPPED, "peek")
