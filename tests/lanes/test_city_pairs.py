"""The road graph against known road distances between cities that are mostly several links apart."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

from hubspoke.inputs.read import read
from hubspoke.lanes.road_graph import road_distance_km, road_graph

MEAN_ERROR = 0.025
LARGEST_ERROR = 0.08
TOKYO = "Tokyo (23 wards)"


class Pair(NamedTuple):
    """Two cities, their distance by road, and how far off that figure itself may be."""

    start: str
    end: str
    km: float
    within_km: float


PAIRS = (
    Pair("Kanazawa", "Nagoya", 240, 10),
    Pair("Niigata", "Sendai", 240, 12),  # by R113 and Yamagata; the motorways by Koriyama take 258 km
    Pair("Matsuyama", "Kochi", 118, 5),
    Pair("Miyazaki", "Kumamoto", 178, 8),
    Pair("Akita", "Morioka", 116, 6),
    Pair("Tottori", "Okayama", 135, 10),
    Pair("Nagano", "Kofu", 158, 10),
    Pair("Wakayama", "Tsu", 175, 12),
    Pair("Yamaguchi", "Matsue", 250, 14),
    Pair("Kagoshima", "Oita", 312, 18),
    Pair("Kushiro", "Asahikawa", 272, 15),
    Pair("Aomori", "Akita", 186, 8),
    Pair("Fukui", "Otsu", 150, 12),
    Pair("Gifu", "Toyama", 205, 10),
    Pair("Utsunomiya", "Mito", 80, 9),
    Pair("Takamatsu", "Tokushima", 74, 4),
    Pair("Saga", "Nagasaki", 107, 7),
    Pair("Naha", "Nago", 66, 4),
    Pair("Obihiro", "Sapporo", 195, 10),
    Pair("Osaka", "Matsue", 280, 12),
    Pair("Kobe", "Tottori", 180, 10),
    Pair("Fukushima", "Yamagata", 90, 6),
    Pair("Shizuoka", "Kofu", 100, 8),
    Pair("Wakkanai", "Asahikawa", 245, 10),
    Pair("Sapporo", "Abashiri", 335, 15),
    Pair("Hiroshima", "Matsuyama", 185, 12),
    Pair("Kochi", "Tokushima", 165, 12),
    Pair("Yamagata", "Niigata", 165, 15),
    Pair("Maebashi", "Nagano", 130, 12),
    Pair("Morioka", "Hachinohe", 115, 8),
    Pair("Toyohashi", "Iida", 125, 12),
    Pair("Oita", "Kumamoto", 130, 15),
    Pair("Sendai", "Yamagata", 63, 5),
    Pair("Himeji", "Tottori", 120, 10),
    Pair("Kushiro", "Obihiro", 120, 6),
    Pair(TOKYO, "Utsunomiya", 112, 6),
    Pair(TOKYO, "Maebashi", 112, 6),
    Pair(TOKYO, "Matsumoto", 228, 10),
    Pair("Sapporo", "Muroran", 131, 6),
    Pair("Asahikawa", "Kitami", 163, 8),
    Pair("Kushiro", "Nemuro", 124, 5),
    Pair("Aomori", "Morioka", 178, 7),
    Pair("Morioka", "Sendai", 183, 6),
    Pair("Morioka", "Miyako", 96, 5),
    Pair("Sendai", "Koriyama", 125, 5),
    Pair("Sendai", "Iwaki", 157, 8),
    Pair("Akita", "Sakata", 105, 5),
    Pair("Sakata", "Yamagata", 118, 6),
    Pair("Koriyama", "Niigata", 165, 8),
    Pair("Koriyama", "Utsunomiya", 118, 5),
    Pair("Niigata", "Nagano", 205, 8),
    Pair("Kanazawa", "Fukui", 77, 4),
    Pair("Matsumoto", "Kofu", 100, 5),
    Pair("Matsumoto", "Nagoya", 190, 8),
    Pair("Nagoya", "Iida", 117, 6),
    Pair("Nagoya", "Tsu", 72, 5),
    Pair("Kyoto", "Fukui", 153, 8),
    Pair("Kyoto", "Maizuru", 97, 6),
    Pair("Himeji", "Okayama", 86, 4),
    Pair("Okayama", "Hiroshima", 162, 6),
    Pair("Hiroshima", "Yamaguchi", 135, 6),
    Pair("Yamaguchi", "Shimonoseki", 72, 5),
    Pair("Matsue", "Tottori", 126, 6),
    Pair("Tokushima", "Matsuyama", 195, 8),
    Pair("Matsuyama", "Uwajima", 93, 5),
    Pair("Fukuoka", "Oita", 156, 6),
    Pair("Fukuoka", "Saga", 52, 5),
    Pair("Kumamoto", "Kagoshima", 173, 7),
    Pair("Oita", "Miyazaki", 200, 9),
    Pair("Nagasaki", "Sasebo", 73, 6),
    Pair("Nobeoka", "Kumamoto", 128, 6),
    Pair("Akita", "Sendai", 236, 8),
)


@cache
def measure_errors() -> dict[Pair, float]:
    """Return by how much of its length the graph is off, for each pair."""
    network = read()
    return {pair: road_distance_km(network, pair.start, pair.end) / pair.km - 1 for pair in PAIRS}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.start}-{pair.end}")
def test_no_pair_is_far_off(pair: Pair) -> None:
    """No road distance is wrong by more than 8 %."""
    assert abs(measure_errors()[pair]) <= LARGEST_ERROR


def test_mean_error_is_small() -> None:
    """Road distances are wrong by 2.5 % on average at most, and not all in one direction."""
    errors = np.array(list(measure_errors().values()))
    assert np.abs(errors).mean() <= MEAN_ERROR
    assert abs(errors.mean()) <= MEAN_ERROR / 2


def test_most_pairs_agree_with_what_is_known() -> None:
    """Nine pairs of ten lie within what the known distance itself leaves open."""
    known = [abs(error) * pair.km <= pair.within_km for pair, error in measure_errors().items()]
    assert np.mean(known) >= 0.9


def test_crossing_of_the_tsugaru_strait() -> None:
    """The ferry between Aomori and Hakodate sails 113 km."""
    graph = road_graph(read())
    codes = {name: code for code, name in graph.nodes(data="name")}
    crossing = graph[codes["Aomori"]][codes["Hakodate"]]
    assert crossing["kind"] == "ferry"
    assert crossing["km"] == pytest.approx(113, abs=3)
