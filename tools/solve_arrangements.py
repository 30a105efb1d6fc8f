"""Fill in `docs/arrangements.md`: every scenario that ships, solved for Japan.

python tools/solve_arrangements.py

The text of the page is kept; the table between the two marks is written anew.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import hubspoke as hs
from hubspoke.costs.cost_lines import yearly_cost
from hubspoke.costs.rates import refinery_rates_of
from hubspoke.plan.states import is_built, list_standing
from hubspoke.settings.reading.scenarios import load_scenarios

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.api.plan import Plan

PAGE = Path(__file__).resolve().parents[1] / "docs" / "arrangements.md"
TABLE = re.compile(r"(<!-- table -->\n).*?(<!-- end -->)", re.DOTALL)
ABROAD = re.compile(r"(<!-- abroad -->\n).*?(<!-- end -->)", re.DOTALL)
LISTED = 8


def main() -> int:
    """Solve all scenarios and write the page."""
    known, _ = load_scenarios()
    plans = {name: hs.solve(hs.read(changes={"scenario": name})) for name in known}
    plans["(no scenario: shared-refinery)"] = hs.solve(hs.read(), policy="shared-refinery")
    head = "| scenario | year | hubs | refineries | bn yen/yr | yen/kg of packs | existing plants used | gap |"
    rows = [head, "|---|---:|---|---|---:|---:|---:|---:|", *(_row(name, plan) for name, plan in plans.items())]
    text = PAGE.read_text(encoding="utf-8")
    text = TABLE.sub(lambda found: f"{found[1]}{chr(10).join(rows)}\n{found[2]}", text)
    told = _refine_abroad(plans["overseas-import"], plans["(no scenario: shared-refinery)"])
    text = ABROAD.sub(lambda found: f"{found[1]}{told}\n{found[2]}", text)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _row(name: str, plan: Plan) -> str:
    used, total = list_standing(plan.hubs, plan.refineries)
    hubs, refineries = (_names(plants) for plants in (plan.hubs, plan.refineries))
    cells = (f"{plan.cost_jpy / 1e9:.2f}", f"{plan.cost_jpy / plan.mass_t / 1000:.1f}", f"{len(used)} of {total}")
    shown = name if name.startswith("(") else f"`{name}`"
    return f"| {shown} | {plan.year} | {hubs} | {refineries} | {' | '.join(cells)} | {100 * plan.gap:.2f} % |"


def _names(plants: pd.DataFrame) -> str:
    built = plants.loc[is_built(plants), "id"].tolist()
    more = f" and {len(built) - LISTED} more" if len(built) > LISTED else ""
    return f"{len(built)}: {', '.join(built[:LISTED])}{more}"


def _refine_abroad(imported: Plan, home: Plan) -> str:
    """Compare refining at home what was collected abroad with a plant of the same technology in each country."""
    settings, imports = imported.settings, imported.imports
    name, technology = next(iter(settings.refinery_technologies.items()))
    mass_t = imports.groupby("source_id")["mass_t"].sum().to_numpy(np.float64)
    fixed = sum(
        part.sum() for part in yearly_cost(technology, settings.finance, mass_t / float(settings.sizes.availability))
    )
    rate = sum(refinery_rates_of(technology, settings.energy).values())
    there = fixed + rate * mass_t.sum()
    here = imported.cost_jpy - home.cost_jpy - float(imports["import_purchase_jpy"].sum())
    rows = (
        ("landed and refined in Japan, beside the packs of 2040", here),
        (f"refined where it is made, a `{name}` plant in each of {len(mass_t)} countries", there),
    )
    lines = [f"| {told} | {cost / 1e9:.2f} | {cost / mass_t.sum() / 1000:.0f} |" for told, cost in rows]
    return "\n".join(
        ["| 15,000 t of black mass a year | bn yen/yr | yen/kg of black mass |", "|---|---:|---:|", *lines]
    )


if __name__ == "__main__":
    raise SystemExit(main())
