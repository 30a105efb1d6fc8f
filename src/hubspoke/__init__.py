"""hubspoke plans hub-and-spoke recycling of traction batteries: which hub, which refinery, who delivers where."""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hubspoke.analysis.comparison.compare import Comparison, compare
    from hubspoke.analysis.decisions.collaboration.collaborate import Collaboration
    from hubspoke.analysis.decisions.fronts.find import FrontFound
    from hubspoke.analysis.decisions.greenfield.greenfield import Greenfield, greenfield
    from hubspoke.analysis.decisions.robust.result import RobustPlan
    from hubspoke.analysis.explanation.explain import explain
    from hubspoke.api.collaborate import collaborate
    from hubspoke.api.conflict import conflict
    from hubspoke.api.front import front
    from hubspoke.api.load import load
    from hubspoke.api.names import ObjectiveName, PolicyName, SolverName
    from hubspoke.api.plan import Plan
    from hubspoke.api.regret import regret
    from hubspoke.api.robust import robust
    from hubspoke.api.solve import solve
    from hubspoke.api.study import StudyAnswers, study
    from hubspoke.api.sweep import SweepAnswers, sweep
    from hubspoke.api.years_plan import YearsPlan
    from hubspoke.base.errors import (
        AuditError,
        Finding,
        HubspokeError,
        InfeasibleError,
        InputError,
        NoPlanFoundError,
        SolverUnavailableError,
        UsageError,
        WrongAnswerError,
    )
    from hubspoke.base.status import Status
    from hubspoke.base.stop import StopSignal
    from hubspoke.base.threads import use_threads
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.measure import Measure
    from hubspoke.engine.cases.optimize_cases import optimize_cases
    from hubspoke.engine.cases.plant_paths import PlantPaths, Stage
    from hubspoke.engine.cases.solution import CasesSolution
    from hubspoke.engine.certificate.check import check_bound
    from hubspoke.engine.certificate.tree import check_leaves, check_tree
    from hubspoke.engine.milp.model import build_model
    from hubspoke.engine.optimize import optimize
    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.inputs.read import read
    from hubspoke.instances.generate import generate_problem
    from hubspoke.money.market import market, revalue
    from hubspoke.planning.infeasible.conflict import Conflict
    from hubspoke.settings.settings import Settings

__version__ = "0.1.0"

_HOMES = {
    "solve": "api.solve",
    "regret": "api.regret",
    "sweep": "api.sweep",
    "SweepAnswers": "api.sweep",
    "collaborate": "api.collaborate",
    "Collaboration": "analysis.decisions.collaboration.collaborate",
    "study": "api.study",
    "StudyAnswers": "api.study",
    "conflict": "api.conflict",
    "Conflict": "planning.infeasible.conflict",
    "front": "api.front",
    "FrontFound": "analysis.decisions.fronts.find",
    "robust": "api.robust",
    "RobustPlan": "analysis.decisions.robust.result",
    "greenfield": "analysis.decisions.greenfield.greenfield",
    "Greenfield": "analysis.decisions.greenfield.greenfield",
    "Measure": "engine.cases.measure",
    "read": "inputs.read",
    "load": "api.load",
    "market": "money.market",
    "revalue": "money.market",
    "compare": "analysis.comparison.compare",
    "explain": "analysis.explanation.explain",
    "Comparison": "analysis.comparison.compare",
    "optimize": "engine.optimize",
    "optimize_cases": "engine.cases.optimize_cases",
    "build_model": "engine.milp.model",
    "check_bound": "engine.certificate.check",
    "check_leaves": "engine.certificate.tree",
    "check_tree": "engine.certificate.tree",
    "generate_problem": "instances.generate",
    "Cases": "engine.cases.cases",
    "PlantPaths": "engine.cases.plant_paths",
    "Stage": "engine.cases.plant_paths",
    "CasesSolution": "engine.cases.solution",
    "Problem": "engine.problem.problem",
    "Counts": "engine.problem.counts",
    "Steps": "engine.problem.steps",
    "Solution": "engine.solution.solution",
    "Status": "base.status",
    "StopSignal": "base.stop",
    "use_threads": "base.threads",
    "Network": "inputs.network",
    "Plan": "api.plan",
    "YearsPlan": "api.years_plan",
    "ObjectiveName": "api.names",
    "PolicyName": "api.names",
    "SolverName": "api.names",
    "Settings": "settings.settings",
    "Finding": "base.errors",
    "HubspokeError": "base.errors",
    "UsageError": "base.errors",
    "InputError": "base.errors",
    "InfeasibleError": "base.errors",
    "NoPlanFoundError": "base.errors",
    "SolverUnavailableError": "base.errors",
    "AuditError": "base.errors",
    "WrongAnswerError": "base.errors",
}

__all__ = [
    "AuditError",
    "Cases",
    "CasesSolution",
    "Collaboration",
    "Comparison",
    "Conflict",
    "Counts",
    "Finding",
    "FrontFound",
    "Greenfield",
    "HubspokeError",
    "InfeasibleError",
    "InputError",
    "Measure",
    "Network",
    "NoPlanFoundError",
    "ObjectiveName",
    "Plan",
    "PlantPaths",
    "PolicyName",
    "Problem",
    "RobustPlan",
    "Settings",
    "Solution",
    "SolverName",
    "SolverUnavailableError",
    "Stage",
    "Status",
    "Steps",
    "StopSignal",
    "StudyAnswers",
    "SweepAnswers",
    "UsageError",
    "WrongAnswerError",
    "YearsPlan",
    "build_model",
    "check_bound",
    "check_leaves",
    "check_tree",
    "collaborate",
    "compare",
    "conflict",
    "explain",
    "front",
    "generate_problem",
    "greenfield",
    "load",
    "market",
    "optimize",
    "optimize_cases",
    "read",
    "regret",
    "revalue",
    "robust",
    "solve",
    "study",
    "sweep",
    "use_threads",
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
