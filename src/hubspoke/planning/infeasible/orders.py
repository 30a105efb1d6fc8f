"""Orders to deliver to a plant that is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.plan.closures import closed_by
from hubspoke.planning.infeasible.echelons import LISTED, list_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pandas as pd

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network

WORDS = {
    "status": "which its table says is closed",
    "close": "which orders.close closes",
    "only": "which orders.only leaves out",
    "request": "which is asked to be closed",
}


def explain_orders(network: Network, problem: Problem) -> Iterator[str]:
    """Name the hubs that are closed and must take what some sites have, which no plan can do."""
    sending = set(network.sites["id"].to_numpy(object)[problem.mass > 0])
    yield from _explain(network, network.hubs, problem.hub_state < 0, sending)


def hint_orders(network: Network, problem: Problem) -> Iterator[str]:
    """Name the refineries that are closed and are the only ones that some hubs may deliver to."""
    sending = set(network.hubs["id"].to_numpy(object)[problem.hub_state >= 0])
    yield from _explain(network, network.refineries, problem.refinery_state < 0, sending)


def _explain(network: Network, plants: pd.DataFrame, closed: np.ndarray, sending: set[str]) -> Iterator[str]:
    orders, scenario = network.settings.orders, network.settings.scenario
    for plant, status in plants.loc[closed, ["id", "status"]].itertuples(index=False):
        bound = [start for start, end in orders.deliver.items() if end == plant and start in sending]
        if bound:
            why = WORDS[closed_by(plant, status=status, orders=orders, kind=set(plants["id"]))]
            of = f" (scenario {scenario})" if scenario else ""
            yield (
                f"{list_names(bound, LISTED)} must deliver to {plant} (orders.deliver), {why}{of}; "
                f"reopen it (--open {plant}), or let them deliver elsewhere"
            )
