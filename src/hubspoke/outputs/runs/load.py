"""Read a run folder again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.base.atomic_write import put_back
from hubspoke.base.errors import UsageError
from hubspoke.inputs.files.source import RUN_FILE, YEARS_FILE
from hubspoke.outputs.runs.kept_input import read_kept_input
from hubspoke.outputs.runs.plan_json import plan_from_json, read_json
from hubspoke.outputs.runs.unreadable import read_tables, read_text
from hubspoke.plan.plan import TABLES

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData

FINGERPRINT = "plan_sha256"
"""Key of `run.json` under which the SHA-256 of `plan.json` stands."""


def load_plan(folder: str | Path, *, with_input: bool = False, as_it_is: bool = False) -> PlanData:
    """Read a saved plan.

    Parameters
    ----------
    folder : str or Path
        A run folder.
    with_input : bool
        Whether to read the network that was planned, too, as the run folder keeps it.
    as_it_is : bool
        Whether to take tables, too, that are no longer what was written.

    Returns
    -------
    PlanData
        The plan as it was saved; its `run` holds the seconds by phase.

    Raises
    ------
    UsageError
        The folder is no run folder, or its files are damaged, of another version, or not what was planned.
    """
    home = Path(folder)
    put_back(home.absolute().resolve())
    if (home / YEARS_FILE).is_file():
        raise UsageError(f"{folder} holds a plan of several years; name one of them: {_name_year(home, str(folder))}")
    if not (home / RUN_FILE).is_file():
        raise UsageError(f"{folder} is no run folder of hubspoke (it has no plan.json); `hubspoke solve -o` makes one")
    text = read_text(home / RUN_FILE, str(folder))
    tables = read_tables(home, TABLES, str(folder))
    plan = plan_from_json(text, tables, {"seconds": read_run(home).get("seconds", {})}, name=str(folder))
    if not as_it_is and (changed := find_changed(home, text)):
        raise UsageError(
            f"{folder}/{changed[0]} was changed since the plan was made: it is no longer what was planned; "
            "put back the file as it was, or solve again"
        )
    return replace(plan, network=read_kept_input(plan, home)) if with_input else plan


def _name_year(home: Path, folder: str) -> str:
    """Return the run folder of a year inside one of several years, the middle one."""
    years = sorted(path.parent.name for path in home.glob(f"*/{RUN_FILE}") if path.parent.name.isdigit())
    return f"{folder}/{years[len(years) // 2] if years else 'YEAR'}"


def fingerprint_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8.

    Parameters
    ----------
    text : str
    """
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of the file of every table of a plan.

    Parameters
    ----------
    folder : Path
        A run folder; a table that it lacks has none.

    Returns
    -------
    dict of str to str
        By name of the table.
    """
    files = {table: folder / f"{table}.csv" for table in TABLES}
    return {table: hashlib.sha256(file.read_bytes()).hexdigest() for table, file in files.items() if file.is_file()}


def find_changed(folder: Path, text: str) -> list[str]:
    """Return the files of a plan that are no longer what was written.

    Parameters
    ----------
    folder : Path
        A run folder.
    text : str
        Content of its plan.json.

    Returns
    -------
    list of str
        Names of files: `plan.json` by its fingerprint in `run.json`, if that has one, tables by theirs in `plan.json`.
    """
    stated, found = read_json(text, str(folder)).get("tables"), fingerprint_files(folder)
    known = stated if isinstance(stated, dict) else {}
    own = read_run(folder).get(FINGERPRINT)
    changed = [] if own in (None, fingerprint_text(text)) else [RUN_FILE]
    return changed + [f"{table}.csv" for table in TABLES if known.get(table) != found.get(table)]


def read_run(folder: str | Path) -> dict[str, Any]:
    """Return the facts in `run.json`: time, machine, versions, seconds, and where the input was.

    Parameters
    ----------
    folder : str or Path
        A run folder.

    Returns
    -------
    dict
        Empty where the file is missing or damaged.
    """
    try:
        facts = json.loads((Path(folder) / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}
