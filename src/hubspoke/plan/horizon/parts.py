"""What the cost of a plan over several years is made of, in present value, for all regions or some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.costs.terms import TERMS

if TYPE_CHECKING:
    from collections.abc import Collection

    from hubspoke.plan.years import YearsData

PARTS = ("capital", "freight", "running", "once")
"""Capital of what stands or stood, freight with its carbon price, all else by the year, and what is paid once."""
FREIGHT = ("collection_freight", "collection_carbon", "sea_freight", "sea_carbon", "black_mass_freight",
           "transfer_carbon")  # fmt: skip
CAPITAL = tuple(term.name for term in TERMS if term.name.endswith("_capital"))


def split_present_cost(plan: YearsData, regions: Collection[str] = ()) -> dict[str, float]:
    """Return the present value of all costs by `PARTS`, yen.

    Parameters
    ----------
    plan : YearsData
    regions : collection of str
        Those regions alone; all when empty. What sites pay once for another hub is told of all regions only.

    Returns
    -------
    dict of str to float
        Their sum is the present value of all costs.
    """
    found = dict.fromkeys(PARTS, 0.0)
    for row, factors in zip(plan.by_year.to_dict("records"), plan.factors.to_dict("records"), strict=True):
        costs = plan.plans[row["year"]].costs
        here = plan.schedule[plan.schedule["year"] == row["year"]]
        if regions:
            costs, here = (table[table["region"].isin(list(regions))] for table in (costs, here))
        sums = costs.groupby("term")["here_jpy" if regions else "cost_jpy"].sum()  # as the plants of the schedule
        weight = float(factors["weight"])
        capital = float(sums[sums.index.isin(CAPITAL)].sum()) + float(here["unused_jpy"].sum())
        freight = float(sums[sums.index.isin(FREIGHT)].sum())
        found["capital"] += weight * capital
        found["freight"] += weight * freight
        running = float(sums.sum()) + float(here["unused_jpy"].sum() + here["idle_jpy"].sum()) - capital - freight
        found["running"] += weight * running
        once = float(here["closing_jpy"].sum()) if regions else float(row["once_jpy"])
        found["once"] += float(factors["discount_factor"]) * once
    return found
