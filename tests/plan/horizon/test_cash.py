"""Cash over the years: both ways of paying capital are worth the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hubspoke.plan.horizon.cash import residual_jpy, tabulate_cash
from hubspoke.plan.horizon.steps import STARTS, describe_steps, rank_idle, tell_steps
from hubspoke.settings.load import change_settings
from years_plan import YEARS, years_plan

if TYPE_CHECKING:
    import pandas as pd


def worth(cash: pd.DataFrame, *names: str) -> float:
    return float((cash[list(names)].sum(axis=1) * cash["discount_factor"]).sum())


@pytest.mark.heavy
def test_yearly_payments_are_worth_the_plan() -> None:
    """What is paid year by year, discounted, is the present value in the tables."""
    plan = years_plan()
    cash = tabulate_cash(plan)
    assert worth(cash, "running_jpy", "once_jpy", "payments_jpy") == pytest.approx(plan.present_cost_jpy, rel=1e-12)
    assert cash["year"].tolist() == list(range(2029, 2043))


@pytest.mark.heavy
@pytest.mark.parametrize("life", [12, 5, 40, 7.5])
@pytest.mark.parametrize("rate", [0.05, 0.0])
def test_paying_at_the_opening_costs_the_same(life: float, rate: float) -> None:
    """Investments less the residual value are worth the yearly payments, be the life shorter or longer than the years.

    The payments are made anew from the investments, since those of the plan are of its own life and rate.
    """
    changes = {"finance.life_yr": life, "finance.discount_rate_per_yr": rate}
    plan = years_plan()
    settings = change_settings(plan.settings, changes)
    invested = plan.by_year["invested_jpy"].to_numpy()
    owed = dict(zip(YEARS, np.cumsum(invested) * settings.finance.capital_recovery_per_yr, strict=True))
    one = plan.schedule.drop_duplicates("year").assign(capital_jpy=lambda table: table["year"].map(owed))
    cash = tabulate_cash(replace(plan, settings=settings, schedule=one))
    assert worth(cash, "invested_jpy") - worth(cash, "residual_jpy") == pytest.approx(worth(cash, "payments_jpy"))


def test_the_residual_value_is_the_payments_still_to_come() -> None:
    """For a life of whole years what is left is worth what would still be paid, and a closed form knows how much."""
    plan = years_plan()
    rate = float(plan.settings.finance.discount_rate_per_yr)
    recovery = float(plan.settings.finance.capital_recovery_per_yr)
    first, second, _ = plan.by_year["invested_jpy"]
    # opened for 2030, renewed for 2042 with 11 of 12 years left; opened for 2035 with 4 left
    left = {11: first, 4: second}
    expected = sum(recovery * jpy * (1 - (1 + rate) ** -years) / rate for years, jpy in left.items())
    assert residual_jpy(plan) == pytest.approx(expected)


def test_what_stood_before_does_not_open() -> None:
    """A plant that stood before the first year grows, or starts where nothing is added."""
    schedule = years_plan().schedule
    steps = tell_steps(schedule).set_index(["year", "id"])["step"].to_dict()
    assert steps[2030, "hc2"] == "grows"
    assert steps[2030, "hk2"] == "opens"
    assert steps[2035, "hk2"] == "grows"
    assert not (tell_steps(schedule)["year"] == 2040).any()
    as_it_stood = schedule.assign(size_t=schedule["size_t"].clip(upper=500.0))
    assert tell_steps(as_it_stood).set_index(["year", "id"])["step"].to_dict()[2030, "hc2"] == STARTS


def test_steps_are_told_in_both_languages() -> None:
    """Every step is told with names and sizes, and what is paid for idle plants besides."""
    plan = years_plan()
    assert describe_steps(plan, 2030, "en") == [
        "Opens: hk2 (1,222 t/yr), rk2 (1,003 t/yr)",
        "Extended: 中部拠点 (500 to 783 t/yr)",
    ]
    assert "、hk2（1,222→4,889 t/年）、" in describe_steps(plan, 2035, "ja")[0]
    nothing, idle = describe_steps(plan, 2040, "en")
    assert nothing == "No plant opens, grows or closes."
    assert idle.startswith("Paid besides for what is not used: 305 million yen")


def test_idle_shares_weigh_years() -> None:
    """A plant that is used by 62.5 % in three of thirteen years is idle by what that leaves of its tonnes."""
    ranked = rank_idle(years_plan()).set_index("id")["idle_share"]
    could, did = 1100 * 5 + 4400 * 8, 1100 * 5 + 4400 * 5 + 2750 * 3
    assert ranked["hk2"] == pytest.approx(1 - did / could)
