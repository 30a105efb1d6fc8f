"""Places with the least freight of packs, in words: sentences and tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.numbers import format_yen
from hubspoke.words.told import Told, ToldTable, lay_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.analysis.decisions.greenfield.greenfield import Greenfield
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "head": (
        "Places with the least freight of packs, {year}, if a hub could stand anywhere:",
        "中間処理拠点をどこにでも置ける場合に、電池の輸送費が最小となる場所（{year}年）：",
    ),
    "region": ("region", "地域"),
    "place": ("place", "場所"),
    "sites": ("sites", "排出元"),
    "tonnes": ("packs t/yr", "電池 t/年"),
    "freight": ("freight a year", "輸送費（年）"),
    "per_kg": ("yen/kg", "円/kg"),
    "places": ("Places:", "場所："),
    "beside": ("Beside the candidates that there are:", "既存の候補地との比較："),
    "candidates": ("candidates with the least freight", "輸送費最小の候補地"),
    "saved": ("the places save", "節約額"),
    "together": ("all", "全体"),
    "none": ("no set of candidates is reached from all sites", "全拠点から到達できる候補地の組なし"),
    "as_good": ("nothing: the candidates are as good", "なし（候補地で足りる）"),
    "note": (
        "Freight alone is compared: land, permits and what a plant costs there are not known.",
        "比較は輸送費のみ。用地・許認可・建設費は考慮していない。",
    ),
}


def tell_greenfield(found: Greenfield, lang: Lang = "en") -> str:
    """Return the places and what they save, in lines for a terminal.

    Parameters
    ----------
    found : Greenfield
    lang : {"en", "ja"}
    """
    return lay_lines(tell_greenfield_parts(found, lang))


def tell_greenfield_parts(found: Greenfield, lang: Lang = "en") -> Iterator[Told]:
    """Yield the places and what they save, as sentences and tables.

    Parameters
    ----------
    found : Greenfield
    lang : {"en", "ja"}
    """
    words = speak_in_commodity_words(WORDS, found.settings, lang)

    def yen(value: float) -> str:
        return format_yen(value, lang, found.settings)

    yield words["head"].format(year=found.year)
    rows = []
    for row in found.places.to_dict("records"):
        name = str((lang == "ja" and row["name_ja"]) or row["name"] or row["code"])
        figures = (f"{row['sites']:,}", f"{row['packs_t']:,.0f}", yen(row["freight_jpy"]), f"{row['jpy_per_kg']:.1f}")
        rows.append((found.names.region(str(row["region"]), lang), name, *figures))
    heads = tuple(words[key] for key in ("region", "place", "sites", "tonnes", "freight", "per_kg"))
    yield ToldTable(words["places"], heads, tuple(rows), ("text", "text", "number", "number", "number", "number"))
    beside = []
    for row in found.regions.to_dict("records"):
        known = not math.isnan(row["candidates_freight_jpy"])
        saved = yen(row["saved_jpy"]) if row["saved_jpy"] > 0 else words["as_good"]
        ids = [one for one in str(row["candidates"]).split("; ") if one]
        told = (found.names.plants(ids, lang), yen(row["candidates_freight_jpy"]), saved) if known else ()
        beside.append(
            (found.names.region(str(row["region"]), lang) or words["together"], *(told or (words["none"], "–", "–")))
        )
    heads = tuple(words[key] for key in ("region", "candidates", "freight", "saved"))
    yield ToldTable(words["beside"], heads, tuple(beside), ("text", "prose", "number", "text"))
    yield words["note"]
