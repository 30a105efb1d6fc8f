"""Recount the rules of a plan over several years: what is invested, opened and collected, and where sites deliver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from hubspoke.audit.check import Remark
from hubspoke.plan.years import OPEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hubspoke.plan.years import YearsData

YEN, TONNES, RELATIVE, MOVED = 0.01, 1e-6, 1e-9, 1e-7
"""Rounding allowed; shares of a site below the last have not moved."""


def check_budgets(plan: YearsData) -> Iterator[str]:
    """Check what is invested for each year, and over all years, against its budget."""
    rules = plan.settings.years
    invested = dict(zip(plan.by_year["year"].tolist(), plan.by_year["invested_jpy"].tolist(), strict=True))
    if not rules.budget_jpy and rules.budget_in_total_jpy is None:
        yield Remark("none is set")
    for year, budget in rules.budget_jpy.items():
        spent, most = float(invested.get(int(year), 0.0)), float(budget)
        if spent > most * (1 + RELATIVE) + YEN:
            yield f"{year}: {spent:,.0f} are invested, the budget is {most:,.0f}"
    if rules.budget_in_total_jpy is not None:
        spent, most = sum(invested.values()), float(rules.budget_in_total_jpy)
        if spent > most * (1 + RELATIVE) + YEN:
            yield f"{spent:,.0f} are invested over all years, the budget is {most:,.0f}"


def check_openings(plan: YearsData) -> Iterator[str]:
    """Check how many plants open for each planned year after the first."""
    rules = plan.settings.years
    if rules.hubs_opened_most is None and rules.refineries_opened_most is None:
        yield Remark("no limit is set")
    for kind, most in (("hub", rules.hubs_opened_most), ("refinery", rules.refineries_opened_most)):
        if most is None:
            continue
        rows = plan.schedule[plan.schedule["kind"] == kind].sort_values(["id", "year"], kind="stable")
        is_open = rows["stage"] == OPEN
        was_there = rows.groupby("id")["stage"].shift().isin([OPEN, "idle"])
        counts = rows[is_open & ~was_there & (rows["year"] > plan.years[0])].groupby("year").size()
        for year, count in counts.items():
            if count > most:
                yield f"{year}: {count} plants of kind {kind} open, at most {most} may"


def check_coverage(plan: YearsData) -> Iterator[str]:
    """Check the share of tonnes that is collected in each year, and that sites once collected stay so."""
    rules = plan.settings.years
    if not rules.least_share and not rules.stays_collected:
        yield Remark("none is asked for")
    for row in plan.by_year.to_dict("records"):
        begun = [float(share) for start, share in sorted(rules.least_share.items()) if int(start) <= row["year"]]
        least = (begun[-1] if begun else 0.0) * (float(row["packs_t"]) + float(row["unserved_t"]))
        if float(row["packs_t"]) < least * (1 - RELATIVE) - TONNES:
            yield f"{row['year']}: {row['packs_t']:,.3f} t are collected, at least {least:,.3f} t are asked for"
    if not rules.stays_collected:
        return
    shares = _shares(plan)
    for before, year in zip(plan.years, plan.years[1:], strict=False):
        was, now = (shares[at].groupby("site_id")["share"].sum() for at in (before, year))
        less = was.sub(now, fill_value=0.0)
        for name in less.index[less > RELATIVE * 10]:
            yield f"site {name} is collected in {before}, and less of it in {year}"


def check_switching(plan: YearsData) -> Iterator[str]:
    """Check what is paid once for each year: closing, and sites that go to another hub; none may where all keep it."""
    rules, shares = plan.settings.years, _shares(plan)
    price = float(rules.switch_jpy or 0.0)
    before: pd.Series | None = None
    for row in plan.by_year.to_dict("records"):
        year = row["year"]
        now = shares[year].set_index(["site_id", "hub_id"])["share"]
        moved = pd.Series(dtype=float) if before is None else _moved(before, now)
        before = now
        if rules.sites_keep_hub:
            yield from (f"site {name} delivers to another hub in {year} than before" for name in moved.index)
            moved = moved.iloc[:0]
        closing = float(plan.schedule.loc[plan.schedule["year"] == year, "closing_jpy"].sum())
        once = closing + price * float(moved.sum())
        if abs(float(row["once_jpy"]) - once) > max(YEN, RELATIVE * abs(once)):
            yield f"{year}: {row['once_jpy']:,.2f} are paid once, recounted {once:,.2f}"


def _shares(plan: YearsData) -> dict[int, pd.DataFrame]:
    """Return what share of each site goes to each hub, by year; what is left out is left out here, too."""
    found: dict[int, pd.DataFrame] = {}
    for year, one in plan.plans.items():
        rows = one.assignments[one.assignments["hub_id"] != ""]
        found[year] = rows.groupby(["site_id", "hub_id"])["share"].sum().reset_index()
    return found


def _moved(before: pd.Series, now: pd.Series) -> pd.Series:
    """Return the share of each site that comes to a hub from another one; who was left out before may go anywhere."""
    came = now.sub(before, fill_value=0.0).clip(lower=0.0).groupby(level="site_id").sum()
    new = 1.0 - before.groupby(level="site_id").sum().reindex(came.index, fill_value=0.0)
    moved: pd.Series = came - new
    return moved[moved > MOVED]


RULE_CHECKS: dict[str, Callable[[YearsData], Iterator[str]]] = {
    "budgets": check_budgets,
    "openings": check_openings,
    "coverage": check_coverage,
    "switching": check_switching,
}
