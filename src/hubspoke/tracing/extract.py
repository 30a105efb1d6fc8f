"""Take out of a ledger of lots the processes that a trace passes, each of them whole, and name the lots upstream."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from hubspoke.tracing.focus import HALVES, WHOLE

if TYPE_CHECKING:
    from hubspoke.tracing.lots import LotLedger
    from hubspoke.tracing.trace import Trace


def extract_lots(trace: Trace) -> LotLedger:
    """Return the lots and processes that lie on the way of a trace.

    Parameters
    ----------
    trace : Trace

    Returns
    -------
    LotLedger
        Every process that metal passes from the sources to the ends, with all lots that it takes and makes, since half
        a process would not close. Of a region or a lot: all that leads there or from there.
    """
    ledger, focus = trace.ledger, trace.focus
    if focus.kind == WHOLE:
        return ledger
    names = ledger.lots["lot_id"]
    on = _walk(ledger, set(names.loc[focus.sources]), "uses", "makes")
    back = _walk(ledger, set(names.loc[focus.ends]), "makes", "uses")
    pools = on | back if focus.kind in HALVES else on & back
    processes = ledger.processes[ledger.processes["pool_id"].isin(pools)]
    parts = {
        side: getattr(ledger, side)[getattr(ledger, side)["process_id"].isin(processes["process_id"])]
        for side in ("uses", "makes")
    }
    kept = {*parts["uses"]["lot_id"], *parts["makes"]["lot_id"]}
    frames = {"lots": ledger.lots[names.isin(kept)], "processes": processes, **parts}
    return replace(ledger, **{name: frame.reset_index(drop=True) for name, frame in frames.items()})


def _walk(ledger: LotLedger, lots: set[str], enter: str, leave: str) -> set[str]:
    """Return the pools that are reached from lots through what enters processes and what leaves them."""
    pool_of = ledger.processes.set_index("process_id")["pool_id"]
    into, out = (
        frame.assign(pool=frame["process_id"].map(pool_of))
        for frame in (getattr(ledger, enter), getattr(ledger, leave))
    )
    reached: set[str] = set()
    while lots:
        found = set(into.loc[into["lot_id"].isin(lots), "pool"]) - reached
        reached |= found
        lots = set(out.loc[out["pool"].isin(found), "lot_id"])
    return reached


def list_upstream(ledger: LotLedger) -> pd.Series:
    """Return the lots that each lot is made of.

    Parameters
    ----------
    ledger : LotLedger

    Returns
    -------
    Series
        Lists of identifiers, sorted, by `lot_id`; an empty one for packs and what lands.
    """
    pool_of = ledger.processes.set_index("process_id")["pool_id"]
    taken = ledger.uses["lot_id"].groupby(ledger.uses["process_id"].map(pool_of)).agg(lambda lots: sorted(set(lots)))
    made = pd.DataFrame({"lot_id": ledger.makes["lot_id"], "pool": ledger.makes["process_id"].map(pool_of)})
    lists = {
        lot: sorted({name for pool in set(pools) for name in taken.get(pool, [])})
        for lot, pools in made.groupby("lot_id")["pool"]
    }
    return pd.Series({lot: lists.get(lot, []) for lot in ledger.lots["lot_id"]}, dtype=object)
