"""The words of findings, by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.words.policies import JAPANESE

if TYPE_CHECKING:
    from hubspoke.words.language import Pairs

SENTENCES: Pairs = {
    "now_new": ("Build {plant}, {kind} in {region}", "建てる施設：{plant}（{region}・{kind}）"),
    "now_stands": ("Use {plant}, {kind} in {region}, which stands", "使う既存施設：{plant}（{region}・{kind}）"),
    "later_new": (
        "{plant}, {kind} in {region}, need not be decided yet",
        "決定を待てる施設：{plant}（{region}・{kind}）",
    ),
    "later_stands": (
        "{plant}, {kind} in {region}, which stands, need not be decided yet",
        "決定を待てる既存施設：{plant}（{region}・{kind}）",
    ),
    "open_in": (
        "{plant}, {kind} in {region}, is in the plan, but not sure",
        "計画にあるが未確定：{plant}（{region}・{kind}）",
    ),
    "open_out": (
        "{plant}, {kind} in {region}, is not in the plan, but not ruled out",
        "計画にないが除外もできない：{plant}（{region}・{kind}）",
    ),
    "untested": (
        "The plan has {number} plants ({plants}), and nothing was asked that would tell how sure they are",
        "計画には{number}施設（{plants}）があるが、確かさを測る分析は行っていない",
    ),
    "aside": ("{number} of {all} candidates can be left aside", "候補{all}か所のうち{number}か所は検討から外せる"),
    "standing": (
        "{plants}: stands, and the plan does without; whether to close it was not asked",
        "既存だが計画では使わない：{plants}（閉鎖の可否は分析していない）",
    ),
    "reserve": ("Not in the plan, but to be kept in mind: {plants}", "計画にないが条件が変われば使う：{plants}"),
    "reserve_disruption": ("on a loss {plants}", "喪失時に{plants}"),
    "reserve_sweep": ("at other settings {plants}", "他の設定値で{plants}"),
    "reserve_policies": ("by other policies {plants}", "他の規則で{plants}"),
    "reserve_front": ("on a front {plants}", "フロント上で{plants}"),
    "reserve_robust": ("for all futures at once {plants}", "全将来に通用する組に{plants}"),
    "reserve_deeper": ("at less of its own cost {plants}", "自身の費用が下がれば{plants}"),
    "aside_alternatives": ("they are in no near-optimal plan that is listed", "列挙した準最適計画のどれにもない"),
    "aside_futures": ("in none of the futures", "どの将来にも選ばれない"),
    "aside_years": ("in no year", "どの年にも使われない"),
    "chosen_in_futures": (
        "chosen in {share} of the weighted futures ({held} of {all})",
        "重み付き将来の{share}で選ばれる（{all}通り中{held}）",
    ),
    "near_all": (
        "in every plan within {within} of the cheapest (proven)",
        "最安から{within}以内の全計画に含まれる（証明済み）",
    ),
    "near_region": (
        "the best plan without it costs at least {more} a year more ({share} of its region, proven)",
        "これを除く最良の計画は年{more}以上高い（地域費用の{share}、証明済み）",
    ),
    "near_without": (
        "a plan without it costs {more} a year more ({share} of its region)",
        "これを除く計画は年{more}高いだけ（地域費用の{share}）",
    ),
    "near_only": ("there is no plan without it (proven)", "これを除く計画はない（証明済み）"),
    "near_none": ("in no plan within {within} of the cheapest", "最安から{within}以内の計画にない"),
    "near_unknown": (
        "in none of the listed plans within {within} of the cheapest",
        "最安から{within}以内で列挙した計画にない",
    ),
    "near_some": (
        "in {share} of the {number} sets of plants within {within} of the cheapest",
        "最安から{within}以内の施設の組{number}通りの{share}に含まれる",
    ),
    "near_some_of": (
        "in {share} of {number} sets of plants listed within {within} of the cheapest (there may be more)",
        "最安から{within}以内で列挙した施設の組{number}通りの{share}に含まれる（他にもありうる）",
    ),
    "opens": ("opens in {year} at {size} for {invested}", "{year}年に{size}で開設、投資{invested}"),
    "in_use": ("in use from {year} with nothing to be added", "{year}年から追加投資なしで使用"),
    "in_use_more": ("in use from {year} with {invested} to be added", "{year}年から使用、追加投資{invested}"),
    "can_wait": (
        "waiting until {year} costs at most {more} more over all years ({share})",
        "{year}年まで待っても全期間の増加は{more}（{share}）以下",
    ),
    "decide_by": ("its lead time of {lead} begins in {year}", "準備期間{lead}は{year}年に始まる"),
    "closes": ("closes for {year}", "{year}年に閉鎖"),
    "grows": ("grows to {size}", "{size}まで拡張"),
    "takes": ("later takes up to {size}", "後に{size}まで受入れ"),
    "years_none": ("not used in the plan over the years", "複数年計画では使わない"),
    "chosen_by_policies": ("in the plan by {policies}", "{policies}の計画にある"),
    "loss_costs": ("losing it would cost {more} a year", "失えば年{more}増"),
    "loss_leaves": ("without it {tonnes} have no home", "なければ{tonnes}が行き場を失う"),
    "loss_ends": ("without it there is no plan", "なければ計画がない"),
    "invested": (
        (
            "The plan over the years invests {invested} for {year}: {now} in plants to be decided now, {later} in "
            "plants that can wait, {open} in plants that are not settled"
        ),
        "複数年計画の{year}年までの投資は{invested}：今決める施設に{now}、待てる施設に{later}、未確定の施設に{open}",
    ),
    "wait_cheap": (
        "Building nothing new until {year} costs {more} more over all years ({share}): that can wait",
        "{year}年まで新設しない場合の全期間の増加は{more}（{share}）：待てる",
    ),
    "wait_cheap_across": (
        (
            "Building nothing new until {year}, across regions till then, costs {more} more over all years "
            "({share}): that can wait"
        ),
        "{year}年まで新設せず域外も使う場合の全期間の増加は{more}（{share}）：待てる",
    ),
    "wait_between": (
        (
            "Building nothing new until {year} costs {more} more over all years ({share}), until {dear_year} "
            "{dear_more} ({dear_share}): new plants can wait until {year}, and no longer"
        ),
        (
            "新設しない場合の全期間の増加は{year}年までなら{more}（{share}）、{dear_year}年までなら{dear_more}（"
            "{dear_share}）：新設は{year}年まで待てるが、それ以上は待たない"
        ),
    ),
    "wait_between_across": (
        (
            "Building nothing new until {year}, across regions till then, costs {more} more over all years ({share}), "
            "until {dear_year} {dear_more} ({dear_share}): new plants can wait until {year}, and no longer"
        ),
        (
            "新設せず域外も使う場合の全期間の増加は{year}年までなら{more}（{share}）、{dear_year}年までなら{dear_more}（"
            "{dear_share}）：新設は{year}年まで待てるが、それ以上は待たない"
        ),
    ),
    "wait_decide": ("decide by {decide}, for a lead time of {lead}", "準備期間{lead}を見て{decide}年までに決める"),
    "wait_rests": ("until then all rests on what stands: {plants}", "それまでは既存施設に頼る：{plants}"),
    "wait_dear": (
        "Building nothing new until {year} costs {more} more over all years ({share}): do not wait",
        "{year}年まで新設しない場合の全期間の増加は{more}（{share}）：待たない",
    ),
    "wait_dear_across": (
        (
            "Building nothing new until {year}, across regions till then, costs {more} more over all years "
            "({share}): do not wait"
        ),
        "{year}年まで新設せず域外も使う場合の全期間の増加は{more}（{share}）：待たない",
    ),
    "wait_none": (
        "Nothing new until {year} is no plan ({why})",
        "{year}年まで新設しない計画は成り立たない（{why}）",
    ),
    "at_once": (
        (
            "Building the network of the last year at once costs {more} more over all years ({share}): build it "
            "step by step"
        ),
        "最終年の網を一度に整備すると全期間で{more}（{share}）の増加：段階的に建てる",
    ),
    "at_once_alike": (
        "A toss-up: building the network of the last year at once costs {more} more over all years ({share})",
        "五分五分：最終年の網を一度に整備しても全期間の増加は{more}（{share}）",
    ),
    "at_once_none": (
        "The network of the last year cannot stand from the first ({why})",
        "最終年の網を初年から使うことはできない（{why}）",
    ),
    "each_alone": (
        "Build for the years to come: planning each year for itself costs {more} more over all years ({share})",
        "先の年を見て建てる：年ごとに個別に計画すると全期間で{more}（{share}）の増加",
    ),
    "each_alone_cheap": (
        (
            "What later years need can be decided then: planning each year for itself costs {more} more over all "
            "years ({share})"
        ),
        "先の年に要るものはその時に決めればよい：年ごとの個別計画でも全期間の増加は{more}（{share}）",
    ),
    "each_alone_none": (
        "Planning each year for itself leads to no plan over all of them ({why})",
        "年ごとの個別計画は全期間では成り立たない（{why}）",
    ),
    "robust_cheap": (
        (
            "One set of {number} plants ({plants}) does for all futures: in none does it cost over {regret} a year "
            "({share}) more than the best for that future alone"
        ),
        (
            "{number}施設の一組（{plants}）が全ての将来に通用する：どの将来でも、その将来だけの最良から年{regret}（"
            "{share}）を超えて高くならない"
        ),
    ),
    "robust_dear": (
        (
            "The best set of plants, at sizes built before it is known what comes ({plants}), costs up to {regret} "
            "a year ({share}) more than the best for {future} alone"
        ),
        "将来が判る前に規模まで決める最良の一組（{plants}）は、{future}だけの最良より最大で年{regret}（{share}）高い",
    ),
    "robust_size": (
        (
            "Which plants is settled, their size is not: every future chooses {plants}; at sizes built before it is "
            "known what comes they cost up to {regret} a year ({share}) more than at those for {future} alone"
        ),
        (
            "施設は決まるが規模は未確定：どの将来も{plants}を選ぶ。将来が判る前に規模まで決めると、{future}だけの最良より"
            "最大で年{regret}（{share}）高い"
        ),
    ),
    "knowing": (
        "Knowing beforehand which future comes would save at most {value} a year ({share} of the expected cost)",
        "どの将来が来るかを事前に知る価値は年{value}以下（期待費用の{share}）",
    ),
    "knowing_little": (
        "Do not wait to know which future comes: it would save at most {value} a year ({share} of the expected cost)",
        "どの将来が来るかを待って知る必要はない：節約は年{value}以下（期待費用の{share}）",
    ),
}
"""Sentences on plants and time, and what goes on behind them, without the full stop. Holes are figures."""
AFTER_HEAD = {"en": ": ", "ja": "。"}
"""What stands between the sentence itself and what speaks for it."""
BETWEEN = {"en": "; ", "ja": "、"}
STOP = {"en": ".", "ja": "。"}
SETTINGS: Pairs = {
    "supply.factor": ("the tonnes of all sites (factor)", "全排出元の量（倍率）"),
    "energy.power_jpy_per_kwh": ("power, per kWh", "電力単価（kWh）"),
    "energy.heat_jpy_per_kwh": ("heat, per kWh", "熱単価（kWh）"),
    "finance.discount_rate_per_yr": ("the discount rate", "割引率"),
    "finance.life_yr": ("the life of plants, years", "施設寿命（年）"),
    "finance.wage_jpy_per_yr": ("the yearly wage", "年間賃金"),
    "collection.pickups_min_per_yr": ("least pick-ups a year", "年間最少集荷回数"),
    "capital_jpy": ("capital of {technology}", "{technology}の設備費"),
    "other_jpy_per_t": ("other cost per tonne of {technology}", "{technology}のその他費用（t）"),
    "largest_t_per_yr": ("the largest size of {technology} (t/yr)", "{technology}の最大規模（t/年）"),
    "reagents_jpy_per_t": ("reagents per tonne of {technology}", "{technology}の薬剤費（t）"),
}
"""Settings that are varied where nothing is stated; others are called by their keys."""
NAMES: Pairs = {
    "hub": ("hub", "ハブ"),
    "refinery": ("refinery", "製錬所"),
    "regional": ("regional policy", JAPANESE["regional"]),
    "shared-refinery": ("shared refineries", JAPANESE["shared-refinery"]),
    "open": ("open borders", JAPANESE["open"]),
    "as it is": ("the input as it is", "入力のまま"),
    "co2": ("CO2", "CO2"),
    "longest-haul": ("the longest haul", "最長運搬距離"),
    "hubs": ("the number of hubs", "中間処理拠点数"),
    "refined-at-home": ("black mass refined outside its region", "域外で製錬されるブラックマス"),
    "co2_unit": ("t CO2/yr", "t-CO2/年"),
    "longest-haul_unit": ("km", "km"),
    "hubs_unit": ("hubs", "拠点"),
    "refined-at-home_unit": ("t/yr", "t/年"),
    "t_per_yr": ("t/yr", "t/年"),
    "t_packs": ("t/yr of packs", "t/年（電池）"),
    "t_black_mass": ("t/yr of black mass", "t/年（ブラックマス）"),
    "years_unit": (" years", "年"),
    "more": (" and {number} more", "ほか{number}"),
    "comma": (", ", "、"),
}
