"""The way from the published figures to those of a plan, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.money.reconciliation import RESOURCE, TOTAL, TRANSFER
from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

WORDS: dict[str, tuple[str, str]] = {
    "market_title": ("from the published market to that of the plan", "公表された市場規模から計画の市場規模まで"),
    "cost_title": ("from the published cost to that of the plan", "公表された費用から計画の費用まで"),
    "large_yen": ("bn yen/yr", "億円/年"),
    "million_yen": ("Million yen/yr", "百万円/年"),
    "source": ("source", "出典"),
    "plan": ("plan", "計画"),
    "published": ("published", "公表値"),
    "reconstruction": ("left by the reconstruction", "推定の残差"),
    "packs": ("packs, t/yr", "電池 t/年"),
    "content": ("{}, kg in a tonne of packs", "{} 電池1 t当たりkg"),
    "abroad": ("metal in black mass from abroad", "海外ブラックマスの金属"),
    "furnaces": ("metal that goes to electric furnaces", "電気炉に行く金属"),
    "recovery": ("recovery", "回収率"),
    "share": ("share paid for the metal", "買取割合"),
    "prices": ("prices", "価格"),
    "market_of_plan": ("market of the plan", "計画の市場規模"),
    "packs_refined": ("packs to refine, t/yr", "製錬する電池 t/年"),
    "refining": ("refining, yen/kg of packs", "製錬費 電池1 kg当たり円"),
    "cost_of_buyer": ("cost of who buys black mass in the plan", "計画でブラックマスを買う側の費用"),
    "collection": ("collection of packs, yen/kg", "電池の回収 円/kg"),
    "hub": ("hubs, yen/kg", "ハブ 円/kg"),
    "freight": ("freight of black mass, yen/kg", "ブラックマス輸送 円/kg"),
    "abroad_cost": ("black mass from abroad, yen/kg", "海外ブラックマス 円/kg"),
    "furnace_cost": ("electric furnaces, yen/kg", "電気炉 円/kg"),
    "paid_to_hubs": ("paid for black mass, received by hubs", "ブラックマス代金（ハブの収入）"),
    "cost_of_plan": ("cost of the plan", "計画の費用"),
    TRANSFER: ("transfer", "移転"),
    RESOURCE: ("resource", "実費"),
    "natures": (
        (
            "transfer: what one actor of the system pays another; resource: what the system uses up. The published "
            "cost is that of a buyer of black mass, so collection and hubs are paid out of what it pays for it; sales "
            "of scrap are in none of the figures."
        ),
        (
            "移転は系内の主体間の支払い、実費は系全体で費やす費用。公表費用はブラックマスの買い手の費用であり、"
            "回収とハブの費用はその買取額で賄われる。スクラップの売却収入はいずれの値にも含まない。"
        ),
    ),
    "exact": ("The steps add up to the yen (--json).", "各段の和は円単位で一致する（--json）。"),
    "nature": ("kind", "区分"),
    "parts": (
        (
            "{}: the published cost is a transfer of {} and a resource cost of {} bn yen; in the plan these are {} and "
            "{}, of which refining {}"
        ),
        "{}：公表費用は移転{}億円と実費{}億円、計画では移転{}億円、実費{}億円（うち製錬{}億円）",
    ),
}
"""By key, in English and in Japanese."""


@dataclass(frozen=True)
class StepInWords:
    """A row of the walk: what it replaces, the figure of the source and of the plan, what it is, and yen by level."""

    label: str
    reference: str
    plan: str
    nature: str
    jpy: dict[str, float]
    is_total: bool


def list_steps(plan: PlanData, table: pd.DataFrame, side: str, lang: Lang) -> list[StepInWords]:
    """List the steps of one side of a reconciliation in words, in the order of the walk.

    Parameters
    ----------
    plan : PlanData
    table : DataFrame
        What `reconcile` returns for the plan.
    side : str
        `market` or `cost`.
    lang : {"en", "ja"}

    Returns
    -------
    list of StepInWords
        `jpy` is whole yen per year by key of price level.
    """
    words = reconciliation_words(plan, lang)
    mine = table[table["side"] == side]
    steps = []
    for (step, metal), rows in mine.groupby(["step", "metal"], sort=False):
        first = rows.iloc[0]
        label = words[str(step)].format(getattr(plan.settings.metals[str(metal)], f"name_{lang}") if metal else "")
        steps.append(
            StepInWords(
                label,
                _figure(first["reference"]),
                _figure(first["plan"]),
                words[first["nature"]] if side == "cost" and first["nature"] in (TRANSFER, RESOURCE) else "",
                dict(zip(rows["price_level"], rows["jpy"].astype(float), strict=True)),
                first["nature"] == TOTAL,
            )
        )
    return steps


def describe_reconciliation(plan: PlanData, table: pd.DataFrame, lang: Lang = "en") -> str:
    """Describe the walk on both sides, with a column for each price level, and what is a transfer.

    Parameters
    ----------
    plan : PlanData
    table : DataFrame
        What `reconcile` returns for the plan.
    lang : {"en", "ja"}

    Returns
    -------
    str
        Lines for a terminal; empty where nothing is published.
    """
    if table.empty:
        return ""
    words = reconciliation_words(plan, lang)
    levels = list(dict.fromkeys(table["price_level"]))
    names = [str(getattr(plan.settings.price_levels[level], f"name_{lang}")) for level in levels]
    lines = []
    for side in ("market", "cost"):
        natures = [words["nature"]] if side == "cost" else []
        rows = [[words["large_yen"], words["source"], words["plan"], *natures, *names]]
        for step in list_steps(plan, table, side, lang):
            figures = [step.reference, step.plan, *([step.nature] if natures else [])]
            rows.append([step.label, *figures, *(_large(step.jpy.get(one), lang) for one in levels)])
        right = {1, 2, *range(3 + len(natures), len(rows[0]))}
        lines += [words[f"{side}_title"], *lay_out(rows, right=right), ""]
    return "\n".join([*lines, f"{words['natures']} {words['exact']}", *list_parts(plan, table, lang)])


def list_parts(plan: PlanData, table: pd.DataFrame, lang: Lang) -> list[str]:
    """Tell, by price level, how much of the published cost and of that of the plan is a transfer.

    Parameters
    ----------
    plan : PlanData
    table : DataFrame
        What `reconcile` returns for the plan.
    lang : {"en", "ja"}

    Returns
    -------
    list of str
    """
    words = reconciliation_words(plan, lang)
    reference = plan.settings.reference
    lines = []
    for level, rows in table[table["side"] == "cost"].groupby("price_level", sort=False):
        jpy = rows.set_index("step")["jpy"].astype(float)
        resource = float(reference.refining_jpy_per_t) * float(reference.packs_t)
        bought = -float(jpy["paid_to_hubs"])
        parts = (jpy["published"] - resource, resource, bought, jpy["cost_of_plan"], jpy["cost_of_buyer"] - bought)
        name = getattr(plan.settings.price_levels[str(level)], f"name_{lang}")
        lines.append(words["parts"].format(name, *(_large(float(part), lang) for part in parts)))
    return lines


def reconciliation_words(plan: PlanData, lang: Lang) -> Mapping[str, Any]:
    """Return the words of the walk in a language, in those of the plan's commodity.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}

    Returns
    -------
    mapping of str to str
        Texts by key of `WORDS`.
    """
    return speak_in_commodity_words(WORDS, plan.settings, lang)


def _figure(value: float) -> str:
    if not np.isfinite(value):
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.1f}"


def _large(jpy: float | None, lang: Lang) -> str:
    """Write yen in bn, or in 億; an amount that rounds to zero has no sign, and an unknown one is a dash."""
    if jpy is None:
        return "-"
    text = f"{jpy / 1e8:,.2f}" if lang == "ja" else f"{jpy / 1e9:,.3f}"
    return text.removeprefix("-") if not text.strip("-0.") else text
