"""What each year of a plan over several years costs, what is paid when, and what a yen of a year is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.report.blocks import Charts, Column, Paragraph, Section, Table
from hubspoke.outputs.report.years.curves import draw_cash
from hubspoke.outputs.report.years.words import years_words
from hubspoke.plan.horizon.cash import tabulate_cash
from hubspoke.plan.horizon.summary import last_year
from hubspoke.words.numbers import format_yen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang

SAME = 1e-6
"""Relative difference of present values that is rounding."""


def describe_cash(plan: YearsData, lang: Lang) -> Section:
    """Return the section on what is paid at the end of every year, in two ways, and by which convention."""
    words, cash = years_words(lang, plan.settings), tabulate_cash(plan)
    unit = _unit(lang)
    common = {words["running"]: cash["running_jpy"] / unit, words["once"]: cash["once_jpy"] / unit}
    yearly = {**common, words["payments"]: cash["payments_jpy"] / unit}
    granted = cash["subsidy_jpy"] / unit
    gross = {words["subsidy"]: -granted} if granted.any() else {}
    opening = {
        **common,
        words["at_opening"]: cash["invested_jpy"] / unit + granted,
        **gross,
        words["residual_value"]: -cash["residual_jpy"] / unit,
    }
    years = cash["year"].tolist()
    drawn = Charts(
        (
            draw_cash(words["cash_yearly"], years, yearly, words),
            draw_cash(words["cash_opening"], years, opening, words),
        )
    )
    factor = cash["discount_factor"]
    kept = cash["running_jpy"] + cash["once_jpy"]
    payments = float(((kept + cash["payments_jpy"]) * factor).sum())
    at_once = float(((kept + cash["invested_jpy"] - cash["residual_jpy"]) * factor).sum())
    finance = plan.settings.finance
    same = abs(payments - at_once) <= SAME * abs(payments)
    told = words["cash_text" if same else "cash_differs"].format(
        first=plan.years[0],
        until=last_year(plan),
        rate=f"{100 * float(finance.discount_rate_per_yr):g}",
        life=f"{float(finance.life_yr):g}",
        payments=format_yen(payments, lang, plan.settings),
        opening=format_yen(at_once, lang, plan.settings),
    )
    return Section("cash", words["cash"], (drawn, Paragraph(told), _tabulate_factors(plan, words)))


def describe_years_money(plan: YearsData, lang: Lang) -> Section:
    """Return the section with the cost of every year, part by part."""
    words, unit = years_words(lang, plan.settings), _unit(lang)
    granted = ("subsidy_jpy",) if plan.by_year["subsidy_jpy"].any() else ()
    paid = ("once_jpy", "invested_jpy", *granted, "present_jpy")
    names = ("packs", "plan_cost", "unused", "idle_cost", "cost", "yen_per_kg", "once", "invested",
             *(("subsidy",) if granted else ()), "present_value")  # fmt: skip
    columns = (Column(words["year"]), *(Column(words[name], "number") for name in names))
    rows = [
        (
            f"{row['year']}–{row['last_year']}" if row["last_year"] > row["year"] else f"{row['year']}",
            f"{row['packs_t']:,.0f}",
            *(f"{row[name] / unit:,.2f}" for name in ("plan_jpy", "unused_jpy", "idle_jpy", "cost_jpy")),
            f"{row['cost_per_kg']:,.1f}",
            *(f"{row[name] / unit:,.2f}" for name in paid),
        )
        for row in plan.by_year.to_dict("records")
    ]
    sums = (f"{plan.by_year[name].sum() / unit:,.2f}" for name in paid)
    rows.append((words["sum"], *[""] * 6, *sums))
    told = Paragraph(words["money_unit"].format(unit=words["large_yen"]), role="small")
    return Section("money", words["money"], (Table(words["money"], columns, tuple(rows), total=True), told))


def _tabulate_factors(plan: YearsData, words: Mapping[str, str]) -> Table:
    columns = (
        Column(words["year"]),
        *(Column(words[name], "number") for name in ("years_stood", "discount", "weight", "recovery", "paid")),
    )
    rows = tuple(
        (
            f"{row['year']:.0f}",
            f"{row['years']:.0f}",
            f"{row['discount_factor']:.4f}",
            f"{row['weight']:.4f}",
            f"{row['capital_recovery_per_yr']:.4f}",
            f"{100 * row['paid_of_investment']:.1f} %",
        )
        for row in plan.factors.to_dict("records")
    )
    return Table(words["factors"], columns, rows, shows_caption=True, small=True)


def _unit(lang: Lang) -> float:
    return 1e8 if lang == "ja" else 1e9
