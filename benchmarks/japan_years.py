"""Japan as it ships over several years: the engine beside the full model by PuLP on HiGHS, in one run.

Both get the very cases that `hubspoke solve --years` states first: every year's problem, the paths of plants and their
intervals of size. Each runs in a process of its own on one thread, with the same limit of processor time (so that what
else the machine does counts for nothing) and of memory; building the model is part of it. A process that goes on after
one and a half times its limit and 20 s more is killed.

    python -m benchmarks.japan_years regional 0.001 300                 four years
    python -m benchmarks.japan_years open 0.005 600
    python -m benchmarks.japan_years regional 0.001 300 --years 2027-2040
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import numpy as np

import hubspoke as hs
from benchmarks.run import MEMORY_GB, PATIENCE, PATIENCE_S, POLL_S
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.full import solve_whole
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.instances.warm_up import load_loops
from hubspoke.planning.request import Request
from hubspoke.planning.years.cases import first_marks, state_years
from hubspoke.planning.years.read import read_years

if TYPE_CHECKING:
    from hubspoke.engine.cases.cases import Cases

FOUR = "2027,2030,2035,2040"
METHODS = ("hubspoke", "highs-strong", "highs-plain")
"""The engine; the full model with the rows that make its relaxation strong; without them."""


def main(arguments: list[str] | None = None) -> None:
    """Run every method in a process of its own, or one of them in this."""
    parser = argparse.ArgumentParser(description="Japan over several years: the engine beside the full model")
    parser.add_argument("policy", choices=["regional", "shared-refinery", "open"])
    parser.add_argument("gap", type=float)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--years", default=FOUR, help="years, or the first and the last with a dash between")
    parser.add_argument("--method", choices=METHODS, help="this one alone, in this process")
    given = parser.parse_args(arguments)
    if given.method is not None:
        _solve(given.method, _state(given.policy, given.years), given.gap, given.seconds)
        return
    for method in METHODS:
        _watch(method, [given.policy, str(given.gap), str(given.seconds), "--years", given.years])


def _watch(method: str, arguments: list[str]) -> None:
    """Run a method in a process of its own, and print what it says, or how it ended."""
    command = [sys.executable, "-m", "benchmarks.japan_years", *arguments, "--method", method]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    said = "" if process.stdout is None else process.stdout.read().strip()
    _, state, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(state)
    seconds, memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    how = said or ("killed" if process.returncode < 0 else "failed: out of memory")
    print(f"{method:<13} {how}; in all {seconds:.0f} s of processor time, at most {memory:.0f} MB", flush=True)


def _state(policy: str, years: str) -> Cases:
    """State Japan over some years as `hubspoke solve --years` does first."""
    first, dash, last = years.partition("-")
    chosen = [*range(int(first), int(last) + 1)] if dash else [int(year) for year in years.split(",")]
    calendar, tasks = read_years(hs.read(), Request(policy=policy), chosen)
    return state_years(calendar, tasks, None, first_marks(tasks)).cases


def _solve(method: str, cases: Cases, gap: float, seconds: float) -> None:
    """Solve cases by a method within limits of processor time and memory, and print what came of it."""
    lanes = sum(int(np.isfinite(problem.collection_cost).sum()) for problem in cases.problems)
    load_loops()
    begun = time.process_time()
    most = int(MEMORY_GB * 10**9)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    patience = int(begun + PATIENCE * seconds + PATIENCE_S)
    resource.setrlimit(resource.RLIMIT_CPU, (patience, patience))
    stop = Stop()
    threading.Thread(target=_ask_in_time, args=(stop, begun + seconds), daemon=True).start()
    if method == "hubspoke":
        found = optimize_cases(cases, gap=gap, stop=stop, threads=1)
    else:
        found = solve_whole(cases, gap=gap, threads=1, stop=stop, strong=method == "highs-strong")
    print(
        f"{cases.count} years, {lanes} lanes: {found.status}, plan {found.objective:.8g}, bound {found.bound:.8g}, gap "
        f"{100 * found.gap:.4f} %, {time.process_time() - begun:.1f} s",
        flush=True,
    )


def _ask_in_time(stop: Stop, end: float) -> None:
    """Ask everything to end once the process has had so many seconds of processor time."""
    while time.process_time() < end:
        time.sleep(POLL_S)
    stop.ask()


if __name__ == "__main__":
    main()
