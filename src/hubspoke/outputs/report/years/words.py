"""Words of the report of a plan over several years, in English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.words.commodity import speak_in_commodity_words

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "title": ("{title}, {first}–{until}", "{title}、{first}～{until}年"),
    "report": ("Report on a plan over several years", "複数年計画報告書"),
    "policy": ("Policy", "方針"),
    "to_map": ("Map with a slider through the years", "年を切り替えられる地図"),
    "to_year": ("Report of {}", "{}年の報告書"),
    "decision": ("The decision", "結論"),
    "decision_text": (
        (
            "From {first} to {until} the plan opens {hubs} and {refineries}. All costs of these years are worth "
            "{cost} at the end of {first}."
        ),
        "{first}年から{until}年までに{hubs}と{refineries}を新設する。全期間の費用は{first}年末の現在価値で{cost}となる。",
    ),
    "profit_text": (
        "Profit, which is made most, is worth {} over all years.",
        "最大化した利益は、全期間の現在価値で{}となる。",
    ),
    "co2_text": ("It emits least CO2: {} t over all years.", "CO2排出量を最小化し、全期間で{} tとなる。"),
    "per_kg_text": (
        (
            "A kg of packs costs {first_per_kg} yen in {first} and {last_per_kg} yen in {last}, when {mass} t are "
            "collected."
        ),
        "電池1 kg当たりの費用は{first}年に{first_per_kg}円、{mass} tを回収する{last}年に{last_per_kg}円となる。",
    ),
    "invest_text": (
        "{invested} are invested; at the end of {until} plants are still worth {residual}.",
        "投資額は{invested}、{until}年末に残る施設の価値は{residual}。",
    ),
    "granted_text": (
        "Subsidies pay another {} of the investment.",
        "このほか投資のうち{}は補助金で賄う。",
    ),
    "proof_text": ("Proof: {}.", "証明：{}。"),
    "synthetic": (
        "{count} of {sites} sites are synthetic: placed by statistics, no real businesses.",
        "{sites}か所の拠点のうち{count}か所は統計から作ったもので、実在の事業者ではない。",
    ),
    "key_figures": ("Key figures", "主要指標"),
    "present": ("Present value of all costs", "全費用の現在価値"),
    "invested": ("Investment", "投資額"),
    "residual": ("Residual value at the end of {}", "{}年末の残存価値"),
    "cost_in": ("Cost in {}", "{}年の費用"),
    "per_year": ("{} a year, {} yen/kg", "年間{}、{}円/kg"),
    "plants_in": ("Hubs + refineries in {}", "{}年のハブ＋製錬所"),
    "profit": ("Profit, present value", "利益の現在価値"),
    "idle_text": ("Unused capacity: {}.", "未利用の能力：{}。"),
    "gap": ("Gap", "最適性ギャップ"),
    "status": ("Status", "状態"),
    "optimal": ("solved within the gap asked for", "指定したギャップ内で求解"),
    "feasible": ("stopped early", "途中終了"),
    "plants": ("Every plant through the years", "施設の推移"),
    "gantt": ("When plants open, grow, stand idle and close", "施設の開設・増設・休止・閉鎖"),
    "gantt_text": (
        (
            "The thicker a bar, the larger the plant beside others of its kind; numbers are tonnes a year, "
            "written where "
            "a size begins. Plants open for a planned year and stay as they are until the next: {years}."
        ),
        (
            "帯の太さは同種の施設に対する規模、数字は年間能力（t/年、規模が変わる年に表示）。施設は計画年（{years}）ごとに"
            "変わり、次の計画年まで同じ状態が続く。"
        ),
    ),
    "gantt_cut": (
        "The {shown} plants with the largest sizes are drawn; the table below and schedule.csv have all {all}.",
        "規模の大きい{shown}か所のみ図示。全{all}か所は下の表とschedule.csvを参照。",
    ),
    "open": ("open", "稼働"),
    "standing_idle": ("stands idle", "休止"),
    "existing": ("stood before", "既設分"),
    "closed": ("closed", "閉鎖"),
    "hubs": ("Hubs", "ハブ"),
    "refineries": ("Refineries", "製錬所"),
    "t_per_yr": ("t/yr", "t/年"),
    "year": ("Year", "年"),
    "until": ("to", "まで"),
    "capacity": ("Capacity against tonnes", "能力と処理量"),
    "hub_capacity": ("Hubs: packs collected, and what hubs are built for", "ハブ：回収量と処理可能量"),
    "refinery_capacity": (
        "Refineries: black mass taken in, and what refineries are built for",
        "製錬所：ブラックマス処理量と処理可能量",
    ),
    "stands": ("built for", "処理可能量"),
    "taken": ("taken in", "処理量"),
    "cash": ("Cash", "資金の流れ"),
    "cash_yearly": ("Capital by equal yearly payments", "資本費を毎年均等に支払う場合"),
    "cash_opening": ("Capital paid at the opening", "開設時に一括で支払う場合"),
    "cash_text": (
        (
            "All costs fall at the end of their year, and the end of {first} is not discounted ({rate} % a year). An "
            "investment is paid at the end of the year before the plant opens, and again after its economic "
            "life of {life} "
            "years. What is left of that life at the end of {until} is credited as residual value. So both "
            "pictures are "
            "worth the same: {payments} and {opening}."
        ),
        (
            "費用は各年末に発生し、{first}年末を割引の基準とする（年{rate}％）。投資は開設前年の年末に支払い、経済的耐用年数"
            "{life}年が過ぎると再投資する。{until}年末に残る耐用年数分は残存価値として差し引く。したがって、どちらの見方でも"
            "現在価値は等しい（{payments}、{opening}）。"
        ),
    ),
    "cash_differs": (
        (
            "All costs fall at the end of their year, and the end of {first} is not discounted ({rate} % a year). An "
            "investment is paid at the end of the year before the plant opens, and again after its economic "
            "life of {life} "
            "years. What is left of that life at the end of {until} is credited as residual value. The first "
            "picture is "
            "worth {payments}, the second {opening}: they differ where yearly payments change while a plant stands."
        ),
        (
            "費用は各年末に発生し、{first}年末を割引の基準とする（年{rate}％）。投資は開設前年の年末に支払い、経済的耐用年数"
            "{life}年が過ぎると再投資する。{until}年末に残る耐用年数分は残存価値として差し引く。現在価値は前者が{payments}、"
            "後者が{opening}で、施設の年間支払額が途中で変わるため一致しない。"
        ),
    ),
    "running": ("Running", "運営費"),
    "payments": ("Capital", "資本費"),
    "once": ("Paid once", "一時費用"),
    "subsidy": ("Subsidies", "補助金"),
    "subsidy_share": ("Subsidy for plants built anew", "新設への補助"),
    "subsidy_of": ("{share} % of the investment", "投資額の{share}％"),
    "subsidy_upto": (", up to {} a plant", "（1か所当たり上限{}）"),
    "at_opening": ("Investment", "投資"),
    "residual_value": ("Residual value", "残存価値"),
    "large_yen": ("bn yen", "億円"),
    "factors": ("Factors of the years", "各年の係数"),
    "years_stood": ("Years", "年数"),
    "discount": ("A yen at its end is worth", "割引係数"),
    "weight": ("A yen in each year is worth", "重み"),
    "recovery": ("Payment per yen invested", "資本回収係数"),
    "paid": ("Share of an investment paid within the horizon", "期間内の負担割合"),
    "money": ("Money by year", "年別の費用"),
    "packs": ("Packs, t", "電池（t）"),
    "plan_cost": ("Plans", "計画の費用"),
    "metals": ("Metals returned, year by year", "年ごとの金属回収量"),
    "metal": ("Metal", "金属"),
    "metals_shares": (
        "Metal recycled, t/yr, and its share of what the batteries made in that year need",
        "再生金属量（t/年）と、その年に製造される電池の需要に対する割合",
    ),
    "metals_recycled": ("Metal recycled, t/yr", "再生金属量（t/年）"),
    "metals_text": (
        (
            "From packs that were in use and from scrap of manufacturing, as the metals are counted; the report of "
            "each year tells the way there, the duties met and the CO2."
        ),
        "使用済み電池と製造工程の端材からの量（金属の計上方法による）。内訳・義務の充足・CO2は各年の報告書に記載。",
    ),
    "unused": ("Unused capital", "遊休資本費"),
    "idle_cost": ("Idle plants", "休止費"),
    "cost": ("Cost", "費用計"),
    "yen_per_kg": ("yen/kg", "円/kg"),
    "present_value": ("Present value", "現在価値"),
    "sum": ("All years", "全期間"),
    "money_unit": (
        "{unit} a year; what is paid once, investment and present value in {unit}.",
        "単位は{unit}/年、一時費用・投資額・現在価値は{unit}。",
    ),
    "schedule": ("Schedule by region", "地域別の計画"),
    "region": ("Region", "地域"),
    "plant": ("Plant", "施設"),
    "kind": ("Kind", "種類"),
    "hub": ("hub", "ハブ"),
    "refinery": ("refinery", "製錬所"),
    "technology": ("Technology", "方式"),
    "schedule_text": (
        "Size in t/yr, and how much of it is used. + opens, ↑ grows, ↻ runs again, – stands idle, × closes.",
        "規模（t/年）と利用率。＋ 新設、↑ 増設、↻ 再稼働、– 休止、× 閉鎖。",
    ),
    "assumptions": ("Assumptions that matter here", "この計画を左右する前提"),
    "assumption": ("Assumption", "前提"),
    "value": ("Value", "値"),
    "source": ("Source", "出典"),
    "rate": ("Discount rate", "割引率"),
    "life": ("Economic life", "経済的耐用年数"),
    "decided_from": ("Decisions take effect from", "意思決定が可能な年"),
    "any_time": ("no limit: anything can be open in the first year", "制限なし：初年から稼働できる"),
    "lead_time": ("Lead time of {}", "{}の建設期間"),
    "ramp_up": ("First years of {}", "{}の立ち上がり"),
    "idle_share": ("Fixed running cost of an idle plant", "休止中の固定費"),
    "closing_share": ("Closing a plant", "閉鎖費用"),
    "of_running": ("{} % of that of an open one", "稼働時の{}％"),
    "of_investment": ("{} % of its investment", "投資額の{}％"),
    "may_close": ("Plants may close before the end", "途中閉鎖"),
    "sites_keep_hub": ("Sites keep their hub", "拠点の配送先"),
    "switch": ("A site that changes its hub", "配送先の変更"),
    "opened_most": ("Most {} opened for a year after the first", "初年以外に1計画年で新設できる{}の上限"),
    "yes": ("yes", "可"),
    "no": ("no", "不可"),
    "kept": ("fixed over all years", "全期間固定"),
    "free": ("may change from year to year", "年ごとに変更可"),
    "yen_once": ("{} once", "1回{}"),
    "unlimited": ("no limit", "制限なし"),
    "yr": ("{} yr", "{}年"),
    "comma": (", ", "、"),
    "assumptions_text": (
        "Every other number with its source stands in the reports of the years.",
        "その他の数値と出典は各年の報告書に示す。",
    ),
}


def years_words(lang: Lang, settings: Settings | None = None) -> dict[str, str]:
    """Return the words of the report in one language, and in those of the commodity.

    Parameters
    ----------
    lang : {"en", "ja"}
    settings : Settings, optional
        Those that name the commodity.
    """
    return speak_in_commodity_words(WORDS, settings, lang)
