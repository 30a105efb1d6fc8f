"""Market and income in a few readable lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.contracts import INSIDE
from hubspoke.income import system_result_jpy, tabulate_actors
from hubspoke.market import market, revalue
from hubspoke.metals import metal_prices_jpy_per_t
from hubspoke.settings_file import load_settings
from hubspoke.summary import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from hubspoke.plan import Plan
    from hubspoke.quantity import Quantity
    from hubspoke.settings import Settings

RECONSTRUCTED = "reconstructed"
"""How the source of a number begins that the published text does not print."""


def market_answer(
    plan: Plan | None,
    *,
    level: str | None = None,
    scheme: str | None = None,
    each_site: bool = False,
    changes: Mapping[str, Any] | None = None,
) -> tuple[str, dict[str, Any]]:
    """Answer `hubspoke market`: words, and the same as data.

    Raises
    ------
    UsageError
        Unknown level or scheme.
    InputError
        Changes that cannot be.
    """
    if plan is None:
        settings = load_settings(None, changes)
        table = market(None, level, settings=settings)
        return tell_reference(settings, table), {"market": _records(table)}
    plan = revalue(plan, changes or {})
    if scheme is None:
        table = plan.market(level)
        return tell_market(plan, table), {"market": _records(table), "metals": _records(plan.metals())}
    chosen = None if scheme == "all" else scheme
    income = plan.income(chosen, level, each_site=each_site)
    actors = tabulate_actors(plan, income)
    shown = level or plan.settings.market.price_level
    text = tell_schemes(plan, actors) if chosen is None else tell_actors(plan, chosen, shown, actors)
    return text, {"actors": _records(actors), "income": _records(income)}


def _records(table: pd.DataFrame) -> list[dict[Any, Any]]:
    """Give the rows of a table as data; what is not known becomes null."""
    return [{key: None if value != value else value for key, value in row.items()} for row in table.to_dict("records")]  # noqa: PLR0124 - NaN


def tell_reference(settings: Settings, table: pd.DataFrame) -> str:
    """Tell the published totals beside those of the formula, and which inputs are reconstructed."""
    rows = [["bn yen/yr", "market", "published", "cost", "published", "margin", "break-even at prices x"]]
    for row in table.to_dict("records"):
        figures = [row[f"{name}_jpy"] for name in ("market", "published_market", "cost", "published_cost", "margin")]
        rows.append([str(row["name_en"]), *map(_billions, figures), _factor(row["break_even_factor"])])
    stated, reconstructed = _inputs(settings)
    return "\n".join(
        [
            settings.reference.name_en,
            "market = price x tonnes recovered; cost = share of the price x tonnes contained + refining x packs",
            "",
            *lay_out(rows, right=set(range(1, len(rows[0])))),
            "",
            f"stated by the source, or published: {'; '.join(stated)}",
            f"reconstructed here, from the totals and published prices: {'; '.join(reconstructed)}",
        ]
    )


def tell_market(plan: Plan, table: pd.DataFrame) -> str:
    """Tell the metals of a plan and their market against the cost of recycling."""
    tonnes = plan.metals().groupby("metal")[["contained_t", "recovered_t"]].sum()
    prices = dict(zip(plan.settings.metals, metal_prices_jpy_per_t(plan.settings), strict=True))
    level = plan.settings.price_levels[plan.settings.market.price_level].name_en
    metals = [["metal", "contained t/yr", "recovered t/yr", f"bn yen/yr, {level}"]]
    for key, metal in plan.settings.metals.items():
        if key in tonnes.index:
            held, sold = (float(tonnes[column][key]) for column in ("contained_t", "recovered_t"))
            metals.append([metal.name_en, f"{held:,.0f}", f"{sold:,.0f}", _billions(sold * prices[key])])
    rows = [["bn yen/yr", "market", "bought for", "refining", "cost", "margin", "break-even at prices x"]]
    for row in table.to_dict("records"):
        figures = [row[f"{name}_jpy"] for name in ("market", "purchase", "refining", "cost", "margin")]
        rows.append([str(row["name_en"]), *map(_billions, figures), _factor(row["break_even_factor"])])
    per_kg = float(table["refining_jpy"].iloc[0]) / plan.mass_t / 1000 if plan.mass_t else 0.0
    stated = float(plan.settings.reference.refining_jpy_per_t) / 1000
    return "\n".join(
        [
            f"{plan.title}, {plan.year}, policy {plan.policy}: metals against the cost of whoever buys black mass",
            "",
            *lay_out(metals, right={1, 2, 3}),
            "",
            *lay_out(rows, right=set(range(1, len(rows[0])))),
            "",
            f"refining costs {per_kg:,.1f} yen/kg of packs in this plan; the source takes {stated:,.0f}",
        ]
    )


def tell_schemes(plan: Plan, actors: pd.DataFrame) -> str:
    """Tell what every kind of actor earns under each scheme and price level, and the system, which they sum to."""
    kinds = [kind for kind in INSIDE if kind.name in set(actors["kind"])]
    rows = [["bn yen/yr", "prices", *(kind.label_en for kind in kinds), "System", "sum - system, yen"]]
    for (scheme, level), part in actors.groupby(["scheme", "price_level"], sort=False):
        by_kind = part.groupby("kind")["result_jpy"].sum()
        cells = [_billions(float(by_kind[kind.name])) if kind.name in by_kind else "-" for kind in kinds]
        system = system_result_jpy(plan, str(level))
        difference = round(float(part["result_jpy"].sum()) - system)
        rows.append([str(scheme), str(level), *cells, _billions(system), f"{difference:,}"])
    return "\n".join(
        [
            f"{plan.title}, {plan.year}, policy {plan.policy}: who earns what",
            "system = sales of metals + sales of scrap - cost of the plan",
            "",
            *lay_out(rows, right=set(range(2, len(rows[0])))),
        ]
    )


def tell_actors(plan: Plan, scheme: str, level: str, actors: pd.DataFrame) -> str:
    """Tell every actor's result under one scheme, at each price level, and when it breaks even at one of them."""
    contract = plan.settings.contracts[scheme]
    levels = list(dict.fromkeys(actors["price_level"]))
    at = plan.settings.price_levels[level].name_en
    head = ["million yen/yr", "actor", *levels, "break-even at prices x", "gate fee yen/kg"]
    results = actors.pivot_table(index=["kind", "actor"], columns="price_level", values="result_jpy", sort=False)
    labels = {kind.name: kind.label_en for kind in INSIDE}
    rows = [head]
    for row in actors[actors["price_level"] == level].to_dict("records"):
        key = (row["kind"], row["actor"])
        figures = [_millions(float(results[name].get(key, 0.0))) for name in levels]
        needed = float(row["break_even_gate_fee_jpy_per_t"]) / 1000
        told = [_factor(row["break_even_price_factor"]), f"{needed:,.0f}" if np.isfinite(needed) else "-"]
        rows.append([labels[str(row["kind"])], str(row["name"] or row["actor"]), *figures, *told])
    rows.append(["Sum", "", *(_millions(float(results[name].sum())) for name in levels), "", ""])
    rows.append(["System", "", *(_millions(system_result_jpy(plan, name)) for name in levels), "", ""])
    fee = float(contract.gate_fee_jpy_per_t) / 1000
    return "\n".join(
        [
            f"{plan.title}, {plan.year}, policy {plan.policy}: {contract.name_en}, gate fee {fee:,.0f} yen/kg",
            f"break-even at the prices of {at}, all else being equal; a factor of 0 means at any price",
            "",
            *lay_out(rows, right=set(range(2, len(head)))),
        ]
    )


