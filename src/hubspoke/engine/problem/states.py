"""What is known of plants before the search: which are open, which closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

CLOSED, FREE, OPEN = -1, 0, 1


def fill_states(states: ArrayLike | None, plants: int) -> NDArray[np.int64]:
    """Return the state of every plant; all are free where none is stated.

    Parameters
    ----------
    states : array-like of int, or None
    plants : int
        How many there are.
    """
    return np.full(plants, FREE, np.int64) if states is None else np.asarray(states, np.int64)


def check_states(**states: NDArray[np.int64]) -> None:
    """Raise ValueError where a state means nothing.

    Parameters
    ----------
    **states : int array
        By what they are called.
    """
    for name, known in states.items():
        if not np.isin(known, (CLOSED, FREE, OPEN)).all():
            raise ValueError(f"{name} must be {FREE} (free), {OPEN} (open) or {CLOSED} (closed)")
