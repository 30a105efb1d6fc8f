"""Write a trace as a folder of files: tables, JSON, and the formats of other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd

from hubspoke.base.atomic_write import check_replaceable, replaced_folder
from hubspoke.base.json_text import keep_finite
from hubspoke.base.printable import escape_controls
from hubspoke.inputs.files.source import TRACE_FILE
from hubspoke.outputs.exports.csv_table import write_csv_table
from hubspoke.outputs.report.metal_flow import draw_paths
from hubspoke.outputs.traces.addresses import USUAL_BASE, choose_addresses
from hubspoke.outputs.traces.catena_x import write_secondary_content
from hubspoke.outputs.traces.epcis import write_epcis
from hubspoke.outputs.traces.passport import write_fragment
from hubspoke.outputs.traces.prov import write_prov
from hubspoke.tracing.extract import extract_lots, list_upstream
from hubspoke.tracing.focus import HALVES, WHOLE
from hubspoke.tracing.graph import build_graph, list_records
from hubspoke.tracing.trace import describe_trace

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.tracing.trace import Trace
    from hubspoke.words.language import Lang

FILES = (
    TRACE_FILE,
    "lots.csv",
    "processes.csv",
    "parts.csv",
    "paths.csv",
    "trace.graphml",
    "epcis.json",
    "secondary_material_content_calculated.json",
    "prov.json",
    "passport_fragment.json",
    "flow.svg",
)
"""What is written; `paths.csv` of whatever is traced but the whole plan, whose ways are too many."""
PATHS = ["source_lot_id", "source_id", "class", "end_lot_id", "metal", "kg"]
"""Columns of `paths.csv`; `lots.csv` has the rest by lot."""


def write_trace(trace: Trace, folder: str | Path, *, uri: str = USUAL_BASE, lang: Lang = "en") -> Path:
    """Write a trace into a folder, whole or not at all.

    Parameters
    ----------
    trace : Trace
    folder : str or Path
        A new or empty folder, or one of a trace, which is replaced.
    uri : str
        Address below which lots and places have theirs.
    lang : {"en", "ja"}
        Language of the picture.

    Returns
    -------
    Path
        The folder, absolute.

    Raises
    ------
    UsageError
        No absolute address, or a folder that holds something else or cannot be written.
    """
    addresses = choose_addresses(uri)
    target = check_replaceable(folder, mark=TRACE_FILE, kind="trace", example="trace")
    ledger = extract_lots(trace)
    upstream = list_upstream(ledger)
    named = ledger.lots["lot_id"].map(upstream)
    with replaced_folder(target, own=FILES) as made:
        lots = ledger.lots.assign(upstream_lot_ids=named)
        _write(made / TRACE_FILE, {**describe_trace(trace), "lots": list_records(lots)})
        write_csv_table(ledger.lots.assign(upstream_lot_ids=named.map(";".join)), made / "lots.csv")
        write_csv_table(ledger.processes, made / "processes.csv")
        parts = [frame.assign(direction=way) for frame, way in ((ledger.uses, "in"), (ledger.makes, "out"))]
        write_csv_table(pd.concat(parts, ignore_index=True), made / "parts.csv")
        if trace.focus.kind != WHOLE:
            every = pd.concat([trace.sources, trace.ends], ignore_index=True).drop_duplicates(ignore_index=True)
            write_csv_table(every[PATHS], made / "paths.csv")
        nx.write_graphml(_keep_printable(build_graph(ledger)), made / "trace.graphml", prettyprint=False)
        _write(made / "epcis.json", write_epcis(ledger, addresses))
        _write(made / "secondary_material_content_calculated.json", write_secondary_content(trace, ledger))
        _write(made / "prov.json", write_prov(ledger, addresses))
        fragments = [fragment for plan in ledger.plans.values() if (fragment := write_fragment(plan)) is not None]
        if fragments:
            _write(made / "passport_fragment.json", fragments)
        plan = list(ledger.plans.values())[-1]
        ways = pd.concat([trace.sources, trace.ends]).drop_duplicates() if trace.focus.kind in HALVES else trace.paths
        picture = draw_paths(plan, ways, lang)
        if picture is not None:
            alone = picture.svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
            (made / "flow.svg").write_text(f"{alone}\n", encoding="utf-8", newline="\n")
    return target


def _keep_printable(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    """Write what is not seen in a name as an escape: XML has no such characters."""
    for _, held in graph.nodes(data=True):
        held |= {name: escape_controls(value) for name, value in held.items() if isinstance(value, str)}
    return graph


def _write(file: Path, content: Any) -> None:
    """Write JSON without indentation, which would be half of a file of many small records."""
    text = json.dumps(keep_finite(content), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    file.write_text(f"{text}\n", encoding="utf-8", newline="\n")
