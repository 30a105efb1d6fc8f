"""Read a planner's folder into a checked network, or raise everything that is wrong with it at once."""

from __future__ import annotations

import logging
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import InputError, list_findings
from hubspoke.base.shipped import shipped_data_folder
from hubspoke.inputs.check.check import survey_and_check
from hubspoke.inputs.network import Network
from hubspoke.inputs.tables.schema import CELL_WORKS
from hubspoke.inputs.tables.survey import without_places

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from hubspoke.inputs.tables.survey import Survey
    from hubspoke.settings.settings import Settings, Sources

__all__ = ["read", "shipped_data_folder"]

KEYS = {
    "sites": ["id"],
    "hubs": ["id"],
    "refineries": ["id"],
    "ports": ["id"],
    "overseas": ["id"],
    "roads": ["from_code", "to_code", "kind", "km", "route"],
    "cities": ["city_code"],
    "lanes": ["from_id", "to_id"],
    "sizes": ["plant_id", "capacity_t"],
}


def read(folder: str | Path | None = None, *, changes: Mapping[str, Any] | None = None) -> Network:
    """Read and check a network.

    Parameters
    ----------
    folder : str or Path, optional
        A planner's folder (region folders, one region's folder or flat tables with a `region` column), a workbook
        or a GeoPackage; None for the Japanese data that ship with the package. Roads, cities, outlines and settings
        that it lacks are those shipped.
    changes : mapping of str to any, optional
        Settings by dotted key, over those of the folder, such as `{"policy.name": "open"}`; texts are read as TOML
        values, or as changes of the number that stands: `+20%`, `-10%`, `x0.8`. The key `scenario` chooses a scenario
        of `scenarios.toml`, whose changes come before the others.

    Returns
    -------
    Network
        Checked, sorted by id. Warnings go to the logger `hubspoke`.

    Raises
    ------
    InputError
        With every fault at once.
    """
    return _refuse_or_make(survey_and_check(folder, changes))


def read_as_planned(folder: str | Path | None, settings: Settings) -> Network:
    """Read and check a network under the settings of a plan, so that its tonnes are those that were planned.

    Parameters
    ----------
    folder : str or Path or None
        As in `read`; the settings in it are not read.
    settings : Settings
        Those that the plan holds.

    Returns
    -------
    Network

    Raises
    ------
    InputError
        With every fault at once.
    """
    return _refuse_or_make(survey_and_check(folder, None, settings))


def _refuse_or_make(found: Survey) -> Network:
    faults = [finding for finding in found.findings if finding.fatal]
    if faults:
        raise InputError(faults)
    for line in list_findings(found.findings, per_kind=5):
        logging.getLogger("hubspoke").warning("%s", line)
    return _make_network(found)


def _make_network(found: Survey) -> Network:
    tables = {table: _sort(found.tables[table], keys) for table, keys in KEYS.items()}
    tables |= _choose_sources(tables, found.settings.sources)
    if found.settings.policy.refine_all:
        tables["refineries"] = _leave_out_furnaces(tables["refineries"], found.settings)
    return Network(
        sites=_arrange_sites(tables["sites"]),
        hubs=tables["hubs"],
        refineries=tables["refineries"],
        roads=tables["roads"],
        cities=tables["cities"],
        ports=tables["ports"],
        overseas=tables["overseas"],
        outlines=found.outlines,
        settings=found.settings,
        given_lanes=tables["lanes"],
        given_sizes=tables["sizes"],
        hashes=MappingProxyType(dict(sorted(found.hashes.items()))),
        split=MappingProxyType(found.split),
    )


def _choose_sources(tables: Mapping[str, pd.DataFrame], sources: Sources) -> dict[str, pd.DataFrame]:
    """Return the tables that change when sources that the settings do not ask for are left out."""
    chosen = {}
    if not sources.factory_scrap:
        chosen["sites"] = tables["sites"][tables["sites"]["kind"] != CELL_WORKS].reset_index(drop=True)
    chosen["overseas"] = tables["overseas"][tables["overseas"]["black_mass_t"] > 0].reset_index(drop=True)
    if not sources.overseas:
        abroad = tables["lanes"]["from_id"].isin(tables["overseas"]["id"])
        chosen["lanes"] = tables["lanes"][~abroad].reset_index(drop=True)
        chosen |= {name: tables[name].iloc[:0] for name in ("ports", "overseas")}
    return chosen


def _leave_out_furnaces(refineries: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return the refineries without the electric furnaces, and log how many were left out."""
    furnaces = refineries["technology"].isin(settings.furnaces)
    if furnaces.any():
        told = "%d electric furnaces in refineries are not planned, as policy.refine_all is true"
        logging.getLogger("hubspoke").info(told, int(furnaces.sum()))
    return refineries[~furnaces].reset_index(drop=True)


def _sort(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return without_places(frame).sort_values(keys, kind="stable", ignore_index=True)


def _arrange_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """Return the sites with the columns on where the figures come from last, after those of tonnes."""
    last = ["kind", "stock_max_t", "origin", "source", "confidence"]
    return sites[[name for name in sites.columns if name not in last] + last]
