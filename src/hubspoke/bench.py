"""Solve public instances with the engine, so that anyone can check it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.instances import read_instances
from hubspoke.optimize import optimize
from hubspoke.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Result:
    """What the engine proved of one instance; objective and bound are None where there is none."""

    instance: str
    format: str
    status: str
    objective: float | None
    bound: float | None
    gap: float | None
    seconds: float


def run_bench(
    files: Iterable[Path],
    *,
    form: str | None = None,
    gap: float = 1e-6,
    time_limit: float | None = None,
    solver: str = "auto",
) -> Iterator[Result]:
    """Read every file first, then solve instance by instance; see `read_instances` for the formats.

    Parameters
    ----------
    files : paths
    form : str, optional
    gap : float
        Relative gap to prove.
    time_limit : float, optional
        Seconds for each instance.
    solver : str
    """
    instances = [instance for file in files for instance in read_instances(file, form)]
    for instance in instances:
        start = time.perf_counter()
        answer = optimize(instance.problem, gap=gap, time_limit=time_limit, solver=solver)
        yield Result(
            instance.name,
            instance.form,
            str(answer.status),
            _finite(answer.objective),
            _finite(answer.bound),
            _finite(answer.gap),
            time.perf_counter() - start,
        )


def exit_code(results: Sequence[Result]) -> int:
    """Give the exit code of a run: that of the least finished instance; 4 only when all are infeasible."""
    states = {Status(result.status) for result in results}
    for status in (Status.UNKNOWN, Status.FEASIBLE, Status.OPTIMAL):
        if status in states:
            return status.exit_code
    return Status.INFEASIBLE.exit_code if states else 0


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
