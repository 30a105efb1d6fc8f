"""Write the figures of `docs/years.md`: Japan from 2027 to 2040, what opens when, and what acting otherwise costs.

Run `python tools/tell_years.py`; it takes some minutes. What stands between the marks of the page is replaced.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import hubspoke as hs
from hubspoke.words.numbers import format_large

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    from hubspoke.api.years_plan import YearsPlan

PAGE = Path(__file__).parents[1] / "docs" / "years.md"
BEGIN, END = "<!-- figures of Japan begin: tools/tell_years.py -->", "<!-- figures of Japan end -->"
YEARS = (2027, 2030, 2035, 2040)


def main() -> None:
    """Plan Japan under each policy that is asked for, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--policy", action="append", help="regional, if none; repeatable")
    parser.add_argument("--time-limit", type=float, default=300.0, help="seconds for each plan")
    asked = parser.parse_args()
    network = hs.read()
    parts = []
    for policy in asked.policy or ["regional"]:
        plan = hs.solve(network, policy=policy, years=YEARS, time_limit=asked.time_limit)
        table = hs.regret(network, policy=policy, years=YEARS, time_limit=asked.time_limit)
        parts += [f"### Policy `{policy}`", *tell_years(plan), *tell_plants(plan), *tell_strategies(table)]
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n" + "\n\n".join(parts) + f"\n\n{END}{after}", encoding="utf-8", newline="\n")


def tell_years(plan: YearsPlan) -> list[str]:
    """Return what each year costs, as a table."""
    gap = f"{100 * plan.gap:.2g} %" if plan.gap > 0 else "proven to the yen"
    rows = [
        "| year | for | packs, t | hubs, refineries | yen/kg | bn yen a year | of it unused capital | invested |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for row in plan.by_year.to_dict("records"):
        span = f"{row['year']} to {row['last_year']}" if row["last_year"] > row["year"] else f"{row['year']}"
        rows.append(
            f"| {row['year']} | {span} | {row['packs_t']:,.0f} | {row['hubs']}, {row['refineries']} | "
            f"{row['cost_per_kg']:,.0f} | {row['cost_jpy'] / 1e9:,.2f} | {row['unused_jpy'] / 1e9:,.2f} | "
            f"{row['invested_jpy'] / 1e9:,.1f} |"
        )
    worth = format_large(plan.present_cost_jpy, "en", "yen")
    return [f"Present value of all cost: **{worth}** (gap: {gap}).", "\n".join(rows)]


def tell_plants(plan: YearsPlan) -> list[str]:
    """Return what every plant does, as a table."""
    head = [str(year) for year in plan.years]
    rows = ["| plant | region | " + " | ".join(head) + " |", "|---|---|" + "---:|" * len(head)]
    for (_, name), own in plan.schedule.groupby(["kind", "id"], sort=False):
        told = [_tell(row) for row in own.to_dict("records")]
        rows.append(f"| `{name}` | {own['region'].iloc[0]} | " + " | ".join(told) + " |")
    return ["Size in t/yr (packs at hubs, black mass at refineries) of every plant that is used:", "\n".join(rows)]


def _tell(row: Mapping[Hashable, object]) -> str:
    if row["stage"] == "absent":
        return ""
    if row["stage"] == "closed":
        return "closes" if row["step"] == "closes" else "–"
    step = f"{row['step']} " if row["step"] else ""
    return f"{step}{float(str(row['size_t'])):,.0f}" + (" idle" if row["stage"] == "idle" else "")


def tell_strategies(table: pd.DataFrame) -> list[str]:
    """Return what acting otherwise costs, as a table."""
    rows = ["| strategy | bn yen | more | why not |", "|---|---:|---:|---|"]
    for row in table.to_dict("records"):
        if row["why_not"]:
            rows.append(f"| {row['strategy']} | no plan | | {str(row['why_not']).partition('; look')[0]} |")
        else:
            more = f"+{100 * row['more_share']:.1f} %" if row["more_share"] > 0 else ""
            rows.append(f"| {row['strategy']} | {row['present_jpy'] / 1e9:,.1f} | {more} | |")
    return ["What acting otherwise costs over the same years:", "\n".join(rows)]


if __name__ == "__main__":
    main()
