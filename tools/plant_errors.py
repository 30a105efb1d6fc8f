"""Plant one error after another in a plan, and list those that its audit does not find.

    python tools/plant_errors.py [DIR] [--region NAME] [--policy NAME]

Every column of every table of the plan is falsified in one row (a number by 1 % and 1, a text by another one), a row of
every table is taken away or doubled, and every figure of the plan itself is changed.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import hubspoke as hs
from hubspoke.audit.audit import recount
from hubspoke.costs.costs import build_costs
from hubspoke.lanes.lanes import build_lanes
from hubspoke.plan.plan import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.plan.plan import PlanData


def plant(plan: PlanData) -> Iterator[tuple[str, PlanData]]:
    """Yield falsified plans, each with the name of its error.

    Parameters
    ----------
    plan : PlanData
        Audited.

    Yields
    ------
    (str, PlanData)
    """
    for name in TABLES:
        table: pd.DataFrame = getattr(plan, name)
        if table.empty:
            continue
        for column in table.columns:
            for row in _pick_rows(table[column]):
                yield f"{name}.{column}, row {row}", _change(plan, {name: _falsify(table, column, row)})
        yield f"{name}: a row less", _change(plan, {name: table.iloc[1:].reset_index(drop=True)})
        yield f"{name}: a row twice", _change(plan, {name: pd.concat([table, table.iloc[:1]], ignore_index=True)})
    value = plan.objective_value
    used = plan.hubs.loc[plan.hubs["load_t"] > 0, "id"].tolist()
    words: dict[str, dict[str, Any]] = {
        "objective one yen off": {"objective_value": value + 2},
        "bound above the objective": {"bound_value": value * 1.01},
        "bound raised": {"bound_value": value, "gap": 0.0},
        "gap": {"gap": plan.gap + 0.01},
        "status": {"status": hs.Status.FEASIBLE if plan.status is hs.Status.OPTIMAL else hs.Status.OPTIMAL},
        "policy": {"policy": "open" if plan.policy != "open" else "regional"},
        "objective's word": {"objective": "co2"},
        "year": {"year": plan.year - 5},
        "title": {"title": "Another"},
        "sourcing": {"options": {**plan.options, "sourcing": "none"}},
        "closed plants": {"options": {**plan.options, "close": used[:1]}},
        "regions": {"options": {**plan.options, "regions": ["nowhere"]}},
    }
    if abs(value - plan.bound_value) <= 1:  # which is no error then
        del words["bound raised"]
    for told, changes in words.items():
        yield told, _change(plan, changes)


def _change(plan: PlanData, changes: dict[str, Any]) -> PlanData:
    return replace(plan, **changes)


def _pick_rows(values: pd.Series[Any]) -> list[int]:
    """Return the row with the largest number and one more, or the first of texts."""
    if values.dtype.kind not in "biuf":
        return [0]
    known = values.fillna(0.0).abs()
    return sorted({int(known.to_numpy().argmax()), 0})


def _falsify(table: pd.DataFrame, column: str, row: int) -> pd.DataFrame:
    changed = table.copy()
    old = changed[column].iloc[row]
    if changed[column].dtype.kind in "iu":
        changed.loc[row, column] = int(old) + 1
    elif changed[column].dtype.kind == "f":
        changed.loc[row, column] = 1.0 if np.isnan(old) else old * 1.01 + 1
    else:
        others = [value for value in table[column].unique() if value != old]
        changed.loc[row, column] = others[0] if others else f"{old}x"
    return changed


def main() -> None:
    """Plan, plant, and print what was missed."""
    words = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("folder", nargs="?")
    words.add_argument("--region")
    words.add_argument("--policy")
    words.add_argument("--alone", action="store_true", help="audit the tables alone, without the input")
    asked = words.parse_args()
    network = hs.read(asked.folder)
    if asked.region:
        network = network.only((asked.region,))
    plan = hs.solve(network, policy=asked.policy)
    costs = build_costs(plan.network, build_lanes(plan.network, plan.year), plan.year) if plan.network else None
    planted, missed = 0, []
    for name, falsified in plant(plan):
        planted, told = planted + 1, name
        try:
            passed = recount(falsified, None if asked.alone else plan.network, costs=costs).passed
        except Exception as error:  # noqa: BLE001 - an audit that breaks off is what is looked for
            passed, told = True, f"{name}: {type(error).__name__}: {error}"
        if passed:
            missed.append(told)
    sys.stdout.write("\n".join([*missed, f"{planted - len(missed)} of {planted} found"]) + "\n")


if __name__ == "__main__":
    main()
