"""Draw unequal site sizes whose largest hundred hold a known share."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

LARGEST = 100
SPREADS = (0.5, 3.0)
"""Standard deviations of log size between which the right one is sought."""
EXTREMES = (-2.0, 2.3)
"""Standard scores are cut here: the smallest site scraps a few cars a year, the largest some ten thousand."""


def draw_shares(
    totals: NDArray[np.float64], counts: NDArray[np.int64], *, top_share: float, rng: np.random.Generator
) -> list[NDArray[np.float64]]:
    """Split the total of each area among its sites.

    Sizes are log-normal. The spread is found by bisection so that, after the areas are scaled to their totals,
    the 100 largest sites of all areas hold `top_share`.

    Parameters
    ----------
    totals
        One total per area, in any unit.
    counts
        Number of sites per area.
    top_share
        Share of the grand total that the 100 largest sites hold.
    rng
        Source of chance; only uniform numbers are drawn.

    Returns
    -------
    list of arrays
        Per area, the sizes of its sites, in the unit of `totals`.
    """
    scores = [_draw_scores(int(count), rng) for count in counts]

    def split(spread: float) -> list[NDArray[np.float64]]:
        weights = [np.exp(spread * score) for score in scores]
        return [total * weight / weight.sum() for total, weight in zip(totals, weights, strict=True)]

    return split(_bisect(lambda spread: measure_top_share(np.concatenate(split(spread))), top_share))


def measure_top_share(sizes: NDArray[np.float64]) -> float:
    """Return the share of the total that the 100 largest sizes hold."""
    return float(np.sort(sizes)[-LARGEST:].sum() / sizes.sum())


def _draw_scores(count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return standard normal scores in random order, one from each of `count` equal slices of chance.

    Slicing keeps every area near the same mix of small and large sites; a free draw would now and then give
    one site most of a small prefecture.
    """
    normal = NormalDist()
    chances = (np.arange(count) + np.clip(rng.random(count), 0.25, 0.75)) / count
    low, high = EXTREMES
    scores = np.array([min(max(low, normal.inv_cdf(chance)), high) for chance in chances.tolist()])
    return np.asarray(scores[np.argsort(rng.random(count), kind="stable")])


def _bisect(measure: Callable[[float], float], target: float) -> float:
    low, high = SPREADS
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if measure(middle) < target else (low, middle)
    return (low + high) / 2
