"""Hold every word on a map, in English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.maps.what_if.words import WORDS as WHAT_IF_WORDS
from hubspoke.words.language import speak

if TYPE_CHECKING:
    from hubspoke.words.language import Lang

_WORDS: dict[str, tuple[str, str]] = {
    # layers
    "sites": ("Dismantling sites", "解体拠点"),
    "catchments": ("Catchments of the hubs", "ハブの集荷圏"),
    "packs": ("Battery packs to hub, t/yr", "拠点からハブへの電池（t/年）"),
    "black_mass_flows": ("Black mass to refinery, t/yr", "製錬所へのブラックマス（t/年）"),
    "hubs": ("Hubs", "ハブ（中間処理）"),
    "refineries": ("Refineries", "製錬所"),
    "candidates": ("Candidates not chosen", "選ばれなかった候補地"),
    # panel
    "metal_flow": ("Flow of metals", "金属の流れ"),
    "metal_flow_of": ("Of", "対象"),
    "metal_flow_stale": ("Of the plan as it was solved, without what is asked.", "変更前の計画のものです。"),
    "whole_plan": ("The whole plan", "計画全体"),
    "plants": ("Plants", "施設"),
    "per_year": ("per year", "年間"),
    "cost": ("Total cost", "総費用"),
    "cost_per_kg": ("Cost per kg of packs", "電池1kg当たり費用"),
    "of_packs": ("of battery packs", "電池重量当たり"),
    "yen": ("yen", "円"),
    "a_year": (" a year", "／年"),
    "t_km": ("t·km", "トンキロ"),
    "yen_per_kg": ("yen/kg", "円/kg"),
    "profit": ("Profit", "利益"),
    "left_out": ("Battery packs left at their sites", "未回収の電池"),
    "supply": ("Tonnes scaled", "発生量の換算"),
    "cost_level": ("Level of costs", "費用水準"),
    "collected": ("Battery packs collected", "回収する電池"),
    "site_count": ("Sites", "解体拠点"),
    "hub_count": ("Hubs", "ハブ"),
    "refinery_count": ("Refineries", "製錬所"),
    "existing": ("existing", "既設"),
    "new": ("new", "新設"),
    "existing_count": ("{} existing", "既設{}"),
    "new_count": ("{} new", "新設{}"),
    "detail": ("{} ({})", "{}（{}）"),
    "comma": (", ", "、"),
    "in_year": ("{}", "{}年"),
    "transport": ("Transport", "輸送量"),
    "co2": ("CO2 emissions", "CO2排出量"),
    "gap": ("Proven gap", "最適性ギャップ"),
    "proven_optimal": ("no plan costs less", "最適"),
    "feasible": ("stopped early", "途中で終了"),
    "costs": ("Cost by kind, million yen/yr", "費用の内訳（百万円/年）"),
    "stages": ("Cost by stage, million yen/yr", "段階別費用（百万円/年）"),
    "million_yen": ("million yen/yr", "百万円/年"),
    "standing": ("Capital of what stands unused", "遊休資本費等"),
    "other_costs": ("Everything else", "その他"),
    "credit_note": ("Below zero: income from scrap metals", "マイナスは副産物（金属くず）の売却収入"),
    "synthetic": (
        "Sites are synthetic: placed by statistics, not real businesses.",
        "解体拠点は統計から作った合成データで、実在の事業者ではありません。",
    ),
    "regions": ("Maps by region", "地域別の地図"),
    "inset": ("Islands farther off: show them on the map", "離島を地図で表示"),
    "back": ("Map of Japan", "全国の地図へ"),
    "pages": ("More on this plan", "この計画について"),
    "to_report": ("Report", "レポート"),
    "to_briefing": ("Briefing", "要約"),
    "key_figures": ("Key figures", "主要な数値"),
    # policies
    "regional": (
        "one hub and one refinery in every region, borders closed",
        "各地域にハブ1・製錬所1、地域内で完結",
    ),
    "shared-refinery": (
        "one hub in every region, refineries shared",
        "各地域にハブ1、製錬所は地域間で共用",
    ),
    "open": (
        "hubs and refineries wherever they pay, borders open",
        "ハブ・製錬所の数と場所は自由、越境可",
    ),
    # legend
    "legend": ("Layers and legend", "レイヤーと凡例"),
    "by_region": ("Show by region", "地域別に表示"),
    "site_size": ("Area: battery packs, t/yr; colour: the hub", "面積：電池の量（t/年）、色：届け先のハブ"),
    "unserved": ("Site not served", "未回収の解体拠点"),
    "hub_existing": ("Hub, existing plant", "ハブ（既設）"),
    "hub_new": ("Hub, new plant", "ハブ（新設）"),
    "refinery_existing": ("Refinery, existing plant", "製錬所（既設）"),
    "refinery_new": ("Refinery, new plant", "製錬所（新設）"),
    "ground_symbol": ("Hub and refinery on one ground", "ハブと製錬所（同じ敷地）"),
    "idle_symbol": ("Open, but idle", "稼働可能だが不使用"),
    "not_chosen_symbol": ("Candidate not chosen (hub, refinery)", "選ばれなかった候補地（ハブ・製錬所）"),
    "surface": ("Any place to the gate of its hub", "任意の地点からハブまで"),
    "surface_none": ("Not shown", "表示しない"),
    "surface_jpy": ("Freight, yen/kg", "運賃（円/kg）"),
    "surface_hours": ("Hours one way", "片道の所要時間"),
    "surface_place": ("middle of the square", "マス目の中心の値"),
    "surface_note": (
        (
            "For a site of {t} t/yr: to the open hub where freight is least under the policy, by the plan's roads and "
            "ferries; room is not asked. One value for the middle of each square of some {km} km. "
            "Of the plan as it was solved."
        ),
        (
            "年間{t}tの拠点の場合。方針が許す稼働ハブのうち運賃が最も安いハブまで、計画と同じ道路・フェリーで計算します（ハブの余力は"
            "考慮しません）。約{km}km四方のマス目の中心の値です。変更前の計画のものです。"
        ),
    ),
    "straight": (
        "Lines join origin and destination; they are not the roads taken.",
        "線は発着地を結んだもので、実際の経路ではありません。",
    ),
    "on_roads": (
        "Lines follow the roads and ferries (dashed) that the plan pays for; those of a hub pointed at are straight.",
        "線は計画が費用を払う道路とフェリー（破線）に沿います。指したハブの線だけは直線です。",
    ),
    "decision": ("What is decided, and how firmly", "決定の内容と確実さ"),
    "least_firm": (
        "Least firm: {0} ({1}), {2} a year without it",
        "最も不確かな選択：{0}（{1}）、なかった場合は年間{2}",
    ),
    "decision_head": ("Region, hub, refinery", "地域・ハブ・製錬所"),
    "kt": ("kt/yr", "千t/年"),
    "decision_costs": ("yen/kg; without it, yen a year", "円/kg、なかった場合の増額（年）"),
    "currency": (" yen", "円"),
    "without": ("Without it", "なかった場合"),
    "same_ground": ("on the same ground", "同じ敷地"),
    # texts on click and hover
    "site": ("Site", "解体拠点"),
    "hub": ("Hub", "ハブ"),
    "port": ("Port of entry", "輸入港"),
    "sources_abroad": ("Sources abroad", "海外の調達先数"),
    "import_cost": ("Purchase and sea freight", "購入費・海上輸送費"),
    "refinery": ("Refinery", "製錬所"),
    "to_hub": ("Delivers to", "届け先"),
    "no_hub": ("not served", "届け先なし"),
    "share": ("Share", "割合"),
    "link_road": ("Road", "一般道"),
    "link_expressway": ("Expressway", "高速道路"),
    "link_bridge": ("Bridge", "橋"),
    "link_ferry": ("Ferry", "フェリー"),
    "direction": ("Direction", "方向"),
    "trucks_a_day": ("Loaded trucks a day", "1日当たり台数（積載）"),
    "packs_t": ("Packs", "電池"),
    "black_mass_t": ("Black mass", "ブラックマス"),
    "distance": ("Distance", "距離"),
    "hours": ("Travel time", "所要時間"),
    "trips": ("Trips", "便数"),
    "truck": ("Truck", "車種"),
    "freight_per_t": ("Freight", "輸送費"),
    "lane_cost": ("Freight, packaging and hub processing", "輸送・梱包・中間処理変動費"),
    "flow_cost": ("Freight and refining", "輸送・製錬費"),
    "cost_here": (
        "Costs are of the packs from here, wherever they go; CO2 is of the sites and plants here, costing {} a year.",
        "費用はこの地域で発生する電池の分（処理場所を問わない）、CO2はこの地域にある拠点・施設の分で、それらの費用は年{}です。",
    ),
    "plant_cost": ("Fixed cost of the plant", "施設の固定費"),
    "operator": ("Operator", "事業者"),
    "place": ("Place", "所在地"),
    "technology": ("Technology", "方式"),
    "size_proven": ("Largest known to run", "実績のある最大能力"),
    "assumed_symbol": ("Larger than any known to run", "実績のある最大能力を超える"),
    "capacity": ("Capacity", "能力"),
    "stands_today": ("Of it standing today", "うち既設"),
    "load": ("Processes", "処理量"),
    "utilisation": ("Capacity use", "稼働率"),
    "delivering_sites": ("Sites delivering", "届ける拠点数"),
    "delivering_hubs": ("Hubs delivering", "届けるハブ数"),
    "origin_synthetic": ("synthetic site", "合成データ"),
    "position": ("Position", "位置"),
    "position_district": ("of its district, by address", "町・大字の代表点（住所による）"),
    "position_address": ("by its full address", "住所による"),
    "position_municipality": ("of its municipality, by name", "市区町村の代表点（名称による）"),
    "position_prefecture": ("of the prefectural office, by name", "都道府県庁（名称による）"),
    "state": ("State", "状態"),
    "state_open": ("in use", "稼働"),
    "state_idle": ("open but idle", "不使用"),
    "state_furnace": ("electric furnace, not refined", "電気炉（製錬されない）"),
    "state_not_chosen": ("candidate, not chosen", "候補（不採用）"),
    "state_closed": ("closed", "閉鎖"),
    "runner_up": ("Runner-up hub", "次点のハブ"),
    "runner_up_more": ("It would cost", "次点にした場合の差額"),
    "not_allowed": ("across the border, which this plan keeps closed", "地域外のため、この計画では選べません"),
    "runner_up_note": (
        "Extra cost per kg of packs up to the refinery, plants as planned; whether it has room is not asked.",
        "設備は計画のまま、製錬までの電池1kg当たり差額。空き能力は考慮していません。",
    ),
    "why_not": ("Why it was not chosen", "選ばれなかった理由"),
    "beside": ("Opened", "開設の仮定"),
    "beside_plan": ("beside all plants of the plan", "計画の施設に追加"),
    "instead_of": ("Opened instead of", "次の施設の代わり"),
    "opening_more": ("The plan would cost", "総費用の差額"),
    "opening_note": (
        "An upper estimate: sites move where that saves, all else stays as planned. A new plan may cost less.",
        "上限の見積り：得になる拠点だけを移し、他は計画のまま。計画を作り直せば差額はもっと小さいことがあります。",
    ),
    "firmness": ("How firm the choice is", "選定の確実さ"),
    "closing_more": ("The plan without it", "なかった場合の総費用"),
    "closing_opens": ("Opened instead", "代わりに開設"),
    "no_exchange": (
        "No plant of the plan could be exchanged for it: too small for what that plant takes, or no way there.",
        "計画の施設と入れ替えられません：処理能力が足りないか、輸送経路がありません。",
    ),
    # several plans
    "year": ("Year", "年"),
    "years": ("Year planned", "計画年"),
    "plans": ("Plan shown", "表示する計画"),
    "side_by_side": ("Plans side by side", "計画の比較"),
    "difference": ("Change", "増減"),
    "difference_percent": ("Change, %", "増減（%）"),
    "swipe": ("Both", "両方"),
    "swipe_divider": ("Divider: left of it {0}, right of it {1}", "境界線：左は{0}、右は{1}"),
    "changes_only": ("Only what differs from {}", "{}と異なるものだけ"),
    "changes_in_year": ("For this year", "この年の変化"),
    "changes_since": ("Against {}", "{}との違い"),
    "moved_site": ("1 site, {1} t/yr, delivers to another hub", "届け先のハブが変わる拠点：1か所、{1} t/年"),
    "left_site": ("1 site, {1} t/yr, is left out", "回収されなくなる拠点：1か所、{1} t/年"),
    "taken_site": ("1 site, {1} t/yr, is taken up", "新たに回収される拠点：1か所、{1} t/年"),
    "moved_sites": ("{} sites, {} t/yr, deliver to another hub", "届け先のハブが変わる拠点：{}か所、{} t/年"),
    "left_sites": ("{} sites, {} t/yr, are left out", "回収されなくなる拠点：{}か所、{} t/年"),
    "taken_sites": ("{} sites, {} t/yr, are taken up", "新たに回収される拠点：{}か所、{} t/年"),
    "hub_shift": ("{} → {}: {} km, {} a year", "{}→{}：{} km、年間{}"),
    "opened_hubs": ("Hubs opened: {}", "開設するハブ：{}"),
    "closed_hubs": ("Hubs closed: {}", "閉鎖するハブ：{}"),
    "opened_refineries": ("Refineries opened: {}", "開設する製錬所：{}"),
    "closed_refineries": ("Refineries closed: {}", "閉鎖する製錬所：{}"),
    "converted_hubs": ("Hubs of another technology: {}", "方式が変わるハブ：{}"),
    "enlarged_hubs": ("Hubs enlarged: {}", "拡大するハブ：{}"),
    "reduced_hubs": ("Hubs reduced: {}", "縮小するハブ：{}"),
    "converted_refineries": ("Refineries of another technology: {}", "方式が変わる製錬所：{}"),
    "enlarged_refineries": ("Refineries enlarged: {}", "拡大する製錬所：{}"),
    "reduced_refineries": ("Refineries reduced: {}", "縮小する製錬所：{}"),
    "no_change": ("No site and no plant differs", "拠点・施設とも違いなし"),
    "became_opened": ("Opened against the first plan", "最初の計画にはない施設"),
    "became_closed": ("Closed against the first plan", "最初の計画にはあった施設"),
    "became_altered": ("Another technology or size than in the first plan", "最初の計画と方式・規模が異なる施設"),
    "before": ("In the first plan", "最初の計画では"),
    # search
    "search": ("Search", "検索"),
    "search_hint": ("Search sites, plants, prefectures", "拠点・施設・都道府県を検索"),
    "hits": ("Search results", "検索結果"),
    "found": ("{} found", "{}件"),
    # units
    "t_per_yr": ("t/yr", "t/年"),
    "km": ("km", "km"),
    "h": ("h", "時間"),
    "trips_per_yr": ("trips/yr", "便/年"),
    "yen_per_yr": ("yen/yr", "円/年"),
    "co2_per_yr": ("kg CO2/yr", "kg-CO2/年"),
    # controls
    "zoom_in": ("Zoom in", "拡大"),
    "zoom_out": ("Zoom out", "縮小"),
    "home": ("Whole map", "全体を表示"),
    "map": ("Map of the plan", "計画の地図"),
    "keys": ("Arrows move the map, Enter tells what is here", "矢印キーで移動、Enterで表示"),
}


def get_words(lang: Lang) -> dict[str, str]:
    """Return all words of a map in one language.

    Parameters
    ----------
    lang : {"en", "ja"}

    Returns
    -------
    dict of str to str
        By key.

    Raises
    ------
    UsageError
        An unknown language.
    """
    return speak({**_WORDS, **WHAT_IF_WORDS}, lang)
