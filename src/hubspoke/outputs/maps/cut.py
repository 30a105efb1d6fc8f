"""Ports of entry, drawn where black mass from abroad lands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.plan.drawable import Drawable

PORT = "port"


def list_ports(plan: Drawable) -> pd.DataFrame:
    """Give a row for each port that something lands at, with the columns that are drawn of a hub; `kind` is `port`."""
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
