"""Solve cases in processes of this machine; one that dies takes no other case with it."""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
from collections import deque
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from hubspoke.analysis.decisions.sweeps.solve_case import FAILED, tell_no_plan
from hubspoke.base.threads import count_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from hubspoke.analysis.decisions.sweeps.solve_case import CaseSolver

    Asked = tuple[str, Mapping[str, Any]]
    """Digest and changes of a case."""

TRIES = 2
"""Deaths of its process after which a case counts as failed."""
DIED = "the process that solved the case died {n} times"
WORKER = "hubspoke.analysis.decisions.sweeps.worker"


def solve_here(cases: Sequence[Asked], solver: CaseSolver) -> Iterator[tuple[str, str]]:
    """Yield digest and result of every case, solved in this process one after the other.

    Parameters
    ----------
    cases : sequence of (str, mapping)
        Digest and changes of each.
    solver : CaseSolver
    """
    for digest, changes in cases:
        yield digest, solver.solve(changes, digest)


def solve_in_processes(
    cases: Sequence[Asked],
    folder: Path | None,
    asked: Mapping[str, Any],
    *,
    jobs: int,
    start: Callable[[], subprocess.Popen[str]] | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield digest and result of every case as they come, solved by several processes.

    Parameters
    ----------
    cases : sequence of (str, mapping)
        Digest and changes of each.
    folder : Path or None
    asked : mapping of str to any
    jobs : int
        Number of processes; the threads that a search may use are divided among them.
    start : callable, optional
        Starts a process that serves cases.
    """
    jobs = min(jobs, len(cases))
    common = {
        "folder": None if folder is None else str(folder),
        "asked": dict(asked),
        "threads": max(count_threads() // max(jobs, 1), 1),
    }
    pool = _Pool(cases, common, start or start_worker)
    try:
        yield from pool.run(jobs)
    finally:
        pool.close()


def start_worker() -> subprocess.Popen[str]:
    """Start a process that serves cases."""
    command = [sys.executable, "-m", WORKER]
    return subprocess.Popen(  # noqa: S603 - this program itself
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    )


class _Pool:
    """Processes at work, and what each of them is at."""

    def __init__(
        self, cases: Sequence[Asked], common: Mapping[str, Any], start: Callable[[], subprocess.Popen[str]]
    ) -> None:
        self.waiting = deque(cases)
        self.common, self.start = json.dumps(common), start
        self.at: dict[IO[str], tuple[subprocess.Popen[str], Asked]] = {}
        self.deaths: dict[str, int] = {}
        self.selector = selectors.DefaultSelector()

    def run(self, jobs: int) -> Iterator[tuple[str, str]]:
        """Yield results until all cases have one."""
        for _ in range(jobs):
            self._employ()
        while self.at:
            for key, _ in self.selector.select():
                answers: Any = key.fileobj
                process, case = self.at.pop(answers)
                line = answers.readline()
                if line.endswith("\n"):
                    if not self._hand_over(process):
                        self._let_go(process)
                    yield case[0], json.loads(line)
                else:
                    self._let_go(process)
                    yield from self._bury(case)

    def close(self) -> None:
        """End all processes, also those in the middle of a case."""
        for process, _ in list(self.at.values()):
            process.kill()
            self._let_go(process)
        self.at.clear()
        self.selector.close()

    def _employ(self) -> None:
        """Start a process, and hand it a case."""
        process = self.start()
        assert process.stdout is not None  # noqa: S101 - a pipe, as asked for
        self.selector.register(process.stdout, selectors.EVENT_READ)
        if not self._hand_over(process, first=True):
            self._let_go(process)

    def _hand_over(self, process: subprocess.Popen[str], *, first: bool = False) -> bool:
        """Hand the next case to a process; False where there is none left."""
        if not self.waiting:
            return False
        case = self.waiting.popleft()
        assert process.stdin is not None  # noqa: S101 - pipes, as asked for
        assert process.stdout is not None  # noqa: S101
        self.at[process.stdout] = process, case
        line = json.dumps({"digest": case[0], "changes": dict(case[1])})
        with suppress(OSError):  # one that died says so by the end of its answers
            process.stdin.write(f"{self.common}\n{line}\n" if first else f"{line}\n")
            process.stdin.flush()
        return True

    def _let_go(self, process: subprocess.Popen[str]) -> None:
        """Let a process end, which it does where nobody asks any more."""
        assert process.stdout is not None  # noqa: S101 - a pipe, as asked for
        self.selector.unregister(process.stdout)
        with suppress(OSError):
            process.communicate()

    def _bury(self, case: Asked) -> Iterator[tuple[str, str]]:
        """Put a case whose process died back to the end, or yield that it failed."""
        digest = case[0]
        self.deaths[digest] = self.deaths.get(digest, 0) + 1
        if self.deaths[digest] < TRIES:
            self.waiting.append(case)
        if self.waiting:
            self._employ()
        if self.deaths[digest] >= TRIES:
            yield digest, tell_no_plan(digest, FAILED, DIED.format(n=TRIES))
