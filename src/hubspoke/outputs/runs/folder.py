"""Run folders: a plan on disk, whole or not at all."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.base.atomic_write import cannot_write, replaced_folder
from hubspoke.base.errors import UsageError
from hubspoke.base.json_text import write_json
from hubspoke.inputs.files.source import RUN_FILE
from hubspoke.outputs.exports.csv_table import write_csv_table
from hubspoke.outputs.exports.derived import DERIVED, derive_tables
from hubspoke.outputs.exports.geopackage import write_geopackage
from hubspoke.outputs.exports.workbook import write_workbook
from hubspoke.outputs.report.page import write_report
from hubspoke.outputs.runs.machine import describe_machine
from hubspoke.outputs.runs.maps import draw_maps
from hubspoke.outputs.runs.plan_json import plan_to_json
from hubspoke.plan.plan import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

MAPS = ("map.html", "maps")
OWN = (
    RUN_FILE,
    "run.json",
    *(f"{table}.csv" for table in (*TABLES, *DERIVED)),
    *MAPS,
    "report.html",
    "report.pdf",
    "plan.xlsx",
    "plan.gpkg",
    "geojson",
    "parquet",
)
"""What a run folder holds of its own; whatever else lies there is the planner's and stays."""


def write_run(
    plan: PlanData,
    folder: str | Path,
    *,
    lang: str = "en",
    maps: bool = True,
    tiles: str | None = None,
    command: Sequence[str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Path:
    """Write a run folder; one that is there is replaced in a single step.

    Parameters
    ----------
    plan : PlanData
    folder
        A new or empty folder, or a run folder of hubspoke.
    lang : {"en", "ja"}
        Language of the maps and the report.
    maps : bool
        Draw the maps.
    tiles : str, optional
        A background of the maps that needs the network: `gsi`, `osm` or an address.
    command : sequence of str, optional
        The command line, for `run.json`.
    facts : mapping, optional
        More about this run for `run.json`; `source` and `changes` say where the input was, `seconds` are added to
        those of the plan.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        The folder holds something else, or cannot be written.
    """
    target = check_target(folder)
    start = time.perf_counter()
    with replaced_folder(target, own=OWN) as made:
        for table in TABLES:
            write_csv_table(getattr(plan, table), made / f"{table}.csv")
        for name, derived in derive_tables(plan).items():
            write_csv_table(derived, made / f"{name}.csv")
        (made / RUN_FILE).write_text(plan_to_json(plan), encoding="utf-8", newline="\n")
        after_tables = time.perf_counter()
        seconds = {"files": after_tables - start}
        write_workbook(plan, made / "plan.xlsx", lang=lang)
        write_geopackage(plan, made / "plan.gpkg")
        after_exports = time.perf_counter()
        seconds["exports"] = after_exports - after_tables
        write_page(write_report(plan, lang=known_language(lang), maps=maps), made / "report.html")
        after_report = time.perf_counter()
        seconds["report"] = after_report - after_exports
        if maps:
            draw_maps(plan, made, lang=lang, tiles=tiles)
            seconds["maps"] = time.perf_counter() - after_report
        run = {**describe_machine(), **dict(facts or {}), "command": list(command or ())}
        told = dict((facts or {}).get("seconds", {}))
        run["seconds"] = {**told, **plan.run.get("seconds", {}), **seconds}
        (made / "run.json").write_text(write_json(dict(sorted(run.items()))), encoding="utf-8", newline="\n")
    return target


def check_target(folder: str | Path) -> Path:
    """Give the absolute folder that a run may be written to.

    Raises
    ------
    UsageError
        It is a file, the folder one works in, or a folder that holds something else.
    """
    target = Path(folder).absolute().resolve()
    try:
        if target.exists() and not target.is_dir():
            raise UsageError(f"{folder} is a file; name a folder with -o")
        if target.is_dir() and target in (Path.cwd(), *Path.cwd().parents):
            raise UsageError(f"{folder} is the folder you work in; name a folder inside it, such as -o plan")
        if target.is_dir() and any(target.iterdir()) and not (target / RUN_FILE).is_file():
            raise UsageError(f"{folder} holds other files and is no run folder of hubspoke; name another with -o")
        above = next(parent for parent in target.parents if parent.exists())
        if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
            raise UsageError(f"{above} may not be written to; name another folder with -o")
    except OSError as error:
        raise cannot_write(target, error) from error
    return target


def write_page(text: str, file: Path) -> None:
    """Write a page of text as UTF-8 with plain line ends."""
    file.write_text(text, encoding="utf-8", newline="\n")


def known_language(lang: str) -> Lang:
    """Return a language that the outputs know."""
    return "ja" if lang == "ja" else "en"
