"""Write a comparison as an HTML page, from the same blocks as the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.comparison.bridge import describe_costs, describe_shifts
from hubspoke.analysis.comparison.rows import Row, name_hubs, row_of_change, side_by_side
from hubspoke.analysis.comparison.summary import PLANTS, count_plants, describe_changes, describe_tasks, list_earnings
from hubspoke.analysis.comparison.words import comparison_words
from hubspoke.outputs.report.blocks import Block, Column, Items, Named, Paragraph, Section, Table
from hubspoke.outputs.report.page import write_page
from hubspoke.words.names import name_plant
from hubspoke.words.numbers import format_change, format_gap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from hubspoke.analysis.comparison.tables import ComparisonData
    from hubspoke.words.language import Lang


MOVES_LISTED = 40
FIGURES: dict[str, tuple[float, int]] = {
    "cost_jpy": (1e6, 0),
    "cost_jpy_per_t": (1e3, 1),
    "byproduct_sales_jpy": (1e6, 0),
    "mass_t": (1, 0),
    "unserved_t": (1, 0),
    "sites": (1, 0),
    "hubs": (1, 0),
    "refineries": (1, 0),
    "mean_haul_km": (1, 0),
    "transport_t_km": (1e6, 1),
    "black_mass_t_km": (1e6, 1),
    "co2_t": (1, 0),
}
"""Key figures by column of the totals: what they are divided by, and how many decimals are shown."""


def write_comparison_page(comparison: ComparisonData, *, lang: Lang = "en", maps: bool = True) -> str:
    """Write a comparison as one HTML page that needs nothing else.

    Parameters
    ----------
    comparison : ComparisonData
    lang : {"en", "ja"}
    maps : bool
        Whether `map.html` lies beside the page and is linked.

    Returns
    -------
    str
        HTML.
    """
    words = comparison_words(lang, comparison.plans[0].settings)
    tellers = (
        _describe_changes,
        _describe_figures,
        describe_costs,
        describe_shifts,
        _describe_regions,
        _describe_plants,
        _describe_moves,
    )
    return write_page(
        words["list_comma"].join(comparison.names),
        f"{words['comparison']} · {words['against'].format(base=comparison.names[0])}",
        [
            *(tell(comparison, words, lang) for tell in tellers),
            describe_differences(comparison.settings, comparison.names, words),
        ],
        lang=lang,
        links=[("map.html", words["to_map"])] if maps else (),
    )


def _describe_changes(comparison: ComparisonData, words: Mapping[str, str], lang: Lang) -> Section:
    told: list[Block] = [Paragraph(text, role="lead") for text in describe_tasks(comparison, lang)]
    for first, *rest in describe_changes(comparison, lang):
        told += [Paragraph(first, role="lead"), Items(tuple(rest))]
    return Section("in-short", words["in_short"], tuple(told))


def _describe_figures(comparison: ComparisonData, words: Mapping[str, str], lang: Lang) -> Section:
    table, names = comparison.totals, comparison.names
    rows: list[Row] = [
        (
            words["policy"],
            *table["policy"],
            *[""] * (len(names) - 1),
        ),
        (words["year"], *map(str, table["year"]), *[""] * (len(names) - 1)),
    ]
    if (table["objective"] != "cost").any():
        aims = (words[f"aim_is_{aim}"] for aim in table["objective"])
        rows.append((words["objective"], *aims, *[""] * (len(names) - 1)))
    told_last = dict.fromkeys(list_earnings(table), (1e6, 0))
    for key, (unit, digits) in (FIGURES | told_last).items():
        if key == "unserved_t" and not table[key].any():
            continue  # all packs are collected, as they are unless a plan may leave some
        values = [value / unit for value in table[key].tolist()]
        changes = (format_change(value - values[0], digits) for value in values[1:])
        told = (f"{value:,.{digits}f}" for value in values)
        if key in PLANTS:
            told = (count_plants(plan, key, lang) for plan in comparison.plans)
        rows.append((words[key], *told, *changes))
    rows.append((words["gap"], *map(format_gap, table["gap"].tolist()), *[""] * (len(names) - 1)))
    columns = side_by_side(Column(words["figure"], "prose"), names, words)
    return Section("key-figures", words["key_figures"], (Table(words["key_figures"], columns, tuple(rows)),))


def _describe_regions(comparison: ComparisonData, words: Mapping[str, str], lang: Lang) -> Section:
    table = comparison.regions
    names = table.drop_duplicates("region").to_dict("records")
    told = {str(row["region"]): str(row[f"name_{lang}"] or row["name_en"] or row["region"]) for row in names}
    costs = table.pivot_table(index="region", columns="plan", values="cost_jpy", sort=False, fill_value=0.0) / 1e6
    costs = costs.reindex(columns=list(comparison.names), fill_value=0.0)
    rows = [row_of_change(told[str(region)], values.tolist()) for region, values in costs.iterrows()]
    rows.append(row_of_change(words["total"], (comparison.totals["cost_jpy"] / 1e6).tolist()))
    columns = side_by_side(Column(words["region"]), comparison.names, words)
    title = words["with_unit"].format(words["by_region"], words["million_yen"])
    note = Paragraph(words["region_note"], role="small")
    return Section("regions", title, (Table(title, columns, tuple(rows), total=True), note))


def _describe_plants(comparison: ComparisonData, words: Mapping[str, str], lang: Lang) -> Section:
    changed = comparison.plants[comparison.plants["change"] != "same"]
    if changed.empty:
        return Section("plants", words["plants"], (Paragraph(words["no_plants"]),))
    several = len(comparison.names) > 2
    rows: list[Row] = [
        (
            Named(name_plant({**plant, "id": plant["plant_id"]}, lang), str(plant["plant_id"])),
            *([str(plant["plan"])] if several else []),
            words[str(plant["kind"])],
            words[str(plant["change"])],
            *(f"{plant[key]:,.0f}" for key in ("base_capacity_t", "capacity_t", "base_load_t", "load_t")),
        )
        for plant in changed.to_dict("records")
    ]
    keys = ("capacity_from", "capacity_to", "load_from", "load_to")
    columns = (
        Column(words["name"], "prose"),
        *([Column(words["plan"])] if several else []),
        Column(words["kind"]),
        Column(words["what"]),
        *(Column(words[key], "number") for key in keys),
    )
    return Section("plants", words["plants"], (Table(words["plants"], columns, tuple(rows)),))


def _describe_moves(comparison: ComparisonData, words: Mapping[str, str], lang: Lang) -> Section:
    moves = comparison.moves
    if moves.empty:
        return Section("moves", words["moves"], (Paragraph(words["nobody_moves"]),))
    several = len(comparison.names) > 2
    hubs = name_hubs(comparison, lang)
    rows: list[Row] = [
        (
            Named(hubs.get(move["from_hub_id"], ""), move["from_hub_id"]),
            Named(hubs.get(move["to_hub_id"], ""), move["to_hub_id"]),
            *([str(move["plan"])] if several else []),
            f"{move['sites']:,}",
            f"{move['mass_t']:,.0f}",
        )
        for move in moves.head(MOVES_LISTED).to_dict("records")
    ]
    columns = (
        Column(words["from_hub"], "prose"),
        Column(words["to_hub"], "prose"),
        *([Column(words["plan"])] if several else []),
        Column(words["sites"], "number"),
        Column(words["mass_t"], "number"),
    )
    blocks: list[Block] = [Table(words["moves"], columns, tuple(rows))]
    if len(moves) > MOVES_LISTED:
        blocks.append(Paragraph(words["more_moves"].format(count=MOVES_LISTED, total=len(moves)), role="small"))
    return Section("moves", words["moves"], tuple(blocks))


def describe_differences(table: pd.DataFrame, names: Sequence[str], words: Mapping[str, str]) -> Section:
    """Return the section with every setting, option and input file that differs.

    Parameters
    ----------
    table : DataFrame
        What `find_differences` gives.
    names : sequence of str
        Of the plans, the first that of which the others differ.
    words : mapping of str to str
        What `comparison_words` returns.
    """
    if table.empty:
        return Section("differences", words["differences"], (Paragraph(words["no_differences"]),))
    several = len(names) > 2
    rows: list[Row] = [
        (
            Named("", str(row["key"])),
            *([str(row["plan"])] if several else []),
            str(row["base_value"]) or "–",
            str(row["value"]) or "–",
            str(row["unit"]),
        )
        for row in table.to_dict("records")
    ]
    last = words["value"] if several else words["value_in"].format(plan=names[1])
    columns = (
        Column(words["key"]),
        *([Column(words["plan"])] if several else []),
        Column(words["value_in"].format(plan=names[0]), "prose"),
        Column(last, "prose"),
        Column(words["unit"]),
    )
    return Section(
        "differences", words["differences"], (Table(words["differences"], columns, tuple(rows), small=True),)
    )
