"""The transportation problem with few sinks, by successive shortest augmenting paths: sites to open hubs, exactly.

As R. K. Ahuja, T. L. Magnanti and J. B. Orlin describe it (Network Flows, 1993, chapter 9), on a graph of hubs alone.

Tonnes move from crowded hubs to hubs with room along paths of hubs: the edge from hub j to hub k costs, per tonne, what
the best-suited site of j loses by going to k. With many sites and few hubs this is far quicker than a general solver.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hubspoke.base.compiled import njit

SLACK = 1e-9
"""Share of a capacity that counts as nothing."""

FULL = 1e-9
"""Share of a site that counts as nothing."""

NEAR = 16
"""Sites remembered for every pair of hubs; all members are looked through again when none of them is left."""


@njit(cache=True, nogil=True)
def transport(cost: Any, mass: Any, capacity: Any, most: Any, price: Any, share: Any, limit: Any) -> Any:
    """Find the cheapest shares of every site at every hub.

    Parameters
    ----------
    cost : (S, n)
        Cost of the whole site at each hub; infinite where there is no lane. Every mass is above 0.
    mass : (S,)
    capacity : (n,)
    most : (n,)
        Largest share that any one site may have at a hub: 1, or less where the hub is open in part.
    price : (n,)
        Guess of what a tonne of room is worth at each hub; written: the dual price.
    share : (S, n)
        Written.
    limit : int
        Most shifts of tonnes.

    Returns
    -------
    float
        Total cost; infinite when not everything fits, the guess leads nowhere or the limit was reached.
    """
    sites, hubs = cost.shape
    member = np.empty((hubs, sites), np.int64)
    spot = np.empty((sites, hubs), np.int64)
    count, load = np.zeros(hubs, np.int64), np.zeros(hubs)
    if not send_by_price(cost, mass, most, price, share, member, spot, count, load):
        return np.inf
    # The start is optimal for its own loads: every site at its cheapest hub under the guessed prices. What is left to
    # do
    # is to move excess tonnes, always along shortest paths, which keeps it optimal (successive shortest paths).
    ground = hubs  # the node that takes what hubs take in
    edge, through = np.full((hubs + 1, hubs + 1), np.inf), np.full((hubs + 1, hubs + 1), -1, np.int64)
    asks, movers = np.empty((hubs, hubs, NEAR)), np.empty((hubs, hubs, NEAR), np.int64)
    held, reach = np.zeros((hubs, hubs), np.int64), np.full((hubs, hubs), -np.inf)
    taken, excess = np.empty(hubs), np.empty(hubs + 1)
    for j in range(hubs):
        find_edges(j, cost, mass, most, share, member, spot, count, asks, movers, held, reach, edge, through)
        taken[j] = capacity[j] if price[j] > 0.0 else min(load[j], capacity[j])
    distance, following = np.empty(hubs + 1), np.empty(hubs + 1, np.int64)
    # Potentials are the dual prices. Under them no edge that can still carry tonnes has a reduced cost below zero:
    # the
    # invariant of the loop, on which Dijkstra and the optimality of the end rest.
    potential = np.zeros(hubs + 1)
    potential[:ground] = price
    stale = np.empty(hubs, np.bool_)
    step, done = 0, False
    while step < limit:
        step += 1
        source = balance(load, capacity, taken, excess)
        if source < 0:
            done = True
            break
        # Only the nodes nearer than the source are settled; farther ones rise by the same amount, so that reduced
        # costs
        # stay at zero or above (the usual potential update, cut off at the source).
        open_ground(capacity, taken, edge)
        find_paths(source, excess, edge, potential, distance, following)
        if not np.isfinite(distance[source]):
            return np.inf
        for j in range(hubs + 1):
            potential[j] += min(distance[j], distance[source])
        # The path carries as much as the excess at its start, the lack at its end, and every edge allow.
        j = source
        while following[j] >= 0:
            j = following[j]
        tonnes = min(excess[source], -excess[j])
        j = source
        while following[j] >= 0:
            k = following[j]
            if k == ground:
                tonnes = min(tonnes, capacity[j] - taken[j])
            elif j == ground:
                tonnes = min(tonnes, taken[k])
            else:
                i = through[j, k]
                # An edge between hubs is one site: it carries that site's tonnes at j, and no more than its share at
                # k may grow.
                tonnes = min(tonnes, share[i, j] * mass[i], (most[k] - share[i, k]) * mass[i])
            j = k
        # Shift the tonnes edge by edge; a hub whose members changed gets its edges anew afterwards.
        stale[:] = False
        j = source
        while following[j] >= 0:
            k = following[j]
            if k == ground:
                taken[j] += tonnes
            elif j == ground:
                taken[k] -= tonnes
            else:
                i = through[j, k]
                shift(i, j, k, tonnes, mass, share, member, spot, count)
                for other in range(hubs):  # the site may now move on from k, and back to j from wherever it is
                    if other != k and share[i, other] < most[other] - FULL:
                        offer(i, k, other, (cost[i, other] - cost[i, k]) / mass[i], asks, movers, held, reach)
                    if other != j and spot[i, other] >= 0:
                        offer(i, other, j, (cost[i, j] - cost[i, other]) / mass[i], asks, movers, held, reach)
                load[j] -= tonnes
                load[k] += tonnes
                stale[j] = True
                for other in range(hubs):
                    if spot[i, other] >= 0:
                        stale[other] = True
            j = k
        for j in range(hubs):
            if stale[j]:
                find_edges(j, cost, mass, most, share, member, spot, count, asks, movers, held, reach, edge, through)
    # Read the duals off one last run of shortest paths, from the ground, which takes only what truly arrives.
    if not done:
        return np.inf
    excess[:] = 0.0
    excess[ground] = -1.0
    taken[:] = np.minimum(taken, load)
    open_ground(capacity, taken, edge)
    edge[ground] = np.inf
    find_paths(-1, excess, edge, potential, distance, following)
    total = 0.0
    for j in range(hubs):
        room = distance[j] + potential[j] - potential[ground]
        price[j] = max(room, 0.0) if np.isfinite(room) else 0.0
        for q in range(count[j]):
            total += share[member[j, q], j] * cost[member[j, q], j]
    return total


@njit(cache=True, nogil=True)
def balance(load: Any, capacity: Any, taken: Any, excess: Any) -> Any:
    """Write what every hub, and last the ground, has too much of; return the node with the most, or -1.

    A hub has too much what arrives there beyond what it takes; the ground, which must get everything, the reverse.
    """
    hubs = len(load)
    source, most, ground, grain = -1, 0.0, 0.0, 0.0
    for j in range(hubs):
        excess[j] = load[j] - taken[j]
        # An excess below rounding would be carried around for ever, a gram a step.
        if abs(excess[j]) <= SLACK * capacity[j]:
            excess[j] = 0.0
        ground -= excess[j]
        grain += SLACK * min(capacity[j], load[j])
        if excess[j] > most:
            source, most = j, excess[j]
    excess[hubs] = ground if abs(ground) > grain else 0.0
    if source < 0 and excess[hubs] > 0.0:
        source = hubs
    return source


@njit(cache=True, nogil=True)
def open_ground(capacity: Any, taken: Any, edge: Any) -> None:
    """Join the ground: a hub that could take more leads to it, a hub that takes something can be relieved from it."""
    ground = len(taken)
    for j in range(ground):
        edge[j, ground] = 0.0 if capacity[j] - taken[j] > SLACK * capacity[j] else np.inf
        edge[ground, j] = 0.0 if taken[j] > SLACK * capacity[j] else np.inf


@njit(cache=True, nogil=True)
def send_by_price(
    cost: Any, mass: Any, most: Any, price: Any, share: Any, member: Any, spot: Any, count: Any, load: Any
) -> Any:
    """Send every site to its cheapest hubs at the given prices of room; return whether each found enough."""
    sites, hubs = cost.shape
    share[:], load[:] = 0.0, 0.0
    spot[:], count[:] = -1, 0
    for i in range(sites):
        # Fill the site by rising cost under the prices, each hub up to the share it may take.
        left = 1.0
        while left > FULL:
            best, at = np.inf, -1
            for j in range(hubs):
                asked = cost[i, j] + price[j] * mass[i]
                if asked < best and spot[i, j] < 0 and most[j] > 0.0:
                    best, at = asked, j
            if at < 0:
                return False
            part = min(left, most[at])
            left -= part
            share[i, at] = part
            load[at] += part * mass[i]
            spot[i, at] = count[at]
            member[at, count[at]] = i
            count[at] += 1
    return True


@njit(cache=True, nogil=True)
def find_edges(
    j: Any,
    cost: Any,
    mass: Any,
    most: Any,
    share: Any,
    member: Any,
    spot: Any,
    count: Any,
    asks: Any,
    movers: Any,
    held: Any,
    reach: Any,
    edge: Any,
    through: Any,
) -> None:
    """Find, for hub j, the cheapest tonne to move to every other hub, and the site it belongs to.

    Up to NEAR sites of j are remembered for every other hub k, cheapest first: `movers[j, k]` and what they ask. All
    that ask no more than `reach[j, k]` are among them, so the first that still can move is the cheapest of all.
    """
    hubs = len(count)
    # Forget remembered sites that have left j or are full at k; the order of the others, by cost, stays.
    wanted, gone = np.empty(hubs, np.int64), 0
    for k in range(hubs):
        kept = 0
        for q in range(held[j, k]):
            i = movers[j, k, q]
            if spot[i, j] >= 0 and share[i, k] < most[k] - FULL:
                movers[j, k, kept], asks[j, k, kept] = i, asks[j, k, q]
                kept += 1
        held[j, k] = kept
        if k != j and kept == 0 and reach[j, k] < np.inf:
            wanted[gone], reach[j, k] = k, np.inf
            gone += 1
    # Lists that ran empty are filled from all members at once, in one pass.
    if gone > 0:
        for q in range(count[j]):
            i = member[j, q]
            for k in wanted[:gone]:
                if share[i, k] < most[k] - FULL:
                    asked = (cost[i, k] - cost[i, j]) / mass[i]
                    offer(i, j, k, asked, asks, movers, held, reach)
    for k in range(hubs):
        edge[j, k], through[j, k] = np.inf, -1
        if held[j, k] > 0 and k != j:
            edge[j, k], through[j, k] = asks[j, k, 0], movers[j, k, 0]


@njit(cache=True, nogil=True)
def offer(i: Any, j: Any, k: Any, asked: Any, asks: Any, movers: Any, held: Any, reach: Any) -> None:
    """Remember a site that could move from j to k if it is among the cheapest; `reach` falls where one is forgotten."""
    if not asked <= reach[j, k] or asked == np.inf:
        return
    at = held[j, k]
    for q in range(at):
        if movers[j, k, q] == i:
            return
    # The list is full: the dearest is forgotten, and `reach` remembers that sites from there on may be missing.
    if at == NEAR:
        at -= 1
        reach[j, k] = max(asked, asks[j, k, at])
        if asked >= asks[j, k, at]:
            return
    held[j, k] = at + 1
    while at > 0 and asks[j, k, at - 1] > asked:
        asks[j, k, at], movers[j, k, at] = asks[j, k, at - 1], movers[j, k, at - 1]
        at -= 1
    asks[j, k, at], movers[j, k, at] = asked, i


@njit(cache=True, nogil=True)
def find_paths(source: Any, excess: Any, edge: Any, potential: Any, distance: Any, following: Any) -> None:
    """Find cheapest paths to the nodes that lack something (Dijkstra), of all nodes no farther than the source.

    Edges count less the fall of potential along them, which is never below zero but for rounding; so there are no
    cycles to go round in, however small the edges. `following` is -1 at the end of a path.
    """
    nodes = len(excess)
    done = np.zeros(nodes, np.bool_)
    for j in range(nodes):
        distance[j], following[j] = (0.0 if excess[j] < 0.0 else np.inf), -1
    # Settle the nearest node again and again; with a few hubs a scan is quicker than a heap.
    for _ in range(nodes):
        k, least = -1, np.inf
        for j in range(nodes):
            if not done[j] and distance[j] < least:
                k, least = j, distance[j]
        if k < 0 or k == source:
            break
        done[k] = True
        for j in range(nodes):
            # Rounding may leave a reduced cost a hair below zero, which would send Dijkstra round in circles.
            length = least + max(edge[j, k] + potential[k] - potential[j], 0.0)
            if length < distance[j] and not done[j]:
                distance[j], following[j] = length, k


@njit(cache=True, nogil=True)
def shift(i: Any, j: Any, k: Any, tonnes: Any, mass: Any, share: Any, member: Any, spot: Any, count: Any) -> None:
    """Move tonnes of site i from hub j to hub k and keep the lists of members true."""
    part = tonnes / mass[i]
    if spot[i, k] < 0:
        spot[i, k] = count[k]
        member[k, count[k]] = i
        count[k] += 1
    share[i, k] += part
    share[i, j] -= part
    # A crumb that is left belongs to rounding: it goes along, and the site leaves the list of j.
    if share[i, j] <= FULL:
        share[i, k] += share[i, j]
        share[i, j] = 0.0
        last = member[j, count[j] - 1]
        member[j, spot[i, j]] = last
        spot[last, j] = spot[i, j]
        count[j] -= 1
        spot[i, j] = -1


@njit(cache=True, nogil=True)
def site_prices(cost: Any, mass: Any, most: Any, price: Any, share: Any, worth: Any) -> None:
    """Write what one more of each site would cost: the dual prices of serving it."""
    sites, hubs = cost.shape
    for i in range(sites):
        best, used = np.inf, -np.inf
        for j in range(hubs):
            asked = cost[i, j] + price[j] * mass[i]
            if share[i, j] < most[j] - FULL:
                best = min(best, asked)
            if share[i, j] > 0.0:
                used = max(used, asked)
        worth[i] = best if np.isfinite(best) else used
