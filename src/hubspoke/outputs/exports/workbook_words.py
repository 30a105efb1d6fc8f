"""Put Japanese words above the columns of a workbook; the names that programs read stay below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.costs.terms import TERMS
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings

BASE = "base_"
"""Beginning of the names of columns that hold the first plan of a comparison."""

_TERMS = {f"{term.name}_jpy": term.label_ja for term in TERMS}
_NAMES = {
    "actor": "主体ID",
    "black_mass_t": "産出するブラックマス",
    "alloyed_t": "合金になる量",
    "black_mass_t_km": "ブラックマスの輸送量",
    "bound_jpy": "証明済み下限",
    "break_even_gate_fee_jpy_per_t": "損益分岐 受入料金",
    "break_even_price_factor": "損益分岐 金属価格の倍率",
    "byproduct_sales_jpy": "副産物の売却収入",
    "capacity_t": "能力",
    "change": "変化",
    "class": "電池の種類",
    "co2_kg": "CO2排出量",
    "co2_t": "CO2排出量",
    "confidence": "確度",
    "contained_t": "含有量",
    "cost_jpy": "費用",
    "cost_jpy_per_t": "1t当たり費用",
    "cost_change_jpy": "費用の増減",
    "cost_change_least_jpy": "増減の下限",
    "cost_change_most_jpy": "増減の上限",
    "cost_change_share": "費用の増減率",
    "country": "国",
    "direction": "出入り",
    "distance_km": "距離",
    "ferry_km": "うちフェリー",
    "from_kind": "発地の種別",
    "from_hub_id": "元のハブID",
    "gap": "最適性ギャップ",
    "grade": "ブラックマスの種類",
    "ground": "敷地",
    "hours": "所要時間",
    "hub_id": "ハブID",
    "hubs": "ハブ数",
    "id": "ID",
    "item": "項目",
    "jpy": "金額",
    "kind": "種別",
    "key": "設定",
    "label_en": "費目（英語）",
    "label_ja": "費目（日本語）",
    "lat": "緯度",
    "load_t": "処理量",
    "lon": "経度",
    "mass_t": "量",
    "material": "物質",
    "mean_haul_km": "電池の平均輸送距離",
    "metal": "金属",
    "metal_sales_jpy": "金属の売却収入",
    "moved_sites": "届け先が変わる拠点数",
    "moved_t": "届け先が変わる量",
    "name": "名称（英語）",
    "name_en": "名称（英語）",
    "name_ja": "名称（日本語）",
    "objective": "目的",
    "opening_instead_of": "入れ替える施設ID",
    "opening_more_jpy": "開設した場合の差額",
    "operator": "事業者",
    "origin": "データの由来",
    "packs_t": "電池",
    "plan": "計画",
    "plant_id": "施設ID",
    "plant_kind": "施設の種別",
    "policy": "方針",
    "port_id": "港ID",
    "port_lat": "港の緯度",
    "port_lon": "港の経度",
    "port_name": "港（英語）",
    "port_name_ja": "港（日本語）",
    "prefecture": "都道府県",
    "price_level": "金属価格",
    "processing_co2_t": "処理のCO2",
    "profit_jpy": "利益",
    "recovered_t": "回収量",
    "refineries": "製錬所数",
    "refinery_id": "製錬所ID",
    "region": "地域",
    "result_jpy": "収支",
    "runner_up_hub_id": "次点のハブID",
    "runner_up_more_jpy": "次点にした場合の差額",
    "sales_forgone_jpy": "失う売却収入",
    "sales_lost_jpy": "電気炉で失う金属売却収入",
    "scheme": "契約方式",
    "share": "割合",
    "site_id": "拠点ID",
    "site_name": "拠点（英語）",
    "site_name_ja": "拠点（日本語）",
    "sites": "拠点数",
    "source": "出典",
    "source_id": "海外調達先ID",
    "source_name": "海外調達先（英語）",
    "source_name_ja": "海外調達先（日本語）",
    "state": "状態",
    "status": "現況",
    "technology": "方式",
    "term": "費目",
    "title": "表題",
    "to_hub_id": "新しいハブID",
    "transport_co2_t": "輸送のCO2",
    "transport_t_km": "電池の輸送量",
    "trips_per_yr": "年間便数",
    "truck": "車種",
    "unit": "単位",
    "unserved_t": "回収されない量",
    "utilisation": "稼働率",
    "value": "値",
    "year": "年",
}
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
    known = {**_NAMES, **_TERMS, **classes}.get(name)
    return column if known is None else f"{before}{in_commodity_words(known, settings, lang)}\n{column}"


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
