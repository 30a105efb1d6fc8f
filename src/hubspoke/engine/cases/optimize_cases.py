"""The door to plans over several cases: years, or scenarios."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.base.threads import lead
from hubspoke.engine.cases.cuts.search import CutSearch
from hubspoke.engine.cases.full import solve_whole, with_bound
from hubspoke.engine.cases.known import NOTHING
from hubspoke.engine.cases.merged import merge_cases
from hubspoke.engine.cases.one_case import is_plain, solve_one_case
from hubspoke.engine.cases.parts import join_answers, split_cases
from hubspoke.engine.cases.solution import CasesSolution
from hubspoke.engine.cases.tied import TiedSearch
from hubspoke.engine.cases.uncapacitated.solve import solve_by_openings, suits_tree
from hubspoke.engine.optimize import optimize
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.presolve.room import cap_room
from hubspoke.engine.problem.limits import counts_cannot_be_met

if TYPE_CHECKING:
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.known import Known
    from hubspoke.engine.cases.merged import MergedCases
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def optimize_cases(
    cases: Cases,
    *,
    gap: float = 1e-6,
    time_limit: float | None = None,
    seed: int = 0,
    solver: str = "auto",
    threads: int | None = None,
    stop: Stop | None = None,
    parameters: EngineParameters = DEFAULTS,
    known: Known = NOTHING,
) -> CasesSolution:
    """Find cheapest plants over all cases, with who delivers where in each, and prove how good they are.

    Parameters
    ----------
    cases : Cases
    gap : float
        Relative gap at which the search may stop.
    time_limit : float, optional
        Seconds of wall time; the best plan found by then is returned with a valid bound.
    seed : int
        Seed of every random choice.
    solver : str
        `auto` for the engine of this package, or the name of a MILP solver that gets the full model of all cases.
    threads : int, optional
        Threads used at once; all cores by default, or what `use_threads` says. The answer does not depend on it, but
        where a limit of time binds.
    stop : Stop, optional
        Ends the search when asked, with the best plan so far. Ctrl-C does the same, as in `optimize`.
    parameters : EngineParameters
    known : Known
        What the search by cuts may start from where the cases hang together.

    Returns
    -------
    CasesSolution
        `INFEASIBLE` when no plan exists; `FEASIBLE` when a limit came first.
    """
    start = time.perf_counter()
    stop = (Stop() if stop is None else stop).within(time_limit)
    if any(counts_cannot_be_met(problem) for problem in cases.problems):
        return CasesSolution(Status.INFEASIBLE, np.inf, np.inf)

    cases = replace(cases, problems=tuple(cap_room(problem) for problem in cases.problems))
    run = _Run(gap, stop, seed, solver, parameters, known)
    answer = lead(partial(_solve_any, cases, run), threads=threads, stop=stop, keeps=lambda found: found.has_plan)
    return replace(answer, seconds={"solve": time.perf_counter() - start})


@dataclass(frozen=True)
class _Run:
    """What holds for every part of one call."""

    gap: float
    stop: Stop
    seed: int
    solver: str
    parameters: EngineParameters
    known: Known

    def cases(self, cases: Cases, gap: float, stop: Stop) -> CasesSolution:
        """Solve cases without ties of sites."""
        return _solve(cases, replace(self, gap=gap, stop=stop, known=NOTHING))

    def one_case_within(self, problem: Problem, gap: float, stop: Stop) -> Solution:
        """Solve a problem while a stop allows."""
        return replace(self, stop=stop).one_case(problem, gap)

    def one_case(self, problem: Problem, gap: float) -> Solution:
        """Solve a problem as it is solved today."""
        return optimize(
            problem,
            gap=gap,
            seed=self.seed,
            solver=self.solver,
            stop=self.stop,
            parameters=self.parameters,
        )


def _solve_any(cases: Cases, run: _Run) -> CasesSolution:
    """Solve cases as the one problem that they are, by the solver asked for, or part by part."""
    answer = solve_one_case(cases, run.one_case, gap=run.gap) if is_plain(cases) else None
    if answer is None and run.solver != "auto":
        answer = solve_whole(cases, solver=run.solver, gap=run.gap, stop=run.stop)
    return _solve(cases, run) if answer is None else answer


def _solve(cases: Cases, run: _Run) -> CasesSolution:
    """Merge sites that share a hub, and solve part by part what hangs together in no case."""
    merged = merge_cases(cases)
    whole = cases if merged is None else merged.cases
    parts = split_cases(whole)
    alone = len(parts) == 1
    known = _known_of(run, merged) if alone else NOTHING
    answers = [_solve_part(part.cases, replace(run, known=known)) for part in parts]
    answer = join_answers(whole, parts, answers, run.gap)
    answer = answer if merged is None else merged.expand(answer, run.gap)
    return replace(answer, prices=answers[0].prices) if alone else answer


def _known_of(run: _Run, merged: MergedCases | None) -> Known:
    """Return what is known, with plans of merged sites judged by those of the original ones."""
    judge = run.known.judge
    if judge is None or merged is None:
        return run.known
    return replace(run.known, judge=lambda answer: judge(merged.expand(answer, run.gap)))


def _solve_part(cases: Cases, run: _Run) -> CasesSolution:
    """Solve a part by the tree over openings where it suits, by the full model where that is small, else by cuts."""
    knobs = run.parameters.cases
    # where openings are free in number the relaxation leaves little open, and a solver ends sooner
    if cases.measure is None and suits_tree(cases) and cases.hubs.limits_openings.any():
        return solve_by_openings(cases, gap=run.gap, stop=run.stop, parameters=run.parameters)
    lanes = sum(
        int(np.isfinite(problem.collection_cost).sum() + np.isfinite(problem.transfer_cost).sum())
        for problem in cases.problems
    )
    if lanes <= (knobs.tied_lanes if cases.sites.any else knobs.direct_lanes):
        return solve_whole(cases, gap=run.gap, stop=run.stop)
    if cases.sites.any:
        search = TiedSearch(cases, run.gap, run.stop, solve=run.cases, solve_one=run.one_case_within)
        return search.solve(knobs.tied_rounds)
    answer = CutSearch(cases, run.gap, run.stop, run.seed, run.parameters, run.known).solve()
    if answer.status in {Status.OPTIMAL, Status.INFEASIBLE} or run.stop.is_due or lanes > knobs.fallback_lanes:
        return answer
    last = solve_whole(cases, gap=run.gap, stop=run.stop)
    best = last if last.objective <= answer.objective else answer
    if not best.has_plan or best.hubs is None or best.refineries is None:
        return replace(best, bound=max(last.bound, answer.bound))
    bound = max(last.bound, answer.bound)
    return with_bound(cases, best.cases, best.hubs, best.refineries, bound=bound, gap=run.gap)
