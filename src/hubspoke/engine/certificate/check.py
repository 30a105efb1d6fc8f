"""Check a lower bound from prices alone: plain NumPy, no solver, nothing of the search that found them.

Whoever doubts a plan needs the problem, the prices, and this file. Prices may be wrong in any way: what comes out is
still a lower bound, only a low one. `docs/engine.md`, "The certificate", has the proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.certificate.cover import Cover
from hubspoke.engine.certificate.loads import bound_by_loads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps

    Floats = NDArray[np.float64]

EXACT_WORK = 3e8
"""Table entries up to which knapsacks of whole sites with whole tonnes are filled exactly, not in part."""

SEARCH_STEPS = 60
"""Steps of the search for the best price of room that must be open."""

GOLDEN = (5**0.5 - 1) / 2


def check_bound(problem: Problem, certificate: Mapping[str, NDArray[np.float64]]) -> float:
    """Compute a lower bound on the cost of every plan from prices.

    Parameters
    ----------
    problem : Problem
    certificate : mapping
        `site_price` (S,): what serving each site is worth. `gate_price` (H, B): what a tonne of each grade costs at
        each hub's gate; may be left out where the hubs are the only echelon. `ground_price` (H,): what an open refinery
        beside each hub is worth for the fixed cost that they share; 0 where left out.

    Returns
    -------
    float
        No plan costs less; infinite when the prices and the counts prove that there is none.

    Raises
    ------
    ValueError
        A price is missing, not finite, or of the wrong shape.
    """
    if _leaves_site_alone(problem):
        return float("inf")
    site_price, hub_value, refinery_value = value_plants(problem, certificate, exactly=True)
    hubs = _choose_hubs(problem, hub_value, problem.hub_state)
    least = float(site_price.sum() + hubs + _choose_refineries(problem, refinery_value, problem.refinery_state))
    return max(least, bound_by_loads(problem, site_price))


def _leaves_site_alone(problem: Problem) -> bool:
    """Return whether a site that must be served reaches no hub."""
    reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)
    return bool((~np.isfinite(problem.skip_cost) & ~reach.any(axis=1)).any())


def value_plants(
    problem: Problem, certificate: Mapping[str, NDArray[np.float64]], *, exactly: bool
) -> tuple[Floats, Floats, Floats]:
    """Return site prices (S,), and what each size of hub (H, K) and of refinery (R, L) costs at the prices.

    Parameters
    ----------
    problem : Problem
    certificate : mapping
        As in `check_bound`.
    exactly : bool
        Whether whole sites of whole tonnes are filled in whole.
    """
    shape = (problem.n_hubs, problem.n_grades)
    site_price = np.minimum(_prices(certificate, "site_price", (problem.n_sites,)), problem.skip_cost)
    gate = _prices(certificate, "gate_price", shape) if problem.n_refineries else np.zeros(shape)
    ground = np.zeros(problem.n_hubs)
    if "ground_price" in certificate:
        ground = np.maximum(_prices(certificate, "ground_price", (problem.n_hubs,)), 0.0)
    # a hub saves where a refinery beside it is open: priced, each side of a pair is valued alone
    hub_share = np.where(problem.on_shared_ground[:, None], problem.shared_saving - ground[:, None], 0.0)
    reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)
    hub_value = _value_hubs(problem, reach, site_price, gate, exactly=exactly) - np.maximum(hub_share, 0.0)
    refinery_value = _value_refineries(problem, reach, gate) - (ground @ problem.beside)[:, None]
    return site_price, hub_value, refinery_value


def _choose_hubs(problem: Problem, value: Floats, state: NDArray[np.int64]) -> float:
    """Return the least that a choice of hubs costs which keeps states and counts, with room for what must be served."""
    tonnes = float(problem.mass[~np.isfinite(problem.skip_cost)].sum())
    return _choose(problem.hubs, np.where((state >= 0)[:, None], value, np.inf), state, problem.hub_counts, tonnes)


def _choose_refineries(problem: Problem, value: Floats, state: NDArray[np.int64]) -> float:
    """Return the same for refineries, with room for the least black mass; 0 where there are none."""
    if not problem.n_refineries:
        return 0.0
    reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)
    tonnes = least_output(problem, reach, ~np.isfinite(problem.skip_cost))
    usable = np.where((state >= 0)[:, None], value, np.inf)
    return _choose(problem.refineries, usable, state, problem.refinery_counts, tonnes)


def _prices(certificate: Mapping[str, NDArray[np.float64]], name: str, shape: tuple[int, ...]) -> Floats:
    if name not in certificate:
        raise ValueError(f"the certificate holds no {name}")
    values = np.asarray(certificate[name], float)
    if values.shape != shape or not np.isfinite(values).all():
        raise ValueError(f"{name} must be {shape} finite numbers, got shape {values.shape}")
    return values


def _value_hubs(
    problem: Problem, reach: NDArray[np.bool_], site_price: Floats, gate: Floats, *, exactly: bool
) -> Floats:
    """Return every hub size's fixed cost less what its best load gains at these prices, shape (H, K).

    Whole sites of whole tonnes are filled in whole where `exactly` is asked for.
    """
    steps, mass = problem.hubs, problem.mass
    value = np.full(steps.fixed.shape, np.inf)
    work = float(problem.n_sites * np.where(steps.exists, np.minimum(steps.capacity, mass.sum()), 0.0).sum())
    whole = exactly and problem.single_sourcing and work <= EXACT_WORK and bool((mass == np.round(mass)).all())
    for h, k in np.argwhere(steps.exists & (problem.hub_state >= 0)[:, None]):
        at = np.flatnonzero(reach[:, h])
        if problem.single_sourcing:
            at = at[mass[at] <= steps.capacity[h, k] * (1 + 1e-9) + 1e-6]
        worth = (problem.supply[at] @ problem.yields[h]) @ gate[h] if problem.n_refineries else 0.0
        gain = site_price[at] - problem.collection_cost[at, h] - mass[at] * steps.variable[h, k] - worth
        paying = gain > 0
        load = _fill_whole if whole else _fill_parts
        value[h, k] = steps.fixed[h, k] - load(gain[paying], mass[at][paying], float(steps.capacity[h, k]))
    return value


def _fill_parts(gain: Floats, weight: Floats, room: float) -> float:
    """Return the most that items gain within a room, the last one in part."""
    with np.errstate(divide="ignore"):
        order = np.argsort(-gain / weight, kind="stable")
    before = np.cumsum(weight[order]) - weight[order]
    left = np.maximum(room - before, 0.0)
    part = np.where(weight[order] > 0, np.minimum(left / np.where(weight[order] > 0, weight[order], 1.0), 1.0), 1.0)
    return float((gain[order] * part).sum())


def _fill_whole(gain: Floats, weight: Floats, room: float) -> float:
    """Return the most that whole items of whole weights gain within a room: dynamic programming over its tonnes."""
    size = int(np.floor(min(room * (1 + 1e-9) + 1e-6, float(weight.sum()))))
    most = np.zeros(size + 1)
    for value, tonnes in zip(gain.tolist(), weight.astype(int).tolist(), strict=True):
        if tonnes <= size:
            most[tonnes:] = np.maximum(most[tonnes:], most[: size + 1 - tonnes] + value)
    return float(most[-1])


def _value_refineries(problem: Problem, reach: NDArray[np.bool_], gate: Floats) -> Floats:
    """Return every refinery size's fixed cost less what the flows it could draw gain, shape (R, L)."""
    steps = problem.refineries
    can_send = _largest_output(problem, reach)
    everything = float(problem.supply.sum(axis=0) @ problem.yields.sum(axis=2).max(axis=0, initial=0.0)) * (1 + 1e-9)
    value = np.full(steps.fixed.shape, np.inf)
    for r, size in np.argwhere(steps.exists & (problem.refinery_state >= 0)[:, None]):
        gain = np.where(can_send > 0, gate - problem.transfer_cost[:, r, :] - steps.variable[r, size], 0.0)
        paying = gain > 0
        tonnes = can_send[paying]
        value[r, size] = steps.fixed[r, size] - _fill_parts(
            gain[paying] * tonnes, tonnes, min(float(steps.capacity[r, size]), everything)
        )
    return value


