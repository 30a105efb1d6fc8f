"""Too much for the room there is: leave out what saves least per tonne, then take back what still fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats


def keep_dearest(saved: Floats, tonnes: Floats, over: float, *, slack: float = 0.0) -> NDArray[np.bool_]:
    """Return what to keep so that `over` tonnes less remain, give or take `slack`, shape (n,).

    Parameters
    ----------
    saved : (n,)
        Cost that a tonne of each saves by staying; infinite where it must stay.
    tonnes : (n,)
    over, slack : float
        Tonnes.
    """
    kept = np.ones(len(saved), bool)
    order = [row for row in np.argsort(saved, kind="stable").tolist() if np.isfinite(saved[row])]
    for row in order:
        if over <= slack:
            break
        kept[row] = False
        over -= float(tonnes[row])
    for row in reversed(order):  # the last to go may leave room for one that went before
        if not kept[row] and saved[row] > 0 and tonnes[row] <= -over:
            kept[row] = True
            over += float(tonnes[row])
    return kept
