"""Comparisons on disk: read from run folders, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.comparison.compare import TABLES, compare, number_alike
from hubspoke.analysis.comparison.page import write_comparison_page
from hubspoke.base.atomic_write import replaced_folder
from hubspoke.base.errors import UsageError
from hubspoke.outputs.exports.csv_table import write_csv_table
from hubspoke.outputs.exports.workbook import write_tables
from hubspoke.outputs.runs.folder import load
from hubspoke.outputs.runs.plan_json import write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.analysis.comparison.compare import Comparison

MARK = "compare.json"
"""The file by which a folder is known to hold a comparison."""

OWN = (MARK, "compare.html", "map.html", "compare.xlsx", *(f"{table}.csv" for table in TABLES))


def read_comparison(runs: Sequence[str | Path]) -> Comparison:
    """Load saved plans and compare them, each named after its folder.

    Raises
    ------
    UsageError
        Fewer than two folders, one that is no run folder, or plans with no site in common.
    """
    if len(runs) < 2:
        raise UsageError("compare needs two run folders or more, such as: hubspoke compare plan plan-shared")
    plans, faults = [], []
    for run in runs:
        try:
            plans.append(load(run))
        except UsageError as error:
            faults.append(str(error))
    if faults:
        raise UsageError("\n".join(faults))
    return compare(*plans, names=_name_folders(runs))


def write_comparison(comparison: Comparison, folder: str | Path, *, lang: str = "en", tiles: str | None = None) -> Path:
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
        comparison.map(lang=lang, tiles=tiles).save(str(made / "map.html"))
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


def describe(comparison: Comparison) -> dict[str, Any]:
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


def _name_folders(runs: Sequence[str | Path]) -> tuple[str, ...]:
    """Name plans after their folders, with the folder above where two are alike."""
    paths = [Path(run).resolve() for run in runs]
    names = [path.name for path in paths]
    told = [f"{path.parent.name}/{path.name}" if names.count(path.name) > 1 else path.name for path in paths]
    return number_alike(told)
