"""Write the tables of a plan as CSV, and read them back exactly.

Files are UTF-8 with LF line ends. Numbers are written with as many digits as it takes to read them back exactly, so
that the sums of a saved table are those of the plan, to the yen. A text that a spreadsheet would take for a formula
is written with an apostrophe before it, which is taken away again when the table is read.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Literal

import pandas as pd

from hubspoke.plan.columns import find_column

if TYPE_CHECKING:
    from pathlib import Path

FORMULA = ("'", "=", "+", "-", "@", "\t", "\r")
"""Beginnings of a text that a spreadsheet would compute, and the apostrophe itself, so that one which belongs to the
text is kept when the table is read."""
GUARDED = re.compile(f"^'(?=[{re.escape(''.join(FORMULA))}])")
"""The apostrophe that `write_csv_table` put before such a text."""


def write_csv_table(table: pd.DataFrame, file: Path) -> None:
    """Write a table; the same table gives the same bytes.

    Parameters
    ----------
    table : DataFrame
        Columns of numbers or texts; the index is not written.
    file : Path
        Replaced where it is there.
    """
    texts = {name: _guard(table[name]) for name in table.columns if table[name].dtype.kind not in "biuf"}
    # Before 3.11.9 Python leaves a lone carriage return without quotation marks.
    broken = any(column.str.contains("\r", regex=False).any() for column in texts.values())
    quoting: Literal[0, 2] = csv.QUOTE_NONNUMERIC if broken else csv.QUOTE_MINIMAL
    table.assign(**texts).to_csv(file, index=False, lineterminator="\n", encoding="utf-8", quoting=quoting)


def read_csv_table(file: Path, table: str) -> pd.DataFrame:
    """Read a table of a plan as `write_csv_table` wrote it: texts as they are, numbers exactly.

    Parameters
    ----------
    file : Path
    table : str
        Which table it is, a key of `COLUMNS`.

    Returns
    -------
    DataFrame
        Whole numbers as int64, others as float64 with NaN for an empty cell.

    Raises
    ------
    OSError
        The file cannot be read.
    ValueError
        The table has no such column, or a column of numbers holds something else.
    """
    frame = pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[], encoding="utf-8")
    read = {}
    for name, texts in frame.items():
        column = find_column(table, str(name))
        if column is None:
            raise ValueError(f"{file.name}, column {name}: no plan has it")
        try:
            read[name] = _take_off(texts) if column.kind == "text" else _as_numbers(texts, whole=column.kind == "whole")
        except ValueError as error:
            raise ValueError(f"{file.name}, column {name}: {error}") from error
    return pd.DataFrame(read)


def _take_off(texts: pd.Series) -> pd.Series:
    """Take away the apostrophes that `_guard` put before texts; nearly all columns have none."""
    guarded = any(text.startswith("'") for text in texts.tolist())
    return texts.str.replace(GUARDED, "", regex=True) if guarded else texts


def _as_numbers(texts: pd.Series, *, whole: bool) -> pd.Series:
    told = texts.replace("", "nan") if "" in texts.tolist() else texts
    return told.astype("int64" if whole else "float64")


def _guard(texts: pd.Series) -> pd.Series:
    """Put an apostrophe before every text that a spreadsheet would take for a formula."""
    return texts.map(lambda text: f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text)
