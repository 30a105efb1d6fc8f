"""Straight lines in place of a plant's cost curves, and the curves themselves.

A cost curve bends: twice the size costs less than twice as much. The model takes straight lines in its place, each
touching the curve at one of the general sizes. They lie above the curve and meet it there, so that more sizes never
make a plan dearer, and a plant is as large as what it takes asks for.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil, log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.settings.plants import Finance, Plant

APART = 1e-6
"""Relative distance from the plant that stands from which larger ones are looked at."""
WIDEST = 2.0
"""Largest ratio of sizes beyond what stands that lines touch one after the other."""
SIGHTS = 65
"""Sizes of the plant that stands from which lines beyond it are looked at."""


class Lines(NamedTuple):
    """Straight lines in place of a plant's cost curves, L of them.

    Attributes
    ----------
    size : float array, shape (L,)
        Where each touches the curve, t per year.
    upto : float array, shape (L,)
        The largest plant that it is used for, t per year.
    at_zero, slope : float arrays, shape (3, L)
        Capital, maintenance and labour: yen per year at size 0, and yen per year for each t per year of size.
    """

    size: Floats
    upto: Floats
    at_zero: Floats
    slope: Floats


class Subsidy(NamedTuple):
    """What a subsidy pays of the investment in a plant that is built anew.

    Attributes
    ----------
    share : float
        Of the investment.
    cap_jpy : float
        Most that it pays, yen; infinite for no such limit.
    """

    share: float
    cap_jpy: float

    def reach(self, plant: Plant) -> tuple[float, float]:
        """Return the size up to which the share is paid, t per year, and the share; beyond it the cap is.

        Parameters
        ----------
        plant : Plant
        """
        reference, exponent = float(plant.invested_jpy), float(plant.capital_exponent)
        most = self.share * reference
        if not (most > 0 and self.cap_jpy > 0):
            return 0.0, 0.0
        if exponent == 0:  # any size costs as much
            return np.inf, min(self.share, self.cap_jpy / reference)
        return float(plant.reference_t_per_yr) * (self.cap_jpy / most) ** (1 / exponent), self.share

    def pays(self, plant: Plant, size_t: float) -> float:
        """Return what it pays for a plant of a size, yen.

        Parameters
        ----------
        plant : Plant
        size_t : float
            t per year.
        """
        relative = size_t / float(plant.reference_t_per_yr)
        invested = plant.invested_jpy * relative ** float(plant.capital_exponent) if size_t > 0 else 0.0
        return min(self.share * invested, self.cap_jpy)


def draw_lines(
    plant: Plant,
    finance: Finance,
    sizes: Sequence[float],
    standing_t: float = 0.0,
    sunk_share: float = 0.0,
    *,
    subsidy: Subsidy | None = None,
) -> Lines:
    """Draw the lines that touch a plant's cost curve at the general sizes, and at the size that stands.

    Each line is used up to where the next one is cheaper. What is sunk comes off the capital: within the plant that
    stands in proportion, beyond it in full. Seen from the plant that stands, a line beyond it may be no steeper than
    the line of sight to the size it touches; it is turned to that and used up to there. One more line touches where
    sight and curve first agree.

    A subsidy with a cap is of the same form, as if that share of the capital of a plant up to the size at which the cap
    is reached were sunk. What stands gets none, nor what is added to it.

    Parameters
    ----------
    plant : Plant
    finance : Finance
    sizes : sequence of float
        General sizes, t per year, ascending.
    standing_t : float
        Size that stands today, t per year; 0 for none.
    sunk_share : float
        Share of its capital that is spent.
    subsidy : Subsidy, optional
        For a plant of which nothing stands.

    Returns
    -------
    Lines
        In ascending order of `upto`.
    """
    new = _touch(plant, finance, np.array(sizes, np.float64))
    if subsidy is not None and not standing_t > 0:
        standing_t, sunk_share = subsidy.reach(plant)
    standing_t = min(standing_t, float(sizes[-1]))
    if not (standing_t > 0 and sunk_share > 0):
        return new
    near = np.linspace(0.0, standing_t, SIGHTS)
    stands = yearly_cost(plant, finance, near)[0]

    def look(at: Floats) -> Floats:
        """Return the line of sight from the plant that stands to larger ones, yen per year for each t per year."""
        top = yearly_cost(plant, finance, at)[0] - sunk_share * stands[-1]
        sight: Floats = ((top[:, None] - (1 - sunk_share) * stands) / (at[:, None] - near)).min(axis=1)
        return sight

    agree = _bisect(
        lambda at: float(_touch(plant, finance, at).slope[0, 0] - look(at)[0]),
        standing_t * (1 + APART),
        float(sizes[-1]),
    )
    touched = _fill(np.unique([*sizes, standing_t, agree]), standing_t, agree)
    line = _touch(plant, finance, touched)
    at_size, slope = line.at_zero + line.slope * touched, line.slope.copy()
    inner, seen = touched <= standing_t, (touched > standing_t) & (touched <= agree)
    at_size[0] -= sunk_share * np.where(inner, at_size[0], stands[-1])
    slope[0, inner] *= 1 - sunk_share
    slope[0, seen] = np.minimum(slope[0, seen], look(touched[seen]))
    at_zero = at_size - slope * touched
    upto = np.append(_crossings(at_zero.sum(axis=0), slope.sum(axis=0)), touched[-1])
    upto = np.where(inner, np.minimum(upto, standing_t), np.clip(upto, touched, touched[-1]))
    upto = np.where(seen & (touched < agree), touched, np.where(touched == standing_t, standing_t, upto))
    beside = new.size == new.size[new.size <= standing_t].max(initial=0.0)  # as new, where what stands is too small
    both = Lines(
        np.append(touched, new.size[beside]),
        np.append(upto, new.upto[beside]),
        np.append(at_zero, new.at_zero[:, beside], axis=1),
        np.append(slope, new.slope[:, beside], axis=1),
    )
    order = np.argsort(both.upto, kind="stable")
    return Lines(both.size[order], both.upto[order], both.at_zero[:, order], both.slope[:, order])


def _fill(touched: Floats, low: float, high: float) -> Floats:
    """Return sizes with others between them, so that none between `low` and `high` is over twice the one before it.

    Where what stands is much smaller than the general sizes, staff and upkeep of a plant just beyond it would else be
    those of a far larger one.
    """
    between = [
        start * WIDEST**power
        for start, end in pairwise(touched[(touched >= low) & (touched <= high)].tolist())
        for power in range(1, ceil(log(end / start, WIDEST)))
    ]
    return np.unique([*touched, *between])


def _bisect(steeper: Callable[[Floats], float], low: float, high: float) -> float:
    """Return where a curve that is steeper than the line of sight at `low` no longer is; `high` if it always is."""
    if low >= high or steeper(np.array([high])) > 0:
        return high
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if steeper(np.array([middle])) > 0 else (low, middle)
    return high


def _touch(plant: Plant, finance: Finance, sizes: Floats) -> Lines:
    """Return the lines that touch the cost curves of a new plant at some sizes."""
    at_size = np.stack(yearly_cost(plant, finance, sizes))
    exponents = np.array([plant.capital_exponent, plant.capital_exponent, plant.labour_exponent], np.float64)
    slope = exponents[:, None] * at_size / sizes
    at_zero = at_size - slope * sizes
    upto = np.append(_crossings(at_zero.sum(axis=0), slope.sum(axis=0)), sizes[-1])
    return Lines(sizes, np.minimum(upto, sizes[-1]), at_zero, slope)


def _crossings(at_zero: Floats, slope: Floats) -> Floats:
    """Return the size at which each line meets the next, which is flatter; shape (L - 1,)."""
    bend = slope[:-1] - slope[1:]
    met: Floats = np.divide(at_zero[1:] - at_zero[:-1], bend, out=np.full(len(bend), np.inf), where=bend > 0)
    return met


def yearly_cost(plant: Plant, finance: Finance, capacity_t: Floats) -> tuple[Floats, Floats, Floats]:
    """Return capital, maintenance and labour in yen per year, each of the shape of `capacity_t`.

    Capital and staff grow with (capacity / reference) to an exponent below 1, the six-tenths rule of chemical
    engineering; capital is paid as a level annuity.
    """
    scale = capacity_t / float(plant.reference_t_per_yr)
    capital_jpy = plant.invested_jpy * scale ** float(plant.capital_exponent)
    persons = float(plant.labour_persons) * scale ** float(plant.labour_exponent)
    return (
        finance.capital_recovery_per_yr * capital_jpy,
        float(plant.maintenance_share_per_yr) * capital_jpy,
        float(finance.wage_jpy_per_yr) * persons,
    )
