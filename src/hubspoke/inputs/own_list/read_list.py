"""Read a planner's own list: which sheet is which table, under which titles, for which years."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding, InputError, UsageError
from hubspoke.inputs.files.near_names import find_hidden_sheet, find_unread_sheet, table_of
from hubspoke.inputs.files.raw_table import list_layers, read_table
from hubspoke.inputs.files.source import BOOKS, OPTIONAL, REGIONAL, TEXTS, Source
from hubspoke.inputs.files.unreadable import UnreadableError
from hubspoke.inputs.tables.dictionary import headings_of
from hubspoke.inputs.tables.tonnes import accepted_columns
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hubspoke.inputs.files.headings import Headings, Meaning
    from hubspoke.inputs.files.raw_table import RawTable
    from hubspoke.settings.settings import Settings

KNOWN = (*REGIONAL, *OPTIONAL)
FEWEST = 2
"""A list of which fewer columns are known is another one, or has no row of titles."""
YEAR = re.compile(r"20\d\d")
ANSWERED = ("unit", "duplicate-column")
"""Faults of a table that the list's reader can do something about: the columns are kept under their own titles."""


@dataclass(frozen=True)
class OwnTable:
    """A table of a list, as text under the names of columns, and what was found while reading it.

    Attributes
    ----------
    raw : RawTable
        Columns that are not known, and those that another one stands in for, stand under their own titles.
    headings : Headings
    findings : tuple of Finding
    unclear : dict of str to Meaning
        What a title means whose unit cannot be turned into that of its column.
    second : dict of str to str
        Column that a title means, too, which another title has.
    """

    raw: RawTable
    headings: Headings
    findings: tuple[Finding, ...]
    unclear: dict[str, Meaning]
    second: dict[str, str]


@dataclass(frozen=True)
class OwnList:
    """The tables of a list, the settings by whose years they were read, and findings on its files as a whole."""

    tables: tuple[OwnTable, ...]
    settings: Settings
    findings: tuple[Finding, ...]


def read_list(paths: Sequence[Path]) -> OwnList:
    """Read the tables in the files of a list.

    Parameters
    ----------
    paths : sequence of Path
        Workbooks, GeoPackages, CSV or Parquet files. A file or sheet that does not bear the name of a table is the
        one of sites, if there is only one.

    Returns
    -------
    OwnList
        With sites, each table once.

    Raises
    ------
    UsageError
        A file is not there, or of no kind that can be read.
    InputError
        With everything for which the list cannot be taken over as a whole.
    """
    findings: list[Finding] = []
    sources = [source for path in paths for source in _find_sources(path, findings)]
    for place, source in enumerate(sources):
        earlier = next((other for other in sources[:place] if other.table == source.table), None)
        if earlier is not None:
            problem = f"the table {source.table} stands in {earlier.name} too"
            findings.append(Finding(source.name, 0, "", problem, "keep one of the two", kind="two-files"))
    if not any(source.table == "sites" for source in sources):
        cure = "name the sheet or file that lists them sites"
        findings.append(Finding(paths[0].name, 0, "", "no table of sites is found", cure, kind="missing-file"))
    _refuse(findings)
    settings = load_settings()
    tables = [_read(source, settings) for source in sources]
    years = {int(year) for table in tables for title in table.raw.columns for year in YEAR.findall(title)}
    if more := years - set(settings.horizon.years):
        every = sorted({*settings.horizon.years, *more})
        settings = load_settings(changes={"horizon.years": every})
        tables = [_read(source, settings) for source in sources]
    _refuse([finding for table in tables for finding in table.findings])
    stated = _stated_years(tables, settings)
    if stated and stated != list(settings.horizon.years):
        year = settings.horizon.year if settings.horizon.year in stated else stated[-1]
        settings = load_settings(changes={"horizon.years": stated, "horizon.year": year})
    return OwnList(tuple(tables), settings, tuple(findings))


def _refuse(findings: Sequence[Finding]) -> None:
    if faults := [finding for finding in findings if finding.fatal]:
        raise InputError(faults)


