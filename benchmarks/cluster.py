"""A sweep on a cluster of Dask whose worker and scheduler are killed on the way, beside one process.

    python -m benchmarks.cluster                        # 1,000 cases of Shikoku, two workers
    python -m benchmarks.cluster --cases 50 --region hokkaido

Scheduler and workers are processes of this machine. A worker is killed after a third of the cases, the scheduler after
two thirds; the same sweep goes on with a new cluster. Printed are the cases that each stage solved and seconds by the
clock; ends with 1 where a case is lost or solved twice, or a byte differs from what one process writes.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.analysis.decisions.sweeps.cluster import ClusterError
from hubspoke.analysis.decisions.sweeps.folder import write_answers
from hubspoke.analysis.decisions.sweeps.memory import Memory
from hubspoke.analysis.decisions.sweeps.sweep import prepare_sweep
from hubspoke.analysis.decisions.sweeps.sweep_plan import SweepPlan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.analysis.decisions.sweeps.sweep import Sweep

VARY = {
    "energy.power_jpy_per_kwh": "10..30",
    "finance.discount_rate_per_yr": "0.02..0.08",
    "supply.factor": "0.8..1.2",
}
SCHEDULER = ("distributed.cli.dask_scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard")
WORKER = ("distributed.cli.dask_worker", "--nthreads", "1", "--no-dashboard", "--no-nanny")


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, workers: int) -> None:
        self.scheduler = _start(*SCHEDULER, told=True)
        if self.scheduler.stderr is None:
            raise RuntimeError("the scheduler tells nothing")
        found = (re.search(r"Scheduler at:\s+(tcp://\S+)", line) for line in self.scheduler.stderr)
        self.address = next(hit[1] for hit in found if hit)
        # what it goes on to say must be read: a full pipe would stop it
        threading.Thread(target=deque, args=(self.scheduler.stderr, 0), daemon=True).start()
        self.workers = [_start(*WORKER, self.address) for _ in range(workers)]


def _start(*words: str, told: bool = False) -> subprocess.Popen[str]:
    where = subprocess.PIPE if told else subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-m", *words], stderr=where, text=True, start_new_session=True)


def kill(process: subprocess.Popen[str]) -> None:
    """End a process so that it has no time for anything."""
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def start_cluster(workers: int) -> Iterator[Cluster]:
    """Start a cluster, and end all of it."""
    made = Cluster(workers)
    try:
        yield made
    finally:
        for process in [*made.workers, made.scheduler]:
            kill(process)


def solve_among_deaths(sweep: Sweep, memory: Memory, workers: int) -> list[int]:
    """Solve a sweep on a cluster that loses a worker, then its scheduler, and on one after it; return cases of each."""
    count = len(sweep.cases)
    with start_cluster(workers) as made:

        def lose(done: int, *_: float) -> None:
            if done >= count // 3:
                kill(made.workers[0])
            if done >= 2 * count // 3:
                kill(made.scheduler)

        try:
            sweep.solve_missing(memory, cluster=made.address, progress=lose)
        except ClusterError as error:
            print(f"the command ended: {error}", flush=True)
    before = len(list(memory.cases.iterdir()))
    with start_cluster(workers) as made:
        return [before, sweep.solve_missing(memory, cluster=made.address)]


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a sweep but its lock."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.name != ".lock")
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def main() -> int:
    """Print what each stage solved, and whether the bytes are the same."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--region", default="shikoku")
    parser.add_argument("--input", type=Path, help="folder of the input; the Japanese data that ship, if none")
    asked = parser.parse_args()
    plan = SweepPlan("latin", VARY, (), {}, {"regions": [asked.region]}, samples=asked.cases - 1)
    sweep = prepare_sweep(asked.input, plan)
    with tempfile.TemporaryDirectory() as folder:
        memory, alone = Memory(Path(folder) / "cluster"), Memory(Path(folder) / "alone")
        began = time.perf_counter()
        solved = solve_among_deaths(sweep, memory, asked.workers)
        between = time.perf_counter()
        sweep.solve_missing(alone)
        ended = time.perf_counter()
        for one in (memory, alone):
            write_answers(sweep, one)
        mine, others = contents(memory.folder), contents(alone.folder)
    same = mine == others
    right = same and sum(solved) == len(sweep.cases)
    print(f"{len(sweep.cases)} cases of {asked.region}: {solved[0]} before the scheduler died, {solved[1]} after it")
    print(f"{between - began:.0f} s on {asked.workers} workers, {ended - between:.0f} s in one process, by the clock")
    print(f"{len(mine)} files, the same bytes as one process writes: {'yes' if same else 'NO'}")
    return 0 if right else 1


if __name__ == "__main__":
    raise SystemExit(main())
