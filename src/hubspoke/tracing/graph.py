"""A ledger of lots as a graph: lots and processes are nodes, and edges carry kg."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.tracing.lots import LotLedger


def build_graph(ledger: LotLedger) -> nx.DiGraph[str]:
    """Return a ledger as a directed graph without circles.

    Parameters
    ----------
    ledger : LotLedger

    Returns
    -------
    networkx.DiGraph
        Nodes are named by `lot_id` and `process_id`, with `node` (`lot` or `process`) and the columns of their tables;
        edges lead from lots to processes that take them and from processes to lots that they make, with the kg. A
        metal of which there is none is left out.
    """
    graph: nx.DiGraph[str] = nx.DiGraph(custody=ledger.custody.model, period_yr=ledger.custody.period_yr)
    for frame, key, node in ((ledger.lots, "lot_id", "lot"), (ledger.processes, "process_id", "process")):
        graph.add_nodes_from((row.pop(key), {"node": node, **row}) for row in list_records(frame))
    for frame, start, end in ((ledger.uses, "lot_id", "process_id"), (ledger.makes, "process_id", "lot_id")):
        graph.add_edges_from((row.pop(start), row.pop(end), row) for row in list_records(frame))
    return graph


def list_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table of lots, processes or parts, without kg of which there are none.

    Parameters
    ----------
    frame : DataFrame

    Returns
    -------
    list of dict
        Without custody and period too, which are the same for all.
    """
    kept = frame.drop(columns=[name for name in ("custody", "period") if name in frame])
    return [
        {str(name): value for name, value in row.items() if value != 0 or not str(name).endswith("_kg")}
        for row in kept.to_dict("records")
    ]
