"""Small phrases that several sections share: names, counts, yen per kg."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.outputs.maps.figures import format_large
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.plan.drawable import Lang
    from hubspoke.plan.plan import Plan

EXACT = 1e-9
"""Gap below which a plan is called exactly the best."""


def name_plant(plant: Mapping[Any, Any], lang: Lang) -> str:
    """Give the name of a plant in one language, or whatever name it has."""
    return str((plant["name_ja"] if lang == "ja" else "") or plant["name"] or plant["name_ja"] or plant["id"])


def name_technology(plan: Plan, technology: str, lang: Lang) -> str:
    """Give the name of a technology of hubs or refineries."""
    settings = plan.settings
    refining = {**settings.refinery_technologies, **getattr(settings, "furnaces", {})}
    known = {**settings.hub_technologies, **refining}.get(technology)
    return technology if known is None else str(getattr(known, f"name_{lang}"))


def count_open(plants: pd.DataFrame) -> int:
    """Count the plants with something to do."""
    return int((plants["state"] == "open").sum())


def per_kg(jpy: float, mass_t: float) -> float:
    """Give yen per kg; 0 where there is no mass."""
    return jpy / mass_t / 1000 if mass_t else 0.0


def format_yen(jpy: float, lang: Lang) -> str:
    """Write an amount of yen in the large units of the language."""
    return format_large(jpy, lang, {"en": "yen", "ja": "円"}[lang])


def format_objective(plan: Plan, value: float, lang: Lang) -> str:
    """Write a value of the plan's objective: yen, or t of CO2."""
    return format_large(value / 1000, lang, "t CO2") if plan.objective == "co2" else format_yen(value, lang)


def format_gap(gap: float) -> str:
    """Write a gap in per cent."""
    return "–" if not np.isfinite(gap) else "0 %" if gap <= EXACT else f"{100 * gap:.2g} %"


def name_bound(plan: Plan, words: Mapping[str, str]) -> str:
    """Name the bound: no plan costs less or emits less, or none earns more."""
    return words["upper_bound" if plan.objective == "profit" else "bound"]


def costs_stay_home(plan: Plan) -> bool:
    """Say whether what a region costs is what its own packs cost."""
    return not resolve_policy(plan.settings.policy).black_mass_crosses_borders


def sum_terms(plan: Plan, lang: Lang) -> list[tuple[str, float]]:
    """Give every cost term with its yen, the largest first."""
    sums = plan.costs.groupby("term", sort=False).agg({f"label_{lang}": "first", "cost_jpy": "sum"})
    rows = [(str(label), float(jpy)) for label, jpy in sums.itertuples(index=False) if jpy]
    return sorted(rows, key=lambda row: -row[1])