def _find_sources(path: Path, findings: list[Finding]) -> list[Source]:
    """Return the tables of a file, and note what of it is not read."""
    suffix = path.suffix.lower()
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file; name the list to be taken over")
    if suffix in (*TEXTS, ".parquet"):
        table = table_of(path.stem)
        return [Source(table if table in KNOWN else "sites", path, path.name)]
    if suffix not in (*BOOKS, ".gpkg"):
        raise UsageError(f"{path}: not a kind of file that can be read; save the list as .xlsx or .csv")
    try:
        layers, hidden, more = list_layers(path, path.name)
    except UnreadableError as error:
        layers, hidden, more = [], [], [error.finding]
    findings += more
    findings += [finding for sheet in hidden for finding in find_hidden_sheet(sheet, path.name)]
    named = [layer for layer in layers if table_of(layer) in KNOWN]
    what = "layer" if suffix == ".gpkg" else "sheet"
    sources = [Source(str(table_of(layer)), path, f"{path.name}, {what} {layer}", layer) for layer in named]
    others = [layer for layer in layers if layer not in named]
    if others and not any(source.table == "sites" for source in sources):
        table = table_of(path.stem)
        known = table if table in KNOWN and not named else "sites"
        sources.append(Source(known, path, path.name, others[0], sheets=tuple(others) if what == "sheet" else ()))
        others = others[1:] if what == "layer" else []
    findings += [find_unread_sheet(layer, path.name, what=what) for layer in others]
    return sources


def _read(source: Source, settings: Settings) -> OwnTable:
    """Read a table, and keep the columns that have no place in it under their own titles."""
    headings = headings_of(source.table, settings)
    try:
        data = source.path.read_bytes()
    except OSError as error:
        cure = "check the rights of the file, and close it in other programs"
        raise InputError(
            [Finding(source.name, 0, "", f"cannot be read: {error.strerror}", cure, kind="damaged")]
        ) from error
    raw, findings = read_table(source, data, headings)
    kept = [finding for finding in findings if finding.kind not in ANSWERED]
    if raw is None:
        raise InputError(findings)
    if len({meaning.column for title in raw.titles.values() if (meaning := headings.find(title))}) < FEWEST:
        shown = ", ".join(repr(title) for title in list(raw.titles.values())[:FEWEST])
        cure = "write a row of titles above the data, such as 事業所名, 都道府県, 年間処理量(t)"
        kept.append(
            Finding(source.name, raw.header_row, "", f"no titles that are known: {shown}", cure, kind="no-header")
        )
    columns: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    unclear: dict[str, Meaning] = {}
    for key, cells in raw.columns.items():
        title = raw.titles[key]
        meaning = headings.find(title)
        wrong = meaning is not None and meaning.column == key and math.isnan(meaning.factor)
        if meaning is not None and wrong:
            unclear[title] = meaning
        name = title if wrong or key not in headings.names else key
        columns[name] = cells
        titles[name] = title
    second = {}
    for title, cells in raw.spare.items():
        meaning = headings.find(title)
        if meaning is None or title in titles.values() or meaning.column in headings.units:
            # which of two numbers counts, or of two columns of one title, is for the planner to say
            kept += [finding for finding in findings if finding.kind == "duplicate-column"]
            continue
        columns[title], titles[title], second[title] = cells, title, meaning.column
    return OwnTable(replace(raw, columns=columns, titles=titles), headings, tuple(kept), unclear, second)


def _stated_years(tables: Sequence[OwnTable], settings: Settings) -> list[int]:
    """Return the years for which columns of sites state tonnes, in order; none where they hold for all years."""
    known = accepted_columns(settings)
    columns = [name for table in tables if table.raw.table == "sites" for name in table.raw.columns if name in known]
    years = (name.rsplit("_", 2)[1] for name in columns if name.count("_") > 1)
    return sorted({int(year) for year in years if YEAR.fullmatch(year)})
