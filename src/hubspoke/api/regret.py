"""What it costs over several years to act early, late, or year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.planning.request import Request
from hubspoke.planning.years.regret import compare_strategies

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from hubspoke.api.names import PolicyName
    from hubspoke.inputs.network import Network


def regret(
    network: Network,
    *,
    years: Sequence[int],
    policy: PolicyName | None = None,
    regions: Sequence[str] = (),
    gap: float | None = None,
    time_limit: float | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Plan several years together, and price each year alone, the last year's network at once, and waiting.

    Parameters
    ----------
    network : Network
    years : sequence of int
        Two planned years or more, ascending; each stands for the years up to the next.
    policy : {"regional", "shared-refinery", "open"}, optional
        The rules; those of the settings when left out.
    regions : sequence of str
        Plan these regions only; all of them when empty.
    gap : float, optional
        Relative gap to prove of each plan.
    time_limit : float, optional
        Seconds for each plan.
    seed : int
        Seed of the search.

    Returns
    -------
    DataFrame
        One row for each strategy; see `compare_strategies` for the columns. Amounts are yen, present value of the
        first year.

    Raises
    ------
    UsageError
        Fewer than two years, or another objective than least cost.
    InfeasibleError
        There is no plan for all years.
    """
    request = Request(policy=policy, regions=regions, gap=gap, time_limit=time_limit, seed=seed)
    return compare_strategies(network, request, years)
