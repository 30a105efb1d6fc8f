"""What acting early or late costs, in words: sentences and a table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.planning.years.regret import TOGETHER
from hubspoke.words.language import speak
from hubspoke.words.messages import translate
from hubspoke.words.numbers import format_large
from hubspoke.words.told import Told, ToldTable, lay_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from hubspoke.settings.currency import Currency
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "strategy": ("strategy", "進め方"),
    "present": ("present value", "現在価値"),
    "more": ("more", "増加"),
    "plants": ("hubs, refineries used", "使用ハブ・精錬所"),
    "together": ("together", "全期間を一括計画"),
    "each year alone": ("each year alone", "年ごとに個別計画"),
    "last year at once": ("last year at once", "最終年の網を初年に一括整備"),
    "wait": ("wait until {year}", "{year}年まで待つ"),
    "legend": (
        (
            "together: one plan for all years; each year alone: the plants that are best for each by itself; last year "
            "at once: what the last year needs stands from the first; wait until a year: nothing new runs before it."
        ),
        (
            "年ごとに個別計画：各年だけで最良の施設を選ぶ。最終年の網を初年に一括整備：最終年に要る施設が初年から建つ。"
            "待つ：その年まで新設・増設をしない。"
        ),
    ),
    "across": (", across borders till then", "（それまで地域外も可）"),
    "none": ("no plan", "計画なし"),
    "nothing": ("nothing", "なし"),
    "costs": ("What acting otherwise costs", "別の進め方の費用"),
    "head": (
        "What acting otherwise costs, {first} to {last}: present value of all cost",
        "別の進め方の費用（{first}～{last}年、全費用の現在価値）",
    ),
}


def tell_regret(table: pd.DataFrame, years: tuple[int, int], currency: Currency, lang: Lang = "en") -> str:
    """Return what acting otherwise costs, in lines for a terminal.

    Parameters
    ----------
    table : DataFrame
        As `compare_strategies` returns it.
    years : pair of int
        First and last planned year.
    currency : Currency
        That of the settings.
    lang : {"en", "ja"}
    """
    return lay_lines(tell_regret_parts(table, years, currency, lang, caption=False))


def tell_regret_parts(
    table: pd.DataFrame, years: tuple[int, int], currency: Currency, lang: Lang = "en", *, caption: bool = True
) -> Iterator[Told]:
    """Yield what acting otherwise costs, as sentences and a table.

    Parameters
    ----------
    table, years, currency, lang
        As in `tell_regret`.
    caption : bool
        Whether the table has one.
    """
    words = speak(WORDS, lang)
    rows, reasons = [], []
    for row in table.to_dict("records"):
        name = _name(str(row["strategy"]), words)
        if math.isnan(row["present_jpy"]):
            rows.append((name, words["none"], "", ""))
            reasons.append(f"{name}: {translate(str(row['why_not']), lang)}")
            continue
        more = _say_more(float(row["more_share"]), words) if row["strategy"] != TOGETHER else "-"
        cost = format_large(row["present_jpy"], lang, currency.name_ja if lang == "ja" else currency.name_en)
        rows.append((name, cost, more, f"{row['hubs']}, {row['refineries']}"))
    yield words["head"].format(first=years[0], last=years[1])
    heads = tuple(words[key] for key in ("strategy", "present", "more", "plants"))
    yield ToldTable(words["costs"] if caption else "", heads, tuple(rows), ("text", "number", "number", "text"))
    yield words["legend"]
    yield from reasons


def _say_more(share: float, words: dict[str, str]) -> str:
    """Return what a strategy costs more, with as many digits as show that it does."""
    digits = 1 if share >= 5e-4 else 3
    return f"+{100 * share:.{digits}f} %" if share >= 5e-6 else words["nothing"]


def _name(strategy: str, words: dict[str, str]) -> str:
    if strategy in words:
        return words[strategy]
    year = next(part for part in strategy.replace(",", " ").split() if part.isdigit())
    return words["wait"].format(year=year) + (words["across"] if "across" in strategy else "")
