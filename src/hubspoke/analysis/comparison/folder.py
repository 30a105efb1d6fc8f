"""Write the folder of a comparison, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.comparison.page import write_comparison_page
from hubspoke.analysis.comparison.tables import TABLES
from hubspoke.base.atomic_write import check_replaceable, replaced_folder
from hubspoke.base.errors import UsageError
from hubspoke.base.json_text import write_json
from hubspoke.inputs.files.source import COMPARISON_FILE
from hubspoke.outputs.exports.csv_table import write_csv_table
from hubspoke.outputs.exports.workbook import write_tables
from hubspoke.outputs.maps.draw import draw_comparison
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.analysis.comparison.tables import ComparisonData

OF_YEARS = ("by_year",)
"""Tables that only the comparison of plans over several years has; one folder may be replaced by the other."""
OWN = (COMPARISON_FILE, "compare.html", "map.html", "compare.xlsx", *(f"{table}.csv" for table in (*TABLES, *OF_YEARS)))


def write_comparison(
    comparison: ComparisonData, folder: str | Path, *, lang: str = "en", tiles: str | None = None
) -> Path:
    """Write the folder of a comparison: page, workbook, tables as CSV and map.

    Parameters
    ----------
    comparison : ComparisonData
    folder : str or Path
        A new or empty folder, or that of another comparison, which is replaced.
    lang : {"en", "ja"}
        Language of page, map and workbook.
    tiles : str, optional
        Background of the map from the network: `gsi`, `osm` or a URL with {z}, {x} and {y}; none when left out.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        An unknown language or background, or a folder that holds something else or cannot be written.
    """
    spoken, target = check_language(lang), check_folder(folder)
    tables = {table: getattr(comparison, table) for table in TABLES}
    with replaced_folder(target, own=OWN) as made:
        for name, table in tables.items():
            write_csv_table(table, made / f"{name}.csv")
        settings, title = comparison.plans[0].settings, ", ".join(comparison.names)
        write_tables(tables, made / "compare.xlsx", title=title, settings=settings, lang=lang)
        page = write_comparison_page(comparison, lang=spoken, maps=True)
        (made / "compare.html").write_text(page, encoding="utf-8", newline="\n")
        draw_comparison(comparison.plans, names=comparison.names, lang=lang, tiles=tiles).save(str(made / "map.html"))
        (made / COMPARISON_FILE).write_text(write_json(describe(comparison)), encoding="utf-8", newline="\n")
    return target


def check_folder(folder: str | Path, runs: Sequence[str | Path] = ()) -> Path:
    """Return the absolute path of the folder that a comparison may be written to.

    Parameters
    ----------
    folder : str or Path
        A new or empty folder, or that of another comparison, which is replaced.
    runs : sequence of str or Path
        Run folders of the plans compared, none of which may be replaced.

    Returns
    -------
    Path

    Raises
    ------
    UsageError
        It is one of the run folders, a file, or the working directory; it holds something else, or cannot be written.
    """
    if Path(folder).resolve() in [Path(run).resolve() for run in runs]:
        raise UsageError(f"{folder} is one of the plans; name another folder with -o, such as -o comparison")
    return check_replaceable(folder, mark=COMPARISON_FILE, kind="comparison", example="comparison")


def describe(comparison: ComparisonData) -> dict[str, Any]:
    """Return a comparison as plain data, for JSON.

    Parameters
    ----------
    comparison : ComparisonData

    Returns
    -------
    dict
        Format and version, the names of the plans, and the rows of `totals`, `costs`, `plants` (only those that
        change), `moves` and `settings`.
    """
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
