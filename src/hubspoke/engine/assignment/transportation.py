"""The transportation problem with few sinks, by successive shortest augmenting paths: sites to open hubs at least cost.

R. K. Ahuja, T. L. Magnanti, J. B. Orlin, "Network Flows", Prentice Hall, 1993, chapter 9: successive shortest paths,
with reduced costs by node potentials (J. Edmonds, R. M. Karp, Journal of the ACM 19, 1972). R. Jonker and A. Volgenant
solve assignment problems by the same method ("A shortest augmenting path algorithm for dense and sparse linear
assignment problems", Computing 38, 1987).

Tonnes move from crowded hubs to hubs with room along paths of hubs: the edge from hub j to hub k costs, per tonne, what
the best-suited site of j loses by going to k. With many sites and few hubs this is far quicker than a general solver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, njit

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints

SLACK = 1e-9
"""Share of a capacity that counts as nothing: loads are kept up by many small steps, and gather rounding."""

FULL = 1e-9
"""Share of a site that counts as nothing, for the same reason; a site with less at a hub has left it."""

NEAR = 16
"""Sites remembered for every pair of hubs; all members are looked through again when none of them is left."""


@njit(cache=True, nogil=True)
def transport(
    cost: Floats,
    mass: Floats,
    capacity: Floats,
    least: Floats,
    saved: Floats,
    most: Floats,
    price: Floats,
    share: Floats,
    limit: int,
) -> float:
    """Find the cheapest shares of every site at every hub.

    Parameters
    ----------
    cost : (S, n)
        Cost of the whole site at each hub; infinite where there is no lane. Every mass is above 0.
    mass : (S,)
    capacity : (n,)
    least, saved : (n,)
        The first tonnes that a hub takes, no more than its capacity, cost so much less per tonne; 0 both for none.
    most : (n,)
        Largest share that any one site may have at a hub: 1, or less where the hub is open in part.
    price : (n,)
        Guess of what a tonne of room is worth at each hub; written: the dual price, -`saved` at least.
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
    # The sites with a share at hub j are member[j, :count[j]], and spot[i, j] is where site i stands there, or -1.
    member = np.empty((hubs, sites), np.int64)
    spot = np.empty((sites, hubs), np.int64)
    count, load = np.zeros(hubs, np.int64), np.zeros(hubs)
    for j in range(hubs):
        price[j] = max(price[j], -saved[j])
    # At guessed prices every site is where cost plus room is least: no move has a negative reduced cost, so this is a
    # dual feasible start, whatever the guess. What it lacks is balance.
    if not send_by_price(cost, mass, most, price, share, member, spot, count, load):
        return np.inf
    ground = hubs  # the node that takes what hubs take in
    edge, through = np.full((hubs + 1, hubs + 1), np.inf), np.full((hubs + 1, hubs + 1), -1, np.int64)
    asks, movers = np.empty((hubs, hubs, NEAR)), np.empty((hubs, hubs, NEAR), np.int64)
    held, reach = np.zeros((hubs, hubs), np.int64), np.full((hubs, hubs), -np.inf)
    taken, excess = np.empty(hubs), np.empty(hubs + 1)
    for j in range(hubs):
        find_edges(j, cost, mass, most, share, member, spot, count, asks, movers, held, reach, edge, through)
        # Complementary slackness: room has a price only at a full hub, so a hub with a price takes all it can. Below 0
        # it takes its first tonnes and no others; only where they give away all that they save may some of them lack.
        if price[j] > 0.0:
            taken[j] = capacity[j]
        elif price[j] == 0.0:
            taken[j] = max(min(load[j], capacity[j]), least[j])
        else:
            taken[j] = least[j] if price[j] > -saved[j] else min(load[j], least[j])
    distance, following = np.empty(hubs + 1), np.empty(hubs + 1, np.int64)
    potential = np.zeros(hubs + 1)
    copy_into(potential, price)
    stale = np.empty(hubs, np.bool_)
    step, done = 0, False
    # Invariant: no edge has a negative reduced cost under `potential`, but for rounding, so the shares are the cheapest
    # for the present loads; each augmentation brings some excess to a node that lacks it.
    while step < limit:
        step += 1
        source = balance(load, capacity, taken, excess)
        if source < 0:
            done = True
            break
        open_ground(capacity, least, saved, taken, edge)
        find_paths(source, excess, edge, potential, distance, following)
        if not np.isfinite(distance[source]):
            return np.inf
        # Dual step: distances, cut off at that of the source, make all edges of the path tight and leave none negative.
        for j in range(hubs + 1):
            potential[j] += min(distance[j], distance[source])
        # Bottleneck of the path: the excess, the lack at its end, and on every edge what its site or the ground allows.
        j = source
        while following[j] >= 0:
            j = following[j]
        tonnes = min(excess[source], -excess[j])
        j = source
        while following[j] >= 0:
            k = following[j]
            if k == ground:
                first = least[j] - taken[j] > SLACK * capacity[j]
                tonnes = min(tonnes, (least[j] if first else capacity[j]) - taken[j])
            elif j == ground:
                beyond = taken[k] - least[k] > SLACK * capacity[k]
                tonnes = min(tonnes, taken[k] - (least[k] if beyond else 0.0))
            else:
                i = through[j, k]
                tonnes = min(tonnes, share[i, j] * mass[i], (most[k] - share[i, k]) * mass[i])
            j = k
        # Augment along the path.
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
                # Only edges out of hubs that hold a share of a moved site can have changed.
                stale[j] = True
                for other in range(hubs):
                    if spot[i, other] >= 0:
                        stale[other] = True
            j = k
        for j in range(hubs):
            if stale[j]:
                find_edges(j, cost, mass, most, share, member, spot, count, asks, movers, held, reach, edge, through)
    if not done:
        return np.inf
    # Dual prices of room: what a tonne loses on its way to the nearest hub with room, that is, to the ground.
    excess[:] = 0.0
    excess[ground] = -1.0
    for j in range(hubs):
        taken[j] = min(taken[j], load[j])
    open_ground(capacity, least, saved, taken, edge)
    edge[ground] = np.inf
    find_paths(int(np.int64(-1)), excess, edge, potential, distance, following)
    total = 0.0
    for j in range(hubs):
        # Reduced lengths add up to the real length less the fall of potential; prices below -saved are rounding.
        room = distance[j] + potential[j] - potential[ground]
        price[j] = max(room, -saved[j]) if np.isfinite(room) else 0.0
        total -= saved[j] * min(load[j], least[j])
        for q in range(count[j]):
            total += share[member[j, q], j] * cost[member[j, q], j]
    return total


