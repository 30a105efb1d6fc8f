"""What sites pay at a step of a walk: hubs that are there in cases that are decided, prices in those that follow.

With hubs given, who starts when is a transportation problem (`starts.py`) whose dual prices are those of one site more.
At any such prices the sum here is a bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, njit

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.uncapacitated.bound import Data

ROUNDS = 10
"""Most prices of one site more that are tried at a step."""


@njit(cache=True, nogil=True)
def raise_for_sites(
    data: Data, near: Floats, price: Floats, now: int, others: float, ask: Floats, limit: float
) -> float:
    """Raise a bound by the prices of one site more alone, until it is enough or that stalls.

    Parameters
    ----------
    data : Data
    near : (T, S)
        Cost at the cheapest hub that is open, which holds before case `now`.
    price : (T, S)
        What holds from then on.
    now : int
    others : float
        What the bound is made of besides.
    ask : (T,)
        First prices; the best ones are left in them.
    limit : float
        Enough.

    Returns
    -------
    float
        The best bound.
    """
    cases, sites = near.shape
    tried, slope = ask.copy(), np.empty(cases)
    rest, least, start = np.empty(sites), np.empty(sites), np.empty(sites, np.int64)
    best = -np.inf
    for _ in range(ROUNDS):
        for j in range(sites):
            rest[j] = 0.0
            least[j] = np.inf if data.latest[j] < cases else 0.0
            start[j] = cases
        bound = others
        for back in range(cases):
            t = cases - 1 - back
            bound += tried[t] * data.least[t]
            slope[t] = 0.0
            paid, less = near[t] if t < now else price[t], tried[t]
            for j in range(sites):
                rest[j] += paid[j] - less
                if rest[j] < least[j] and t <= data.latest[j]:
                    least[j] = rest[j]
                    start[j] = t
        for j in range(sites):
            bound += least[j]
            if start[j] < cases:
                slope[start[j]] += 1.0
        length, served = 0.0, 0.0
        for t in range(cases):
            served += slope[t]
            slope[t] = data.least[t] - served
            length += slope[t] ** 2
        if bound > best:
            best = bound
            copy_into(ask, tried)
        if best >= limit or length < 0.5 or limit == np.inf:
            break
        for t in range(cases):
            tried[t] = max(0.0, tried[t] + (limit - bound) / length * slope[t])
    return best


@njit(cache=True, nogil=True)
def prices_of_sites(
    data: Data,
    near: Floats,
    price: Floats,
    now: int,
    ask: Floats,
    served: Floats,
    waits: Floats,
    after: Floats,
    waits_after: Floats,
) -> None:
    """Write what a site costs at least, in the prices of a step.

    Parameters
    ----------
    data, near, price, now, ask : as in `raise_for_sites`
    served : (S,)
        If it is served before the case `now`.
    waits : (S,)
        If it is not.
    after : (S,)
        If it is served in the case or before, less what that case costs.
    waits_after : (S,)
        If it is served later only.
    """
    cases, sites = near.shape
    for j in range(sites):
        rest = 0.0
        best = np.inf if data.latest[j] < cases else 0.0
        for back in range(cases - now - 1):
            t = cases - 1 - back
            rest += price[t, j] - ask[t]
            if t <= data.latest[j] and rest < best:
                best = rest
        waits_after[j] = best
        before = np.inf
        for t in range(now):
            if t <= data.latest[j] and before > 0.0:
                before = 0.0
            before += near[t, j] - ask[t]
        served[j] = before + rest + price[now, j] - ask[now]
        start = before
        if now <= data.latest[j] and start > 0.0:
            start = 0.0
        after[j] = start + rest - ask[now]
        at_once = rest + price[now, j] - ask[now]
        waits[j] = min(best, at_once) if now <= data.latest[j] else best


@njit(cache=True, nogil=True, fastmath={"reassoc", "nnan", "nsz"})
def left_to_sites(served: Floats, waits: Floats) -> float:
    """Return what sites cost at least, from what they have cost so far and the prices that follow."""
    total = 0.0
    for j in range(len(served)):
        total += min(served[j], waits[j])
    return total


@njit(cache=True, nogil=True, fastmath={"reassoc", "nnan", "nsz"})
def left_after(near: Floats, lane: Floats, after: Floats, waits: Floats) -> float:
    """Return what sites cost at least once one hub more is open in the case and the case is over."""
    total = 0.0
    for j in range(len(near)):
        total += min(min(near[j], lane[j]) + after[j], waits[j])
    return total
