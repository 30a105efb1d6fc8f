"""Small plans, made once for all tests of a worker."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import hubspoke as hs
from builders import tiny_tables, write_folder

if TYPE_CHECKING:
    from hubspoke.api.plan import Plan


FURNACE = {"id": "f", "lat": 35.52, "lon": 139.72, "technology": "ferronickel_furnace", "max_t": 100, "status": "open"}
PORT = {"id": "p", "name_ja": "港", "region": "kanto", "lat": 35.45, "lon": 139.65}
ABROAD = {"id": "o", "country": "Korea", "class": "nmc", "lat": 35.1, "lon": 129.0, "black_mass_t": 500}
SEA = {"from_id": "o", "to_id": "p", "distance_km": 900, "cost_jpy_per_t": 9000, "co2_kg_per_t": 20}


@cache
def mixed_plan() -> Plan:
    """Plan the tiny network with black mass from abroad, and an electric furnace that takes some."""
    tables = tiny_tables()
    tables["kanto/refineries"].append(dict(FURNACE))
    tables |= {"ports": [PORT], "overseas": [ABROAD], "lanes": [SEA]}
    changes = {"policy.refine_all": False, "sources.overseas": True}
    with tempfile.TemporaryDirectory() as folder:
        return hs.solve(hs.read(write_folder(Path(folder) / "mixed", tables), changes=changes))


@cache
def small_plan() -> Plan:
    """Plan the tiny network with refineries so small that none can take everything: hubs divide their black mass."""
    tables = tiny_tables()
    for name in ("kanto/refineries", "chubu/refineries"):
        tables[name] = [{**row, "max_t": 450} for row in tables[name]]
    with tempfile.TemporaryDirectory() as folder:
        network = hs.read(write_folder(Path(folder) / "small", tables))
    return hs.solve(network, policy="shared-refinery")
