"""What a solver calls proven of all cases is recounted; a wrong answer ends as a fault that names the solver."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest

import hubspoke as hs
from hubspoke.base.status import Status
from hubspoke.engine.cases import full
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.full import solve_whole
from hubspoke.engine.cases.model import build_cases_model
from hubspoke.engine.milp.solver import Outcome, run_model
from hubspoke.engine.problem.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

HIGHS = f"highs {version('highspy')}"


def build(room: float) -> Cases:
    """Build two cases alike: each site to its own hub, at 9."""
    one = Problem.build([1.0, 2.0], [[1.0, 4.0], [9.0, 2.0]], [room, room], [3.0, 3.0])
    return Cases.build([one, one])


CASES = build(2.0)


def lie(monkeypatch: pytest.MonkeyPatch, told: Callable[[Outcome, Any], Outcome]) -> None:
    """Let a solver that is right be misquoted."""
    monkeypatch.setattr(full, "run_model", lambda model, **options: told(run_model(model, **options), model))


def test_the_truth_is_believed() -> None:
    answer = solve_whole(CASES)
    assert (answer.status, answer.objective, answer.bound) == (Status.OPTIMAL, 18.0, 18.0)


def test_a_bound_above_a_plan_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    lie(monkeypatch, lambda found, _: replace(found, objective=1.001 * found.objective, bound=1.001 * found.bound))
    with pytest.raises(hs.WrongAnswerError, match=rf"{HIGHS} is wrong: it proves 18.018, and a plan costs 18;"):
        solve_whole(CASES)


def test_a_plan_that_costs_more_than_is_said_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    lie(monkeypatch, lambda found, _: replace(found, objective=0.999 * found.objective, bound=0.999 * found.bound))
    with pytest.raises(hs.WrongAnswerError, match=rf"{HIGHS} is wrong: its plan costs 18, not 17.982 as it says"):
        solve_whole(CASES)


def test_a_plan_that_does_not_fit_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    model, handles = build_cases_model(build(3.0), strong=True)
    monkeypatch.setattr(full, "build_cases_model", lambda *_, **__: (model, handles))

    def crowd(found: Outcome, _: Any) -> Outcome:
        for (_, hub), share in handles.side_by_side.assign.items():
            share.varValue = float(hub % 2 == 0)
        return found

    lie(monkeypatch, crowd)
    with pytest.raises(hs.WrongAnswerError, match=f"{HIGHS} is wrong: it calls a plan optimal in which"):
        solve_whole(CASES)
