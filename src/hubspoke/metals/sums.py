"""Sums of the metals ledger: by metal, by plant, and by origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from hubspoke.metals.ledger import ENTERS, LEAVES, STAGES

if TYPE_CHECKING:
    from collections.abc import Sequence


def sum_stages(ledger: pd.DataFrame, by: Sequence[str] = ("metal",), amount: str = "metal_kg") -> pd.DataFrame:
    """Sum a ledger by stage.

    Parameters
    ----------
    ledger : DataFrame
        What `tabulate_ledger` returns, or some of its rows.
    by : sequence of str
        Columns of the ledger that each have a row of their own.
    amount : {"metal_kg", "counted_kg"}

    Returns
    -------
    DataFrame
        kg per year, indexed by `by` in the order of the ledger, a column for each of `STAGES`; 0 where there is none.
    """
    if ledger.empty:
        return pd.DataFrame(columns=list(STAGES), dtype=float)
    sums = ledger.pivot_table(index=list(by), columns="stage", values=amount, aggfunc="sum", sort=False)
    return sums.reindex(columns=list(STAGES)).fillna(0.0)


def find_open_ends(ledger: pd.DataFrame) -> pd.Series:
    """Return by how much the ledger does not close: what comes in less what goes out.

    Parameters
    ----------
    ledger : DataFrame

    Returns
    -------
    Series
        kg per year of every metal, `comes_from` and consumer at every plant and port, and over all (`place` is empty).
    """
    keys = ["metal", "comes_from", "consumer"]
    came = ledger[ledger["to_id"] != ""].rename(columns={"to_id": "place"})
    left = ledger[~ledger["stage"].isin(ENTERS)].rename(columns={"from_id": "place"})
    signed = [table.assign(kg=sign * table["metal_kg"]) for table, sign in ((came, 1.0), (left, -1.0))]
    whole = ledger.assign(place="", kg=ledger["metal_kg"].where(ledger["stage"].isin(ENTERS), -ledger["metal_kg"]))
    whole = whole[whole["stage"].isin((*ENTERS, *LEAVES))]
    open_ends: pd.Series = pd.concat([*signed, whole]).groupby(["place", *keys])["kg"].sum()
    return open_ends
