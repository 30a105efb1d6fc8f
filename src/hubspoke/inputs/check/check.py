"""Check a folder, and find every fault in its tables and between them, each with its place and cure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.spelling import find_nearest
from hubspoke.inputs.check import (
    alike,
    grades,
    homes,
    lanes,
    orders,
    outliers,
    places,
    plants,
    remote,
    roads,
    sources,
    supply,
    table_changes,
    years,
)
from hubspoke.inputs.files.source import PLACED
from hubspoke.inputs.tables.findings import FILE, ROW, among, find_in_frame
from hubspoke.inputs.tables.survey import Survey, survey_folder
from hubspoke.inputs.tables.tonnes import tonnage_columns
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from hubspoke.settings.settings import Settings

REGION_LIKENESS = 0.8
"""High: planners may name regions of their own, and one that resembles a drawn region is a fault, not a warning."""

NAMED = (*PLACED, "overseas")
"""Tables whose ids must differ from each other."""

UNREAD_KINDS = frozenset({"not-a-number", "blank", "negative", "missing-column", "missing-year"})
"""Faults that leave zeros where tonnes may be meant. Where there are any, sites without supply are not reported."""


def check(folder: str | Path | None = None, *, changes: Mapping[str, Any] | None = None) -> tuple[Finding, ...]:
    """Return every finding of a folder, faults and warnings alike; bad input is reported and never raises.

    Parameters
    ----------
    folder : str or Path, optional
        A planner's folder, workbook or GeoPackage; None for the data that ship with the package.
    changes : mapping of str to any, optional
        Settings by dotted key, over those of the folder.

    Returns
    -------
    tuple of Finding
        Sorted by file, row and column.
    """
    return tuple(sorted(survey_and_check(folder, changes).findings))


def survey_and_check(
    folder: str | Path | None, changes: Mapping[str, Any] | None, settings: Settings | None = None
) -> Survey:
    """Read a folder, scale tonnes and change rows of tables as the settings ask, and apply every rule to it.

    Parameters
    ----------
    folder : str, Path or None
        A planner's folder, workbook or GeoPackage; None for the data that ship with the package.
    changes : mapping of str to any, or None
        Settings by dotted key, over those of the folder.
    settings : Settings, optional
        Taken instead of those of the folder and its changes.

    Returns
    -------
    Survey
        With the findings of each file and those of `RULES`.
    """
    found = survey_folder(folder, changes, settings)
    found.tables["sites"] = supply.scale_sites(found.tables["sites"], found.settings)
    table_changes.change_tables(found)
    return apply_rules(found)


def apply_rules(found: Survey) -> Survey:
    """Return a survey with the findings of `RULES` added to its own.

    Parameters
    ----------
    found : Survey
        With the tonnes that are planned; changed in place.

    Returns
    -------
    Survey
        The same.
    """
    for rule in RULES:
        found.findings += rule(found)
    return found


def find_duplicate_ids(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each id that stands twice, within a table or across tables and regions."""
    import pandas as pd  # noqa: PLC0415 - heavy

    ids = [name for table in NAMED for name in found.tables[table]["id"].tolist() if name]
    if len(set(ids)) == len(ids):
        return
    columns = ["id", FILE, ROW]
    frame = pd.concat([found.tables[table][columns] for table in NAMED], ignore_index=True)
    repeated = (frame["id"].duplicated() & (frame["id"] != "")).to_numpy()
    first = frame[among(frame["id"], frame.loc[repeated, "id"].tolist())].drop_duplicates("id").set_index("id")

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        earlier = first.loc[row["id"]]
        problem = f"the id {row['id']!r} stands in row {earlier[ROW]} of {earlier[FILE]} too"
        return problem, "give every site, hub and refinery its own id"

    yield from find_in_frame(frame, repeated, "id", tell, kind="duplicate-id")


