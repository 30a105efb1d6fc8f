"""Read all of a folder: settings, outlines and typed tables, and the findings on each file by itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.shipped import SHIPPED_SETTINGS, shipped_data_folder
from hubspoke.inputs.files.boundaries import read_boundaries
from hubspoke.inputs.files.folder import find_files
from hubspoke.inputs.files.raw_table import RawTable, read_table
from hubspoke.inputs.files.source import BOUNDARIES, PLACED, SHARED, TABLES, Source
from hubspoke.inputs.tables.columns import conform, find_unknown_columns
from hubspoke.inputs.tables.findings import FILE, ROW
from hubspoke.inputs.tables.schema import DISMANTLER, SCHEMAS, UNLIMITED
from hubspoke.inputs.tables.tonnes import accepted_columns, read_tonnes
from hubspoke.settings.load import load_settings, try_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from hubspoke.inputs.files.folder import Layout
    from hubspoke.settings.plants import Technology
    from hubspoke.settings.settings import Settings

SHIPPED = "shipped"


@dataclass(eq=False)
class Survey:
    """What a folder holds, and what was found wrong with it; incomplete where a finding is fatal.

    Attributes
    ----------
    settings : Settings
        Those that ship where the folder's own have faults.
    outlines : GeoDataFrame
        Prefectures and regions.
    tables : dict of str to DataFrame
        Every table of `SCHEMAS`, typed, with `_file` and `_row` beside its columns.
    hashes : dict of str to str
        SHA-256 of every file read, by its name in findings.
    findings : list of Finding
    split : dict of str to (dict of str to float)
        Share of every class by which totals without classes were divided, by year; empty where there were none.
    """

    settings: Settings
    outlines: gpd.GeoDataFrame
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    split: dict[str, dict[str, float]] = field(default_factory=dict)

    @cached_property
    def region_names(self) -> dict[str, str]:
        """The id of each drawn region by its id and its names, in lower case."""
        regions = self.outlines[self.outlines["kind"] == "region"]
        ids = regions["id"].tolist()
        return {
            name.lower(): key
            for column in ("name_ja", "name_en", "id")
            for name, key in zip(regions[column].tolist(), ids, strict=True)
            if name
        }


def survey_folder(
    folder: str | Path | None, changes: Mapping[str, Any] | None = None, settings: Settings | None = None
) -> Survey:
    """Read everything in a folder; faults become findings and never raise.

    Parameters
    ----------
    folder : str, Path or None
        A planner's folder, workbook or GeoPackage; None for the data that ship with the package.
    changes : mapping of str to any, optional
        Settings by dotted key, over those of the folder.
    settings : Settings, optional
        Taken instead of those of the folder and its changes.

    Returns
    -------
    Survey
        Roads, cities, outlines and settings that the folder lacks are those that ship.
    """
    shipped = shipped_data_folder()
    root = Path(folder) if folder is not None else shipped
    layout = find_files(root)
    findings = list(layout.findings)
    hashes: dict[str, str] = {}
    if settings is None:
        settings, more = try_settings(layout.settings, changes, layout.scenarios)
        findings += more
    _hash_settings(layout, shipped, hashes)
    boundaries = layout.boundaries or Source(
        BOUNDARIES, shipped / "boundaries.geojson", f"{SHIPPED}/boundaries.geojson"
    )
    outlines, more = read_boundaries(boundaries, _load(boundaries, hashes, findings))
    findings += more
    found = Survey(settings or load_settings(), outlines, hashes=hashes, findings=findings)
    sources = [*layout.sources, *_shipped_sources(layout, shipped)]
    raws = _read_sources(sources, found)
    findings += _find_missing_regions(raws)
    for table in TABLES:
        found.tables[table] = _type_all(table, [raw for raw in raws if raw.table == table], found)
    _fill_stock(found)
    _fill_plants(found)
    return found


def _find_missing_regions(raws: list[RawTable]) -> list[Finding]:
    """Report the tables in the folder itself that lack a region column although another one has it."""
    flat = [raw for raw in raws if raw.table in PLACED and not raw.in_subfolder]
    stated = [raw.file for raw in flat if "region" in raw.columns]
    problem = "the column 'region' is missing" + (f", though {stated[0]} has it" if stated else "")
    cure = "add it, with the region of each row"
    return [
        Finding(raw.file, 1, "region", problem, cure, kind="missing-column")
        for raw in flat
        if stated and "region" not in raw.columns
    ]


def _shipped_sources(layout: Layout, shipped: Path) -> list[Source]:
    own = {source.table for source in layout.sources}
    return [Source(table, shipped / f"{table}.csv", f"{SHIPPED}/{table}.csv") for table in SHARED if table not in own]


def _hash_settings(layout: Layout, shipped: Path, hashes: dict[str, str]) -> None:
    default = shipped / SHIPPED_SETTINGS
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


def _read_sources(sources: list[Source], found: Survey) -> list[RawTable]:
    raws = []
    for source in sources:
        known = len(found.findings)
        data = _load(source, found.hashes, found.findings)
        if len(found.findings) > known:
            continue
        raw, findings = read_table(source, data)
        found.findings += findings
        if raw is not None:
            raws.append(raw)
    return raws


def _type_all(table: str, raws: list[RawTable], found: Survey) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - heavy

    if not raws:
        empty = RawTable(table, "", "", {name: [] for name in SCHEMAS[table].names}, np.zeros(0, dtype=np.int64))
        return _type_table(empty, Survey(found.settings, found.outlines))
    frames = [_type_table(raw, found) for raw in raws]
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def _type_table(raw: RawTable, found: Survey) -> pd.DataFrame:
    schema = SCHEMAS[raw.table]
    frame, findings = conform(raw, schema)
    found.findings += findings
    extra = accepted_columns(found.settings) if raw.table == "sites" else ()
    found.findings += find_unknown_columns(raw, schema, extra)
    if raw.table == "sites":
        tonnes, findings, split = read_tonnes(raw, found.settings)
        found.findings += findings
        found.split |= split
        for column, values in tonnes.items():
            frame[column] = values
    if "name" in frame:
        frame["name"] = frame["name"].where(frame["name"] != "", frame["id"])
    if raw.table in PLACED:
        _fill_region(raw, frame, found)
    return frame


def _fill_region(raw: RawTable, frame: pd.DataFrame, found: Survey) -> None:
    blank = (frame["region"] == "").to_numpy()
    if "region" in raw.columns and not raw.in_subfolder:
        for row in frame.loc[blank, ROW].tolist():
            cure = "write the region, or remove the column if all rows lie in one region"
            found.findings.append(Finding(raw.file, row, "region", "the cell is empty", cure, kind="blank"))
    known = found.region_names
    names = [name or raw.region for name in frame["region"].tolist()]
    frame["region"] = _as_texts([known.get(name.lower(), name) for name in names])


def _fill_stock(found: Survey) -> None:
    """Fill in what sites may have in stock, in place: dismantlers what the settings say, cell works any amount."""
    sites, usual = found.tables["sites"], float(found.settings.collection.stock_max_t)
    told = sites["stock_max_t"]
    limit = np.where((sites["kind"] == DISMANTLER) & (usual > 0), usual, UNLIMITED)
    sites["stock_max_t"] = np.where(told.isna(), limit, told)


def _fill_plants(found: Survey) -> None:
    """Fill in technology, status, sunk share and ground of hubs and refineries, in place.

    An empty technology becomes the first of the settings. A status in `existing` replaces the plant's own, and plants
    of a technology that is not offered are closed.
    """
    status = dict(zip(found.tables["existing"]["plant_id"], found.tables["existing"]["status"], strict=True))
    technologies: dict[str, Mapping[str, Technology]] = {
        "hubs": found.settings.hub_technologies,
        "refineries": found.settings.takers,
    }
    for table, known in technologies.items():
        frame = found.tables[table]
        frame["technology"] = frame["technology"].where(frame["technology"] != "", next(iter(known)))
        pairs = zip(frame["id"].tolist(), frame["status"].tolist(), strict=True)
        told = [status.get(key, own) for key, own in pairs]
        withheld = frame["technology"].isin([name for name, technology in known.items() if not technology.offered])
        frame["status"] = _as_texts(np.where(withheld, "closed", told).tolist())
        frame["sunk_share"] = frame["sunk_share"].fillna(float(found.settings.existing.sunk_share))
    _fill_ground(found)


def _fill_ground(found: Survey) -> None:
    """Fill in empty grounds, in place: plants whose positions agree to four decimals of a degree share one ground.

    The ground bears the first of their ids.
    """
    tables = [found.tables["hubs"], found.tables["refineries"]]
    first: dict[tuple[float, float], str] = {}
    for frame in tables:
        for key, spot in zip(frame["id"].tolist(), _spots(frame), strict=True):
            first[spot] = min(key, first.get(spot, key))
    for frame in tables:
        pairs = zip(frame["ground"].tolist(), _spots(frame), strict=True)
        frame["ground"] = _as_texts([own or first.get(spot, "") for own, spot in pairs])


def _spots(frame: pd.DataFrame) -> list[tuple[float, float]]:
    return list(zip(frame["lat"].round(4).tolist(), frame["lon"].round(4).tolist(), strict=True))


def _as_texts(cells: list[str]) -> pd.Series[str]:
    import pandas as pd  # noqa: PLC0415 - heavy

    return pd.Series(cells, dtype=str)


def without_places(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table without the columns on where its rows came from.

    Parameters
    ----------
    frame : DataFrame
        With the columns `_file` and `_row`.

    Returns
    -------
    DataFrame
    """
    return frame.drop(columns=[FILE, ROW])
