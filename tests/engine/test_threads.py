"""The same answer, plan and bound alike, on any number of threads: drawn problems of each way that divides work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from hubspoke.base.stop import Stop
from hubspoke.base.threads import lead
from hubspoke.engine.benders.branch_and_cut import solve_by_branch_and_cut
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.cuts.search import CutSearch
from hubspoke.engine.lagrangian.branch_and_bound import solve_by_branch_and_bound
from hubspoke.engine.lagrangian.generalized_assignment import FixedHubs
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.uncapacitated.solve import solve_by_openings
from hubspoke.instances.generate import generate_problem
from impatient import StopAfterLooks
from tuning import tuned

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.engine.solution.solution import Solution

HARDLY_RAISED = tuned(uncapacitated={"root_ascents": 0, "rounds": 5, "tried_rounds": 3})


def on_threads(threads: int, work: Callable[[], Any]) -> Any:
    """Do work on so many threads."""
    return lead(work, threads=threads, stop=Stop(), keeps=bool)


def medians(seed: int) -> Problem:
    """Draw places of which seven serve all."""
    places = np.random.default_rng(seed).uniform(0, 100, (40, 2))
    far = np.linalg.norm(places[:, None] - places[None], axis=2)
    return Problem.build(np.ones(40), far, np.full(40, 40.0), np.zeros(40), hub_counts=Counts.between(7, 7, 40))


def same(one: Solution, two: Solution) -> bool:
    """Return whether two answers are alike to the last bit."""
    alike = (one.status, one.objective, one.bound) == (two.status, two.objective, two.bound)
    return alike and all(
        np.array_equal(getattr(one, name), getattr(two, name))
        for name in ("site", "hub", "share", "hub_size", "refinery_size", "flow")
    )


@pytest.mark.parametrize("parameters", [DEFAULTS, HARDLY_RAISED])
@pytest.mark.parametrize("seed", range(2))
def test_openings(seed: int, parameters: EngineParameters, caplog: pytest.LogCaptureFixture) -> None:
    work = partial(solve_by_openings, medians(seed), gap=1e-9, stop=Stop(), parameters=parameters)
    with caplog.at_level("INFO", "hubspoke"):
        one, *others = (on_threads(threads, work) for threads in (1, 2, 3))
    assert all(same(one, other) for other in others)
    if parameters is HARDLY_RAISED:
        assert int(caplog.messages[-1].rsplit(" nodes", 1)[0].split()[-1]) > 1


@pytest.mark.heavy
def test_cases_by_cuts() -> None:
    base = generate_problem(30, 8, 4, seed=2)
    years = [base.derive(supply=base.supply * part, collection_cost=base.collection_cost * part) for part in (0.5, 1.0)]
    work = lambda: CutSearch(Cases.build(years), 1e-3, Stop(), 0, DEFAULTS).solve()  # noqa: E731 - made anew each time
    one, two = (on_threads(threads, work) for threads in (1, 2))
    assert (one.objective, one.bound) == (two.objective, two.bound)
    assert all(same(*pair) for pair in zip(one.cases, two.cases, strict=True))


@pytest.mark.heavy
def test_choices_by_cuts() -> None:
    problem = generate_problem(120, 12, 4, seed=3)
    work = lambda: solve_by_branch_and_cut(problem, gap=1e-4, nodes=5)  # noqa: E731 - made anew each time
    one, *others = (on_threads(threads, work) for threads in (1, 2, 3))
    assert all(same(one, other) for other in others)


def tight(seed: int) -> Problem:
    """Draw whole sites that fill nine of eighteen hubs to the brim."""
    random = np.random.default_rng(seed)
    mass = random.integers(5, 36, 60).astype(float)
    far = np.linalg.norm(random.random((60, 1, 2)) - random.random((1, 18, 2)), axis=2)
    room = np.full(18, np.round(mass.sum() / 8.7))
    return Problem.build(mass, np.round(far * 10 * mass[:, None]), room, np.round(random.uniform(100, 200, 18)))


@pytest.mark.heavy
@pytest.mark.parametrize("cells", [1_000_000, 0])
def test_whole_sites(monkeypatch: pytest.MonkeyPatch, cells: int) -> None:
    """Subtrees, neighbourhoods and choices of hubs, settled by loads or otherwise."""
    settled: list[int] = []
    settle = FixedHubs.settle

    def count(self: FixedHubs, *given: Any) -> float:
        settled.append(1)
        return settle(self, *given)

    monkeypatch.setattr(FixedHubs, "settle", count)
    parameters = tuned(
        branch_and_bound={"leaves": 4, "solver_nodes": (20, 20), "work": 0, "little_work": 0},
        fixed_hubs={"cells": cells},
    )
    work = partial(solve_by_branch_and_bound, tight(2), gap=1e-9, stop=Stop(), nodes=6, parameters=parameters)
    (one, _), *others = (on_threads(threads, work) for threads in (1, 2, 3))
    assert all(same(one, other) for other, _ in others)
    assert settled


@pytest.mark.parametrize("looks", [3, 40])
def test_a_search_on_two_threads_that_is_stopped_has_a_plan_and_a_true_bound(looks: int) -> None:
    problem = medians(1)
    whole = solve_by_openings(problem, gap=1e-9, stop=Stop(), parameters=DEFAULTS)
    work = partial(solve_by_openings, problem, gap=1e-9, stop=StopAfterLooks(looks), parameters=HARDLY_RAISED)
    found = on_threads(2, work)
    assert found.has_plan
    assert found.bound <= whole.objective <= found.objective


def test_a_fault_in_a_thread_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("in a thread")

    monkeypatch.setattr("hubspoke.engine.uncapacitated.tree.raise_bound", fail)
    work = partial(solve_by_openings, medians(0), gap=1e-9, stop=Stop(), parameters=HARDLY_RAISED)
    with pytest.raises(ZeroDivisionError, match="in a thread"):
        on_threads(2, work)
