"""Lanes: distances, ferries, freight and CO2 of pairs."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from hubspoke.base.geodesy import geodesic_km
from hubspoke.inputs.read import read
from hubspoke.lanes import pairs
from hubspoke.lanes.lanes import Lanes, build_lanes

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from hubspoke.inputs.network import Network

YEAR = 2040
TEN_T = 2


@cache
def japan() -> Network:
    return read()


@cache
def japan_lanes() -> Lanes:
    return build_lanes(japan(), YEAR)


@pytest.fixture
def two_cities(tiny: Path) -> Network:
    """One site in one city, a hub and a refinery 100 km of expressway away, and nothing else."""
    network = read(tiny)
    cities = network.cities.iloc[:2].assign(city_code=["a", "b"], lat=[35.0, 36.0], lon=[135.0, 136.0])
    roads = pd.DataFrame({"from_code": ["a"], "to_code": ["b"], "km": [100.0], "kind": ["expressway"], "route": ["E1"]})
    site = network.sites.iloc[:1].assign(lat=35.0, lon=135.0)
    site["stock_max_t"] = np.inf
    site[[f"{name}_{YEAR}_t" for name in network.classes]] = [48.0, *[0.0] * (len(network.classes) - 1)]
    return replace(
        network,
        sites=site,
        hubs=network.hubs.iloc[:1].assign(lat=36.0, lon=136.0, ground=""),
        refineries=network.refineries.iloc[:1].assign(lat=36.0, lon=136.0, ground=""),
        roads=roads,
        cities=cities,
        outlines=network.outlines.iloc[:0],
    )


def with_mass(network: Network, mass_t: float) -> Network:
    columns = [f"{name}_{YEAR}_t" for name in network.classes if network.settings.classes[name].default_share > 0]
    share = np.full(len(columns), 1 / len(columns))
    sites = network.sites.copy()
    sites[columns] = mass_t * share
    return replace(network, sites=sites)


def given_lane(network: Network, **values: float) -> Network:
    row: dict[str, Any] = {"from_id": network.sites["id"].iloc[0], "to_id": network.hubs["id"].iloc[0]}
    row |= dict.fromkeys(("distance_km", "cost_jpy_per_t", "co2_kg_per_t"), np.nan) | {"status": "allowed"} | values
    return replace(network, given_lanes=pd.DataFrame([row]))


def in_prefecture(name: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    return japan().sites["prefecture"].eq(name).to_numpy(), japan().hubs["prefecture"].eq(name).to_numpy()


def test_lane_by_hand(two_cities: Network) -> None:
    """48 t over 100 km of expressway: six trips of the 10 t truck, each rate x 1.2, loading and toll.

    With a stock of 6 t they would be eight.
    """
    lanes = build_lanes(two_cities, YEAR)
    trip = 1.2 * (20_850 + 294 * 100) + 6_570 + 2 * 38 * 100
    assert lanes.truck.tolist() == [[TEN_T]]
    assert lanes.trips_per_yr.tolist() == [[6]]
    assert lanes.distance_km.tolist() == [[100]]
    assert lanes.ferry_km.tolist() == [[0]]
    assert lanes.hours[0, 0] == pytest.approx(100 / 70)
    assert lanes.freight_jpy_per_yr[0, 0] == pytest.approx(6 * trip)
    full = 2.62 * np.exp(2.71 - 0.654 * np.log(13_000))  # per t-km; the way back is empty, as if loaded to a tenth
    there, back = 48 * 100 * full * (8 / 13) ** -0.812, 6 * 100 * full * 0.1**-0.812 * 1.3
    assert lanes.co2_kg_per_yr[0, 0] == pytest.approx(there + back)


def test_transfer_by_hand(two_cities: Network) -> None:
    """Black mass goes in full loads of the cheapest truck, without surcharge: 11 t on a 10 t, 18 t on a 20 t truck."""
    far = replace(two_cities, hubs=two_cities.hubs.assign(lat=35.0, lon=135.0, ground="far"))
    lanes = build_lanes(far, YEAR)
    ten = (20_850 + 294 * 100 + 6_570 + 2 * 38 * 100) / 11
    twenty = (24_980 + 403 * 100 + 7_720 + 2 * 62 * 100) / 18
    assert lanes.transfer_jpy_per_t[0, 0] == pytest.approx(min(ten, twenty))
    assert lanes.transfer_distance_km[0, 0] == 100


def test_ferry_by_hand(two_cities: Network) -> None:
    """On a ferry the truck pays the fare by its length, both ways, and no rate per km; boarding takes two hours."""
    lanes = build_lanes(replace(two_cities, roads=two_cities.roads.assign(kind="ferry")), YEAR)
    trip = 1.2 * 20_850 + 6_570 + 2 * (40_000 + 110 * 100)
    assert lanes.freight_jpy_per_yr[0, 0] == pytest.approx(6 * trip)
    assert lanes.ferry_km[0, 0] == lanes.distance_km[0, 0] == 100
    assert lanes.hours[0, 0] == pytest.approx(2 + 100 / 35)
    assert lanes.co2_kg_per_yr[0, 0] == pytest.approx(48 * 100 * 0.12)


@pytest.mark.heavy
def test_hokkaido_is_left_by_ferry_only() -> None:
    """No lane between Hokkaido and the rest of Japan is without a ferry, for packs and for black mass."""
    sites, hubs = in_prefecture("Hokkaido")
    ferry = japan_lanes().ferry_km > 0
    assert ferry[np.ix_(sites, ~hubs)].all()
    assert ferry[np.ix_(~sites, hubs)].all()
    refineries = japan().refineries["prefecture"].eq("Hokkaido").to_numpy()
    assert (japan_lanes().transfer_ferry_km > 0)[np.ix_(hubs, ~refineries)].all()


@pytest.mark.heavy
def test_okinawa_serves_itself_by_road() -> None:
    """Sites on Okinawa island reach its hubs by road alone, and Kyushu by ferry."""
    sites, hubs = in_prefecture("Okinawa")
    island = sites & (japan().sites["lat"] > 25.9).to_numpy() & (japan().sites["lon"] > 127.5).to_numpy()
    assert island.any()
    assert hubs.any()
    lanes = japan_lanes()
    assert lanes.reachable.all()
    assert (lanes.ferry_km[np.ix_(island, hubs)] == 0).all()
    assert (lanes.ferry_km[np.ix_(sites, ~hubs)] > 0).all()


@pytest.mark.heavy
def test_distances_are_no_shorter_than_straight_lines() -> None:
    """No lane is shorter than the geodesic (within the rounding of road km), and no way is absurdly long."""
    lanes = japan_lanes()
    place = [table[["lon", "lat"]].to_numpy(float) for table in (japan().sites[::40], japan().hubs)]
    site, hub = np.indices((len(place[0]), len(place[1]))).reshape(2, -1)
    straight = geodesic_km(place[0][site], place[1][hub])
    made = lanes.distance_km[::40].ravel()
    assert (made >= 0.97 * straight - 3).all()
    far = straight > 100
    assert np.median(made[far] / straight[far]) < 1.6
    assert (lanes.ferry_km <= lanes.distance_km).all()
    assert (lanes.hours >= lanes.distance_km / 71).all()


def test_neighbours_go_straight(two_cities: Network) -> None:
    """Two places near one city do not drive through it: straight km times the detour."""
    near = replace(
        two_cities,
        sites=two_cities.sites.assign(lat=35.1, lon=135.0),
        hubs=two_cities.hubs.assign(lat=35.1, lon=135.05),
    )
    straight = geodesic_km(np.array([[135.0, 35.1]]), np.array([[135.05, 35.1]]))[0]
    assert build_lanes(near, YEAR).distance_km[0, 0] == pytest.approx(1.3 * straight)


@pytest.mark.heavy
def test_order_of_rows_changes_nothing() -> None:
    """Shuffled tables give the same lanes, to the bit."""
    network = replace(japan(), sites=japan().sites[::20].reset_index(drop=True))
    hubs = np.random.default_rng(1).permutation(len(network.hubs))
    sites = np.random.default_rng(2).permutation(len(network.sites))
    shuffled = replace(
        network,
        sites=network.sites.iloc[sites].reset_index(drop=True),
        hubs=network.hubs.iloc[hubs].reset_index(drop=True),
        roads=network.roads.sample(frac=1, random_state=3, ignore_index=True),
        cities=network.cities.sample(frac=1, random_state=4, ignore_index=True),
    )
    one, other = build_lanes(network, YEAR), build_lanes(shuffled, YEAR)
    for name in ("distance_km", "ferry_km", "hours", "truck", "freight_jpy_per_yr", "co2_kg_per_yr"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name  # a network sorts its tables by id


@pytest.mark.heavy
def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Working on a few pairs at a time gives the same lanes."""
    network = replace(japan(), sites=japan().sites[::50].reset_index(drop=True))
    whole = build_lanes(network, YEAR)
    monkeypatch.setattr(pairs, "CHUNK_PAIRS", 700)
    pieces = build_lanes(network, YEAR)
    for field in fields(Lanes):
        assert np.array_equal(getattr(whole, field.name), getattr(pieces, field.name)), field.name


