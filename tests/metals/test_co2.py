"""CO2 beside metal made of ore, and the metal in cars that leave: against sums by hand."""

from __future__ import annotations

import pytest

import hubspoke as hs
from hubspoke.fleet.tonnes import compute_tonnes
from hubspoke.metals.co2 import avoided_t, sum_steps, tabulate_replaced
from hubspoke.metals.exported import tabulate_exported
from hubspoke.settings.load import load_settings
from small_plan import mixed_plan, small_plan


@pytest.mark.parametrize("plan", [small_plan(), mixed_plan()])
def test_steps_sum_to_the_co2_of_the_plan(plan: hs.Plan) -> None:
    assert sum(sum_steps(plan).values()) == pytest.approx(plan.co2_kg / 1000)
    assert (sum_steps(plan)["furnaces"] > 0) == plan.furnaces.any()


def test_avoided_is_what_ore_emits_less_the_plan_and_remelting() -> None:
    plan = small_plan()
    table = tabulate_replaced(plan).set_index("metal")
    metals = plan.metals().groupby("metal")["recovered_t"].sum()
    assert table["sold_t"]["nickel"] == pytest.approx(metals["nickel"])
    assert table["primary_co2_t"]["nickel"] == pytest.approx(13 * metals["nickel"])
    assert table["primary_high_co2_t"]["nickel"] == pytest.approx(60 * metals["nickel"])
    assert "manganese" not in table.index
    tonnes = {name: float(plan.assignments[f"{name}_t"].sum()) for name in plan.settings.classes}
    iron = sum(t * plan.settings.classes[name].yields_t_per_t["convention"]["iron"] for name, t in tonnes.items())
    assert table["primary_co2_t"]["iron"] - table["remelting_co2_t"]["iron"] == pytest.approx(1.7 * iron)
    by_hand = sum(table["primary_co2_t"]) - sum(table["remelting_co2_t"]) - plan.co2_kg / 1000
    low, middle, high = (avoided_t(plan, tabulate_replaced(plan), end) for end in ("low_", "", "high_"))
    assert middle == pytest.approx(by_hand)
    assert low < middle < high


def test_a_factor_without_a_range_is_its_own_range() -> None:
    plan = hs.revalue(small_plan(), {"metals.nickel.primary_co2_kg_per_t": 20000})
    row = tabulate_replaced(plan).set_index("metal").loc["nickel"]
    assert row["primary_low_co2_t"] == row["primary_co2_t"] == row["primary_high_co2_t"]


def test_cars_come_back_or_leave() -> None:
    """With 65 % kept, 35 % leave: 35/65 of the packs that come back, power train by power train."""
    settings = load_settings()
    for year in (2030, 2040):
        kept, left = (compute_tonnes(settings.supply, "mizuho", year, left=out) for out in (False, True))
        assert [left[kind] for kind in left] == pytest.approx([kept[kind] * 35 / 65 for kind in kept])
    table = tabulate_exported(settings, (2030, 2040)).set_index("year")
    left = compute_tonnes(settings.supply, "mizuho", 2040, left=True)
    nickel = 0.108 * left["nmc"] + 0.019 * left["hev"]
    assert table["nickel_t"][2040] == pytest.approx(nickel)
    assert table["packs_t"][2040] == pytest.approx(sum(left.values()))


def test_more_leaves_where_more_is_exported() -> None:
    exporting = load_settings(None, {"supply.scenario": "export"})
    one, more = (tabulate_exported(made, (2040,)).iloc[0] for made in (load_settings(), exporting))
    assert more["lithium_t"] > one["lithium_t"]
    assert more["packs_t"] + more["kept_t"] == pytest.approx(one["packs_t"] + one["kept_t"])
    assert tabulate_exported(load_settings(), ()).empty
