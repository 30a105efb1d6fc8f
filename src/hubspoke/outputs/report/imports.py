"""Report black mass from abroad: where it comes from, where it lands, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.report.blocks import Column, Named, Section, Table
from hubspoke.outputs.report.words import report_words
from hubspoke.words.names import name_regions
from hubspoke.words.numbers import per_kg

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

TERMS = ("import_purchase_jpy", "sea_freight_jpy", "sea_carbon_jpy")
NUMBERS = ("mass_t", "distance_km", *TERMS, "co2_kg")


def describe_imports(plan: PlanData, lang: Lang) -> Section | None:
    """Return the section on sources abroad and their ports; None for a plan without any."""
    table = plan.imports
    if table.empty:
        return None
    words, regions = report_words(lang, plan.settings), name_regions(plan.regions, lang)
    keys = ("landed", "sea_km", "bought", "shipped", "per_kg_landed", "sea_co2")
    columns = (
        Column(words["import_source"], "prose"),
        Column(words["port"], "prose"),
        Column(words["region"]),
        *(Column(words[key], "number") for key in keys),
    )
    rows: list[tuple[str | Named, ...]] = []
    for row in table.to_dict("records"):
        names = {name: str(row[name]) for name in ("source_name", "source_name_ja", "port_name", "port_name_ja")}
        source, port = (_choose(names[kind], names[f"{kind}_ja"], lang) for kind in ("source_name", "port_name"))
        place = str(regions.get(str(row["region"]), row["region"]))
        figures = _describe_figures({name: float(row[name]) for name in NUMBERS}, km=f"{row['distance_km']:,.0f}")
        rows.append((Named(source or str(row["source_id"]), str(row["country"])), Named(port), place, *figures))
    sums = {name: float(table[name].sum()) for name in NUMBERS}
    rows.append((words["total"], "", "", *_describe_figures(sums, km="")))
    return Section("imports", words["imports"], (Table(words["imports"], columns, tuple(rows), total=True),))


def _choose(english: str, japanese: str, lang: Lang) -> str:
    return (japanese or english) if lang == "ja" else (english or japanese)


def _describe_figures(row: dict[str, float], *, km: str) -> tuple[str, ...]:
    """Write tonnes, distance, cost of purchase and of shipping, cost per kg, and CO2."""
    bought, shipped = row["import_purchase_jpy"], row["sea_freight_jpy"] + row["sea_carbon_jpy"]
    each = per_kg(bought + shipped, row["mass_t"])
    told = (f"{bought / 1e6:,.0f}", f"{shipped / 1e6:,.1f}", f"{each:,.1f}", f"{row['co2_kg'] / 1000:,.0f}")
    return (f"{row['mass_t']:,.0f}", km, *told)
