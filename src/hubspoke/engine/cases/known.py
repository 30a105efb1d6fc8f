"""What is known of cases before a search: a plan's cost, and prices that gave cuts of cases much like them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats


class CutPrices(NamedTuple):
    """Prices from which a cut on the cost of a case follows, whatever its plants cost and hold: any prices will do.

    Attributes
    ----------
    site : float array, shape (S,)
    gate : float array, shape (H, B)
        Of black mass at the hubs.
    ground : float array, shape (H,)
    """

    site: NDArray[np.float32]
    gate: NDArray[np.float32]
    ground: Floats


@dataclass(frozen=True, eq=False)
class Known:
    """What a search may start from.

    Attributes
    ----------
    cutoff : float
        Plans that cost this or more need not be found; infinite where none is known.
    prices : tuple of tuples of CutPrices
        For each case, of the same sites and hubs in another search; empty for none.
    """

    cutoff: float = np.inf
    prices: tuple[tuple[CutPrices, ...], ...] = ()


NOTHING = Known()
