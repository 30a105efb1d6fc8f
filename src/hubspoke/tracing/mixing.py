"""What every lot is made of: metal is mixed in each process, and what leaves takes its share of all that came.

For one metal, let A be the parts of lots that processes take (each row sums to 1, or to 0 for a lot that none takes),
and B the parts of processes that become lots (each row sums to 1). Then row i of AB + (AB)^2 + ... says which parts
of lot i end in any other lot. Lots are never part of themselves, so the sum ends after as many terms as there are
steps. Both ways of a trace, from a source on and from a product back, are read from the same products.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.tracing.lots import LotLedger

MOST_STEPS = 16
"""More than any plan has; a lot that is part of itself would never end."""


def find_paths(ledger: LotLedger, sources: pd.Index, ends: pd.Index, column: str) -> pd.DataFrame:
    """Return how many kg of each source end in each end.

    Parameters
    ----------
    ledger : LotLedger
    sources, ends : Index
        Positions of lots in `ledger.lots`.
    column : str
        Which kg: `NAME_kg` of a metal. Mass is not followed, as it is not mixed in proportion.

    Returns
    -------
    DataFrame
        `source` and `end` (positions of lots) and `kg`, where there is any; the kg of a source that all its ends have
        sum to what it holds.
    """
    lots = ledger.lots
    taken, given = _fractions(ledger, column)
    reach = sparse.csc_matrix(
        (np.ones(len(ends)), (ends.to_numpy(int), np.arange(len(ends)))), shape=(len(lots), len(ends))
    )
    total = sparse.csr_matrix((len(sources), len(ends)))
    own = sources.to_numpy(int)
    for _ in range(MOST_STEPS):
        reach = taken @ (given @ reach)
        if reach.nnz == 0:
            break
        total = total + reach.tocsr()[own]
    found = total.tocoo()
    kg = found.data * lots[column].to_numpy(float)[own[found.row]]
    some = kg > 0
    paths = pd.DataFrame({"source": own[found.row], "end": ends.to_numpy(int)[found.col], "kg": kg})
    told: pd.DataFrame = paths.loc[some].sort_values(["source", "end"], ignore_index=True)
    return told


def find_ends(ledger: LotLedger) -> pd.Index:
    """Return the positions of the lots that no process takes: what is sold, alloyed, lost, or left where it is.

    Parameters
    ----------
    ledger : LotLedger
    """
    return ledger.lots.index[~ledger.lots["lot_id"].isin(ledger.uses["lot_id"])]


def find_sources(ledger: LotLedger) -> pd.Index:
    """Return the positions of the lots that no process makes: packs, and black mass that lands.

    Parameters
    ----------
    ledger : LotLedger
    """
    return ledger.lots.index[~ledger.lots["lot_id"].isin(ledger.makes["lot_id"])]


def _fractions(ledger: LotLedger, column: str) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Return the parts of lots that pools take, shape (lots, pools), and of pools that become lots, (pools, lots)."""
    at_lot = pd.Index(ledger.lots["lot_id"])
    pools = pd.Index(ledger.processes["pool_id"].unique())
    pool_of = ledger.processes.set_index("process_id")["pool_id"]

    def build(frame: pd.DataFrame) -> tuple[Floats, np.ndarray, np.ndarray]:
        lots = at_lot.get_indexer(frame["lot_id"])
        return frame[column].to_numpy(float), lots, pools.get_indexer(frame["process_id"].map(pool_of))

    kg, lots, takers = build(ledger.uses)
    taken = sparse.csr_matrix((kg, (lots, takers)), shape=(len(at_lot), len(pools)))
    kg, lots, makers = build(ledger.makes)
    given = sparse.csr_matrix((kg, (makers, lots)), shape=(len(pools), len(at_lot)))
    return _to_one(taken), _to_one(given)


def _to_one(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """Divide every row by its sum; rows of nothing stay as they are."""
    matrix.eliminate_zeros()
    sums = np.asarray(matrix.sum(axis=1)).ravel()
    inverse = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)
    return sparse.diags_array(inverse) @ matrix
