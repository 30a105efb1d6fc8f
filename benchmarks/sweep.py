"""Time a sweep of Japan against as many `hubspoke solve` calls, in the same run.

python -m benchmarks.sweep                    # 200 cases in two processes, beside 5 calls
python -m benchmarks.sweep --cases 20 --calls 1 --jobs 1

Cases are a Latin hypercube over prices, finance, freight and tonnes, under `regional`. The calls solve the first cases
of the sweep, as many at a time as it does: with maps, report and tables, and once more without maps. Compared is the
processor time of a case, children included; the time by the clock is told beside.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

VARY = (
    "energy.power_jpy_per_kwh=10..30",
    "finance.discount_rate_per_yr=0.02..0.08",
    "hub_technologies.kiln.capital_jpy=range",
    "trucks.10t.distance_jpy_per_km=range",
    "supply.factor=0.8..1.2",
)
COMMAND = (sys.executable, "-c", "from hubspoke.cli.app import main; main()")


def measure(commands: list[list[str]], jobs: int) -> tuple[float, float]:
    """Run commands, so many at a time, and return seconds of processor time and by the clock."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    for at in range(0, len(commands), jobs):
        running = [subprocess.Popen([*COMMAND, *words, "-q"]) for words in commands[at : at + jobs]]
        for process in running:
            if process.wait():
                raise SystemExit(f"{' '.join(commands[at])} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, time.perf_counter() - began


def main() -> int:
    """Print the time of both, and by how much a case is cheaper in a sweep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--calls", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "sweep"
        words = ["sweep", "-o", str(out), "--policy", "regional", "--mode", "latin", "--samples", str(asked.cases - 1)]
        words += [part for key in VARY for part in ("--vary", key)] + ["--jobs", str(asked.jobs)]
        swept_cpu, swept_s = measure([words], 1)
        with (out / "sweep.csv").open(encoding="utf-8", newline="") as file:
            states = Counter(row["status"] for row in csv.DictReader(file))
        cases = json.loads((out / "sweep.json").read_text(encoding="utf-8"))["cases"][1 : asked.calls + 1]
        costs: dict[str, tuple[float, float]] = {}
        for name, more in (("with maps", []), ("without maps", ["--no-maps"])):
            calls = [
                ["solve", "-o", str(Path(folder) / f"{case['number']}"), "--policy", "regional", *more]
                + [part for key, value in case["values"].items() for part in ("--set", f"{key}={value}")]
                for case in cases
            ]
            costs[name] = measure(calls, asked.jobs)
    print(f"states of the cases: {dict(states)}")
    if states["optimal"] < asked.cases:  # a case that fails costs little
        raise SystemExit("not every case has a plan, so that their time says nothing")
    per_case = swept_cpu / asked.cases
    print(f"sweep of {asked.cases} cases in {asked.jobs} processes: {swept_s:.0f} s by the clock, ", end="")
    print(f"{swept_cpu:.0f} s of processor, {per_case:.2f} s a case")
    for name, (cpu, seconds) in costs.items():
        per_call = cpu / asked.calls
        print(f"{asked.calls} calls of solve {name}: {seconds:.0f} s by the clock, {cpu:.0f} s of processor, ", end="")
        print(f"{per_call:.2f} s a case: {per_call / per_case:.1f} times as much")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
