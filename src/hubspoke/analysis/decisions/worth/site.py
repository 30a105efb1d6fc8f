"""What a tonne more at a site costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.worth.state import read_standing, solve_again
from hubspoke.costs.costs import build_costs
from hubspoke.lanes.lanes import build_lanes
from hubspoke.planning.formulation.formulate import formulate

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.worth.state import Difference
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData

TONNES = 1.0
"""Tonnes per year by which a site is raised."""


@dataclass(frozen=True, eq=False)
class TonneCost:
    """What more tonnes at a site cost.

    Attributes
    ----------
    step_t : float
        Tonnes per year that it sends more, of its own mix of classes.
    difference : Difference
        What the best plan costs more then.
    """

    step_t: float
    difference: Difference


def price_tonne(plan: PlanData, network: Network, site_id: str, *, seconds: float) -> TonneCost | None:
    """Plan with a tonne more at a site; None where it sends nothing, so that it has no mix of classes.

    Parameters
    ----------
    plan : PlanData
    network : Network
        That was planned.
    site_id : str
    seconds : float
        Time limit of each plan.
    """
    region = str(network.sites.loc[network.sites["id"] == site_id, "region"].iloc[0])
    standing = read_standing(plan, network, region, seconds=seconds)
    year = standing.year
    sites = year.task.network.sites
    at = int(np.flatnonzero(sites["id"] == site_id)[0])
    mass = float(year.problem.mass[at])
    if mass <= 0:
        return None
    grown = sites.copy()
    columns = [name for name in grown if str(name).endswith(f"_{year.task.year}_t")]
    grown.loc[grown.index[at], columns] = grown.loc[grown.index[at], columns].astype(float) * (1 + TONNES / mass)
    network = year.task.network.replace(sites=grown)
    lanes = build_lanes(network, year.task.year)
    costs = build_costs(network, lanes, year.task.year)
    task = year.task
    form = formulate(network, lanes, costs, task.rules, opened=task.opened, closed=task.closed)
    return TonneCost(TONNES, standing.weigh(solve_again(form.problem, seconds)))
