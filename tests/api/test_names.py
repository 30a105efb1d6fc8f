"""Words of arguments as types: they are those that the program knows, and a slip in one is found by mypy."""

from __future__ import annotations

from typing import get_args

import pytest

import hubspoke as hs
from hubspoke.engine.milp.solver import SOLVERS
from hubspoke.settings.rules import objective_names, policy_names


def test_the_words_of_types_are_those_that_are_known() -> None:
    assert set(get_args(hs.PolicyName)) == set(policy_names())
    assert set(get_args(hs.ObjectiveName)) == set(objective_names())
    assert set(get_args(hs.SolverName)) == {"auto", *SOLVERS}


def test_a_slip_in_one_of_them_is_an_error_of_types(tiny_network: hs.Network) -> None:
    """Mypy, which reads the tests, refuses an `ignore` that nothing needs."""
    with pytest.raises(hs.UsageError, match="regonal"):
        hs.solve(tiny_network, policy="regonal")  # type: ignore[call-overload]
    with pytest.raises(hs.UsageError, match="costs"):
        hs.solve(tiny_network, objective="costs")  # type: ignore[call-overload]
    with pytest.raises(hs.UsageError, match="opne"):
        hs.conflict(tiny_network, policy="opne")  # type: ignore[arg-type]
