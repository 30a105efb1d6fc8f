"""The row that rules out a choice of a case without a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.cases.cuts.columns import PathColumns


def no_more_room(columns: PathColumns, case: int, hub_size: Ints, refinery_size: Ints) -> tuple[Ints, Floats, float]:
    """Return columns, values and lower end of a row that rules out a choice of a case, and all with no more room.

    Where some plant must take in a least tonnage more room may be worse, and the choice alone is ruled out.

    Parameters
    ----------
    columns : PathColumns
    case : int
    hub_size, refinery_size : int array, shapes (H,) and (R,)
        Size of each plant, -1 where it is closed.
    """
    problem = columns.cases.problems[case]
    at, values, right = [], [], 1.0
    for e, (steps, size) in enumerate(((problem.hubs, hub_size), (problem.refineries, refinery_size))):
        first = columns.size_columns(case, e).start
        room = np.where(size >= 0, steps.capacity[np.arange(len(size)), size], -1.0)
        for i, (plant, k) in enumerate(columns.keys[case][e].tolist()):
            if problem.has_floors and size[plant] == k:
                at.append(first + i)
                values.append(-1.0)
                right -= 1.0
            elif steps.capacity[plant, k] > room[plant] or (problem.has_floors and size[plant] < 0):
                at.append(first + i)
                values.append(1.0)
    return np.array(at, np.int64), np.array(values), right
