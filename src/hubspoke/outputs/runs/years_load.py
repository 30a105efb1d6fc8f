"""Read a run folder of several years again."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.base.atomic_write import put_back
from hubspoke.base.errors import UsageError
from hubspoke.inputs.files.source import RUN_FILE, YEARS_FILE
from hubspoke.outputs.runs.load import FINGERPRINT, fingerprint_text, load_plan, read_run
from hubspoke.outputs.runs.unreadable import read_tables, read_text
from hubspoke.outputs.runs.years_json import read_years_json, years_from_json
from hubspoke.plan.years import YEARS_TABLES

if TYPE_CHECKING:
    from hubspoke.plan.years import YearsData


def is_years_run(folder: str | Path) -> bool:
    """Return whether a folder is a run folder of several years.

    Parameters
    ----------
    folder : str or Path
    """
    home = Path(folder)
    put_back(home.absolute().resolve())
    return (home / YEARS_FILE).is_file()


def load_years(folder: str | Path, *, with_input: bool = False, as_it_is: bool = False) -> YearsData:
    """Read a saved plan over several years.

    Parameters
    ----------
    folder : str or Path
        A run folder of several years.
    with_input : bool
        Whether to read the network that was planned for each year, too.
    as_it_is : bool
        Whether to take tables, too, that are no longer what was written.

    Returns
    -------
    YearsData

    Raises
    ------
    UsageError
        The folder is none, or its files are damaged, of another version, or not what was planned.
    """
    if not is_years_run(folder):
        raise UsageError(f"{folder} holds no plan of several years; `hubspoke solve --years ... -o` makes one")
    home = Path(folder)
    text = read_text(home / YEARS_FILE, str(folder))
    tables = read_tables(home, YEARS_TABLES, str(folder))
    years = read_years_json(text, str(folder))["years"]
    if not as_it_is and (changed := find_changed_years(home, text)):
        raise UsageError(
            f"{folder}/{changed[0]} was changed since the plan was made: it is no longer what was planned; "
            "put back the file as it was, or solve again"
        )
    plans = {year: load_plan(home / str(year), with_input=with_input, as_it_is=as_it_is) for year in years}
    return years_from_json(text, tables, plans, {"seconds": read_run(home).get("seconds", {})}, name=str(folder))


def fingerprint_year_tables(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of the file of every table of a plan over several years.

    Parameters
    ----------
    folder : Path
        Its run folder; a table that it lacks has none.
    """
    files = {table: folder / f"{table}.csv" for table in YEARS_TABLES}
    return {table: _fingerprint(file) for table, file in files.items() if file.is_file()}


def fingerprint_plans(folder: Path, years: tuple[int, ...]) -> dict[str, str]:
    """Return the SHA-256 of the plan.json of every year, by year.

    Parameters
    ----------
    folder : Path
        A run folder of several years; a year that it lacks has none.
    years : tuple of int
    """
    files = {str(year): folder / str(year) / RUN_FILE for year in years}
    return {year: _fingerprint(file) for year, file in files.items() if file.is_file()}


def find_changed_years(folder: Path, text: str) -> list[str]:
    """Return the files of a plan over several years that are no longer what was written.

    Parameters
    ----------
    folder : Path
        Its run folder.
    text : str
        Content of its years.json.

    Returns
    -------
    list of str
        Names of files: years.json by its fingerprint in run.json, tables and plans of years by theirs in years.json.
    """
    content = read_years_json(text, str(folder))
    years = tuple(content["years"])
    tables, plans = fingerprint_year_tables(folder), fingerprint_plans(folder, years)
    own = read_run(folder).get(FINGERPRINT)
    changed = [] if own in (None, fingerprint_text(text)) else [YEARS_FILE]
    changed += [f"{table}.csv" for table in YEARS_TABLES if _known(content, "tables", table) != tables.get(table)]
    known = {str(year): _known(content, "plans", str(year)) for year in years}
    return changed + [f"{year}/{RUN_FILE}" for year in known if known[year] != plans.get(year)]


def _known(content: dict[str, object], part: str, name: str) -> object:
    held = content.get(part)
    return held.get(name) if isinstance(held, dict) else None


def _fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
