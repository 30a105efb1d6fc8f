"""A small plan whose hubs divide their black mass between refineries, made once for all tests of a worker."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import hubspoke as hs
from builders import tiny_tables, write_folder

if TYPE_CHECKING:
    from hubspoke.api.plan import Plan


@cache
def small_plan() -> Plan:
    """Plan the tiny network with refineries so small that none can take everything."""
    tables = tiny_tables()
    for name in ("kanto/refineries", "chubu/refineries"):
        tables[name] = [{**row, "max_t": 450} for row in tables[name]]
    with tempfile.TemporaryDirectory() as folder:
        network = hs.read(write_folder(Path(folder) / "small", tables))
    return hs.solve(network, policy="shared-refinery")
