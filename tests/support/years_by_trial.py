"""What a small network of one region costs over several years, by trying every choice of plants in every year."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

import hubspoke as hs
from builders import flat_tables, write_folder
from hubspoke.costs.costs import build_costs
from hubspoke.lanes.lanes import build_lanes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hubspoke.inputs.network import Network

CLASSES = ("hev", "nmc", "lfp")
STATED = (2030, 2035, 2040)
WEIGHTS = [
    sum(1.05 ** (2030 - year) for year in span) for span in (range(2030, 2035), range(2035, 2040), range(2040, 2041))
]
"""Present value of a yen a year until the next planned year, at 5 %."""


def by_year(rows: list[dict[str, object]], factors: dict[int, float]) -> list[dict[str, object]]:
    """Return sites that state tonnes by year, those of a row times a factor."""
    made = []
    for row in rows:
        plain = {key: value for key, value in row.items() if key not in {f"{name}_t" for name in CLASSES}}
        tonnes = {f"{name}_{year}_t": float(str(row[f"{name}_t"])) * factor for name in CLASSES
                  for year, factor in factors.items()}  # fmt: skip
        made.append({**plain, **tonnes})
    return made


def network(
    folder: Path,
    factors: tuple[float, float, float],
    changes: dict[str, object] | None = None,
    places: Sequence[tuple[float, float]] = (),
) -> Network:
    """Return the tiny network of one region, with tonnes that differ by year; `places`: where plants stand."""
    tables = flat_tables()
    plants = [*tables["hubs"], *tables["refineries"]]
    for row, (lat, lon) in zip(plants if places else [], places, strict=True):
        row |= {"lat": lat, "lon": lon}
    tables["sites"] = by_year(tables["sites"], dict(zip(STATED, factors, strict=True)))
    return hs.read(write_folder(folder, tables), changes=changes)


def _capital(costs: object, kind: str, plant: int, tonnes: float) -> tuple[int, float]:
    """Return the line on which a plant of a size costs least, and its yearly capital."""
    steps = getattr(costs, f"{kind}_steps")
    lines = [k for k in range(steps.capacity.shape[1]) if steps.capacity[plant, k] * (1 + 1e-9) >= tonnes]
    best = min(lines, key=lambda k: steps.fixed[plant, k] + steps.variable[plant, k] * tonnes)
    return best, float(steps.capital[plant, best] + steps.capital_per_t[plant, best] * tonnes)


def cheapest_by_trial(
    task: Network, only: Sequence[tuple[int, int]] | None = None, *, full_size: bool = False
) -> float:
    """Return the least present cost of one region with one hub and one refinery, by trying every choice in every year.

    A plant that closed stays closed; capital is owed to the end for the most that a plant has taken in. `only` gives
    hub and refinery of each year, where these are no choice; `full_size` has each stand from its first year on as large
    as it will be, kept up and manned for that.
    """
    years, weights = STATED, WEIGHTS
    costs = [build_costs(task, build_lanes(task, year), year) for year in years]
    made = [float((one.supply_t @ one.yields[0].sum(axis=1)).sum()) for one in costs]
    packs = [float(one.mass_t.sum()) for one in costs]
    hubs, refineries = range(len(task.hubs)), range(len(task.refineries))
    other = np.array([
        [[float(one.collection_jpy_per_yr()[:, h].sum() + one.transfer_jpy_per_t()[h, r, 0] * mass) for r in refineries]
         for h in hubs] for one, mass in zip(costs, made, strict=True)
    ])  # fmt: skip
    saved = [one.beside for one in costs]

    def path_cost(kind: str, path: tuple[int, ...], loads: list[float]) -> tuple[float, list[int]]:
        total, lines = 0.0, [0] * len(years)
        for plant in set(path):
            used = [t for t, one in enumerate(path) if one == plant]
            if used != list(range(used[0], used[-1] + 1)):
                return np.inf, lines  # it would have to open again; staying idle is dearer than closing here
            size, capital = max(loads[t] for t in used) if full_size else 0.0, 0.0
            for t in range(used[0], len(years)):
                if t in used:
                    size = max(size, loads[t])
                    lines[t], capital = _capital(costs[t], kind, plant, size)
                    steps = getattr(costs[t], f"{kind}_steps")
                    k = lines[t]
                    running = steps.maintenance[plant, k] + steps.labour[plant, k] + steps.overhead[plant, k]
                    per_t = (
                        steps.maintenance_per_t[plant, k]
                        + steps.labour_per_t[plant, k]
                        + steps.overhead_per_t[plant, k]
                    )
                    total += weights[t] * (running + per_t * (size if full_size else loads[t]))
                total += weights[t] * capital
        return total, lines

    best = np.inf
    ways = product(hubs, repeat=len(years)) if only is None else [tuple(hub for hub, _ in only)]
    for path in ways:
        at_hubs, lines = path_cost("hub", path, packs)
        each = product(refineries, repeat=len(years)) if only is None else [tuple(end for _, end in only)]
        for ends in each:
            at_refineries, _ = path_cost("refinery", ends, made)
            total = at_hubs + at_refineries
            for t, (h, r) in enumerate(zip(path, ends, strict=True)):
                total += weights[t] * other[t, h, r]
                if saved[t][h, r]:
                    total -= weights[t] * costs[t].hub_shared_jpy_per_yr[h, lines[t]]
            best = min(best, total)
    return float(best)
