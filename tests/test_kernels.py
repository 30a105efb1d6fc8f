"""The compiled loops of the bound: threads change nothing."""

from __future__ import annotations

import numpy as np
import pytest

from hubspoke import kernels
from hubspoke.cuts import Cutter
from hubspoke.generate import generate_problem


@pytest.mark.parametrize("hubs", [1, 2, 23])
def test_values_of_hubs_do_not_depend_on_threads(monkeypatch: pytest.MonkeyPatch, hubs: int) -> None:
    """Divided among threads or not, every hub has the same value to the last bit; hubs without lanes, too."""
    problem = generate_problem(60, hubs, 2, longest_km=300.0)
    cutter = Cutter(problem)
    price = np.random.default_rng(0).uniform(0.5, 3.0, 60) * problem.collection_cost.min(axis=1)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    alone = cutter.cut(price, np.full((hubs, 1), 8000.0))
    monkeypatch.setattr(kernels, "PARALLEL_LANES", 1)
    divided = cutter.cut(price, np.full((hubs, 1), 8000.0))
    assert np.array_equal(alone.hub, divided.hub)
    assert np.isfinite(alone.hub).any()
