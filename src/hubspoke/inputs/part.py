"""Cut the tables of a network down to some of its regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

PLACED = ("sites", "hubs", "refineries", "ports")


def cut_regions(tables: Mapping[str, pd.DataFrame], regions: Collection[str]) -> dict[str, pd.DataFrame]:
    """Return the tables that change when only some regions are planned.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By their names in a network.
    regions : collection of str

    Returns
    -------
    dict of str to DataFrame
        Sites, plants and ports of the regions, the sources abroad that land at these ports, and the lanes and sizes
        that name nothing else.
    """
    lanes, sizes, abroad = tables["given_lanes"], tables["given_sizes"], tables["overseas"]
    part = {name: tables[name][tables[name]["region"].isin(regions)].reset_index(drop=True) for name in PLACED}
    landing = lanes.loc[lanes["to_id"].isin(part["ports"]["id"]), "from_id"]
    part["overseas"] = abroad[abroad["id"].isin(landing)].reset_index(drop=True)
    kept = {key for table in part.values() for key in table["id"]}
    part["given_lanes"] = lanes[lanes["from_id"].isin(kept) & lanes["to_id"].isin(kept)].reset_index(drop=True)
    part["given_sizes"] = sizes[sizes["plant_id"].isin(kept)].reset_index(drop=True)
    return part