def _inputs(settings: Settings) -> tuple[list[str], list[str]]:
    """Give the inputs of the published totals in words: those that the source states, and those reconstructed."""
    lists: tuple[list[str], list[str]] = ([], [])
    for name, value in _walk_inputs(settings):
        known = lists[1 if value.source.startswith(RECONSTRUCTED) else 0]
        known.append(f"{name} {float(value):,.6g} {value.unit}".removesuffix(" -").removesuffix(" t/t"))
    return lists


def _walk_inputs(settings: Settings) -> Iterator[tuple[str, Quantity]]:
    reference, metals = settings.reference, settings.metals
    used = [metal for metal in metals if metal in reference.recovered_t]
    yield "exchange rate", settings.market.jpy_per_usd
    yield "refining", reference.refining_jpy_per_t
    for metal in used:
        yield f"share paid for {metal}", metals[metal].purchase_share
        yield f"recovery of {metal}", metals[metal].recovery_t_per_t
    yield "packs", reference.packs_t
    for metal in used:
        yield f"{metal} recovered", reference.recovered_t[metal]
    for key, level in settings.price_levels.items():
        for metal in used:
            yield f"{metal} at {key}", level.usd_per_t[metal]


def _billions(jpy: float) -> str:
    return f"{jpy / 1e9 + 0.0:,.3f}".replace("-0.000", "0.000") if np.isfinite(jpy) else "-"


def _millions(jpy: float) -> str:
    text = f"{jpy / 1e6:,.0f}"
    return "0" if text == "-0" else text


def _factor(factor: float) -> str:
    return f"{max(factor, 0.0):,.2f}" if np.isfinite(factor) else "-"
