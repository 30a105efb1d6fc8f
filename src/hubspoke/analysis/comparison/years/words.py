"""Words of comparisons of plans over several years, in English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.comparison.words import comparison_words
from hubspoke.words.commodity import speak_in_commodity_words

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "comparison": ("Plans over several years side by side", "複数年計画の比較"),
    "costs_more": (
        "{plan} costs {amount} more than {base} in present value over {first}–{until} ({share}).",
        "{plan}は{first}～{until}年の現在価値で{base}より{amount}高い（{share}）。",
    ),
    "costs_less": (
        "{plan} costs {amount} less than {base} in present value over {first}–{until} ({share}).",
        "{plan}は{first}～{until}年の現在価値で{base}より{amount}安い（{share}）。",
    ),
    "costs_same": (
        "{plan} costs as much as {base} in present value over {first}–{until}.",
        "{plan}の{first}～{until}年の現在価値は{base}と等しい。",
    ),
    "parts_change": ("Of it {parts}.", "内訳は{parts}。"),
    "other_years": (
        "Planned years differ ({told}): what lies between them is counted as in the year before.",
        "計画年が異なる（{told}）。間の年は直前の計画年と同じとして数える。",
    ),
    "other_rate": (
        "Discount rates differ: present values are not of one measure.",
        "割引率が異なるため、現在価値は同じ尺度ではない。",
    ),
    "changes_of": ("{kind}: {told}.", "{kind}：{told}。"),
    "is_only_in_plan": ("only in {plan} {names}", "{plan}だけ {names}"),
    "is_only_in_base": ("only in {base} {names}", "{base}だけ {names}"),
    "is_earlier": ("earlier {names}", "より早い {names}"),
    "is_later": ("later {names}", "より遅い {names}"),
    "is_larger": ("larger {names}", "より大きい {names}"),
    "is_smaller": ("smaller {names}", "より小さい {names}"),
    "from_year": ("{name} (from {year})", "{name}（{year}年から）"),
    "moved_year": ("{name} ({before} to {year})", "{name}（{before}→{year}年）"),
    "all_same": ("Every plant opens in the same year at the same size.", "すべての施設の開設年と規模は同じ。"),
    "over_horizon": ("Over the horizon", "全期間"),
    "present_jpy": ("Present value of all costs, million yen", "全費用の現在価値（百万円）"),
    "capital_jpy": ("Of it capital", "うち資本費"),
    "freight_jpy": ("Of it freight", "うち輸送費"),
    "running_jpy": ("Of it running the plants", "うち運営費"),
    "once_jpy": ("Of it paid once", "うち一時費用"),
    "invested_jpy": ("Investment, million yen, not discounted", "投資額（百万円、割引なし）"),
    "residual_jpy": ("Residual value at the end, million yen", "期末の残存価値（百万円）"),
    "packs_total": ("Packs over the horizon, t", "全期間の電池 t"),
    "unserved_total": ("Packs left, t", "未回収の電池 t"),
    "hubs_used": ("Hubs used in some year", "いずれかの年に使うハブ"),
    "refineries_used": ("Refineries used in some year", "いずれかの年に使う製錬所"),
    "capital": ("capital", "資本費"),
    "freight": ("freight", "輸送費"),
    "running": ("running the plants", "運営費"),
    "once": ("paid once", "一時費用"),
    "year_by_year": ("Year by year", "年別"),
    "cost_in": ("Cost a year, million {currency}", "年間費用（百万{currency}）"),
    "per_kg_in": ("{currency}/kg", "{currency}/kg"),
    "invested_in": ("Invested, million {currency}", "投資額（百万{currency}）"),
    "plants_in": ("Hubs + refineries", "ハブ＋製錬所"),
    "not_planned": ("–", "–"),
    "openings": ("Plants that differ", "異なる施設"),
    "first_in": ("First used: {plan}", "利用開始：{plan}"),
    "largest_in": ("Largest, t/yr: {plan}", "最大規模 t/年：{plan}"),
    "change_only_in_plan": ("new", "追加"),
    "change_only_in_base": ("gone", "なし"),
    "change_earlier": ("earlier", "早い"),
    "change_later": ("later", "遅い"),
    "change_larger": ("larger", "大きい"),
    "change_smaller": ("smaller", "小さい"),
    "never": ("never", "なし"),
}


def years_comparison_words(lang: Lang, settings: Settings | None = None) -> dict[str, str]:
    """Return the words of a comparison of plans over several years in one language.

    Parameters
    ----------
    lang : {"en", "ja"}
    settings : Settings, optional
        Those that name the commodity.
    """
    return comparison_words(lang, settings) | speak_in_commodity_words(WORDS, settings, lang)
