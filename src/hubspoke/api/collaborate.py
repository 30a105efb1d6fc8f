"""What companies or regions gain by working together: the library's verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.decisions.collaboration.collaborate import Collaboration, find_collaboration
from hubspoke.planning.request import Request

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hubspoke.api.names import PolicyName
    from hubspoke.base.stop import Stop
    from hubspoke.inputs.network import Network


def collaborate(
    network: Network,
    *,
    by: str | None = None,
    members: Sequence[str] = (),
    policy: PolicyName | None = None,
    year: int | None = None,
    regions: Sequence[str] = (),
    closed: Collection[str] = (),
    gap: float | None = None,
    time_limit: float | None = None,
    stop: Stop | None = None,
) -> Collaboration:
    """Plan every coalition of companies, or regions, by itself, and divide the cost of all among them.

    Parameters
    ----------
    network : Network
    by : {"operator", "region"}, optional
        Column of sites and plants that says whose they are; `operator` where sites name any, when left out.
    members : sequence of str
        Who takes part; all operators, or regions, that have sites when empty.
    policy, year, regions, closed, time_limit, stop
        As in `solve`; the time limit holds for all coalitions together.
    gap : float, optional
        Relative gap to which every coalition is proven; as in `solve` when left out.

    Returns
    -------
    Collaboration
        What each pays alone and by Shapley's value, the nucleolus, the equal profit method, and in proportion to cost
        alone and to tonnes; and which coalition would leave.

    Raises
    ------
    UsageError, InputError
        What is asked makes no sense.
    InfeasibleError
        All together have no plan.
    NoPlanFoundError
        The time limit came before every coalition was planned.
    """
    request = Request(
        policy=policy,
        year=year,
        regions=regions,
        closed=closed,
        gap=gap,
        time_limit=time_limit,
        stop=stop,
        rated=False,
    )
    if isinstance(members, str):
        members = (members,)
    return find_collaboration(network, request, by=by, members=members)
