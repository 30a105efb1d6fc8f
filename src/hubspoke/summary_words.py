"""Words of the summary on a terminal, in English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.maps.drawable import Lang

Pairs = dict[str, tuple[str, str]]
"""English and Japanese by key."""

WORDS: Pairs = {
    "head": ("{title}, {year}, policy {policy}", "{title}、{year}年、方針 {policy}"),
    "cost": ("cost", "費用"),
    "cost_told": ("{} bn yen/yr, {} yen/kg of packs", "{}億円/年、電池1 kg当たり{}円"),
    "sales": ("sales", "売却"),
    "sales_told": ("{} bn yen/yr of {}, not in the cost", "{}億円/年（{}）、費用には含めない"),
    "nothing": ("nothing", "なし"),
    "packs": ("packs", "電池"),
    "packs_told": ("{} t/yr from {} sites", "{} t/年、{}拠点から"),
    "plants": ("plants", "設備"),
    "semicolon": ("; ", "、"),
    "hub_open": ("{} hub open", "ハブ{}か所"),
    "hubs_open": ("{} hubs open", "ハブ{}か所"),
    "refinery_open": ("{} refinery open", "製錬所{}か所"),
    "refinerys_open": ("{} refineries open", "製錬所{}か所"),
    "idle_besides": (", {} idle (open with nothing to do)", "（ほかに不使用{}か所）"),
    "idle": ("idle", "不使用"),
    "status": ("status", "状態"),
    "proven_exactly": (
        "optimal: no plan costs less (asked for {asked})",
        "最適：これより安い計画はない（指定ギャップ {asked}）",
    ),
    "proven_within": (
        "optimal: no plan costs {gap} less (asked for {asked})",
        "最適：{gap}以上安い計画はない（指定ギャップ {asked}）",
    ),
    "stopped_unproven": (
        "stopped at a limit: a plan, but nothing is proven about cheaper ones",
        "制限で終了：計画はあるが、より安い計画の有無は未証明",
    ),
    "stopped_within": (
        "stopped at a limit: a cheaper plan may exist, at most {gap} cheaper",
        "制限で終了：最大{gap}安い計画がありうる",
    ),
    "by_term": ("cost by term", "費用の内訳"),
    "large_yen": ("bn yen/yr", "億円/年"),
    "rest": ("Everything else", "その他"),
    "region": ("region", "地域"),
    "hub": ("hub", "ハブ"),
    "refinery": ("refinery", "製錬所"),
    "tonnes": ("t/yr", "t/年"),
    "per_kg": ("yen/kg", "円/kg"),
    "and_more": (" and {} more", "、ほか{}か所"),
}


def speak(words: Mapping[str, tuple[str, str]], lang: Lang) -> dict[str, str]:
    """Give words in one language."""
    column = ("en", "ja").index(lang)
    return {key: pair[column] for key, pair in words.items()}