@njit(cache=True, nogil=True)
def balance(load: Floats, capacity: Floats, taken: Floats, excess: Floats) -> int:
    """Write what every hub, and last the ground, has too much of; return the hub with the most, else the ground.

    Return -1 where nothing has too much: the shares are optimal. A hub has too much what arrives there beyond what it
    takes; the ground, which must get everything, the reverse.
    """
    hubs = len(load)
    source, most, ground, grain = -1, 0.0, 0.0, 0.0
    # What is within SLACK counts as balanced, else shifts of rounding would go on for ever; `grain` is what that may
    # add up to at the ground.
    for j in range(hubs):
        excess[j] = load[j] - taken[j]
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
def open_ground(capacity: Floats, least: Floats, saved: Floats, taken: Floats, edge: Floats) -> None:
    """Join the ground: a hub that could take more leads to it, a hub that takes something can be relieved from it."""
    ground = len(taken)
    # Both ways are free of cost but for the first tonnes, which save on the way in and cost that on the way out: a cost
    # that is convex in what a hub takes. They are open only for more than SLACK, so no path carries next to nothing.
    for j in range(ground):
        slack = SLACK * capacity[j]
        edge[j, ground], edge[ground, j] = np.inf, np.inf
        if capacity[j] - taken[j] > slack:
            edge[j, ground] = -saved[j] if least[j] - taken[j] > slack else 0.0
        if taken[j] > slack:
            edge[ground, j] = 0.0 if taken[j] - least[j] > slack else saved[j]


