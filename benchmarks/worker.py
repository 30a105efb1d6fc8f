"""Solve one instance by one method in this process, and write what came of it as JSON on stdout.

Run as `python -m benchmarks.worker INSTANCE METHOD GAP SECONDS GIGABYTES [FOLDER]`. Compiled loops are loaded by tiny
problems before the clock starts; whatever else a method needs to start counts.
"""

from __future__ import annotations

import json
import math
import resource
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.methods import ENGINE, METHODS
from benchmarks.registry import load
from benchmarks.verify import find_faults
from hubspoke.instances.warm_up import load_loops


def solve_one(name: str, method: str, gap: float, seconds: float, folder: Path | None) -> dict[str, object]:
    """Solve, and describe the answer: status, objective, bound, seconds, sizes; the plan is recounted."""
    problem = load(name, folder)
    lanes = int(np.isfinite(problem.collection_cost).sum())
    sizes = {"sites": problem.n_sites, "hubs": problem.n_hubs, "refineries": problem.n_refineries, "lanes": lanes}
    if lanes > METHODS[method].most_lanes:
        return {"status": "not run", **sizes}
    if method == ENGINE:
        load_loops()
    start = time.perf_counter()
    answer = METHODS[method].solve(problem, gap, seconds)
    taken = time.perf_counter() - start
    if answer.has_plan and (faults := find_faults(problem, answer)):
        raise ValueError(f"{method} gave a wrong plan: {', '.join(faults)}")
    objective, bound = (float(value) if math.isfinite(value) else None for value in (answer.objective, answer.bound))
    return {"status": str(answer.status), "objective": objective, "bound": bound, "seconds": taken, **sizes}


def main(arguments: list[str]) -> None:
    """Read the arguments, limit the memory, solve, write."""
    name, method, gap, seconds, gigabytes, *folder = arguments
    most = int(float(gigabytes) * 10**9)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    told = solve_one(name, method, float(gap), float(seconds), Path(folder[0]) if folder else None)
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
