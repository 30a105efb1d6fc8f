"""Write a sweep as one HTML page: what it came to, what moves the cost, and which plants are built in which case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.analysis.decisions.sweeps.axes import SCENARIO
from hubspoke.analysis.decisions.sweeps.cases import BASE, describe
from hubspoke.analysis.decisions.sweeps.charts import draw_matrix, draw_points, draw_tornado
from hubspoke.analysis.decisions.sweeps.indices import find_indices
from hubspoke.analysis.decisions.sweeps.sweep_plan import ALONE
from hubspoke.analysis.decisions.sweeps.words import WORDS
from hubspoke.outputs.report.blocks import Block, Charts, Column, Items, Paragraph, Section, Table
from hubspoke.outputs.report.page import write_page
from hubspoke.words.names import name_technology
from hubspoke.words.place_names import JOINT, PlaceNames
from hubspoke.words.scale import choose_scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from hubspoke.analysis.decisions.sweeps.sweep import SolvedCase, Sweep
    from hubspoke.words.language import Lang
    from hubspoke.words.scale import Scale

PER_KG = 1e3
LISTED, CHARTED, REASONS = 300, 30, 20
"""Most cases in the table, settings in charts, and cases without a plan that are explained."""
MOSTLY = (0.9, 0.5)
"""Shares of cases from which plants are named in the summary."""


def write_sweep_page(
    sweep: Sweep, solved: Sequence[SolvedCase], table: pd.DataFrame, plants: pd.DataFrame, *, lang: Lang
) -> str:
    """Write the page of a sweep.

    Parameters
    ----------
    sweep : Sweep
    solved : sequence of SolvedCase
    table, plants : DataFrame
        As `tabulate_cases` and `tabulate_plants` return them.
    lang : {"en", "ja"}

    Returns
    -------
    str
        HTML.
    """
    scale = _choose_scale(table, lang)
    words = scale.fit_all(WORDS[lang])
    settings = sweep.settings
    title = settings.title_ja if lang == "ja" and settings.title_ja else settings.title
    sections = [
        _tell_short(sweep, table, plants, words, lang),
        _tell_alone(sweep, solved, words, scale),
        _tell_indices(sweep, solved, words),
        _tell_points(sweep, table, words),
        *_tell_plants(sweep, plants, words, lang),
        _tell_cases(table, words, scale),
        _tell_reasons(table, words),
    ]
    heading = words["title"].format(title=title, n=len(sweep.cases))
    told = [section for section in sections if section is not None]
    return write_page(heading, f"{words['sweep']} · {sweep.plan.mode}", told, lang=lang)


def summarise_sweep(sweep: Sweep, table: pd.DataFrame, plants: pd.DataFrame, lang: Lang) -> list[str]:
    """Return what a sweep came to, in sentences.

    Parameters
    ----------
    sweep : Sweep
    table, plants : DataFrame
    lang : {"en", "ja"}
    """
    scale = _choose_scale(table, lang)
    words = scale.fit_all(WORDS[lang])
    cost = table["cost_jpy"].dropna().to_numpy(np.float64)
    lines = [words["solved"].format(solved=len(cost), n=len(sweep.cases))]
    if missing := len(sweep.cases) - len(table):
        lines.append(words["missing"].format(n=missing))
    for status, count in table["status"].value_counts().sort_index().items():
        if status != "optimal":
            lines.append(words["without"].format(n=count, status=words.get(str(status), status)))
    if len(cost):
        base = table.loc[table["case"] == BASE, "cost_jpy"].to_numpy(np.float64)
        low, lower, upper, high = (scale.write(float(value)) for value in np.quantile(cost, [0, 0.25, 0.75, 1]))
        told = scale.write(float(base[0])) if len(base) else "–"
        lines.append(words["cost"].format(low=low, high=high, lower=lower, upper=upper, base=told))
    names = PlaceNames(plants.to_dict("records"), {})
    always = plants.loc[plants["share"] == 1, "id"].tolist()
    if always:
        lines.append(words["always"].format(names=names.plants(always, lang)))
    above = 1.0
    for share in MOSTLY:
        some = plants[(plants["share"] >= share) & (plants["share"] < above)]
        for _, plant in some.iterrows():
            lines.append(words["mostly"].format(share=100 * plant["share"], names=names.plant(str(plant["id"]), lang)))
        above = share
    return lines


def _choose_scale(table: pd.DataFrame, lang: Lang) -> Scale:
    """Return the unit of the costs of all cases."""
    cost = table["cost_jpy"].dropna().to_numpy(np.float64)
    return choose_scale(float(np.abs(cost).max(initial=0.0)), lang, yen=True)


def _tell_short(
    sweep: Sweep, table: pd.DataFrame, plants: pd.DataFrame, words: Mapping[str, str], lang: Lang
) -> Section:
    lines = summarise_sweep(sweep, table, plants, lang)
    return Section("in-short", words["in_short"], tuple(Paragraph(line, role="lead") for line in lines))


def _tell_alone(sweep: Sweep, solved: Sequence[SolvedCase], words: Mapping[str, str], scale: Scale) -> Section | None:
    """Return the tornado: of each setting that was changed alone by how much it moves the cost."""
    if sweep.plan.mode != ALONE:
        return None
    costs = {one.case.name: one.kept["figures"]["cost_jpy"] for one in solved if "figures" in one.kept}
    if BASE not in costs:
        return None
    moved: dict[str, list[tuple[str, float]]] = {}
    for one in solved:
        if len(one.case.given) == 1 and one.case.name in costs and one.case.name != BASE:
            key, value = next(iter(one.case.given.items()))
            change = (costs[one.case.name] - costs[BASE]) / scale.divisor
            moved.setdefault(key, []).append((describe({"": value}).removeprefix("="), change))
    rows = sorted(moved.items(), key=lambda row: (-max(abs(change) for _, change in row[1]), row[0]))
    if not rows:
        return None
    chart = draw_tornado(words["tornado"], rows[:CHARTED], axis=words["tornado_axis"])
    return Section("tornado", words["tornado"], (Charts((chart,)),))


def _tell_indices(sweep: Sweep, solved: Sequence[SolvedCase], words: Mapping[str, str]) -> Section | None:
    found = find_indices(sweep, solved)
    if not found:
        return None
    columns = (Column(words["case"]), Column(words["first"], "number"), Column(words["total"], "number"))
    rows = tuple(
        (
            one.key,
            f"{one.first:.2f} [{one.first_low:.2f}, {one.first_high:.2f}]",
            f"{one.total:.2f} [{one.total_low:.2f}, {one.total_high:.2f}]",
        )
        for one in found
    )
    note = Paragraph(words["indices_note"].format(n=sweep.plan.samples), role="small")
    return Section("indices", words["indices"], (Table(words["indices"], columns, rows), note))


def _tell_points(sweep: Sweep, table: pd.DataFrame, words: Mapping[str, str]) -> Section | None:
    """Return a scatter for each setting with three numbers or more, those that go with the cost most first."""
    from scipy.stats import spearmanr  # noqa: PLC0415 - heavy

    plans = table[table["cost_jpy_per_t"].notna()]
    found = []
    for axis in sweep.axes:
        column = [value for value in plans[axis.key].tolist() if not isinstance(value, bool | str)]
        if sweep.plan.mode == ALONE or axis.key == SCENARIO or len(column) < len(plans) or len(set(column)) < 3:
            continue
        y = (plans["cost_jpy_per_t"] / PER_KG).to_numpy(np.float64)
        rank = float(spearmanr(column, y).statistic) if np.ptp(y) > 0 else 0.0
        found.append((-abs(rank), axis.key, rank, [float(value) for value in column], y))
    charts = tuple(
        draw_points(f"{key}: {words['rank'].format(value=rank)}", x, y.tolist(), axis=key, upright=words["cost_axis"])
        for _, key, rank, x, y in sorted(found, key=lambda row: row[:2])[:CHARTED]
    )
    return Section("scatter", words["scatter"], (Charts(charts),)) if charts else None


def _tell_plants(sweep: Sweep, plants: pd.DataFrame, words: Mapping[str, str], lang: Lang) -> Iterator[Section]:
    settings = sweep.settings
    for kind in ("hubs", "refineries"):
        rows = plants[plants["kind"] == kind]
        if rows.empty:
            continue
        known = PlaceNames(plants.to_dict("records"), {})
        names = [known.short(str(name), lang) for name in rows["id"]]
        numbers = [[int(one) for one in cell.split(";")] for cell in rows["cases"]]
        drawn = list(zip(names, numbers, rows["share"].tolist(), strict=True))[:CHARTED]
        chart = draw_matrix(words[kind], drawn, len(sweep.cases), axis=words["matrix_axis"])
        columns = (
            Column(words["plant"]),
            Column(words["id"]),
            Column(words["share"], "number"),
            Column(words["load"], "number"),
            Column(words["technologies"]),
        )
        told = tuple(
            (
                name,
                str(row["id"]),
                f"{100 * row['share']:.0f} %",
                f"{row['load_least_t']:,.0f} - {row['load_most_t']:,.0f}",
                JOINT[lang].join(name_technology(settings, one, lang) for one in row["technologies"].split(";")),
            )
            for name, (_, row) in zip(names, rows.iterrows(), strict=True)
        )
        note = Paragraph(words["matrix_note"], role="small")
        yield Section(kind, words[kind], (Charts((chart,)), note, Table(words[kind], columns, told)))


def _tell_cases(table: pd.DataFrame, words: Mapping[str, str], scale: Scale) -> Section:
    base = table.loc[table["case"] == BASE, "cost_jpy"].to_numpy(np.float64)
    names = ("case", "status", "cost_bn", "change", "per_kg", "hub_count", "refinery_count", "co2")
    columns = tuple(Column(words[name], "text" if name in {"case", "status"} else "number") for name in names)
    rows = []
    for row in table.head(LISTED).to_dict("records"):
        status = words.get(row["status"], row["status"])
        if np.isfinite(row["cost_jpy"]):
            change = f"{100 * (row['cost_jpy'] / base[0] - 1):+.1f} %" if len(base) and np.isfinite(base[0]) else ""
            figures: tuple[Any, ...] = (
                scale.write(row["cost_jpy"]),
                change,
                f"{row['cost_jpy_per_t'] / PER_KG:,.1f}",
                f"{row['hubs']:.0f}",
                f"{row['refineries']:.0f}",
                f"{row['co2_t']:,.0f}",
            )
        else:
            figures = ("",) * 6
        rows.append((f"{row['number']} {row['case']}", status, *figures))
    blocks: list[Block] = [Table(words["cases"], columns, tuple(rows), small=True)]
    if len(table) > LISTED:
        blocks.append(Paragraph(words["more"].format(n=LISTED), role="small"))
    return Section("cases", words["cases"], tuple(blocks))


def _tell_reasons(table: pd.DataFrame, words: Mapping[str, str]) -> Section | None:
    lines = [f"{row['case']}: {row['message']}" for row in table.to_dict("records") if row["message"]]
    return Section("why", words["why"], (Items(tuple(lines[:REASONS])),)) if lines else None