@njit(cache=True, nogil=True)
def send_by_price(
    cost: Floats,
    mass: Floats,
    most: Floats,
    price: Floats,
    share: Floats,
    member: Ints,
    spot: Ints,
    count: Ints,
    load: Floats,
) -> bool:
    """Send every site to its cheapest hubs at the given prices of room; return whether each found enough."""
    sites, hubs = cost.shape
    share[:], load[:] = 0.0, 0.0
    spot[:], count[:] = -1, 0
    for i in range(sites):
        # A hub open in part takes only so large a share; the rest goes to the next cheapest hub.
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
    j: int,
    cost: Floats,
    mass: Floats,
    most: Floats,
    share: Floats,
    member: Ints,
    spot: Ints,
    count: Ints,
    asks: Floats,
    movers: Ints,
    held: Ints,
    reach: Floats,
    edge: Floats,
    through: Ints,
) -> None:
    """Find, for hub j, the cheapest tonne to move to every other hub, and the site it belongs to.

    Up to NEAR sites of j are remembered for every other hub k, cheapest first: `movers[j, k]` and what they ask. All
    that ask less than `reach[j, k]` are among them, so the first that still can move is the cheapest of all.
    """
    hubs = len(count)
    wanted, gone = np.empty(hubs, np.int64), 0
    # Forget sites that have left j or have all they may have at k. A list that this empties is made anew, unless it was
    # complete: then there is no site to move.
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
    # One pass over the members refills all lists that ran dry: the costly step, and a rare one.
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
def offer(i: int, j: int, k: int, asked: float, asks: Floats, movers: Ints, held: Ints, reach: Floats) -> None:
    """Remember a site that could move from j to k if it is among the cheapest; `reach` falls where one is forgotten."""
    # Beyond `reach` a cheaper site may have been forgotten; `not <=` also turns away what is not a number (inf - inf).
    if not asked <= reach[j, k] or asked == np.inf:
        return
    at = held[j, k]
    for q in range(at):
        if movers[j, k, q] == i:
            return
    # A full list forgets its dearest site or this one, and from now on is complete only below what that one asks.
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
def find_paths(source: int, excess: Floats, edge: Floats, potential: Floats, distance: Floats, following: Ints) -> None:
    """Find cheapest paths to the nodes that lack something (Dijkstra 1959), of all nodes no farther than the source.

    Edges count less the fall of potential along them, which is never below zero but for rounding; so there are no
    cycles to go round in, however small the edges. `following` is -1 at the end of a path.
    """
    nodes = len(excess)
    done = np.zeros(nodes, np.bool_)
    for j in range(nodes):
        distance[j], following[j] = (0.0 if excess[j] < 0.0 else np.inf), -1
    # Backwards from all nodes that lack something at once. Invariant: distances of nodes that are `done` are final.
    # Nearly every two nodes are joined, so looking through an array is no slower than a heap.
    for _ in range(nodes):
        k, least = -1, np.inf
        for j in range(nodes):
            if not done[j] and distance[j] < least:
                k, least = j, distance[j]
        if k < 0 or k == source:
            break
        done[k] = True
        for j in range(nodes):
            # Reduced lengths below 0 are rounding: taken for 0, they cannot close a cycle.
            length = least + max(edge[j, k] + potential[k] - potential[j], 0.0)
            if length < distance[j] and not done[j]:
                distance[j], following[j] = length, k


@njit(cache=True, nogil=True)
def shift(
    i: int, j: int, k: int, tonnes: float, mass: Floats, share: Floats, member: Ints, spot: Ints, count: Ints
) -> None:
    """Move tonnes of site i from hub j to hub k and keep the lists of members true."""
    part = tonnes / mass[i]
    if spot[i, k] < 0:
        spot[i, k] = count[k]
        member[k, count[k]] = i
        count[k] += 1
    share[i, k] += part
    share[i, j] -= part
    # What is left at j is rounding: it goes along, and the last member of j takes the place of the site.
    if share[i, j] <= FULL:
        share[i, k] += share[i, j]
        share[i, j] = 0.0
        last = member[j, count[j] - 1]
        member[j, spot[i, j]] = last
        spot[last, j] = spot[i, j]
        count[j] -= 1
        spot[i, j] = -1


@njit(cache=True, nogil=True)
def site_prices(cost: Floats, mass: Floats, most: Floats, price: Floats, share: Floats, worth: Floats) -> None:
    """Write what one more of each site would cost: the dual prices of serving it.

    Parameters
    ----------
    cost, mass, most
        As in `transport`.
    price, share : (n,), (S, n)
        As `transport` leaves them: prices of room, and shares of every site at every hub.
    worth : (S,)
        Written.
    """
    sites, hubs = cost.shape
    # One more of a site goes where cost plus room is least among hubs that could take more of it. Where each has all it
    # may have, any price from the dearest hub in use upwards is a dual price, and the lowest is taken.
    for i in range(sites):
        best, used = np.inf, -np.inf
        for j in range(hubs):
            asked = cost[i, j] + price[j] * mass[i]
            if share[i, j] < most[j] - FULL:
                best = min(best, asked)
            if share[i, j] > 0.0:
                used = max(used, asked)
        worth[i] = best if np.isfinite(best) else used
