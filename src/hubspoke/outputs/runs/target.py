"""Which folders a run may be written to, and what in them belongs to a run."""

from __future__ import annotations

from pathlib import Path

from hubspoke.base.atomic_write import check_replaceable, put_back
from hubspoke.inputs.files.source import RUN_FILE, YEARS_FILE
from hubspoke.outputs.exports.derived import DERIVED
from hubspoke.outputs.runs.kept_input import INPUT
from hubspoke.plan.plan import TABLES
from hubspoke.plan.years import YEARS_TABLES

OWN = (
    RUN_FILE,
    YEARS_FILE,
    "run.json",
    INPUT,
    *(f"{table}.csv" for table in (*TABLES, *DERIVED, *YEARS_TABLES)),
    "map.html",
    "maps",
    "report.html",
    "report.pdf",
    "briefing.html",
    "plan.xlsx",
    "plan.gpkg",
    "geojson",
    "parquet",
    "svg",
)
"""Files and folders that belong to a run folder; anything else in it is the planner's and is kept."""


def check_target(folder: str | Path) -> Path:
    """Return the absolute path of the folder that a run may be written to.

    Parameters
    ----------
    folder : str or Path
        A new or empty folder, or a run folder of one year or of several, which is replaced.

    Returns
    -------
    Path

    Raises
    ------
    UsageError
        It is a file, the working directory, or a folder that holds something else or cannot be written.
    """
    home = Path(folder).absolute().resolve()
    put_back(home)
    mark = YEARS_FILE if (home / YEARS_FILE).is_file() else RUN_FILE
    return check_replaceable(folder, mark=mark, kind="run folder", example="plan")


def list_own(target: Path) -> set[str]:
    """Return the names of what belongs to the run in a folder: `OWN`, and the run folders of single years.

    Parameters
    ----------
    target : Path
        A folder for which `check_target` passed.
    """
    if not (target / YEARS_FILE).is_file():
        return set(OWN)
    years = (path.parent.name for path in target.glob(f"*/{RUN_FILE}"))
    return {*OWN, *(year for year in years if year.isdigit())}
