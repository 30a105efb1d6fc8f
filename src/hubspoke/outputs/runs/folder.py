"""Run folders: a plan on disk, whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.base.atomic_write import cannot_write, replaced_folder
from hubspoke.base.errors import InputError, UsageError
from hubspoke.inputs.files.folder import RUN_FILE
from hubspoke.outputs.exports.csv_table import read_csv_table, write_csv_table
from hubspoke.outputs.exports.derived import DERIVED, derive_tables
from hubspoke.outputs.exports.geopackage import write_geopackage
from hubspoke.outputs.exports.layers import write_geojson, write_parquet
from hubspoke.outputs.exports.workbook import write_workbook
from hubspoke.outputs.report.page import write_report
from hubspoke.outputs.report.pdf import print_pdf
from hubspoke.outputs.runs.machine import describe_machine
from hubspoke.outputs.runs.maps import draw_maps
from hubspoke.outputs.runs.plan_json import plan_from_json, plan_to_json, write_json
from hubspoke.plan.plan import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.inputs.network import Network
    from hubspoke.plan.drawable import Lang
    from hubspoke.plan.plan import Plan

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

FORMS = {
    "html": "report.html",
    "pdf": "report.pdf",
    "xlsx": "plan.xlsx",
    "gpkg": "plan.gpkg",
    "geojson": "geojson",
    "parquet": "parquet",
}
"""Forms in which a saved plan is written again, and their files; the last two are folders with a file per layer."""


FOLDERS = {"geojson": write_geojson, "parquet": write_parquet}


def write_run(
    plan: Plan,
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
    plan : Plan
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
        _write_page(write_report(plan, lang=_known(lang), maps=maps), made / "report.html")
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


def load(folder: str | Path) -> Plan:
    """Read a saved plan.

    Raises
    ------
    UsageError
        The folder is no run folder, or its files are damaged.
    """
    home = Path(folder)
    if not (home / RUN_FILE).is_file():
        raise UsageError(f"{folder} is no run folder of hubspoke (it has no plan.json); `hubspoke solve -o` makes one")
    try:
        text = (home / RUN_FILE).read_text(encoding="utf-8")
        tables = {table: read_csv_table(home / f"{table}.csv") for table in TABLES}
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder} cannot be read ({error}); solve again") from error
    return plan_from_json(text, tables, {"seconds": read_run(home).get("seconds", {})}, name=str(folder))


def read_run(folder: str | Path) -> dict[str, Any]:
    """Give the facts in `run.json`; none where it is missing or damaged."""
    try:
        facts = json.loads((Path(folder) / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def read_input_again(folder: str | Path) -> Network | None:
    """Read the input of a run from where it was, if it is still there and has no faults."""
    from hubspoke.inputs.read import read  # noqa: PLC0415 - only audits of saved runs need it

    facts = read_run(folder)
    source = facts.get("source")
    if source is not None and not Path(source).exists():
        return None
    try:
        return read(source, changes=facts.get("changes") or None)
    except InputError:
        return None


def redraw_maps(folder: str | Path, *, lang: str = "en", tiles: str | None = None) -> list[Path]:
    """Draw the maps of a saved plan again, and give their files."""
    home = Path(folder).resolve()
    plan = load(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".maps-", dir=home) as made:
            files = draw_maps(plan, Path(made), lang=lang, tiles=tiles)
            (home / "maps").mkdir(exist_ok=True)
            for file in files:
                file.replace(home / file.relative_to(made))
    except OSError as error:
        raise cannot_write(home, error) from error
    return [home / file.relative_to(made) for file in files]


def draw_years_of(folders: Sequence[str | Path], file: Path, *, lang: str = "en", tiles: str | None = None) -> Path:
    """Draw saved plans of different years on one map with a slider, and give the file."""
    from hubspoke.outputs.maps.draw import draw_years  # noqa: PLC0415 - as the maps of a run

    drawn = draw_years([load(folder) for folder in folders], lang=lang, tiles=tiles)
    part = file.with_name(f".{file.name}.part")
    try:
        drawn.save(str(part))
        part.replace(file)
    except OSError as error:
        raise cannot_write(file, error) from error
    finally:
        part.unlink(missing_ok=True)
    return file


def rewrite_report(folder: str | Path, *, lang: str = "en", form: str = "html") -> Path:
    """Write the report, or a table for other tools, of a saved plan again, and give the file.

    Parameters
    ----------
    folder
        A run folder.
    lang : {"en", "ja"}
    form : {"html", "pdf", "xlsx", "gpkg", "geojson", "parquet"}

    Raises
    ------
    UsageError
        Unknown form, no browser for PDF, no pyarrow for Parquet, or the file cannot be written.
    """
    if form not in FORMS:
        raise UsageError(f"unknown format {form!r}; choose one of {', '.join(FORMS)}")
    home = Path(folder).resolve()
    plan = load(folder)
    file = home / FORMS[form]
    if form in FOLDERS:
        with replaced_folder(file, own={path.name for path in file.glob("*")}) as made:
            FOLDERS[form](plan, made)
        return file
    try:
        with tempfile.TemporaryDirectory(prefix=".report-", dir=home) as scratch:
            made = Path(scratch) / file.name
            if form == "xlsx":
                write_workbook(plan, made, lang=lang)
            elif form == "gpkg":
                write_geopackage(plan, made)
            else:
                page = made.with_name("report.html")
                _write_page(write_report(plan, lang=_known(lang), maps=(home / "map.html").is_file()), page)
                if form == "pdf":
                    print_pdf(page, made)
            made.replace(file)
    except OSError as error:
        raise cannot_write(home, error) from error
    return file


def _write_page(text: str, file: Path) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _known(lang: str) -> Lang:
    return "ja" if lang == "ja" else "en"
