"""Read a table from a file (CSV, Excel, GeoPackage, Parquet) as text, with the row numbers of a spreadsheet."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.inputs.files.cells import as_text, tidy
from hubspoke.inputs.files.csv_text import split_csv
from hubspoke.inputs.files.records import Records, count_known, find_empty, split_records
from hubspoke.inputs.files.source import BOOKS, OPTIONAL, TEXTS
from hubspoke.inputs.files.unreadable import UnreadableError, missing_extra
from hubspoke.inputs.files.workbook import OFFICE_XML, list_sheets, read_cells, tell_unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from hubspoke.inputs.files.headings import Headings, Meaning
    from hubspoke.inputs.files.source import Source

PLACES = ("sites", "hubs", "refineries", "cities")
PIECES = ("台", "台/年", "個", "個/年", "基", "packs", "packs/yr", "units", "pcs", "vehicles", "cars")
"""Units that count packs or cars; a weight for one turns them into tonnes."""
WGS84 = "EPSG:4326"


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table as text: its cells by column, stripped of blanks around them, and each row's spreadsheet number.

    `padded` holds the texts around which there were blanks, for each column of ids or codes; `titles` how a column is
    called in the file, `factors` by what its numbers are multiplied, and `numbered` which ids are running numbers.
    """

    table: str
    file: str
    region: str
    columns: dict[str, list[str]]
    rows: NDArray[np.int64]
    in_subfolder: bool = False
    padded: dict[str, frozenset[str]] = field(default_factory=dict)
    header_row: int = 1
    titles: dict[str, str] = field(default_factory=dict)
    factors: dict[str, float] = field(default_factory=dict)
    numbered: list[str] = field(default_factory=list)
    spare: dict[str, list[str]] = field(default_factory=dict)
    """Cells by title of the columns that another one has already taken the name of."""

    @property
    def length(self) -> int:
        """Number of rows."""
        return len(self.rows)


def read_table(source: Source, data: bytes, headings: Headings) -> tuple[RawTable | None, list[Finding]]:
    """Read the table of a source as text.

    Parameters
    ----------
    source : Source
    data : bytes
        The content of a CSV file; all others are read from the path of the source.
    headings : Headings
        The titles under which the columns of the table are known.

    Returns
    -------
    table : RawTable or None
        None where the file cannot be read.
    findings : list of Finding
    """
    try:
        records, findings = _read_records(source, data, headings)
    except UnreadableError as error:
        return None, [error.finding]
    if records is None:
        return None, findings
    rows = np.array(records.rows, dtype=np.int64)
    raw = RawTable(
        source.table, source.name, source.region, {}, rows, source.in_subfolder, header_row=records.header_row
    )
    findings += _name_columns(records, raw, headings)
    if not records.rows and not (source.table in OPTIONAL and source.path.suffix.lower() in BOOKS):
        cure = "write at least one row, or remove the file if it is optional"
        findings.append(Finding(source.name, 0, "", "the table has no rows", cure, kind="empty-table"))
    return raw, findings


def list_layers(path: Path, name: str) -> tuple[list[str], list[str], list[Finding]]:
    """List the visible sheets of a workbook or the layers of a GeoPackage, then its hidden sheets, then findings.

    Parameters
    ----------
    path : Path
    name : str
        Name of the file in findings.

    Returns
    -------
    visible, hidden : list of str
    findings : list of Finding
    """
    try:
        if path.suffix.lower() == ".gpkg":
            import pyogrio  # noqa: PLC0415 - heavy, and needed for GeoPackages only

            return [str(layer) for layer in pyogrio.list_layers(path)[:, 0]], [], []
        return *list_sheets(path, name), []
    except UnreadableError as error:
        return [], [], [error.finding]
    except Exception as error:  # noqa: BLE001 - the libraries raise many kinds for a damaged file
        return [], [], [_damaged(name, error)]


def _read_records(source: Source, data: bytes, headings: Headings) -> tuple[Records | None, list[Finding]]:
    suffix = source.path.suffix.lower()
    if suffix in TEXTS:
        return split_csv(data, source.name, headings)
    try:
        if suffix == ".parquet":
            return _read_parquet(source), []
        if suffix == ".gpkg":
            return _read_layer(source), []
        return _read_sheet(source, headings)
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(_damaged(source.name, error)) from error


def _damaged(name: str, error: Exception) -> Finding:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return Finding(name, 0, "", f"cannot be read: {reason}", "save the file again, or as CSV UTF-8", kind="damaged")


def _read_sheet(source: Source, headings: Headings) -> tuple[Records | None, list[Finding]]:
    findings: list[Finding] = []
    best: tuple[int, str, Records] | None = None
    for sheet in source.sheets or (source.layer,):
        cells, merged = read_cells(source.path, source.name, sheet)
        numbered = [(row, record) for row, record in enumerate(cells, start=1) if any(map(str.strip, record))]
        if numbered:
            records, more = split_records(numbered, source.name, headings, merged)
            known = count_known(records.header, headings)
            if best is None or known > best[0]:
                best, findings = (known, sheet, records), more
    if best is None:
        return None, [find_empty(source.name)]
    if len(source.sheets) > 1:
        others = ", ".join(sheet for sheet in source.sheets if sheet != best[1])
        problem = f"has several sheets: {best[1]} is read, {others} not"
        cure = f"name the sheet {source.table} if another one is meant"
        findings.append(Finding(source.name, 0, "", problem, cure, fatal=False, kind="several-sheets"))
    if source.path.suffix.lower() not in OFFICE_XML and any("" in record for record in best[2].records):
        findings.append(tell_unseen(source.name))
    return best[2], findings


