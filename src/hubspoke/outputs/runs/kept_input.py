"""Keep in a run folder the tables that were planned, and read them back exactly."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import UsageError
from hubspoke.inputs.contents import describe_own, fingerprint_settings, fingerprint_tables
from hubspoke.inputs.network import FRAMES, SETTINGS, Network
from hubspoke.inputs.tables.schema import SCHEMAS
from hubspoke.outputs.exports.csv_table import GUARDED, write_csv_table
from hubspoke.outputs.runs.unreadable import tell_unreadable

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from hubspoke.plan.plan import PlanData

INPUT = "input"
"""Folder of the tables inside a run folder."""
TONNES = re.compile(r".+_\d{4}_t")
"""Columns of tonnes in `sites`, which no schema lists."""


class ChangedInputError(UsageError):
    """The tables kept in a run folder are not those that were planned."""


def keep_input(plan: PlanData, folder: Path) -> None:
    """Write the tables that were planned into a folder: one CSV file each, numbers to the last bit.

    Parameters
    ----------
    plan : PlanData
        With its network; without one nothing is written.
    folder : Path
        A folder that does not hold them yet.

    Raises
    ------
    UsageError
        A table of the plan's network was changed in place after it was planned.
    """
    if plan.network is None:
        return
    for name, digest in plan.network.contents().items():
        if plan.contents.get(name) != digest:
            raise UsageError(f"{FRAMES.get(name, name)} of the plan's network was changed after planning; solve again")
    (folder / INPUT).mkdir()
    for name, table in FRAMES.items():
        write_csv_table(getattr(plan.network, name), folder / INPUT / f"{table}.csv")


def read_kept_input(plan: PlanData, folder: Path) -> Network | None:
    """Read the tables that were planned, and compare them with the fingerprints in the plan.

    Parameters
    ----------
    plan : PlanData
        That of the run folder.
    folder : Path
        The run folder.

    Returns
    -------
    Network or None
        What was planned, with the settings and outlines of the plan; None where the run folder keeps no tables.

    Raises
    ------
    ChangedInputError
        A table is missing, damaged, or not what was planned.
    """
    if not plan.contents:
        return None
    tables: dict[str, Any] = {}
    for name, table in FRAMES.items():
        file = folder / INPUT / f"{table}.csv"
        try:
            tables[name] = _read_table(file, table)
        except (OSError, ValueError) as error:
            raise ChangedInputError(f"{folder / INPUT}/{tell_unreadable(file, error)}; solve again") from error
    found = fingerprint_tables({**tables, "outlines": plan.outlines})
    for name, digest in found.items():
        if plan.contents.get(name) != digest:
            file = folder / INPUT / f"{FRAMES.get(name, name)}.csv"
            raise ChangedInputError(f"{file} was changed: it is no longer what was planned; solve again")
    own = {name for name in plan.contents if describe_own(name) in plan.hashes}
    return Network(
        **tables,
        outlines=plan.outlines,
        settings=plan.settings,
        hashes={name: digest for name, digest in plan.hashes.items() if name not in map(describe_own, own)},
        split=plan.options.get("split", {}),
        checked={**plan.contents, SETTINGS: fingerprint_settings(plan.settings)},
        as_read={name: digest for name, digest in plan.contents.items() if name not in own},
    )


def _read_table(file: Path, table: str) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - heavy

    numbers = {column.name for column in SCHEMAS[table].columns if column.kind == "number"}
    with file.open(encoding="utf-8", newline="") as text:
        header, *rows = csv.reader(text, strict=True)
    columns: dict[str, Any] = {}
    for name, cells in zip(header, zip(*rows, strict=True) if rows else [()] * len(header), strict=True):
        if name in numbers or (table == "sites" and TONNES.fullmatch(name)):
            columns[name] = pd.Series([float(cell) if cell else float("nan") for cell in cells], dtype="float64")
        else:
            columns[name] = pd.Series([GUARDED.sub("", cell) for cell in cells], dtype=str)
    return pd.DataFrame(columns)
