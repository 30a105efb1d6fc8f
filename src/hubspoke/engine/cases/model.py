"""The full model of all cases: every case's strong model, one network of stages for each plant, and what ties sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pulp

from hubspoke.engine.cases.expanded import expand
from hubspoke.engine.cases.network import Arc, Place, echelons, plant_arcs
from hubspoke.engine.cases.plant_paths import Stage
from hubspoke.engine.milp.model import build_model
from hubspoke.engine.milp.prices import price_terms
from hubspoke.engine.milp.rows import Terms, Variables, add_count_rows, add_cover, require, sum_terms
from hubspoke.engine.milp.solve import cost_unit, scale_costs
from hubspoke.engine.problem.least_tonnes import least_tonnes
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.measure import Measure
    from hubspoke.engine.cases.network import Echelon
    from hubspoke.engine.milp.handles import Handles
    from hubspoke.engine.problem.problem import Problem


@dataclass(frozen=True, eq=False)
class CasesHandles:
    """The variables of a model of all cases.

    Attributes
    ----------
    side_by_side : Handles
        Those of the expanded problem, numbered as in `expand`.
    hub_steps, refinery_steps : list of lists of (Arc, variable)
        For each plant its arcs; 1 where taken.
    unit : float
        What a cost of 1 in the model stands for.
    """

    side_by_side: Handles
    hub_steps: list[list[tuple[Arc, pulp.LpVariable]]]
    refinery_steps: list[list[tuple[Arc, pulp.LpVariable]]]
    unit: float


def build_cases_model(cases: Cases, *, strong: bool = True) -> tuple[pulp.LpProblem, CasesHandles]:
    """State all cases as one PuLP model.

    Parameters
    ----------
    cases : Cases
    strong : bool
        As in `build_model`; cover rows are added for every case.

    Returns
    -------
    (LpProblem, CasesHandles)
    """
    problem = expand(cases)
    unit = cost_unit(problem)
    scaled = scale_costs(problem, 1 / unit)
    model, handles = build_model(scaled, strong=strong)
    price: Terms = []
    steps = []
    for echelon, sizes in zip(echelons(cases), (handles.hub_size, handles.refinery_size), strict=True):
        taken = _add_paths(model, cases, echelon, sizes)
        price += [(variable, arc.cost / unit) for plant in taken for arc, variable in plant if arc.cost]
        _limit_openings(model, echelon, taken)
        steps.append(taken)
    _limit_spending(model, cases, [pair for taken in steps for plant in taken for pair in plant], unit)
    for case in range(cases.count):
        _limit_totals(model, cases, handles, case, strong=strong)
    price += _pay_for_lacking(model, cases, handles, unit)
    if cases.sites.any:
        _cover_sites(model, cases, handles)
        price += _price_switching(model, cases, handles, unit)
    if cases.measure is not None:
        paid = _pay_by_case(cases, scaled, handles, steps, unit)
        model.setObjective(sum_terms([*price, *_add_measure(model, cases.measure, paid, unit)]))
    else:
        model.setObjective(model.objective + sum_terms(price))
    return model, CasesHandles(handles, steps[0], steps[1], unit)


def _pay_by_case(
    cases: Cases, scaled: Problem, handles: Handles, steps: list[list[list[tuple[Arc, pulp.LpVariable]]]], unit: float
) -> list[Terms]:
    """Return what each case costs: terms of the model of all, and plants that stand idle."""
    sites = np.repeat(np.arange(cases.count), [problem.n_sites for problem in cases.problems])
    plants = {"hub": cases.hubs.shape[1], "refinery": cases.refineries.shape[1]}
    paid: list[Terms] = [[] for _ in range(cases.count)]
    for kind, at, variable, cost in price_terms(scaled, handles):
        paid[int(sites[at]) if kind == "site" else at // plants[kind]].append((variable, cost))
    for arc, variable in (pair for echelon in steps for plant in echelon for pair in plant):
        if arc.idle:
            paid[arc.case].append((variable, arc.idle / unit))
    return paid


def _add_measure(model: pulp.LpProblem, measure: Measure, paid: list[Terms], unit: float) -> Terms:
    """Add the measure of what cases cost; return the terms that it is."""
    level = model.add_variable("level")
    price: Terms = [(level, 1.0)]
    for case in np.flatnonzero(measure.cap > 0).tolist():
        beyond = model.add_variable(f"beyond_{case}", 0)
        terms = [(beyond, 1.0), (level, 1.0), *((variable, -cost) for variable, cost in paid[case])]
        require(model, terms, ">=", -float(measure.baseline[case]) / unit, f"measure_{case}")
        price.append((beyond, float(measure.cap[case])))
    return price


def _add_paths(
    model: pulp.LpProblem, cases: Cases, echelon: Echelon, sizes: Variables
) -> list[list[tuple[Arc, pulp.LpVariable]]]:
    """Send one unit through the network of each plant; where it is open it has its size."""
    plants = echelon.paths.shape[1]
    found = []
    for plant in range(plants):
        start, arcs = plant_arcs(cases, echelon, plant)
        name = f"{echelon.name}_{plant}"
        taken = [(arc, model.add_variable(f"{name}_step_{e}", 0, 1, pulp.LpBinary)) for e, arc in enumerate(arcs)]
        rows: dict[tuple[int, Place], Terms] = {}
        opened: dict[tuple[int, int], Terms] = {}
        for arc, variable in taken:
            rows.setdefault((arc.case, arc.tail), []).append((variable, 1.0))
            if arc.case < cases.count - 1:
                rows.setdefault((arc.case + 1, arc.head), []).append((variable, -1.0))
            if arc.head.stage is Stage.OPEN:
                opened.setdefault((arc.case, arc.head.size), []).append((variable, 1.0))
        rows.setdefault((0, start), [])  # without a path the row cannot hold, and there is no plan
        for e, ((case, place), terms) in enumerate(rows.items()):
            require(model, terms, "==", 1.0 if case == 0 and place == start else 0.0, f"{name}_path_{e}")
        for case in range(cases.count):
            for size in range(echelon.paths.shape[2]):
                chosen = sizes.get((case * plants + plant, size))
                if chosen is not None:
                    terms = [(chosen, -1.0), *opened.get((case, size), [])]
                    require(model, terms, "==", 0.0, f"{name}_open_{case}_{size}")
        found.append(taken)
    return found


def _limit_openings(model: pulp.LpProblem, echelon: Echelon, taken: list[list[tuple[Arc, pulp.LpVariable]]]) -> None:
    """Keep the number of openings of every case within its limits."""
    for case in np.flatnonzero(echelon.paths.limits_openings).tolist():
        terms = [(variable, 1.0) for plant in taken for arc, variable in plant if arc.opens and arc.case == case]
        fewest, most = int(echelon.paths.fewest_openings[case]), int(echelon.paths.most_openings[case])
        add_count_rows(model, terms, fewest, most, f"{echelon.name}_openings_{case}")


def _limit_spending(model: pulp.LpProblem, cases: Cases, taken: list[tuple[Arc, pulp.LpVariable]], unit: float) -> None:
    """Keep what is spent within the budgets."""
    spent = [(arc.case, variable, arc.spent / unit) for arc, variable in taken if arc.spent]
    for case in np.flatnonzero(np.isfinite(cases.budget)).tolist():
        terms = [(variable, cost) for at, variable, cost in spent if at == case]
        require(model, terms, "<=", float(cases.budget[case]) / unit, f"budget_{case}")
    if np.isfinite(cases.budget_in_total):
        require(model, [(variable, cost) for _, variable, cost in spent], "<=", cases.budget_in_total / unit, "budget")


def _limit_totals(model: pulp.LpProblem, cases: Cases, handles: Handles, case: int, *, strong: bool) -> None:
    """Limit the open plants of a case in total, and open enough capacity for what must be served in it."""
    problem = cases.problems[case]
    asked = {"tonnes": float(cases.sites.least_tonnes[case]), "sites": float(cases.sites.least_sites[case])}
    mass, black_mass = least_tonnes(problem, **asked)
    for name, counts, steps, sizes, tonnes in (
        ("hub", problem.hub_counts, problem.hubs, handles.hub_size, mass),
        ("refinery", problem.refinery_counts, problem.refineries, handles.refinery_size, black_mass),
    ):
        plants = len(steps.capacity)
        here: Variables = {
            (j - case * plants, k): y for (j, k), y in sizes.items() if case * plants <= j < (case + 1) * plants
        }
        terms = [(y, 1.0) for y in here.values()]
        add_count_rows(model, terms, counts.fewest_in_total, counts.most_in_total, f"{name}_total_{case}")
        if strong and plants:
            usable = Steps(steps.capacity, np.where(steps.exists, steps.fixed, np.inf), steps.variable)
            add_cover(model, usable, here, tonnes, f"{name}_{case}")


def _pay_for_lacking(model: pulp.LpProblem, cases: Cases, handles: Handles, unit: float) -> Terms:
    """Let plants pay for tonnes that they do not take; return what that costs."""
    price: Terms = []
    collected: dict[int, Terms] = {}
    refined: dict[int, Terms] = {}
    mass = np.concatenate([problem.mass for problem in cases.problems])
    for (i, at), share in handles.assign.items():
        collected.setdefault(at, []).append((share, float(mass[i])))
    for (_, at, _), flow in handles.flow.items():
        refined.setdefault(at, []).append((flow, 1.0))
    for name, dues, sizes, taken in (
        ("hub", cases.hub_take_or_pay, handles.hub_size, collected),
        ("refinery", cases.take_or_pay, handles.refinery_size, refined),
    ):
        if dues is None:
            continue
        for (at, size), chosen in sizes.items():
            case, plant = divmod(at, dues.tonnes.shape[1])
            tonnes, rate = float(dues.tonnes[case, plant, size]), float(dues.rate[case, plant, size])
            if tonnes <= 0 or rate * cases.weights[case] <= 0:
                continue
            lacking = model.add_variable(f"{name}_lacking_{at}_{size}", 0)
            terms = [(lacking, 1.0), (chosen, -tonnes), *taken.get(at, [])]
            require(model, terms, ">=", 0.0, f"{name}_lacking_{at}_{size}")
            price.append((lacking, rate * float(cases.weights[case]) / unit))
    return price


def _cover_sites(model: pulp.LpProblem, cases: Cases, handles: Handles) -> None:
    """Collect the least that is asked for, and keep collecting what was collected."""
    rules, sites = cases.sites, cases.problems[0].n_sites
    for case, problem in enumerate(cases.problems):
        for name, least, worth in (
            ("tonnes", float(rules.least_tonnes[case]), problem.mass),
            ("sites", float(rules.least_sites[case]), np.ones(sites)),
        ):
            if least <= 0:
                continue
            may_lack = float(worth.sum()) - least
            left = [(handles.skip[case * sites + i,], float(worth[i])) for i in _skippable(handles, case, sites)]
            scale = max(float(worth.sum()), 1.0)
            terms = [(variable, value / scale) for variable, value in left if value]
            require(model, terms, "<=", may_lack / scale + ROUNDING, f"collected_{name}_{case}")
        if not rules.stays_collected or case == 0:
            continue
        for i in _skippable(handles, case, sites):
            before = handles.skip.get((case * sites - sites + i,))
            terms = [(handles.skip[case * sites + i,], 1.0)] + ([] if before is None else [(before, -1.0)])
            require(model, terms, "<=", 0.0, f"stays_{case}_{i}")


ROUNDING = 1e-12
"""Share of all tonnes, or of all sites, by which double numbers may miss the least coverage."""


def _skippable(handles: Handles, case: int, sites: int) -> list[int]:
    return [i for i in range(sites) if (case * sites + i,) in handles.skip]


def _price_switching(model: pulp.LpProblem, cases: Cases, handles: Handles, unit: float) -> Terms:
    """Let sites pay for the share that goes to another hub than in the case before."""
    price: Terms = []
    hubs, sites = cases.problems[0].n_hubs, cases.problems[0].n_sites
    came: dict[tuple[int, int], Terms] = {}
    for (i, h), x in handles.assign.items():
        case, site = divmod(i, sites)
        if case == 0 or not cases.sites.switching_cost[site]:
            continue
        before = handles.assign.get((i - sites, h - hubs))
        more = model.add_variable(f"came_{i}_{h}", 0)
        terms = [(x, 1.0), (more, -1.0)] + ([] if before is None else [(before, -1.0)])
        require(model, terms, "<=", 0.0, f"came_{i}_{h}")
        came.setdefault((case, site), []).append((more, 1.0))
    for (case, site), terms in came.items():
        cost = float(cases.sites.switching_cost[site])
        skipped = handles.skip.get((case * sites - sites + site,))
        new = [] if skipped is None else [(skipped, -1.0)]
        moved = model.add_variable(f"moved_{case}_{site}", 0, None if np.isfinite(cost) else 0.0)
        require(model, [*terms, *new, (moved, -1.0)], "<=", 0.0, f"moved_{case}_{site}")
        if np.isfinite(cost):
            price.append((moved, cost * float(cases.one_time_factor[case]) / unit))
    return price
