"""The same answer with and without numba, to the last bit."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from hubspoke.base.compiled import IS_COMPILED
from hubspoke.engine.optimize import optimize
from hubspoke.instances.generate import generate_problem
from hubspoke.instances.warm_up import load_loops

PROGRAM = """
import json
import sys

import numpy as np

if sys.argv[1] == "missing":
    sys.modules["numba"] = None

from dataclasses import replace

from hubspoke.base.compiled import IS_COMPILED
from hubspoke.base.stop import Stop
from hubspoke.engine.benders.branch_and_cut import solve_by_branch_and_cut
from hubspoke.engine.lagrangian.branch_and_bound import solve_by_branch_and_bound
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.uncapacitated.solve import solve_by_openings

to_hubs = replace(DEFAULTS, branch_and_bound=replace(DEFAULTS.branch_and_bound, work=0))  # and sets of sites there

random = np.random.default_rng(2)
answers = []
for _ in range(3):
    mass, cost = random.uniform(1, 9, 9), random.uniform(0, 30, (9, 4))
    capacity = np.round(mass.sum() * random.uniform(0.3, 0.6, 4))
    problem = Problem.build(mass, cost, capacity, random.uniform(20, 40, 4))
    for nodes, given in ((300, DEFAULTS), (1, to_hubs)):
        answer, _ = solve_by_branch_and_bound(problem, gap=1e-6, stop=Stop(), nodes=nodes, parameters=given)
        answers.append(answer)
    second = {"transfer_cost": random.uniform(0, 5, (4, 2)), "refinery_capacity": [99.0, 99.0]}
    answers.append(solve_by_branch_and_cut(Problem.build(mass, cost, capacity, 30.0, **second), gap=1e-3))
roomy = Problem.build(mass, cost, np.full(len(capacity), 999.0), 30.0)
answers.append(solve_by_openings(roomy, gap=1e-6, stop=Stop()))
told = [[str(a.status), a.objective.hex(), a.bound.hex(), a.hub.tolist(), a.hub_size.tolist()] for a in answers]
json.dump([IS_COMPILED, told], sys.stdout)
"""


def run(how: str, **environment: str) -> tuple[bool, list[object]]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how],
        check=True, capture_output=True, text=True, env=os.environ | environment,
    )  # fmt: skip
    compiled, answers = json.loads(done.stdout)
    return compiled, answers


@pytest.mark.heavy
def test_answers_do_not_depend_on_numba() -> None:
    with_numba = run("present")
    asked, missing = run("present", HUBSPOKE_COMPILED="0"), run("missing")
    assert (with_numba[0], asked[0], missing[0]) == (True, False, False)
    assert with_numba[1] == asked[1] == missing[1]


@pytest.mark.heavy
@pytest.mark.skipif(not IS_COMPILED, reason="nothing is compiled here")
def test_loading_leaves_no_loop_to_be_compiled() -> None:
    program = """
import json
import sys

from hubspoke.engine.lagrangian.subgradient import improve_bound
from hubspoke.engine.lagrangian.column_enumeration import solve_by_columns
from hubspoke.engine.lagrangian.primal_heuristic import search_hubs
from hubspoke.engine.lagrangian.branching import branch
from hubspoke.engine.benders.hub_values import value_range
from hubspoke.instances.warm_up import load_loops
from hubspoke.engine.lagrangian.tabu_search import tabu_search
from hubspoke.engine.uncapacitated.ascent import raise_bound
from hubspoke.engine.uncapacitated.fixing import fix_hubs

load_loops()
loops = raise_bound, fix_hubs, branch, search_hubs, value_range, improve_bound, solve_by_columns, tabu_search
json.dump([len(loop.signatures) for loop in loops], sys.stdout)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert all(count > 0 for count in json.loads(told.stdout))


@pytest.mark.skipif(not IS_COMPILED, reason="loops run as plain Python")
def test_nothing_is_compiled_any_more_once_all_loops_are_loaded() -> None:
    """So that no measurement counts it. First of all tests, in one process, so that others find the loops."""
    from numba.core import event  # noqa: PLC0415 - may be missing

    load_loops()
    with event.install_recorder("numba:compile") as compiled:
        optimize(generate_problem(40, 8, 2, seed=1), gap=0.5)
        optimize(generate_problem(30, 6, seed=2), gap=0.5)
    assert [str(one) for _, one in compiled.buffer] == []
