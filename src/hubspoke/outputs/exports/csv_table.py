"""Write the tables of a plan as CSV, and read them back exactly.

Files are UTF-8 with LF line ends. Numbers are written with as many digits as it takes to read them back exactly, so
that the sums of a saved table are those of the plan, to the yen. A text that a spreadsheet would take for a formula
is written with an apostrophe before it, which is taken away again when the table is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = frozenset(
    {
        *("id", "name", "name_ja", "operator", "region", "prefecture", "technology", "status", "ground", "kind"),
        *("source", "confidence", "state", "site_id", "site_name", "site_name_ja", "origin", "hub_id", "refinery_id"),
        *("runner_up_hub_id", "opening_instead_of"),
        *("source_id", "source_name", "source_name_ja", "country", "port_id", "port_name", "port_name_ja", "class"),
        *("from_kind", "truck", "grade", "term", "label_en", "label_ja", "name_en"),
    }
)
"""Columns of text in the tables of a plan; all others hold numbers."""


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
    table.assign(**texts).to_csv(file, index=False, lineterminator="\n", encoding="utf-8")


def read_csv_table(file: Path) -> pd.DataFrame:
    """Read a table as `write_csv_table` wrote it: texts as they are, numbers exactly.

    Parameters
    ----------
    file : Path

    Returns
    -------
    DataFrame
        Columns in `TEXTS` are texts. All others are numbers: int64 where every value is whole, else float64, with NaN
        for an empty cell.

    Raises
    ------
    OSError
        The file cannot be read.
    ValueError
        A column of numbers holds something else.
    """
    table = pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[], encoding="utf-8")
    for name in table.columns:
        if name in TEXTS:
            table[name] = table[name].str.replace(GUARDED, "", regex=True)
        else:
            try:
                numbers = table[name].replace("", "nan")
                table[name] = numbers.astype("int64" if _all_whole(numbers) else "float64")
            except ValueError as error:
                raise ValueError(f"{file.name}, column {name}: {error}") from error
    return table


def _guard(texts: pd.Series) -> pd.Series:
    """Put an apostrophe before every text that a spreadsheet would take for a formula."""
    return texts.map(lambda text: f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text)


def _all_whole(texts: pd.Series) -> bool:
    """Return whether all numbers are written without a point, as whole ones are; False for an empty column."""
    return len(texts) > 0 and bool(texts.str.fullmatch(r"[+-]?\d+").all())
