"""The machine, the versions and the parameters of the engine that a run was measured with, kept beside its results."""

from __future__ import annotations

import json
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from hubspoke.engine.parameters import DEFAULTS

PACKAGES = ("hubspoke", "highspy", "pulp", "pyscipopt", "numpy", "scipy", "numba")


def write_machine(file: Path) -> None:
    """Write processor, cores, memory, versions and the parameters of the engine's methods."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    told = {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(memory, 1),
        "system": platform.system(),
        "python": platform.python_version(),
        **{name: _version(name) for name in PACKAGES},
        "parameters": DEFAULTS.to_dict(),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def tell_machine(file: Path) -> str:
    """Say in a line what `write_machine` wrote."""
    told = json.loads(file.read_text(encoding="utf-8"))
    packages = ", ".join(f"{name} {told[name]}" for name in PACKAGES)
    return (
        f"Measured on {told['cores']} cores ({told['processor']}), {told['memory_gb']} GB, {told['system']}, Python "
        f"{told['python']}; {packages}."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
