"""Columns that several tables share: cost terms, ratios, rounded measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray


def add_terms(frame: pd.DataFrame, terms: Mapping[str, NDArray[np.float64]]) -> pd.DataFrame:
    """Append a column of yen for every cost term, and their sum as `cost_jpy`."""
    for name, values in terms.items():
        frame[f"{name}_jpy"] = values
    frame["cost_jpy"] = frame[[f"{name}_jpy" for name in terms]].sum(axis=1) if terms else 0.0
    return frame


def measured(values: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Round to three decimals: lanes hold their measures in single precision, good to seven digits."""
    return np.asarray(np.round(values.astype(np.float64), 3), np.float64)


def ratio(above: pd.Series, below: pd.Series) -> pd.Series:
    """Return the ratio of two columns; 0 where the lower one is 0.

    Parameters
    ----------
    above, below : Series
        Of the same index.
    """
    return (above / below.where(below > 0)).fillna(0.0)
