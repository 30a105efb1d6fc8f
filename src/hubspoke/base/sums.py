"""Sums of rows of a table by a key."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from hubspoke.base.arrays import Floats

    Table = pd.DataFrame | Mapping[str, NDArray[Any]]


def sum_by_key(table: Table, key: str, columns: Sequence[str], wanted: Sequence[object]) -> Floats:
    """Return the sums of some columns over the rows of each key; a NaN counts as 0, as where pandas sums groups.

    Most tables are so short that a grouping of pandas takes many times as long to set up.

    Parameters
    ----------
    table : DataFrame or mapping of str to array
    key : str
        Column by which rows are told apart.
    columns : sequence of str
        Columns of numbers.
    wanted : sequence
        Keys to sum for; rows of others are left out.

    Returns
    -------
    float array, shape (len(wanted), len(columns))
        0 for keys without rows.
    """
    place = {name: at for at, name in enumerate(wanted)}
    at = np.array([place.get(name, -1) for name in table[key].tolist()], np.int64)
    rows, sums = np.flatnonzero(at >= 0), np.empty((len(wanted), len(columns)))
    for column, name in enumerate(columns):
        values = np.asarray(table[name], np.float64)[rows]
        sums[:, column] = np.bincount(at[rows], np.where(np.isnan(values), 0.0, values), len(wanted))
    return sums


def sum_exactly(keys: Iterable[object], columns: Sequence[ArrayLike], wanted: Sequence[object]) -> Floats:
    """Return the sums of some columns over the rows of each key, rounded but once: whatever the order of the rows.

    Parameters
    ----------
    keys : iterable
        The key of every row.
    columns : sequence of float array, shape (rows,)
        A NaN counts as 0.
    wanted : sequence
        Keys to sum for; rows of others are left out.

    Returns
    -------
    float array, shape (len(wanted), len(columns))
        0 for keys without rows.
    """
    rows: dict[object, list[int]] = {name: [] for name in wanted}
    for row, name in enumerate(keys):
        if name in rows:
            rows[name].append(row)
    sums = np.zeros((len(wanted), len(columns)))
    for column, values in enumerate(columns):
        plain = np.nan_to_num(np.asarray(values, np.float64), posinf=np.inf, neginf=-np.inf).tolist()
        sums[:, column] = [math.fsum(plain[row] for row in rows[name]) for name in wanted]
    return sums


def count_by_key(table: Table, key: str, counted: str, wanted: Sequence[object]) -> list[int]:
    """Return how many different values of a column the rows of each key hold.

    Parameters
    ----------
    table : DataFrame or mapping of str to array
    key, counted : str
        Columns of texts.
    wanted : sequence
        Keys to count for.

    Returns
    -------
    list of int
        In the order of `wanted`.
    """
    found: dict[object, set[object]] = {name: set() for name in wanted}
    for name, value in zip(table[key].tolist(), table[counted].tolist(), strict=True):
        if name in found:
            found[name].add(value)
    return [len(found[name]) for name in wanted]
