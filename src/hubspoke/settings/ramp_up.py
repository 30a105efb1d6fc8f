"""How a plant is run in: the share of its capacity that it takes in its first years, as a cell of a table states it."""

from __future__ import annotations

import math

from hubspoke.settings.technologies import split_technologies


def read_ramp_up(cell: str) -> tuple[float, ...] | None:
    """Return the shares that a cell states, None where it cannot be read.

    Parameters
    ----------
    cell : str
        Shares above 0 and up to 1, separated as technologies are; empty for none.

    Examples
    --------
    >>> read_ramp_up("0.4; 0.8"), read_ramp_up(""), read_ramp_up("40 %")
    ((0.4, 0.8), (), None)
    """
    try:
        shares = tuple(float(part) for part in split_technologies(cell))
    except ValueError:
        return None
    return shares if all(math.isfinite(share) and 0 < share <= 1 for share in shares) else None


def share_of_years(ramp_up: tuple[float, ...], first: int, years: int) -> float:
    """Return the mean share of its capacity that a plant takes over some years.

    Parameters
    ----------
    ramp_up : tuple of float
        Share in its first, second ... year; all of it after these.
    first : int
        Years that it has run before the first of them.
    years : int
        Number of years, 1 or more.
    """
    shares = [ramp_up[at] if at < len(ramp_up) else 1.0 for at in range(first, first + years)]
    return sum(shares) / years
