"""Words of explanations, in English and Japanese."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from hubspoke.costs.terms import TERMS
from hubspoke.outputs.report.words import report_words
from hubspoke.words.commodity import all_in_commodity_words, speak_in_commodity_words

if TYPE_CHECKING:
    from hubspoke.outputs.report.words import Pairs
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Words

WORDS: Pairs = {
    "site": ("Site", "拠点"),
    "hub": ("Hub", "ハブ"),
    "refinery": ("Refinery", "製錬所"),
    "state_open": ("in use", "稼働"),
    "state_idle": ("open, nothing to do", "稼働可能だが不使用"),
    "state_furnace": ("electric furnace, takes black mass as scrap", "電気炉（ブラックマスをスクラップとして受入れ）"),
    "state_not_chosen": ("not chosen", "不採用"),
    "state_closed": ("closed", "閉鎖"),
    "in_state": ("{name} ({state})", "{name}（{state}）"),
    "after": ("{head}: {told}", "{head}：{told}"),
    "site_head": ("{id} {name} ({region}): {mass} t of packs a year", "{id} {name}（{region}）：電池{mass} t/年"),
    "synthetic": ("synthetic site: no real business", "合成データの拠点（実在の事業者ではない）"),
    "delivers": (
        "delivers {share} % to {hub}: {km} km, {hours} h, {trips} trips a year, truck {truck}",
        "{share}％を{hub}へ：{km} km、{hours}時間、年{trips}便、車種{truck}",
    ),
    "cost": ("cost", "費用"),
    "yen_per_yr": ("yen/yr", "円/年"),
    "t_per_yr": ("t/yr", "t/年"),
    "together": ("Together", "合計"),
    "told_runner_up": (
        "Runner-up: {hub}, {more} yen a year (room there and the policy not considered).",
        "次点：{hub}、年間{more}円（余力と方針は考慮しない）。",
    ),
    "told_opening": (
        "With it, the plan costs at most {amount} a year more.",
        "これを開設した場合、計画の費用の増加は年間{amount}以下。",
    ),
    "told_closing": ("Firmness of the choice: {told}.", "選定の確実さ：{told}。"),
    "told_closing_opens": (
        "Firmness of the choice: {told} a year in the best plan without it, which opens {names}.",
        "選定の確実さ：{told}（年間、これを除いた最良の計画。開設：{names}）。",
    ),
    "no_input": (
        "The input of the plan is not at hand: name it with --input DIR to see what else was possible.",
        "計画の入力データが見つからない。--input DIR で指定すると、他の可能性も示す。",
    ),
    "no_other": ("No other open hub can be reached.", "ほかに届けられる稼働中のハブはない。"),
    "none_allowed": (
        "No other open hub is allowed under the policy; across the borders:",
        "方針の範囲では、ほかに届けられるハブはない。地域境界を越えると：",
    ),
    "others": (
        "The whole site at another open hub, sizes of plants and way of the black mass unchanged:",
        "拠点全体を別の稼働中のハブへ届ける場合（設備規模とブラックマスの行き先は不変）：",
    ),
    "head_hub": ("hub", "ハブ"),
    "head_km": ("km", "km"),
    "head_extra": ("extra yen/yr", "追加費用 円/年"),
    "head_spare": ("room, t/yr", "余力 t/年"),
    "head_note": ("", ""),
    "is_full": ("no room", "余力不足"),
    "not_allowed": ("not allowed by the policy", "方針で不可"),
    "runner_up": ("runner-up", "次点"),
    "cheaper_full": (
        "A cheaper hub has no room left: single sites are traded off against each other, not each at its cheapest.",
        "より安いハブには余力がない。拠点ごとではなく全体で最も安くなるよう割り当てている。",
    ),
    "cheaper_free": (
        "A cheaper hub with room is left aside: within the proven gap, plans may differ this much.",
        "余力があり、より安いハブがある。証明済みギャップの範囲内の差である。",
    ),
    "plant_head": (
        "{id} {name}: {kind} in {region}, {technology}, {state}",
        "{id} {name}：{region}の{kind}、{technology}、{state}",
    ),
    "plant_load": (
        "takes {load} of {capacity} t a year ({use} %)",
        "能力{capacity} tのうち{load} t/年を処理（{use}％）",
    ),
    "closed_status": ("closed: its table says so", "閉鎖：表の status による"),
    "closed_close": ("closed: orders.close names it{scenario}", "閉鎖：orders.close による{scenario}"),
    "closed_only": (
        "closed: orders.only names others of its kind{scenario}",
        "閉鎖：orders.only に含まれない{scenario}",
    ),
    "closed_request": ("closed: whoever asked for the plan closed it", "閉鎖：計画の指定（--close）による"),
    "closed_scenario": (", in the scenario {scenario}", "（シナリオ {scenario}）"),
    "stands": ("{tonnes} t/yr of {technology} stand there today", "既設：{technology} {tonnes} t/年"),
    "extended": (
        "of the capacity, {standing} t stand today and {added} are added",
        "能力のうち既設{standing} t、増設{added} t",
    ),
    "from_sites": ("from {count} sites, {km} km on average", "{count}拠点から、平均{km} km"),
    "from_one_site": ("from 1 site, {km} km away", "1拠点から、{km} km"),
    "from_one_hub": ("from 1 hub, {km} km away", "1か所のハブから、{km} km"),
    "from_hubs": ("from {count} hubs, {km} km on average", "{count}か所のハブから、平均{km} km"),
    "term": ("cost by term", "費目"),
    "technologies": (
        "With another technology the plant would cost, at this load, all else as planned: {told}",
        "同じ処理量で別の方式にした場合の費用（他は計画のまま）：{told}",
    ),
    "technology_more": ("{name} {amount} a year more", "{name}は年間{amount}高い"),
    "technology_less": ("{name} {amount} a year less", "{name}は年間{amount}安い"),
    "technology_too_small": ("{name} cannot be that large", "{name}はこの規模にできない"),
    "rivals": ("Others of the region: {names}", "地域内の他の候補：{names}"),
    "without": ("Without it", "これを閉鎖した場合"),
    "with": ("With it", "これを開設した場合"),
    "infeasible": ("there is no plan: {reason}", "計画は存在しない：{reason}"),
    "not_found": (
        "no plan was found in time, and nothing is proven; allow more with --time-limit",
        "時間内に計画は見つからず、何も証明されていない。--time-limit で時間を延ばす",
    ),
    "extra": ("the best plan found costs {amount} a year more", "見つかった最良の計画は年間{amount}高い"),
    "saves": ("the best plan found costs {amount} a year less", "見つかった最良の計画は年間{amount}安い"),
    "same": ("the best plan found costs the same", "見つかった最良の計画の費用は同じである"),
    "exactly": ("this is proven", "証明済み"),
    "between": (
        "proven: between {least} and {most} (gap of the new plan {gap})",
        "証明済みの範囲：{least}～{most}（新しい計画のギャップ {gap}）",
    ),
    "moves": ("{sites} sites with {mass} t go to another hub", "{sites}拠点（{mass} t）の届け先が変わる"),
    "opens": ("opens {names}", "開設：{names}"),
    "closes": ("drops {names}", "不採用となる設備：{names}"),
    "resizes": ("resizes {names}", "規模変更：{names}"),
    "plan_head": (
        "{title}, {year}, {policy}: {cost} a year for {mass} t of packs",
        "{title}、{year}年、{policy}：電池{mass} tに年間{cost}",
    ),
    "share": ("share", "割合"),
    "hubs": ("hubs", "ハブ"),
    "refineries": ("refineries", "製錬所"),
    "hub_paid": ("yen/kg of packs, with collection", "電池1 kg当たり円（回収を含む）"),
    "refinery_paid": ("yen/kg of black mass, with its freight", "ブラックマス1 kg当たり円（輸送を含む）"),
    "hub_per_kg": ("yen/kg of packs", "電池1 kg当たり円"),
    "refinery_per_kg": ("yen/kg of black mass", "ブラックマス1 kg当たり円"),
    "use": ("use", "稼働率"),
    "full": (
        "Full, so that cheaper lanes may be shut out: {names}",
        "満杯の設備（より安い経路が使えないことがある）：{names}",
    ),
    "none_full": (
        "No plant is full: want of room keeps no site from a cheaper open hub.",
        "満杯の設備はなく、能力のために割り当てが妨げられる拠点はない。",
    ),
    "firmness": ("how firm each choice is, the least firm first", "選択の確実さ（不確かな順）"),
    "without_it": ("without it, a year", "なかった場合の年間増額"),
    "then_opens": ("then opens", "代わりに開設"),
    "a_hub": ("hub", "ハブ"),
    "a_refinery": ("refinery", "製錬所"),
    "of_kind": ("{}, {}", "{}（{}）"),
    "dearest": ("Dearest sites up to the hub's gate", "ハブ搬入までの費用が最も高い拠点"),
    "ask": ("Ask about one of them: hubspoke explain OUT ID", "個別の理由：hubspoke explain OUT ID"),
}
LISTED = 6
"""Number of alternatives and rivals that the text lists; the data hold all of them."""


def explanation_words(lang: Lang, settings: Settings | None = None) -> dict[str, str]:
    """Return the words of explanations in one language, together with those that all reports share.

    Parameters
    ----------
    lang : {"en", "ja"}
    settings : Settings, optional
        Whose commodity the words are about.

    Returns
    -------
    dict of str to str
    """
    return report_words(lang, settings) | speak_in_commodity_words(WORDS, settings, lang)


def as_data(reasons: Any) -> dict[str, Any]:
    """Return reasons as plain data, without the settings, which only serve their words.

    Parameters
    ----------
    reasons : dataclass
        With a field `settings`.

    Returns
    -------
    dict of str to any
    """
    return {name: value for name, value in asdict(replace(reasons, settings=None)).items() if name != "settings"}


def list_names(names: tuple[str, ...] | list[str], words: Words) -> str:
    """Return the first few names as a list in words, and how many more there are.

    Parameters
    ----------
    names : sequence of str
    words : mapping of str to str
        As `explanation_words` returns them.

    Returns
    -------
    str
    """
    more = len(names) - LISTED
    return words["list_comma"].join(names[:LISTED]) + (words["and_more"].format(more) if more > 0 else "")


def label_terms(lang: Lang, settings: Settings | None) -> dict[str, str]:
    """Return the label of every cost term in one language, by name."""
    labels = {term.name: term.label_ja if lang == "ja" else term.label_en for term in TERMS}
    return all_in_commodity_words(labels, settings, lang)
