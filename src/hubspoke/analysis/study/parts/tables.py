"""Write the figures of an analysis as a table, and as a page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from hubspoke.base.atomic_write import replaced_file
from hubspoke.outputs.exports.csv_table import write_csv_table
from hubspoke.outputs.report.blocks import Block, Charts, Column, Paragraph, Section, Table
from hubspoke.outputs.report.page import write_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hubspoke.outputs.report.drawing.charts import Chart
    from hubspoke.words.language import Lang

LISTED = 300
"""Most rows that a page shows."""


def write_table(rows: Sequence[Mapping[str, Any]] | pd.DataFrame, file: Path) -> None:
    """Write rows as CSV; lists are written with spaces between.

    Parameters
    ----------
    rows : sequence of mapping, or DataFrame
    file : Path
    """
    table = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame([_flat(row) for row in rows])
    file.parent.mkdir(parents=True, exist_ok=True)
    with replaced_file(file) as part:
        write_csv_table(table, part)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: " ".join(map(str, one)) if isinstance(one, list) else one for key, one in row.items()}


def write_part_page(
    file: Path,
    title: str,
    subtitle: str,
    lines: Sequence[str],
    tables: Sequence[tuple[str, Sequence[tuple[str, str]], Sequence[Sequence[str]]]],
    *,
    lang: Lang,
    chart: Chart | None = None,
) -> None:
    """Write a page of sentences and tables.

    Parameters
    ----------
    file : Path
    title, subtitle : str
    lines : sequence of str
        What stands above.
    tables : sequence of (str, sequence of (str, str), sequence of sequence of str)
        Caption, name and form of each column, and cells as texts.
    lang : {"en", "ja"}
    chart : Chart, optional
        Above the tables.
    """
    short: list[Block] = [Paragraph(line, role="lead" if at == 0 else "") for at, line in enumerate(lines)]
    if chart is not None:
        short.append(Charts((chart,)))
    sections = [Section("in-short", title, tuple(short))]
    for at, (caption, columns, rows) in enumerate(tables):
        held = tuple(tuple(row) for row in rows[:LISTED])
        table = Table(caption, tuple(Column(name, form) for name, form in columns), held, small=True)
        sections.append(Section(f"table-{at + 1}", caption, (table,)))
    file.parent.mkdir(parents=True, exist_ok=True)
    with replaced_file(file) as part:
        part.write_text(write_page(title, subtitle, sections, lang=lang), encoding="utf-8", newline="\n")
