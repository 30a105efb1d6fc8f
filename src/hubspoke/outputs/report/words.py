"""Hold the words of the report in English and Japanese; large sections hold their own beside their code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.language import Pairs, speak

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

__all__ = ["CHECKS", "GROUPS", "WORDS", "Pairs", "report_words", "speak"]

WORDS: Pairs = {
    "contents": ("Contents", "目次"),
    "title": ("{title}, {year}", "{title}、{year}年"),
    "report": ("Report on the plan", "計画報告書"),
    "to_map": ("Map of the plan", "計画の地図"),
    "to_briefing": ("Briefing", "要約"),
    "region_maps": ("Maps of regions", "地域別の地図"),
    "decision": ("The decision", "結論"),
    "decision_text": (
        (
            "In {year}, {sites} sites hand over {mass} t of battery packs. Under the policy “{policy}” the plan runs "
            "{hubs} and {refineries}. It costs {cost} a year, {per_kg} yen per kg of packs."
        ),
        (
            "{year}年、{sites}か所の拠点から電池{mass} tを回収する。方針「{policy}」のもとで、{hubs}、{refineries}を"
            "稼働させる。年間費用は{cost}、電池1 kg当たり{per_kg}円。"
        ),
    ),
    "unrefined_text": (
        (
            "{mass} t of black mass, {share} % of it, do not reach a refinery but go to electric furnaces ({names}); "
            "lost there: {lost}."
        ),
        "ブラックマス{mass} t（{share}％）は製錬所ではなく電気炉（{names}）へ送られる。そこで失われる金属：{lost}。",
    ),
    "supply_text": (
        "The tonnes of all sites are scaled by class and year: {}. Without it they are those of the tables.",
        "全拠点の量を種類別・年別に換算した：{}。換算しなければ入力表のとおり。",
    ),
    "costs_text": (
        "Plants are costed at another level than usual: {}.",
        "施設の費用は標準とは異なる水準による：{}。",
    ),
    "split_text": (
        "The table of sites states no classes of packs for some totals; they were divided so: {}.",
        "拠点の表に電池の種類の記載がない合計値は、次の割合で分けた：{}。",
    ),
    "largest_term": (
        "The largest item is “{term}”, {share} % of the cost.",
        "最大の費目は「{term}」で、費用の{share}％を占める。",
    ),
    "together": ("Plants are {}.", "施設は{}。"),
    "extremes": (
        "Per kg it is cheapest in {low} ({low_per_kg} yen) and dearest in {high} ({high_per_kg} yen).",
        "1 kg当たりでは{low}（{low_per_kg}円）が最も安く、{high}（{high_per_kg}円）が最も高い。",
    ),
    "hub_one": ("one hub", "ハブ1か所"),
    "hub_many": ("{} hubs", "ハブ{}か所"),
    "refinery_one": ("one refinery", "製錬所1か所"),
    "refinery_many": ("{} refineries", "製錬所{}か所"),
    "refinery_none": ("no refinery", "製錬所なし"),
    "some_idle": (" ({} of them idle)", "（うち{}か所は不使用）"),
    "all_idle": (" (idle)", "（不使用）"),
    "proof_exact": ("No plan under the same rules costs less.", "同じ条件でこれより安い計画は存在しない（証明済み）。"),
    "proof_gap": (
        "No plan under the same rules costs more than {gap} less.",
        "同じ条件でこれより{gap}を超えて安い計画は存在しない（証明済み）。",
    ),
    "proof_early": (
        "The search ended early: a plan up to {gap} cheaper is not ruled out.",
        "探索は途中で終了した。最大{gap}安い計画の可能性が残る。",
    ),
    "proof_none": (
        "The search ended early: nothing is proven about cheaper plans.",
        "探索は途中で終了した。より安い計画の有無は証明されていない。",
    ),
    "proof_exact_profit": (
        "No plan under the same rules earns more.",
        "同じ条件でこれより利益の大きい計画は存在しない（証明済み）。",
    ),
    "proof_gap_profit": (
        "No plan under the same rules earns more than {gap} of cost and forgone sales more.",
        "同じ条件で、費用と失う売上の{gap}を超えて利益の大きい計画は存在しない（証明済み）。",
    ),
    "proof_early_profit": (
        "The search ended early: up to {gap} of cost and forgone sales may be earned more.",
        "探索は途中で終了した。費用と失う売上の最大{gap}だけ利益の大きい計画の可能性が残る。",
    ),
    "proof_exact_co2": (
        "No plan under the same rules emits less.",
        "同じ条件でこれより排出の少ない計画は存在しない（証明済み）。",
    ),
    "proof_gap_co2": (
        "No plan under the same rules emits more than {gap} less.",
        "同じ条件でこれより{gap}を超えて排出の少ない計画は存在しない（証明済み）。",
    ),
    "proof_early_co2": (
        "The search ended early: a plan that emits up to {gap} less is not ruled out.",
        "探索は途中で終了した。最大{gap}排出の少ない計画の可能性が残る。",
    ),
    "aim_profit": (
        "It was chosen for the most profit: sales of metals less cost, {value} a year.",
        "利益（金属の売却収入から費用を引いた額）を最大にする計画で、年間{value}。",
    ),
    "aim_co2": (
        "It was chosen for the least CO2 of transport and plants: {value} a year.",
        "輸送と設備のCO2を最小にする計画で、年間{value}。",
    ),
    "left_out_text": (
        "{mass} t of {sites} sites stay where they are, as fetching them would not pay.",
        "{sites}か所の{mass} tは、回収が見合わないため回収しない。",
    ),
    "profit": ("Profit per year", "年間利益"),
    "metal_sales": ("Sales of refined metals", "製錬金属の売却収入"),
    "left_out": ("Packs left at their sites", "未回収の電池"),
    "objective_cost": ("Cost per year", "年間費用"),
    "objective_profit": ("Profit per year", "年間利益"),
    "objective_co2": ("CO2 per year", "年間CO2排出量"),
    "synthetic_all": (
        (
            "All {sites} sites are synthetic: placed by statistics, not real businesses. Tonnes of future years are a "
            "scenario."
        ),
        "{sites}拠点はすべて統計から作った合成データで、実在の事業者ではない。将来年の排出量はシナリオである。",
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
    "sales": ("Sales of {sold} (not in the cost)", "{sold}の売却収入（費用に含めず）"),
    "packs": ("Packs", "電池"),
    "sites": ("Sites", "拠点数"),
    "plants": ("Hubs + refineries in use", "稼働するハブ＋製錬所"),
    "standing": ("Existing plants used", "既設施設の利用"),
    "standing_told": ("{} of {}", "{1}か所のうち{0}か所"),
    "extended_told": (
        "; {} of them extended by more than half of what stands",
        "、うち{}か所は既設の半分を超えて増設",
    ),
    "stands_today": ("Of it today, t/yr", "うち既設 t/年"),
    "plants_built": ("Hubs + refineries", "ハブ＋製錬所"),
    "mean_haul": ("Mean haul of a tonne of packs", "電池1 tの平均輸送距離"),
    "t_km": ("Transport of packs", "電池の輸送量"),
    "co2": ("CO2 of transport and processing", "輸送・処理のCO2"),
    "bound": ("Proven lower bound", "証明済み下限"),
    "upper_bound": ("Proven upper bound", "証明済み上限"),
    "gap": ("Proven gap", "最適性ギャップ"),
    "gap_asked": ("Gap asked for", "指定したギャップ"),
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
    "without_it": ("Without it, a year", "閉鎖した場合（年間）"),
    "close_calls": ("Plants that are close calls", "選定が僅差の施設"),
    "close_calls_told": ("{} of {}, {} of them toss-ups", "{1}か所中{0}か所（うちほぼ同等{2}か所）"),
    "close_calls_unrated": ("not rated", "判定なし"),
    "lost_to_slag": ("Lost to slag, which refining usually recovers", "スラグに失われる金属（通常の製錬なら回収）"),
    "assumed_text": (
        "* larger than any plant of its technology known to run; that it works at this size is an assumption.",
        "＊同じ方式で実績のある最大能力を超える。この規模で稼働できることは仮定である。",
    ),
    "firmness_text": (
        (
            "“Without it”: what the best plan without the plant costs more. Below {tossup} % of the cost of its region"
            " the choice is a toss-up, below {close} % a close call; a plant that nothing can replace is needed."
        ),
        (
            "「閉鎖した場合」は、その施設なしの最良計画の費用増。地域の費用の{tossup}％未満ならほぼ同等、"
            "{close}％未満なら僅差。「代替なし」は、その施設なしでは計画が成り立たない。"
        ),
    ),
    "fixed_cost": ("Fixed cost of the plant, million yen/yr", "施設の固定費 百万円/年"),
    "yen": ("yen", "円"),
    "million_yen": ("million yen/yr", "百万円/年"),
    "yen_per_kg": ("yen/kg", "円/kg"),
    "regional_cost": ("Cost, million yen/yr", "費用 百万円/年"),
    "cost_of_packs": (
        "Cost of its packs, wherever they go, million yen/yr",
        "発生した電池の費用（処理場所を問わない） 百万円/年",
    ),
    "cost_here": ("Cost of the sites and plants here, million yen/yr", "域内の拠点・施設の費用 百万円/年"),
    "t_per_yr": ("t/yr", "t/年"),
    "idle": ("open, idle", "不使用"),
    "total": ("Total", "合計"),
    "share": ("Share", "割合"),
    "list_comma": (", ", "、"),
    "and_more": (" and {} more", "、ほか{}か所"),
    "mean_line": ("all: {}", "全体 {}"),
    "chart_collection": (
        "Collection and hub processing per kg of packs, by region of the site",
        "拠点の地域別：回収・中間処理の電池1 kg当たり費用",
    ),
    "chart_use_hubs": ("Capacity use of hubs", "ハブの稼働率"),
    "chart_use_refineries": ("Capacity use of refineries", "製錬所の稼働率"),
    "chart_distance": ("Distance from site to hub, by tonnes", "拠点からハブまでの距離（トン数）"),
    "imports": ("Black mass from abroad", "海外からのブラックマス"),
    "import_source": ("Source", "調達元"),
    "port": ("Port", "荷揚げ港"),
    "landed": ("Landed, t/yr", "荷揚げ量 t/年"),
    "sea_km": ("By sea, km", "海上距離 km"),
    "bought": ("Bought for, million yen/yr", "購入費 百万円/年"),
    "shipped": ("Ship, million yen/yr", "海上輸送費 百万円/年"),
    "per_kg_landed": ("Yen/kg at the port", "港での単価 円/kg"),
    "sea_co2": ("CO2 at sea, t/yr", "海上CO2 t/年"),
    "transport": ("Transport of packs", "電池の輸送"),
    "half_within": ("Half of the tonnes travel at most", "半分の電池の輸送距離（以内）"),
    "most_within": ("Nine tenths of the tonnes travel at most", "9割の電池の輸送距離（以内）"),
    "farthest": ("The farthest", "最長"),
    "by_ferry": ("Carried by ferry on the way", "途中フェリーを使う電池"),
    "trips": ("Trips per year", "年間便数"),
    "materials": ("Materials", "回収物"),
    "chart_metals": ("Metals in the packs, and recovered by refining", "電池に含まれる金属と製錬での回収量"),
    "contained": ("contained", "含有"),
    "recovered": ("recovered", "回収"),
    "chart_materials": ("What comes out of the hubs", "ハブで回収される物質"),
    "percent": ("% of capacity", "能力に対する％"),
    "distance_axis": ("km by road and sea", "道路・海路 km"),
    "packs_axis": ("Packs, t/yr", "電池 t/年"),
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
    "checks_passed": ("Checks that passed", "合格した検査"),
    "check": ("Check", "検査"),
    "failed": ("failed", "不合格"),
    "costs": ("Cost by stage", "段階別の費用"),
    "kind": ("Kind", "種類"),
    "assumptions": ("Assumptions", "前提条件"),
    "assumptions_text": (
        "Every number below comes from the settings. A mark ● shows a number that the user set.",
        "以下の数値はすべて設定値である。● は利用者が変更した値。",
    ),
    "confidence_count": ("Confidence of the {total} numbers: {told}.", "{total}個の数値の確度：{told}。"),
    "key": ("Key", "項目"),
    "elsewhere": ("{} ({})", "{}（{}）"),
    "picture": ("Sites in the colour of their hub, hubs and refineries", "拠点（届け先ハブの色）、ハブ・製錬所"),
    "no_limit": ("none", "なし"),
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
}


CHECKS: Pairs = {
    "statement": ("the head of the plan says what its settings and tables say", "計画の見出しが設定・表と一致"),
    "known-ids": ("every site and plant is known", "すべての拠点・設備が入力にある"),
    "descriptions": ("sites and plants are described as in the input", "拠点・設備の記述が入力と一致"),
    "supply": ("tonnes of every site are those of the input", "各拠点の排出量が入力と一致"),
    "sizes": ("capacities are sizes that may be built", "能力は建設可能な規模"),
    "lanes": ("distances, trips and CO2 of every lane", "全経路の距離・便数・CO2"),
    "cost-terms": ("every cost term, computed again", "全費目の再計算"),
    "sites-served": ("every site is served once", "全拠点が一度だけ回収される"),
    "single-sourcing": ("no site is divided where that is forbidden", "禁止時に拠点が分割されていない"),
    "open-plants": ("only open plants are used", "稼働設備だけが使われる"),
    "loads": ("loads of hubs and refineries are the sums of what they receive", "処理量は受入量の合計"),
    "capacity": ("no plant takes more than its capacity", "能力を超える設備がない"),
    "black-mass": ("black mass leaves hubs as the yields say", "ブラックマス量が収率と一致"),
    "imports": ("all black mass from abroad lands and leaves its port", "海外のブラックマスはすべて港に着き、港を出る"),
    "borders": ("borders of regions are kept where they are closed", "地域境界の規則を守る"),
    "destinations": (
        "Black mass goes where its grade is taken and may go",
        "ブラックマスは規格を受け入れる製錬所だけへ",
    ),
    "counts": ("numbers of plants keep the policy", "設備数が方針どおり"),
    "least-throughput": ("every open plant takes in what it must at least", "稼働設備が最低処理量を満たす"),
    "shared-ground": ("hubs save fixed cost only beside an open refinery", "節約は稼働製錬所と同一敷地のハブに限る"),
    "haul": ("no lane is longer than allowed", "輸送距離の上限を守る"),
    "least-recovery": ("no refinery recovers less of a metal than is asked for", "製錬所の回収率が下限を守る"),
    "recycled-content": (
        "refineries give as much recycled metal as is asked for",
        "再生金属の供給量が求める量に達する",
    ),
    "ores": ("CO2 of ores for metal that is lost", "失われる金属の鉱石由来CO2"),
    "furnaces": (
        "All is refined where it must be; sales lost in electric furnaces are those of the metals there",
        "製錬義務の遵守、電気炉で失う売却収入",
    ),
    "forced": ("plants asked to be open or closed are so", "開設・閉鎖の指定を守る"),
    "sums": ("cost terms sum to the costs of rows", "費目の合計が各行の費用と一致"),
    "objective": ("all costs sum to the cost of the plan, to the yen", "費用の総和が計画の費用と1円まで一致"),
    "bound": ("bound, gap and status agree", "下限・ギャップ・状態が整合"),
    "regions": ("totals of regions are the sums of their rows", "地域別の値が各行の合計と一致"),
    "landings": ("what lands from abroad, and its cost, computed again", "海外からの荷揚げ量と費用の再計算"),
    "firmness": (
        "what closing a plant costs, against the limits of firmness",
        "施設の閉鎖による差額と選定の確実さの限度",
    ),
    "proven": ("plants larger than any that is proven are called so", "実績のある最大能力を超える施設の表示"),
    "alternatives": ("runners-up and what other plants would cost, computed again", "次点と他の施設の費用差の再計算"),
}
"""Checks of the audit, by their names."""

GROUPS: Pairs = {
    "firmness": ("Firmness of plants", "施設選定の確実さ"),
    "policy": ("Policy", "方針"),
    "classes": ("Packs by class", "電池の種類"),
    "grades": ("Black mass by grade", "ブラックマスの種類"),
    "metals": ("Metals", "金属"),
    "market": ("Exchange rate", "為替"),
    "price_levels": ("Metal prices", "金属価格"),
    "contracts": ("Contracts", "契約方式"),
    "reference": ("Published totals", "公表値"),
    "demand": ("Demand of new batteries", "新しい電池の需要"),
    "duties": ("Duties on recycling", "リサイクルの義務"),
    "supply": ("Tonnes that come back", "発生量"),
    "collection": ("Collection", "回収"),
    "trucks": ("Trucks", "トラック"),
    "roads": ("Roads", "道路"),
    "ferries": ("Ferries", "フェリー"),
    "hub_technologies": ("Hubs by technology", "ハブの方式"),
    "refinery_technologies": ("Refineries by technology", "製錬所の方式"),
    "furnaces": ("Electric furnaces", "電気炉"),
    "sizes": ("Plant sizes", "設備規模"),
    "finance": ("Finance", "財務"),
    "shared_ground": ("Hub and refinery on one ground", "ハブと製錬所の同一敷地"),
    "byproducts": ("Scrap metals", "副産物"),
    "carbon": ("CO2", "CO2"),
}
"""Headings for the parts of the settings; a part without one is shown under its key."""


def report_words(lang: Lang, settings: Settings | None = None) -> dict[str, str]:
    """Return the words that all sections share, in one language.

    Parameters
    ----------
    lang : {"en", "ja"}
    settings : Settings, optional
        Those that name the commodity; batteries when left out.

    Returns
    -------
    dict of str to str
        By key.

    Raises
    ------
    UsageError
        An unknown language.
    """
    return speak_in_commodity_words(WORDS, settings, lang)
