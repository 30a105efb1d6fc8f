"""Dives from a relaxed choice of plants to a whole one."""

from __future__ import annotations

import numpy as np
import pytest

from hubspoke.engine.benders.branch_and_cut import BranchAndCut
from hubspoke.engine.benders.branching import dive, is_whole
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.instances.generate import generate_problem


@pytest.mark.parametrize("seed", range(4))
def test_a_dive_below_a_limit_ends_below_it_or_nowhere(seed: int) -> None:
    """What it ends at costs less than the limit by every cut, and where none can, it ends at none."""
    search = BranchAndCut(Subproblem(generate_problem(30, 8, 3, seed=seed)), gap=0.0, nodes=6)
    best = search.solve().objective
    master = search.master
    whole = master.whole()
    relaxed = master.relax(whole)
    assert relaxed is not None
    for limit in (1.0005 * best, 1.01 * best, 1.5 * best):
        value = dive(master, whole, relaxed, limit)
        if value is not None:
            assert is_whole(value)
            cuts = [cut.at(*master.unpack(value)) for cut in master.cuts]
            assert max(cuts) < limit + 1e-6 * best
    assert dive(master, whole, relaxed, relaxed.cost * (1 - 1e-9)) is None or is_whole(relaxed.value)
    far = dive(master, whole, relaxed, 100 * best)
    assert far is not None
    assert np.array_equal(far, np.round(far))
