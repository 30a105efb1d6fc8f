"""Read the source tables and write tables with stable bytes."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DATA = Path(__file__).resolve().parents[1]
SOURCES = DATA / "sources"
REGIONS = DATA / "regions"

Row = dict[str, str]


def read_table(name: str) -> list[Row]:
    """Read ``data/sources/<name>.csv`` as rows of text."""
    with (SOURCES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write a CSV file in UTF-8 with LF line ends.

    Parameters
    ----------
    path
        File to write; its folder is made if missing.
    columns
        Names and order of the columns; other keys of a row are left out.
    rows
        The rows; numbers must already be rounded.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
