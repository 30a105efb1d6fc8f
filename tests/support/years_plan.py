"""A small plan over several years, made once for all tests of a worker."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import hubspoke as hs
from builders import tiny_tables, write_folder

if TYPE_CHECKING:
    from builders import Row
    from hubspoke.api.years_plan import YearsPlan
    from hubspoke.inputs.network import Network

YEARS = (2030, 2035, 2040)
TONNES = {2030: 1.0, 2035: 4.0, 2040: 2.5}
"""Tonnes of each year beside those of the tiny network."""
CHANGES = {"years.until": 2042, "years.closing_share": 0.05}


def growing_tables() -> dict[str, list[Row]]:
    """Give the tiny network with tonnes that rise and fall, and a hub of some size that stands today."""
    tables = tiny_tables()
    for name in ("kanto/sites", "chubu/sites"):
        tables[name] = [
            {key: value for key, value in row.items() if not key.endswith("_t")}
            | {
                key.replace("_t", f"_{year}_t"): float(str(value)) * factor
                for key, value in row.items()
                if key.endswith("_t")
                for year, factor in TONNES.items()
            }
            for row in tables[name]
        ]
    tables["chubu/hubs"] = [
        {**row, "existing_t": 500 if row["id"] == "hc2" else "", "name_ja": "中部拠点"} for row in tables["chubu/hubs"]
    ]
    return tables


@cache
def growing_network() -> Network:
    """Read the network of `growing_tables`."""
    with tempfile.TemporaryDirectory() as folder:
        return hs.read(write_folder(Path(folder) / "growing", growing_tables()), changes=CHANGES)


@cache
def years_plan() -> YearsPlan:
    """Plan it for three years under the policy of one shared refinery, so that plants open, grow and stand idle."""
    return hs.solve(growing_network(), policy="shared-refinery", years=YEARS, gap=1e-4)


@cache
def regional_years_plan() -> YearsPlan:
    """Plan it where every region has a hub and a refinery of its own, so that regions stand alone."""
    return hs.solve(growing_network(), policy="regional", years=YEARS)
