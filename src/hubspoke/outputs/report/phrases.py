"""Write the small phrases that several sections share: objective, bound, cost terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.plan.together import is_of_several_years, name_together
from hubspoke.settings.rules import resolve_policy
from hubspoke.words.numbers import format_large, format_yen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


def format_objective(plan: PlanData, value: float, lang: Lang) -> str:
    """Write a value of the plan's objective: yen, or t of CO2 where that is the objective."""
    if plan.objective == "co2":
        return format_large(value / 1000, lang, "t CO2")
    return format_yen(value, lang, plan.settings)


def name_bound(plan: PlanData, words: Mapping[str, str], lang: Lang) -> str:
    """Return the name of the bound: an upper one of the profit, a lower one of cost and CO2."""
    if is_of_several_years(plan):
        return name_together(plan, lang)["bound"]
    return words["upper_bound" if plan.objective == "profit" else "bound"]


def name_gap(plan: PlanData, words: Mapping[str, str], lang: Lang) -> str:
    """Return the name of the distance from the bound."""
    return name_together(plan, lang)["gap"] if is_of_several_years(plan) else words["gap"]


def name_status(plan: PlanData, words: Mapping[str, str], lang: Lang) -> str:
    """Return the status in words; one of several years has none of its own."""
    if is_of_several_years(plan):
        return name_together(plan, lang)["status"]
    return words.get(str(plan.status), str(plan.status))


def costs_stay_home(plan: PlanData) -> bool:
    """Return whether the cost of a region is that of its own packs, as no black mass crosses its border."""
    return not resolve_policy(plan.settings.policy).black_mass_crosses_borders


def sum_terms(plan: PlanData, lang: Lang) -> list[tuple[str, float]]:
    """Return every cost term with its yen per year, the largest first."""
    sums = plan.costs.groupby("term", sort=False).agg({f"label_{lang}": "first", "cost_jpy": "sum"})
    rows = [(str(label), float(jpy)) for label, jpy in sums.itertuples(index=False) if jpy]
    return sorted(rows, key=lambda row: -row[1])
