"""At what ages cars are scrapped."""

from __future__ import annotations

import math

OLDEST_YR = 60
"""Age by which every car counts as scrapped."""
LARGE = 100.0
"""Logarithm of a hazard beyond which nothing is left; larger ones would overflow."""


def scrapped_by_age(mean_yr: float, shape: float) -> dict[int, float]:
    """Return the share of the cars of one year that is scrapped so many calendar years later.

    The age follows a Weibull distribution; scrapping in the calendar year `a` years later stands for ages of `a` - 0.5
    to `a` + 0.5 years, so that the mean is kept (for means of two years and more, to a few thousandths).

    Parameters
    ----------
    mean_yr : float
        Mean age, above 0.
    shape : float
        Shape of the distribution, the narrower the larger. 0: every car is scrapped at the mean age; where that is no
        whole number, a share of the cars in each of the two years around it.

    Returns
    -------
    dict of int to float
        Shares above 0 by age in years; they sum to 1.

    Examples
    --------
    >>> scrapped_by_age(10, 0), scrapped_by_age(10.25, 0)
    ({10: 1.0}, {10: 0.75, 11: 0.25})
    """
    if shape <= 0:
        whole = math.floor(mean_yr)
        part = mean_yr - whole
        return {whole: 1.0} if part == 0 else {whole: 1.0 - part, whole + 1: part}
    scale = mean_yr / math.gamma(1.0 + 1.0 / shape)
    hazard = [math.exp(min(shape * math.log((age + 0.5) / scale), LARGE)) for age in range(OLDEST_YR)]
    gone = [1.0 - math.exp(-summed) for summed in hazard]
    gone.append(1.0)
    shares = {0: gone[0]} | {age: gone[age] - gone[age - 1] for age in range(1, OLDEST_YR + 1)}
    return {age: share for age, share in shares.items() if share > 0}
