"""HiGHS in a thread whose pool of workers was made by somebody else, of any size."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("highspy")

RUN = """
from concurrent.futures import ThreadPoolExecutor
import pulp
from hubspoke.base.status import Status
from hubspoke.engine.milp.solver import run_model

def model():
    made = pulp.LpProblem("least", pulp.LpMinimize)
    amount = made.add_variable("amount", 0, 9, pulp.LpInteger)
    made.setObjective(amount * 2.0)
    made.addConstraint(amount >= 2.5, "least")
    return made

def run_ours():
    for threads in (1, 3, 1):
        outcome = run_model(model(), threads=threads)
        assert (outcome.status, outcome.objective) == (Status.OPTIMAL, 6.0), (threads, outcome)

def run_ours_in_a_thread():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(run_ours).result()

BEFORE
FIRST
run_ours()
run_ours_in_a_thread()
"""
OTHERS = {
    "nobody": "",
    "PuLP": "model().solve(pulp.HiGHS(msg=False))",
    "HiGHS": "import highspy; h = highspy.Highs(); h.setOptionValue('threads', 2); h.addVar(0, 1); h.run()",
}


@pytest.mark.parametrize("before", [pytest.param("", marks=pytest.mark.heavy), "run_ours_in_a_thread()"])
@pytest.mark.parametrize("first", OTHERS)
def test_a_model_is_solved_whoever_ran_highs_before(first: str, before: str) -> None:
    subprocess.run([sys.executable, "-c", RUN.replace("BEFORE", before).replace("FIRST", OTHERS[first])], check=True)
