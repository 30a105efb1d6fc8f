"""Read a table from a file (CSV, Excel, GeoPackage, Parquet) as text, with the row numbers of a spreadsheet."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.inputs.files.csv_text import Records, find_empty, split_csv, split_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from hubspoke.inputs.files.source import Source

PLACES = ("sites", "hubs", "refineries", "cities")
MISSING = ("NaT", "<NA>")
WGS84 = "EPSG:4326"


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table as text: its cells by column, stripped of blanks around them, and each row's spreadsheet number.

    `padded` holds the texts around which there were blanks, for each column of ids or codes.
    """

    table: str
    file: str
    region: str
    columns: dict[str, list[str]]
    rows: NDArray[np.int64]
    in_subfolder: bool = False
    padded: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """Number of rows."""
        return len(self.rows)


class UnreadableError(Exception):
    """A file cannot be read; `finding` has the reason."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


def read_table(source: Source, data: bytes) -> tuple[RawTable | None, list[Finding]]:
    """Read the table of a source as text.

    Parameters
    ----------
    source : Source
    data : bytes
        The content of a CSV file; all others are read from the path of the source.

    Returns
    -------
    table : RawTable or None
        None where the file cannot be read.
    findings : list of Finding
    """
    try:
        records, findings = _read_records(source, data)
    except UnreadableError as error:
        return None, [error.finding]
    if records is None:
        return None, findings
    columns, padded, more = _name_columns(records, source.name)
    findings += more
    if not records.rows:
        cure = "write at least one row, or remove the file if it is optional"
        findings.append(Finding(source.name, 0, "", "the table has no rows", cure, kind="empty-table"))
    rows = np.array(records.rows, dtype=np.int64)
    raw = RawTable(source.table, source.name, source.region, columns, rows, source.in_subfolder, padded)
    return raw, findings


def list_layers(path: Path, name: str) -> tuple[list[str], list[Finding]]:
    """List the sheets of a workbook or the layers of a GeoPackage."""
    try:
        if path.suffix.lower() == ".gpkg":
            import pyogrio  # noqa: PLC0415 - heavy, and needed for GeoPackages only

            return [str(layer) for layer in pyogrio.list_layers(path)[:, 0]], []
        return list(_open_workbook(path, name).sheet_names), []
    except UnreadableError as error:
        return [], [error.finding]
    except Exception as error:  # noqa: BLE001 - the libraries raise many kinds for a damaged file
        return [], [_damaged(name, error)]


def _read_records(source: Source, data: bytes) -> tuple[Records | None, list[Finding]]:
    suffix = source.path.suffix.lower()
    if suffix == ".csv":
        return split_csv(data, source.name)
    try:
        if suffix == ".parquet":
            return _read_parquet(source), []
        if suffix == ".gpkg":
            return _read_layer(source), []
        return _read_sheet(source)
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(_damaged(source.name, error)) from error


def _damaged(name: str, error: Exception) -> Finding:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return Finding(name, 0, "", f"cannot be read: {reason}", "save the file again, or as CSV UTF-8", kind="damaged")


def _missing_extra(name: str, extra: str) -> UnreadableError:
    problem = f"the library that reads this kind of file is not installed (extra {extra})"
    cure = f"pip install 'hubspoke[{extra}]', or save the table as CSV UTF-8"
    return UnreadableError(Finding(name, 0, "", problem, cure, kind="missing-extra"))


def _open_workbook(path: Path, name: str) -> Any:
    try:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise _missing_extra(name, "excel") from error
    return CalamineWorkbook.from_path(str(path))


def _read_sheet(source: Source) -> tuple[Records | None, list[Finding]]:
    sheet = _open_workbook(source.path, source.name).get_sheet_by_name(source.layer)
    cells = sheet.to_python(skip_empty_area=False)
    texts = ([as_text(cell) for cell in row] for row in cells)
    numbered = [(row, record) for row, record in enumerate(texts, start=1) if any(map(str.strip, record))]
    if not numbered:
        return None, [find_empty(source.name)]
    return split_records(numbered, source.name)


def _read_parquet(source: Source) -> Records:
    try:
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise _missing_extra(source.name, "parquet") from error
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


def as_text(cell: Any) -> str:
    """Return a cell of a typed file as a planner would type it: whole numbers without a decimal point.

    Parameters
    ----------
    cell : any
        A number, a text, a date, or None, NaN or another mark of nothing.

    Returns
    -------
    str
        Empty where there is nothing.
    """
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = str(cell)
    return "" if text in MISSING and not isinstance(cell, str) else text


def _name_columns(records: Records, name: str) -> tuple[dict[str, list[str]], dict[str, frozenset[str]], list[Finding]]:
    columns: dict[str, list[str]] = {}
    padded: dict[str, frozenset[str]] = {}
    findings = []
    cells: Iterable[Sequence[str]] = (
        zip(*records.records, strict=True) if records.records else [()] * len(records.header)
    )
    for title, values in zip(records.header, cells, strict=True):
        key = title.strip().lower()
        stripped = [value.strip() for value in values]
        if key in columns:
            problem, cure = f"the column {key!r} stands twice", "keep one of the two"
            findings.append(Finding(name, 1, key, problem, cure, kind="duplicate-column"))
        elif key:
            columns[key] = stripped
            if key.endswith(("id", "_code")):
                pairs = zip(values, stripped, strict=True)
                padded[key] = frozenset(new for old, new in pairs if old != new)
        elif any(stripped):
            problem, cure = "a column without a name is not read", "name it in the header, or remove it"
            findings.append(Finding(name, 1, "", problem, cure, fatal=False, kind="unnamed-column"))
    return columns, padded, findings
