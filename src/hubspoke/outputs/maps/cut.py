"""Extract from a plan what the map of the country or of a region shows, ports of entry included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.inputs.tables.schema import GIVEN

if TYPE_CHECKING:
    import geopandas as gpd

    from hubspoke.plan.plan import PlanData

PORT = "port"


def list_ports(plan: PlanData) -> pd.DataFrame:
    """List the ports at which black mass from abroad lands, as rows that can be drawn like hubs.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    DataFrame
        One row for each port, with the columns drawn of a hub: `load_t` is the black mass landed, t per year; `sites`
        counts the sources abroad; `cost_jpy` is what they cost, yen per year; `kind` is `port`.
    """
    by_port = plan.imports.groupby("port_id", as_index=False, sort=True)
    ports = by_port.agg(
        name=("port_name", "first"),
        name_ja=("port_name_ja", "first"),
        region=("region", "first"),
        lat=("port_lat", "first"),
        lon=("port_lon", "first"),
        load_t=("mass_t", "sum"),
        sites=("source_id", "nunique"),
        cost_jpy=("cost_jpy", "sum"),
    )
    texts = dict.fromkeys(("operator", "prefecture", "technology"), "")
    texts["place_precision"] = GIVEN
    none = dict.fromkeys(("capacity_t", "utilisation"), np.nan)
    return ports.rename(columns={"port_id": "id"}).assign(**texts, **none, state="open", status="open", kind=PORT)


@dataclass(frozen=True)
class MapExtract:
    """The part of a plan that a map shows.

    Attributes
    ----------
    plan : PlanData
        The whole plan.
    lanes, hubs, refineries, flows : DataFrame
        Rows of its tables; ports of entry stand among the hubs.
    catchments : GeoDataFrame
        Those of the hubs.
    """

    plan: PlanData
    lanes: pd.DataFrame
    hubs: pd.DataFrame
    refineries: pd.DataFrame
    flows: pd.DataFrame
    catchments: gpd.GeoDataFrame


def extract_plan(plan: PlanData, catchments: gpd.GeoDataFrame, region: str | None) -> MapExtract:
    """Return the part of a plan that the map of a region shows, or all of it.

    Parameters
    ----------
    plan : PlanData
    catchments : GeoDataFrame
        What `draw_catchments` returns for the plan.
    region : str or None
        Show the sites and plants of this region and those they exchange packs or black mass with; None shows all.

    Returns
    -------
    MapExtract
    """
    lanes, refineries, flows = plan.assignments, plan.refineries, plan.flows
    hubs = pd.concat([plan.hubs, list_ports(plan)], ignore_index=True) if len(plan.imports) else plan.hubs
    if region is not None:
        own_hubs = set(hubs.loc[hubs["region"] == region, "id"])
        own_refineries = set(refineries.loc[refineries["region"] == region, "id"])
        lanes = lanes[(lanes["region"] == region) | lanes["hub_id"].isin(own_hubs)]
        flows = flows[flows["hub_id"].isin(own_hubs) | flows["refinery_id"].isin(own_refineries)]
        told = set(lanes["runner_up_hub_id"]) if "runner_up_hub_id" in lanes else set()
        hubs = hubs[hubs["id"].isin(own_hubs | set(lanes["hub_id"]) | set(flows["hub_id"]) | told)]
        refineries = refineries[refineries["id"].isin(own_refineries | set(flows["refinery_id"]))]
        catchments = catchments[catchments["hub_id"].isin(own_hubs | set(lanes["hub_id"]))]
    return MapExtract(plan, lanes, hubs, refineries, flows, catchments)
