"""Rounding a relaxed choice step by step: the most decided sizes first, the rest following from the relaxed master."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.cuts.branching import Divider
    from hubspoke.engine.cases.cuts.choice import Box, Choice

AT_ONCE = 10
"""Of so many sizes that are undecided one more is decided in a step, if it is likely."""
LIKELY = 0.6
"""Part of a size from which it is likely."""
DECIDED = 0.99
"""Part of a size from which it is taken as chosen."""


def dive(divider: Divider, box: Box, relaxed: Choice, stop: Stop) -> Floats | None:
    """Round a relaxed choice; None when that leads nowhere.

    Parameters
    ----------
    divider : Divider
    box : Box
        Which the choice keeps.
    relaxed : Choice
    stop : Stop
    """
    master, box = divider.master, dict(box)
    for _ in range(master.width):
        if divider.is_whole(relaxed.value):
            return _rounded(master.first_cost, relaxed.value)
        if stop.is_due:
            return None
        part = np.where(master.whole, relaxed.value, 0.0)
        free = master.whole & (part > 1e-6) & (part < 1 - 1e-6)
        trial = dict(box)
        for at in np.flatnonzero(free & (part > DECIDED)).tolist():
            trial[at] = 1.0, 1.0
        likely = np.argsort(-np.where(free, part, -1.0), kind="stable")[: 1 + int(free.sum()) // AT_ONCE]
        at = int(likely[0])
        trial[at] = 1.0, 1.0
        trial |= {one: (1.0, 1.0) for one in likely.tolist() if part[one] > LIKELY}
        found = master.relax_roughly(trial)
        if found is None or not np.isfinite(found.bound):
            trial = {**box, at: (0.0, 0.0)}
            found = master.relax_roughly(trial)
            if found is None or not np.isfinite(found.bound):
                return None
        box, relaxed = trial, found
    return None


def _rounded(first_cost: int, value: Floats) -> Floats:
    """Return a whole choice with its columns rounded, costs as they are."""
    whole = value.copy()
    whole[:first_cost] = np.round(whole[:first_cost])
    return whole
