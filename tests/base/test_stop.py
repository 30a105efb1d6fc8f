"""Limits and Ctrl-C: the best plan so far, soon, with a valid bound and the right exit code."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from hard_problem import hard_problem
from hubspoke.base.status import Status
from hubspoke.base.stop import SHORTEST_S, Stop
from hubspoke.cli import app as cli
from hubspoke.engine.milp.model import build_model
from hubspoke.engine.milp.solver import run_model
from hubspoke.engine.optimize import optimize
from hubspoke.engine.solution.evaluate import evaluate

if TYPE_CHECKING:
    from pathlib import Path


def test_a_signal_counts_down_and_is_due_once_asked() -> None:
    assert Stop().seconds_left == float("inf")
    assert not Stop().is_due
    assert 0 < Stop(60).seconds_left <= 60
    assert Stop(0).is_due
    stop = Stop(60)
    stop.ask()
    assert (stop.asked, stop.is_due, stop.seconds_left) == (True, True, 0.0)


def test_a_stop_inside_another_is_due_with_it_and_before_it() -> None:
    outer = Stop(60)
    assert outer.within(None) is outer
    inner = outer.within(0)
    assert (inner.is_due, outer.is_due) == (True, False)
    assert 0 < outer.within(1e9).seconds_left <= 60
    later = outer.within(30)
    outer.ask()
    assert (later.asked, later.is_due, later.seconds_left) == (True, True, 0.0)


def test_solvers_get_no_limit_or_one_above_zero() -> None:
    assert Stop().time_limit is None
    assert Stop(0).time_limit == SHORTEST_S
    assert 59 < (Stop(60).time_limit or 0) <= 60


@pytest.mark.heavy
def test_highs_ends_when_it_is_asked() -> None:
    model, _ = build_model(hard_problem())
    stop = Stop()
    threading.Timer(0.5, stop.ask).start()
    outcome = run_model(model, stop=stop)  # unasked it runs far longer than a test may
    assert stop.asked
    assert outcome.status in {Status.FEASIBLE, Status.UNKNOWN}
    assert outcome.bound <= outcome.objective


def test_asked_before_it_starts_a_solve_ends() -> None:
    stop = Stop()
    stop.ask()
    solution = optimize(hard_problem(), solver="highs", gap=0, stop=stop)  # unasked it runs far longer than a test may
    assert solution.status in {Status.FEASIBLE, Status.UNKNOWN}


@pytest.mark.heavy
@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_gives_the_best_plan_or_stays_an_interrupt() -> None:
    problem = hard_problem()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # one of several test processes hears no Ctrl-C
    timer = threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        solution = optimize(problem, solver="highs", gap=0)
    except KeyboardInterrupt:
        pass
    else:
        assert solution.status in {Status.FEASIBLE, Status.OPTIMAL}  # a fast machine may be done by then
        assert solution.bound <= solution.objective
        assert evaluate(problem, solution) == pytest.approx(solution.objective)
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, before)


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
@pytest.mark.parametrize("seconds", ["0.01", "1"])
def test_the_command_line_says_whether_the_limit_left_a_plan(tmp_path: Path, seconds: str) -> None:
    """How far a machine gets in a second is not tested, but that code, words and folder agree on it."""
    out = tmp_path / "plan"
    words = ["solve", "-o", str(out), "--no-maps", "--policy", "shared-refinery", "--gap", "0", "--solver", "highs"]
    words += ["--region", "chugoku", "--region", "shikoku", "--time-limit", seconds]
    done = CliRunner().invoke(cli.app, words)
    assert done.exit_code in ({6} if seconds == "0.01" else {0, 5, 6}), done.stderr
    assert (out / "plan.json").exists() == (done.exit_code != 6)
    assert ("allow more time" in done.stderr) == (done.exit_code == 6)
    assert ("not proven best" in done.stdout) == (done.exit_code == 5)
