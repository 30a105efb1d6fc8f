"""The engine's door: reduce, split, solve each part, put the answers together."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.base.threads import lead, spread
from hubspoke.engine.answers import better, join_parts, with_grades
from hubspoke.engine.certificate.carry import spread_prices
from hubspoke.engine.lagrangian.scope import suits_branch_and_bound
from hubspoke.engine.least_throughput import close_below_floors
from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.optional_sites import serve_all_then_drop
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.presolve.components import split
from hubspoke.engine.presolve.dominated_sizes import drop_dominated_sizes
from hubspoke.engine.presolve.merge import merge_captive_sites, merge_grades
from hubspoke.engine.presolve.room import cap_room
from hubspoke.engine.presolve.units import suit_units
from hubspoke.engine.problem.limits import counts_cannot_be_met
from hubspoke.engine.solution.construct import no_solution, with_proof
from hubspoke.engine.uncapacitated.scope import suits_openings

if TYPE_CHECKING:
    from hubspoke.engine.parameters import MethodChoice
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def optimize(
    problem: Problem,
    *,
    gap: float = 1e-6,
    time_limit: float | None = None,
    seed: int = 0,
    solver: str = "auto",
    threads: int | None = None,
    stop: Stop | None = None,
    certificate: bool = False,
    parameters: EngineParameters = DEFAULTS,
) -> Solution:
    """Find a cheapest plan and prove how good it is.

    Parameters
    ----------
    problem : Problem
    gap : float
        Relative gap at which the search may stop.
    time_limit : float, optional
        Seconds of wall time; the best plan found by then is returned with a valid bound.
    seed : int
        Seed of every random choice; the answer depends on nothing else but the problem.
    solver : str
        `auto` for the engine of this package, or the name of a MILP solver that gets the full model.
    threads : int, optional
        Threads that work at once, on parts and inside them; all cores by default, or what `use_threads` says. The
        answer does not depend on it, but where a limit of time binds.
    stop : Stop, optional
        Ends the search when asked, with the best plan so far. Ctrl-C does the same, and stays a KeyboardInterrupt only
        where there is no plan yet.
    certificate : bool
        Whether to grow a tree that `check_tree` proves the bound by, in what is left of the time.
    parameters : EngineParameters
        How hard each method works; whatever they are, a bound is valid.

    Returns
    -------
    Solution
        `INFEASIBLE` when no plan exists; `FEASIBLE` when a limit came first.
    """
    start = time.perf_counter()
    if not gap >= 0:  # neither is NaN
        raise ValueError(f"gap must be 0 or more, got {gap}")
    stop = (Stop() if stop is None else stop).within(time_limit)
    if counts_cannot_be_met(problem):
        return no_solution(problem, Status.INFEASIBLE, np.inf)
    suited = suit_units(cap_room(problem))
    merged = merge_captive_sites(suited.problem)
    parts = split(merged.problem)
    after_reduce = time.perf_counter()
    run = _Run(gap, stop, seed, solver, parameters)
    solve = partial(spread, partial(_solve_part, run=run), [part.problem for part in parts])
    answers: list[Solution] = lead(solve, threads=threads, stop=stop, keeps=_have_plans)
    whole = merged.expand(join_parts(merged.problem, parts, answers, gap))
    whole = suited.expand(spread_prices(suited.problem, merged, whole))
    seconds = {"reduce": after_reduce - start, "solve": time.perf_counter() - after_reduce}
    if certificate and whole.has_plan:
        whole = _certify(problem, whole, stop)
    return replace(whole, seconds=seconds)


def _have_plans(answers: list[Solution]) -> bool:
    return all(answer.has_plan for answer in answers)


def _certify(problem: Problem, answer: Solution, stop: Stop) -> Solution:
    """Return an answer with a tree that proves its bound."""
    from hubspoke.engine.certify.grow import grow_tree  # noqa: PLC0415 - loads compiled loops

    tree = grow_tree(problem, answer.bound, answer.certificate, stop)
    return replace(answer, certificate={**answer.certificate, **tree})


@dataclass(frozen=True)
class _Run:
    """What holds for every part of one call."""

    gap: float
    stop: Stop
    seed: int
    solver: str
    parameters: EngineParameters

    def directly(self, problem: Problem, **options: Any) -> Solution:
        """Solve a problem by its full model."""
        return solve_directly(problem, gap=self.gap, stop=self.stop, parameters=self.parameters.full_model, **options)

    def again(self, problem: Problem, stop: Stop | None = None) -> Solution:
        """Solve a derived problem as a whole of its own, on the same threads."""
        stop = self.stop if stop is None else stop
        return optimize(problem, gap=self.gap, seed=self.seed, stop=stop, parameters=self.parameters)

    def has_time_for(self, lanes: int) -> bool:
        """Return whether the call has a limit of time that leaves enough for a full model of so many lanes."""
        choice, left = self.parameters.choice, self.stop.seconds_left
        return lanes <= choice.last_lanes and choice.building_s * lanes < left < math.inf

    def is_over(self, answer: Solution) -> bool:
        """Return whether an answer is final, or time is up."""
        return answer.status in {Status.OPTIMAL, Status.INFEASIBLE} or self.stop.is_due


def _solve_part(problem: Problem, run: _Run) -> Solution:
    """Solve one part; a fault of it ends the others."""
    try:
        return _solve_in_few_sizes(problem, run)
    except BaseException:
        run.stop.ask()
        raise


def _solve_in_few_sizes(problem: Problem, run: _Run) -> Solution:
    """Solve one part in the sizes of plants that matter."""
    fewer = drop_dominated_sizes(problem)
    return fewer.expand(_solve_in_these_sizes(fewer.problem, run))


def _solve_in_these_sizes(problem: Problem, run: _Run) -> Solution:
    """Solve by the full model where that is small or asked for, else by branch and bound or by cuts."""
    choice = run.parameters.choice
    lanes = int((np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)).sum())
    sizes = int(problem.hubs.exists.sum() + problem.refineries.exists.sum())
    small = lanes <= choice.few_lanes or (lanes <= choice.direct_lanes and sizes <= choice.direct_sizes)
    if run.solver != "auto":
        return run.directly(problem, solver=run.solver)
    if problem.has_floors and not small:
        return _solve_floored(problem, run, whole=lanes <= choice.fallback_lanes)
    if not small and suits_openings(problem, run.parameters.uncapacitated):
        return _solve_by_openings(problem, run)
    if suits_branch_and_bound(problem) and _is_small_for_tree(problem, lanes, choice):
        return _solve_whole_sites(problem, run)
    if small:
        merged = merge_grades(problem)
        answer = run.directly(merged)
        return answer if merged is problem else with_grades(problem, answer, run.gap)
    return _solve_by_cuts(problem, run, lanes)


def _solve_by_openings(problem: Problem, run: _Run) -> Solution:
    """Solve by the tree over openings."""
    from hubspoke.engine.uncapacitated.solve import solve_by_openings  # noqa: PLC0415 - loads compiled loops

    return solve_by_openings(problem, gap=run.gap, stop=run.stop, parameters=run.parameters)


def _solve_by_cuts(problem: Problem, run: _Run, lanes: int) -> Solution:
    """Solve by branch and Benders cut; where that ends short of the gap, the full model has the last word."""
    from hubspoke.engine.benders.branch_and_cut import solve_by_branch_and_cut  # noqa: PLC0415 - loads compiled loops

    choice = run.parameters.choice
    merged = merge_grades(problem)
    skipping = bool(np.isfinite(problem.skip_cost).any())
    known = _serve_all_first(merged, run) if skipping else None
    divided = not (problem.n_refineries or problem.single_sourcing or skipping) and lanes <= choice.handed_lanes
    answer = solve_by_branch_and_cut(
        merged,
        gap=run.gap,
        stop=run.stop,
        seed=run.seed,
        known=known,
        nodes=choice.handed_nodes if divided else None,
        parameters=run.parameters,
    )
    if divided and answer.has_plan and not run.is_over(answer):
        # given a cutoff far above the bound, HiGHS ends its rounds of cuts at the root too early
        near = answer.objective - answer.bound <= choice.near_cutoff * abs(answer.objective)
        return _hand_over(problem, answer, run, cutoff=answer.objective if near else math.inf)
    answer = answer if merged is problem else with_grades(problem, answer, run.gap)
    last = choice.fallback_lanes_skipping if skipping else choice.fallback_lanes
    if run.is_over(answer) or not (lanes <= last or run.has_time_for(lanes)):
        return answer
    return better(run.directly(problem), answer, run.gap)


def _serve_all_first(problem: Problem, run: _Run) -> Solution | None:
    """Find a plan by serving every site, in half of the time at most."""

    def solve(everyone: Problem) -> Solution:
        left = run.stop.seconds_left
        return run.again(everyone, run.stop if math.isinf(left) else run.stop.within(left / 2))

    return serve_all_then_drop(problem, solve, gap=run.gap)


def _solve_floored(problem: Problem, run: _Run, *, whole: bool) -> Solution:
    """Solve without least tonnages and close who falls short; where that leaves a gap, `whole` asks the full model."""
    answer = close_below_floors(problem, run.again, gap=run.gap, parameters=run.parameters.least_throughput)
    if run.is_over(answer) or not (whole or run.has_time_for(int(np.isfinite(problem.collection_cost).sum()))):
        return answer
    return better(run.directly(problem), answer, run.gap)


def _solve_whole_sites(problem: Problem, run: _Run) -> Solution:
    """Solve by Lagrangian branch and bound; what it leaves open goes to the full model, less what it ruled out."""
    from hubspoke.engine.lagrangian.branch_and_bound import solve_by_branch_and_bound  # noqa: PLC0415 - as above

    choice, gap = run.parameters.choice, run.gap
    answer, rest = solve_by_branch_and_bound(
        problem, gap=gap, stop=run.stop, nodes=choice.tree_nodes, parameters=run.parameters
    )
    if run.is_over(answer) or np.isfinite(rest.collection_cost).sum() > choice.fallback_lanes:
        return answer
    if answer.has_plan:
        return _hand_over(rest, answer, run, cutoff=answer.objective)
    return replace(better(run.directly(rest), answer, gap), certificate=answer.certificate)


def _hand_over(rest: Problem, answer: Solution, run: _Run, *, cutoff: float) -> Solution:
    """Return the better of an answer and of the full model, which looks for cheaper plans in what was left open."""
    last = run.directly(rest, cutoff=cutoff)
    # plans that the search ruled out are no cheaper than its own best one
    bound = max(answer.bound, min(last.bound, answer.objective))
    best = last if last.objective < answer.objective else answer
    best = with_proof(best, objective=best.objective, bound=bound, gap=run.gap)
    return replace(best, certificate=answer.certificate)  # that of the last step knows only what was left


def _is_small_for_tree(problem: Problem, lanes: int, choice: MethodChoice) -> bool:
    """Return whether there are few enough lanes, and sites of mean mass to the median hub, for the tree."""
    largest = np.where(problem.hubs.exists, problem.hubs.capacity, 0.0).max(axis=1, initial=0.0)
    mean = float(problem.mass.mean())
    to_a_hub = float(np.median(largest)) / mean if mean > 0 else math.inf
    fewest, most_hubs = problem.hub_counts.in_total
    counted = fewest > 0 or most_hubs < problem.n_hubs  # which cuts are at a loss with
    sizes = (*choice.tree_sizes, *((choice.counted_tree_size,) if counted else ()))
    return any(to_a_hub <= sites and lanes <= most for sites, most in sizes)
