"""The figures beside the map: totals in words a planner reads aloud, and the links to other maps."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hubspoke.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.maps.drawable import Drawable, Lang

_EN_SCALES = ((1e9, "bn "), (1e6, "million "), (1.0, ""))
_JA_SCALES = ((1e8, "億"), (1e4, "万"), (1.0, ""))


@dataclass(frozen=True)
class Figures:
    """Everything the panel states, ready to print."""

    heading: str
    area: str
    policy: str
    cost: str
    cost_per_kg: str
    rows: tuple[tuple[str, str], ...]
    costs: tuple[tuple[str, str, float, bool], ...]
    """Label, million yen per year, share of the largest term, whether it is income."""
    synthetic: bool
    links: tuple[tuple[str, str], ...] = field(default=())
    """Address and text."""


def state_figures(
    plan: Drawable, words: Mapping[str, str], *, region: str | None, lang: Lang, links: Mapping[str, str]
) -> Figures:
    """State the totals of the plan, or of one region of it.

    Raises
    ------
    UsageError
        A link is not relative.
    """
    totals = plan.regions if region is None else plan.regions[plan.regions["region"] == region]
    costs = plan.costs if region is None else plan.costs[plan.costs["region"] == region]
    mass_t = float(totals["mass_t"].sum())
    cost_jpy = float(plan.objective_jpy if region is None else totals["cost_jpy"].sum())
    per_kg = cost_jpy / mass_t / 1000 if mass_t else math.nan
    names = name_regions(plan, lang)
    return Figures(
        heading=plan.title,
        area=words["japan"] if region is None else names.get(region, region),
        policy=words.get(plan.policy, plan.policy),
        cost=format_large(cost_jpy, lang, {"en": "yen", "ja": "円"}[lang]),
        cost_per_kg=f"{format_number(per_kg)} {words['yen_per_kg']}",
        rows=tuple(_list_rows(plan, totals, words, region, lang)),
        costs=tuple(_list_costs(costs, lang)),
        synthetic=bool((_within(plan.assignments, region)["origin"] == "synthetic").any()),
        links=tuple((_check_link(href), names.get(key, key) or words["back"]) for key, href in links.items()),
    )


def name_regions(plan: Drawable, lang: Lang) -> dict[str, str]:
    """Give the name of every region in one language, by identifier."""
    return {
        str(row.region): str(row.name_ja if lang == "ja" and row.name_ja else row.name_en or row.region)
        for row in plan.regions.itertuples()
    }


def format_number(value: float) -> str:
    """Write a number with thousands separators and three significant digits or all digits before the point."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    decimals = 0 if size >= 100 or size == 0 else 1 if size >= 10 else 2
    return f"{value:,.{decimals}f}".replace("-", "−")


def format_large(value: float, lang: Lang, unit: str) -> str:
    """Write a large number in the units of the language: bn and million, or 億 and 万."""
    if not math.isfinite(value):
        return "–"
    for scale, name in _JA_SCALES if lang == "ja" else _EN_SCALES:
        if abs(value) >= scale or scale == 1:
            return f"{format_number(value / scale)}{' ' if lang == 'en' else ''}{name}{unit}"
    raise AssertionError


def _list_rows(
    plan: Drawable, totals: pd.DataFrame, words: Mapping[str, str], region: str | None, lang: Lang
) -> list[tuple[str, str]]:
    tonnes = words["t_per_yr"]
    transport_t_km = float(totals["transport_t_km"].sum())
    return [
        (words["collected"], f"{format_number(float(totals['mass_t'].sum()))} {tonnes}"),
        (words["site_count"], f"{int(totals['sites'].sum()):,}"),
        (words["hub_count"], _count_plants(_within(plan.hubs, region), words)),
        (words["refinery_count"], _count_plants(_within(plan.refineries, region), words)),
        (words["transport"], format_large(transport_t_km, lang, "t·km")),
        (words["co2"], f"{format_number(float(totals['co2_t'].sum()))} {tonnes}"),
        (words["gap"], f"{_format_gap(plan.gap)} · {words.get(str(plan.status), str(plan.status))}"),
    ]


def _count_plants(plants: pd.DataFrame, words: Mapping[str, str]) -> str:
    used = plants[plants["state"] == "open"]
    existing = int((used["status"] == "open").sum())
    parts = [(existing, words["existing"]), (len(used) - existing, words["new"])]
    told = ", ".join(f"{count} {word}" for count, word in parts if count)
    return f"{len(used)} ({told})" if told else "0"


def _format_gap(gap: float) -> str:
    if not math.isfinite(gap):
        return "–"
    return "0 %" if gap == 0 else "< 0.01 %" if gap < 1e-4 else f"{100 * gap:.2f} %"


def _list_costs(costs: pd.DataFrame, lang: Lang) -> list[tuple[str, str, float, bool]]:
    sums = costs.groupby("term", sort=False).agg({f"label_{lang}": "first", "cost_jpy": "sum"})
    largest = float(sums["cost_jpy"].abs().max()) if len(sums) else 0.0
    return [
        (str(label), format_number(cost / 1e6), abs(cost) / largest if largest else 0.0, cost < 0)
        for label, cost in zip(sums[f"label_{lang}"], sums["cost_jpy"].tolist(), strict=True)
        if abs(cost) >= 0.5
    ]


def _within(table: pd.DataFrame, region: str | None) -> pd.DataFrame:
    return table if region is None else table[table["region"] == region]


def _check_link(href: str) -> str:
    if urlsplit(href).scheme or href.startswith(("//", "\\")):
        raise UsageError(f"links between maps must be relative paths, got {href!r}")
    return href
