"""Check tables that are data frames, by the rules that files are held to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.inputs.check.check import apply_rules
from hubspoke.inputs.check.supply import scale_sites
from hubspoke.inputs.check.table_changes import change_tables
from hubspoke.inputs.files.cells import as_text
from hubspoke.inputs.files.load import load_outlines, load_tables, shipped_sources
from hubspoke.inputs.files.raw_table import RawTable
from hubspoke.inputs.files.source import REGIONAL, TABLES
from hubspoke.inputs.tables.dictionary import headings_of
from hubspoke.inputs.tables.schema import CELL_WORKS, SCHEMAS, UNLIMITED
from hubspoke.inputs.tables.survey import Survey, survey_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from hubspoke.inputs.files.headings import Headings, Meaning
    from hubspoke.settings.settings import Settings

REGION = "region"
ENDLESS_T = 1e9
"""Stock that no site reaches, t."""
FIRST_ROW = 2
"""Number of a frame's first row in findings: that which it would have in a file, under the header."""


def survey_frames(
    frames: Mapping[str, pd.DataFrame], settings: Settings, outlines: gpd.GeoDataFrame | None, *, scaled: bool
) -> Survey:
    """Type data frames as tables of the input, and apply every rule to them.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        By the names of `SCHEMAS`. Roads and cities that are left out are those that ship, other tables are empty.
        Findings name them as they would a file, and the first row is row 2.
    settings : Settings
    outlines : GeoDataFrame or None
        Prefectures and regions; None for those that ship.
    scaled : bool
        Whether tonnes and rows are already those that `supply` and `table_changes` of the settings ask for.

    Returns
    -------
    Survey
        With all findings; its frames are new ones.
    """
    hashes: dict[str, str] = {}
    drawn = load_outlines(None, hashes, []) if outlines is None else outlines
    found = Survey(settings, drawn, hashes=hashes)
    raws = load_tables(shipped_sources(frames), hashes, found.findings, lambda table: headings_of(table, settings))
    own = []
    for table in TABLES:
        if table in frames:
            frame = _leave_out_unlimited(table, frames[table], settings)
            raw, findings = _as_raw(table, frame, headings_of(table, settings))
            own.append(raw)
            found.findings += findings
            if table in REGIONAL and not raw.length:
                found.findings.append(
                    Finding(table, 0, "", "the table has no rows", "give at least one", kind="empty-table")
                )
    if not any(any(raw.columns.get(REGION, ())) for raw in own):  # all lie in one region, which has no name
        for raw in own:
            raw.columns.pop(REGION, None)
    raws += own
    survey_tables(raws, found)
    if not scaled:
        found.tables["sites"] = scale_sites(found.tables["sites"], settings)
        change_tables(found)
    return apply_rules(found)


def _leave_out_unlimited(table: str, frame: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return sites whose limits of stock can be written: an infinite one as nothing, or as more than any site has.

    An empty cell stands for the limit of the settings, which only cell works are not held to.
    """
    if table != "sites" or not {"stock_max_t", "kind"} <= set(frame.columns):
        return frame
    usual = float(settings.collection.stock_max_t)
    none = frame["stock_max_t"].eq(math.inf) & (frame["kind"].eq(CELL_WORKS) | (usual == 0))
    stock = frame["stock_max_t"].mask(none)
    return frame.assign(stock_max_t=stock.mask(stock.eq(math.inf), ENDLESS_T))


def _as_raw(table: str, frame: pd.DataFrame, headings: Headings) -> tuple[RawTable, list[Finding]]:
    """Return a frame as the text that a file would hold, so that it meets the same rules."""
    columns: dict[str, list[str]] = {}
    factors: dict[str, float] = {}
    told: list[str] = []
    padded: dict[str, frozenset[str]] = {}
    findings = []
    unlimited = {column.name for column in SCHEMAS[table].columns if column.default == UNLIMITED}
    meanings = _find_meanings(frame, headings)
    for at, name in enumerate(map(str, frame.columns)):
        key, meaning = name.strip().lower(), meanings.get(name)
        if meaning is not None:
            key = meaning.column
            factors[key] = meaning.factor
            told.append(f"{name} = {key}")
        if key in columns:
            problem, cure = f"the column {key!r} stands twice", "keep one of the two"
            findings.append(Finding(table, 1, key, problem, cure, kind="duplicate-column"))
            continue
        texts = [_write_cell(cell, key in unlimited) for cell in frame.iloc[:, at].tolist()]
        columns[key] = [text.strip() for text in texts]
        if key.endswith(("id", "_code")):
            pairs = zip(texts, columns[key], strict=True)
            padded[key] = frozenset(new for old, new in pairs if old != new)
    if told:
        problem, cure = f"columns are read under other names: {', '.join(told)}", "nothing, if that is meant"
        findings.append(Finding(table, 1, "", problem, cure, fatal=False, kind="understood-columns"))
    rows = np.arange(FIRST_ROW, len(frame) + FIRST_ROW, dtype=np.int64)
    return RawTable(table, table, "", columns, rows, padded=padded, factors=factors), findings


def _find_meanings(frame: pd.DataFrame, headings: Headings) -> dict[str, Meaning]:
    """Return what columns under other titles mean, by title, where that is sure and no column bears the name itself."""
    found = {str(name): headings.find(str(name)) for name in frame.columns}
    named = {meaning.column for meaning in found.values() if meaning is not None and meaning.exact}
    return {
        title: meaning
        for title, meaning in found.items()
        if meaning is not None
        and not (meaning.exact or meaning.numbered or math.isnan(meaning.factor))
        and meaning.column not in named
    }


def _write_cell(cell: Any, none_is_infinite: bool) -> str:  # noqa: FBT001 - of this file alone
    if none_is_infinite and isinstance(cell, float) and cell == math.inf:
        return ""
    return repr(float(cell)) if isinstance(cell, float) and not math.isnan(cell) else as_text(cell)
