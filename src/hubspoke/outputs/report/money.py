"""Report what the metals are worth, how that differs from published totals, and what every actor earns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import AuditError
from hubspoke.costs.metals import metal_prices_jpy_per_t
from hubspoke.money.contracts import INSIDE
from hubspoke.money.income import system_result_jpy, tabulate_actors, tabulate_income
from hubspoke.money.text import warn_of_scrap
from hubspoke.money.words import WORDS as MARKET_WORDS
from hubspoke.outputs.report.blocks import Column, Named, Paragraph, Section, Table
from hubspoke.outputs.report.reconciliation import efficiency_blocks, reconciliation_blocks
from hubspoke.outputs.report.words import report_words
from hubspoke.plan.metal_flows import tabulate_metals
from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.messages import say_error
from hubspoke.words.scale import choose_table_scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang
    from hubspoke.words.scale import Scale

WORDS = {
    "money": ("Metals and who earns what", "金属と各主体の収支"),
    "metals": ("Metals recovered", "回収される金属"),
    "metal": ("Metal", "金属"),
    "contained": ("Contained, t/yr", "含有量 t/年"),
    "recovered": ("Recovered, t/yr", "回収量 t/年"),
    "results": ("Result of every kind of actor, million yen/yr", "主体別の収支 百万円/年"),
    "contract": ("Contract", "契約方式"),
    "prices": ("Metal prices", "金属価格"),
    "system": ("System", "全体"),
    "note": (
        (
            "Worth is in million yen/yr. What one actor pays another receives: each row sums to the system's result, "
            "sales of metals and scrap less the cost of the plan. Carriers are paid what transport costs. Fees and "
            "prices are settings, most of low confidence; “hubspoke market” tries others without solving again."
        ),
        (
            "金額は百万円/年。ある主体の支払いは他の主体の受取りであり、各行の合計は全体の収支（金属・スクラップの売却"
            "収入－計画の費用）に一致する。運送会社の収入は輸送費に等しい。料金・価格は設定値で、多くは確度が低い。"
            "「hubspoke market」で再計算なしに変更できる。"
        ),
    ),
    "break_even": ("When plants break even: {contract}, {prices}", "損益分岐点：{contract}、{prices}"),
    "plant": ("Plant", "施設"),
    "result": ("Result, million yen/yr", "収支 百万円/年"),
    "factor": ("Break-even, metal prices ×", "損益分岐 金属価格×"),
    "any_price": ("any", "価格不問"),
    "fee": ("Break-even gate fee, yen/kg of packs", "損益分岐 受入料金 円/kg"),
    "break_even_note": (
        (
            "All else being equal. A fee below zero, that the hub could pay for "
            "packs. A refinery's fee is what it would have to be passed per kg of the packs behind its black mass."
        ),
        (
            "他の条件は同じとする。負の料金はハブが電池を買い取れることを示す。"
            "製錬所の料金は、そのブラックマスの元となった電池1 kg当たりに必要な額。"
        ),
    ),
}


def describe_money(plan: PlanData, lang: Lang, actors: pd.DataFrame | None = None) -> Section | None:
    """Return the section on metals and money: worth, results by contract and price level, and when plants break even.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}
    actors : DataFrame, optional
        What `tabulate_actors` returns for the plan, to save computing it again.

    Returns
    -------
    Section or None
        None for a plan without metals; only a note where its tables contradict each other.
    """
    metals = tabulate_metals(plan)
    if metals.empty:
        return None
    words = {**report_words(lang, plan.settings), **speak_in_commodity_words(WORDS, plan.settings, lang)}
    try:
        actors = tabulate_actors(plan, tabulate_income(plan)) if actors is None else actors
    except AuditError as error:  # tables changed by hand: the proof section says what does not hold
        return Section("money", words["money"], (Paragraph(say_error(error, lang), role="note"),))
    system = [system_result_jpy(plan, level) for level in plan.settings.price_levels]
    scale = choose_table_scale([plan.cost_jpy, *system, *actors["result_jpy"].tolist()])
    words = scale.fit_all(words)
    return Section(
        "money",
        words["money"],
        (
            _list_metals(plan, metals, words, scale, lang),
            *efficiency_blocks(plan, lang),
            *reconciliation_blocks(plan, lang),
            _list_results(plan, actors, words, scale, lang),
            *(Paragraph(line, role="note") for line in _warn(plan, lang)),
            Paragraph(words["note"], role="small"),
            _list_break_evens(plan, actors, words, scale, lang),
            Paragraph(words["break_even_note"], role="small"),
        ),
    )


def _warn(plan: PlanData, lang: Lang) -> list[str]:
    """Return the warning of hubs that live on scrap alone, where there is one."""
    words = speak_in_commodity_words(MARKET_WORDS, plan.settings, lang)
    return [line for line in warn_of_scrap(plan, words, lang) if line]


def _list_metals(plan: PlanData, metals: pd.DataFrame, words: Mapping[str, str], scale: Scale, lang: Lang) -> Table:
    """List the metals: tonnes contained and recovered, and what these are worth at each price level."""
    tonnes = metals.groupby("metal")[["contained_t", "recovered_t"]].sum()
    levels = plan.settings.price_levels
    prices = {level: metal_prices_jpy_per_t(plan.settings, level) for level in levels}
    rows = []
    for at, (key, metal) in enumerate(plan.settings.metals.items()):
        if key in tonnes.index:
            contained, recovered = (float(tonnes[column][key]) for column in ("contained_t", "recovered_t"))
            worth = [scale.write(recovered * float(prices[level][at])) for level in levels]
            rows.append((str(getattr(metal, f"name_{lang}")), f"{contained:,.0f}", f"{recovered:,.0f}", *worth))
    numbers = [words["contained"], words["recovered"], *(str(getattr(one, f"name_{lang}")) for one in levels.values())]
    columns = (Column(words["metal"]), *(Column(name, "number") for name in numbers))
    return Table(words["metals"], columns, tuple(rows), shows_caption=True)


def _list_results(plan: PlanData, actors: pd.DataFrame, words: Mapping[str, str], scale: Scale, lang: Lang) -> Table:
    """List the results by kind of actor under each contract and price level, and their sum."""
    kinds = [kind for kind in INSIDE if kind.name in set(actors["kind"])]
    sums = actors.groupby(["scheme", "price_level", "kind"])["result_jpy"].sum()
    system = {level: system_result_jpy(plan, level) for level in plan.settings.price_levels}  # under any contract
    rows = []
    for scheme, contract in plan.settings.contracts.items():
        for level, prices in plan.settings.price_levels.items():
            keys = [(scheme, level, kind.name) for kind in kinds]
            cells = [scale.write(float(sums[key])) if key in sums.index else "–" for key in keys]
            name, at = (str(getattr(one, f"name_{lang}")) for one in (contract, prices))
            rows.append((name, at, *cells, scale.write(system[level])))
    numbers = [*(getattr(kind, f"label_{lang}") for kind in kinds), words["system"]]
    columns = (Column(words["contract"]), Column(words["prices"]), *(Column(name, "number") for name in numbers))
    return Table(words["results"], columns, tuple(rows), shows_caption=True, small=True)


def _list_break_evens(
    plan: PlanData, actors: pd.DataFrame, words: Mapping[str, str], scale: Scale, lang: Lang
) -> Table:
    """List the plants under the first contract, at the price level of the settings."""
    scheme, level = next(iter(plan.settings.contracts)), plan.settings.market.price_level
    mine = actors[(actors["scheme"] == scheme) & (actors["price_level"] == level)]
    rows = []
    for row in mine[mine["kind"].isin(["hub", "refinery", "company"])].to_dict("records"):
        name = str((row["name_ja"] if lang == "ja" else "") or row["name"] or row["actor"])
        factor, fee = row["break_even_price_factor"], row["break_even_gate_fee_jpy_per_t"] / 1000
        told = _tell_factor(factor, words), f"{fee:,.0f}" if np.isfinite(fee) else "–"
        rows.append((Named(name, str(row["actor"])), scale.write(float(row["result_jpy"])), *told))
    contract, prices = plan.settings.contracts[scheme], plan.settings.price_levels[level]
    names = {"contract": getattr(contract, f"name_{lang}"), "prices": getattr(prices, f"name_{lang}")}
    columns = (Column(words["plant"]), *(Column(words[key], "number") for key in ("result", "factor", "fee")))
    return Table(words["break_even"].format(**names), columns, tuple(rows), shows_caption=True)


def _tell_factor(factor: float, words: Mapping[str, str]) -> str:
    """Write by what all metal prices may be multiplied before a plant loses."""
    if not np.isfinite(factor):
        return "–"
    return f"{factor:,.2f}" if factor > 0 else words["any_price"]
