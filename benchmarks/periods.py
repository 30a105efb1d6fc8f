"""Public instances over several periods, by themselves: the engine alone, beside published values where they are known.

    python benchmarks/periods.py mp_incremental 300 1e-6    every instance of a folder of the benchmarks
    python benchmarks/periods.py rice 600 0.0015            every study of a folder

The folder is looked for in HUBSPOKE_BENCH, or given by `--folder`; nothing of it travels with the project. A file
`values.csv` in it (instance, value, proven) gives what was published; a bound above a value, or a value proven that is
better than a proven plan of ours, is told as wrong. Seconds are of the wall and of the processor.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from pathlib import Path
from typing import NamedTuple

from hubspoke.instances.bench import Result, run_bench
from hubspoke.instances.warm_up import load_loops

VALUES = "values.csv"
ROUNDING = 1e-7


class Published(NamedTuple):
    """What others found."""

    value: float
    is_proven: bool


def main() -> None:
    """Solve every instance of a folder."""
    parser = argparse.ArgumentParser(description="public instances over several periods, by the engine")
    parser.add_argument("family", choices=["mp_incremental", "rice"])
    parser.add_argument("seconds", type=float, help="limit for each, of wall time")
    parser.add_argument("gap", type=float)
    parser.add_argument("--folder", type=Path, default=Path(os.environ.get("HUBSPOKE_BENCH", ".")))
    given = parser.parse_args()
    folder = given.folder / given.family
    published = read_published(folder / VALUES)
    files = [path for path in sorted(folder.iterdir()) if path.is_dir() or path.suffix == ".txt"]
    load_loops()
    proven = 0
    for path in files:
        begun = time.process_time()
        for result in run_bench([path], gap=given.gap, time_limit=given.seconds):
            proven += result.status == "optimal"
            print(_tell(result, time.process_time() - begun, published.get(result.instance)), flush=True)
    print(f"{proven} of {len(files)} proven")


def read_published(path: Path) -> dict[str, Published]:
    """Return published values by instance; none where there is no table."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["instance"]: Published(float(row["value"]), row["proven"].lower() == "true")
            for row in csv.DictReader(file)
        }


def find_fault(result: Result, published: Published) -> str:
    """Return why a result cannot be true beside what was published; nothing where it can."""
    slack = ROUNDING * abs(published.value)
    if result.bound is not None and result.bound > published.value + slack:
        return "bound above a published plan"
    if result.objective is not None and published.is_proven and result.objective < published.value - slack:
        return "plan below a proven optimum"
    return ""


def _tell(result: Result, processor_s: float, published: Published | None) -> str:
    figures = " ".join("-" if value is None else f"{value:,.1f}" for value in (result.objective, result.bound))
    gap = "-" if result.gap is None else f"{100 * result.gap:.4f} %"
    line = f"{result.instance:<28} {result.status:<10} {figures} {gap} {result.seconds:.1f} s ({processor_s:.1f} s)"
    if published is None:
        return line
    kind = "optimum" if published.is_proven else "best"
    return f"{line}  published {kind} {published.value:,.0f} {find_fault(result, published)}".rstrip()


if __name__ == "__main__":
    main()
