"""The cost terms that a table of a plan holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.costs.terms import TERMS

if TYPE_CHECKING:
    import pandas as pd


def terms_in(table: pd.DataFrame) -> list[str]:
    """Return the names of the cost terms that have a column `<term>_jpy` in a table.

    Parameters
    ----------
    table : DataFrame
        A table of a plan, or part of one.

    Returns
    -------
    list of str
        In the order of `TERMS`.
    """
    return [term.name for term in TERMS if f"{term.name}_jpy" in table]
