"""Words of a comparison, in English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.report.words import report_words
from hubspoke.words.commodity import speak_in_commodity_words

if TYPE_CHECKING:
    from hubspoke.outputs.report.words import Pairs
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

WORDS: Pairs = {
    "comparison": ("Plans side by side", "計画の比較"),
    "against": ("compared with {base}", "{base}との比較"),
    "in_short": ("In short", "要点"),
    "other_tasks": ("Not plans of one task: {}.", "前提が異なる計画の比較：{}。"),
    "task_regions": ("regions", "地域"),
    "all_regions": ("all {}", "全{}地域"),
    "task_policy": ("policy", "方針"),
    "task_year": ("year", "年"),
    "from_nothing": ("which costs nothing", "比較元の費用は0"),
    "costs_more": (
        "{plan} costs {amount} a year more than {base} ({share}).",
        "{plan}は{base}より年間{amount}高い（{share}）。",
    ),
    "costs_less": (
        "{plan} costs {amount} a year less than {base} ({share}).",
        "{plan}は{base}より年間{amount}安い（{share}）。",
    ),
    "costs_same": ("{plan} costs as much as {base}.", "{plan}の費用は{base}と等しい。"),
    "not_proven": (
        "Which of the two can be cheaper is not proven: the difference is smaller than what the gaps leave open.",
        "差が最適性ギャップの範囲内にあり、どちらが安いかは証明されていない。",
    ),
    "other_objective": (
        "{plan} was made for {mine}, {base} for {theirs}: each is best by its own measure only; gaps do not compare.",
        "{plan}は{mine}、{base}は{theirs}の計画であり、それぞれの目的でのみ最適で、ギャップは比較できない。",
    ),
    "prices_do_nothing": (
        "Prices of what is sold differ, and do not enter {aim}.",
        "売る物の価格が違うが、{aim}の計画には影響しない。",
    ),
    "aim_is_cost": ("least cost", "費用最小"),
    "aim_is_profit": ("most profit", "利益最大"),
    "aim_is_co2": ("least CO2", "CO2最小"),
    "left_out": (
        "{sites} sites that {base} serves are left out of {plan}.",
        "{plan}では、{base}が回収する{sites}拠点を回収しない。",
    ),
    "taken_up": (
        "{sites} sites that {base} leaves out are served by {plan}.",
        "{plan}は、{base}が回収しない{sites}拠点を回収する。",
    ),
    "objective": ("Made least or most", "目的"),
    "unserved_t": ("Packs left at their sites, t/yr", "未回収の電池 t/年"),
    "profit_jpy": ("Sales less cost, million yen/yr", "売却収入－費用 百万円/年"),
    "nobody_moves": ("No site changes its hub.", "届け先のハブが変わる拠点はない。"),
    "sites_move": (
        "{sites} sites with {mass} t deliver to another hub.",
        "{sites}拠点（{mass} t）の届け先のハブが変わる。",
    ),
    "hub_changes": ("Hubs: {}.", "ハブ：{}。"),
    "refinery_changes": ("Refineries: {}.", "製錬所：{}。"),
    "plants_changed": ("{count} {what} ({names})", "{what}{count}か所（{names}）"),
    "stages": ("From plan to plan by stage", "段階別の増減"),
    "stage": ("Stage, million yen/yr", "段階（百万円/年）"),
    "stage_other": ("Everything else", "その他"),
    "every_term": ("Every cost term, million yen/yr", "すべての費目（百万円/年）"),
    "shifts": ("What becomes of the packs of each hub", "各ハブの電池の行き先"),
    "shift_km": ("Distance of the hubs, km", "ハブ間の距離 km"),
    "shift_t": ("Packs that move, t/yr", "移る電池 t/年"),
    "shift_change": ("Change of their cost, million yen/yr", "その費用の増減 百万円/年"),
    "stays": ("stays", "変わらない"),
    "shift_note": (
        "Distances are straight lines. The change is that of all packs of a hub, from site to metal, at mean costs.",
        "距離は直線。増減は各ハブの全電池について、拠点から金属までの平均費用で見たもの。",
    ),
    "rest": ("Packs and plants behind no hub", "ハブを通らない電池・設備"),
    "hubs_move": (
        "{from_hub} → {to_hub} ({km} km): {mass} t, {change} a year.",
        "{from_hub}→{to_hub}（{km} km）：{mass} t、年間{change}。",
    ),
    "list_semicolon": ("; ", "、"),
    "only_in_base": ("{sites} sites are in {base} only.", "{base}だけにある拠点：{sites}か所。"),
    "only_in_plan": ("{sites} sites are in {plan} only.", "{plan}だけにある拠点：{sites}か所。"),
    "key_figures": ("Key figures", "主要な数値"),
    "figure": ("Figure", "項目"),
    "change": ("Change", "増減"),
    "change_of": ("Change, {plan}", "増減（{plan}）"),
    "year": ("Year", "年"),
    "policy": ("Policy", "方針"),
    "cost_jpy": ("Cost, million yen/yr", "費用 百万円/年"),
    "cost_jpy_per_t": ("Cost, yen/kg of packs", "電池1 kg当たり費用 円/kg"),
    "byproduct_sales_jpy": ("Sales of copper, aluminium, iron, million yen/yr", "銅・アルミ・鉄の売却収入 百万円/年"),
    "metal_sales_jpy": ("Sales of refined metals, million yen/yr", "製錬した金属の売却収入 百万円/年"),
    "mass_t": ("Packs, t/yr", "電池 t/年"),
    "sites": ("Sites", "拠点数"),
    "hubs": ("Hubs", "ハブ"),
    "refineries": ("Refineries", "製錬所"),
    "mean_haul_km": ("Mean haul of packs, km", "電池の平均輸送距離 km"),
    "transport_t_km": ("Transport of packs, million t·km", "電池の輸送量 百万t·km"),
    "black_mass_t_km": ("Transport of black mass, million t·km", "ブラックマスの輸送量 百万t·km"),
    "co2_t": ("CO2 of transport and processing, t/yr", "輸送・処理のCO2 t/年"),
    "gap": ("Proven gap", "最適性ギャップ"),
    "costs": ("Cost by kind", "費用の内訳"),
    "with_unit": ("{}, {}", "{}（{}）"),
    "by_region": ("By region", "地域別"),
    "region_cost": ("Cost, million yen/yr: {plan}", "費用 百万円/年：{plan}"),
    "region_note": (
        "The cost of a region is that of the packs that arise there, wherever they are processed.",
        "地域の費用は、その地域で発生する電池の費用（処理場所を問わない）。",
    ),
    "plants": ("Plants that change", "変わる設備"),
    "no_plants": ("All plants stay as they are.", "すべての設備は変わらない。"),
    "kind": ("Kind", "種別"),
    "hub": ("Hub", "ハブ"),
    "refinery": ("Refinery", "製錬所"),
    "what": ("What", "変化"),
    "opened": ("opened", "開設"),
    "closed": ("closed", "閉鎖"),
    "converted": ("of another technology", "方式を変更"),
    "enlarged": ("enlarged", "拡大"),
    "reduced": ("reduced", "縮小"),
    "capacity_from": ("Capacity before, t/yr", "変更前の能力 t/年"),
    "capacity_to": ("Capacity after, t/yr", "変更後の能力 t/年"),
    "load_from": ("Load before, t/yr", "変更前の処理量 t/年"),
    "load_to": ("Load after, t/yr", "変更後の処理量 t/年"),
    "moves": ("Who delivers elsewhere", "届け先の変化"),
    "from_hub": ("From hub", "元のハブ"),
    "to_hub": ("To hub", "新しいハブ"),
    "more_moves": (
        "The {count} largest of {total}; all of them, and every site, are in the tables beside this page.",
        "{total}件中、大きい順に{count}件。全件と各拠点は、同じフォルダの表にある。",
    ),
    "differences": ("What was asked differently", "条件の違い"),
    "no_differences": ("Settings, options and input files are the same.", "設定・指定・入力ファイルは同じである。"),
    "value_in": ("Value: {plan}", "値：{plan}"),
    "plan": ("Plan", "計画"),
    "to_map": ("Map of the comparison", "比較の地図"),
    "total": ("Total", "合計"),
}


def comparison_words(lang: Lang, settings: Settings | None = None) -> dict[str, str]:
    """Return the words of a comparison in one language, together with those that all reports share.

    Parameters
    ----------
    lang : {"en", "ja"}
    settings : Settings, optional
        Those that name the commodity.

    Returns
    -------
    dict of str to str
    """
    return report_words(lang, settings) | speak_in_commodity_words(WORDS, settings, lang)
