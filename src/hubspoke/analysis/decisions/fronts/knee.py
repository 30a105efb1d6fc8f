"""The knee of a front: the point from which both ways get dear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.engine.fronts.front import FrontRow


def find_knee(rows: Sequence[FrontRow]) -> int | None:
    """Return which point lies farthest below the line between both ends, each measure as a share of its range.

    This is the knee of Das (1999, Structural Optimization 18), which needs no weights of the two measures.

    Parameters
    ----------
    rows : sequence of FrontRow

    Returns
    -------
    int or None
        Index of the row; None where fewer than three points, or none below that line.
    """
    if len(rows) < 3:
        return None
    cost = np.array([row.choice.cost for row in rows])
    other = np.array([row.choice.other for row in rows])
    if not (cost[-1] > cost[0] and other[0] > other[-1]):
        return None
    below = 1.0 - (cost - cost[0]) / (cost[-1] - cost[0]) - (other - other[-1]) / (other[0] - other[-1])
    below[[not row.attained for row in rows]] = 0.0
    best = int(np.argmax(below))
    return best if below[best] > 1e-9 else None
