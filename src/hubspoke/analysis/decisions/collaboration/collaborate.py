"""Find what members gain by planning together, and divide it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.collaboration.coalitions import check_forced, plan_coalitions, state_task
from hubspoke.analysis.decisions.collaboration.divisions import divide_cost
from hubspoke.analysis.decisions.collaboration.members import NOBODY, REGION, read_members
from hubspoke.analysis.decisions.collaboration.nucleolus import find_least_core
from hubspoke.analysis.decisions.collaboration.tables import tabulate_coalitions, tabulate_members
from hubspoke.base.stop import Stop
from hubspoke.planning.request import name_by_ids, read_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from hubspoke.analysis.decisions.collaboration.divisions import Division
    from hubspoke.inputs.network import Network
    from hubspoke.planning.request import Request
    from hubspoke.settings.settings import Settings


@dataclass(frozen=True, eq=False)
class Collaboration:
    """What members gain by planning together; amounts per year.

    Attributes
    ----------
    by : {"operator", "region"}
        Column that says who is who.
    members : DataFrame
        One row for each: `member`, `name`, `name_ja`, `mass_t`, `alone_jpy` (infinite where it has no plan alone), and
        what it pays by each method, `shapley_jpy` and so on (NaN where the method has no answer).
    coalitions : DataFrame
        One row for each: `members`, `size`, `mass_t`, `outcome` (`plan`, `infeasible`, `no packs`), `cost_jpy`,
        `bound_jpy`, `separately_jpy` (its members alone), `gain_jpy`, `hubs`, `refineries` (that are open).
    plants : dict of str to DataFrame
        `hubs` and `refineries` that are open when all work together: `id`, `name`, `name_ja`.
    no_operators : bool
        Whether regions take part because no site names an operator.
    divisions : tuple of Division
    least_core_jpy : float
        The most by which every coalition can be made to gain by staying; below 0 no division keeps all in.
    left_out_t : float
        Packs of sites that are no member's.
    gap : float
        Relative gap to which every coalition was proven.
    year : int
    policy : str
    settings : Settings
    """

    by: str
    members: pd.DataFrame
    coalitions: pd.DataFrame
    plants: dict[str, pd.DataFrame]
    no_operators: bool
    divisions: tuple[Division, ...]
    least_core_jpy: float
    left_out_t: float
    gap: float
    year: int
    policy: str
    settings: Settings

    @property
    def together_jpy(self) -> float:
        """What all cost together."""
        return float(self.coalitions["cost_jpy"].iloc[-1])

    @property
    def gain_jpy(self) -> float:
        """What all together cost less than each alone; NaN where one has no plan alone."""
        return float(self.coalitions["gain_jpy"].iloc[-1])


def find_collaboration(
    network: Network, request: Request, *, by: str | None = None, members: Sequence[str] = ()
) -> Collaboration:
    """Plan every coalition of members by itself, and divide the cost of all.

    Parameters
    ----------
    network : Network
    request : Request
    by : {"operator", "region"}, optional
    members : sequence of str

    Raises
    ------
    UsageError, InputError
        What is asked makes no sense.
    InfeasibleError
        All together have no plan.
    NoPlanFoundError
        Time was up before every coalition was planned.
    """
    task = read_task(network, name_by_ids(network, request))
    who = read_members(task.network, by, members)
    year = state_task(task, request)
    check_forced(year, who)
    stop = (Stop() if request.stop is None else request.stop).within(request.time_limit)
    coalitions = plan_coalitions(year, who, task.gap, stop)
    mass = year.problem.mass
    own = np.array([mass[who.sites == member].sum() for member in range(len(who.names))])
    divisions = divide_cost(coalitions.game, own)
    return Collaboration(
        by=who.by,
        members=tabulate_members(task.network, who, coalitions.game, own, divisions),
        coalitions=tabulate_coalitions(task.network, who, coalitions, own),
        plants={
            name: table.iloc[rows[-1]][["id", "name", "name_ja"]].reset_index(drop=True)
            for name, table, rows in (
                ("hubs", task.network.hubs, coalitions.hubs),
                ("refineries", task.network.refineries, coalitions.refineries),
            )
        },
        no_operators=by is None and who.by == REGION,
        divisions=divisions,
        least_core_jpy=find_least_core(coalitions.game),
        left_out_t=float(mass[who.sites == NOBODY].sum()),
        gap=task.gap,
        year=task.year,
        policy=task.rules.name,
        settings=task.network.settings,
    )
