"""hubspoke plans hub-and-spoke recycling of traction batteries: which hub, which refinery, who delivers where."""

from __future__ import annotations

import importlib
import logging
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hubspoke.api import solve
    from hubspoke.comparison.compare import Comparison, compare
    from hubspoke.errors import (
        AuditError,
        Finding,
        HubspokeError,
        InfeasibleError,
        InputError,
        NoPlanFoundError,
        SolverUnavailableError,
        UsageError,
    )
    from hubspoke.explanation.explain import explain
    from hubspoke.market import market, revalue
    from hubspoke.network import Network
    from hubspoke.optimize import optimize
    from hubspoke.plan import Plan
    from hubspoke.problem import Counts, Problem, Steps
    from hubspoke.read import read
    from hubspoke.run_folder import load
    from hubspoke.settings import Settings
    from hubspoke.solution import Solution
    from hubspoke.status import Status

__version__ = "0.1.0"

_HOMES = {
    "solve": "api",
    "read": "read",
    "load": "run_folder",
    "market": "market",
    "revalue": "market",
    "compare": "comparison.compare",
    "explain": "explanation.explain",
    "Comparison": "comparison.compare",
    "optimize": "optimize",
    "Problem": "problem",
    "Counts": "problem",
    "Steps": "problem",
    "Solution": "solution",
    "Status": "status",
    "Network": "network",
    "Plan": "plan",
    "Settings": "settings",
    "Finding": "errors",
    "HubspokeError": "errors",
    "UsageError": "errors",
    "InputError": "errors",
    "InfeasibleError": "errors",
    "NoPlanFoundError": "errors",
    "SolverUnavailableError": "errors",
    "AuditError": "errors",
}

__all__ = [
    "AuditError",
    "Comparison",
    "Counts",
    "Finding",
    "HubspokeError",
    "InfeasibleError",
    "InputError",
    "Network",
    "NoPlanFoundError",
    "Plan",
    "Problem",
    "Settings",
    "Solution",
    "SolverUnavailableError",
    "Status",
    "Steps",
    "UsageError",
    "compare",
    "explain",
    "load",
    "market",
    "optimize",
    "read",
    "revalue",
    "solve",
]

logging.getLogger("hubspoke").addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    """Load a public name where it is first used, so that importing the package costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'hubspoke' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"hubspoke.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(_HOMES))


class _Package(ModuleType):
    """Keeps `hubspoke.read` and `hubspoke.optimize` the functions; importing the submodules would rebind them."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
