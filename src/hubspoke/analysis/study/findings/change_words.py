"""The words of findings on what would change our mind, by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubspoke.words.language import Pairs

CHANGES: Pairs = {
    "futures_same": (
        "In {same} of {all} futures ({share} of the weight) the plants are those of the plan",
        "将来{all}通りのうち{same}通り（重み{share}）で施設は計画と同じ",
    ),
    "future_none": ("{future} (weight {weight}) has no plan: {why}", "{future}（重み{weight}）には計画がない：{why}"),
    "future": (
        (
            "If the future is {future} (weight {weight}): {opens} in place of {closes}; it then costs {cost} a "
            "year ({change})"
        ),
        "{future}（重み{weight}）が来れば{closes}に代えて{opens}。費用は年{cost}（{change}）",
    ),
    "future_opens": (
        "If the future is {future} (weight {weight}): {opens} in addition; it then costs {cost} a year ({change})",
        "{future}（重み{weight}）が来れば{opens}を追加。費用は年{cost}（{change}）",
    ),
    "future_closes": (
        ("If the future is {future} (weight {weight}): {closes} is not needed; it then costs {cost} a year ({change})"),
        "{future}（重み{weight}）が来れば{closes}は不要。費用は年{cost}（{change}）",
    ),
    "setting": (
        "At {key} = {value} (now {usual}), {opens} in place of {closes}; cost {change}",
        "{key} = {value}（現在{usual}）なら{closes}に代えて{opens}。費用{change}",
    ),
    "setting_opens": (
        "At {key} = {value} (now {usual}), {opens} in addition; cost {change}",
        "{key} = {value}（現在{usual}）なら{opens}を追加。費用{change}",
    ),
    "setting_closes": (
        "At {key} = {value} (now {usual}), {closes} is not needed; cost {change}",
        "{key} = {value}（現在{usual}）なら{closes}は不要。費用{change}",
    ),
    "settings_same": (
        "{same} of {all} settings that were varied one by one change no plant at either end",
        "一つずつ変えた設定{all}件のうち{same}件は両端でも施設を変えない",
    ),
    "setting_moves_most": (
        "The cost moves most with {key}: {change} at {value} (now {usual})",
        "費用を最も動かすのは{key}：{value}（現在{usual}）で{change}",
    ),
    "cases_same": (
        "In {same} of {all} cases of the sweep the plants are those of its base",
        "感度分析{all}ケースのうち{same}ケースで施設は基準と同じ",
    ),
    "lost": (
        "If {plant} is lost, {displaced} have no plant until {opens} stands; the network then costs {more} more a year",
        "{plant}を失えば、{opens}ができるまで{displaced}の受入先がなく、その後の費用は年{more}増",
    ),
    "lost_same": (
        "If {plant} is lost, the other plants take its {displaced}; the network then costs {more} more a year",
        "{plant}を失えば、その{displaced}を他の施設が受け、費用は年{more}増",
    ),
    "lost_none": (
        "If {plant} is lost, no plants can serve every site: {tonnes} have no home",
        "{plant}を失えば全量を受けられる施設の組はなく、{tonnes}が行き場を失う",
    ),
    "lost_ends": (
        "If {plant} is lost, no plants can serve every site; how many tonnes have no home is not known",
        "{plant}を失えば全量を受けられる施設の組はない（行き場を失う量は不明）",
    ),
    "no_survivor": (
        "Under these rules no plants serve every site whichever one of them fails",
        "この規則では、どの1施設を失っても全量を受けられる施設の組はない",
    ),
    "survivor": (
        "Plants that serve every site whichever one fails ({plants}) cost {more} more a year ({share})",
        "どの1施設を失っても全量を受けられる施設（{plants}）は年{more}（{share}）高い",
    ),
    "survivor_cheap": (
        "For {more} more a year ({share}) there are plants that serve every site whichever one fails: {plants}",
        "年{more}（{share}）の追加で、どの1施設を失っても全量を受けられる：{plants}",
    ),
    "rule_costs": (
        "Without the rule that {rule}, {saved} a year ({share}) would be saved",
        "規則「{rule}」がなければ年{saved}（{share}）の節約",
    ),
    "tie": (
        "{plant} is left aside by a tie: a plan with it costs the same",
        "{plant}は同点で不採用：これを含む同じ費用の計画がある",
    ),
    "near_tie": (
        "A toss-up: {plant} would be chosen if its capital, labour, maintenance and overhead fell by {less} (proven)",
        "五分五分：{plant}は自身の設備費・人件費・保守費・管理費が{less}下がれば採用（証明済み）",
    ),
    "break_even": (
        (
            "{plant} would be chosen if its capital, labour, maintenance and overhead fell to {share} of what they "
            "are (proven)"
        ),
        "{plant}は自身の設備費・人件費・保守費・管理費が{share}に下がれば採用（証明済み）",
    ),
    "break_even_between": (
        (
            "{plant} would be chosen if its capital, labour, maintenance and overhead fell to {share} of what they "
            "are; from {left} on it would not"
        ),
        "{plant}は自身の設備費・人件費・保守費・管理費が{share}に下がれば採用、{left}以上では不採用",
    ),
    "policy_saves": (
        (
            "By {policy} the network would cost {saved} less a year ({share}; proven to {gap}) and keep {kept} of "
            "{all} plants"
        ),
        "{policy}なら費用は年{saved}（{share}、証明{gap}）少なく、{all}施設中{kept}施設は同じ",
    ),
    "policy_costs": (
        (
            "By {policy} the network would cost {saved} more a year ({share}; proven to {gap}) and keep {kept} of "
            "{all} plants"
        ),
        "{policy}なら費用は年{saved}（{share}、証明{gap}）多く、{all}施設中{kept}施設は同じ",
    ),
    "policy_alike": (
        (
            "By {policy} the network would cost the same within a toss-up ({saved} a year, {share}; proven to "
            "{gap}) and keep {kept} of {all} plants"
        ),
        "{policy}でも費用は五分（差は年{saved}、{share}、証明{gap}）で、{all}施設中{kept}施設は同じ",
    ),
    "policy_same": (
        "By {policy} the plants are the same, and so is the cost (proven to {gap})",
        "{policy}でも施設と費用は同じ（証明{gap}）",
    ),
    "policy_unknown": (
        (
            "Whether {policy} would save anything is not known: the best plan found costs {saved} a year from this "
            "one ({share}), proven to {gap} only, where {limit} would tell"
        ),
        (
            "{policy}で費用が下がるかは不明：見つかった最良の計画との差は年{saved}（{share}）だが、証明は{gap}まで（"
            "判断には{limit}が要る）"
        ),
    ),
    "policy_none": ("By {policy} there is no plan: {why}", "{policy}では計画がない：{why}"),
    "front_single": (
        "Cost and {measure} ask for the same plan: nothing is to be weighed",
        "費用と{measure}の最良の計画は同じで、比べるものはない",
    ),
    "front": (
        "To bring {measure} from {start} to {value} takes {more} more a year, and {opens} in place of {closes}",
        "{measure}を{start}から{value}にするには年{more}の増加と、{closes}に代えて{opens}が要る",
    ),
    "front_opens": (
        "To bring {measure} from {start} to {value} takes {more} more a year, and {opens} in addition",
        "{measure}を{start}から{value}にするには年{more}の増加と、{opens}の追加が要る",
    ),
    "front_closes": (
        "To bring {measure} from {start} to {value} takes {more} more a year, and to leave out {closes}",
        "{measure}を{start}から{value}にするには年{more}の増加と、{closes}の取りやめが要る",
    ),
    "front_knee": (
        "Less {measure} is cheapest up to {value} ({more} more a year, {share}); beyond it gets dear",
        "{measure}の削減は{value}まで（年{more}、{share}増）が割安で、それ以上は割高",
    ),
    "swap": (
        "A toss-up: {opens} in place of {closes} costs {more} more a year ({share})",
        "五分五分：{closes}に代えて{opens}でも年{more}（{share}）しか増えない",
    ),
    "swap_opens": (
        "A toss-up: {opens} in addition costs {more} more a year ({share})",
        "五分五分：{opens}を追加しても年{more}（{share}）しか増えない",
    ),
    "swap_closes": (
        "A toss-up: leaving out {closes} costs {more} more a year ({share})",
        "五分五分：{closes}をやめても年{more}（{share}）しか増えない",
    ),
    "place": (
        (
            "A hub at {places} would save {saved} of freight a year ({share}) beside the candidates; land and "
            "permits are not known"
        ),
        "{places}に中間処理拠点を置けば候補地より輸送費が年{saved}（{share}）少ない（用地・許認可は未考慮）",
    ),
}
"""Sentences without the full stop. Holes are figures."""
