"""Write `plan.xlsx`: what is decided, what it costs, key figures, and a sheet for each table of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.exports.derived import derive_tables
from hubspoke.outputs.exports.overview_sheets import write_costs, write_decision, write_figures
from hubspoke.outputs.exports.reference_sheets import write_dictionary, write_fingerprints
from hubspoke.outputs.exports.sheet import Styles, new_book, write_table
from hubspoke.outputs.exports.workbook_words import name_column
from hubspoke.plan.decision.decision import tabulate_decisions
from hubspoke.plan.plan import TABLES
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings


def write_workbook(
    plan: PlanData, file: Path, *, lang: str = "en", derived: Mapping[str, pd.DataFrame] | None = None
) -> None:
    """Write the workbook of a plan.

    First what is decided, with a chart of what each stage costs, costs by kind and region with their sums, and key
    figures; then a sheet for each table that has rows, under the names of the run folder. In Japanese, the word for a
    column stands above its name. What every column means and its unit come last, and the fingerprints of the input.

    Parameters
    ----------
    plan : PlanData
    file : Path
        Replaced where it is there.
    lang : {"en", "ja"}
    derived : mapping of str to DataFrame, optional
        What `derive_tables` returns for the plan, to save computing it again.

    Raises
    ------
    UsageError
        An unknown language.
    AuditError
        The tables of the plan contradict each other.
    """
    spoken = check_language(lang)
    derived = derive_tables(plan) if derived is None else derived
    tables = {name: getattr(plan, name) for name in TABLES} | dict(derived)
    tables = {name: table for name, table in tables.items() if len(table)}
    decisions = tabulate_decisions(plan, spoken)
    with new_book(file, plan.title) as book:
        styles = Styles(book)
        if len(decisions):
            write_decision(book, decisions, plan.settings, styles, spoken)
        write_costs(book, plan, styles, spoken)
        write_figures(book.add_worksheet("plan"), plan, styles, spoken)
        for name, table in tables.items():
            heads = [name_column(str(column), plan.settings, lang) for column in table.columns]
            write_table(book.add_worksheet(name), table, heads, styles)
        write_dictionary(
            book, {**({"decision": decisions} if len(decisions) else {}), **tables}, plan.settings, styles, spoken
        )
        write_fingerprints(book, plan.hashes, styles, spoken)


def write_tables(
    tables: Mapping[str, pd.DataFrame], file: Path, *, title: str, settings: Settings | None = None, lang: str = "en"
) -> None:
    """Write a workbook with a sheet for each table.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By the name of the sheet.
    file : Path
        Replaced where it is there.
    title : str
        Title among the properties of the file.
    settings : Settings, optional
        Those that name the commodity and the classes of packs.
    lang : {"en", "ja"}
        In Japanese, the word for a column stands above its name.

    Raises
    ------
    UsageError
        An unknown language.
    """
    check_language(lang)
    with new_book(file, title) as book:
        styles = Styles(book)
        for name, table in tables.items():
            heads = [name_column(str(column), settings, lang) for column in table.columns]
            write_table(book.add_worksheet(name), table, heads, styles)
