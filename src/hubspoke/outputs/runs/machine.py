"""Facts about the machine and the programs a run used; they never enter a plan."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

PACKAGES = ("hubspoke", "pulp", "highspy", "numpy", "scipy", "pandas", "geopandas", "shapely", "networkx", "folium")


def describe_machine() -> dict[str, Any]:
    """Return time, machine, cores and versions."""
    return {
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