def _read_parquet(source: Source) -> Records:
    try:
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise missing_extra(source.name, "parquet") from error
    table = pq.read_table(source.path)
    return _as_records({name: table[name].to_pylist() for name in table.column_names}, table.num_rows)


def _read_layer(source: Source) -> Records:
    import pyogrio  # noqa: PLC0415 - heavy, and needed for GeoPackages only

    frame = pyogrio.read_dataframe(source.path, layer=source.layer)
    cells = {str(name): frame[name].tolist() for name in frame.columns if name != "geometry"}
    names = {name.lower() for name in cells}
    if "geometry" in frame.columns and not {"lat", "lon"} <= names and source.table in PLACES:
        cells |= _point_columns(frame, source)
    return _as_records(cells, len(frame))


def _point_columns(frame: Any, source: Source) -> dict[str, list[Any]]:
    if frame.crs is None:
        cure = "set the layer's coordinate system, or add the columns lat and lon in degrees"
        raise UnreadableError(
            Finding(source.name, 0, "geometry", "no coordinate system is stated", cure, kind="no-crs")
        )
    wrong = frame.geometry.notna() & (frame.geometry.geom_type != "Point")
    if wrong.any():
        index = int(np.flatnonzero(wrong)[0])
        problem = f"the geometry is a {frame.geometry.geom_type.iloc[index]}, not a point"
        cure = "use a layer of points, or add the columns lat and lon in degrees"
        raise UnreadableError(Finding(source.name, index + 2, "geometry", problem, cure, kind="no-point"))
    points = frame.geometry.to_crs(WGS84)
    return {"lat": points.y.tolist(), "lon": points.x.tolist()}


def _as_records(cells: dict[str, list[Any]], length: int) -> Records:
    texts = [[as_text(cell) for cell in column] for column in cells.values()]
    records: list[Sequence[str]] = list(zip(*texts, strict=True))
    return Records(tuple(cells), records, list(range(2, length + 2)))


def _name_columns(records: Records, raw: RawTable, headings: Headings) -> list[Finding]:
    """Fill the columns of a table in, under the names of its schema where their titles are known; return findings."""
    findings: list[Finding] = []
    told: list[str] = []
    meanings = [headings.find(title) for title in records.header]
    exact = {meaning.column for meaning in meanings if meaning is not None and meaning.exact}
    cells: Iterable[Sequence[str]] = (
        zip(*records.records, strict=True) if records.records else [()] * len(records.header)
    )
    for place, (title, values) in enumerate(zip(records.header, cells, strict=True)):
        meaning = meanings[place]
        sure = meaning is not None and (meaning.exact or meaning.column not in exact)
        key = meaning.column if meaning is not None and sure else title.strip().lower()
        shown = " ".join(title.split())
        if key in raw.columns:
            findings.append(_find_twice(raw, key, shown, records.header_row))
            raw.spare[shown] = [tidy(value) for value in values]
        elif key:
            raw.columns[key] = [tidy(value) for value in values]
            raw.titles[key] = shown
            if meaning is not None and sure:
                findings += _use_meaning(raw, key, meaning, shown, records.header_row)
                told += [] if meaning.exact else [f"{shown} = {key}"]
            if key.endswith(("id", "_code")):
                raw.padded[key] = frozenset(tidy(value) for value in values if value.strip() != value)
            findings += _find_merged(raw, records, place, key, numeric=key in headings.units)
        elif any(value.strip() for value in values):
            problem, cure = "a column without a name is not read", "name it in the header, or remove it"
            row = records.header_row
            findings.append(Finding(raw.file, row, "", problem, cure, fatal=False, kind="unnamed-column"))
    if told:
        problem, cure = f"columns are read under other names: {', '.join(told)}", "nothing, if that is meant"
        findings.append(
            Finding(raw.file, records.header_row, "", problem, cure, fatal=False, kind="understood-columns")
        )
    return findings


def _find_twice(raw: RawTable, key: str, shown: str, row: int) -> Finding:
    before = raw.titles[key]
    if before.lower() == shown.lower():
        return Finding(
            raw.file, row, key, f"the column {key!r} stands twice", "keep one of the two", kind="duplicate-column"
        )
    problem = f"both {before!r} and {shown!r} mean the column {key!r}"
    return Finding(raw.file, row, key, problem, "keep one of the two, or rename the other", kind="duplicate-column")


def _use_meaning(raw: RawTable, key: str, meaning: Meaning, shown: str, row: int) -> list[Finding]:
    """Note factor and kind of a column whose title was understood; return a finding where its unit is not known."""
    if meaning.numbered:
        raw.numbered.append(key)
    if math.isnan(meaning.factor):
        cure = f"give it in the unit of {key!r}"
        if meaning.unit in PIECES:
            cure += f', or state the weight of one: [columns] "{shown}" = {{ column = "{key}", kg_each = 250 }}'
        problem = f"the unit {meaning.unit!r} cannot be turned into that of {key!r}"
        return [Finding(raw.file, row, shown, problem, cure, kind="unit")]
    if meaning.factor != 1:
        raw.factors[key] = meaning.factor
    return []


def _find_merged(raw: RawTable, records: Records, place: int, key: str, *, numeric: bool) -> list[Finding]:
    rows = [row for row in records.rows if (row, place) in records.merged]
    if not rows:
        return []
    if numeric:
        problem, cure = "a number in a merged cell: it is not clear to which rows it belongs", "split the merged cell"
        return [Finding(raw.file, row, key, problem, cure, kind="merged") for row in rows]
    problem = f"{len(rows)} row{'s' if len(rows) > 1 else ''} take the text of the merged cell above or beside"
    cure = "nothing, if that is meant"
    return [Finding(raw.file, rows[0], key, problem, cure, fatal=False, kind="merged")]
