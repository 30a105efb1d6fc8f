"""Solve public instances with the engine, so that anyone can check it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import InputError
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.optimize import optimize
from hubspoke.instances.read import read_instances
from hubspoke.words.language import speak
from hubspoke.words.text_table import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from hubspoke.engine.cases.solution import CasesSolution
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.words.language import Lang, Pairs


UNREADABLE = "unreadable"
"""Status of a file that is no instance, besides those of `Status`."""
WORDS: Pairs = {
    "instance": ("instance", "例題"),
    "format": ("format", "形式"),
    "status": ("status", "状態"),
    "objective": ("objective", "目的関数の値"),
    "bound": ("bound", "下限"),
    "gap": ("gap", "ギャップ"),
    "seconds": ("seconds", "秒"),
    "optimal": ("optimal", "最適"),
    "feasible": ("feasible", "実行可能"),
    "infeasible": ("infeasible", "解なし"),
    "unknown": ("unknown", "不明"),
    UNREADABLE: (UNREADABLE, "読めない"),
}
COLUMNS = {"instance": 20, "format": 16, "status": 10, "objective": -18, "bound": -18, "gap": -9, "seconds": -8}
"""Columns of the lines on instances with their widths, below 0 where they are aligned to the right."""


@dataclass(frozen=True)
class Result:
    """What the engine proved of one instance; objective, bound and gap are None where there is none.

    The status is one of `Status`, or `unreadable` for a file that cannot be read; `problem` then says why.
    `why` says what the format takes the numbers for, and why it was taken.
    """

    instance: str
    format: str | None
    status: str
    objective: float | None
    bound: float | None
    gap: float | None
    seconds: float
    problem: str | None = None
    why: str | None = None


def run_bench(
    files: Iterable[Path],
    *,
    form: str | None = None,
    gap: float = 1e-6,
    time_limit: float | None = None,
    solver: str = "auto",
) -> Iterator[Result]:
    """Solve public instances, file by file.

    A file that cannot be read gives a result that says so, and the others are solved. Ctrl-C ends the run: after the
    result of the instance at hand if a plan of it has been found, otherwise by KeyboardInterrupt.

    Parameters
    ----------
    files : iterable of Path
        See `read_instances` for their formats.
    form : str, optional
        Format of all files; recognised by their content when left out.
    gap : float
        Relative gap to prove.
    time_limit : float, optional
        Seconds for each instance.
    solver : str
        `auto`, or a MILP solver that gets the full model.

    Yields
    ------
    Result
        As soon as an instance is solved.

    Raises
    ------
    UsageError
        Unknown format or solver.
    SolverUnavailableError
        The solver asked for is not installed.
    """
    stop = Stop()
    for file in files:
        try:
            instances = read_instances(file, form)
        except InputError as error:
            problem = "; ".join(str(finding) for finding in error.findings)
            yield Result(file.stem, None, UNREADABLE, None, None, None, 0.0, problem)
            continue
        for instance in instances:
            start = time.perf_counter()
            answer = _solve(instance.problem, gap, time_limit, solver, stop)
            yield Result(
                instance.name,
                instance.form,
                str(answer.status),
                _finite(answer.objective),
                _finite(answer.bound),
                _finite(answer.gap),
                time.perf_counter() - start,
                why=instance.why,
            )
            if stop.asked:
                return


def _solve(
    problem: Problem | Cases, gap: float, time_limit: float | None, solver: str, stop: Stop
) -> Solution | CasesSolution:
    if isinstance(problem, Cases):
        return optimize_cases(problem, gap=gap, time_limit=time_limit, solver=solver, stop=stop)
    return optimize(problem, gap=gap, time_limit=time_limit, solver=solver, stop=stop)


def exit_code(results: Sequence[Result]) -> int:
    """Return the exit code of a run over instances.

    Parameters
    ----------
    results : sequence of Result

    Returns
    -------
    int
        That of bad input where a file was unreadable; otherwise that of the instance furthest from being solved: one
        without a plan, one stopped with a plan, one solved. That of infeasible input only where all instances are
        infeasible; 0 where there are none.
    """
    if any(result.status == UNREADABLE for result in results):
        return InputError.exit_code
    states = {Status(result.status) for result in results}
    for status in (Status.UNKNOWN, Status.FEASIBLE, Status.OPTIMAL):
        if status in states:
            return status.exit_code
    return Status.INFEASIBLE.exit_code if states else 0


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def describe_result_head(lang: Lang = "en") -> str:
    """Return the line above those of `describe_result`, with the names of the columns.

    Parameters
    ----------
    lang : {"en", "ja"}
    """
    return _align([speak(WORDS, lang)[name] for name in COLUMNS])


def describe_result(result: Result, lang: Lang = "en") -> str:
    """Describe what the engine proved of a public instance, in one line.

    Parameters
    ----------
    result : Result
    lang : {"en", "ja"}

    Returns
    -------
    str
        Its figures under the columns of `describe_result_head`.
    """
    objective, bound = (("-" if value is None else f"{value:,.3f}") for value in (result.objective, result.bound))
    gap = "-" if result.gap is None else f"{100 * result.gap:.4f} %"
    status = speak(WORDS, lang)[result.status]
    return _align([result.instance, result.format or "-", status, objective, bound, gap, f"{result.seconds:.2f}"])


def _align(cells: Sequence[str]) -> str:
    """Return cells in columns of the same width for every instance, since lines are given as they come."""
    made = []
    for cell, width in zip(cells, COLUMNS.values(), strict=True):
        room = " " * (abs(width) - text_width(cell))
        made.append(cell + room if width > 0 else room + cell)
    return " ".join(made).rstrip()
