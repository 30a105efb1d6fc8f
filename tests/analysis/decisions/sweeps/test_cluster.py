"""Sweeps on a cluster of separate processes: what is killed loses nothing, and the bytes are those of one process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from builders import write_folder
from hubspoke.analysis.decisions.sweeps.cluster import ClusterError
from hubspoke.analysis.decisions.sweeps.folder import write_answers
from hubspoke.analysis.decisions.sweeps.memory import Memory
from hubspoke.analysis.decisions.sweeps.sweep import prepare_sweep
from hubspoke.analysis.decisions.sweeps.sweep_plan import SweepPlan
from hubspoke.base.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hubspoke.analysis.decisions.sweeps.sweep import Sweep

pytestmark = [
    pytest.mark.skipif(find_spec("distributed") is None, reason="distributed is not installed"),
    pytest.mark.filterwarnings("default"),  # those of the cluster are not ours
]

SCHEDULER = ["-m", "distributed.cli.dask_scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard"]
WORKER = ["-m", "distributed.cli.dask_worker", "--nthreads", "1", "--no-dashboard", "--no-nanny"]


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, *words], stderr=subprocess.PIPE, text=True, start_new_session=True)


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, workers: int) -> None:
        self.scheduler = start(*SCHEDULER)
        assert self.scheduler.stderr is not None
        found = (re.search(r"Scheduler at:\s+(tcp://\S+)", line) for line in self.scheduler.stderr)
        self.address = next(hit[1] for hit in found if hit)
        self.workers = [start(*WORKER, self.address) for _ in range(workers)]

    def kill(self, process: subprocess.Popen[str]) -> None:
        """End a process so that it has no time for anything."""
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """End all of it."""
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()
            assert process.stderr is not None
            process.stderr.close()


@contextmanager
def cluster(workers: int) -> Iterator[Cluster]:
    made = Cluster(workers)
    try:
        yield made
    finally:
        made.end()


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files if file.name != ".lock"}


def make(folder: Path, cases: int) -> Sweep:
    vary = {"energy.power_jpy_per_kwh": f"10..30/{cases}"}
    return prepare_sweep(folder, SweepPlan(vary=vary, asked={"regions": ["kanto"]}))


def answer(sweep: Sweep, memory: Memory) -> dict[str, bytes]:
    write_answers(sweep, memory)
    return contents(memory.folder)


@pytest.mark.heavy
def test_a_scheduler_that_is_killed_loses_no_case_and_one_process_ends_what_it_began(tmp_path: Path) -> None:
    sweep = make(write_folder(tmp_path / "tiny"), 2)
    memory, alone = Memory(tmp_path / "out"), Memory(tmp_path / "alone")
    with cluster(1) as made:

        def kill(*far: Any) -> None:
            if far[0] == 1:
                made.kill(made.scheduler)

        with pytest.raises(ClusterError, match="it goes on where this one ended"):
            sweep.solve_missing(memory, cluster=made.address, progress=kill)
    assert len(list(memory.cases.iterdir())) == 1
    assert sweep.solve_missing(memory) == len(sweep.cases) - 1
    sweep.solve_missing(alone)
    assert answer(sweep, memory) == answer(sweep, alone)


@pytest.mark.long
def test_a_worker_and_then_the_scheduler_are_killed_and_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    sweep = make(write_folder(tmp_path / "tiny"), 11)
    memory, alone = Memory(tmp_path / "out"), Memory(tmp_path / "alone")
    done: list[int] = []
    with cluster(2) as made:

        def kill(*far: Any) -> None:
            done.append(far[0])
            if far[0] == 2:
                made.kill(made.workers[0])
            if far[0] == 6:
                made.kill(made.scheduler)

        with pytest.raises(ClusterError):
            sweep.solve_missing(memory, cluster=made.address, progress=kill)
    kept = len(list(memory.cases.iterdir()))
    assert kept == max(done)
    with cluster(1) as made:
        assert sweep.solve_missing(memory, cluster=made.address) == len(sweep.cases) - kept
    sweep.solve_missing(alone, jobs=2)
    assert answer(sweep, memory) == answer(sweep, alone)


@pytest.mark.long
def test_a_case_that_kills_its_workers_is_one_failed_row(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "tiny")
    deadly = tmp_path / "deadly"
    deadly.mkdir()
    (deadly / "sitecustomize.py").write_text(
        "import os\n"
        "import hubspoke.analysis.decisions.sweeps.solve_case as module\n"
        "solve = module.CaseSolver.solve\n"
        "def deadly(self, changes, digest):\n"
        "    if changes.get('energy.power_jpy_per_kwh') == 30.0:\n"
        "        os._exit(9)\n"
        "    return solve(self, changes, digest)\n"
        "module.CaseSolver.solve = deadly\n",
        encoding="utf-8",
    )
    sweep, memory = make(folder, 3), Memory(tmp_path / "out")
    path = os.pathsep.join([str(deadly), *sys.path])
    with cluster(0) as made:
        nanny = [word for word in WORKER if word != "--no-nanny"]  # which starts a worker again that died
        made.workers.append(
            subprocess.Popen(
                [sys.executable, *nanny, made.address],
                stderr=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": path},
            )
        )
        assert sweep.solve_missing(memory, cluster=made.address) == 4
        made.workers[0].terminate()
        made.workers[0].wait()
    states = [one.kept["status"] for one in sweep.gather(memory)]
    assert states == ["optimal", "optimal", "optimal", "failed"]


def test_no_scheduler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hubspoke.analysis.decisions.sweeps.cluster.WAIT_S", 0.2)
    sweep = make(write_folder(tmp_path / "tiny"), 2)
    with pytest.raises(UsageError, match="no scheduler answers"):
        sweep.solve_missing(Memory(tmp_path / "out"), cluster="tcp://127.0.0.1:9")
    with pytest.raises(UsageError, match="no scheduler answers"):
        sweep.solve_missing(Memory(tmp_path / "out"), cluster="nonsense://x")