def find_unknown_regions(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each region that is not drawn: a fault when it looks misspelt, else a warning."""
    drawn = found.outlines.loc[found.outlines["kind"] == "region", "id"].tolist()
    for table in PLACED:
        frame = found.tables[table]
        unknown = ~among(frame["region"], ["", *drawn]) if len(found.outlines) else np.zeros(len(frame), dtype=bool)
        if "country" in frame:
            unknown = unknown & (frame["country"] == "").to_numpy(bool)
        for (file, region), rows in frame[unknown].groupby([FILE, "region"])[ROW] if unknown.any() else ():
            near = find_nearest(str(region).lower(), drawn, likeness=REGION_LIKENESS)
            many = f" ({len(rows)} rows)" if len(rows) > 1 else ""
            problem = f"the region {region!r} is not drawn in boundaries{many}"
            fatal = near is not None
            cure = f"write {near!r}" if fatal else "nothing, if the region is your own: it gets no outline on the map"
            yield Finding(str(file), int(rows.min()), "region", problem, cure, fatal=fatal, kind="unknown-region")


def find_regions_without_plants(found: Survey) -> Iterator[Finding]:
    """Yield a warning for each region with sites but no plant to open, unless it may use those of others."""
    sites, rules = found.tables["sites"], resolve_policy(found.settings.policy)
    crossing = {"hubs": rules.packs_cross_borders, "refineries": rules.black_mass_crosses_borders}
    for table, one in (("hubs", "hub"), ("refineries", "refinery")):
        if crossing[table]:
            continue
        plants = found.tables[table]
        furnaces = plants["technology"].isin(found.settings.furnaces if table == "refineries" else {})
        usable = set(plants.loc[(plants["status"] != "closed") & ~furnaces, "region"])
        for region in sorted(set(sites["region"]) - usable - {""}) if len(plants) else []:
            count = int((sites["region"] == region).sum())
            problem = f"the region {region!r} has {count} site{'s' if count > 1 else ''} but no {one}"
            cure = f"add a {one} there, or choose a policy under which the region may deliver to others"
            yield Finding(table, 0, "region", problem, cure, fatal=False, kind="no-plant")


def find_no_supply(found: Survey) -> Iterator[Finding]:
    """Yield a fault where no site has any tonnes, else a warning for each year and each site without any."""
    sites = found.tables["sites"]
    tonnes = sites[list(tonnage_columns(found.settings))]
    unread = {finding.file for finding in found.findings if finding.kind in UNREAD_KINDS}
    if sites.empty or not unread.isdisjoint(sites[FILE]):
        return
    file = str(sites[FILE].iloc[0])
    if not (tonnes.to_numpy() > 0).any():  # asked of each, as numbers that make no sense have no sum
        problem, cure = "every site has 0 tonnes in every year", "write the tonnes of packs per year"
        yield Finding(file, 0, "", problem, cure, kind="no-supply")
        return
    for year in found.settings.horizon.years:
        columns = [f"{name}_{year}_t" for name in found.settings.classes]
        if not (tonnes[columns].to_numpy() > 0).any():
            problem, cure = f"no site has any tonnes in {year}", f"write them, or take {year} out of horizon.years"
            yield Finding(file, 0, "", problem, cure, fatal=False, kind="no-supply-in-year")
    empty = np.asarray((tonnes.to_numpy() <= 0).all(axis=1))
    yield from find_in_frame(sites, empty, "", _describe_empty_site, kind="empty-site", fatal=False)


def _describe_empty_site(row: dict[str, Any]) -> tuple[str, str]:
    return f"the site {row['id']!r} has 0 tonnes in every year", "write its tonnes, or remove it"


RULES: tuple[Callable[[Survey], Iterable[Finding]], ...] = (
    find_duplicate_ids,
    alike.find_alike,
    find_unknown_regions,
    find_regions_without_plants,
    find_no_supply,
    places.find_bad_positions,
    remote.find_remote,
    outliers.find_outliers,
    homes.find_far_from_home,
    roads.find_duplicate_cities,
    roads.find_unknown_cities,
    roads.find_loops,
    roads.find_untrue_roads,
    roads.find_cut_off_cities,
    plants.find_unknown_technologies,
    plants.find_repeated_technologies,
    plants.find_misplaced_technologies,
    plants.find_unknown_plants,
    plants.find_oversized,
    plants.find_standing_beyond_limit,
    plants.find_standing_technologies,
    plants.find_sizes_of_other_technologies,
    plants.find_sized_furnaces,
    plants.find_only_furnaces,
    plants.find_only_barred,
    grades.find_unknown_grades,
    grades.find_unknown_countries,
    grades.find_unpriced_lanes,
    grades.find_unshipped,
    grades.find_untaken_grades,
    lanes.find_bad_lanes,
    lanes.find_untrue_lanes,
    sources.find_unknown_classes,
    sources.find_missing_sources,
    sources.find_stranded,
    supply.find_bad_supply,
    orders.find_unknown_places,
    years.find_bad_years,
)
