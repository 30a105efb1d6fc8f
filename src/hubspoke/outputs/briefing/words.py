"""Words of a briefing, in English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.words.commodity import speak_in_commodity_words

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "briefing": ("Briefing", "要点"),
    "steps": ("Steps", "項目"),
    "map": ("Map of the plan", "計画の地図"),
    "to_map": ("Interactive map", "操作できる地図"),
    "to_report": ("Full report", "詳しいレポート"),
    "keys": ("Arrow keys or the numbers lead from step to step.", "矢印キーまたは番号で項目を移動します。"),
    "synthetic": (
        "Sites are synthetic: placed by statistics, not real businesses.",
        "解体拠点は統計から作った合成データで、実在の事業者ではありません。",
    ),
    "comma": (", ", "、"),
    "t_per_yr": ("t/yr", "t/年"),
    "kt_per_yr": ("kt/yr", "千t/年"),
    "yen_per_kg": ("yen/kg", "円/kg"),
    "share": ("Share", "割合"),
    "region": ("Region", "地域"),
    "packs": ("Packs", "電池"),
    "sites": ("Sites", "拠点数"),
    "hub": ("Hub", "ハブ"),
    "refinery": ("Refinery", "製錬所"),
    "plant": ("Plant", "施設"),
    "a_hub": ("hub", "ハブ"),
    "a_refinery": ("refinery", "製錬所"),
    "of_kind": ("{}, {}", "{}（{}）"),
    "sum": ("Together", "合計"),
    "same_ground": ("same ground", "同じ敷地"),
    # 1
    "arise_title": ("{mass} of packs leave {sites} sites in {year}", "{year}年、{sites}拠点から電池{mass}が出る"),
    "arise_share": (", {share} % of them in {region}", "。{share}％は{region}"),
    "arise_lead": (
        "The largest tenth of the sites has {share} % of the tonnes.",
        "上位1割の拠点が{share}％を占めます。",
    ),
    "arise_left": ("{mass} a year are left at {sites} sites.", "年{mass}は{sites}拠点に残されます。"),
    "arise_source": ("Tonnes by site of the input, for {year}.", "入力表の{year}年の拠点別発生量。"),
    "arise_scenario": ("Scaled: {}.", "換算：{}。"),
    # 2
    "flow_home": (
        "Every region keeps its own packs: they travel {km} km on average",
        "電池は地域内で運ばれ、平均{km} km",
    ),
    "flow_cross": (
        "{share} % of the packs cross a regional border: they travel {km} km on average",
        "電池の{share}％が地域を越え、平均{km} km運ばれる",
    ),
    "flow_one": ("Packs travel {km} km on average", "電池は平均{km} km運ばれる"),
    "flow_lead": (
        "Colours are hubs; lines are the roads and ferries that the plan pays for, as wide as their tonnes.",
        "色はハブ、線は計画が費用を払う道路とフェリーで、太さは量です。",
    ),
    "flow_black_home": ("Black mass stays in its region, too.", "ブラックマスも地域内にとどまります。"),
    "flow_black": (
        "{share} % of the black mass goes to another region.",
        "ブラックマスの{share}％は他地域へ送られます。",
    ),
    "mean_haul": ("Mean haul of packs", "電池の平均輸送距離"),
    "work": ("Transport", "輸送量"),
    "co2": ("CO2 of plants and transport", "施設と輸送のCO2"),
    "busiest": ("The busiest links", "量の多い区間"),
    "link": ("From – to", "区間"),
    "route": ("Road", "路線"),
    "trucks": ("Loaded trucks a day", "台数/日（積載）"),
    "flow_source": (
        "Cheapest ways on the road graph of the input; road_loads.csv has every link.",
        "入力の道路網での最小費用経路。全区間はroad_loads.csvにあります。",
    ),
    # 3
    "plants_title": ("{hubs} and {refineries} take everything", "{hubs}・{refineries}ですべてを処理"),
    "hubs_one": ("One hub", "ハブ1か所"),
    "hubs_many": ("{} hubs", "ハブ{}か所"),
    "refineries_none": ("no refinery", "製錬所なし"),
    "refineries_one": ("one refinery", "製錬所1か所"),
    "refineries_many": ("{} refineries", "製錬所{}か所"),
    "ground_one": (", one pair on one ground", "（うち1組は同じ敷地）"),
    "ground_many": (", {} pairs on one ground", "（うち{}組は同じ敷地）"),
    "plants_standing": ("Stand today: {standing}. To be built: {new}.", "既設{standing}、新設{new}。"),
    "plants_table": ("Who takes what", "地域ごとの受け入れ先"),
    "plants_source": ("hubs.csv and refineries.csv of the plan.", "計画のhubs.csvとrefineries.csv。"),
    # 4
    "cost_title": (
        "It costs {cost} a year, {per_kg} yen per kg: {share} % of it is {stage}",
        "費用は年{cost}、1kg当たり{per_kg}円。{share}％は{stage}",
    ),
    "stage_collection": ("collection", "回収"),
    "stage_hub": ("hubs", "ハブ"),
    "stage_black_mass": ("hauling black mass", "ブラックマスの輸送"),
    "stage_refinery": ("refining", "製錬"),
    "cost_lead": (
        "Cheapest behind {low} ({low_kg} yen/kg), dearest behind {high} ({high_kg} yen/kg).",
        "最も安いのは{low}（{low_kg}円/kg）、最も高いのは{high}（{high_kg}円/kg）です。",
    ),
    "cost_proof": ("No plan under the same rules costs less.", "同じ条件でこれより安い計画はありません。"),
    "cost_gap": (
        "A plan under the same rules could cost {gap} less at most.",
        "同じ条件で安くなる余地は最大{gap}です。",
    ),
    "cost_unproven": ("How close to the best this is was not proven.", "最適にどれだけ近いかは証明されていません。"),
    "cost_source": (
        "costs.csv of the plan. {low} of {total} numbers that it rests on have low confidence.",
        "計画のcosts.csv。前提とした{total}個の数値のうち{low}個は信頼度が低い値です。",
    ),
    # 5
    "firm_title": ("{firm} of {rated} choices are firm", "{rated}施設のうち{firm}は確実"),
    "firm_title_none": ("No choice of the {rated} is firm", "{rated}施設のうち確実なものはない"),
    "firm_title_all": ("All {rated} choices are firm", "{rated}施設すべてが確実"),
    "firm_toss": (", {toss} are toss-ups", "、{toss}はほぼ同等の候補がある"),
    "firm_toss_one": (", one is a toss-up", "、1はほぼ同等の候補がある"),
    "firm_unknown": ("How firm the choices are is not known", "選定の確実さは不明"),
    "firm_lead": (
        "To close a toss-up adds less than {toss} % of its region's cost, to close a firm choice {close} % or more.",
        "なかった場合の増額が地域の費用の{toss}％未満なら「ほぼ同等」、{close}％以上なら「確実」です。",
    ),
    "firm_lead_unknown": (
        "Closing a plant was not priced under these rules.",
        "この条件では施設を閉鎖した場合の差額を計算していません。",
    ),
    "firm_table": ("The least firm first", "確実でない順"),
    "without": ("Without it", "なかった場合"),
    "instead": ("Then opens", "代わり"),
    "rating": ("Firmness", "確実さ"),
    "firm_source": (
        "Each plant was closed and the plan made anew, or bounded.",
        "施設を1つずつ閉鎖して計画を作り直した結果（または上下限）です。",
    ),
    # 6
    "rule_title": ("Closest to being chosen: {name}, for {more} a year more", "次点は{name}（年{more}の増額）"),
    "rule_title_none": ("No other candidate is known to come close", "僅差の次点は見つかっていない"),
    "rule_lead": ("The rule: {policy}.", "方針：{policy}。"),
    "rule_ask": (
        "What the rule itself costs, a plan under another one tells:",
        "方針そのものの費用は、別の方針の計画と比べると分かります：",
    ),
    "rule_table": ("Candidates that would cost least more", "差額の小さい候補地"),
    "more": ("More a year", "増額/年"),
    "instead_of": ("In the place of", "入れ替える施設"),
    "beside": ("beside all others", "追加"),
    "rule_source": (
        "Upper estimates: all else stays as planned. A new plan may cost less (hubspoke explain).",
        "上限の見積り（他は計画のまま）。作り直せば差額はもっと小さいことがあります（hubspoke explain）。",
    ),
    # 7
    "next_title": ("Decide by {year}: {plants} to build", "{year}年までに決定：新設{plants}"),
    "next_title_now": ("{plants} to build", "新設{plants}"),
    "next_title_none": ("Nothing is to be built", "新設はない"),
    "plants_one": ("one plant", "1施設"),
    "plants_many": ("{} plants", "{}施設"),
    "next_lead": (
        "From the decision until a plant runs it takes up to {lead} years; the plan is for {year}.",
        "決定から稼働まで最長{lead}年、計画年は{year}年です。",
    ),
    "next_settle": (
        "Settle the {count} toss-ups on the ground: {names}.",
        "ほぼ同等の{count}施設は現地の条件で決める：{names}。",
    ),
    "next_settle_one": ("Settle the toss-up on the ground: {names}.", "ほぼ同等の1施設は現地の条件で決める：{names}。"),
    "next_close": ("Ask for quotes where it is close: {names}.", "僅差の施設は見積りを取る：{names}。"),
    "next_numbers": (
        "Check the {low} numbers of low confidence, those of the dearest stage ({stage}) first.",
        "信頼度の低い{low}個の数値を確かめる。まず費用の大きい{stage}から。",
    ),
    "next_sites": (
        "Put real sites in the place of the {count} synthetic ones.",
        "合成データの{count}拠点を実際の拠点に置き換える。",
    ),
    "next_larger": (
        "Visit plants of that size: {names} would be larger than any known to run.",
        "{names}は実績のある最大能力を超える。同規模の実績を確かめる。",
    ),
    "next_more": ("and {} more", "ほか{}"),
    "next_source": (
        "lead_time_yr of the technologies; firmness and confidence as in steps 4 and 5.",
        "技術のlead_time_yr。確実さと信頼度は項目4・5のとおり。",
    ),
}


def briefing_words(lang: Lang, settings: Settings) -> dict[str, str]:
    """Return all words of a briefing in one language, in the words of the commodity.

    Parameters
    ----------
    lang : {"en", "ja"}
    settings : Settings
    """
    return speak_in_commodity_words(WORDS, settings, lang)
