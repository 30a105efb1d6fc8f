"""A robust plan as files, and as data for machines."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.atomic_write import check_replaceable, replaced_folder
from hubspoke.outputs.exports.csv_table import write_csv_table

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.decisions.robust.result import RobustPlan

PLANTS, SCENARIOS = "plants.csv", "scenarios.csv"


def write_robust(plan: RobustPlan, folder: Path) -> None:
    """Write the tables of a robust plan into a folder, whole or not at all.

    Parameters
    ----------
    plan : RobustPlan
    folder : Path
        New, or one that was written so before.

    Raises
    ------
    UsageError
        The folder holds something else, or cannot be written.
    """
    check_replaceable(folder, mark=SCENARIOS, kind="tables of a robust plan", example="robust")
    with replaced_folder(folder, own=(PLANTS, SCENARIOS)) as made:
        for name, table in ((PLANTS, plan.plants), (SCENARIOS, plan.scenarios)):
            write_csv_table(table, made / name)


def describe_robust(plan: RobustPlan) -> dict[str, Any]:
    """Return a robust plan as data for JSON; what has no value is null.

    Parameters
    ----------
    plan : RobustPlan
    """
    told: dict[str, Any] = {
        name: getattr(plan, name)
        for name in (
            "measure",
            "alpha",
            "year",
            "policy",
            "value_jpy",
            "bound_jpy",
            "gap",
            "expected_jpy",
            "worst_jpy",
        )
    }
    told["status"] = str(plan.status)
    for name in ("scenarios", "plants"):
        table = getattr(plan, name)
        told[name] = table.astype(object).where(table.notna(), None).to_dict("records")
    told["information"] = {
        name: None if isinstance(value, float) and not np.isfinite(value) else value
        for name, value in asdict(plan.information).items()
    }
    return told
