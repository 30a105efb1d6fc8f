"""Check that the sources besides dismantling sites are there if the settings ask for them, and can be landed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import Finding
from hubspoke.base.shipped import SHIPPED_SETTINGS
from hubspoke.inputs.tables.findings import among, find_in_frame
from hubspoke.inputs.tables.schema import CELL_WORKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.inputs.tables.survey import Survey


def find_unknown_classes(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each source abroad whose black mass is of a class that the settings do not know."""
    table, known = found.tables["overseas"], found.settings.classes

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        return f"{row['class']!r} is no class of packs", f"write one of {', '.join(known)}"

    yield from find_in_frame(table, ~among(table["class"], known), "class", tell, kind="unknown-class")


def find_missing_sources(found: Survey) -> Iterator[Finding]:
    """Yield a finding where the settings ask for sources that no table states."""
    sources, works = found.settings.sources, found.tables["sites"]["kind"] == CELL_WORKS
    if sources.factory_scrap and not works.any():
        yield _describe_missing("factory_scrap", f"sites has no row of kind {CELL_WORKS}", "add the works to sites")
    for table in ("overseas", "ports"):
        if sources.overseas and found.tables[table].empty:
            yield _describe_missing("overseas", f"the table {table} is missing or empty", f"add {table}.csv")


def _describe_missing(key: str, problem: str, cure: str) -> Finding:
    column = f"sources.{key}"
    return Finding(SHIPPED_SETTINGS, 0, column, problem, f"{cure}, or set {column}=false", kind="missing-source")


def find_stranded(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each source abroad that has no sea lane with a cost to any port."""
    table, lanes = found.tables["overseas"], found.tables["lanes"]
    if not found.settings.sources.overseas or found.tables["ports"].empty:
        return
    priced = lanes[lanes["cost_jpy_per_t"].notna() & among(lanes["to_id"], found.tables["ports"]["id"].tolist())]

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        problem = f"no lane with a cost leads from {row['id']!r} to a port"
        return problem, "add rows to lanes: from_id, to_id of a port, cost_jpy_per_t of the sea freight"

    yield from find_in_frame(table, ~among(table["id"], priced["from_id"].tolist()), "id", tell, kind="stranded")
