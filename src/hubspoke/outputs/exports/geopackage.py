"""Write `plan.gpkg`: the layers of a plan for QGIS and other mapping programs, with styles and names of columns."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pyogrio

from hubspoke.outputs.exports.plan_layers import LAYER_KINDS, plan_layers
from hubspoke.outputs.exports.qgis_styles import STYLES, style_layers
from hubspoke.outputs.exports.workbook_words import describe_column

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from hubspoke.plan.plan import PlanData

WRITTEN = "2000-01-01T00:00:00.000Z"
"""Date written into every file instead of the present, so that the same plan gives the same bytes."""
TABLE_OF = {"sites": "assignments", "lanes": "assignments"}
"""The table of a plan whose columns a layer has, where it bears another name."""
SCHEMA = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""
"""Tables of the schema extension of OGC GeoPackage 1.3, requirement 103."""
EXTENSION = ("gpkg_schema", "http://www.geopackage.org/spec121/#extension_schema", "read-write")


def write_geopackage(
    plan: PlanData,
    file: Path,
    *,
    catchments: gpd.GeoDataFrame | None = None,
    road_loads: pd.DataFrame | None = None,
) -> None:
    """Write the layers of a plan, the styles in which QGIS opens them, and what their columns mean in both languages.

    Parameters
    ----------
    plan : PlanData
    file : Path
        Replaced where it is there.
    catchments : GeoDataFrame, optional
        What `draw_catchments` returns for the plan, to save drawing them again.
    road_loads : DataFrame, optional
        What `tabulate_road_loads` returns for the plan, to save following its roads again.
    """
    file.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": WRITTEN})
    try:
        layers = plan_layers(plan, catchments, road_loads)
        for name, layer in layers.items():
            kind = LAYER_KINDS.get(name, "Point")
            pyogrio.write_dataframe(layer, file, layer=name, driver="GPKG", geometry_type=kind)
        links_t = layers["road_loads"]["mass_t"]
        heaviest_t = float(links_t.max()) if len(links_t) else 0.0
        styles = style_layers(plan, layers["catchments"], WRITTEN, heaviest_link_t=heaviest_t)
        pyogrio.write_dataframe(styles, file, layer=STYLES, driver="GPKG")
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    _name_columns(plan, file, layers)


def _name_columns(plan: PlanData, file: Path, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Write an alias for every column, which QGIS shows in its place, and what it holds in English and Japanese."""
    rows = []
    for layer, table in layers.items():
        for column in table.columns.drop("geometry"):
            unit, en, ja = describe_column(TABLE_OF.get(layer, layer), str(column), plan.settings)
            alias = f"{column} · {ja}" + (f" [{unit}]" if unit else "") if ja else str(column)
            rows.append((layer, str(column), alias, en, f"{en}; {ja}" if ja else en))
    with closing(sqlite3.connect(file)) as base, base:
        base.executescript(SCHEMA)
        base.executemany("INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, NULL)", rows)
        for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
            base.execute("INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, ?)", (table, *EXTENSION))
