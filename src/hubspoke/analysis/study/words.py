"""The words of the report of a study, and of the pages of its analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.words.commodity import speak_in_commodity_words

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "study": ("Study", "検討報告"),
    "title": ("Study", "検討報告"),
    "heading": ("{title}: what to decide", "{title}：何を決めるか"),
    "subtitle": ("Study · {policy} · {year}", "検討報告 · {policy} · {year}年"),
    "other": ("日本語", "English"),
    "in_short": ("In short", "要約"),
    "now": ("Decide now", "今決めること"),
    "later": ("Can wait", "待てること"),
    "open": ("Not settled", "未確定・五分五分"),
    "mind": ("What would change our mind", "考えを変える条件"),
    "lead_now": ("Decide now: {plants}.", "今決める：{plants}。"),
    "lead_now_none": (
        "No plant passes every test yet: nothing has to be decided now.",
        "全ての基準を満たす施設はまだない。",
    ),
    "lead_later": ("Can wait: {plants}.", "待てる：{plants}。"),
    "lead_open": ("Not settled: {plants}.", "未確定：{plants}。"),
    "deed_keep": ("keep {plant} as it stands, {size}", "既存の{plant}をそのまま使う（{size}）"),
    "deed_enlarge": (
        "enlarge {plant} to {size} in {year} for {invested}",
        "{plant}を{year}年に{size}へ増強（投資{invested}）",
    ),
    "deed_build": (
        "build {plant} for {year} at {size} for {invested}, to be decided by {decide}",
        "{plant}を{year}年に{size}で開設（投資{invested}、{decide}年までに決定）",
    ),
    "deed_wait": (
        "build {plant}, planned for {year} at {size} for {invested}: decide by {decide}, or by {latest} if it waits",
        "{plant}の開設（計画は{year}年・{size}・投資{invested}。決定は{decide}年まで、待つなら{latest}年まで）",
    ),
    "deed_size": ("build {plant} at {size}", "{plant}を{size}で建てる"),
    "deed_between": ("; ", "、"),
    "lead_mind": ("What would change our mind most: {told}", "考えを最も変える条件：{told}"),
    "lead_cost": (
        (
            "The plan of {year} ({policy}) costs {cost} a year for {mass} from {sites} sites; no plan costs less "
            "than {bound}."
        ),
        "{year}年の計画（{policy}）は{sites}か所・{mass}で年{cost}。これより安い計画も{bound}を下回らない。",
    ),
    "no_plan": (
        "The plan of the study was not found, so that nothing can be said of plants.",
        "計画が得られず、施設については何も言えない。",
    ),
    "nothing": ("Nothing was found.", "該当なし。"),
    "more": ("{n} more", "ほか{n}件"),
    "t_per_yr": ("t/yr", "t/年"),
    "rests": ("Rests on", "根拠"),
    "synthetic_all": (
        (
            "All {sites} sites are synthetic: placed by statistics, not real businesses. Plants and amounts show "
            "how to decide, not what."
        ),
        "排出元{sites}か所はすべて合成データ（統計による配置で実在の事業者ではない）。施設と金額は決め方の例である。",
    ),
    "synthetic": (
        "{count} of the {sites} sites are synthetic: placed by statistics, not real businesses.",
        "排出元{sites}か所のうち{count}か所は合成データ（統計による配置で実在の事業者ではない）。",
    ),
    "alike": (
        "All futures weigh alike: nobody stated how likely they are.",
        "将来の重みはすべて同じ：確からしさは与えられていない。",
    ),
    "failed": ("Not computed: {names}; see the list of analyses.", "計算できなかった分析：{names}（分析一覧を参照）。"),
    "waiting": ("The study is still at work: {names} are not there yet.", "検討は計算中：{names}はまだない。"),
    "evidence": ("Plants and what speaks for them", "施設別の根拠"),
    "evidence_note": (
        (
            "A dash: not asked. Plants that nothing speaks for are left out. Near-optimal: the share of the listed "
            "sets of plants that have it; all and none are proven, and so is in its region: the best plan without it "
            "costs more than is near, by the cost of its region."
        ),
        (
            "「–」は未分析。根拠のない候補は省く。準最適：列挙した施設の組のうち含む割合。「全」「無」は証明済み。"
            "「地域」は、除けば地域費用から見て準最適でないことを証明済み。"
        ),
    ),
    "plant": ("plant", "施設"),
    "id": ("id", "ID"),
    "kind": ("kind", "種別"),
    "region": ("region", "地域"),
    "verdict": ("so", "判断"),
    "in_plan": ("plan", "計画"),
    "futures": ("futures", "将来"),
    "near": ("near-optimal", "準最適"),
    "policies": ("policies", "規則"),
    "years": ("opens", "開設年"),
    "robust": ("robust", "頑健"),
    "front": ("front", "フロント"),
    "loss": ("its loss costs a year", "失う場合の年間増"),
    "even": ("break-even", "損益分岐"),
    "yes": ("yes", "○"),
    "no": ("no", "×"),
    "all": ("all", "全"),
    "none": ("none", "無"),
    "in_region": ("in its region", "地域"),
    "aside": ("leave aside", "検討外"),
    "reserve": ("if things change", "条件次第"),
    "standing": ("stands, not used", "既存・不使用"),
    "untested": ("untested", "未検証"),
    "no_home": ("{tonnes} without a home", "{tonnes}が行き場なし"),
    "no_plan_left": ("no plan", "計画なし"),
    "map": ("What the loss of each plant costs", "施設を失った場合の費用"),
    "map_note": (
        (
            "Colour: what the network planned anew costs more a year. Size: what the plant takes in, which has no "
            "home until another stands."
        ),
        "色：計画し直した網の年間費用の増加。大きさ：受入量。代わりの施設ができるまで行き場がない。",
    ),
    "computed": ("Analyses", "分析一覧"),
    "analysis": ("analysis", "分析"),
    "asks": ("asks", "問い"),
    "state": ("state", "状態"),
    "proven": ("proven to", "証明"),
    "done": ("done", "完了"),
    "done_wide": ("done, but not proven to {limit}", "完了（証明は{limit}に届かない）"),
    "not_yet": ("not yet", "未計算"),
    "not-asked": ("not asked for", "対象外"),
    "few-futures": ("not run: there are no two futures", "実行せず：将来が2つない"),
    "one-year": ("not run: there are no two planned years", "実行せず：計画年が2つない"),
    "nothing-varies": ("not run: nothing to vary", "実行せず：変える設定がない"),
    "needs-plan": ("not run: it asks about the plan, and there is none", "実行せず：対象となる計画がない"),
    "failed_state": ("failed: {why}", "失敗：{why}"),
    "rules": ("How the sentences are made", "文の作り方"),
    "rule_now": (
        (
            "Decide now: a plant of the plan that is chosen in at least {decide} of the weighted futures, in every "
            "near-optimal plan (within {within} of the cheapest, or of the cost of its region), and opens so early "
            "that it must be decided by the first planned year; each as far as it was computed."
        ),
        (
            "今決める：計画にあり、重み付き将来の{decide}以上で選ばれ、全ての準最適計画（最安または地域費用から{within}以内）"
            "に含まれ、最初の計画年までに決定が要る施設（計算した基準のみ）。"
        ),
    ),
    "rule_later": (
        (
            "Can wait: a plant that the plan over the years opens later than its lead time asks for now; and "
            "waiting that costs at most {wait} more over all years."
        ),
        "待てる：複数年計画で準備期間を見ても後で決めればよい施設。全期間の増加が{wait}以下の先送り。",
    ),
    "rule_open": (
        (
            "Not settled: whatever else is in the plan, or in some future, some near-optimal plan or some year; and "
            "plants that stand unused. "
            "Toss-ups are choices that differ by less than {tossup} of the cost of their region."
        ),
        (
            "未確定：その他、計画・いずれかの将来・準最適計画・年に現れる施設。五分五分："
            "差が地域費用の{tossup}未満の選択。"
        ),
    ),
    "rule_mind": (
        (
            "What would change our mind: futures, values of settings, policies, levels of a front and prices at "
            "which other plants are chosen, and the losses that hurt most. Plans of equal cost may differ in plants."
        ),
        (
            "考えを変える条件：別の施設が選ばれる将来・設定値・規則・フロントの水準・価格と、影響の大きい喪失。"
            "費用が同じ計画でも施設は異なりうる。"
        ),
    ),
    "rule_said": (
        (
            "Nothing is said that was not computed; every sentence names the analyses it rests on, and study.json "
            "holds its figures."
        ),
        "計算していないことは述べない。各文の根拠となる分析を示し、数値は study.json にある。",
    ),
    "asks_plan": ("which plants, at least cost", "最小費用の施設"),
    "asks_alternatives": ("which other plants cost little more", "費用がほぼ同じ他の施設の組"),
    "asks_disruption": ("what the loss of each plant does", "各施設を失う影響"),
    "asks_policies": ("what other rules cost", "他の規則の費用"),
    "asks_futures": ("which plants in each future", "将来ごとの施設"),
    "asks_robust": ("which plants for all futures", "全将来に通用する施設"),
    "asks_years": ("when plants open", "開設の時期"),
    "asks_regret": ("what waiting and haste cost", "先送りと先行の費用"),
    "asks_sweep": ("which settings matter", "影響する設定"),
    "asks_front": ("what less of another measure costs", "他の指標を下げる費用"),
    "asks_deeper": ("what rules and plants are worth", "規則と施設の価値"),
    "asks_greenfield": ("where hubs would have least freight", "輸送費最小の場所"),
    "name_plan": ("plan", "計画"),
    "name_alternatives": ("alternatives", "代替案"),
    "name_disruption": ("disruption", "喪失"),
    "name_policies": ("policies", "規則の比較"),
    "name_futures": ("futures", "将来"),
    "name_robust": ("robust plan", "頑健な計画"),
    "name_years": ("years", "複数年計画"),
    "name_regret": ("waiting", "時期の比較"),
    "name_sweep": ("sweep", "感度分析"),
    "name_front": ("front", "フロント"),
    "name_deeper": ("worth", "価値"),
    "name_greenfield": ("greenfield", "更地"),
    "plans": ("plans", "計画数"),
    "roughly": ("roughly", "目安"),
    "at_most": ("at most", "上限"),
    "state_done": ("there already", "計算済み"),
    "state_to-do": ("to do", "未計算"),
    "state_again": ("anew: something changed", "変更あり：再計算"),
    "seconds": ("{n} s", "{n}秒"),
    "minutes": ("{n} min", "{n}分"),
    "rests_on_size": (
        "By the numbers of plans and lanes; analyses that ran before, by their time. Once the plan is made, by that.",
        "計画数とレーン数からの目安（実行済みの分析は前回の時間）。計画の作成後はその時間による。",
    ),
    "rests_on_plan": (
        "By the number of plans and the time that the plan of this study took; analyses that ran before, by theirs.",
        "計画数と、この検討の計画にかかった時間からの目安（実行済みの分析は前回の時間）。",
    ),
    "in_all": ("Roughly {time} in all, by one processor.", "全体でおよそ{time}（1プロセッサ）。"),
    "robust_plants": ("Plants, built before it is known which future comes", "将来が判る前に建てる施設"),
    "regret": ("What acting otherwise costs", "別の進め方の費用"),
    "sets": ("Sets of plants, from cheap to dear", "施設の組（安い順）"),
    "alternatives": ("Plants that do nearly as well", "ほぼ同じ費用の施設の組"),
    "rules_table": ("rules", "規則"),
    "break_evens": ("at what cost it would be chosen", "採用される費用"),
    "deeper": ("What rules and plants are worth", "規則と施設の価値"),
    "greenfield": ("Places with the least freight", "輸送費最小の場所"),
    "places": ("Places", "場所"),
}


def page_words(settings: Settings, lang: Lang) -> dict[str, str]:
    """Return the words of pages by key, in the words of the commodity.

    Parameters
    ----------
    settings : Settings
    lang : {"en", "ja"}
    """
    return speak_in_commodity_words(WORDS, settings, lang)
