"""The library's main verb: solve a network."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.audit.audit import audit_plan
from hubspoke.base.errors import InfeasibleError, NoPlanFoundError, UsageError
from hubspoke.base.status import Status
from hubspoke.costs.costs import build_costs
from hubspoke.costs.furnaces import check_worth
from hubspoke.engine.optimize import optimize
from hubspoke.engine.solution.alternatives import find_alternatives
from hubspoke.lanes.lanes import build_lanes
from hubspoke.plan.plan import Plan
from hubspoke.planning.formulation.formulate import build_problem, transfer_costs
from hubspoke.planning.formulation.objective import told_value, weigh
from hubspoke.planning.formulation.overseas import choose_ports
from hubspoke.planning.infeasible.explain import explain_infeasible, explain_overseas, find_shortages
from hubspoke.planning.tables.tabulate import tabulate, tabulate_alternatives
from hubspoke.settings.rules import objective_names, policy_names, resolve_policy
from hubspoke.words.commodity import say
from hubspoke.words.names import nearest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network
    from hubspoke.settings.rules import Rules
    from hubspoke.settings.settings import Policy


def solve(
    network: Network,
    *,
    policy: str | None = None,
    objective: str | None = None,
    year: int | None = None,
    regions: Sequence[str] = (),
    opened: Collection[str] = (),
    closed: Collection[str] = (),
    gap: float | None = None,
    time_limit: float | None = None,
    solver: str = "auto",
    seed: int = 0,
    write_mps: str | Path | None = None,
) -> Plan:
    """Plan a network at least cost, most profit or least CO2.

    Parameters
    ----------
    network : Network
    policy : {"regional", "shared-refinery", "open"}, optional
        The rules; those of the settings when left out.
    objective : {"cost", "profit", "co2"}, optional
        What is made least, or most; that of the settings when left out.
    year : int, optional
        Year whose supply is planned; that of the settings when left out.
    regions : sequence of str
        Plan these regions only.
    opened, closed : ids of plants that must be open, or may not be.
    gap : float, optional
        Relative gap to prove; by policy when left out (regional 1e-6, shared-refinery 1e-4, open 1e-3; 0.01 where
        sites may be left out).
    time_limit : float, optional
        Seconds; the best plan found by then is returned with a valid bound.
    solver : str
        `auto`, or a MILP solver that gets the full model (`highs`, `cbc`, ...).
    seed : int
    write_mps : path, optional
        File for the full strong model, in MPS format, before it is solved.

    Returns
    -------
    Plan
        Audited; `plan.status` says whether the gap was reached.

    Raises
    ------
    UsageError
        Unknown policy, objective, year, region or plant.
    InfeasibleError
        No plan exists; the message says why.
    NoPlanFoundError
        The time limit came before any plan.
    """
    start = time.perf_counter()
    chosen = _choose_policy(network.settings.policy, policy, objective)
    year = network.settings.horizon.year if year is None else year
    _check_call(network, year, regions, opened, closed, gap=gap, time_limit=time_limit)
    part = network.only(tuple(regions)) if regions else network
    rules = resolve_policy(chosen)
    _check_abroad(part, rules)
    _check_furnaces(part, rules, year, opened)
    lanes = build_lanes(part, year)
    after_lanes = time.perf_counter()
    costs = build_costs(part, lanes, year)
    problem = build_problem(part, lanes, costs, rules, opened=opened, closed=closed)
    after_costs = time.perf_counter()
    if write_mps is not None:
        _write_mps(problem, Path(write_mps))
    domestic = build_problem(part, lanes, costs, rules, opened=opened, closed=closed, abroad=False)
    if shortages := find_shortages(part, domestic, rules, lanes=lanes):
        raise InfeasibleError("\n".join(shortages))
    before_solve = time.perf_counter()
    target = rules.default_gap if gap is None else gap
    solution = optimize(problem, gap=target, time_limit=time_limit, solver=solver, seed=seed)
    after_solve = time.perf_counter()
    if solution.status is Status.INFEASIBLE:
        if len(part.overseas) and optimize(domestic, gap=1.0).has_plan:
            raise InfeasibleError(explain_overseas(part))
        raise InfeasibleError(explain_infeasible(part, domestic, rules, lanes=lanes))
    if not solution.has_plan:
        raise NoPlanFoundError("the time limit came before any plan was found; allow more time or a wider gap")
    no_hub, no_refinery = problem.hub_state < 0, problem.refinery_state < 0
    stakes = weigh(costs, rules)
    onward = transfer_costs(part, lanes, rules, stakes.transfer)[len(part.hubs) :]
    ports = choose_ports(costs.overseas, stakes.landing, onward)
    tables = tabulate(part, lanes, costs, rules, solution, closed=no_hub, shut=no_refinery, ports=ports)
    everywhere = np.full(problem.collection_cost.shape, np.inf)
    everywhere[: len(part.sites), : len(part.hubs)] = costs.collection_jpy_per_yr()
    others = find_alternatives(problem, solution, everywhere)
    tables |= tabulate_alternatives(tables, part, solution, others if rules.knows_alternatives else others.unknown())
    seconds = {"lanes": after_lanes - start, "costs": after_costs - after_lanes, "solve": after_solve - before_solve}
    plan = Plan(
        title=network.settings.title,
        year=year,
        policy=rules.name,
        status=solution.status,
        objective=rules.objective,
        objective_value=told_value(solution.objective, costs, rules),
        bound_value=told_value(solution.bound, costs, rules),
        gap=solution.gap,
        options={
            "sourcing": "single" if rules.single_sourcing else "split",
            "gap": target,
            "regions": list(regions),
            "open": sorted(opened),
            "close": sorted(closed),
            "solver": solver,
            "seed": seed,
        },
        hubs=tables["hubs"],
        refineries=tables["refineries"],
        assignments=tables["assignments"],
        imports=tables["imports"],
        flows=tables["flows"],
        costs=tables["costs"],
        regions=tables["regions"],
        settings=network.settings.model_copy(update={"policy": chosen}),
        outlines=network.outlines,
        hashes=network.hashes,
        run={},
    )
    after_tables = time.perf_counter()
    audit_plan(plan, part, costs=costs)
    seconds |= {"tables": after_tables - after_solve, "audit": time.perf_counter() - after_tables}
    return replace(plan, run={"seconds": seconds})


def _choose_policy(policy: Policy, name: str | None, objective: str | None) -> Policy:
    if name is not None and name not in policy_names():
        raise UsageError(f"unknown policy {name!r}; choose one of {', '.join(policy_names())}")
    if objective is not None and objective not in objective_names():
        raise UsageError(f"unknown objective {objective!r}; choose one of {', '.join(objective_names())}")
    if objective == "co2" and policy.shortfall_jpy_per_t is not None:
        raise UsageError("policy.shortfall_jpy_per_t is set: yen cannot be weighed against kg of CO2; leave it out")
    return policy.model_copy(update={"name": name or policy.name, "objective": objective or policy.objective})


def _check_abroad(network: Network, rules: Rules) -> None:
    if len(network.overseas) and rules.may_leave_out:
        cure = "set sources.overseas=false, or plan at least cost or CO2 without policy.shortfall_jpy_per_t"
        why = "black mass from abroad must be taken, so it is planned with every site served only"
        raise UsageError(f"{say(why, network.settings, 'en')}; {cure}")


def _check_furnaces(network: Network, rules: Rules, year: int, opened: Collection[str]) -> None:
    furnaces = network.refineries.loc[network.furnaces, "id"]
    if forced := sorted(set(opened) & set(furnaces)):
        raise UsageError(f"{', '.join(forced)}: an electric furnace stands anyway and takes what pays; do not open it")
    if rules.objective == "profit" and len(furnaces):
        check_worth(network, year)


def _check_call(
    network: Network,
    year: int,
    regions: Sequence[str],
    opened: Collection[str],
    closed: Collection[str],
    *,
    gap: float | None,
    time_limit: float | None,
) -> None:
    """Raise UsageError for a year, region or plant that the network does not have, and for limits out of range."""
    if year not in network.settings.horizon.years:
        known = ", ".join(map(str, network.settings.horizon.years))
        raise UsageError(f"no supply is given for {year}; choose one of {known}")
    for region in regions:
        if region not in network.regions:
            raise UsageError(f"unknown region {region!r}{nearest_name(region, network.regions)}")
    plants = set(network.hubs["id"]) | set(network.refineries["id"])
    for plant in [*opened, *closed]:
        if plant not in plants:
            raise UsageError(f"unknown plant {plant!r}{nearest_name(plant, plants)}")
    if gap is not None and not gap >= 0:
        raise UsageError(f"the gap must be 0 or more, got {gap}")
    if time_limit is not None and not time_limit > 0:
        raise UsageError(f"the time limit must be above 0 seconds, got {time_limit}")
    both = sorted(set(opened) & set(closed))
    if both:
        raise UsageError(f"{', '.join(both)}: asked to be both open and closed")


def _write_mps(problem: Problem, file: Path) -> None:
    """Write the model by way of a file beside it, so that nothing half-written carries its name."""
    part = file.with_name(f".{file.name}.part")
    try:
        problem.to_pulp()[0].writeMPS(str(part))
        part.replace(file)
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}; choose another --write-mps file") from error
    finally:
        part.unlink(missing_ok=True)


__all__ = ["solve"]
