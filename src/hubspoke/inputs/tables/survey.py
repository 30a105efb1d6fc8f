"""Read all of a folder: settings, outlines and typed tables, and the findings on each file by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.shipped import shipped_data_folder
from hubspoke.inputs.files.boundaries import name_regions
from hubspoke.inputs.files.folder import find_files
from hubspoke.inputs.files.load import hash_settings, load_outlines, load_tables, shipped_sources
from hubspoke.inputs.files.raw_table import RawTable
from hubspoke.inputs.files.source import BOUNDARIES, PLACED, REGIONAL, SHARED, TABLES
from hubspoke.inputs.given import check_folder
from hubspoke.inputs.tables.columns import conform, find_unheld_titles, find_unknown_columns
from hubspoke.inputs.tables.dictionary import headings_of
from hubspoke.inputs.tables.findings import FILE, ROW
from hubspoke.inputs.tables.ground import fill_ground
from hubspoke.inputs.tables.numbered import make_ids
from hubspoke.inputs.tables.positions import fill_positions, tell_imprecise
from hubspoke.inputs.tables.regions import fill_regions
from hubspoke.inputs.tables.schema import DISMANTLER, SCHEMAS, UNLIMITED
from hubspoke.inputs.tables.stated_places import explain_blanks, tell_stated_places
from hubspoke.inputs.tables.straight import leave_graph
from hubspoke.inputs.tables.tonnes import accepted_columns, read_tonnes
from hubspoke.inputs.tables.totals import leave_out_totals
from hubspoke.inputs.tables.values import translate_values
from hubspoke.settings.load import load_settings, try_settings
from hubspoke.settings.technologies import SEPARATOR, split_technologies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import pandas as pd

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
        return name_regions(self.outlines)


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
    check_folder(folder)
    root = Path(folder) if folder is not None else shipped_data_folder()
    layout = find_files(root)
    findings = list(layout.findings)
    hashes: dict[str, str] = {}
    if settings is None:
        settings, more = try_settings(layout.settings, changes, layout.scenarios, layout.titles)
        findings += more
    hash_settings(layout, hashes)
    outlines = load_outlines(layout.boundaries, hashes, findings)
    found = Survey(settings or load_settings(), outlines, hashes=hashes, findings=findings)
    sources = [*layout.sources, *shipped_sources({source.table for source in layout.sources})]
    raws = load_tables(sources, hashes, found.findings, lambda table: headings_of(table, found.settings))
    survey_tables(raws, found)
    return found


def survey_tables(raws: list[RawTable], found: Survey) -> None:
    """Type tables that were read as text, and fill in what plants leave to the settings.

    Parameters
    ----------
    raws : list of RawTable
        Any number for each name of a table.
    found : Survey
        Gets the tables, and the findings on them; has the settings and outlines by which they are read.
    """
    drawn = set(found.outlines.loc[found.outlines["kind"] == "region", "id"].tolist())
    raws, findings = fill_regions(raws, drawn, accepted_columns(found.settings))
    found.findings += [*findings, *_find_missing_regions(raws)]
    found.findings += find_unheld_titles(raws, found.settings)
    for table in TABLES:
        found.tables[table] = _type_all(table, [raw for raw in raws if raw.table == table], found)
    ships = all(raw.file.startswith(f"{SHIPPED}/") for raw in raws if raw.table in SHARED)
    elsewhere, findings = leave_graph(found.tables, found.settings, found.hashes, ships=ships)
    found.findings += findings
    if elsewhere and found.hashes.pop(f"{SHIPPED}/{BOUNDARIES}.geojson", None) is not None:
        found.outlines = found.outlines.iloc[:0].reset_index(drop=True)
    _fill_stock(found)
    _fill_plants(found)


def _find_missing_regions(raws: list[RawTable]) -> list[Finding]:
    """Report the tables in the folder itself that lack a region column although another one has it."""
    flat = [raw for raw in raws if raw.table in PLACED and not raw.in_subfolder]
    stated = [raw.file for raw in flat if "region" in raw.columns]
    problem = "the column 'region' is missing" + (f", though {stated[0]} has it" if stated else "")
    cure = "add it, with the region of each row"
    return [
        Finding(raw.file, raw.header_row, "region", problem, cure, kind="missing-column")
        for raw in flat
        if stated and "region" not in raw.columns
    ]


def _type_all(table: str, raws: list[RawTable], found: Survey) -> pd.DataFrame:
    """Return a table of all files that hold some of it."""
    import pandas as pd  # noqa: PLC0415 - heavy

    if not raws:
        empty = RawTable(table, "", "", {name: [] for name in SCHEMAS[table].names}, np.zeros(0, dtype=np.int64))
        parts = [_type_table(empty, Survey(found.settings, found.outlines))]
    else:
        parts = [_type_table(raw, found) for raw in raws]
    columns = {
        name: cells if len(parts) == 1 else _join([part[name] for part in parts]) for name, cells in parts[0].items()
    }
    no_text = pd.array([], dtype=str)  # where there are no rows to tell by
    return pd.DataFrame(
        {name: no_text if isinstance(cells, list) and not cells else cells for name, cells in columns.items()}
    )


def _join(cells: list[Any]) -> Any:
    return list(chain(*cells)) if isinstance(cells[0], list) else np.concatenate(cells)


def _type_table(raw: RawTable, found: Survey) -> dict[str, Any]:
    """Return the columns of a table in one file, texts as lists."""
    schema = SCHEMAS[raw.table]
    extra = accepted_columns(found.settings) if raw.table == "sites" else ()
    raw = _prepare(raw, extra, found)
    before = len(found.findings)
    typed, findings = conform(raw, schema)
    found.findings += findings
    found.findings += find_unknown_columns(raw, schema, extra)
    if raw.table == "sites":
        tonnes, findings, split = read_tonnes(raw, found.settings)
        found.findings += findings
        found.split |= split
        typed |= tonnes
    if "name" in typed:
        typed["name"] = _first_filled(typed, ("name", "name_ja", "id"))
    if raw.table in PLACED:
        typed["region"] = _name_region(raw, typed, found)
    if raw.table in REGIONAL:
        found.findings[before:] = explain_blanks(raw, found.findings[before:])
    return typed


def _prepare(raw: RawTable, tonnes: Sequence[str], found: Survey) -> RawTable:
    """Return a table with its words understood and its totals left out, and note what was done."""
    raw, findings = translate_values(raw, found.settings)
    found.findings += findings
    if raw.table in PLACED:
        raw, findings = make_ids(raw)
        found.findings += findings
        raw, findings = leave_out_totals(raw, tonnes or ("max_t", "existing_t"))
        found.findings += findings
    if raw.table in REGIONAL:
        raw = fill_positions(raw)
        found.findings += [*tell_imprecise(raw), *tell_stated_places(raw)]
    return raw


def _first_filled(typed: Mapping[str, list[str]], names: Sequence[str]) -> list[str]:
    """Return the first text of each row that is not empty."""
    cells = zip(*(typed[name] for name in names if name in typed), strict=True)
    return [next((cell for cell in row if cell), "") for row in cells]


def _name_region(raw: RawTable, typed: Mapping[str, list[str]], found: Survey) -> list[str]:
    """Return the region of each row by its id, that of the file where the cell is empty; note those that lack one."""
    known, regions = found.region_names, typed["region"]
    if "country" in typed:  # places abroad
        regions = [region or country for region, country in zip(regions, typed["country"], strict=True)]
    if "region" in raw.columns and not raw.in_subfolder:
        for row in [int(row) for row, region in zip(raw.rows, regions, strict=True) if not region]:
            cure = "write the region or the prefecture, or remove the column if all rows lie in one region"
            found.findings.append(Finding(raw.file, row, "region", "the cell is empty", cure, kind="blank"))
    return [known.get(name.lower(), name) for name in (region or raw.region for region in regions)]


def _fill_stock(found: Survey) -> None:
    """Fill in what sites may have in stock, in place: dismantlers what the settings say, cell works any amount."""
    sites, usual = found.tables["sites"], float(found.settings.collection.stock_max_t)
    told = sites["stock_max_t"]
    limit = np.where((sites["kind"] == DISMANTLER) & (usual > 0), usual, UNLIMITED)
    sites["stock_max_t"] = np.where(told.isna(), limit, told)


def _fill_plants(found: Survey) -> None:
    """Fill in technologies, status, sunk share, subsidy and ground of hubs and refineries, in place.

    An empty technology becomes the first of the settings. What stands is of the first technology where the plant does
    not say of which. A status in `existing` replaces the plant's own. Technologies that are not offered are left out; a
    plant is closed where none is left. What stands is of no use to a plant that may not have its technology.
    """
    status = dict(zip(found.tables["existing"]["plant_id"], found.tables["existing"]["status"], strict=True))
    technologies: dict[str, Mapping[str, Technology]] = {
        "hubs": found.settings.hub_technologies,
        "refineries": found.settings.takers,
    }
    for table, known in technologies.items():
        frame = found.tables[table]
        told = [split_technologies(cell) or (next(iter(known)),) for cell in frame["technology"].tolist()]
        left = [tuple(name for name in names if name not in known or known[name].offered) for names in told]
        kept = [offered or names for names, offered in zip(told, left, strict=True)]
        frame["technology"] = _as_texts([SEPARATOR.join(names) for names in kept])
        standing = zip(frame["existing_technology"].tolist(), told, frame["existing_t"].tolist(), strict=True)
        of = [stated or (names[0] if tonnes > 0 else "") for stated, names, tonnes in standing]
        frame["existing_technology"] = _as_texts(of)
        useful = np.array([name in names for name, names in zip(of, kept, strict=True)], dtype=bool)
        frame["existing_t"] = frame["existing_t"].where(useful, 0.0)
        pairs = zip(frame["id"].tolist(), frame["status"].tolist(), strict=True)
        states = [status.get(key, own) for key, own in pairs]
        frame["status"] = _as_texts(
            [state if offered else "closed" for state, offered in zip(states, left, strict=True)]
        )
        frame["sunk_share"] = frame["sunk_share"].fillna(float(found.settings.existing.sunk_share))
        finance = found.settings.finance
        frame["subsidy_share"] = frame["subsidy_share"].fillna(float(finance.subsidy_share))
        if finance.subsidy_cap_jpy is not None:
            frame["subsidy_cap_jpy"] = frame["subsidy_cap_jpy"].fillna(float(finance.subsidy_cap_jpy))
    fill_ground(found.tables["hubs"], found.tables["refineries"])


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
