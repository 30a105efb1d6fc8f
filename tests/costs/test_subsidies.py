"""Subsidies: a share of the investment with a cap, in cost lines, plans of one year, and plans over several years."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

import hubspoke as hs
from builders import write_folder
from hubspoke.costs.cost_lines import Subsidy, draw_lines, yearly_cost
from hubspoke.plan.horizon.cash import tabulate_cash
from years_plan import YEARS, growing_network, growing_tables, regional_years_plan

if TYPE_CHECKING:
    from pathlib import Path

CAP = 4e8
SHARES = ((0.3, float("inf")), (0.3, CAP), (0.5, 5e7), (1.0, 1e9))


@pytest.mark.parametrize(("share", "cap"), SHARES)
def test_lines_lie_on_or_above_what_is_left_to_pay(tiny_network: hs.Network, share: float, cap: float) -> None:
    """No line is cheaper than the curve less the subsidy where it is used, and the least of them meets it at sizes."""
    settings = tiny_network.settings
    for plant in settings.hub_technologies.values():
        subsidy, sizes = Subsidy(share, cap), settings.sizes.hub_t_per_yr
        lines = draw_lines(plant, settings.finance, sizes, subsidy=subsidy)
        loads = np.geomspace(1.0, sizes[-1], 400)
        paid = np.array([subsidy.pays(plant, float(size)) for size in loads])
        left = sum(yearly_cost(plant, settings.finance, loads)) - settings.finance.capital_recovery_per_yr * paid
        at_zero, slope = lines.at_zero.sum(axis=0), lines.slope.sum(axis=0)
        charged = np.where(loads[:, None] <= lines.upto * (1 + 1e-9), at_zero + slope * loads[:, None], np.inf)
        assert (charged.min(axis=1) >= left * (1 - 1e-9)).all()
        reach = subsidy.reach(plant)[0]
        met = [size for size in sizes if size <= reach or size > 4 * reach]
        for size in met:
            curve = sum(float(term[0]) for term in yearly_cost(plant, settings.finance, np.array([size])))
            curve -= settings.finance.capital_recovery_per_yr * subsidy.pays(plant, size)
            fits = lines.upto * (1 + 1e-9) >= size
            assert (at_zero + slope * size)[fits].min() == pytest.approx(curve, rel=1e-6)


@cache
def subsidised(share: float, cap: float | None) -> hs.Network:
    changes = {"subsidy_share": share, "subsidy_cap_jpy": float("nan") if cap is None else cap}
    plain = growing_network()
    return plain.replace(hubs=plain.hubs.assign(**changes), refineries=plain.refineries.assign(**changes))


@pytest.mark.heavy
@pytest.mark.parametrize("cap", [None, CAP, 0.0])
def test_one_year_costs_what_the_plan_of_that_year_costs(cap: float | None) -> None:
    for policy in ("regional", "open"):
        alone = hs.solve(subsidised(0.4, cap), policy=policy, year=2035)
        years = hs.solve(subsidised(0.4, cap), policy=policy, years=[2035])
        weight = float(years.factors["weight"].iloc[0])
        assert years.objective_value == pytest.approx(weight * alone.cost_jpy, rel=1e-9)
        paid = alone.hubs["subsidy_jpy"].sum() + alone.refineries["subsidy_jpy"].sum()
        assert years.by_year["subsidy_jpy"].iloc[0] == pytest.approx(paid)
        if cap is not None:
            assert max(alone.hubs["subsidy_jpy"].max(), alone.refineries["subsidy_jpy"].max()) <= cap
        assert (paid > 0) == (cap != 0)


@pytest.mark.heavy
def test_a_larger_subsidy_never_costs_more_and_pays_no_more_than_its_cap() -> None:
    costs = [
        hs.solve(subsidised(share, cap), policy="regional", years=YEARS).objective_value
        for share, cap in ((0.0, None), (0.2, CAP), (0.4, CAP), (0.4, 4 * CAP), (0.4, None))
    ]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] == pytest.approx(regional_years_plan().objective_value)


@pytest.mark.heavy
def test_what_is_paid_and_granted_is_the_investment() -> None:
    """Plants get the share of their whole size once, less where that exceeds the cap; what stands gets none."""
    plan = hs.solve(subsidised(0.4, CAP), policy="shared-refinery", years=YEARS, gap=0.01)
    granted = plan.schedule.groupby("id")["subsidy_jpy"].sum()
    assert granted.max() <= CAP * (1 + 1e-9)
    assert granted.max() == pytest.approx(CAP)
    standing = plan.schedule[plan.schedule["existing_t"] > 0]
    assert (standing["subsidy_jpy"] == 0).all()
    cash = tabulate_cash(plan)
    assert cash["subsidy_jpy"].sum() == pytest.approx(plan.by_year["subsidy_jpy"].sum())
    assert "paid by subsidies" in plan.summary()
    assert "補助金" in plan.summary("ja")
    lasting = hs.solve(subsidised(0.4, None), policy="shared-refinery", years=YEARS, gap=0.01).schedule
    new = lasting[lasting["invested_jpy"] > 0]
    new = new[new["existing_t"] == 0]
    share = new["subsidy_jpy"] / (new["subsidy_jpy"] + new["invested_jpy"])
    assert share.mean() == pytest.approx(0.4, abs=0.02)  # lines lie a little above the curve


def test_the_settings_state_it_for_all_plants_and_a_plant_its_own(tmp_path: Path) -> None:
    tables = growing_tables()
    tables["chubu/hubs"] = [{**row, "subsidy_share": 0.1, "subsidy_cap_jpy": 7e7} for row in tables["chubu/hubs"]]
    changes = {"finance.subsidy_share": 0.4, "finance.subsidy_cap_jpy": 2e8}
    network = hs.read(write_folder(tmp_path / "in", tables), changes=changes)
    shares = network.hubs.groupby("region")[["subsidy_share", "subsidy_cap_jpy"]].agg(["min", "max"])
    assert shares.to_numpy().tolist() == [[0.1, 0.1, 7e7, 7e7], [0.4, 0.4, 2e8, 2e8]]
    with pytest.raises(hs.InputError, match="subsidy_share"):
        hs.read(tmp_path / "in", changes={"finance.subsidy_share": 1.2})
