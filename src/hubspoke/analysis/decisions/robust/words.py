"""A robust plan in words: sentences and tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.words.language import speak
from hubspoke.words.names import name_technology
from hubspoke.words.numbers import format_gap, format_yen
from hubspoke.words.told import Told, ToldTable, lay_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hubspoke.analysis.decisions.robust.result import RobustPlan
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "expected": ("least expected cost", "期待費用最小"),
    "worst": ("least worst cost", "最悪費用最小"),
    "regret": ("least worst regret", "最大後悔最小"),
    "cvar": ("least mean cost of the dearest {tail:.0%}", "費用の高い{tail:.0%}の平均を最小"),
    "head": (
        "{year}, {policy}, {measure}: {value} a year (gap {gap})",
        "{year}年・{policy}・{measure}：年{value}（最適性ギャップ{gap}）",
    ),
    "value": ("{value}", "{value}"),
    "between": ("{value}, between {low} and {high}", "{value}（{low}～{high}の間）"),
    "both": ("Expected cost {expected} a year, worst {worst}.", "期待費用は年{expected}、最悪は年{worst}。"),
    "scenarios": ("What each scenario costs:", "シナリオ別の費用："),
    "scenario": ("scenario", "シナリオ"),
    "share": ("weight", "重み"),
    "supply": ("packs", "電池"),
    "cost": ("cost a year", "年間費用"),
    "alone": ("best alone", "単独最良"),
    "regret_column": ("regret", "後悔"),
    "left": ("left at sites", "未回収"),
    "plants": ("Plants, built before it is known which scenario comes:", "シナリオが判る前に建てる施設："),
    "plant": ("plant", "施設"),
    "id": ("id", "ID"),
    "region": ("region", "地域"),
    "technology": ("technology", "技術"),
    "size": ("size t/yr", "規模 t/年"),
    "stands": ("stands today t/yr", "既設 t/年"),
    "load": ("takes in t/yr", "受入 t/年"),
    "vss": (
        "Planning for all scenarios is worth {value} a year (VSS).",
        "全シナリオを一括して計画する価値は年{value}（VSS）。",
    ),
    "vss_same": (
        "Planning for all scenarios is worth nothing (VSS 0): the plants of the mean scenario are the same.",
        "全シナリオを一括して計画する価値は0（VSS）：平均シナリオの施設と同じ。",
    ),
    "vss_zero": (
        (
            "Planning for all scenarios is worth nothing that is proven (VSS 0, at most {high}): the plants of the "
            "mean scenario cost the same over all."
        ),
        "全シナリオを一括して計画する価値は証明できる限り0（VSS、最大{high}）：平均シナリオの施設でも費用は同じ。",
    ),
    "vss_no_mean": (
        "VSS has no value: {names} has other sites, plants or limits than {first}, so that there is no mean scenario.",
        "VSSは値なし：{names}は{first}と地点・施設・制約が異なり、平均シナリオがない。",
    ),
    "vss_no_plan": (
        "VSS has no value: no plan was found for the mean scenario.",
        "VSSは値なし：平均シナリオの計画が見つからない。",
    ),
    "vss_fails": (
        (
            "VSS has no limit: the plants of the mean scenario cannot take all tonnes of {names}. A price of what is "
            "left (policy.shortfall_jpy_per_t) would give it one."
        ),
        "VSSは上限なし：平均シナリオの施設では{names}の全量を受けられない。未回収の価格（policy.shortfall_jpy_per_t）を与えれば値をもつ。",
    ),
    "vss_unknown": ("VSS is not known: time was up.", "VSSは不明：時間切れ。"),
    "evpi": (
        "Knowing beforehand which scenario comes is worth {value} a year (EVPI).",
        "どのシナリオが来るかを事前に知る価値は年{value}（EVPI）。",
    ),
    "evpi_unknown": ("EVPI is not known: time was up.", "EVPIは不明：時間切れ。"),
    "all_served": ("Every tonne is taken in every scenario.", "どのシナリオでも全量を受け入れる。"),
    "price": (
        "A tonne left at its site is priced at {price} (policy.shortfall_jpy_per_t); {left} are left on average.",
        "未回収1トンの価格は{price}（policy.shortfall_jpy_per_t）。平均で{left}が残る。",
    ),
    "sizes": (
        (
            "Sizes are loads that rules leave no choice of, else a quarter apart, whatever stands today; their capital "
            "is paid in every scenario."
        ),
        "規模は規則で決まる処理量、それ以外は約25%刻み（既設の大きさとは別）。資本費はどのシナリオでも全規模分を払う。",
    ),
}


def tell_robust(plan: RobustPlan, lang: Lang = "en") -> str:
    """Return a robust plan in lines for a terminal.

    Parameters
    ----------
    plan : RobustPlan
    lang : {"en", "ja"}
    """
    return lay_lines(tell_robust_parts(plan, lang))


def tell_robust_parts(plan: RobustPlan, lang: Lang = "en") -> Iterator[Told]:
    """Yield a robust plan as sentences and tables.

    Parameters
    ----------
    plan : RobustPlan
    lang : {"en", "ja"}
    """
    words = speak(WORDS, lang)

    def yen(value: float) -> str:
        return "-" if math.isnan(value) else format_yen(value, lang, plan.settings)

    measure = words[plan.measure].format(tail=1 - plan.alpha)
    yield words["head"].format(
        year=plan.year, policy=plan.policy, measure=measure, value=yen(plan.value_jpy), gap=format_gap(plan.gap)
    )
    yield words["both"].format(expected=yen(plan.expected_jpy), worst=yen(plan.worst_jpy))
    yield _tell_scenarios(plan, words, yen)
    rows = tuple(
        (
            plan.names.short(str(row["id"]), lang),
            str(row["id"]),
            plan.names.region(str(row["region"]), lang),
            name_technology(plan.settings, str(row["technology"]), lang),
            f"{row['size_t']:,.0f}",
            f"{row['existing_t']:,.0f}" if row["existing_t"] else "-",
            f"{row['least_t']:,.0f}-{row['most_t']:,.0f}",
        )
        for row in plan.plants.to_dict("records")
    )
    heads = tuple(words[key] for key in ("plant", "id", "region", "technology", "size", "stands", "load"))
    yield ToldTable(words["plants"], heads, rows, ("text", "text", "text", "text", "number", "number", "number"))
    if plan.measure == "expected":
        yield from _information(plan, words, yen)
    priced = plan.scenarios["shortfall_jpy_per_t"].dropna().unique().tolist()
    if not priced:
        yield words["all_served"]
    else:
        mean = float((plan.scenarios["probability"] * plan.scenarios["unserved_t"]).sum())
        yield words["price"].format(price=", ".join(yen(float(one)) for one in priced), left=f"{mean:,.0f} t")
    yield words["sizes"]


def _tell_scenarios(plan: RobustPlan, words: dict[str, str], yen: Callable[[float], str]) -> ToldTable:
    keys = ["scenario", "share", "supply", "cost", "alone", "regret_column"]
    left = bool((plan.scenarios["unserved_t"] > 0).any())
    rows = []
    for row in plan.scenarios.to_dict("records"):
        told = (
            str(row["scenario"]),
            f"{row['probability']:.1%}",
            f"{row['supply_t']:,.0f} t",
            yen(row["cost_jpy"]),
            yen(row["alone_jpy"]),
            yen(row["regret_jpy"]),
        )
        rows.append((*told, f"{row['unserved_t']:,.0f} t") if left else told)
    heads = tuple(words[key] for key in [*keys, *(["left"] if left else [])])
    return ToldTable(words["scenarios"], heads, tuple(rows), ("text", *["number"] * (len(heads) - 1)))


def _information(plan: RobustPlan, words: dict[str, str], yen: Callable[[float], str]) -> Iterator[str]:
    """Yield what planning for all is worth, and knowing; or why that has no value."""
    told = plan.information

    def within(value: float, low: float, high: float) -> str:
        ends = {"value": yen(value), "low": yen(low), "high": yen(high)}
        return words["value" if ends["low"] == ends["high"] else "between"].format(**ends)

    yield _stochastic(plan, words, yen, within(told.vss_jpy, told.vss_low_jpy, told.vss_high_jpy))
    if math.isnan(told.evpi_jpy):
        yield words["evpi_unknown"]
    else:
        yield words["evpi"].format(value=within(told.evpi_jpy, told.evpi_low_jpy, told.evpi_high_jpy))


def _stochastic(plan: RobustPlan, words: dict[str, str], yen: Callable[[float], str], value: str) -> str:
    """Return what planning for all is worth, or why that has no value."""
    told, why = plan.information, ""
    if told.no_mean:
        names, first = ", ".join(told.no_mean), str(plan.scenarios["scenario"].iloc[0])
        why = words["vss_no_mean"].format(names=names, first=first)
    elif told.mean_fails:
        why = words["vss_fails"].format(names=", ".join(told.mean_fails))
    elif math.isnan(told.mean_jpy):
        why = words["vss_no_plan"]
    elif math.isnan(told.vss_jpy):
        why = words["vss_unknown"]
    elif told.same_plants:
        why = words["vss_same"]
    elif told.vss_low_jpy <= 0 and told.vss_jpy <= plan.value_jpy - plan.bound_jpy + 1:
        why = words["vss_zero"].format(high=yen(told.vss_high_jpy))
    return why or words["vss"].format(value=value)
