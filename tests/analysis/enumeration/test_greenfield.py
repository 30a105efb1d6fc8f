"""Places with the least freight are those of trying all of them, on drawn folders."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import hubspoke as hs
from drawn_folders import Drawn, folders
from hubspoke.lanes.lanes import build_lanes
from trials import examples

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network


def freight_to(network: Network, table: Any) -> Any:
    """Give the freight of each site to each place, by planning's own lanes to hubs that stand there."""
    like = network.hubs.iloc[[0] * len(table)].reset_index(drop=True)
    ids = [f"p{at:03d}" for at in range(len(table))]
    hubs = like.assign(id=ids, ground="", lat=table["lat"].to_numpy(), lon=table["lon"].to_numpy())
    return build_lanes(network.replace(hubs=hubs), 2040).freight_jpy_per_yr


@given(folders(given=False), st.integers(1, 2), st.booleans())
@settings(max_examples=examples(5))
def test_no_other_places_have_less_freight(drawn: Drawn, count: int, across: bool) -> None:  # noqa: FBT001
    """Nor do other candidates, of those that there are."""
    network = drawn.read()
    cities = network.cities.reset_index(drop=True)
    to_cities, to_hubs = freight_to(network, cities), freight_to(network, network.hubs)
    region = network.sites["region"].to_numpy(str)
    nearest = [
        region[int(np.hypot(network.sites["lat"] - row["lat"], network.sites["lon"] - row["lon"]).argmin())]
        for row in cities.to_dict("records")
    ]
    names = [""] if across else sorted(set(region.tolist()))
    at = {name: [n for n, one in enumerate(nearest) if name in {"", one}] for name in names}
    assume(all(len(one) >= count for one in at.values()))
    found = hs.greenfield(network, year=2040, places=count, across=across)
    open_to = network.hubs["status"].to_numpy(str) != "closed"
    for row in found.regions.to_dict("records"):
        sites = np.full(len(region), True) if across else region == row["region"]
        best = min(to_cities[sites][:, list(some)].min(axis=1).sum() for some in combinations(at[row["region"]], count))
        assert row["freight_jpy"] == pytest.approx(best, rel=1e-6)
        mine = np.flatnonzero(open_to & (across | (network.hubs["region"].to_numpy(str) == row["region"]))).tolist()
        if mine:
            sets = combinations(mine, min(count, len(mine)))
            own = min(to_hubs[sites][:, list(some)].min(axis=1).sum() for some in sets)
            assert row["candidates_freight_jpy"] == pytest.approx(own, rel=1e-6)
