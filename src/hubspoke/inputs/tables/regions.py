"""Fill in the regions of places by their prefecture, where a table leaves them open."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding
from hubspoke.inputs.files.source import BOOKS, PLACED
from hubspoke.inputs.tables.gazetteer import load_gazetteer
from hubspoke.inputs.tables.positions import NAMES
from hubspoke.inputs.tables.totals import leave_out_totals

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hubspoke.inputs.files.raw_table import RawTable


def fill_regions(
    raws: Sequence[RawTable], drawn: Collection[str], tonnes: Sequence[str]
) -> tuple[list[RawTable], list[Finding]]:
    """Return tables in which regions left open are those of the prefectures, and a warning for each table so filled.

    An empty cell of a column `region` is filled in wherever the prefecture is known. Workbooks without such a column,
    which would otherwise be one region of the file's name, get one where the prefecture of every place is known.

    Parameters
    ----------
    raws : sequence of RawTable
    drawn : collection of str
        Ids of the regions in the outlines; none other is filled in.
    tonnes : sequence of str
        Columns of tonnes of sites, by which rows of totals are told.

    Returns
    -------
    tables : list of RawTable
        The same objects where nothing is filled in.
    findings : list of Finding
    """
    flat = [raw for raw in raws if raw.table in PLACED and not raw.in_subfolder and raw.length]
    stated = any("region" in raw.columns for raw in flat)
    places = {id(raw): _find_regions(raw, drawn) for raw in flat if any(name in raw.columns for name in NAMES)}
    if not stated and not _all_found(flat, drawn, tonnes):
        return list(raws), []
    made, findings = [], []
    for raw in raws:
        cells = raw.columns.get("region", [""] * raw.length)
        found = places.get(id(raw), [""] * raw.length)
        open_rows = [row for row, cell in enumerate(cells) if not cell and found[row]]
        if not open_rows:
            made.append(raw)
            continue
        filled = [cell or name for cell, name in zip(cells, found, strict=True)]
        made.append(replace(raw, columns={**raw.columns, "region": filled}))
        findings.append(_tell(raw, Counter(found[row] for row in open_rows)))
    return made, findings


def _find_regions(raw: RawTable, drawn: Collection[str]) -> list[str]:
    """Return the region of each row by its prefecture, city or address; empty where it is not known."""
    gazetteer = load_gazetteer()
    names = zip(*(raw.columns.get(name, [""] * raw.length) for name in NAMES), strict=True)
    places = [gazetteer.find_prefecture(*row) for row in names]
    return [place.region if place is not None and place.region in drawn else "" for place in places]


def _all_found(flat: Sequence[RawTable], drawn: Collection[str], tonnes: Sequence[str]) -> bool:
    """Return whether tables are all of workbooks, under a name that is no region, and the region of each row known."""
    for raw in flat:
        book = raw.file.partition(", sheet ")[0].lower().endswith(BOOKS)
        if not book or raw.region.lower() in drawn or not any(name in raw.columns for name in NAMES):
            return False
        if not all(_find_regions(leave_out_totals(raw, tonnes or ("max_t", "existing_t"))[0], drawn)):
            return False
    return bool(flat)


def _tell(raw: RawTable, counts: Counter[str]) -> Finding:
    told = ", ".join(f"{region} {count}" for region, count in sorted(counts.items()))
    problem = f"regions are filled in by prefecture: {told}"
    cure = "nothing, if that is meant; else write the region of each row in a column region"
    return Finding(raw.file, raw.header_row, "region", problem, cure, fatal=False, kind="region-by-prefecture")
