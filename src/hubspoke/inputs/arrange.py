"""Bring checked tables into the order and extent that is planned, and tell or refuse what was found in them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from hubspoke.base.errors import InputError, list_findings
from hubspoke.base.warn import warn_user
from hubspoke.inputs.tables.schema import CELL_WORKS, PRECISION
from hubspoke.inputs.tables.survey import without_places
from hubspoke.settings.technologies import SEPARATOR, split_technologies

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pandas as pd

    from hubspoke.base.errors import Finding
    from hubspoke.inputs.tables.survey import Survey
    from hubspoke.settings.settings import Settings

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

ATTRIBUTES = {"lanes": "given_lanes", "sizes": "given_sizes"}
"""What a network calls the tables that it does not call by their own name."""


def tell_or_raise(findings: Iterable[Finding]) -> None:
    """Send warnings to the logger `hubspoke`, or raise the faults where there are any.

    Parameters
    ----------
    findings : iterable of Finding

    Raises
    ------
    InputError
        With every fault at once.
    """
    found = tuple(findings)
    if faults := [finding for finding in found if finding.fatal]:
        raise InputError(faults)
    for line in list_findings(found, per_kind=5):
        warn_user(line)


def arrange_tables(found: Survey) -> dict[str, pd.DataFrame]:
    """Return the tables of a survey sorted, without what the settings leave out.

    Parameters
    ----------
    found : Survey
        Without faults.

    Returns
    -------
    dict of str to DataFrame
        By the names that a network gives them.
    """
    tables = {table: _sort(found.tables[table], keys) for table, keys in KEYS.items()}
    tables |= _choose_sources(tables, found.settings)
    tables |= _choose_abroad(tables, found.settings)
    if found.settings.policy.refine_all:
        tables["refineries"] = _leave_out_furnaces(tables["refineries"], found.settings)
    if barred := found.settings.barred_takers:
        tables |= _leave_out_barred(tables, barred)
    tables["sites"] = _arrange_sites(tables["sites"])
    return {ATTRIBUTES.get(name, name): table for name, table in tables.items()}


def _choose_sources(tables: Mapping[str, pd.DataFrame], settings: Settings) -> dict[str, pd.DataFrame]:
    """Return the tables that change when sources that the settings do not ask for are left out."""
    chosen, sources = {}, settings.sources
    if not sources.factory_scrap:
        chosen["sites"] = tables["sites"][tables["sites"]["kind"] != CELL_WORKS].reset_index(drop=True)
    chosen["overseas"] = tables["overseas"][tables["overseas"]["black_mass_t"] > 0].reset_index(drop=True)
    if not sources.overseas:
        abroad = tables["lanes"]["from_id"].isin(tables["overseas"]["id"])
        chosen["lanes"] = tables["lanes"][~abroad].reset_index(drop=True)
        chosen["overseas"] = tables["overseas"].iloc[:0]
    return chosen


def _choose_abroad(tables: Mapping[str, pd.DataFrame], settings: Settings) -> dict[str, pd.DataFrame]:
    """Return the tables without refineries in countries that no grade may go to, and without ports of no use then.

    Ports serve to land black mass from abroad, and to ship it to refineries abroad.
    """
    allowed = {country for countries in settings.policy.refine_abroad.values() for country in countries}
    refineries, lanes, ports = tables["refineries"], tables["lanes"], tables["ports"]
    barred = (refineries["country"] != "") & ~refineries["country"].isin(list(allowed))
    kept = refineries[~barred].reset_index(drop=True)
    gone = set(refineries.loc[barred, "id"])
    abroad = kept.loc[kept["country"] != "", "id"]
    ships = ports["id"].isin(lanes.loc[lanes["to_id"].isin(abroad), "from_id"])
    lands = (ports["country"] == "") & settings.sources.overseas
    gone |= set(ports.loc[~ships & ~lands, "id"])
    return {
        "refineries": kept,
        "ports": ports[~ports["id"].isin(list(gone))].reset_index(drop=True),
        "lanes": lanes[~lanes["from_id"].isin(list(gone)) & ~lanes["to_id"].isin(list(gone))].reset_index(drop=True),
        "sizes": tables["sizes"][~tables["sizes"]["plant_id"].isin(list(gone))].reset_index(drop=True),
    }


def _leave_out_furnaces(refineries: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return the refineries without the electric furnaces, and log how many were left out."""
    furnaces = refineries["technology"].isin(settings.furnaces)
    if furnaces.any():
        told = "%d electric furnaces in refineries are not planned, as policy.refine_all is true"
        logging.getLogger("hubspoke").info(told, int(furnaces.sum()))
    return refineries[~furnaces].reset_index(drop=True)


def _leave_out_barred(tables: Mapping[str, pd.DataFrame], barred: Collection[str]) -> dict[str, pd.DataFrame]:
    """Return refineries and sizes without technologies that recover too little, and log which plants are left out.

    What stands of such a technology is of no use, so it does not count.
    """
    import pandas as pd  # noqa: PLC0415 - heavy

    refineries, sizes = tables["refineries"].copy(), tables["sizes"]
    told = [split_technologies(cell) for cell in refineries["technology"]]
    kept = [[name for name in names if name not in barred] for names in told]
    useless = refineries["existing_technology"].isin(list(barred)).to_numpy(bool)
    refineries["technology"] = [SEPARATOR.join(names) for names in kept]
    refineries.loc[useless, "existing_t"] = 0.0
    refineries.loc[useless, "existing_technology"] = ""
    first = {str(plant): names[0] for plant, names in zip(refineries["id"], told, strict=True) if names}
    used = [
        name or first.get(str(plant), "") for plant, name in zip(sizes["plant_id"], sizes["technology"], strict=True)
    ]
    rows = pd.Series([bool(names) or not had for names, had in zip(kept, told, strict=True)], dtype=bool)
    gone = refineries.loc[~rows, "id"].tolist()
    if gone:
        names = ", ".join(map(str, gone))
        warn_user(f"not planned, as they recover less than policy.least_recovery_t_per_t asks for: {names}")
    fit = ~sizes["plant_id"].isin(gone) & ~pd.Series(used, sizes.index, dtype=object).isin(list(barred))
    return {
        "refineries": refineries[rows].reset_index(drop=True),
        "sizes": sizes[fit].reset_index(drop=True),
    }


def _sort(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return without_places(frame).sort_values(keys, kind="stable", ignore_index=True)


def _arrange_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """Return the sites with the columns on where the figures come from last, after those of tonnes."""
    last = [PRECISION, "kind", "stock_max_t", "origin", "source", "confidence"]
    return sites[[name for name in sites.columns if name not in last] + last]
