"""Places with the least freight: those of full enumeration, in each region and across borders."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import hubspoke as hs
from hubspoke.base.errors import UsageError
from hubspoke.base.shipped import shipped_data_folder
from hubspoke.cli.app import app
from hubspoke.planning.request import Request
from hubspoke.planning.solve import solve_request

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.inputs.network import Network


def freight_to(network: Network, places: pd.DataFrame) -> np.ndarray:
    """Return the freight of each site to each place, by planning's own lanes to hubs that stand there."""
    from hubspoke.lanes.lanes import build_lanes  # noqa: PLC0415 - the other way to the same numbers

    like = network.hubs.iloc[[0] * len(places)].reset_index(drop=True)
    hubs = like.assign(id=[f"p{at:03d}" for at in range(len(places))], ground="", lat=places["lat"], lon=places["lon"])
    lanes = build_lanes(network.replace(hubs=hubs), network.settings.horizon.year)
    return lanes.freight_jpy_per_yr


@pytest.mark.heavy
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("across", [False, True])
def test_no_other_cities_have_less_freight(tiny_network: Network, count: int, across: bool) -> None:  # noqa: FBT001
    found = hs.greenfield(tiny_network, places=count, across=across)
    cities = tiny_network.cities.reset_index(drop=True)
    every = freight_to(tiny_network, cities)
    region = tiny_network.sites["region"].to_numpy()
    told = found.places.set_index("code")
    for row in found.regions.to_dict("records"):
        sites = np.full(len(region), True) if across else region == row["region"]
        open_to = range(len(cities))
        if not across:
            own = hs.greenfield(tiny_network, places=1)  # cities lie in the region that holds them
            assert set(own.regions["region"]) == set(region.tolist())
            inside = told[told["region"] == row["region"]]
            assert len(inside) == count
        best = min(every[sites][:, np.array(some)].min(axis=1).sum() for some in combinations(open_to, count))
        assert row["freight_jpy"] >= best * (1 - 1e-9)
        if across:
            assert row["freight_jpy"] == pytest.approx(best, rel=1e-6)
        assert row["packs_t"] == pytest.approx(tiny_network.supply_t(found.year).sum(axis=1)[sites].sum())
    assert found.places["freight_jpy"].sum() == pytest.approx(found.regions["freight_jpy"].sum())
    assert found.places["packs_t"].sum() == pytest.approx(found.regions["packs_t"].sum())


def test_candidates_beside_them_are_those_with_the_least_freight(tiny_network: Network) -> None:
    """Of one candidate in each region, that is the hub of the plan where freight alone decides."""
    found = hs.greenfield(tiny_network)
    lanes = Request().lanes(tiny_network, found.year)
    for row in found.regions.to_dict("records"):
        sites, hubs = (
            np.flatnonzero(table["region"].to_numpy() == row["region"])
            for table in (tiny_network.sites, tiny_network.hubs)
        )
        sums = lanes.freight_jpy_per_yr[np.ix_(sites, hubs)].sum(axis=0)
        assert row["candidates"] == tiny_network.hubs["id"].iloc[hubs[sums.argmin()]]
        assert row["candidates_freight_jpy"] == pytest.approx(sums.min())
        assert row["saved_jpy"] == pytest.approx(sums.min() - row["freight_jpy"])


def test_without_roads_the_places_of_sites_are_compared(tiny_network: Network) -> None:
    empty = tiny_network.cities.iloc[:0], tiny_network.roads.iloc[:0]
    network = tiny_network.replace(cities=empty[0], roads=empty[1])
    assert set(hs.greenfield(network).places["code"]) <= set(network.sites["id"])


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"places": 0}, "give 1 or more"),
        ({"places": 999}, "cities"),
        ({"year": 1999}, "1999"),
        ({"regions": ["kantoo"]}, "kanto"),
    ],
)
def test_what_cannot_be_is_refused(tiny_network: Network, asked: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        hs.greenfield(tiny_network, **asked)  # type: ignore[arg-type]


@pytest.mark.heavy
def test_rows_of_the_command_can_be_planned(tiny: Path, tmp_path: Path) -> None:
    """What is written is read as candidates, and a plan with them costs no more."""
    out = tmp_path / "medians.csv"
    answer = CliRunner().invoke(app, ["greenfield", str(tiny), "-o", str(out), "--json", "--technology", "roasting"])
    assert answer.exit_code == 0, answer.output
    places = json.loads(answer.stdout)["places"]
    rows = pd.read_csv(out, dtype=str)
    assert list(rows) == list(pd.read_csv(shipped_data_folder() / "shikoku" / "hubs.csv"))
    assert rows["id"].tolist() == [f"median-{place['code']}" for place in places]
    base = hs.read(tiny)
    before = solve_request(base, Request(rated=False))
    for region, some in rows.groupby([place["region"] for place in places]):
        table = pd.read_csv(tiny / str(region) / "hubs.csv", dtype=str)
        pd.concat([table, some[some.columns.intersection(table.columns)]]).to_csv(
            tiny / str(region) / "hubs.csv", index=False
        )
    after = solve_request(hs.read(tiny), Request(rated=False))
    assert after.cost_jpy <= before.cost_jpy * (1 + 1e-9)
    assert "場所" in CliRunner().invoke(app, ["greenfield", str(tiny), "--lang", "ja"]).stdout


def test_more_places_than_sites_need_are_left_out(tiny_network: Network) -> None:
    sites = tiny_network.sites.copy()
    idle = sites.index[sites["region"] == "chubu"][1:]
    tonnes = [f"{name}_{year}_t" for name in tiny_network.classes for year in tiny_network.settings.horizon.years]
    sites.loc[idle, tonnes] = 0.0
    network = tiny_network.replace(sites=sites)
    found = hs.greenfield(network, places=2)
    assert (found.places["region"] == "chubu").sum() == 1
    assert (found.places["sites"] > 0).all()
    assert found.places["freight_jpy"].sum() == pytest.approx(found.regions["freight_jpy"].sum())
