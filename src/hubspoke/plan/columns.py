"""The columns of every table that a plan writes, in the order of the files, and nowhere else.

Tables are put together by it, CSV files read by it, workbooks take their Japanese heads from it, and the audit the
columns that repeat the input. `docs/columns.md` shows it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hubspoke.costs.rates import FURNACE_RATES
from hubspoke.costs.terms import TERMS
from hubspoke.plan.column import Column
from hubspoke.plan.years_columns import YEARS_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pandas as pd

    from hubspoke.costs.terms import Echelon


CLASS = "{class}"
"""Stands in the name of a column that there is once for each class of packs."""
FURNACES = "plans with electric furnaces"
ORES = "plans of least CO2 that count ores"
UNUSUAL = "plans with electric furnaces, or with refinery technologies that have recoveries of their own"


def _text(name: str, en: str, ja: str, given: str = "") -> Column:
    return Column(name, "text", "", en, ja, given)


def _count(name: str, en: str, ja: str) -> Column:
    return Column(name, "whole", "", en, ja)


def _number(name: str, unit: str, en: str, ja: str, *, given: str = "", only: str = "") -> Column:
    return Column(name, "number", unit, en, ja, given, only)


def _terms(*echelons: Echelon) -> tuple[Column, ...]:
    """Return a column for each cost term of some echelons, and that of their sum."""
    terms = (
        _number(
            f"{term.name}_jpy",
            "JPY/yr",
            term.label_en,
            term.label_ja,
            only=FURNACES if term.name in FURNACE_RATES else "",
        )
        for term in TERMS
        if term.echelon in echelons
    )
    return (*terms, _number("cost_jpy", "JPY/yr", "Sum of the cost terms", "費用"))


def _place(source: str, prefix: str = "", ja: str = "") -> tuple[Column, ...]:
    """Return latitude and longitude of the rows of a table of the input."""
    return (
        _number(f"{prefix}lat", "degrees", "Latitude, WGS84", f"{ja}緯度", given=f"{source}.lat"),
        _number(f"{prefix}lon", "degrees", "Longitude, WGS84", f"{ja}経度", given=f"{source}.lon"),
    )


def _precision(source: str) -> Column:
    """Return the column on what the position of a place of the input stands for."""
    what = (
        "What its position stands for: `given`, its full `address`, the middle of its `district` or `municipality`, or "
        "its `prefecture`'s office"
    )
    return _text("place_precision", what, "位置の精度", f"{source}.place_precision")


def _plant(source: str) -> tuple[Column, ...]:
    """Return the columns that plants have of the input, and the state the plan puts them in."""
    return (
        _text("id", "Identifier", "ID"),
        _text("name", "Name in English", "名称（英語）", f"{source}.name"),
        _text("name_ja", "Name in Japanese", "名称（日本語）", f"{source}.name_ja"),
        _text("operator", "Operator", "事業者", f"{source}.operator"),
        _text("region", "Region", "地域", f"{source}.region"),
        _text("prefecture", "Prefecture", "都道府県", f"{source}.prefecture"),
        *_place(source),
        _precision(source),
        _text("technologies", "Technologies it may have, separated by `;`", "選択できる方式", f"{source}.technology"),
        _text("technology", "Technology, a key of the settings; where not built, all it may have", "方式"),
        _text("status", "`open`, `candidate` or `closed` today", "現況", f"{source}.status"),
        _number("existing_t", "t/yr", "Size that stands today", "既設能力", given=f"{source}.existing_t"),
        _text("existing_technology", "Technology of what stands", "既設の方式", f"{source}.existing_technology"),
        _number(
            "sunk_share", "", "Share of its capital that is spent", "回収済み資本の割合", given=f"{source}.sunk_share"
        ),
        _number(
            "subsidy_share", "", "Share of an investment that a subsidy pays", "補助率", given=f"{source}.subsidy_share"
        ),
        _number(
            "subsidy_cap_jpy",
            "JPY",
            "Most that it pays for this plant; empty for no such limit",
            "補助上限額",
            given=f"{source}.subsidy_cap_jpy",
        ),
        _text("ground", "Ground; plants on one ground have it in common", "敷地", f"{source}.ground"),
        _text("kind", "Kind of place", "種別", f"{source}.kind"),
        _text("source", "Source of the row", "出典", f"{source}.source"),
        _text("confidence", "Confidence in the row", "確度", f"{source}.confidence"),
        _text("state", "`open`, `idle`, `furnace`, `not_chosen` or `closed` in the plan", "状態"),
    )


def _room(what: str) -> tuple[Column, ...]:
    return (
        _number("size_t", "t/yr", f"Size class in {what}, whose cost line it follows; 0 where not built", "規模区分"),
        _number("capacity_t", "t/yr", f"Capacity for {what} it is built for", "能力"),
        _number(
            "added_t", "t/yr", "Part of it that is added; all of it where nothing of its technology stands", "増設能力"
        ),
        _number(
            "size_proven_t", "t/yr", "Largest size of its technology known to run; may be empty", "実績のある最大能力"
        ),
        _text("proven", "`proven`, or `assumed` where it is larger; empty where that is not known", "規模の実績"),
        _number("load_t", "t/yr", f"Load of {what}", "処理量"),
        _number("utilisation", "", "Load as a share of the capacity", "稼働率"),
        _number("subsidy_jpy", "JPY", "What a subsidy pays of its investment, once; not in its capital", "補助金"),
    )


def _co2(what: str) -> Column:
    return _number("co2_kg", "kg/yr", f"CO2 of {what}", "CO2排出量")


def _way(what: str) -> tuple[Column, ...]:
    return (
        _number("distance_km", "km", f"Distance of {what}, one way", "距離"),
        _number("ferry_km", "km", "Part of it by ferry", "うちフェリー"),
        _number("hours", "h", "Driving, sailing and boarding, one way", "所要時間"),
    )


_OPENING = (
    _number(
        "opening_more_jpy",
        "JPY/yr",
        "What forcing the plant open adds to the cost at most; empty where that is not known",
        "開設した場合の差額",
    ),
    _text("opening_instead_of", "Plant in whose place it would open; may be empty", "入れ替える施設ID"),
    _number(
        "closing_more_low_jpy",
        "JPY/yr",
        "What the best plan without the plant costs more at least; empty where that is not known",
        "閉鎖した場合の差額（下限）",
    ),
    _number(
        "closing_more_jpy",
        "JPY/yr",
        "What the best plan found without the plant costs more; empty where none is known",
        "閉鎖した場合の差額",
    ),
    _text("closing_opens", "Plants of the kind that open instead, separated by `; `", "閉鎖した場合に開設する施設ID"),
    _text("firmness", "`needed`, `firm`, `close` or `toss-up`; empty where that is not known", "選定の確実さ"),
)
_ACTOR = (
    _text("scheme", "Contract, a key of the settings", "契約方式"),
    _text("price_level", "Price level, a key of the settings", "金属価格"),
    _text("kind", "Kind of actor", "種別"),
    _text("actor", "Identifier of the actor", "主体ID"),
)

HUBS = (
    *_plant("hubs"),
    *_room("packs"),
    _number("black_mass_t", "t/yr", "Black mass that it sends on", "産出するブラックマス"),
    _count("sites", "Sites that deliver to it", "拠点数"),
    *_terms("hub"),
    _co2("processing"),
    *_OPENING,
)
REFINERIES = (
    *_plant("refineries"),
    _text(
        "grades", "Grades of black mass it takes, separated by `;`; all, if empty", "受入グレード", "refineries.grades"
    ),
    _text("country", "Country abroad where it lies; empty at home", "国", "refineries.country"),
    *_room("black mass"),
    _count("hubs", "Hubs that deliver to it", "ハブ数"),
    *_terms("refinery"),
    _co2("refining"),
    *_OPENING,
)
ASSIGNMENTS = (
    _text("site_id", "Site", "拠点ID"),
    _text("site_name", "Name of the site in English", "拠点（英語）", "sites.name"),
    _text("site_name_ja", "Name of the site in Japanese", "拠点（日本語）", "sites.name_ja"),
    _text("region", "Region", "地域", "sites.region"),
    _text("prefecture", "Prefecture", "都道府県", "sites.prefecture"),
    *_place("sites"),
    _precision("sites"),
    _text("kind", "Kind of site", "種別", "sites.kind"),
    _text("origin", "Origin of the row, such as `synthetic`", "データの由来", "sites.origin"),
    _text("hub_id", "Hub; empty in the row of what is left at the site", "ハブID"),
    _number("share", "", "Share of the site's packs", "割合"),
    _number("mass_t", "t/yr", "Packs delivered", "量"),
    _number(f"{CLASS}_t", "t/yr", "Packs delivered of each class", ""),
    _number("unserved_t", "t/yr", "Packs left at the site", "回収されない量"),
    *_way("the lane"),
    _number("trips_per_yr", "1/yr", "Trips", "年間便数"),
    _text("truck", "Truck, a key of the settings; empty where nothing is delivered", "車種"),
    *_terms("collection", "site"),
    _number("cost_jpy_per_t", "JPY/t", "Cost per tonne delivered", "1t当たり費用"),
    _number("byproduct_sales_jpy", "JPY/yr", "Sale of by-products", "副産物の売却収入"),
    _number("metal_sales_jpy", "JPY/yr", "Sale of metals, as if all were refined in the usual way", "金属の売却収入"),
    _number("sales_forgone_jpy", "JPY/yr", "Sales forgone by what is left at the site", "失う売却収入"),
    _co2("transport"),
    _text("runner_up_hub_id", "Cheapest other open hub; empty where none is known", "次点のハブID"),
    _number("runner_up_more_jpy", "JPY/yr", "What the runner-up costs more", "次点にした場合の差額"),
)
IMPORTS = (
    _text("source_id", "Source abroad", "海外調達先ID"),
    _text("source_name", "Name of the source in English", "海外調達先（英語）", "overseas.name"),
    _text("source_name_ja", "Name of the source in Japanese", "海外調達先（日本語）", "overseas.name_ja"),
    _text("country", "Country", "国", "overseas.country"),
    *_place("overseas"),
    _text("port_id", "Port where the black mass lands", "港ID"),
    _text("port_name", "Name of the port in English", "港（英語）", "ports.name"),
    _text("port_name_ja", "Name of the port in Japanese", "港（日本語）", "ports.name_ja"),
    _text("region", "Region of the port", "地域", "ports.region"),
    *_place("ports", "port_", "港の"),
    _text("class", "Class of the packs it was made from", "電池の種類", "overseas.class"),
    _text("grade", "Grade of black mass", "ブラックマスの種類"),
    _number("share", "", "Share of the source's black mass", "割合"),
    _number("mass_t", "t/yr", "Black mass landed", "量"),
    _number("distance_km", "km", "Distance by sea", "距離"),
    *_terms("import"),
    _co2("sea transport"),
)
FLOWS = (
    _text("hub_id", "Hub or port that sends", "ハブID"),
    _text("from_kind", "`hub` or `port`", "発地の種別"),
    _text("refinery_id", "Refinery", "製錬所ID"),
    _text("grade", "Grade of black mass", "ブラックマスの種類"),
    _number("mass_t", "t/yr", "Black mass sent", "量"),
    *_way("the lane"),
    *_terms("transfer"),
    _co2("transport"),
    _number(
        "sales_lost_jpy",
        "JPY/yr",
        "Metal sales lost in an electric furnace, or at a refinery that recovers less than usual",
        "通常の製錬より少ない金属売却収入",
        only=UNUSUAL,
    ),
    _number(
        "ore_co2_kg",
        "kg/yr",
        "CO2 of ore for metal that is lost beyond what refining usually loses",
        "失われる金属を鉱石から作るCO2",
        only=ORES,
    ),
)
COSTS = (
    _text("term", "Cost term", "費目"),
    _text("label_en", "Name of the term in English", "費目（英語）"),
    _text("label_ja", "Name of the term in Japanese", "費目（日本語）"),
    _text("region", "Region", "地域"),
    _number("cost_jpy", "JPY/yr", "Cost of the packs that arise in the region, wherever they go", "費用"),
    _number("here_jpy", "JPY/yr", "Cost of the sites and plants that stand in the region", "域内の拠点・施設の費用"),
)
REGIONS = (
    _text("region", "Region", "地域"),
    _text("name_en", "Name in English", "名称（英語）"),
    _text("name_ja", "Name in Japanese", "名称（日本語）"),
    _count("sites", "Sites that deliver to a hub", "拠点数"),
    _number("mass_t", "t/yr", "Packs collected", "量"),
    _number("unserved_t", "t/yr", "Packs left at their sites", "回収されない量"),
    _count("hubs", "Hubs built", "ハブ数"),
    _count("refineries", "Refineries built", "製錬所数"),
    _number("cost_jpy", "JPY/yr", "Cost of the packs that arise in the region, wherever they go", "費用"),
    _number("here_jpy", "JPY/yr", "Cost of the sites and plants that stand in the region", "域内の拠点・施設の費用"),
    _number(
        "cost_jpy_per_t", "JPY/t", "Cost of these packs per tonne, less black mass bought and landed", "1t当たり費用"
    ),
    _number("byproduct_sales_jpy", "JPY/yr", "Sale of by-products", "副産物の売却収入"),
    _number("metal_sales_jpy", "JPY/yr", "Sale of metals, less what is lost in furnaces and slag", "金属の売却収入"),
    _number("profit_jpy", "JPY/yr", "Sales less cost", "利益"),
    _number("transport_t_km", "t km/yr", "Transport of packs", "電池の輸送量"),
    _number("black_mass_t_km", "t km/yr", "Transport of black mass from hubs and ports", "ブラックマスの輸送量"),
    _number("transport_co2_t", "t/yr", "CO2 of transport, by sea too", "輸送のCO2"),
    _number("processing_co2_t", "t/yr", "CO2 of hubs and refineries", "処理のCO2"),
    _number("co2_t", "t/yr", "CO2 of both", "CO2排出量"),
)
BALANCES = (
    _text("plant_id", "Plant", "施設ID"),
    _text("plant_kind", "`hub`, `refinery` or `furnace`", "施設の種別"),
    _text("direction", "`in` or `out`", "出入り"),
    _text("material", "Class, grade, by-product or metal; `losses` or `residues`", "物質"),
    _text("name_en", "Name of the material in English", "名称（英語）"),
    _text("name_ja", "Name of the material in Japanese", "名称（日本語）"),
    _number("mass_t", "t/yr", "Tonnes; of metals as elements", "量"),
)
METALS = (
    _text("hub_id", "Hub or port that sends", "ハブID"),
    _text("refinery_id", "Refinery", "製錬所ID"),
    _text("region", "Region of the refinery", "地域"),
    _text("grade", "Grade of black mass", "ブラックマスの種類"),
    _text("metal", "Metal", "金属"),
    _number("contained_t", "t/yr", "Metal contained", "含有量"),
    _number("recovered_t", "t/yr", "Metal recovered; 0 in electric furnaces", "回収量"),
    _number("alloyed_t", "t/yr", "Metal alloyed in electric furnaces", "合金になる量", only=FURNACES),
)
METALS_LEDGER = (
    _count("year", "Planned year", "年"),
    _text(
        "stage",
        "`packs`, `landed`, `scrap`, `unsorted`, `black_mass`, `product`, `alloy` or `residue`: where on its way",
        "段階",
    ),
    _text("from_kind", "`region`, `site`, `abroad`, `hub`, `port`, `refinery` or `furnace`", "発地の種別"),
    _text("from_id", "Place that the metal leaves", "発地ID"),
    _text(
        "to_kind", "`hub`, `port`, `refinery`, `furnace`; or `market`, `alloy`, `lost` where it leaves", "着地の種別"
    ),
    _text("to_id", "Place that the metal enters; empty where it leaves the plan", "着地ID"),
    _text("region", "Region of the site, port or plant that the metal leaves or lands at", "地域"),
    _text("material", "Class of packs, grade of black mass, or scrap that the metal is in or comes from", "物質"),
    _text("comes_from", "`home` or `abroad`", "国内・海外の別"),
    _text("consumer", "`post`: packs that were in use; `pre`: scrap of manufacturing", "使用後・製造時の別"),
    _text("metal", "Metal", "金属"),
    _number("metal_kg", "kg/yr", "Metal as the element", "金属量"),
    _number("counted_kg", "kg/yr", "The same as the metal is counted: lithium as carbonate", "計上量"),
)
ROAD_LOADS = (
    _text("material", "`packs` or `black_mass`", "物質"),
    _text("plant_id", "Hub or refinery where it goes", "施設ID"),
    _text(
        "kind",
        "`road`, `expressway`, `bridge` or `ferry`; off the road graph `leg` between a place and the road, `straight` "
        "without a road, `given` for lanes of the planner's own, `ground` within one ground",
        "種別",
    ),
    _text("route", "Name of the road or ferry", "路線", "roads.route"),
    _text("from_code", "City that it leaves; empty where a leg begins at sites, hubs or ports", "発地の市町村コード"),
    _text("from_name", "Name of that city in English", "発地（英語）", "cities.name_en"),
    _text("from_name_ja", "Name of that city in Japanese", "発地（日本語）", "cities.name_ja"),
    *_place("cities", "from_", "発地の"),
    _text("to_code", "City that it enters; empty where a leg ends at the plant", "着地の市町村コード"),
    _text("to_name", "Name of that city in English", "着地（英語）", "cities.name_en"),
    _text("to_name_ja", "Name of that city in Japanese", "着地（日本語）", "cities.name_ja"),
    *_place("cities", "to_", "着地の"),
    _number("distance_km", "km", "Length; off the road graph the mean by mass", "距離"),
    _number("ferry_km", "km", "Part of it by ferry", "うちフェリー"),
    _number("mass_t", "t/yr", "What goes along it in this direction", "量"),
    _number("trips_per_yr", "1/yr", "Loaded trips; 0 where the plan knows no truck", "年間便数"),
    _number("trucks_per_day", "1/d", "Loaded trucks a day, spread over all days of the year", "1日当たり台数"),
    _number("t_km", "t km/yr", "Transport along it", "輸送量"),
    _co2("transport"),
)
INCOME = (
    *_ACTOR,
    _text("item", "What is paid for", "項目"),
    _number("jpy", "JPY/yr", "Receipts above zero, payments below", "金額"),
)
ACTORS = (
    *_ACTOR,
    _text("name", "Name in English", "名称（英語）"),
    _text("name_ja", "Name in Japanese", "名称（日本語）"),
    _text("region", "Region; empty for those of no region", "地域"),
    _number("packs_t", "t/yr", "Packs behind the actor; empty for importers", "電池"),
    _number("result_jpy", "JPY/yr", "Result", "収支"),
    _number(
        "break_even_price_factor",
        "",
        "Factor on all metal prices at which the actor earns nothing; empty where higher prices do not help",
        "損益分岐 金属価格の倍率",
    ),
    _number(
        "break_even_gate_fee_jpy_per_t",
        "JPY/t",
        "Gate fee at which a plant or company earns nothing; empty for others",
        "損益分岐 受入料金",
    ),
)

COLUMNS: dict[str, tuple[Column, ...]] = {
    "hubs": HUBS,
    "refineries": REFINERIES,
    "assignments": ASSIGNMENTS,
    "imports": IMPORTS,
    "flows": FLOWS,
    "costs": COSTS,
    "regions": REGIONS,
    "balances": BALANCES,
    "metals": METALS,
    "metals_ledger": METALS_LEDGER,
    "road_loads": ROAD_LOADS,
    "income": INCOME,
    "actors": ACTORS,
}
"""By table: first those of `PlanData`, then those derived from them."""
EVERY: dict[str, tuple[Column, ...]] = {**COLUMNS, **YEARS_COLUMNS}
"""The same with the tables of a plan over several years."""


def find_column(table: str, name: str) -> Column | None:
    """Return the column of a table that has a name.

    Parameters
    ----------
    table : str
        A key of `EVERY`.
    name : str
        As in the header; the name of a class may stand in it.

    Returns
    -------
    Column or None
        None where the table has no such column.

    Examples
    --------
    >>> find_column("assignments", "hev_t").name
    '{class}_t'
    """
    by_name = {column.name: column for column in EVERY[table]}
    known = by_name.get(name)
    if known is None and name.endswith("_t"):
        known = by_name.get(f"{CLASS}_t")
    return known


def given_columns(table: str, source: str) -> Iterator[tuple[Column, str]]:
    """Yield the columns of a table that repeat those of a table of the input, each with its name there.

    Parameters
    ----------
    table : str
        A key of `EVERY`.
    source : str
        A table of the input, such as `sites`.

    Examples
    --------
    >>> [(column.name, name) for column, name in given_columns("imports", "ports")][-1]
    ('port_lon', 'lon')
    """
    for column in COLUMNS[table]:
        origin, _, name = column.given.partition(".")
        if origin == source:
            yield column, name


def arrange(table: str, frame: pd.DataFrame, classes: Collection[str] = ()) -> pd.DataFrame:
    """Return a table with its columns in the order of `COLUMNS`.

    Parameters
    ----------
    table : str
        A key of `EVERY`.
    frame : DataFrame
        Its columns in any order.
    classes : collection of str
        Keys of the classes of packs.

    Returns
    -------
    DataFrame
        Without the columns that only some plans have, where `frame` has none of them.

    Raises
    ------
    ValueError
        A column is unknown, missing, or there twice.
    """
    return frame[order(table, frame.columns.tolist(), classes)]


def order(table: str, found: list[str], classes: Collection[str] = ()) -> list[str]:
    """Return the names of the columns of a table in the order of `COLUMNS`.

    Parameters
    ----------
    table : str
        A key of `EVERY`.
    found : list of str
        Its columns in any order.
    classes : collection of str
        Keys of the classes of packs.

    Raises
    ------
    ValueError
        A column is unknown, missing, or there twice.
    """
    names = []
    for column in EVERY[table]:
        each = [column.name.replace(CLASS, key) for key in classes] if CLASS in column.name else [column.name]
        names += [name for name in each if not column.only or name in found]
    for fault, which in (
        ("are not in plan/columns.py", set(found) - set(names)),
        ("are missing", set(names) - set(found)),
        ("are there twice", {name for name, times in (Counter(names) | Counter(found)).items() if times > 1}),
    ):
        if which:
            raise ValueError(f"table {table}: columns {fault}: {', '.join(sorted(which))}")
    return names
