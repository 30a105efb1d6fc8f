"""Ports of entry, drawn where black mass from abroad lands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import geopandas as gpd

    from hubspoke.plan.plan import PlanData

PORT = "port"


def list_ports(plan: PlanData) -> pd.DataFrame:
    """Return a row for each port that something lands at, with the columns that are drawn of a hub.

    Their `kind` is `port`.
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
    none = dict.fromkeys(("capacity_t", "utilisation"), np.nan)
    return ports.rename(columns={"port_id": "id"}).assign(**texts, **none, state="open", status="open", kind=PORT)


@dataclass(frozen=True)
class MapExtract:
    """The part of a plan that a map shows."""

    plan: PlanData
    lanes: pd.DataFrame
    hubs: pd.DataFrame
    refineries: pd.DataFrame
    flows: pd.DataFrame
    catchments: gpd.GeoDataFrame


def extract_plan(plan: PlanData, catchments: gpd.GeoDataFrame, region: str | None) -> MapExtract:
    """Return the part of a plan that the map of a region shows; all of it without a region."""
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
        catchments = catchments[catchments["hub_id"].isin(set(hubs["id"]))]
    return MapExtract(plan, lanes, hubs, refineries, flows, catchments)
