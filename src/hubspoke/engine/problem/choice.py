"""Sizes of plants opened in part: what counts as open, as whole, and as chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints


CLOSED = 1e-6
"""Part of a size up to which it counts as closed."""


def all_whole(part: Floats) -> bool:
    """Return whether every size is closed or wholly open, from parts of shape (plants, sizes).

    Parameters
    ----------
    part : float array, shape (plants, sizes)
        Part to which each size is open.
    """
    return bool(((part <= CLOSED) | (part >= 1 - CLOSED)).all())


def chosen_sizes(part: Floats) -> Ints:
    """Return the size of each plant that is open as a whole, -1 where none is, from parts of shape (plants, sizes).

    Parameters
    ----------
    part : float array, shape (plants, sizes)
        Part to which each size is open.
    """
    return np.where(part.max(axis=1, initial=0.0) > 0.5, part.argmax(axis=1), -1).astype(np.int64)
