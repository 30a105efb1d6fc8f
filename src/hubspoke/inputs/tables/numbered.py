"""Make ids of running numbers, which start at 1 in every table and so would not tell places apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding

if TYPE_CHECKING:
    from hubspoke.inputs.files.raw_table import RawTable

LETTERS = {"sites": "S", "hubs": "H", "refineries": "R", "ports": "P", "overseas": "O"}


def make_ids(raw: RawTable) -> tuple[RawTable, list[Finding]]:
    """Return a table whose running numbers stand as ids with the letter of the table, such as `S01`, and a warning.

    Parameters
    ----------
    raw : RawTable

    Returns
    -------
    table : RawTable
        The same object where its ids are no running numbers.
    findings : list of Finding
    """
    cells = raw.columns.get("id", [])
    letter = LETTERS.get(raw.table)
    if (
        "id" not in raw.numbered
        or letter is None
        or not all(cell.isascii() and cell.isdigit() for cell in cells if cell)
    ):
        return raw, []
    width = max((len(cell) for cell in cells), default=1)
    ids = [letter + cell.zfill(width) if cell else "" for cell in cells]
    shown = f"{next((name for name in ids if name), letter)} and so on"
    problem = f"running numbers are no ids of their own: read as {shown}"
    finding = Finding(raw.file, raw.header_row, "id", problem, "give every place an id", fatal=False, kind="numbered")
    return replace(raw, columns={**raw.columns, "id": ids}), [finding]
