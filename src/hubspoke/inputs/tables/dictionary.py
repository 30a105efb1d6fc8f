"""The titles of columns that are known besides their own names, in Japanese and English, and the units they may state.

Only titles that are sure stand here: what merely resembles a column is left to a finding.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from hubspoke.base.spelling import list_words
from hubspoke.inputs.files.headings import Headings, Meaning, plain, split_unit
from hubspoke.inputs.tables.schema import SCHEMAS
from hubspoke.inputs.tables.tonnes import MASS_UNITS, TOTAL, accepted_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.settings.settings import Settings

PLACE_WORDS: dict[str, Sequence[str]] = {
    "id": list_words(
        "コード 識別子 管理番号 拠点番号 拠点コード 事業所番号 事業所コード 事業者番号 事業者コード 登録番号 施設番号 "
        "施設コード 拠点id 施設id site_id hub_id refinery_id plant_id place_id code key"
    ),
    "name": list_words(
        "名称 名前 事業所名 事業所名称 事業所 事業者名 事業者名称 事業者 業者名 業者名称 会社名 企業名 拠点名 拠点名称 "
        "施設名 施設名称 工場名 工場名称 サイト名 氏名又は名称 候補地名 候補地 site_name hub_name plant_name "
        "refinery_name company company_name"
    ),
    "name_ja": list_words("和名 日本語名 名称(日本語) japanese_name"),
    "region": list_words("地域 地方 地区 ブロック エリア 地域名 地方名 area region_name"),
    "prefecture": list_words("都道府県 都道府県名 県 県名 pref prefecture_name"),
    "city": list_words("市区町村 市区町村名 市町村 市町村名 municipality town city_name"),
    "address": list_words("住所 所在地 事業所所在地 事業所住所 所在 street_address full_address"),
    "lat": list_words("緯度 北緯 緯度_wgs84 latitude lat_deg"),
    "lon": list_words("経度 東経 経度_wgs84 longitude lng long lon_deg"),
    "source": list_words("出典 典拠 情報源"),
    "confidence": list_words("確度 信頼度"),
    "note": list_words("備考 メモ 注記 摘要 remarks remark comment comments notes"),
    "operator": list_words("運営者 運営会社 事業主体 運営 運営事業者"),
}  # fmt: skip
PLANT_WORDS: dict[str, Sequence[str]] = {
    "technology": list_words("技術 処理技術 処理方式 処理方法 方式 プロセス 製錬方式 精錬方式 process"),
    "max_t": list_words(
        "最大処理能力 最大処理量 最大能力 処理能力 処理能力上限 処理上限 上限 受入上限 最大受入量 年間処理能力 "
        "年間最大処理量 能力 max maximum max_tonnes max_capacity maximum_capacity capacity capacity_t_per_yr limit "
        "max_t_per_yr max_t_yr max_tpa capacity_tpa"
    ),
    "existing_technology": list_words("既存方式 既設方式 現有方式 既存技術 既設技術 現在の方式"),
    "existing_t": list_words("既存能力 既設能力 現有能力 既存処理能力 現在能力 既存規模 existing_capacity"),
    "status": list_words("状態 状況 ステータス 稼働状況 操業状況 state"),
    "ground": list_words("敷地 用地"),
    "grades": list_words("グレード 受入グレード 等級 受入等級 品位 grade"),
    "country": list_words("国 国名 所在国 nation country_name"),
}  # fmt: skip
TONNE_WORDS: tuple[str, ...] = list_words(
    "年間処理量 処理量 年間発生量 発生量 年間排出量 排出量 年間回収量 回収量 年間電池量 電池重量 年間重量 重量 トン数 "
    "年間トン数 年間量 廃電池量 使用済電池量 処理台数 年間処理台数 回収台数 発生台数 台数 見込量 見込み量 年間見込量 "
    "年間見込み量 発生見込量 発生見込み量 回収見込量 回収見込み量 排出見込量 排出見込み量 予測量 推計量 引取量 引渡量 "
    "取扱量 集荷量 tonnes tons tonnage mass supply supply_t annual_tonnes tonnes_per_year t_per_yr"
)
OTHER_WORDS: dict[str, dict[str, Sequence[str]]] = {
    "lanes": {
        "from_id": list_words("from 発 発地 出発地 origin origin_id 発地id 出発id"),
        "to_id": list_words("to 着 着地 到着地 destination destination_id 着地id 到着id"),
        "distance_km": list_words("距離 輸送距離 走行距離 distance km dist_km"),
        "cost_jpy_per_t": list_words("運賃 輸送費 輸送単価 cost"),
        "co2_kg_per_t": list_words("co2 co2排出量"),
        "status": list_words("allowed 可否 通行可否 輸送可否 状態 state"),
    },
    "sizes": {
        "plant_id": list_words("id hub_id refinery_id 拠点id 施設id 拠点番号 拠点コード"),
        "capacity_t": list_words("capacity 能力 処理能力 規模"),
        "fixed_jpy_per_yr": list_words("固定費 年間固定費 fixed_cost"),
        "variable_jpy_per_t": list_words("変動費 変動単価 variable_cost"),
    },
    "existing": {
        "plant_id": list_words("id hub_id refinery_id 拠点id 施設id 拠点番号 拠点コード"),
        "status": PLANT_WORDS["status"],
    },
}  # fmt: skip
NUMBERS = frozenset(list_words("no no. 番号 通し番号 連番 # № number 項番"))
DEGREES = dict.fromkeys(
    list_words("度 deg degree degrees ° 10進 十進 10進度 十進度 wgs84 世界測地系 jgd2011 jgd2000 北緯 東経"), 1.0
)
LENGTHS = {"km": 1.0, "キロ": 1.0, "キロメートル": 1.0, "m": 1e-3, "メートル": 1e-3}
YEN_PER_T = {"円/t": 1.0, "円/トン": 1.0, "jpy/t": 1.0, "yen/t": 1.0, "千円/t": 1e3, "万円/t": 1e4, "円/kg": 1e3}
YEN_PER_YR = {"円": 1.0, "円/年": 1.0, "jpy/yr": 1.0, "千円": 1e3, "千円/年": 1e3, "万円": 1e4, "万円/年": 1e4,
              "百万円": 1e6, "百万円/年": 1e6, "億円": 1e8, "億円/年": 1e8}  # fmt: skip
CO2_PER_T = {"kg/t": 1.0, "kg-co2/t": 1.0, "kgco2/t": 1.0, "t/t": 1e3}
UNITS: dict[str, dict[str, float]] = {
    **dict.fromkeys(("max_t", "existing_t", "capacity_t", "black_mass_t"), MASS_UNITS),
    "lat": DEGREES,
    "lon": DEGREES,
    "distance_km": LENGTHS,
    "km": LENGTHS,
    "cost_jpy_per_t": YEN_PER_T,
    "variable_jpy_per_t": YEN_PER_T,
    "price_jpy_per_t": YEN_PER_T,
    "fixed_jpy_per_yr": YEN_PER_YR,
    "co2_kg_per_t": CO2_PER_T,
}


def headings_of(table: str, settings: Settings) -> Headings:
    """Return the titles under which the columns of a table are known.

    Parameters
    ----------
    table : str
    settings : Settings
        Classes, years and titles of the planner's own.

    Returns
    -------
    Headings
    """
    tonnes = accepted_columns(settings) if table == "sites" else ()
    own = tuple((title, rule.column, rule.multiplier) for title, rule in settings.columns.items())
    return _make_headings(table, tonnes, tuple(settings.classes) if tonnes else (), own)


@lru_cache(maxsize=64)
def _make_headings(
    table: str, tonnes: tuple[str, ...], classes: tuple[str, ...], own: tuple[tuple[str, str, float | None], ...]
) -> Headings:
    schema = SCHEMAS[table]
    names = frozenset((*schema.names, *schema.dropped, *tonnes))
    words = {plain(word): column for column, titles in _words(table).items() if column in names for word in titles}
    units: dict[str, Mapping[str, float]] = {name: units for name, units in UNITS.items() if name in names}
    units |= dict.fromkeys(tonnes, MASS_UNITS)
    meanings = {plain(title): _own(title, column, factor, units) for title, column, factor in own if column in names}
    return Headings(names, words, NUMBERS, units, meanings, frozenset(classes))


def _own(title: str, column: str, factor: float | None, units: Mapping[str, Mapping[str, float]]) -> Meaning:
    """Return what a title means by the settings; the unit in it counts where they state no factor."""
    unit = split_unit(title)[1]
    if factor is None:
        factor = units.get(column, {}).get(unit, float("nan")) if unit and column in units else 1.0
    return Meaning(column, factor, unit)


def _words(table: str) -> dict[str, Sequence[str]]:
    if table in OTHER_WORDS:
        return OTHER_WORDS[table]
    words = dict(PLACE_WORDS) if table in ("sites", "hubs", "refineries", "ports", "overseas") else {}
    if table in ("hubs", "refineries"):
        words |= PLANT_WORDS
    if table == "sites":
        words[TOTAL] = TONNE_WORDS
    if table == "cities":
        words = {"lat": PLACE_WORDS["lat"], "lon": PLACE_WORDS["lon"]}
    return words
