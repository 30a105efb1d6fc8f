"""Grades of black mass that none of the refineries takes which may be open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.lanes.destinations import admissible_grades
from hubspoke.planning.infeasible.echelons import begin_with, list_names, refinery_echelon
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network
    from hubspoke.settings.rules import Rules

LEAST_T = 1e-6
"""Tonnes of a grade below which there is none."""


def explain_grades(network: Network, problem: Problem, rules: Rules) -> Iterator[str]:
    """Name the grades that hubs make whatever is chosen, and that no refinery may take.

    Parameters
    ----------
    network : Network
    problem : Problem
    rules : Rules

    Yields
    ------
    str
        A sentence for each region and grade, or for each grade where black mass may leave its region.
    """
    echelon = refinery_echelon(network, problem, rules, 1.0)
    closed = problem.refinery_state < 0
    takes = admissible_grades(network.refineries, network.settings)
    places = list(enumerate(network.regions)) if echelon.must_stay_home else [(-1, "")]
    for at, region in places:
        sites, hubs, refineries = (
            np.ones(len(table), np.bool_) if at < 0 else (table["region"] == region).to_numpy(bool)
            for table in (network.sites, network.hubs, network.refineries)
        )
        hubs = hubs & (problem.hub_state >= 0)
        may = refineries & (problem.refinery_state >= 0)
        forced = refineries & (problem.refinery_state > 0) & ~network.furnaces
        if not hubs.any() or not may.any():
            continue
        most = int(echelon.counts.most_in_total if at < 0 else echelon.counts.most[at])
        full = forced.any() and forced.sum() >= most  # the ones that must be open leave room for no other
        left = (forced | (may & network.furnaces)) if full else may
        made = problem.supply[sites].sum(axis=0) @ problem.yields[hubs].min(axis=0)
        for grade in np.flatnonzero((made > LEAST_T) & ~takes[left].any(axis=0)).tolist():
            others = refineries & takes[:, grade]
            told = _tell(network, made[grade], grade, left=left, others=others, closed=closed, most=most)
            yield f"{begin_with(region)}{told}"


def _tell(
    network: Network,
    tonnes: float,
    grade: int,
    *,
    left: NDArray[np.bool_],
    others: NDArray[np.bool_],
    closed: NDArray[np.bool_],
    most: int,
) -> str:
    """Return the reason of one grade: who must take it and does not, and who would."""
    ids = network.refineries["id"].to_numpy(object)
    goods = in_commodity_words("black mass", network.settings, "en")
    name = tuple(network.settings.grades)[grade]
    if not others.any():
        cure = f"add {name} to grades of one of them"
    elif closed[others].all():
        cure = f"reopen one that takes it (--open {ids[others][0]})"
    else:
        cure = (
            f"open one that takes it (--open {ids[others & ~closed][0]}) in place of another, or allow more (--set "
            f"policy.refineries_per_region=[1,{most + 1}])"
        )
    return (
        f"{tonnes:,.0f} t/yr of {goods} of the grade {name}, which none of the refineries takes that may be open "
        f"({list_names(ids[left])}): see grades in refineries.csv; {cure}"
    )
