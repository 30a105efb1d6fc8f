"""From an answered choice of plants to a plan: whole sites where they must be, fitting flows, exact cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.choice import chosen_sizes
from hubspoke.engine.single_source.rounding import THOROUGH, round_sites
from hubspoke.engine.solution.construct import construct_solution, fit_refineries

if TYPE_CHECKING:
    from hubspoke.engine.benders.cuts import CutGenerator
    from hubspoke.engine.benders.evaluation import Evaluation
    from hubspoke.engine.single_source.rounding import RoundingEffort
    from hubspoke.engine.solution.solution import Solution

NOTHING = 1e-7
"""Share of a site that may be left without a hub: rounding."""

SHARE = 1e-9
"""Least share of a site that a hub is sent."""


def serves_all(cutter: CutGenerator, point: Evaluation) -> bool:
    """Return whether a point leaves out no site that must be served.

    Parameters
    ----------
    cutter : CutGenerator
    point : Evaluation
    """
    must = ~np.isfinite(cutter.problem.skip_cost)
    return not (point.assigned.left_out[must] > NOTHING).any()


def complete(cutter: CutGenerator, point: Evaluation, care: RoundingEffort = THOROUGH) -> Solution | None:
    """Complete a choice into a plan, with no bound; None where its sites or their black mass do not fit.

    Parameters
    ----------
    cutter : CutGenerator
    point : Evaluation
        Answered site by site.
    effort : RoundingEffort
        Of whole sites.
    """
    problem, sinks, assigned = cutter.problem, point.sinks, point.assigned
    if not serves_all(cutter, point):
        return None
    if problem.single_sourcing:
        lanes = cutter.assignment.lane_cost(point.worth, sinks.hub)
        hub = round_sites(cutter.assignment, sinks, lanes, assigned, care)
        if hub is None:
            return None
        site = np.flatnonzero(hub >= 0)
        part, to = np.ones(len(site)), hub[site]
    else:
        site, sink = np.nonzero(assigned.share > SHARE)
        part, to = assigned.share[site, sink], sinks.hub[sink]
        kept = np.bincount(site, part, problem.n_sites)
        part = np.where(assigned.left_out[site] > NOTHING, part, part / kept[site])
    size, refinery_size = chosen_sizes(point.hub), chosen_sizes(point.refinery)
    fits = fit_refineries(problem, site, to, part, refinery_size, point.worth)
    return construct_solution(problem, site[fits], to[fits], part[fits], size, refinery_size, bound=-np.inf, gap=0.0)
