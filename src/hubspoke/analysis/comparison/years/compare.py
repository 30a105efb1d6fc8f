"""Compare plans over several years, each with the first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from hubspoke.analysis.comparison.differences import find_differences
from hubspoke.analysis.comparison.years.tables import YearsComparisonData
from hubspoke.base.errors import UsageError
from hubspoke.plan.horizon.cash import residual_jpy
from hubspoke.plan.horizon.parts import split_present_cost
from hubspoke.plan.horizon.summary import last_year
from hubspoke.plan.years import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang

SAME = 1e-6
"""Relative difference of sizes that are the same."""


@dataclass(frozen=True, eq=False)
class YearsComparison(YearsComparisonData):
    """Plans over several years side by side: the tables (see `YearsComparisonData`), and what can be done with them."""

    def summary(self, lang: Lang = "en") -> str:
        """Return the differences in a few lines of text."""
        from hubspoke.analysis.comparison.years.summary import summarise  # noqa: PLC0415 - words load when wanted

        return summarise(self, lang)

    def save(self, folder: str | Path, *, lang: str = "en") -> Path:
        """Write a folder with the page and the tables, whole or not at all."""
        from hubspoke.analysis.comparison.years.folder import write_years_comparison  # noqa: PLC0415

        return write_years_comparison(self, folder, lang=lang)


def compare_years(plans: Sequence[YearsData], names: Sequence[str]) -> YearsComparison:
    """Put plans over several years side by side, each compared with the first.

    Parameters
    ----------
    plans : sequence of YearsData
        Two or more.
    names : sequence of str
        A name for each, no two alike.

    Returns
    -------
    YearsComparison

    Raises
    ------
    UsageError
        Fewer than two plans, too few or too many names, or plans over other horizons.
    """
    if len(plans) < 2:
        raise UsageError("compare needs two plans or more")
    if len(names) != len(plans) or len(set(names)) != len(names):
        raise UsageError(f"give {len(plans)} different names for the {len(plans)} plans, not {', '.join(names)}")
    spans = [(plan.years[0], last_year(plan)) for plan in plans]
    for name, span in zip(names[1:], spans[1:], strict=True):
        if span != spans[0]:
            first, other = (f"{start} to {end}" for start, end in (spans[0], span))
            shared = sorted({year for plan in plans[:1] for year in plan.years} & set(plans[names.index(name)].years))
            single = f", such as {names[0]}/{shared[0]} {name}/{shared[0]}" if shared else ""
            raise UsageError(
                f"{names[0]} counts the costs of {first}, {name} those of {other}: present values of other horizons "
                f"cannot be compared. Plan both with the same first year and years.until, or compare single "
                f"years{single}"
            )
    pairs = list(zip(names, plans, strict=True))
    made = [
        (name, replace(plan.plans[plan.years[0]], settings=plan.settings, options=plan.options)) for name, plan in pairs
    ]
    return YearsComparison(
        names=tuple(names),
        plans=tuple(plans),
        totals=_compare_totals(pairs),
        by_year=_compare_by_year(pairs),
        plants=_compare_plants(pairs),
        settings=find_differences(made),
    )


def _compare_totals(pairs: Sequence[tuple[str, YearsData]]) -> pd.DataFrame:
    base = pairs[0][1]
    slack = [abs(plan.objective_value - plan.bound_value) if plan.objective == "cost" else float("nan")
             for _, plan in pairs]  # fmt: skip
    rows = []
    for (name, plan), own in zip(pairs, slack, strict=True):
        change = plan.present_cost_jpy - base.present_cost_jpy
        used = plan.schedule[plan.schedule["stage"] == OPEN].drop_duplicates(["kind", "id"])["kind"]
        first = name == pairs[0][0]
        rows.append(
            {
                "plan": name,
                "years": ", ".join(map(str, plan.years)),
                "policy": ", ".join(dict.fromkeys(plan.policies)),
                "objective": plan.objective,
                "present_jpy": plan.present_cost_jpy,
                **{f"{part}_jpy": jpy for part, jpy in split_present_cost(plan).items()},
                "gap": plan.gap,
                "change_jpy": change,
                "change_share": change / base.present_cost_jpy if base.present_cost_jpy else 0.0,
                "change_least_jpy": 0.0 if first else change - own,
                "change_most_jpy": 0.0 if first else change + slack[0],
                "packs_t": float((plan.by_year["packs_t"] * plan.factors["years"]).sum()),
                "unserved_t": float((plan.by_year["unserved_t"] * plan.factors["years"]).sum()),
                "invested_jpy": float(plan.by_year["invested_jpy"].sum()),
                "residual_jpy": residual_jpy(plan),
                "hubs": int((used == "hub").sum()),
                "refineries": int((used == "refinery").sum()),
            }
        )
    return pd.DataFrame(rows)


def _compare_by_year(pairs: Sequence[tuple[str, YearsData]]) -> pd.DataFrame:
    kept = ["year", "last_year", "packs_t", "unserved_t", "hubs", "refineries", "unused_jpy", "cost_jpy",
            "cost_per_kg", "invested_jpy"]  # fmt: skip
    base = pairs[0][1].by_year.set_index("year")["cost_jpy"]
    tables = []
    for name, plan in pairs:
        table = plan.by_year[kept].copy()
        table.insert(0, "plan", name)
        table["cost_change_jpy"] = table["cost_jpy"] - table["year"].map(base)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _compare_plants(pairs: Sequence[tuple[str, YearsData]]) -> pd.DataFrame:
    base = _list_plants(pairs[0][1])
    rows = []
    for name, plan in pairs[1:]:
        own = _list_plants(plan)
        for key in dict.fromkeys([*base, *own]):
            old, new = base.get(key), own.get(key)
            known = new or old or {}
            rows.append(
                {
                    "plan": name,
                    **{column: known[column] for column in ("kind", "id", "name", "name_ja", "region")},
                    "base_first_year": old["first"] if old else None,
                    "first_year": new["first"] if new else None,
                    "base_largest_t": old["largest"] if old else 0.0,
                    "largest_t": new["largest"] if new else 0.0,
                    "change": _name_change(old, new),
                }
            )
    table = pd.DataFrame(
        rows,
        columns=["plan", "kind", "id", "name", "name_ja", "region", "base_first_year", "first_year",
                 "base_largest_t", "largest_t", "change"],
    )  # fmt: skip
    return table.astype({"base_first_year": "Int64", "first_year": "Int64"})


def _list_plants(plan: YearsData) -> dict[tuple[str, str], dict[str, Any]]:
    used = plan.schedule[plan.schedule["stage"] == OPEN]
    return {
        (str(kind), str(name)): {
            **{column: rows[column].iloc[0] for column in ("kind", "id", "name", "name_ja", "region")},
            "first": int(rows["year"].min()),
            "largest": float(rows["size_t"].max()),
        }
        for (kind, name), rows in used.groupby(["kind", "id"], sort=False)
    }


def _name_change(old: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    if old is None or new is None:
        return "only_in_plan" if old is None else "only_in_base"
    if new["first"] != old["first"]:
        return "earlier" if new["first"] < old["first"] else "later"
    if abs(new["largest"] - old["largest"]) <= SAME * old["largest"]:
        return "same"
    return "larger" if new["largest"] > old["largest"] else "smaller"
