"""Check numbers that could be, but not beside all others of their kind: of another unit, or a digit too many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.inputs.tables.findings import FILE, ROW, among

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from hubspoke.base.arrays import Floats
    from hubspoke.inputs.tables.survey import Survey

FEWEST = 4
"""Of fewer numbers none is told from the others."""
BEYOND, GAP = 100.0, 30.0
"""So many times the upper quartile, and so many times the next number, is one that lies far above. Tonnes of sites are
heavy-tailed: of those that ship the largest is 50 times the quartile and 1.5 times the next."""
MOST_SHARE = 0.1
"""At most so large a share of the numbers lies far from the others: more are another kind, not slips."""
SENSELESS_T = 1e7
"""More than any place in the world hands over in a year, if it lies far above the others, too."""
ENDLESS_T = 1e12
"""Tonnes that are told as senseless by themselves, and can be added up."""
THOUSAND = 1000.0
"""What a number is off by that is written in kg or yen where tonnes or thousand yen stand."""
PAID = ("cost_jpy_per_t", "co2_kg_per_t")
PLANT_COLUMNS = (("max_t", True), ("existing_t", False))
"""Columns of plants, and whether a number far below the others is told of them: it is no limit that anyone means."""


def find_far_above(values: Floats) -> Floats:
    """Return from where on numbers lie far above all others, the next below, and the upper quartile.

    Parameters
    ----------
    values : float array, shape (n,)
        Those that are not above 0, or infinite, count for nothing.

    Returns
    -------
    float array, shape (3,)
        The least of those far above, infinite where none is; the largest of the others; their upper quartile.
    """
    ranked = np.sort(values[np.isfinite(values) & (values > 0)])[::-1]
    nowhere = np.array([np.inf, 0.0, 0.0])
    if len(ranked) < FEWEST:
        return nowhere
    few = max(1, int(len(ranked) * MOST_SHARE))
    quartile = ranked[len(ranked) // 4]
    above = (ranked[:few] / BEYOND > quartile) & (ranked[:few] / GAP > ranked[1 : few + 1])
    if not above.any():
        return nowhere
    last = int(np.flatnonzero(above)[-1])
    return np.array([ranked[last], ranked[last + 1], quartile])


def find_outliers(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each number that lies far from all others of its kind."""
    yield from _find_tonnes(found)
    for table in ("hubs", "refineries"):
        frame = found.tables[table]
        for column, both in PLANT_COLUMNS:
            yield from _find_far(frame, frame[column].to_numpy(np.float64), column, below=both)
    yield from _find_paid(found)
    yield from _find_sizes(found)
    overseas = found.tables["overseas"]
    for column in ("black_mass_t", "price_jpy_per_t"):
        yield from _find_far(overseas, overseas[column].to_numpy(np.float64), column, below=column != "black_mass_t")


def _find_tonnes(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each site whose tonnes of a year lie far above those of all others of its kind."""
    sites, settings = found.tables["sites"], found.settings
    kinds = sites["kind"].to_numpy(object)
    told: set[int] = set()
    for year in settings.horizon.years:
        columns = [f"{name}_{year}_t" for name in settings.classes]
        tonnes = np.minimum(sites[columns].to_numpy(np.float64), ENDLESS_T).sum(axis=1)
        for kind in dict.fromkeys(kinds.tolist()):
            mine = kinds == kind
            least, next_t, quartile = find_far_above(tonnes[mine])
            for at in np.flatnonzero(mine & (tonnes >= least) & np.isfinite(tonnes)).tolist():
                if at not in told:
                    told.add(at)
                    yield _tell_tonnes(sites.iloc[at].to_dict(), year, tonnes[at], next_t, quartile)


def _tell_tonnes(row: dict[Any, Any], year: int, mass_t: float, next_t: float, quartile: float) -> Finding:
    problem = (
        f"{write(mass_t)} t of {row['id']!r} in {year} lie far above all others: the next largest site has "
        f"{write(next_t)} t, three quarters of them have at most {write(quartile)} t"
    )
    cure = f"write {write(mass_t / THOUSAND)}, if these are kg, or correct the number; nothing, if it is meant"
    fatal = mass_t > SENSELESS_T
    if fatal or mass_t > THOUSAND * next_t:
        cure = "correct the number or its unit" if fatal else "correct the number or its unit; nothing, if it is meant"
    return Finding(str(row[FILE]), int(row[ROW]), "", problem, cure, fatal=fatal, kind="outlier")


def _find_far(
    frame: pd.DataFrame, values: Floats, column: str, *, below: bool, measured: str = ""
) -> Iterator[Finding]:
    """Yield a warning for each number of a column that lies far above all others or, if asked, far below."""
    least, next_, quartile = find_far_above(values)
    what = measured or column
    cure = "correct the number or its unit; nothing, if it is meant"
    for at in np.flatnonzero((values >= least) & np.isfinite(values)).tolist():
        problem = (
            f"{what} of {write(values[at])} lies far above all others: the next largest is {write(next_)}, three "
            f"quarters of them are at most {write(quartile)}"
        )
        yield _warn(frame, at, column, problem, cure)
    with np.errstate(divide="ignore", over="ignore"):
        inverse = np.where(values > 0, 1 / values, np.nan) if below else np.zeros(0)
    least, next_, quartile = find_far_above(inverse)
    for at in np.flatnonzero((inverse >= least) & np.isfinite(inverse)).tolist():
        problem = (
            f"{what} of {write(values[at])} lies far below all others: the next smallest is {write(1 / next_)}, three "
            f"quarters of them are at least {write(1 / quartile)}"
        )
        yield _warn(frame, at, column, problem, cure)


def _warn(frame: pd.DataFrame, at: int, column: str, problem: str, cure: str) -> Finding:
    row = frame.iloc[at]
    return Finding(str(row[FILE]), int(row[ROW]), column, problem, cure, fatal=False, kind="outlier")


def _find_paid(found: Survey) -> Iterator[Finding]:
    """Yield a warning for each cost or emission of a lane far from those of all others from such places."""
    lanes = found.tables["lanes"]
    if lanes.empty:
        return
    for table in ("sites", "hubs", "ports", "overseas"):
        there = lanes[among(lanes["from_id"], found.tables[table]["id"].tolist())]
        for column in PAID:
            yield from _find_far(there, there[column].to_numpy(np.float64), column, below=True)


def _find_sizes(found: Survey) -> Iterator[Finding]:
    """Yield a warning for each size of a plant whose cost lies far from those of all others of such plants."""
    sizes = found.tables["sizes"]
    if sizes.empty:
        return
    for table in ("hubs", "refineries"):
        there = sizes[among(sizes["plant_id"], found.tables[table]["id"].tolist())]
        variable, fixed, capacity = (
            there[name].to_numpy(np.float64) for name in ("variable_jpy_per_t", "fixed_jpy_per_yr", "capacity_t")
        )
        yield from _find_far(there, variable, "variable_jpy_per_t", below=True)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            each = np.where(capacity > 0, fixed / capacity, np.nan)
        yield from _find_far(there, each, "fixed_jpy_per_yr", below=True, measured="fixed_jpy_per_yr / capacity_t")


def write(value: float) -> str:
    """Return a number for a message, its thousands apart and no digit that says nothing.

    Parameters
    ----------
    value : float

    Examples
    --------
    >>> write(1e8), write(67600.4), write(12.345), write(0.00123)
    ('100,000,000', '67,600', '12.35', '0.00123')
    >>> write(1e308)
    '1e+308'
    """
    return f"{value:,.0f}" if THOUSAND <= value < ENDLESS_T else f"{value:.4g}"
