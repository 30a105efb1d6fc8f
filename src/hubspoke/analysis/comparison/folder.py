"""Comparisons on disk: read from run folders, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.comparison.page import write_comparison_page
from hubspoke.analysis.comparison.tables import TABLES
from hubspoke.base.atomic_write import replaced_folder
from hubspoke.base.errors import UsageError
from hubspoke.base.json_text import write_json
from hubspoke.outputs.exports.csv_table import write_csv_table
from hubspoke.outputs.exports.workbook import write_tables
from hubspoke.outputs.maps.draw import draw_comparison

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.analysis.comparison.tables import ComparisonData

MARK = "compare.json"
"""The file by which a folder is known to hold a comparison."""
OWN = (MARK, "compare.html", "map.html", "compare.xlsx", *(f"{table}.csv" for table in TABLES))


def write_comparison(
    comparison: ComparisonData, folder: str | Path, *, lang: str = "en", tiles: str | None = None
) -> Path:
    """Write the page, the workbook, the tables as CSV and the map of a comparison; give the folder.

    Raises
    ------
    UsageError
        The folder holds something else, or cannot be written.
    """
    target = check_folder(folder)
    tables = {table: getattr(comparison, table) for table in TABLES}
    with replaced_folder(target, own=OWN) as made:
        for name, table in tables.items():
            write_csv_table(table, made / f"{name}.csv")
        settings, title = comparison.plans[0].settings, ", ".join(comparison.names)
        write_tables(tables, made / "compare.xlsx", title=title, settings=settings, lang=lang)
        page = write_comparison_page(comparison, lang="ja" if lang == "ja" else "en", maps=True)
        (made / "compare.html").write_text(page, encoding="utf-8", newline="\n")
        draw_comparison(comparison.plans, names=comparison.names, lang=lang, tiles=tiles).save(str(made / "map.html"))
        (made / MARK).write_text(write_json(describe(comparison)), encoding="utf-8", newline="\n")
    return target


def check_folder(folder: str | Path, runs: Sequence[str | Path] = ()) -> Path:
    """Give the absolute folder that a comparison may be written to.

    Raises
    ------
    UsageError
        It is a file, the folder one works in, one of the run folders, or holds something else.
    """
    target = Path(folder).absolute().resolve()
    if target.exists() and not target.is_dir():
        raise UsageError(f"{folder} is a file; name a folder with -o")
    if target in (Path.cwd(), *Path.cwd().parents):
        raise UsageError(f"{folder} is the folder you work in; name a folder inside it, such as -o comparison")
    if target in [Path(run).resolve() for run in runs]:
        raise UsageError(f"{folder} is one of the plans; name another folder with -o, such as -o comparison")
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise UsageError(f"{folder} holds other files and is no comparison of hubspoke; name another with -o")
    return target


def describe(comparison: ComparisonData) -> dict[str, Any]:
    """Give totals, changed plants, moves and differing settings as data."""
    changed = comparison.plants[comparison.plants["change"] != "same"]
    return {
        "format": "hubspoke-comparison",
        "format_version": 1,
        "plans": list(comparison.names),
        "totals": comparison.totals.to_dict("records"),
        "costs": comparison.costs.to_dict("records"),
        "plants": changed.to_dict("records"),
        "moves": comparison.moves.to_dict("records"),
        "settings": comparison.settings.to_dict("records"),
    }
