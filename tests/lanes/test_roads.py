"""The road graph: known distances, islands, cheapest ways."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from hubspoke.base.geodesy import geodesic_km
from hubspoke.inputs.read import read
from hubspoke.lanes.access import join_roads, read_terrain
from hubspoke.lanes.distance import open_sea_km
from hubspoke.lanes.freight import read_tariff
from hubspoke.lanes.road_graph import road_distance_km, road_graph
from hubspoke.lanes.roads import cheapest_routes

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.inputs.network import Network

TOKYO = "Tokyo (23 wards)"
KNOWN_KM = [
    (TOKYO, "Osaka", 508),
    (TOKYO, "Nagoya", 350),
    (TOKYO, "Sendai", 365),
    (TOKYO, "Aomori", 715),
    (TOKYO, "Fukuoka", 1095),
    (TOKYO, "Hiroshima", 815),
    (TOKYO, "Nagano", 225),
    (TOKYO, "Mito", 110),
    (TOKYO, "Kofu", 130),
    (TOKYO, "Iwaki", 210),
    (TOKYO, "Shizuoka", 180),
    (TOKYO, "Tsuruga", 460),
    ("Niigata", TOKYO, 330),
    ("Niigata", "Sendai", 240),
    ("Sapporo", "Hakodate", 310),
    ("Sapporo", "Kushiro", 310),
    ("Sapporo", "Asahikawa", 140),
    ("Sapporo", "Wakkanai", 330),
    ("Osaka", "Fukuoka", 615),
    ("Osaka", "Hiroshima", 335),
    ("Osaka", "Takamatsu", 195),
    ("Osaka", "Matsuyama", 325),
    ("Osaka", "Kyoto", 50),
    ("Niihama", "Osaka", 285),
    ("Nagoya", "Osaka", 180),
    ("Nagoya", "Kanazawa", 240),
    ("Sendai", "Aomori", 355),
    ("Hiroshima", "Matsue", 175),
    ("Okayama", "Takamatsu", 75),
    ("Kochi", "Takamatsu", 130),
    ("Fukuoka", "Kagoshima", 285),
    ("Fukuoka", "Nagasaki", 155),
    ("Kagoshima", "Miyazaki", 128),
    ("Naha", "Nago", 65),
]


@cache
def japan() -> Network:
    return read()


@pytest.mark.parametrize(("start", "end", "km"), KNOWN_KM)
def test_known_distances(start: str, end: str, km: float) -> None:
    """Between cities whose road distance is well known, the graph is right within 6 %."""
    assert road_distance_km(japan(), start, end) == pytest.approx(km, rel=0.06)


def test_islands_have_no_road() -> None:
    """Without ferries there is no way from Hokkaido or Okinawa to the main island."""
    assert road_distance_km(japan(), "Sapporo", "Aomori") == np.inf
    assert road_distance_km(japan(), "那覇市", "Kagoshima") == np.inf


def test_unknown_city_is_refused() -> None:
    """A city that is not there is named in the error."""
    with pytest.raises(ValueError, match="Atlantis"):
        road_distance_km(japan(), "Atlantis", "Osaka")


def test_graph_is_public_and_complete() -> None:
    """The networkx graph has every city with its place, every edge with km, kind and route, and is connected."""
    graph = road_graph(japan())
    assert set(graph) == set(japan().cities["city_code"])
    assert graph.nodes["13100"]["name"] == TOKYO
    assert all({"km", "kind", "route"} <= set(edge) for *_, edge in graph.edges(data=True))
    assert nx.is_connected(graph)


def test_cheapest_ways_agree_with_networkx() -> None:
    """Ways from a plant cost the same as a plain Dijkstra over edge prices, and their km add up on that way."""
    network = japan()
    terrain = read_terrain(network)
    tariff = read_tariff(network.settings, surcharge_factor=1.2)
    plant = join_roads(terrain, network.hubs[["lon", "lat"]].to_numpy(float)[:3])
    routes = cheapest_routes(terrain.roads, network.settings, tariff, plant.legs)
    graph = nx.Graph()
    for row in range(len(terrain.roads.km)):
        km, kind = terrain.roads.km[row], terrain.roads.kind[row]
        if kind == "ferry":
            price = float(tariff.way_jpy(0.0, km, 1)[2])
        else:
            price = float(tariff.way_jpy(km, toll_km=km if kind in ("expressway", "bridge") else 0.0)[2])
        graph.add_edge(int(terrain.roads.start[row]), int(terrain.roads.end[row]), jpy=price)
    for leg, node in enumerate(plant.legs.node[0]):
        if node < terrain.cities:
            graph.add_edge("plant", int(node), jpy=float(plant.legs.way_jpy(tariff)[2, 0, leg]))
    expected = nx.single_source_dijkstra_path_length(graph, "plant", weight="jpy")
    assert routes.way_jpy[2, :-1, 0] == pytest.approx([expected[city] for city in range(terrain.cities)])
    least = tariff.road_jpy_per_km[2] * routes.road_km[2] + tariff.sea_jpy_per_km[2] * routes.sea_km[2]
    assert (least[:-1] <= routes.way_jpy[2, :-1] + 1e-6).all()
    assert np.isinf(routes.way_jpy[:, -1]).all()


def test_no_way_leads_through_a_plant() -> None:
    """More plants do not change the ways of the others."""
    network = japan()
    terrain = read_terrain(network)
    tariff = read_tariff(network.settings)
    places = network.hubs[["lon", "lat"]].to_numpy(float)
    every = cheapest_routes(terrain.roads, network.settings, tariff, join_roads(terrain, places).legs)
    alone = cheapest_routes(terrain.roads, network.settings, tariff, join_roads(terrain, places[:1]).legs)
    assert every.way_jpy[:, :, :1] == pytest.approx(alone.way_jpy)


@pytest.mark.parametrize(
    ("name", "lat", "lon", "not_city", "same_island_as"),
    [
        ("Futtsu, opposite Yokosuka on Tokyo Bay", 35.29, 139.83, "Yokosuka", "Kisarazu"),
        ("Irago, opposite Ise over the mouth of a bay", 34.58, 137.02, "Ise", "Tahara"),
        ("Oma, opposite Hakodate", 41.52, 140.91, "Hakodate", "Mutsu"),
        ("Ogi on Sado, opposite Joetsu", 37.82, 138.28, "Joetsu", "Sado"),
    ],
)
def test_legs_do_not_hop_over_the_sea(name: str, lat: float, lon: float, not_city: str, same_island_as: str) -> None:
    """A place joins the graph on its own side of the water, by legs without sea."""
    assert name
    terrain = read_terrain(japan())
    names = japan().cities.set_index("city_code")["name_en"]
    legs = join_roads(terrain, np.array([[lon, lat]])).legs
    joined = [names[terrain.roads.codes[node]] for node in legs.node[0] if node < terrain.cities]
    assert not_city not in joined
    assert joined[0] == same_island_as
    assert not legs.sea_km.any()


def test_island_without_a_city_takes_a_ferry() -> None:
    """A place on an island that has no city reaches the nearest one over the sea, and pays for a ferry."""
    terrain = read_terrain(japan())
    legs = join_roads(terrain, np.array([[130.53, 30.35]])).legs  # Yakushima
    assert legs.sea_km[0, 0] > 5
    tariff = read_tariff(japan().settings)
    assert (legs.way_jpy(tariff)[:, 0, 0] > tariff.crossing_jpy).all()


def test_bay_on_one_island_is_no_ferry() -> None:
    """A leg over a small bay of the same island is a road, not a crossing."""
    legs = join_roads(read_terrain(japan()), np.array([[140.642, 41.817]])).legs  # Hokuto, on the bay of Hakodate
    assert not legs.sea_km.any()


def test_open_sea_is_seen_and_land_is_not() -> None:
    """Straight lines over land count no sea; a line from Naha to Kagoshima is nearly all sea."""
    terrain = read_terrain(japan())
    cities = japan().cities.set_index("name_en")[["lon", "lat"]]

    def sea_km(start: str, end: str) -> float:
        ends = cities.loc[[start]].to_numpy(float), cities.loc[[end]].to_numpy(float)
        return float(open_sea_km(terrain.land, *ends, geodesic_km(*ends))[0])

    assert sea_km("Utsunomiya", "Nagano") == 0
    assert sea_km("Naha", "Kagoshima") > 550


def test_undrawn_land_is_not_tested(tiny: Path) -> None:
    """Where no outlines are given, legs run straight to the nearest city and its neighbours."""
    network = read(tiny)
    empty = replace(network, outlines=network.outlines.iloc[:0])
    terrain = read_terrain(empty)
    joined = join_roads(terrain, np.array([[139.83, 35.29]]))
    assert terrain.roads.codes[joined.city[0]] in {"a", "b"}
    assert not joined.legs.sea_km.any()


def test_network_without_cities_has_no_ways(tiny: Path) -> None:
    """An empty road graph gives points without legs instead of an error."""
    network = read(tiny)
    empty = replace(network, roads=network.roads.iloc[:0], cities=network.cities.iloc[:0])
    terrain = read_terrain(empty)
    joined = join_roads(terrain, np.array([[139.7, 35.6]]))
    assert joined.legs.node.tolist() == [[0]]
    routes = cheapest_routes(terrain.roads, network.settings, read_tariff(network.settings), joined.legs)
    assert np.isinf(routes.way_jpy).all()
