"""The cases of a sweep as tables: a row for each case, and one for each plant in each case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from hubspoke.analysis.decisions.sweeps.solve_case import PLANT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hubspoke.analysis.decisions.sweeps.cases import Case
    from hubspoke.analysis.decisions.sweeps.sweep import SolvedCase

TEXTS = ("policy", "objective")
FIGURES = (
    *("cost_jpy", "cost_jpy_per_t", "bound_jpy", "gap", "mass_t", "unserved_t", "sites", "hubs", "refineries"),
    *("byproduct_sales_jpy", "metal_sales_jpy", "profit_jpy", "mean_haul_km", "transport_t_km", "black_mass_t_km"),
    *("transport_co2_t", "processing_co2_t", "co2_t"),
)
"""Key figures of a plan, in the order of the columns."""


def varied_keys(cases: Iterable[Case]) -> list[str]:
    """Return the keys of what the cases vary, in the order in which they come up.

    Parameters
    ----------
    cases : iterable of Case
    """
    return list(dict.fromkeys(key for case in cases for key in case.given))


def tabulate_cases(solved: Sequence[SolvedCase], base: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row for each case, in the order in which they are stated.

    Parameters
    ----------
    solved : sequence of SolvedCase
    base : mapping of str to any
        Values of what is varied where a case leaves them, by dotted key.

    Returns
    -------
    DataFrame
        `number`, `case`, a column for each setting that is varied, `status`, key figures (NaN without a plan), the
        plants that are built, and why there is no plan.
    """
    rows = []
    keys = varied_keys(one.case for one in solved)
    for one in solved:
        kept = one.kept
        figures = kept.get("figures", {})
        rows.append(
            {"number": one.case.number, "case": one.case.name}
            | {key: as_cell(one.case.given.get(key, base.get(key, ""))) for key in keys}
            | {"year": figures.get("year", 0), **{name: figures.get(name, "") for name in TEXTS}}
            | {"status": kept["status"]}
            | {name: _number(figures.get(name)) for name in FIGURES}
            | {f"{kind}_built": ";".join(row["id"] for row in kept.get(kind, ())) for kind in ("hubs", "refineries")}
            | {"message": kept.get("message", ""), "digest": kept["digest"]}
        )
    return pd.DataFrame(rows)


def tabulate_plants(solved: Sequence[SolvedCase]) -> pd.DataFrame:
    """Return a row for each plant that is built in any case: in how many, and how large.

    Parameters
    ----------
    solved : sequence of SolvedCase

    Returns
    -------
    DataFrame
        Hubs before refineries, those in most cases first. `share` is of the cases that have a plan, `cases` their
        numbers.
    """
    plans = [one for one in solved if "figures" in one.kept]
    rows: list[dict[str, Any]] = []
    for kind in ("hubs", "refineries"):
        found: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
        for one in plans:
            for plant in one.kept[kind]:
                found.setdefault(plant["id"], []).append((one.case.number, plant))
        for name, seen in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            loads = [plant["load_t"] for _, plant in seen]
            first = seen[0][1]
            rows.append(
                {"kind": kind, "id": name, "name": first["name"], "name_ja": first["name_ja"]}
                | {"region": first["region"], "built": len(seen), "share": len(seen) / len(plans)}
                | {"load_least_t": min(loads), "load_mean_t": sum(loads) / len(loads), "load_most_t": max(loads)}
                | {"technologies": ";".join(sorted({plant["technology"] for _, plant in seen}))}
                | {"cases": ";".join(str(number) for number, _ in seen)}
            )
    columns = ["kind", *PLANT[:4], "built", "share", "load_least_t", "load_mean_t", "load_most_t", "technologies"]
    return pd.DataFrame(rows, columns=[*columns, "cases"])


def as_cell(value: Any) -> Any:
    """Return a value of a setting as a cell of a table.

    Parameters
    ----------
    value : any
    """
    if isinstance(value, dict) and "value" in value:
        return value["value"]
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else value


def _number(value: Any) -> float:
    return float("nan") if value is None or value == "" else float(value)
