"""Market and income in a few readable lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.costs.metals import metal_prices_jpy_per_t
from hubspoke.money.contracts import INSIDE
from hubspoke.money.income import system_result_jpy, tabulate_actors, tabulate_income
from hubspoke.money.market import market, revalue
from hubspoke.money.reconciliation import reconcile
from hubspoke.money.reconciliation_text import describe_reconciliation
from hubspoke.money.scrap import scrap_of_hubs
from hubspoke.money.words import WORDS
from hubspoke.plan.efficiency_words import describe_efficiency, record_efficiency
from hubspoke.plan.metal_flows import tabulate_metals
from hubspoke.settings.load import load_settings
from hubspoke.words.commodity import in_commodity_words, speak_in_commodity_words
from hubspoke.words.language import speak
from hubspoke.words.names import name_title
from hubspoke.words.policies import say_policy
from hubspoke.words.scale import choose_table_scale
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.quantity import Quantity
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

RECONSTRUCTED = "reconstructed"
"""First word in the source of a number that is not printed in the published text."""


def market_answer(
    plan: PlanData | None,
    *,
    level: str | None = None,
    scheme: str | None = None,
    each_site: bool = False,
    changes: Mapping[str, Any] | None = None,
    lang: Lang = "en",
) -> tuple[str, dict[str, Any]]:
    """Answer `hubspoke market`: in words, and the same as data.

    Parameters
    ----------
    plan : PlanData or None
        None for the published totals.
    level : str, optional
        Key of a price level; all of them when left out.
    scheme : str, optional
        Key of a contract, or `all`, for income; metals and their market when left out. Without a plan it plays no part.
    each_site : bool
        A statement for every dismantling site instead of one for the sites of each region.
    changes : mapping of str to value, optional
        New settings by dotted key; with a plan, of the sections in `market.MONEY` only.
    lang : {"en", "ja"}

    Returns
    -------
    text : str
    data : dict
        Rows of the tables behind the text: `market` and, with a plan, `metals`, `reconciliation` and `efficiency`; or
        `actors` and `income`.

    Raises
    ------
    UsageError
        Unknown level or scheme, or a change of a setting that the plan rests on.
    InputError
        A change with an unknown key or a value that is not allowed.
    """
    if plan is None:
        settings = load_settings(None, changes)
        table = market(None, level, settings=settings)
        return describe_reference(settings, table, lang), {"market": _records(table)}
    plan = revalue(plan, changes or {})
    if scheme is None:
        table, walk = market(plan, level), reconcile(plan, level)
        parts = describe_market(plan, table, lang), describe_reconciliation(plan, walk, lang)
        return "\n\n".join([*filter(None, parts), "\n".join(describe_efficiency(plan, lang))]).rstrip(), {
            "market": _records(table),
            "metals": _records(tabulate_metals(plan)),
            "reconciliation": _records(walk),
            "efficiency": record_efficiency(plan),
        }
    chosen = None if scheme == "all" else scheme
    income = tabulate_income(
        plan,
        schemes=None if chosen is None else [chosen],
        levels=None if level is None else [level],
        each_site=each_site,
    )
    actors = tabulate_actors(plan, income)
    shown = level or plan.settings.market.price_level
    text = (
        describe_schemes(plan, actors, lang) if chosen is None else describe_actors(plan, chosen, shown, actors, lang)
    )
    return text, {"actors": _records(actors), "income": _records(income)}


def describe_reference(settings: Settings, table: pd.DataFrame, lang: Lang = "en") -> str:
    """Describe the totals of the formula beside the published ones, and which inputs are reconstructed."""
    words = speak(WORDS, lang)
    head = ("large_yen", "market", "published", "cost", "published", "margin", "break_even")
    rows = [[words[key] for key in head]]
    for row in table.to_dict("records"):
        figures = [row[f"{name}_jpy"] for name in ("market", "published_market", "cost", "published_cost", "margin")]
        told = [_large(jpy, lang) for jpy in figures]
        rows.append([str(row[f"name_{lang}"]), *told, _factor(row["break_even_factor"])])
    stated, reconstructed = _inputs(settings, words)
    return "\n".join(
        [
            str(getattr(settings.reference, f"name_{lang}")),
            words["formula"],
            "",
            *lay_out(rows, right=set(range(1, len(rows[0])))),
            "",
            words["stated"].format(words["semicolon"].join(stated)),
            words["reconstructed"].format(words["semicolon"].join(reconstructed)),
        ]
    )


def describe_market(plan: PlanData, table: pd.DataFrame, lang: Lang = "en") -> str:
    """Describe the metals of a plan, and their market against the cost of recycling."""
    words = speak_in_commodity_words(WORDS, plan.settings, lang)
    tonnes = tabulate_metals(plan).groupby("metal")[["contained_t", "recovered_t"]].sum()
    prices = dict(zip(plan.settings.metals, metal_prices_jpy_per_t(plan.settings), strict=True))
    level = _name(plan.settings.price_levels[plan.settings.market.price_level], lang)
    metals = [[words["metal"], words["contained"], words["recovered"], words["worth"].format(level)]]
    for key, metal in plan.settings.metals.items():
        if key in tonnes.index:
            held, sold = (float(tonnes[column][key]) for column in ("contained_t", "recovered_t"))
            metals.append([_name(metal, lang), f"{held:,.0f}", f"{sold:,.0f}", _large(sold * prices[key], lang)])
    rows = [[words[key] for key in ("large_yen", "market", "purchase", "refining", "cost", "margin", "break_even")]]
    for row in table.to_dict("records"):
        figures = [row[f"{name}_jpy"] for name in ("market", "purchase", "refining", "cost", "margin")]
        told = [_large(jpy, lang) for jpy in figures]
        rows.append([str(row[f"name_{lang}"]), *told, _factor(row["break_even_factor"])])
    per_kg = float(table["refining_jpy"].iloc[0]) / plan.mass_t / 1000 if plan.mass_t else 0.0
    stated = float(plan.settings.reference.refining_jpy_per_t) / 1000
    return "\n".join(
        [
            _head(plan, words["against"], words, lang),
            "",
            *lay_out(metals, right={1, 2, 3}),
            "",
            *lay_out(rows, right=set(range(1, len(rows[0])))),
            "",
            words["refining_told"].format(f"{per_kg:,.1f}", f"{stated:,.0f}"),
        ]
    )


def describe_schemes(plan: PlanData, actors: pd.DataFrame, lang: Lang = "en") -> str:
    """Describe what every kind of actor earns under each scheme and price level, and the system that they sum to."""
    words = speak_in_commodity_words(WORDS, plan.settings, lang)
    kinds = [kind for kind in INSIDE if kind.name in set(actors["kind"])]
    labels = [in_commodity_words(str(getattr(kind, f"label_{lang}")), plan.settings, lang) for kind in kinds]
    rows = [[words["large_yen"], words["prices"], *labels, words["system"], words["difference"]]]
    for (scheme, level), part in actors.groupby(["scheme", "price_level"], sort=False):
        by_kind = part.groupby("kind")["result_jpy"].sum()
        cells = [_large(float(by_kind[kind.name]), lang) if kind.name in by_kind else "-" for kind in kinds]
        system = system_result_jpy(plan, str(level))
        difference = round(float(part["result_jpy"].sum()) - system)
        known = plan.settings.contracts[str(scheme)], plan.settings.price_levels[str(level)]
        names = [_name(one, lang) for one in known] if lang == "ja" else [str(scheme), str(level)]
        rows.append([*names, *cells, _large(system, lang), f"{difference:,}"])
    return "\n".join(
        [
            _head(plan, words["who"], words, lang),
            words["system_is"],
            "",
            *lay_out(rows, right=set(range(2, len(rows[0])))),
            *warn_of_scrap(plan, words, lang),
        ]
    )


def warn_of_scrap(plan: PlanData, words: Mapping[str, str], lang: Lang) -> list[str]:
    """Return a line that warns of hubs that live on scrap alone, after an empty one; nothing where none does.

    Parameters
    ----------
    plan : PlanData
    words : mapping of str to str
        With `on_scrap` and `large_yen`.
    lang : {"en", "ja"}

    Returns
    -------
    list of str
    """
    told = scrap_of_hubs(plan)
    if not told.on_scrap:
        return []
    sums = (_large(jpy, lang) for jpy in (told.sold_jpy, told.cost_jpy))
    return ["", words["on_scrap"].format(told.on_scrap, told.hubs, *sums, words["large_yen"])]


def describe_actors(plan: PlanData, scheme: str, level: str, actors: pd.DataFrame, lang: Lang = "en") -> str:
    """Describe every actor's result under one scheme, at each price level, and where it breaks even at one of them."""
    words = speak_in_commodity_words(WORDS, plan.settings, lang)
    contract = plan.settings.contracts[scheme]
    levels = list(dict.fromkeys(actors["price_level"]))
    results = actors.pivot_table(index=["kind", "actor"], columns="price_level", values="result_jpy", sort=False)
    labels = {kind.name: str(getattr(kind, f"label_{lang}")) for kind in INSIDE}
    names = [_name(plan.settings.price_levels[name], lang) if lang == "ja" else name for name in levels]
    system = [system_result_jpy(plan, name) for name in levels]
    scale = choose_table_scale([plan.cost_jpy, *system, *results.to_numpy(float).ravel().tolist()])
    rows = [[scale.fit(words["million_yen"]), words["actor"], *names, words["break_even"], words["gate_fee"]]]
    for row in actors[actors["price_level"] == level].to_dict("records"):
        key = (row["kind"], row["actor"])
        name = str((row["name_ja"] if lang == "ja" else "") or row["name"] or row["actor"])
        figures = [scale.write(float(results[column].get(key, 0.0))) for column in levels]
        needed = float(row["break_even_gate_fee_jpy_per_t"]) / 1000
        told = [_factor(row["break_even_price_factor"]), f"{needed:,.0f}" if np.isfinite(needed) else "-"]
        rows.append([labels[str(row["kind"])], name, *figures, *told])
    rows.append([words["sum"], "", *(scale.write(float(results[column].sum())) for column in levels), "", ""])
    rows.append([words["system"], "", *map(scale.write, system), "", ""])
    fee = float(contract.gate_fee_jpy_per_t) / 1000
    return "\n".join(
        [
            _head(plan, words["fee_of"].format(_name(contract, lang), f"{fee:,.0f}"), words, lang),
            words["break_even_at"].format(_name(plan.settings.price_levels[level], lang)),
            "",
            *lay_out(rows, right=set(range(2, len(rows[0])))),
            *warn_of_scrap(plan, words, lang),
        ]
    )


