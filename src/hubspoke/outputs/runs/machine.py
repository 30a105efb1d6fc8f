"""Describe the machine and the programs that a run used; these facts never enter a plan."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

PACKAGES = ("hubspoke", "pulp", "highspy", "numpy", "scipy", "pandas", "geopandas", "shapely", "networkx", "folium")


def describe_machine() -> dict[str, Any]:
    """Describe the machine that runs this program.

    Returns
    -------
    dict
        `written` (UTC, ISO 8601), `machine`, `processor`, `cores`, `python`, and the versions of `packages` by name.
    """
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