def _largest_output(problem: Problem, reach: NDArray[np.bool_]) -> Floats:
    """Return the most of each grade that a hub can send, by the sites in reach and by its room, shape (H, B)."""
    in_reach = np.einsum("hp,hpb->hb", reach.T.astype(float) @ problem.supply, problem.yields)
    room = np.where(problem.hubs.exists, problem.hubs.capacity, 0.0).max(axis=1, initial=0.0)
    output: Floats = np.minimum(in_reach, room[:, None] * problem.yields.max(axis=1, initial=0.0))
    return output


def least_output(problem: Problem, reach: NDArray[np.bool_], must: NDArray[np.bool_]) -> float:
    """Return the tonnes that the refineries must take at least: each site at the hub that makes least of it.

    Parameters
    ----------
    problem : Problem
    reach : bool array, shape (S, H)
        Which hubs a site reaches.
    must : bool array, shape (S,)
        Which sites must be served.
    """
    made = problem.supply @ problem.yields.sum(axis=2).T
    least = np.where(reach, made, np.inf).min(axis=1, initial=np.inf)
    return float(least[must].sum())


def _choose(steps: Steps, value: Floats, state: NDArray[np.int64], counts: Counts, tonnes: float) -> float:
    """Return the least that a choice of plants costs which keeps the counts, with the best price of room."""
    room = np.where(np.isfinite(value), steps.capacity, 0.0).max(axis=1, initial=0.0)
    if room.sum() < tonnes * (1 - 1e-9):
        return float("inf")
    best, price = price_room(steps, value, state, counts, tonnes)
    return best if price <= 0 else max(best, Cover(steps, value, state, tonnes).least)


