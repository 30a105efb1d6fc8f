"""Run methods on instances, each run in a process of its own: killable, with its own peak memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from typing import IO, TYPE_CHECKING, Any

from benchmarks.methods import ENGINE, FORMER
from benchmarks.registry import read_best
from benchmarks.rows import Row, Task, append_row, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

START_S = 300.0
"""Seconds that a process may take before its method starts: compiling loops for the first time, making the instance."""

PATIENCE = 1.5
"""Times its limit that a method may take before it is killed, and `PATIENCE_S` on top."""
PATIENCE_S = 20.0

MEMORY_GB = 12
POLL_S = 0.05


def run_tasks(tasks: Iterable[Task], results: Path, folder: Path | None, former: Path | None = None) -> Iterator[Row]:
    """Run the tasks that have no row in the results yet; every row is on disk before the next task starts."""
    best = read_best(folder)
    done = {row.task for row in read_rows(results)}
    for task in tasks:
        if task in done:
            continue
        told = run_task(task, folder, former)
        if task.instance in best:
            told |= {"best_known": best[task.instance].objective, "best_is_proven": best[task.instance].proven}
        row = Row(task.instance, task.method, task.gap, task.time_limit_s, **told)
        append_row(results, row)
        yield row


def run_task(task: Task, folder: Path | None, former: Path | None = None) -> dict[str, Any]:
    """Run one task in a process of its own, that of `FORMER` in its checkout; give what its row needs."""
    there = former if task.method == FORMER else None
    command = [sys.executable, "-m", "benchmarks.worker", task.instance, ENGINE if there else task.method]
    command += [str(task.gap), str(task.time_limit_s), str(MEMORY_GB), *([str(folder.resolve())] if folder else [])]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as words:
        start = time.monotonic()
        code, memory_mb = _watch(command, there, out, words, START_S + PATIENCE_S + PATIENCE * task.time_limit_s)
        out.seek(0)
        words.seek(0)
        lines = out.read().splitlines()
        if code == 0 and lines:
            told: dict[str, Any] = json.loads(lines[-1])
            return told | {"memory_mb": memory_mb}
        sys.stderr.write("".join(words.readlines()[-3:]))
        status = "killed" if code == -signal.SIGKILL else "failed"
        return {"status": status, "seconds": time.monotonic() - start, "memory_mb": memory_mb}


def _watch(
    command: list[str], there: Path | None, out: IO[str], words: IO[str], patience_s: float
) -> tuple[int, float]:
    """Wait for a process, with everything it starts; give its exit code and its peak memory."""
    environment = os.environ | {"PYTHONPATH": str(there / "src")} if there else None
    process = subprocess.Popen(command, stdout=out, stderr=words, cwd=there, env=environment, start_new_session=True)
    deadline = time.monotonic() + patience_s
    try:
        while True:
            pid, state, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                process.returncode = os.waitstatus_to_exitcode(state)
                return process.returncode, usage.ru_maxrss / 1024
            if time.monotonic() > deadline:
                os.killpg(process.pid, signal.SIGKILL)
                deadline = float("inf")
            time.sleep(POLL_S)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
