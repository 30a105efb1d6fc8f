"""Nodes of the tree over openings, and what they are divided into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.uncapacitated.bound import CLOSED, OPEN

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.uncapacitated.bound import Network, Relaxed


@dataclass(eq=False)
class Node:
    """A part of all plans.

    `network` has the lanes that matter in it and how many hubs may be open, `state` what is decided of each hub, `base`
    what sites cost at most, `price` prices to start from.
    """

    network: Network
    state: Ints
    base: Floats
    price: Floats
    bound: float
    depth: int


@dataclass(frozen=True, eq=False)
class Ascended:
    """A bound of a node, the relaxed answer at its prices, and how often each hub was chosen on the way."""

    bound: float
    relaxed: Relaxed
    average: Floats


def divide_by_hub(node: Node, hub: int, hub_lanes: tuple[Ints, Ints, Floats]) -> tuple[Node, Node]:
    """Return the parts of a node in which a hub is open, and closed.

    Parameters
    ----------
    node : Node
    hub : int
        Undecided.
    hub_lanes : tuple
        As `by_hub` returns them.
    """
    opened, closed = (
        replace(node, state=node.state.copy(), price=node.price.copy(), depth=node.depth + 1) for _ in range(2)
    )
    opened.state[hub], closed.state[hub] = OPEN, CLOSED
    begin, site, cost = hub_lanes
    lanes = slice(begin[hub], begin[hub + 1])
    opened.base = node.base.copy()
    opened.base[site[lanes]] = np.minimum(opened.base[site[lanes]], cost[lanes])
    return opened, closed


def divide_by_number(node: Node, number: int) -> tuple[Node, Node]:
    """Return the parts of a node in which at most so many hubs are open, and more than so many.

    Parameters
    ----------
    node : Node
    number : int
    """
    few = node.network._replace(most=min(node.network.most, number))
    many = node.network._replace(fewest=max(node.network.fewest, number + 1))
    few_open, many_open = (
        replace(node, network=network, state=node.state.copy(), price=node.price.copy(), depth=node.depth + 1)
        for network in (few, many)
    )
    return few_open, many_open
