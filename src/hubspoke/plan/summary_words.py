"""Words of the summary on a terminal, in English and Japanese."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.words.numbers import format_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Pairs

WORDS: Pairs = {
    "head": ("{title}, {year}, policy {policy}", "{title}、{year}年、方針 {policy}"),
    "cost": ("cost", "費用"),
    "cost_told": ("{} bn yen/yr, {} yen/kg of packs", "{}億円/年、電池1 kg当たり{}円"),
    "sales": ("sales", "売却"),
    "sales_told": ("{} bn yen/yr of {}, not in the cost", "{}億円/年（{}）、費用には含めない"),
    "nothing": ("nothing", "なし"),
    "packs": ("packs", "電池"),
    "packs_told": ("{} t/yr from {} sites", "{} t/年、{}拠点から"),
    "supply": ("supply", "発生量"),
    "costs": ("costs", "費用水準"),
    "supply_told": ("{}: tonnes of all sites are scaled", "{}：全拠点の量を換算"),
    "distances": ("km", "距離"),
    "split": ("classes", "種類"),
    "split_told": ("assumed, as the table of sites states none; {}", "拠点の表にないため仮定、{}"),
    "plants": ("plants", "設備"),
    "semicolon": ("; ", "、"),
    "hub_open": ("{} hub open", "ハブ{}か所"),
    "hubs_open": ("{} hubs open", "ハブ{}か所"),
    "refinery_open": ("{} refinery open", "製錬所{}か所"),
    "refinerys_open": ("{} refineries open", "製錬所{}か所"),
    "some_idle": (", {} of them idle (nothing to do)", "（うち不使用{}か所）"),
    "all_idle": (", idle (nothing to do)", "（不使用）"),
    "idle": ("idle", "不使用"),
    "standing": ("today", "既設"),
    "standing_used": ("uses {} of {} existing plants: {}", "既設{1}か所のうち{0}か所を利用：{2}"),
    "extended_told": (
        "; {0} of them extended by more than half of what stands: {1}",
        "、うち{0}か所は既設の半分を超えて増設：{1}",
    ),
    "extended": ("{0} ({1} t/yr stand, {2} added)", "{0}（既設{1} t/年、増設{2}）"),
    "standing_none": ("uses none of {} existing plants", "既設{}か所はどれも利用しない"),
    "standing_none_of_one": ("does not use the only existing plant", "既設1か所を利用しない"),
    "standing_none_of_none": ("no existing plant that counts", "数えられる既設はない"),
    "uncounted": (
        "; {}: open, but nothing that stands counts under policy.least_recovery_t_per_t ({})",
        "、{}は稼働中だが、policy.least_recovery_t_per_t（{}）のもとで使える既設能力はない",
    ),
    "technology": ("method", "方式"),
    "slag": ("slag", "スラグ"),
    "slag_told": ("lost: {}, which refining usually recovers", "{}を失う（通常の製錬なら回収）"),
    "scale": ("scale", "規模"),
    "scale_told": (
        "{0} are larger than any of their technology known to run: {1}",
        "実績のある最大能力を超える設備：{0}（{1}）",
    ),
    "hubs_of": ("{0} of {1} hubs", "ハブ{1}か所中{0}か所"),
    "refineries_of": ("{0} of {1} refineries", "製錬所{1}か所中{0}か所"),
    "and": (" and ", "、"),
    "firmness": ("choice", "選定"),
    "all_firm": (
        "firm: closing any of {all} plants costs {share} % of its region's cost or more",
        "確実：{all}か所のどれを閉鎖しても、地域の費用の{share}％以上高くなる",
    ),
    "unrated": (
        "not rated: of none of the {all} plants is it known closely enough what the best plan without it costs",
        "判定なし：{all}か所のいずれも、それを除いた最良の計画の費用が十分に分からない",
    ),
    "unrated_policy": (
        "not rated: told only of plans of least cost that serve every site, without least throughputs or contents",
        "判定なし：全拠点を回収し最低処理量や再生材の割合を求めない費用最小の計画についてだけ判定する",
    ),
    "close_call": (
        "{close} of {all} plants is a close call{tossups}: {names}",
        "{all}か所中{close}か所は僅差{tossups}：{names}",
    ),
    "close_calls": (
        "{close} of {all} plants are close calls{tossups}: {names}",
        "{all}か所中{close}か所は僅差{tossups}：{names}",
    ),
    "some_unrated": (", {} not rated", "、判定なし{}か所"),
    "tossups": (", {} of them as good as a toss-up", "（うち{}か所はほぼ同等）"),
    "without": ("{id} ({more} a year without it)", "{id}（なければ年間{more}）"),
    "status": ("status", "状態"),
    "better_cost": ("costs less", "安い"),
    "better_profit": ("earns more", "利益の大きい"),
    "better_co2": ("emits less", "排出の少ない"),
    "proven_exactly": (
        "optimal: no plan {better} (asked for {asked})",
        "最適：これより{better}計画はない（指定ギャップ {asked}）",
    ),
    "proven_within": (
        "optimal: no plan {better} by {gap} (asked for {asked})",
        "最適：{gap}以上{better}計画はない（指定ギャップ {asked}）",
    ),
    "stopped_unproven": (
        "not proven best: nothing is known about a plan that {better}",
        "最適性は未証明：より{better}計画の有無は不明",
    ),
    "stopped_within": (
        "not proven best: a plan that {better} may exist, by at most {gap}",
        "最適性は未証明：最大{gap}だけ{better}計画がありうる",
    ),
    "gap_of_profit_told": ("; of cost and forgone sales, {} of the profit", "（費用と失う売上に対する割合。利益の{}）"),
    "gap_of_profit": ("; of cost and forgone sales", "（費用と失う売上に対する割合）"),
    "profit": ("profit", "利益"),
    "profit_told": ("{} bn yen/yr, made most: all sales less cost", "{}億円/年、最大化（売却収入－費用）"),
    "metals": ("metals", "金属"),
    "metals_told": ("{} bn yen/yr of refined metals, prices: {}", "{}億円/年（製錬金属、価格：{}）"),
    "co2": ("CO2", "CO2"),
    "co2_ores_told": (
        "{} t/yr, made least: {} of the plan, and {} of ore for metal that is lost beyond the usual",
        "{} t/年、最小化（計画 {}、通常より多く失われる金属を鉱石から作る分 {}）",
    ),
    "co2_told": ("{} t/yr, made least", "{} t/年、最小化"),
    "left": ("left", "未回収"),
    "left_priced": (
        "; the price of that, {} bn yen/yr, is part of the cost and in no yen/kg",
        "。その価格{}億円/年は費用に含み、円/kgには含めない",
    ),
    "left_told": (
        "{} t/yr of packs stay at {} sites: to fetch them would not pay",
        "{} t/年、{}拠点：回収が見合わない",
    ),
    "abroad": ("abroad", "海外"),
    "abroad_told": (
        "{} bn yen/yr of the cost buy and land {} t/yr of black mass, {} yen/kg of it; in no region's yen/kg",
        "費用のうち{}億円/年はブラックマス{} t/年の購入・海上輸送（1 kg当たり{}円）、各地域の円/kgには含めない",
    ),
    "unrefined": ("not refined", "製錬外"),
    "furnaces_told": ("{} t/yr of black mass to {} electric furnaces", "ブラックマス{} t/年が電気炉{}か所へ"),
    "furnace_told": ("{} t/yr of black mass to {} electric furnace", "ブラックマス{} t/年が電気炉{}か所へ"),
    "furnaces_lose": ("; lost there: {}", "、失われる金属：{}"),
    "lost_metal": ("{} t/yr {}", "{1}{0} t/年"),
    "comma": (", ", "、"),
    "by_term": ("cost by term", "費用の内訳"),
    "large_yen": ("bn yen/yr", "億円/年"),
    "rest": ("Everything else", "その他"),
    "region": ("region", "地域"),
    "hub": ("hub", "ハブ"),
    "refinery": ("refinery", "製錬所"),
    "tonnes": ("t/yr", "t/年"),
    "per_kg": ("yen/kg", "円/kg"),
    "and_more": (" and {} more", "、ほか{}か所"),
}


def tell_profit_gap(plan: PlanData, words: Mapping[str, str]) -> str:
    """Return of what the gap of a plan for profit is a share, and how much of the profit that is, if it has any."""
    more = plan.bound_value - plan.objective_value
    if not (plan.objective_value > 0 and math.isfinite(more)):
        return words["gap_of_profit"]
    return words["gap_of_profit_told"].format(format_gap(more / plan.objective_value, at_most=True))
