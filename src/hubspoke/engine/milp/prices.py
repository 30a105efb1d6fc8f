"""The objective of a model term by term: who pays what for which variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pulp

    from hubspoke.engine.milp.handles import Handles
    from hubspoke.engine.problem.problem import Problem


def price_terms(problem: Problem, handles: Handles) -> list[tuple[str, int, pulp.LpVariable, float]]:
    """Return the terms of the objective: the kind and the number of what pays, a variable, and its cost.

    Parameters
    ----------
    problem : Problem
    handles : Handles

    Returns
    -------
    list of (`hub`, `refinery` or `site`, int, variable, float)
    """
    collection, transfer = problem.collection_cost.tolist(), problem.transfer_cost.tolist()
    hub_fixed, refinery_fixed = problem.hubs.fixed.tolist(), problem.refineries.fixed.tolist()
    skip, saving = problem.skip_cost.tolist(), problem.shared_saving.tolist()
    hub_rate, refinery_rate = problem.hubs.variable.tolist(), problem.refineries.variable.tolist()
    terms: list[tuple[str, int, pulp.LpVariable, float]] = []
    terms += [("hub", h, x, collection[i][h]) for (i, h), x in handles.assign.items()]
    terms += [("hub", h, y, hub_fixed[h][k]) for (h, k), y in handles.hub_size.items()]
    terms += [("hub", h, f, transfer[h][r][b]) for (h, r, b), f in handles.flow.items()]
    terms += [("refinery", r, w, refinery_fixed[r][k]) for (r, k), w in handles.refinery_size.items()]
    terms += [("site", i, u, skip[i]) for (i,), u in handles.skip.items()]
    terms += [("hub", h, z, -saving[h][k]) for (h, k), z in handles.shared.items()]
    terms += [("hub", h, q, hub_rate[h][k]) for (h, k), q in handles.hub_load.items()]
    terms += [("refinery", r, q, refinery_rate[r][k]) for (r, k), q in handles.refinery_load.items()]
    return terms
