"""The road graph as a networkx graph, to look at it and to measure between cities; lanes take the arrays of `roads`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network


def road_graph(network: Network) -> nx.Graph[str]:
    """Return the road graph of a network as a networkx graph.

    Nodes are city codes with `name`, `lat`, `lon`; edges carry `km`, `kind`, `route`. Of several edges between two
    cities the shortest stays, a road before a ferry.
    """
    graph: nx.Graph[str] = nx.Graph()
    for city in network.cities.sort_values("city_code").to_dict("records"):
        graph.add_node(city["city_code"], name=city["name_en"], lat=float(city["lat"]), lon=float(city["lon"]))
    roads = network.roads.assign(sea=network.roads["kind"] == "ferry")
    last_wins = ["sea", "km", "kind", "route"]
    for road in roads.sort_values(last_wins, ascending=False).to_dict("records"):
        ends = road["from_code"], road["to_code"]
        graph.add_edge(*ends, km=float(road["km"]), kind=road["kind"], route=road["route"])
    return graph


def road_distance_km(network: Network, start: str, end: str) -> float:
    """Return the shortest distance between two cities by road, without ferries.

    Parameters
    ----------
    network : Network
    start, end : str
        Code, or name in English or Japanese, of each city.

    Returns
    -------
    float
        Kilometres; infinite where no road leads.

    Raises
    ------
    ValueError
        The road graph has no such city.
    """
    graph = road_graph(network)
    names = {name: code for code, name in graph.nodes(data="name")}
    names |= dict(zip(network.cities["name_ja"], network.cities["city_code"], strict=True))
    codes = []
    for city in (start, end):
        if city not in graph and city not in names:
            raise ValueError(f"no city {city!r} in the road graph")
        codes.append(city if city in graph else names[city])
    dry = nx.subgraph_view(graph, filter_edge=lambda one, other: graph[one][other]["kind"] != "ferry")
    try:
        return float(nx.shortest_path_length(dry, *codes, weight="km"))
    except nx.NetworkXNoPath:
        return float("inf")
