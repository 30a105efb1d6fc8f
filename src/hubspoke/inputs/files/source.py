"""The names of tables, the suffixes of files that can be read, and where a table is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

REGIONAL = ("sites", "hubs", "refineries")
SHARED = ("roads", "cities")
PLACED = (*REGIONAL, "ports")
"""Tables whose rows lie in a region."""
OPTIONAL = ("lanes", "sizes", "existing", "ports", "overseas")
TABLES = REGIONAL + SHARED + OPTIONAL
BOUNDARIES = "boundaries"
RUN_FILE = "plan.json"
YEARS_FILE = "years.json"
"""Marks a run folder of several years, which holds a run folder for each of them."""
COMPARISON_FILE = "compare.json"
TRACE_FILE = "trace.json"
WRITTEN = {
    RUN_FILE: "a run folder",
    YEARS_FILE: "a run folder of several years",
    COMPARISON_FILE: "a comparison",
    TRACE_FILE: "a trace",
}
"""Files that mark folders which the program wrote, and what these are; they are no input wherever they lie."""
BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TEXTS = (".csv", ".tsv")
SUFFIXES = (*TEXTS, ".parquet", ".gpkg", *BOOKS)
OWN_TITLES = {"title": "Traction batteries", "title_ja": "車載用電池"}
"""What a plan of a planner's own tables is called where nobody says it: in whatever country they lie."""


@dataclass(frozen=True)
class Source:
    """A table in a file; `name` is what findings call it, and `region` is the name of its folder."""

    table: str
    path: Path
    name: str
    layer: str = ""
    region: str = ""
    in_subfolder: bool = False
    sheets: tuple[str, ...] = ()
    """The sheets among which the one to be read is chosen, where none bears the name of the table."""
