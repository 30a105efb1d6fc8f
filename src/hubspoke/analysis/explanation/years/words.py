"""Words of explanations of plans over several years, in English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.explanation.words import explanation_words
from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.numbers import format_yen

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Pairs, Words

WORDS: Pairs = {
    "plan_head": (
        "{title}, {first}–{until}: {cost} in present value, {proof}",
        "{title}、{first}～{until}年：現在価値{cost}、{proof}",
    ),
    "colon": (": ", "："),
    "span": ("{year}", "{year}年"),
    "span_until": ("{year} to {until}", "{year}～{until}年"),
    "year_head": (
        "{span}: {tonnes} t a year, {cost} a year, {per_kg} {unit}",
        "{span}：年間{tonnes} t、年間{cost}、{per_kg} {unit}",
    ),
    "per_kg_of": ("{currency}/kg", "{currency}/kg"),
    "invested_head": ("  {invested} invested", "  投資額{invested}"),
    "made_of": (
        "Of the present value, capital takes {capital}, freight {freight}, running the plants {running}{once}.",
        "現在価値の内訳：資本費{capital}、輸送費{freight}、運営費{running}{once}。",
    ),
    "once_of": (", what is paid once {}", "、一時費用{}"),
    "ask_years": (
        "Ask why a plant opens when it does, or about a site: hubspoke explain OUT ID",
        "施設の開設年の理由や拠点については：hubspoke explain OUT ID",
    ),
    "plant_head": ("{id} {name}: {kind} in {region}{technology}", "{id} {name}：{region}の{kind}{technology}"),
    "technology_told": (", {}", "、{}"),
    "never_used": ("is not used in any planned year", "どの計画年にも使われない"),
    "stood": ("stood before the first year: {tonnes} t/yr", "初年以前の既設能力：{tonnes} t/年"),
    "step": ("step", "変化"),
    "is_": ("open", "稼働"),
    "is_opens": ("opens", "新設"),
    "is_starts": ("is put to use", "既設の利用開始"),
    "is_grows": ("grows", "増設"),
    "is_idles": ("stands idle", "休止"),
    "is_resumes": ("runs again", "再稼働"),
    "is_closes": ("closes for good", "閉鎖"),
    "is_closed": ("closed", "閉鎖済み"),
    "is_idle": ("idle", "休止中"),
    "is_absent": ("not there", "なし"),
    "year": ("year", "年"),
    "size": ("rated, t/yr", "定格規模 t/年"),
    "use": ("use of what it can take", "処理可能量の利用率"),
    "takes": ("takes in, t/yr", "処理量 t/年"),
    "invested": ("million yen invested", "投資額（百万円）"),
    "owed": ("million yen of capital a year", "資本費（百万円/年）"),
    "trials_head": (
        "What it would cost over the horizon to act otherwise (present value, all planned again):",
        "別の進め方にした場合の全期間の費用（現在価値、全体を計画し直した結果）：",
    ),
    "opens_in": ("open in {year}, not before", "{year}年に稼働（それ以前は不可）"),
    "opens_earlier": ("one planned year earlier, in {year}", "1計画年早く{year}年に稼働"),
    "opens_later": ("one planned year later, in {year}", "1計画年遅く{year}年に稼働"),
    "opens_never": ("never", "稼働させない"),
    "more_cost": ("{amount} more", "{amount}高い"),
    "less_cost": ("{amount} less", "{amount}安い"),
    "more_profit": ("{amount} less profit", "利益が{amount}少ない"),
    "less_profit": ("{amount} more profit", "利益が{amount}多い"),
    "more_co2": ("{amount} more", "{amount}多い"),
    "less_co2": ("{amount} less", "{amount}少ない"),
    "the_same": ("the same", "同じ"),
    "co2_amount": ("{} t of CO2", "CO2 {} t"),
    "proven_exactly": ("proven", "証明済み"),
    "proven_range": ("proven: {least} to {most}", "証明済みの範囲：{least}～{most}"),
    "proven_dearer": ("proven: at least {least}", "証明済み：{least}以上"),
    "not_proven": ("not proven: between {least} and {most}", "未証明：{least}～{most}"),
    "nothing_proven": (
        "nothing is proven in time; allow more with --time-limit",
        "時間内に証明なし。--time-limit で延長",
    ),
    "no_plan": ("no plan: {reason}", "計画なし：{reason}"),
    "too_early": (
        "no: nothing new of it can run before {year} (years.decided_from and lead_time_yr, or opens_from)",
        "不可：{year}年より前には稼働できない（years.decided_from と lead_time_yr、または opens_from）",
    ),
    "capital": ("capital", "資本費"),
    "freight": ("freight", "輸送費"),
    "running": ("running the plants", "運営費"),
    "once": ("paid once", "一時費用"),
    "made_of_parts": ("of it {parts}", "内訳：{parts}"),
    "instead": ("then {names}", "その場合：{names}"),
    "instead_opens": ("{id} is used from {year}", "{id}は{year}年から利用"),
    "instead_drops": ("{id} is never used", "{id}は利用なし"),
    "no_earlier": ("There is no planned year before {year}.", "{year}年より前の計画年はない。"),
    "why_not_earlier": (
        "Why not in {year}: {dearer} would cost {more} more over the horizon, and {saving} only {less} less.",
        "{year}年でない理由：全期間で{dearer}が{more}増え、{saving}は{less}しか減らない。",
    ),
    "why_no_saving": (
        "Why not in {year}: {dearer} would cost {more} more over the horizon, and nothing less.",
        "{year}年でない理由：全期間で{dearer}が{more}増え、減る費用はない。",
    ),
    "why_never": (
        "Why at all: without it {dearer} would cost {more} more over the horizon, and {saving} only {less} less.",
        "稼働させる理由：稼働させないと全期間で{dearer}が{more}増え、{saving}は{less}しか減らない。",
    ),
    "why_never_no_saving": (
        "Why at all: without it {dearer} would cost {more} more over the horizon, and nothing less.",
        "稼働させる理由：稼働させないと全期間で{dearer}が{more}増え、減る費用はない。",
    ),
    "site_head": ("{id} {name} ({region})", "{id} {name}（{region}）"),
    "site_hub": ("hub", "ハブ"),
    "site_share": ("share", "割合"),
    "site_mass": ("t/yr", "t/年"),
    "site_km": ("km", "km"),
    "site_cost": ("{currency}/t to the hub", "ハブ搬入 {currency}/t"),
    "site_next": ("next best open hub", "次点の稼働ハブ"),
    "site_more": ("{currency}/yr more", "追加費用 {currency}/年"),
    "left": ("left at the site", "未回収"),
    "because_only": (
        "{year}: {hub} is the only open hub that it may go to.",
        "{year}年：届けられる稼働ハブは{hub}のみ。",
    ),
    "because_cheapest": (
        "{year}: {hub} is the cheapest of the open hubs; the next, {other}, costs {more} more a year.",
        "{year}年：{hub}が稼働ハブの中で最も安い。次点の{other}は年間{more}高い。",
    ),
    "because_room": (
        "{year}: {other} would be cheaper and has no room left for it.",
        "{year}年：{other}のほうが安いが、余力がない。",
    ),
    "because_kept": (
        "{year}: {other} would be cheaper; the site keeps its hub, or changing it costs more than it saves.",
        "{year}年：{other}のほうが安いが、配送先を変えない（または変更費用が上回る）。",
    ),
    "because_gap": (
        "{year}: {other} would be cheaper by {more} a year, within the proven gap or for what follows in other years.",
        "{year}年：{other}のほうが年間{more}安いが、証明済みギャップの範囲内、または他の年への影響による。",
    ),
    "because_left": (
        "{year}: it is left; collecting it costs more than leaving it.",
        "{year}年：回収費用が上回るため未回収。",
    ),
    "because_unknown": ("{year}: {hub}.", "{year}年：{hub}。"),
    "moves_closed": ("{before} is closed or idle from {year} on.", "{before}は{year}年から閉鎖または休止。"),
    "moves_opened": ("{hub} is open from {year} on.", "{hub}は{year}年から稼働。"),
}


def story_words(lang: Lang, settings: Settings | None = None) -> dict[str, str]:
    """Return the words of explanations of several years in one language.

    Parameters
    ----------
    lang : {"en", "ja"}
    settings : Settings, optional
        Those that name the commodity.
    """
    return explanation_words(lang, settings) | speak_in_commodity_words(WORDS, settings, lang)


def format_more(value: float, objective: str, words: Words, lang: Lang, settings: Settings | None) -> str:
    """Write by how much a plan is worse than another, by what was made least or most.

    Parameters
    ----------
    value : float
        Yen, or kg of CO2; below zero where it is better.
    objective : {"cost", "profit", "co2"}
    words : mapping
    lang : {"en", "ja"}
    settings : Settings or None
    """
    amount = format_amount(abs(value), objective, words, lang, settings)
    if abs(value) < 0.5:
        return words["the_same"]
    return words[f"{'more' if value > 0 else 'less'}_{objective}"].format(amount=amount)


def format_amount(value: float, objective: str, words: Words, lang: Lang, settings: Settings | None) -> str:
    """Write an amount of what was made least or most, with its sign where it is below zero.

    Parameters
    ----------
    value : float
    objective : {"cost", "profit", "co2"}
    words : mapping
    lang : {"en", "ja"}
    settings : Settings or None
    """
    sign = "−" if value < -0.5 else ""
    if objective == "co2":
        return sign + words["co2_amount"].format(f"{abs(value) / 1000:,.0f}")
    return sign + format_yen(abs(value), lang, settings)
