"""Cars sold by power train and year, and other numbers by year, from the tables of the settings."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.settings.supply import Supply


def read_sales(supply: Supply, table: str, train: str) -> dict[int, float]:
    """Return the cars sold by year, as a table of sales and those that it follows state them.

    Parameters
    ----------
    supply : Supply
    table : str
        A key of `supply.sales`.
    train : {"hev", "phv", "bev"}

    Returns
    -------
    dict of int to float
        Only the years that are stated, in their order.
    """
    stated = supply.sales[table]
    earlier = read_sales(supply, stated.follows, train) if stated.follows else {}
    series = getattr(stated, train)
    if series is None:
        return earlier
    own: dict[int, float] = series.points
    return {year: cars for year, cars in earlier.items() if year < min(own)} | own


def interpolate(points: Mapping[int, float], year: int, *, before: float | None = None) -> float:
    """Return the number of a year: stated, on the line between its neighbours, or that of the last year stated.

    Parameters
    ----------
    points : mapping of int to float
        Numbers by year, in the order of the years.
    year : int
    before : float, optional
        Number of years before the first one stated; that of the first one when left out.

    Returns
    -------
    float

    Examples
    --------
    >>> [interpolate({2020: 0.0, 2030: 0.2}, year) for year in (2010, 2025, 2040)]
    [0.0, 0.1, 0.2]
    """
    years = list(points)
    at = bisect_right(years, year)
    if at == 0:
        return points[years[0]] if before is None else before
    low, high = years[at - 1], years[min(at, len(years) - 1)]
    if low in {high, year}:
        return points[low]
    return points[low] + (points[high] - points[low]) * (year - low) / (high - low)
