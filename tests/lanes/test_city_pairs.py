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

# Measured on a road map by a traveller round the prefectural offices (kako.5ch.net, offmatrix 1056808472). Left out are
# legs by other roads than the graph's (Mito-Utsunomiya by Kasama, Niigata-Maebashi by R17, Nagano-Toyama by Hakuba) and
# those between offices that are not where the graph has its city (Tokyo, Otsu).
MEASURED = (
    Pair("Utsunomiya", "Fukushima", 164.3, 5),
    Pair("Fukushima", "Yamagata", 90.4, 3),
    Pair("Sendai", "Yamagata", 63.9, 2),
    Pair("Sendai", "Morioka", 182.2, 5),
    Pair("Hakodate", "Sapporo", 313.3, 8),
    Pair("Aomori", "Akita", 189.0, 5),
    Pair("Akita", "Niigata", 261.5, 7),
    Pair("Maebashi", "Saitama", 87.2, 3),
    Pair("Kofu", "Nagano", 154.5, 5),
    Pair("Toyama", "Kanazawa", 62.6, 2),
    Pair("Kanazawa", "Fukui", 78.3, 3),
    Pair("Fukui", "Otsu", 142.9, 5),
    Pair("Kyoto", "Tottori", 206.0, 8),
    Pair("Tottori", "Matsue", 129.0, 4),
    Pair("Matsue", "Fukuoka", 397.4, 10),
    Pair("Chiba", "Mito", 100.7, 6),
)

# Lengths of national roads: Hokkaido Development Bureau (saboten.sakura.ne.jp/~suzu/distance.htm), R163 (Wikipedia) and
# R168 (kkr.mlit.go.jp); a route planner from the prefectural office of Yamaguchi (walight.jp, 2016-12-03).
ROADS = (
    Pair("Wakkanai", "Mombetsu", 207.7, 3),
    Pair("Mombetsu", "Abashiri", 116.0, 3),
    Pair("Tomakomai", "Muroran", 69.1, 3),
    Pair("Muroran", "Hakodate", 185.1, 4),
    Pair("Osaka", "Tsu", 120.6, 4),
    Pair("Gojo", "Shingu", 130.0, 5),
    Pair("Yamaguchi", "Iwakuni", 96.1, 3),
    Pair("Yamaguchi", "Shimonoseki", 73.2, 3),
)

# Kilometre posts of expressways, and the ways from their ends to the cities by estimate.
POSTS = (
    Pair("Niigata", "Maibara", 476.5 + 10, 15),  # Hokuriku, Niigata-chuo to Maibara
    Pair(TOKYO, "Komaki", 346.8 + 16, 8),  # Tomei, Tokyo to Komaki
    Pair(TOKYO, "Aomori", 679.5 + 26, 15),  # Tohoku, Kawaguchi to Aomori
    Pair("Sendai", "Aomori", 340 + 12, 8),
    Pair("Kitakyushu", "Kagoshima", 346.1 + 1, 15),  # Kyushu, Moji to Kagoshima, less Moji to Kokura
    Pair(TOKYO, "Takasaki", 87.0 + 17, 5),  # Kan-Etsu, Nerima to Takasaki
    Pair("Yamaguchi", "Fukuoka", 148, 8),  # Chugoku to Shimonoseki, 9.4 km of Kanmon Bridge, Kyushu from Moji
    Pair("Fukuyama", "Imabari", 59.4 + 22, 5),  # Nishi-Seto
)
EVERY = (*dict.fromkeys(PAIRS + MEASURED + ROADS + POSTS),)


@cache
def measure_errors() -> dict[Pair, float]:
    """Return by how much of its length the graph is off, for each pair."""
    network = read()
    return {pair: road_distance_km(network, pair.start, pair.end) / pair.km - 1 for pair in EVERY}


@pytest.mark.parametrize("pair", EVERY, ids=lambda pair: f"{pair.start}-{pair.end}-{pair.km:g}")
def test_no_pair_is_far_off(pair: Pair) -> None:
    """No road distance is wrong by more than 8 %."""
    assert abs(measure_errors()[pair]) <= LARGEST_ERROR


def test_mean_error_is_small() -> None:
    """Road distances are wrong by 2.5 % on average at most, and not all in one direction."""
    errors = np.array(list(measure_errors().values()))
    assert np.abs(errors).mean() <= MEAN_ERROR
    assert abs(errors.mean()) <= MEAN_ERROR / 2


@pytest.mark.parametrize("pairs", [PAIRS[:35], MEASURED, ROADS, POSTS], ids=["named", "measured", "roads", "posts"])
def test_mean_error_is_small_against_every_source(pairs: tuple[Pair, ...]) -> None:
    """No source that names distances is met by luck of the others."""
    assert np.mean([abs(measure_errors()[pair]) for pair in pairs]) <= MEAN_ERROR


def test_most_pairs_agree_with_what_is_known() -> None:
    """Nine pairs of ten lie within what the known distance itself leaves open."""
    known = [abs(error) * pair.km <= pair.within_km for pair, error in measure_errors().items()]
    assert np.mean(known) >= 0.9


@pytest.mark.heavy
def test_crossing_of_the_tsugaru_strait() -> None:
    """The ferry between Aomori and Hakodate sails 113 km."""
    graph = road_graph(read())
    codes = {name: code for code, name in graph.nodes(data="name")}
    crossing = graph[codes["Aomori"]][codes["Hakodate"]]
    assert crossing["kind"] == "ferry"
    assert crossing["km"] == pytest.approx(113, abs=3)
