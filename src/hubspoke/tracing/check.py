"""Whether a plan can be traced: lots close at every process, add up to the metals ledger, and custody holds.

The sums are made anew from the lots as they are told; how lots are made of each other is not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.metals.ledger import STAGES, tabulate_ledger
from hubspoke.tracing.custody import CONTROLLED_BLENDING, MASS_BALANCE, SEGREGATED
from hubspoke.tracing.mixing import find_ends, find_sources
from hubspoke.tracing.trace import trace_plans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.plan.plan import PlanData
    from hubspoke.tracing.trace import Trace

MODELS = (SEGREGATED, CONTROLLED_BLENDING, MASS_BALANCE)
GRAM = 1e-3
"""Kilograms by which a sum may be off, beside what floats leave of large ones."""
RELATIVE = 1e-9


def check_trace(plan: PlanData) -> Iterator[str]:
    """Check that every kilogram of metal can be traced under every chain of custody.

    Parameters
    ----------
    plan : PlanData

    Yields
    ------
    str
        A sentence for each fault: a process that gives out more or less than it takes, a lot that is used more or less
        than once, a stage whose lots are not the ledger's, a lot whose sources do not add up to it, a mixed lot where
        origins are kept apart.
    """
    ledger = tabulate_ledger(plan)
    told = ledger.pivot_table(index="stage", columns="metal", values="metal_kg", aggfunc="sum", fill_value=0.0)
    for model in MODELS:
        trace = trace_plans({plan.year: plan}, custody=model)
        for fault in (*_check_processes(trace), *_check_lots(trace), *_check_shares(trace)):
            yield f"{model}: {fault}"
        yield from (f"{model}: {fault}" for fault in _check_stages(trace, told))
        if trace.ledger.custody.keeps_origins_apart:
            yield from (f"{model}: {fault}" for fault in _check_origins(trace))


def _check_processes(trace: Trace) -> Iterator[str]:
    """Check that what goes into every process comes out of it, in mass and metal by metal."""
    ledger = trace.ledger
    into, out = (part.groupby("process_id")[ledger.kg].sum() for part in (ledger.uses, ledger.makes))
    yield from _compare("process", into, out)


def _check_lots(trace: Trace) -> Iterator[str]:
    """Check that every lot is made once and, unless it leaves the plan, used once."""
    ledger, kg = trace.ledger, trace.ledger.lots.set_index("lot_id")[trace.ledger.kg]
    if ledger.lots["lot_id"].duplicated().any():
        yield f"{ledger.lots.loc[ledger.lots['lot_id'].duplicated(), 'lot_id'].iloc[0]} stands twice"
        return
    for what, part, rows in (
        ("made lot", ledger.makes, ledger.lots.index.difference(find_sources(ledger))),
        ("used lot", ledger.uses, ledger.lots.index.difference(find_ends(ledger))),
    ):
        yield from _compare(what, kg.loc[ledger.lots.loc[rows, "lot_id"]], part.groupby("lot_id")[ledger.kg].sum())


def _check_stages(trace: Trace, told: pd.DataFrame) -> Iterator[str]:
    """Check that the lots of every stage hold what the metals ledger has there."""
    ledger = trace.ledger
    held = ledger.lots.groupby("step")[[f"{metal}_kg" for metal in ledger.metals]].sum()
    held.columns = pd.Index(ledger.metals)
    yield from _compare(
        "stage",
        held.reindex(index=list(STAGES), fill_value=0.0),
        told.reindex(index=list(STAGES), columns=ledger.metals, fill_value=0.0),
    )


def _check_shares(trace: Trace) -> Iterator[str]:
    """Check that the ways from all sources to all ends add up to both, metal by metal."""
    lots = trace.ledger.lots.set_index("lot_id")
    for column, rows in (("source_lot_id", find_sources(trace.ledger)), ("end_lot_id", find_ends(trace.ledger))):
        ways = trace.paths.pivot_table(index=column, columns="metal", values="kg", aggfunc="sum", fill_value=0.0)
        names = trace.ledger.lots.loc[rows, "lot_id"]
        kg = lots.loc[names, [f"{metal}_kg" for metal in trace.ledger.metals]]
        kg.columns = pd.Index(trace.ledger.metals)
        yield from _compare(column, kg, ways.reindex(index=names, columns=trace.ledger.metals, fill_value=0.0))


def _check_origins(trace: Trace) -> Iterator[str]:
    """Check that no process takes lots of two origins."""
    marks = trace.ledger.lots.set_index("lot_id")[["comes_from", "consumer"]]
    taken = trace.ledger.uses.join(marks, on="lot_id").groupby("process_id")[["comes_from", "consumer"]].nunique()
    for name in taken.index[(taken > 1).any(axis=1)]:
        yield f"process {name} mixes origins"


def _compare(what: str, one: pd.DataFrame, other: pd.DataFrame) -> Iterator[str]:
    """Yield the first few rows in which two tables of kg differ, each row of one of them without the other."""
    every = one.index.union(other.index)
    left, right = (table.reindex(every, fill_value=0.0)[list(one.columns)].to_numpy(float) for table in (one, other))
    off = np.abs(left - right) > GRAM + RELATIVE * np.maximum(np.abs(left), np.abs(right))
    for row, column in np.argwhere(off)[:5]:
        kg = f"{left[row, column]:,.3f} and {right[row, column]:,.3f}"
        yield f"{what} {every[row]}: {one.columns[column]} is {kg} kg"
