"""Sweep: list the cases, solve those that the folder does not hold yet, and gather all of them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.sweeps.axes import SCENARIO, read_axes, walk_settings
from hubspoke.analysis.decisions.sweeps.cases import list_cases
from hubspoke.analysis.decisions.sweeps.cluster import solve_on_cluster
from hubspoke.analysis.decisions.sweeps.processes import solve_here, solve_in_processes
from hubspoke.analysis.decisions.sweeps.solve_case import CaseSolver
from hubspoke.base.errors import InputError, UsageError
from hubspoke.base.printable import escape_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from hubspoke.analysis.decisions.sweeps.axes import Axis
    from hubspoke.analysis.decisions.sweeps.cases import Case
    from hubspoke.analysis.decisions.sweeps.memory import Memory
    from hubspoke.analysis.decisions.sweeps.sweep_plan import SweepPlan
    from hubspoke.base.errors import Finding
    from hubspoke.settings.settings import Settings

    Progress = Callable[[int, int, float], object]
    """Takes cases done, all cases, and the seconds that the rest may take."""


@dataclass(frozen=True)
class SolvedCase:
    """A case, and what is kept of it."""

    case: Case
    kept: Mapping[str, Any]


@dataclass(frozen=True)
class Sweep:
    """A sweep that is ready to run.

    Attributes
    ----------
    plan : SweepPlan
    folder : Path or None
        The input.
    settings : Settings
        Those of the case in which nothing is varied.
    axes : tuple of Axis
    cases : tuple of Case
    digests : tuple of str
        What each case depends on, as one fingerprint; the name of its file.
    solver : CaseSolver
        What has read the input already, and told what there is to warn of.
    """

    plan: SweepPlan
    folder: Path | None
    settings: Settings
    axes: tuple[Axis, ...]
    cases: tuple[Case, ...]
    digests: tuple[str, ...]
    solver: CaseSolver

    @property
    def standing(self) -> dict[str, Any]:
        """Values of what may be varied where a case leaves them, by dotted key."""
        return {**dict(walk_settings(self.settings.model_dump(mode="json"))), SCENARIO: self.settings.scenario}

    def solve_missing(
        self,
        memory: Memory,
        *,
        jobs: int = 1,
        cluster: str | None = None,
        retry: bool = False,
        only: Sequence[int] = (),
        progress: Progress | None = None,
    ) -> int:
        """Solve the cases that the folder does not hold, and return how many there were.

        Parameters
        ----------
        memory : Memory
        jobs : int
            Processes.
        cluster : str, optional
            Address of a scheduler of Dask, which then takes their place.
        retry : bool
            Whether cases that failed are solved again.
        only : sequence of int
            Numbers of the cases to solve; all where none is named.
        progress : callable, optional
            Called before the first case and after each.
        """
        asked: dict[str, Mapping[str, Any]] = {}
        for case, digest in zip(self.cases, self.digests, strict=True):
            if (not only or case.number in only) and digest not in asked and not memory.holds(digest, retry=retry):
                asked[digest] = case.changes
        began = time.perf_counter()
        if progress is not None:
            progress(0, len(asked), float("nan"))
        for done, (digest, text) in enumerate(self._solve(list(asked.items()), jobs, cluster), start=1):
            memory.write(digest, text)
            if progress is not None:
                progress(done, len(asked), (time.perf_counter() - began) / done * (len(asked) - done))
        return len(asked)

    def gather(self, memory: Memory) -> list[SolvedCase]:
        """Return all cases with what is kept of them, in their order; those that are not solved are left out.

        Parameters
        ----------
        memory : Memory
        """
        pairs = ((case, memory.read(digest)) for case, digest in zip(self.cases, self.digests, strict=True))
        return [SolvedCase(case, kept) for case, kept in pairs if kept is not None]

    def _solve(
        self, asked: Sequence[tuple[str, Mapping[str, Any]]], jobs: int, cluster: str | None
    ) -> Iterator[tuple[str, str]]:
        if not asked:
            return iter(())
        if cluster is not None:
            return solve_on_cluster(asked, self.folder, self.plan.asked, address=cluster)
        if jobs > 1 and len(asked) > 1:
            return solve_in_processes(asked, self.folder, self.plan.asked, jobs=jobs)
        return solve_here(asked, self.solver)


def prepare_sweep(folder: Path | None, plan: SweepPlan) -> Sweep:
    """List the cases of a sweep, and read the settings of each, so that no bad name is found after hours.

    Parameters
    ----------
    folder : Path or None
        As in `read`.
    plan : SweepPlan

    Returns
    -------
    Sweep

    Raises
    ------
    UsageError
        What is asked for cannot be varied or planned.
    InputError
        The settings of a case have faults; each is told with the first case that has it.
    """
    if folder is not None and not folder.exists():
        raise UsageError(f"there is no folder {folder}")
    solver = CaseSolver(folder, plan.asked)
    base = solver.settings(plan.changes)
    solver.check(base)
    axes = read_axes(plan.vary, base)
    cases = list_cases(plan, axes)
    faults: dict[Finding, str] = {}
    digests = []
    for case in cases:
        try:
            digests.append(solver.digest(solver.settings(case.changes)))
        except InputError as error:
            for finding in error.findings:
                faults.setdefault(finding, case.name)
    if faults:
        raise InputError(list(faults))
    return Sweep(plan, folder, base, axes, cases, tuple(digests), solver)


def list_lines(sweep: Sweep, memory: Memory | None) -> list[str]:
    """Return a line for each case: its number, whether it is solved, and its name.

    Parameters
    ----------
    sweep : Sweep
    memory : Memory or None
    """
    width = len(str(len(sweep.cases)))
    lines = []
    for case, digest in zip(sweep.cases, sweep.digests, strict=True):
        mark = "x" if memory is not None and memory.holds(digest) else "-"
        lines.append(f"{case.number:{width}} {mark} {escape_controls(case.name)}")
    return lines
