"""Make the plan of what the engine found: its tables, its figures, and what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.engine.closing import PlantClosing, find_closing_costs
from hubspoke.engine.solution.alternatives import Alternatives, find_alternatives
from hubspoke.inputs.contents import fingerprint_settings
from hubspoke.inputs.network import SETTINGS
from hubspoke.inputs.part import with_parts
from hubspoke.plan.distances_words import STRAIGHT
from hubspoke.plan.plan import PlanData
from hubspoke.planning.formulation.objective import reported_value
from hubspoke.planning.tables.tabulate import tabulate, tabulate_alternatives

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.costs.costs import Costs
    from hubspoke.engine.parameters import EngineParameters
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.planning.formulation.formulate import Formulation
    from hubspoke.planning.request import Request, Task


def tabulate_plan(
    task: Task,
    form: Formulation,
    solution: Solution,
    lanes: Lanes,
    costs: Costs,
    *,
    parameters: EngineParameters | None,
) -> dict[str, pd.DataFrame]:
    """Return the tables of a plan, with what other choices would cost where that is known.

    Parameters
    ----------
    task : Task
    form : Formulation
    solution : Solution
    lanes : Lanes
    costs : Costs
    parameters : EngineParameters or None
        Those of the search for what closing each plant costs; None where plants were not chosen for this year alone,
        so that closing one in it alone tells nothing.
    """
    problem, network = form.problem, task.network
    tables = tabulate(
        network,
        lanes,
        costs,
        task.rules,
        solution,
        closed=problem.hub_state < 0,
        shut=problem.refinery_state < 0,
        ports=form.ports,
    )
    others = Alternatives.unknown(len(solution.site), problem.n_hubs, problem.n_refineries)
    closing = (PlantClosing.unknown(problem.n_hubs), PlantClosing.unknown(problem.n_refineries))
    if task.rules.knows_alternatives:  # at least cost, so that the terms made least are yen
        everywhere = np.full(problem.collection_cost.shape, np.inf) if len(network.overseas) else form.terms.collection
        everywhere[: len(network.sites), : len(network.hubs)] = form.terms.collection
        others = find_alternatives(problem, solution, everywhere)
        if parameters is not None:
            closing = find_closing_costs(problem, solution, others, parameters=parameters)
    return tabulate_alternatives(tables, network, solution, others, closing)


def make_plan(
    task: Task,
    request: Request,
    *,
    solution: Solution,
    tables: Mapping[str, Any],
    costs: Costs,
    more: Mapping[str, Any] | None = None,
) -> PlanData:
    """Return a plan, not audited yet.

    Parameters
    ----------
    task : Task
    request : Request
    solution : Solution
    tables : mapping of str to DataFrame
        As `tabulate_plan` returns them.
    costs : Costs
    more : mapping, optional
        Further options of the plan.
    """
    rules, network = task.rules, task.network
    settings = network.settings.model_copy(update={"policy": task.policy})
    contents = {name: digest for name, digest in network.checked.items() if name != SETTINGS}  # nobody else holds them
    return PlanData(
        title=network.settings.title,
        year=task.year,
        policy=rules.name,
        status=solution.status,
        objective=rules.objective,
        objective_value=reported_value(solution.objective, costs, rules),
        bound_value=reported_value(solution.bound, costs, rules),
        gap=solution.gap,
        options={
            "sourcing": "single" if rules.single_sourcing else "split",
            "gap": task.gap,
            "regions": list(request.regions),
            "open": sorted(task.opened),
            "close": sorted(task.closed),
            "solver": request.solver,
            "seed": request.seed,
            **dict(more or {}),
            **({"split": {year: dict(shares) for year, shares in network.split.items()}} if network.split else {}),
            **({"distances": STRAIGHT} if network.cities.empty else {}),
        },
        **tables,
        settings=settings,
        outlines=network.outlines,
        hashes=network.provenance,
        contents=contents,
        network=with_parts(network, settings=settings, checked={**contents, SETTINGS: fingerprint_settings(settings)}),
    )