@pytest.mark.heavy
def test_sites_of_a_network_do_not_change_each_other() -> None:
    """A site's lanes are the same whether it stands alone or among all others."""
    alone = replace(japan(), sites=japan().sites.iloc[1234:1235].reset_index(drop=True))
    assert np.array_equal(build_lanes(alone, YEAR).freight_jpy_per_yr[0], japan_lanes().freight_jpy_per_yr[1234])


@pytest.mark.heavy
def test_small_far_sites_are_dearer_per_tonne(two_cities: Network) -> None:
    """Per tonne, freight falls with the mass of a site; the whole bill never falls."""
    masses = np.array([0.5, 1, 2, 5, 10, 50, 100, 1000, 10_000])
    bills = np.array([build_lanes(with_mass(two_cities, mass), YEAR).freight_jpy_per_yr[0, 0] for mass in masses])
    assert (np.diff(bills) >= 0).all()
    assert (np.diff(bills / masses) < 0).all()


@pytest.mark.heavy
def test_all_prices_scale_freight() -> None:
    """With every price of transport tripled, freight triples and ways stay."""
    network = replace(japan(), sites=japan().sites[::50].reset_index(drop=True))
    dump = network.settings.model_dump()
    for truck in dump["trucks"].values():
        for name in ("fixed_jpy_per_trip", "distance_jpy_per_km", "loading_jpy_per_trip", "toll_jpy_per_km"):
            truck[name]["value"] *= 3
    for name in ("fixed_jpy_per_crossing", "distance_jpy_per_km"):
        dump["ferries"][name]["value"] *= 3
    dearer = build_lanes(replace(network, settings=type(network.settings).model_validate(dump)), YEAR)
    lanes = build_lanes(network, YEAR)
    assert dearer.freight_jpy_per_yr == pytest.approx(3 * lanes.freight_jpy_per_yr)
    assert dearer.transfer_jpy_per_t == pytest.approx(3 * lanes.transfer_jpy_per_t)
    assert np.array_equal(dearer.distance_km, lanes.distance_km)


