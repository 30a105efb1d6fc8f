"""Tables of a plan as CSV and back.

Files are UTF-8 with LF line ends; numbers are written with as many digits as reading them back exactly takes, so that
sums of a saved table are those of the plan, to the yen. A text that a spreadsheet would take for a formula is written
with an apostrophe before it, which reading takes away again.
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


FORMULA = r"['=+\-@\t\r]"
"""How a text begins that a spreadsheet computes; and the apostrophe, so that none is taken away that was there."""


def write_csv_table(table: pd.DataFrame, file: Path) -> None:
    """Write a table; the same table gives the same bytes.

    Parameters
    ----------
    table : DataFrame
    file : Path
    """
    texts = {name: _guard(table[name]) for name in table.columns if table[name].dtype.kind not in "biuf"}
    table.assign(**texts).to_csv(file, index=False, lineterminator="\n", encoding="utf-8")


def read_csv_table(file: Path) -> pd.DataFrame:
    """Read a table as it was written: texts as they are, numbers exactly.

    Parameters
    ----------
    file : Path
    """
    table = pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[], encoding="utf-8")
    for name in table.columns:
        if name in TEXTS:
            table[name] = table[name].str.replace(f"^'(?={FORMULA})", "", regex=True)
        else:
            try:
                numbers = table[name].replace("", "nan")
                table[name] = numbers.astype("int64" if _all_whole(numbers) else "float64")
            except ValueError as error:
                raise ValueError(f"{file.name}, column {name}: {error}") from error
    return table


def _guard(texts: pd.Series) -> pd.Series:
    return texts.map(lambda text: f"'{text}" if isinstance(text, str) and re.match(FORMULA, text) else text)


def _all_whole(texts: pd.Series) -> bool:
    """Return whether all numbers are written without a point, as only whole ones are."""
    return len(texts) > 0 and bool(texts.str.fullmatch(r"[+-]?\d+").all())
