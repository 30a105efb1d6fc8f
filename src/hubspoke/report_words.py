"""Every word of the report, in English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubspoke.maps.drawable import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "report": ("Report on the plan", "計画報告書"),
    "to_map": ("Map of the plan", "計画の地図"),
    "decision": ("The decision", "結論"),
    "decision_text": (
        (
            "In {year}, {sites} sites hand over {mass} t of battery packs. Under the policy “{policy}” the plan runs "
            "{hubs} and {refineries}. It costs {cost} a year, {per_kg} yen per kg of packs. {proof}"
        ),
        (
            "{year}年、{sites}か所の拠点から電池{mass} tを回収する。方針「{policy}」のもとで、{hubs}、{refineries}を"
            "稼働させる。年間費用は{cost}、電池1 kg当たり{per_kg}円。{proof}"
        ),
    ),
    "hub_one": ("one hub", "ハブ1か所"),
    "hub_many": ("{} hubs", "ハブ{}か所"),
    "refinery_one": ("one refinery", "製錬所1か所"),
    "refinery_many": ("{} refineries", "製錬所{}か所"),
    "refinery_none": ("no refinery", "製錬所なし"),
    "proof_exact": ("No plan under the same rules costs less.", "同じ条件でこれより安い計画は存在しない（証明済み）。"),
    "proof_gap": (
        "No plan under the same rules costs more than {gap} less.",
        "同じ条件でこれより{gap}を超えて安い計画は存在しない（証明済み）。",
    ),
    "proof_early": (
        "The search was stopped early: a plan up to {gap} cheaper is not ruled out.",
        "探索は途中で終了した。最大{gap}安い計画の可能性が残る。",
    ),
    "synthetic": (
        (
            "{count} of the {sites} sites are synthetic: placed by statistics, not real businesses. Tonnes of future "
            "years are a scenario."
        ),
        (
            "{sites}拠点のうち{count}拠点は統計から作った合成データで、実在の事業者ではない。"
            "将来年の排出量はシナリオである。"
        ),
    ),
    "key_figures": ("Key figures", "主要な数値"),
    "cost_total": ("Cost per year", "年間費用"),
    "cost_per_kg": ("Cost per kg of packs", "電池1 kg当たり費用"),
    "sales": ("Sales of copper, aluminium and iron (not in the cost)", "銅・アルミ・鉄の売却収入（費用に含めず）"),
    "packs": ("Packs", "電池"),
    "sites": ("Sites", "拠点数"),
    "t_km": ("Transport of packs", "電池の輸送量"),
    "co2": ("CO2 of transport and processing", "輸送・処理のCO2"),
    "bound": ("Proven lower bound", "証明済み下限"),
    "gap": ("Proven gap", "最適性ギャップ"),
    "status": ("Status", "状態"),
    "optimal": ("solved within the gap asked for", "指定したギャップ内で求解"),
    "feasible": ("stopped early", "途中終了"),
    "policy": ("Policy", "方針"),
    "by_region": ("By region", "地域別"),
    "region": ("Region", "地域"),
    "hubs": ("Hubs", "ハブ"),
    "refineries": ("Refineries", "製錬所"),
    "name": ("Name", "名称"),
    "technology": ("Technology", "方式"),
    "capacity": ("Capacity, t/yr", "能力 t/年"),
    "load": ("Load, t/yr", "処理量 t/年"),
    "use": ("Use", "稼働率"),
    "fixed_cost": ("Plant cost, million yen/yr", "設備費等 百万円/年"),
    "million_yen": ("million yen/yr", "百万円/年"),
    "yen_per_kg": ("yen/kg", "円/kg"),
    "regional_cost": ("Cost, million yen/yr", "費用 百万円/年"),
    "t_per_yr": ("t/yr", "t/年"),
    "idle": ("open, idle", "不使用"),
    "charts": ("Charts", "図表"),
    "chart_cost": ("Cost by kind", "費用の内訳"),
    "chart_region": ("Cost per kg of packs by region", "地域別の電池1 kg当たり費用"),
    "chart_collection": (
        "Collection and hub processing per kg of packs, by region of the site",
        "拠点の地域別：回収・中間処理の電池1 kg当たり費用",
    ),
    "chart_use": ("Capacity use of open plants", "稼働設備の稼働率"),
    "chart_distance": ("Distance from site to hub, by tonnes", "拠点からハブまでの距離（トン数）"),
    "chart_materials": ("What comes out of the hubs", "ハブで回収される物質"),
    "percent": ("% of capacity", "能力に対する％"),
    "copper": ("Copper", "銅"),
    "aluminium": ("Aluminium", "アルミ"),
    "iron": ("Iron", "鉄"),
    "distance_axis": ("km by road and sea", "道路・海路 km"),
    "tonnes_axis": ("t/yr", "t/年"),
    "proof": ("Proof and checks", "証明と検算"),
    "proof_text": (
        (
            "The bound holds for every plan under the same rules and data. After solving, cost and feasibility were "
            "recounted from the tables, without the model; a plan that fails is not written. Recounted for this report "
            "from the tables alone:"
        ),
        (
            "下限は、同じ条件・データでのすべての計画に対して成り立つ。求解後、モデルを使わず表だけから費用と"
            "実行可能性を再計算しており、不合格の計画は出力されない。本報告書の作成時に表から再計算した項目："
        ),
    ),
    "passed": ("passed", "合格"),
    "failed": ("failed", "不合格"),
    "costs": ("Cost by kind", "費用の内訳"),
    "kind": ("Kind", "種類"),
    "assumptions": ("Assumptions", "前提条件"),
    "assumptions_text": (
        "Every number below comes from the settings. A mark ● shows a number that the user set.",
        "以下の数値はすべて設定値である。● は利用者が変更した値。",
    ),
    "key": ("Key", "項目"),
    "value": ("Value", "値"),
    "unit": ("Unit", "単位"),
    "range": ("Range", "範囲"),
    "source": ("Source", "出典"),
    "confidence": ("Confidence", "確度"),
    "high": ("high", "高"),
    "medium": ("medium", "中"),
    "low": ("low", "低"),
    "user": ("user", "利用者"),
    "input": ("Input and options", "入力と指定"),
    "file": ("File", "ファイル"),
    "option": ("Option", "指定"),
    "other": ("Everything else", "その他"),
}


def report_words(lang: Lang) -> dict[str, str]:
    """Give all words of the report in one language."""
    column = ("en", "ja").index(lang)
    return {key: pair[column] for key, pair in _WORDS.items()}
