"""Which rules are in conflict where there is no plan: the library's verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError
from hubspoke.costs.costs import build_costs
from hubspoke.planning.infeasible.conflict import SECONDS, Conflict, find_conflicts
from hubspoke.planning.request import Request, name_by_ids, read_task, refuse_content

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hubspoke.api.names import PolicyName
    from hubspoke.inputs.network import Network


def conflict(
    network: Network,
    *,
    policy: PolicyName | None = None,
    year: int | None = None,
    regions: Sequence[str] = (),
    opened: Collection[str] = (),
    closed: Collection[str] = (),
    seconds: float = SECONDS,
    rows: bool = False,
) -> list[Conflict]:
    """Find a smallest set of rules that no plan obeys together, and what cures it.

    Parameters
    ----------
    network : Network
    policy, year, regions, opened, closed
        As in `solve`.
    seconds : float
        Time limit of each proof.
    rows : bool
        Whether sites, plants and limits are named that the first conflict is about; needs SCIP (`hubspoke[scip]`).

    Returns
    -------
    list of Conflict
        One behind the other, where the first has no cure of a single rule; none where there is a plan.

    Raises
    ------
    UsageError, InputError
        What is asked makes no sense, or sites may be left out, so that their tonnes contradict no rule.
    """
    request = Request(policy=policy, objective="cost", year=year, regions=regions, opened=opened, closed=closed)
    task = read_task(network, name_by_ids(network, request))
    refuse_content(task.rules)
    if task.rules.may_leave_out:
        raise UsageError("sites may be left out (policy.shortfall_jpy_per_t), so that their tonnes contradict no rule")
    lanes = request.lanes(task.network, task.year)
    costs = build_costs(task.network, lanes, task.year)
    return find_conflicts(task, lanes, costs, seconds=seconds, rows=rows)
