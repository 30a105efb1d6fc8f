"""Draw the maps of a run folder: one of the whole plan and one for each region, linked to each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hubspoke.outputs.maps.catchments import draw_catchments
from hubspoke.outputs.maps.draw import draw_map
from hubspoke.outputs.report.metal_flow import list_flow_pictures
from hubspoke.plan.choices.choices import weigh_choices
from hubspoke.plan.roads.loads import trace_roads
from hubspoke.plan.states import regions_abroad
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import geopandas as gpd

    from hubspoke.plan.plan import PlanData
    from hubspoke.plan.roads.loads import RoadLoads

PAGES = ("report.html", "briefing.html")
"""Pages of a run folder that its maps lead to."""
FORBIDDEN = re.compile(r'[<>:"/\\|?*%#\x00-\x1f]')
"""Characters that some file system forbids in names, or that have a meaning in web addresses."""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows reserves for devices."""


def draw_maps(
    plan: PlanData,
    folder: Path,
    *,
    lang: str = "en",
    tiles: str | None = None,
    catchments: gpd.GeoDataFrame | None = None,
    regional: bool = True,
    roads: RoadLoads | None = None,
    command: Sequence[str] | None = None,
) -> list[Path]:
    """Draw `map.html` and `maps/<region>.html` into a folder.

    Parameters
    ----------
    plan : PlanData
    folder : Path
        A folder that holds neither of them yet.
    lang : {"en", "ja"}
    tiles : str, optional
        A background that needs the network: `gsi`, `osm` or an address.
    catchments : GeoDataFrame, optional
        What `draw_catchments` returns for the plan, to save drawing them again.
    regional : bool
        Whether to draw a map of each region, too.
    roads : RoadLoads, optional
        What `trace_roads` returns for the plan, to save following its roads again.
    command : sequence of str, optional
        The command line that made the plan.

    Returns
    -------
    list of Path
        The files drawn, `map.html` first.

    Raises
    ------
    UsageError
        An unknown language or background.
    """
    links = list_region_maps(plan) if regional else {}
    names = {region: address.removeprefix("maps/") for region, address in links.items()}
    areas = draw_catchments(plan) if catchments is None else catchments
    common: dict[str, Any] = {"lang": lang, "tiles": tiles, "catchments": areas, "roads": roads or trace_roads(plan)}
    common |= {"metal_flow": list_flow_pictures(plan, check_language(lang)), "choices": weigh_choices(plan)}
    common["command"] = command
    if regional:
        (folder / "maps").mkdir()
    files = [folder / "map.html"]
    draw_map(plan, links=links, pages=PAGES, **common).save(str(files[0]))
    for region, name in names.items():
        files.append(folder / "maps" / name)
        others = {other: file for other, file in names.items() if other != region}
        around: dict[str, Any] = {"links": {"": "../map.html", **others}, "pages": [f"../{page}" for page in PAGES]}
        draw_map(plan, region=region, **around, **common).save(str(files[-1]))
    return files


def list_region_maps(plan: PlanData) -> dict[str, str]:
    """Return the address of the map of each region, relative to the run folder, by region; none abroad.

    Parameters
    ----------
    plan : PlanData
    """
    abroad = regions_abroad(plan)
    names = name_map_files([name for name in plan.regions["region"] if name not in abroad])
    return {region: f"maps/{name}" for region, name in names.items()}


def name_map_files(regions: Sequence[str]) -> dict[str, str]:
    """Return a file name for the map of each region: valid on every system, and no two alike.

    Parameters
    ----------
    regions : sequence of str
        Identifiers, which may hold any character.

    Returns
    -------
    dict of str to str
        File name by region; names differ by more than upper and lower case.

    Examples
    --------
    >>> name_map_files(["kanto", "a/b", "a:b"])
    {'kanto': 'kanto.html', 'a/b': 'a_b.html', 'a:b': 'a_b-2.html'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for region in regions:
        stem = FORBIDDEN.sub("_", region).strip(". ")[:80] or "_"
        stem = f"_{stem}" if RESERVED.fullmatch(stem) else stem
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        names[region] = f"{name}.html"
    return names


def find_pages(plan: PlanData, home: Path) -> dict[str, Any]:
    """Return what of a run folder its report links, as arguments of `write_report`.

    Parameters
    ----------
    plan : PlanData
    home : Path
        The run folder.
    """
    drawn = list_region_maps(plan)
    return {
        "maps": (home / "map.html").is_file(),
        "region_maps": drawn if all((home / address).is_file() for address in drawn.values()) else {},
        "briefing": (home / "briefing.html").is_file(),
    }
