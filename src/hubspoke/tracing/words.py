"""The words in which a trace is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.words.commodity import speak_in_commodity_words

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

WORDS = {
    "title": ("Trace of {} · {}", "{}の追跡 · {}"),
    "custody": ("Chain of custody (ISO 22095): {}. {}", "流通管理（CoC、ISO 22095）：{}。{}"),
    "segregated": ("segregated", "分別（セグリゲーション）"),
    "controlled_blending": ("controlled blending", "管理された混合"),
    "mass_balance": ("mass balance, closed over {} yr", "マスバランス（{}年ごとに収支を合わせる）"),
    "segregated_note": (
        "Metal of different origin is kept apart at every plant.",
        "由来の異なる金属は、どの施設でも分けて扱う。",
    ),
    "controlled_blending_note": (
        "Origins are mixed in known proportions: grade by grade at hubs, all together at refineries.",
        "由来の異なる金属を既知の割合で混ぜる（ハブではブラックマスの種類ごと、製錬所では全体）。",
    ),
    "mass_balance_note": (
        "Metal is attributed in proportion to all that a plant takes in within the period: claims, not contents.",
        "期間内に施設が受け入れた量に比例して割り当てる。実際の含有ではなく帳簿上の値。",
    ),
    "planned": (
        "These are planned flows of a model, not records of deliveries.",
        "これはモデルによる計画値であり、納入の記録ではない。",
    ),
    "plan": ("the whole plan", "計画全体"),
    "lot": ("lot {}", "ロット{}"),
    "site": ("site {}", "拠点「{}」"),
    "abroad": ("source abroad {}", "海外の供給元「{}」"),
    "hub": ("hub {}", "ハブ「{}」"),
    "port": ("port {}", "港「{}」"),
    "refinery": ("refinery {}", "製錬所「{}」"),
    "furnace": ("electric furnace {}", "電気炉「{}」"),
    "region": ("region {}", "{}地域"),
    "sources": (
        "Where the metal that is sold or alloyed comes from, kg/yr as elements",
        "売却・合金化される金属の出どころ（元素量） kg/年",
    ),
    "content": ("Where the metal of the lot comes from, kg/yr as elements", "ロットの金属の出どころ（元素量） kg/年"),
    "ends": ("Where the metal ends, kg/yr as elements", "金属の行き先（元素量） kg/年"),
    "largest": ("The largest of {} sources, kg/yr", "供給元{}か所のうち最大のもの kg/年"),
    "place": ("From", "出どころ"),
    "end": ("To", "行き先"),
    "year": ("Year", "年"),
    "sum": ("Sum", "合計"),
    "product": ("{} of {}", "{1}の{0}"),
    "scrap": ("{} scrap of {}", "{1}の{0}スクラップ"),
    "alloy": ("alloy of {1}", "{1}の合金"),
    "residue": ("residue of {1}", "{1}の残渣"),
    "unsorted": ("not sorted out at {1}", "{1}で選別されない分"),
    "black_mass": ("left at {1}", "{1}に残る分"),
    "origin": (
        "{}: {} % packs that were in use, {} % scrap of manufacturing; {} % from abroad.",
        "{}：使用済み電池{}％、製造工程のスクラップ{}％、うち海外から{}％。",
    ),
    "unserved": ("{} t/yr of packs stay at the site and are not traced.", "年{} tの電池は拠点に残り、追跡されない。"),
    "hubs": ("all hubs", "全ハブ"),
    "nothing": ("Nothing.", "なし。"),
}
"""By key, in English and in Japanese."""


def trace_words(settings: Settings, lang: Lang) -> dict[str, str]:
    """Return the words on traces in the words of the commodity.

    Parameters
    ----------
    settings : Settings
    lang : {"en", "ja"}

    Returns
    -------
    dict of str to str
    """
    return speak_in_commodity_words(WORDS, settings, lang)
