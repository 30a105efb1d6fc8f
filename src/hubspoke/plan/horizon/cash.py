"""The cash of a plan over several years, in two ways: capital by equal yearly payments, or paid at the opening.

Costs fall at the end of their year, and the first planned year is not discounted. An investment is paid at the end of
the year before, and again whenever its economic life is over within the horizon. What is left of its life at the end
of the horizon is credited then: it is worth the payments that would still come. So both ways have the same present
value.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from hubspoke.plan.years import YearsData


def tabulate_cash(plan: YearsData) -> pd.DataFrame:
    """Return what is paid in every year of the horizon.

    Parameters
    ----------
    plan : YearsData

    Returns
    -------
    DataFrame
        One row for each calendar year, from the one before the first planned year to the last that counts: `year`,
        `discount_factor`, `running_jpy` (all but capital), `once_jpy`, `payments_jpy` (capital by the year),
        `invested_jpy` (capital paid at the opening, less subsidies), `subsidy_jpy` (what these pay of it besides, in
        the same year), `residual_jpy` (what is left of it, credited).
    """
    first, until = plan.years[0], int(plan.factors["last_year"].iloc[-1])
    rate = float(plan.settings.finance.discount_rate_per_yr)
    years = np.arange(first - 1, until + 1)
    table = pd.DataFrame({"year": years, "discount_factor": (1 + rate) ** (first - years.astype(float))})
    capital = plan.schedule.groupby("year")["capital_jpy"].sum()
    running, payments, once = (np.zeros(len(years)) for _ in range(3))
    for row in plan.by_year.to_dict("records"):
        begins, ends = int(row["year"]) - first + 1, int(row["last_year"]) - first + 2
        payments[begins:ends] = float(capital.get(row["year"], 0.0))
        running[begins:ends] = float(row["cost_jpy"]) - payments[begins]
        once[begins] = float(row["once_jpy"])
    invested, residual = _pay_at_opening(plan, until)
    granted = np.zeros(len(years))
    granted[plan.by_year["year"].to_numpy(int) - first] = plan.by_year["subsidy_jpy"]
    return table.assign(
        running_jpy=running,
        once_jpy=once,
        payments_jpy=payments,
        invested_jpy=invested,
        subsidy_jpy=granted,
        residual_jpy=residual,
    )


def residual_jpy(plan: YearsData) -> float:
    """Return what all plants are worth at the end of the horizon, yen: what is left of their economic lives.

    Parameters
    ----------
    plan : YearsData
    """
    return float(tabulate_cash(plan)["residual_jpy"].sum())


def _pay_at_opening(plan: YearsData, until: int) -> tuple[np.ndarray, np.ndarray]:
    """Return investments by the year at whose end they are paid, and the residual value in the last year.

    That is what has been paid and not been covered by yearly payments, with interest: for lives of whole years the
    worth of the payments that would still come.
    """
    first, finance = plan.years[0], plan.settings.finance
    life, recovery = float(finance.life_yr), float(finance.capital_recovery_per_yr)
    invested, payments, residual = (np.zeros(until - first + 2) for _ in range(3))
    for year, jpy in zip(plan.by_year["year"].tolist(), plan.by_year["invested_jpy"].tolist(), strict=True):
        starts, times = int(year) - first, 0
        while (at := starts + math.ceil(times * life)) < len(invested) - 1:
            invested[at] += jpy
            times += 1
        payments[starts + 1 :] += recovery * jpy
    owed = 0.0
    for paid, covered in zip(invested, payments, strict=True):
        owed = owed * (1 + float(finance.discount_rate_per_yr)) + paid - covered
    residual[-1] = owed
    return invested, residual
