"""Name the columns of tables in both languages; the names that programs read stay beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.plan.columns import EVERY, find_column
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings

BASE = "base_"
"""Beginning of the names of columns that hold the first plan of a comparison."""

_OF_PLANS = {column.name: column.ja for columns in reversed(EVERY.values()) for column in columns}
"""Where tables name a column alike, in the words of the first that has it."""
_KNOWN = {column.name: column for columns in reversed(EVERY.values()) for column in columns}
"""The same columns whole."""
_OF_COMPARISONS = {
    "bound_jpy": "証明済み下限",
    "change": "変化",
    "cost_change_jpy": "費用の増減",
    "cost_change_least_jpy": "増減の下限",
    "cost_change_most_jpy": "増減の上限",
    "cost_change_share": "費用の増減率",
    "from_hub_id": "元のハブID",
    "gap": "最適性ギャップ",
    "key": "設定",
    "mean_haul_km": "電池の平均輸送距離",
    "moved_sites": "届け先が変わる拠点数",
    "moved_t": "届け先が変わる量",
    "objective": "目的",
    "plan": "計画",
    "policy": "方針",
    "title": "表題",
    "to_hub_id": "新しいハブID",
    "unit": "単位",
    "value": "値",
    "year": "年",
}
DECISIONS = {
    "region": ("Region of the hub", "地域"),
    "hub_id": ("Hub", "ハブID"),
    "refinery_id": ("Refineries where its black mass goes, most first", "製錬所ID"),
    "mass_t": ("Packs that the hub takes", "量"),
    "hub": ("Name of the hub", "ハブ"),
    "refinery": ("Names of these refineries", "製錬所"),
    "collection_jpy_per_kg": ("Collection, per kg of packs", "回収"),
    "hub_jpy_per_kg": ("Hub, per kg of packs", "ハブ"),
    "black_mass_jpy_per_kg": ("Transport of black mass, per kg of packs", "ブラックマス輸送"),
    "refinery_jpy_per_kg": ("Refinery, per kg of packs", "製錬"),
    "jpy_per_kg": ("All stages, per kg of packs", "合計"),
    "hub_firmness": ("How firm the choice of the hub is", "ハブ選定の確実さ"),
    "hub_without_least_jpy": (
        "What the best plan without the hub costs more, at least",
        "ハブがなかった場合の増加額（下限）",
    ),
    "hub_without_jpy": ("The same, at most", "ハブがなかった場合の増加額（上限）"),
    "hub_next_best": ("Hub that would open instead", "次点のハブ"),
    "refinery_firmness": ("How firm the choice of the first refinery is", "製錬所選定の確実さ"),
    "refinery_without_least_jpy": (
        "What the best plan without that refinery costs more, at least",
        "製錬所がなかった場合の増加額（下限）",
    ),
    "refinery_without_jpy": ("The same, at most", "製錬所がなかった場合の増加額（上限）"),
    "refinery_next_best": ("Refinery that would open instead", "次点の製錬所"),
    "year": ("Planned year", "計画年"),
    "plant_region": ("Region of the plant", "施設の地域"),
    "plant_kind": ("Whether it is a hub or a refinery", "施設の種類"),
    "plant": ("Short name of the plant", "施設の略称"),
    "plant_id": ("Identifier of the plant", "施設のID"),
    "plant_technology": ("Its technology", "施設の方式"),
    "does": ("What it does for this year", "その年の変化"),
    "size_t": ("Size that stands, at the usual availability", "規模"),
    "load_t": ("Tonnes taken in", "処理量"),
    "invested_jpy": ("Investment in what is added for this year, less subsidies, once", "投資額"),
    "capital_jpy": ("Yearly payments for what stands or was closed", "資本費"),
    "idle_jpy": ("Running cost of standing idle", "休止費"),
    "closing_jpy": ("Cost of closing, once", "閉鎖費"),
}
"""What the sheets of what is decided have, in English and Japanese."""
DECISION, PER_KG = "decision", "JPY/kg"
HEADS = {
    "region": ("Region", "地域"),
    "hub_id": ("Hub, identifier", "ハブID"),
    "hub": ("Hub", "ハブ"),
    "refinery_id": ("Refineries, identifiers", "製錬所ID"),
    "refinery": ("Refineries", "製錬所"),
    "mass_t": ("Packs, t/yr", "電池（t/年）"),
    "collection_jpy_per_kg": ("Collection, yen/kg of packs", "回収（円/kg）"),
    "hub_jpy_per_kg": ("Hub, yen/kg of packs", "ハブ（円/kg）"),
    "black_mass_jpy_per_kg": ("Black mass, yen/kg of packs", "ブラックマス輸送（円/kg）"),
    "refinery_jpy_per_kg": ("Refinery, yen/kg of packs", "製錬（円/kg）"),
    "jpy_per_kg": ("All stages, yen/kg of packs", "合計（円/kg）"),
    "hub_firmness": ("How firm the hub is", "ハブ選定の確実さ"),
    "hub_without_least_jpy": ("Without the hub: more at least, yen/yr", "ハブがなかった場合の増加額 下限（円/年）"),
    "hub_without_jpy": ("Without the hub: more at most, yen/yr", "ハブがなかった場合の増加額 上限（円/年）"),
    "hub_next_best": ("Hub instead", "次点のハブ"),
    "refinery_firmness": ("How firm the first refinery is", "製錬所選定の確実さ"),
    "refinery_without_least_jpy": (
        "Without the refinery: more at least, yen/yr",
        "製錬所がなかった場合の増加額 下限（円/年）",
    ),
    "refinery_without_jpy": (
        "Without the refinery: more at most, yen/yr",
        "製錬所がなかった場合の増加額 上限（円/年）",
    ),
    "refinery_next_best": ("Refinery instead", "次点の製錬所"),
    "year": ("Year", "年"),
    "plant_region": ("Region", "地域"),
    "plant_kind": ("Kind", "種類"),
    "plant": ("Plant", "施設"),
    "plant_id": ("Plant, identifier", "施設ID"),
    "plant_technology": ("Technology", "方式"),
    "does": ("What it does", "変化"),
    "size_t": ("Size, t/yr", "規模（t/年）"),
    "load_t": ("Taken in, t/yr", "処理量（t/年）"),
    "invested_jpy": ("Investment, yen", "投資額（円）"),
    "capital_jpy": ("Capital, yen/yr", "資本費（円/年）"),
    "idle_jpy": ("Standing idle, yen/yr", "休止費（円/年）"),
    "closing_jpy": ("Closing, yen", "閉鎖費（円）"),
}
"""Heads of these columns for people, with their units."""
ONCE = ("invested_jpy", "closing_jpy")
"""Those of them that are paid once, not every year."""
_FIGURES = {
    "title": "表題",
    "year": "年",
    "policy": "方針",
    "status": "状態",
    "objective": "目的",
    "objective value": "目的の値",
    "cost": "総費用",
    "sales of metals": "金属の売却収入",
    "bound": "証明済み下限",
    "gap": "最適性ギャップ",
    "packs": "電池",
    "packs left at their sites": "回収されない電池",
    "cost per kg of packs": "電池1kg当たり費用",
    "sites": "拠点数",
    "of these synthetic": "うち合成データ",
    "option": "指定",
    "input": "入力",
    "share of the cost": "総費用に対する割合",
    "share of cost and forgone sales": "費用と失う売却収入の合計に対する割合",
    "share of the CO2": "CO2に対する割合",
    "rows, placed by statistics, no real businesses": "件、統計から作ったもので、実在の事業者ではない",
    "JPY/yr": "円/年",
    "JPY/kg": "円/kg",
    "t/yr": "t/年",
}


def name_column(column: str, settings: Settings | None, lang: str) -> str:
    r"""Return the head of a column: its name, and in Japanese the word for it on the line above.

    Parameters
    ----------
    column : str
        Name of a column of a plan, or of a comparison, where `base_` marks those of the first plan.
    settings : Settings or None
        Those that name the commodity and the classes of packs; None for batteries.
    lang : {"en", "ja"}

    Returns
    -------
    str
        Only the name where there is no word for it.

    Examples
    --------
    >>> name_column("distance_km", None, "ja")
    '距離\ndistance_km'
    >>> name_column("distance_km", None, "en")
    'distance_km'
    """
    if lang != "ja":
        return column
    classes = {f"{key}_t": pack.name_ja for key, pack in settings.classes.items()} if settings is not None else {}
    before, name = ("元の", column.removeprefix(BASE)) if column.startswith(BASE) else ("", column)
    known = {**_OF_COMPARISONS, **_OF_PLANS, **classes}.get(name)
    return column if known is None else f"{before}{in_commodity_words(known, settings, lang)}\n{column}"


def head_decision(column: str, settings: Settings | None, lang: str) -> str:
    """Return the head of a column of the sheet of what is decided: words and unit, for people.

    Parameters
    ----------
    column : str
    settings : Settings or None
        Those that name the commodity and the currency; None for batteries and yen.
    lang : {"en", "ja"}

    Returns
    -------
    str

    Examples
    --------
    >>> head_decision("hub_jpy_per_kg", None, "en")
    'Hub, yen/kg of packs'
    """
    return in_commodity_words(HEADS[column][lang == "ja"], settings, lang)


def describe_column(table: str, column: str, settings: Settings | None) -> tuple[str, str, str]:
    """Return the unit of a column of a plan, and what it holds in English and in Japanese.

    Parameters
    ----------
    table : str
        Name of the table; columns of another than those of a plan are known by their names alone.
    column : str
    settings : Settings or None
        Those that name the commodity, its currency and the classes of packs; None for batteries and yen.

    Returns
    -------
    tuple of str
        Empty where nothing is known.

    Examples
    --------
    >>> describe_column("flows", "distance_km", None)
    ('km', 'Distance of the lane, one way', '距離')
    """
    if table == DECISION and column in DECISIONS:
        per_year = "JPY" if column in ONCE else "JPY/yr" if column.endswith("_jpy") else ""
        unit = PER_KG if column.endswith("jpy_per_kg") else "t/yr" if column.endswith("_t") else per_year
        told = DECISIONS[column]
    else:
        known = (find_column(table, column) if table in EVERY else None) or _KNOWN.get(column)
        if known is None:
            return "", "", ""
        pack = settings.classes.get(column.removesuffix("_t")) if settings is not None and not known.ja else None
        unit = known.unit
        told = (
            (f"{known.en.removesuffix(' of each class')}: {pack.name_en}", pack.name_ja)
            if pack
            else (known.en, known.ja)
        )
    en, ja = (in_commodity_words(text, settings, lang) for text, lang in zip(told, ("en", "ja"), strict=True))
    return in_commodity_words(unit, settings, "en"), en, ja


def name_figure(name: str, settings: Settings, lang: str) -> str:
    """Return the name or unit of a key figure in one language; what follows a colon is a name and is not translated.

    Parameters
    ----------
    name : str
        In English.
    settings : Settings
        Those that name the commodity.
    lang : {"en", "ja"}

    Returns
    -------
    str
        As it is where there is no word for it.

    Examples
    --------
    >>> import hubspoke as hs
    >>> name_figure("option: gap", hs.read().settings, "ja")
    '指定: gap'
    """
    word, colon, rest = name.partition(": ")
    return f"{in_commodity_words(_FIGURES.get(word, word) if lang == 'ja' else word, settings, lang)}{colon}{rest}"