def test_one_ground_needs_no_transfer(two_cities: Network) -> None:
    """Hub and refinery on one ground exchange black mass for nothing; places far apart are no one ground."""
    away = two_cities.hubs.assign(lat=35.0, lon=135.0, ground="")
    apart = replace(two_cities, hubs=away, refineries=two_cities.refineries.assign(ground=""))
    assert build_lanes(apart, YEAR).transfer_jpy_per_t[0, 0] > 0
    shared = replace(
        two_cities,
        hubs=away.assign(ground="g"),
        refineries=two_cities.refineries.assign(ground="g"),
        roads=two_cities.roads[:0],
    )
    lanes = build_lanes(shared, YEAR)
    assert lanes.transfer_reachable.all()
    for name in ("jpy_per_t", "distance_km", "ferry_km", "hours", "co2_kg_per_t"):
        assert getattr(lanes, f"transfer_{name}").tolist() == [[0]], name


def test_sites_without_packs_cost_nothing(two_cities: Network) -> None:
    """A site with nothing to fetch has lanes, but no trips, yen or CO2."""
    lanes = build_lanes(with_mass(two_cities, 0.0), YEAR)
    assert lanes.reachable.all()
    assert lanes.distance_km[0, 0] == 100
    assert lanes.trips_per_yr[0, 0] == lanes.freight_jpy_per_yr[0, 0] == lanes.co2_kg_per_yr[0, 0] == 0