def price_room(
    steps: Steps, value: Floats, state: NDArray[np.int64], counts: Counts, tonnes: float
) -> tuple[float, float]:
    """Return the least that a choice of plants costs which keeps the counts, and the best price of room for that.

    Room for `tonnes` must be open. Priced at w per tonne it adds w * tonnes, and takes w * capacity off each size; any
    w of 0 or more gives a bound, which is concave in w.

    Parameters
    ----------
    steps : Steps
    value : float array, shape (N, K)
        Infinite for what is closed.
    state : int array, shape (N,)
    counts : Counts
    tonnes : float
    """
    best = at_price(steps, value, state, counts, tonnes, 0.0), 0.0
    room = np.minimum(np.where(np.isfinite(value), steps.capacity, 0.0), tonnes)
    usable = np.isfinite(value) & (room > 0)
    if tonnes <= 0 or not np.isfinite(best[0]) or not usable.any():
        return best
    low, high = 0.0, float(np.abs(value[usable] / room[usable]).max()) * 2
    for _ in range(SEARCH_STEPS):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        at_left, at_right = (at_price(steps, value, state, counts, tonnes, price) for price in (left, right))
        best = max(best, (at_left, left), (at_right, right))
        low, high = (low, right) if at_left >= at_right else (left, high)
    return best


def at_price(  # noqa: PLR0917 - a bound has these parts
    steps: Steps, value: Floats, state: NDArray[np.int64], counts: Counts, tonnes: float, price: float
) -> float:
    """Return the bound at a price of room.

    Parameters
    ----------
    steps, value, state, counts, tonnes
        As in `price_room`.
    price : float
        Yen per tonne, 0 or more.
    """
    room = np.minimum(np.where(np.isfinite(value), steps.capacity, 0.0), tonnes)
    return price * tonnes * (1 - 1e-9) + _cheapest(value - price * room, state, counts)


def _cheapest(value: Floats, state: NDArray[np.int64], counts: Counts) -> float:
    """Add up the cheapest plants that states and counts allow; infinite where none do."""
    plant = value.min(axis=1, initial=np.inf)
    if np.isinf(plant[state > 0]).any():
        return float("inf")
    total, number, spare = float(plant[state > 0].sum()), int((state > 0).sum()), []
    for g, (fewest, most) in enumerate(zip(counts.fewest.tolist(), counts.most.tolist(), strict=True)):
        mine = counts.group == g
        opened = int((mine & (state > 0)).sum())
        free = np.sort(plant[mine & (state == 0) & np.isfinite(plant)])
        needed = max(fewest - opened, 0)
        if needed > len(free) or opened + needed > most:
            return float("inf")
        total += float(free[:needed].sum())
        number += needed
        spare.append(free[needed : needed + max(most - opened - needed, 0)])
    # the dearer of a group never come before its cheaper ones, so all groups may be merged
    rest = np.sort(np.concatenate([*spare, np.empty(0)]))
    needed = max(counts.fewest_in_total - number, 0)
    if needed > len(rest) or number + needed > counts.most_in_total:
        return float("inf")
    most_more = min(len(rest), counts.most_in_total - number)
    return total + float(rest[:needed].sum()) + float(np.minimum(rest[needed:most_more], 0.0).sum())
