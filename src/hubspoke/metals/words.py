"""The words in which the metals of a plan are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.words.commodity import speak_in_commodity_words

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

WORDS = {
    "title": ("Metals of {}, {}, policy {}", "{}、{}年、方針 {}の金属"),
    "ledger": ("Where the metal goes, t/yr", "金属のゆくえ t/年"),
    "metal": ("Metal", "金属"),
    "packs": ("in packs", "電池中"),
    "landed": ("from abroad", "海外から"),
    "scrap": ("scrap sold", "スクラップ売却"),
    "product": ("refined", "製錬"),
    "alloy": ("in alloys", "合金"),
    "lost": ("lost", "損失"),
    "lithium": ("{} as metal", "{}（金属量）"),
    "shares": (
        "Demand of new batteries and what recycled metal meets of it, t/yr",
        "新しい電池の需要と再生金属の割合 t/年",
    ),
    "demand": ("demand", "需要"),
    "post_t": ("from packs in use", "使用済み電池から"),
    "pre_t": ("from scrap of works", "工場スクラップから"),
    "abroad_t": ("from abroad", "海外から"),
    "share": ("met, %", "充足率 ％"),
    "demand_note": (
        "{}: {} t of packs in {}. Shares count packs that were in use, scrap of works and metal from abroad.",
        "{}：{}tの電池（{}年）。割合には使用済み電池・工場スクラップ・海外からの金属を含む。",
    ),
    "part_note": (
        "The plan covers {} alone, the demand is that of the whole: shares and recycled content are those of a part.",
        "計画は{}のみを対象とし、需要は全国の値。割合と再生材含有率は一部についての値となる。",
    ),
    "walk": (
        "From the published share to that of the plan, % of demand ({})",
        "公表値から計画の値まで 需要に対する％（{}）",
    ),
    "step": ("step", "段階"),
    "published": ("published", "公表値"),
    "reconstruction": ("left by the reconstruction", "再現による差"),
    "step_demand": ("demand", "需要"),
    "step_packs": ("packs that come back", "回収される電池"),
    "content": ("metal in a tonne of them", "1t当たりの金属"),
    "recovery": ("recovery", "回収率"),
    "abroad": ("metal from abroad", "海外からの金属"),
    "abroad_net": ("metal from abroad, less what stays there", "海外との差引き"),
    "stays_abroad": (
        "Not counted, as refineries abroad recover it and it does not come back (policy.metal_returns_from): {}.",
        "海外の製錬所が回収し戻らないため含めない（policy.metal_returns_from）：{}。",
    ),
    "plan": ("share of the plan", "計画の値"),
    "overall": ("All", "合計"),
    "duties": ("Duties on the whole plan", "計画全体でみた義務"),
    "duty": ("Duty", "義務"),
    "what": ("of", "対象"),
    "asked": ("asked, %", "義務 ％"),
    "reached": ("reached, %", "実績 ％"),
    "margin": ("margin, points", "差 ポイント"),
    "verdict": ("in {}", "{}年"),
    "by_weight": ("all, by weight", "全体の重量"),
    "met": ("met", "達成"),
    "only_with": ("met only if left out or recycled", "除外・再生を含めれば達成"),
    "missed": ("missed", "未達"),
    "later": ("{}; holds from {}", "{}（{}年から適用）"),
    "efficiency": ("Efficiency by weight, % of the packs", "重量でみたリサイクル率 電池に対する％"),
    "alone": ("metals and scrap", "金属・スクラップ"),
    "with_plastics": ("plastics recycled, too", "プラスチックも再生"),
    "without_carbon": ("carbon left out", "炭素を除外"),
    "without_both": ("both", "両方"),
    "efficiency_note": (
        (
            "Until 2029 a recycler may leave carbon and some other substances out of both sides; which of the figures "
            "counts then is his choice, from 2030 on those with carbon count."
        ),
        (
            "2029年までは炭素などの物質を分子・分母の両方から除外できる（どちらの値を用いるかは事業者の選択）。"
            "2030年からは炭素を含む値による。"
        ),
    ),
    "plants": ("Recovery and efficiency by plant, %", "施設別の回収率・リサイクル率 ％"),
    "plant": ("Plant", "施設"),
    "hub": ("hub", "ハブ"),
    "refinery": ("refinery", "製錬所"),
    "furnace": ("electric furnace", "電気炉"),
    "weight": ("by weight", "重量"),
    "missing": ("recovery missed", "未達の回収義務"),
    "plants_note": (
        (
            "A hub's figures hold for the chains that begin there, a refinery's for those that end there: all steps "
            "of a chain count as one, and a hub can claim none before its refineries report."
        ),
        (
            "ハブの値はそこから始まる、製錬所の値はそこで終わる一連の工程全体のもの。全工程を一つとして数えるため、"
            "ハブ単独では実績を主張できない。"
        ),
    ),
    "whole_plan": ("Whole plan", "計画全体"),
    "cure_technology": (
        (
            "{}: {} % at {} ({}). {} recovers {} %: policy.least_recovery_t_per_t.{}={} plans without what does not "
            "reach it."
        ),
        "{0}：{2}（{3}）で{1}％。{4}なら{5}％を回収できる（policy.least_recovery_t_per_t.{6}={7}で達しない方式を除いて計画）。",
    ),
    "cure_none": (
        "{}: {} % at {} ({}), and no technology of the settings reaches {} %.",
        "{0}：{2}（{3}）で{1}％。{4}％に達する方式は設定にない。",
    ),
    "cure_sorting": (
        "{}: hubs sort out {} %; {} % are asked (byproducts.{}.recovery_t_per_t).",
        "{}：ハブでの選別は{}％、義務は{}％（byproducts.{}.recovery_t_per_t）。",
    ),
    "cure_efficiency": (
        "{}: {} t/yr more would have to be recycled as material. Plastics are {} t/yr, carbon in cells {} t/yr: {}.",
        "{}：あと年{} tを材料として再生する必要がある。プラスチックは年{} t、電池セル中の炭素は年{} tで、{}。",
    ),
    "enough": ("together enough", "合わせれば足りる"),
    "not_enough": ("together not enough", "合わせても足りない"),
    "cure_content": (
        "{}: {} t/yr more of {} are needed, as much as {} t/yr of packs of this mix hold that is recovered.",
        "{0}：{2}があと年{1} t必要で、現在の構成の電池 年{3} tから回収される量に当たる。",
    ),
    "cure_unrecovered": (
        "{}: {} t/yr of {} are needed, and the plan recovers none of it.",
        "{0}：{2}が年{1} t必要だが、この計画では回収されない。",
    ),
    "cure_recovery": (
        "{}: {} suffices where every refinery recovers {} % of it: policy.least_recovery_t_per_t.{}={}.",
        "{}：{}はどの製錬所も{}％を回収すれば足りる（policy.least_recovery_t_per_t.{}={}）。",
    ),
    "suffices": (
        "{}: there is enough metal for {} % of the batteries that are bound.",
        "{}：対象となる電池の{}％に足りる金属がある。",
    ),
    "content_note": (
        "Recycled content: {} points of {} come from scrap of works, which the rule counts as scrap before use.",
        "再生材比率：{1}の{0}ポイントは工場スクラップ（使用前）による。",
    ),
    "co2": ("CO2 beside metal made of ore, t/yr", "鉱石からの金属と比べたCO2 t/年"),
    "sold": ("sold, t/yr", "販売量 t/年"),
    "factor": ("ore, kg CO2 per kg", "鉱石 kg CO2/kg"),
    "range": ("range", "範囲"),
    "of_ore": ("CO2 of ore", "鉱石のCO2"),
    "remelted": ("of making metal of scrap", "スクラップ溶製のCO2"),
    "sum": ("Sum", "合計"),
    "steps": ("CO2 of the plan by step, t/yr", "計画のCO2（工程別） t/年"),
    "collection": ("Transport of packs", "電池の輸送"),
    "hubs": ("Hubs", "ハブ"),
    "sea": ("Sea transport", "海上輸送"),
    "transfer": ("Transport of black mass", "ブラックマスの輸送"),
    "refining": ("Refining", "製錬"),
    "furnaces": ("Electric furnaces", "電気炉"),
    "avoided": (
        (
            "Avoided: {} t/yr of CO2, from {} to {} by the ranges of ore; {} kg per kg of packs. Of the refined metals "
            "alone: {} t/yr."
        ),
        "削減量：年{} t-CO2（鉱石の範囲により{}～{}）、電池1 kg当たり{} kg。製錬される金属だけでは年{} t。",
    ),
    "exported": (
        "Metal that leaves with used cars or is lost otherwise, t/yr ({})",
        "中古車輸出などで失われる金属 t/年（{}）",
    ),
    "year": ("Year", "年"),
    "gone": ("packs that leave", "国外へ出る電池"),
    "kept": ("packs that come back", "回収される電池"),
}
"""By key, in English and in Japanese."""


def metals_words(settings: Settings, lang: Lang) -> dict[str, str]:
    """Return the words on metals in the words of the commodity.

    Parameters
    ----------
    settings : Settings
    lang : {"en", "ja"}

    Returns
    -------
    dict of str to str
    """
    return speak_in_commodity_words(WORDS, settings, lang)
