"""Words that arguments of the library may be, as types: a checker of types finds one that is misspelt."""

from __future__ import annotations

from typing import Literal

from hubspoke.settings.policy import ObjectiveName, PolicyName

__all__ = ["ObjectiveName", "PolicyName", "SolverName"]

SolverName = Literal["auto", "highs", "cbc", "scip", "gurobi", "cplex"]
"""The engine of this package, or a MILP solver that gets the full model."""
