"""Read a folder of tables: centres with tonnes by period, plants that open once and stay, and what a tonne costs.

The form of a study of recycling in the United States (RICE, made with RELOG of Argonne National Laboratory, A. S.
Xavier et al.): `centres.csv` (centre, lat, lon, amount_t_1 ...), `plants.csv` (plant, lat, lon, capacity_t,
opening_cost, fixed_cost_per_year, variable_cost_per_t) and `params.json`. Whatever arises in a period goes to plants in
it, divided as it may be. A plant pays its opening cost in the period in which it opens, one of `building_periods`, and
its fixed cost from then on in every period; it is never closed. RELOG lets plants grow along a line between a least and
a largest size; here both are the same, so that they do not grow. Nothing is discounted. Distances are straight lines
between places on the ellipsoid of WGS 84, in kilometres with three decimals.
"""

from __future__ import annotations

import csv
import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.engine.problem.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hubspoke.base.arrays import Floats

CENTRES, PLANTS, PARAMETERS = "centres.csv", "plants.csv", "params.json"

EARTH_RADIUS_M, FLATTENING = 6378137.0, 1 / 298.257223563
"""WGS 84: radius at the equator, and how much shorter the polar one is."""

MUST_BE_NONE = ("centre_disposal_limit_t", "plant_storage_limit_t", "initial_capacity_t")
"""What the form can say, and cases of plants cannot hold."""


def is_study_folder(path: Path) -> bool:
    """Return whether a path is a folder with the three files."""
    return path.is_dir() and all((path / name).is_file() for name in (CENTRES, PLANTS, PARAMETERS))


def read_study_folder(path: Path) -> Cases:
    """Read the folder.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Cases
        One for each period; costs in the unit of the tables.

    Raises
    ------
    ValueError
        A column or parameter is missing, is no finite number, is below zero, or is beyond what cases hold.
    """
    parameters = json.loads((path / PARAMETERS).read_text(encoding="utf-8-sig"))
    periods = parameters.get("periods") if isinstance(parameters, dict) else None
    if not isinstance(periods, int) or periods < 1:
        raise ValueError(f"{PARAMETERS}: periods must be a whole number, 1 or more")
    for name in MUST_BE_NONE:
        if parameters.get(name, 0) != 0:
            raise ValueError(f"{PARAMETERS}: {name} must be 0")
    building = parameters.get("building_periods", list(range(1, periods + 1)))
    may_open = np.isin(np.arange(1, periods + 1), building)
    rate = parameters.get("transport_cost_per_t_km")
    if not isinstance(rate, int | float) or not math.isfinite(rate) or rate < 0:
        raise ValueError(f"{PARAMETERS}: transport_cost_per_t_km must be a number, 0 or more")
    centres, plants = _Table(path / CENTRES), _Table(path / PLANTS)
    haul = rate * _distance_km(centres.places(), plants.places()) + plants.column("variable_cost_per_t")
    capacity, fixed = plants.column("capacity_t"), plants.column("fixed_cost_per_year")
    years = []
    for period in range(1, periods + 1):
        tonnes = centres.column(f"amount_t_{period}")
        years.append(Problem.build(tonnes, tonnes[:, None] * haul, capacity, fixed, single_sourcing=False))
    opening = np.where(may_open[:, None], plants.column("opening_cost"), np.inf)
    return Cases.build(years, hubs=PlantPaths.build((periods, len(fixed), 1), opening_cost=opening[:, :, None]))


class _Table:
    """A table of numbers by column."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        with path.open(encoding="utf-8-sig", newline="") as file:
            self.rows: Sequence[dict[str, Any]] = list(csv.DictReader(file))
        if not self.rows:
            raise ValueError(f"{self.name}: it has no rows")

    def column(self, name: str, *, least: float = 0.0) -> Floats:
        """Return a column."""
        try:
            values = np.array([float(row[name]) for row in self.rows])
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{self.name}: {name} is missing or no number") from error
        if not np.isfinite(values).all() or (values < least).any():
            raise ValueError(f"{self.name}: {name} must be finite and {least:g} or more")
        return values

    def places(self) -> Floats:
        """Return the places on the ellipsoid in metres from the middle of the earth, shape (rows, 3)."""
        latitude, longitude = (np.radians(self.column(name, least=-180.0)) for name in ("lat", "lon"))
        squeezed = FLATTENING * (2 - FLATTENING)
        normal = EARTH_RADIUS_M / np.sqrt(1 - squeezed * np.sin(latitude) ** 2)
        flat = normal * np.cos(latitude)
        height = normal * (1 - squeezed) * np.sin(latitude)
        return np.stack([flat * np.cos(longitude), flat * np.sin(longitude), height], axis=1)


def _distance_km(one: Floats, other: Floats) -> Floats:
    lengths: Floats = np.linalg.norm(one[:, None, :] - other[None, :, :], axis=2)
    return np.round(lengths / 1000, 3)
