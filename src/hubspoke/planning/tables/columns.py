"""Tables in the making, as arrays by column, and columns that several share: cost terms, ratios, rounded measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.base.arrays import Floats

Columns = dict[str, NDArray[Any]]
"""A table by column, texts as objects: pandas takes longer to set one column than to make a table of all at once."""


def pick(table: pd.DataFrame, rows: NDArray[Any], names: Mapping[str, str]) -> Columns:
    """Return some rows of a table of the network, by the names that a table of the plan has for its columns."""
    return {name: table[given].to_numpy()[rows] for name, given in names.items()}


def where(table: Columns, kept: NDArray[np.bool_], *names: str) -> Columns:
    """Return some columns of the rows for which something holds."""
    return {name: table[name][kept] for name in names}


def add_terms(table: Columns, terms: Mapping[str, Floats]) -> None:
    """Append a column of yen for every cost term, and their sum as `cost_jpy`."""
    table |= {f"{name}_jpy": values for name, values in terms.items()}
    table["cost_jpy"] = np.stack(list(terms.values())).T.sum(axis=1)


def measured(values: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Round to three decimals: lanes hold their measures in single precision, good to seven digits."""
    return np.asarray(np.round(values.astype(np.float64), 3), np.float64)


def ratio(above: Floats, below: Floats) -> Floats:
    """Return the ratio of two columns; 0 where the lower one is 0.

    Parameters
    ----------
    above, below : float array, shape (n,)
    """
    return np.divide(above, below, out=np.zeros(len(above)), where=below > 0)
