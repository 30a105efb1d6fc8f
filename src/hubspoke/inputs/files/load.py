"""Read tables and outlines from their files, those that ship among them, and note the fingerprint of every file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding
from hubspoke.base.shipped import SHIPPED_SETTINGS, shipped_data_folder
from hubspoke.inputs.files.boundaries import read_boundaries
from hubspoke.inputs.files.raw_table import read_table
from hubspoke.inputs.files.source import BOUNDARIES, SHARED, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import geopandas as gpd

    from hubspoke.inputs.files.folder import Layout
    from hubspoke.inputs.files.headings import Headings
    from hubspoke.inputs.files.raw_table import RawTable

SHIPPED = "shipped"


def load_outlines(own: Source | None, hashes: dict[str, str], findings: list[Finding]) -> gpd.GeoDataFrame:
    """Return the outlines of the planner, or those that ship.

    Parameters
    ----------
    own : Source or None
        The planner's file; None where there is none.
    hashes : dict of str to str
        Gets the SHA-256 of the file, by its name in findings.
    findings : list of Finding
        Gets what is wrong with it.

    Returns
    -------
    GeoDataFrame
    """
    file = shipped_data_folder() / f"{BOUNDARIES}.geojson"
    source = own or Source(BOUNDARIES, file, f"{SHIPPED}/{file.name}")
    outlines, more = read_boundaries(source, _load(source, hashes, findings))
    findings += more
    return outlines


def shipped_sources(own: Collection[str]) -> list[Source]:
    """Return the tables of roads and cities that ship, but for those that the planner has.

    Parameters
    ----------
    own : collection of str
        Names of the planner's tables.

    Returns
    -------
    list of Source
    """
    shipped = shipped_data_folder()
    return [Source(table, shipped / f"{table}.csv", f"{SHIPPED}/{table}.csv") for table in SHARED if table not in own]


def load_tables(
    sources: list[Source], hashes: dict[str, str], findings: list[Finding], headings: Callable[[str], Headings]
) -> list[RawTable]:
    """Return the tables that can be read, as text.

    Parameters
    ----------
    sources : list of Source
    hashes : dict of str to str
        Gets the SHA-256 of every file, by its name in findings.
    findings : list of Finding
        Gets what is wrong with them.
    headings : callable
        Return by which titles the columns of a table are known.

    Returns
    -------
    list of RawTable
    """
    raws = []
    for source in sources:
        known = len(findings)
        data = _load(source, hashes, findings)
        if len(findings) > known:
            continue
        raw, more = read_table(source, data, headings(source.table))
        findings += more
        if raw is not None:
            raws.append(raw)
    return raws


def hash_settings(layout: Layout, hashes: dict[str, str]) -> None:
    """Note the fingerprints of the settings that ship, and of those of the planner.

    Parameters
    ----------
    layout : Layout
        Of the planner's folder.
    hashes : dict of str to str
        Gets the SHA-256 of every file, by its name in findings.
    """
    default = shipped_data_folder() / SHIPPED_SETTINGS
    hashes[f"{SHIPPED}/{SHIPPED_SETTINGS}"] = hashlib.sha256(default.read_bytes()).hexdigest()
    for own in (layout.settings, layout.scenarios):
        if own is None or own.resolve().parent == default.resolve().parent:
            continue
        try:
            hashes[own.name] = hashlib.sha256(own.read_bytes()).hexdigest()
        except OSError:
            continue


def _load(source: Source, hashes: dict[str, str], findings: list[Finding]) -> bytes:
    try:
        data = source.path.read_bytes()
    except OSError as error:
        cure = "check the rights of the file, and close it in other programs"
        findings.append(Finding(source.name, 0, "", f"cannot be read: {error.strerror}", cure, kind="damaged"))
        return b""
    name = source.name.split(", ")[0]
    hashes[name] = hashlib.sha256(data).hexdigest()
    return data