def test_unreachable_pairs_are_infinitely_dear(two_cities: Network) -> None:
    """Without a road between them there is no lane: not reachable, infinite freight, no truck."""
    lanes = build_lanes(replace(two_cities, roads=two_cities.roads[:0]), YEAR)
    assert not lanes.reachable[0, 0]
    assert lanes.freight_jpy_per_yr[0, 0] == np.inf
    assert lanes.truck[0, 0] == -1
    assert lanes.distance_km[0, 0] == lanes.trips_per_yr[0, 0] == lanes.co2_kg_per_yr[0, 0] == 0


def test_given_cost_and_co2_replace_computed_ones(two_cities: Network) -> None:
    """A planner's own yen and CO2 per tonne hold for the whole mass; the distance stays computed."""
    lanes = build_lanes(given_lane(two_cities, cost_jpy_per_t=5000.0, co2_kg_per_t=7.0), YEAR)
    assert lanes.freight_jpy_per_yr[0, 0] == 48 * 5000
    assert lanes.co2_kg_per_yr[0, 0] == 48 * 7
    assert lanes.distance_km[0, 0] == 100


def test_given_distance_stretches_the_lane(two_cities: Network) -> None:
    """With a planner's own km, what is paid on the way, time and CO2 follow; what is paid per trip stays."""
    before, after = build_lanes(two_cities, YEAR), build_lanes(given_lane(two_cities, distance_km=150.0), YEAR)
    trip = 1.2 * (20_850 + 294 * 150) + 6_570 + 2 * 38 * 150
    assert after.freight_jpy_per_yr[0, 0] == pytest.approx(6 * trip)
    assert after.distance_km[0, 0] == 150
    assert after.hours[0, 0] == pytest.approx(1.5 * before.hours[0, 0])
    assert after.co2_kg_per_yr[0, 0] == pytest.approx(1.5 * before.co2_kg_per_yr[0, 0])


def test_given_lane_opens_a_closed_pair(two_cities: Network) -> None:
    """A given distance makes a plain road where there was no way; a given cost alone makes the lane usable."""
    closed = replace(two_cities, roads=two_cities.roads[:0])
    road = build_lanes(given_lane(closed, distance_km=100.0), YEAR)
    assert road.reachable.all()
    assert road.freight_jpy_per_yr[0, 0] == pytest.approx(6 * (1.2 * (20_850 + 294 * 100) + 6_570))
    assert road.hours[0, 0] == pytest.approx(2.5)
    paid = build_lanes(given_lane(closed, cost_jpy_per_t=5000.0), YEAR)
    assert paid.reachable.all()
    assert paid.freight_jpy_per_yr[0, 0] == 48 * 5000


def test_given_transfer_is_per_tonne(two_cities: Network) -> None:
    """A lane given from a hub to a refinery replaces the price of a tonne of black mass."""
    row = {"from_id": two_cities.hubs["id"].iloc[0], "to_id": two_cities.refineries["id"].iloc[0]}
    row |= {"distance_km": 40.0, "cost_jpy_per_t": 900.0, "co2_kg_per_t": 3.0, "status": "allowed"}
    lanes = build_lanes(replace(two_cities, given_lanes=pd.DataFrame([row])), YEAR)
    assert lanes.transfer_jpy_per_t[0, 0] == 900
    assert lanes.transfer_distance_km[0, 0] == 40
    assert lanes.transfer_co2_kg_per_t[0, 0] == 3


def test_empty_tables_give_empty_lanes(two_cities: Network) -> None:
    """A part of a network in which nothing lies has lanes of the right shapes."""
    lanes = build_lanes(two_cities.only(("nowhere",)), YEAR)
    assert lanes.transfer_jpy_per_t.shape == (0, 0)
    assert lanes.freight_jpy_per_yr.shape == lanes.trips_per_yr.shape == (0, 0)