def _head(plan: PlanData, subject: str, words: Mapping[str, str], lang: Lang) -> str:
    """Return the first line: which plan, and what is told of it."""
    title = name_title(plan.title, plan.settings, lang)
    return words["head"].format(title=title, year=plan.year, policy=say_policy(plan.policy, lang), subject=subject)


def _records(table: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the rows of a table as plain data; NaN becomes None."""
    rows = table.to_dict("records")
    return [{key: None if value != value else value for key, value in row.items()} for row in rows]  # noqa: PLR0124


def _inputs(settings: Settings, words: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """List the inputs of the published totals in words: those that the source states, and those reconstructed."""
    lists: tuple[list[str], list[str]] = ([], [])
    for name, value in _walk_inputs(settings, words):
        known = lists[1 if value.source.startswith(RECONSTRUCTED) else 0]
        known.append(f"{name} {float(value):,.6g} {value.unit}".removesuffix(" -").removesuffix(" t/t"))
    return lists


def _walk_inputs(settings: Settings, words: Mapping[str, str]) -> Iterator[tuple[str, Quantity]]:
    reference, metals = settings.reference, settings.metals
    used = [metal for metal in metals if metal in reference.recovered_t]
    yield words["rate"], settings.market.jpy_per_usd
    yield words["refining"], reference.refining_jpy_per_t
    for metal in used:
        yield words["share_of"].format(metal), metals[metal].purchase_share
        yield words["recovery_of"].format(metal), metals[metal].recovery_t_per_t
    yield words["packs"], reference.packs_t
    for metal in used:
        yield words["recovered_of"].format(metal), reference.recovered_t[metal]
    for key, level in settings.price_levels.items():
        for metal in used:
            yield words["price_of"].format(metal, key), level.usd_per_t[metal]


def _name(thing: Any, lang: Lang) -> str:
    return str(getattr(thing, f"name_{lang}"))


def _large(jpy: float, lang: Lang) -> str:
    """Write yen in bn, or in 億; an amount that rounds to zero has no sign."""
    if not np.isfinite(jpy):
        return "-"
    text = f"{jpy / 1e8:,.2f}" if lang == "ja" else f"{jpy / 1e9:,.3f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def _factor(factor: float) -> str:
    return f"{max(factor, 0.0):,.2f}" if np.isfinite(factor) else "-"
