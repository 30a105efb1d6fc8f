"""Draw instances as the generators of published families do, and write them as published files, by itself.

Run as `python -m benchmarks.draw_instances FOLDER`, then `python -m benchmarks run public --instances FOLDER`: for who
has no public files, and for sizes of which none is at hand. The same seed gives the same files. Drawn like them, they
are none of the published instances.

Sources: locations, demand, capacity and fixed cost by G. Cornuejols, R. Sridharan and J. M. Thizy, EJOR 1991, as
used for TBED1 by P. Avella and M. Boccia, Comput. Optim. Appl. 2009, and by Z. Yang, F. Chu and H. Chen, EJOR 2012;
J. A. Diaz and E. Fernandez, JORS 2002, by ranges read off its files; p-median by J. E. Beasley, EJOR 1985.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Numbers = NDArray[Any]

SEED = 1
YANG = ((30, 200), (60, 200), (60, 300), (80, 400))
DIAZ = ((30, 60), (30, 75), (30, 90))
TBED1 = ((300, 300), (500, 500))
P_MEDIAN = ((600, 5), (900, 10), (900, 90))
ROOM = {"yang": 2.5, "diaz": 1.4, "tbed1": 10.0}
"""Capacity of all facilities by all demand; for Diaz the tightest of its kinds."""


def draw_all(folder: Path) -> list[Path]:
    """Write all instances into the sub-folders of their families; return the files."""
    texts = {
        **{f"sscflp_yang/yang_{n}x{m}": draw_yang(n, m) for n, m in YANG},
        **{f"sscflp_diaz/diaz_{n}x{m}": draw_diaz(n, m) for n, m in DIAZ},
        **{f"cflp_tbed1/tbed_{n}x{m}": draw_tbed1(n, m) for n, m in TBED1},
        **{f"orlib_pmed/pmed_{n}_{p}": draw_p_median(n, p) for n, p in P_MEDIAN},
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [folder / f"{name}.txt" for name in texts]


def draw_yang(facilities: int, customers: int) -> str:
    """Return an instance of whole customers as a text; integer costs, of each customer's whole demand."""
    demand, capacity, fixed, distance = _draw_plane(facilities, customers, ROOM["yang"], 100.0)
    cost = np.round(distance * demand)
    lines = [f"{facilities} {customers}", *(f"{a:.0f} {b:.0f}" for a, b in zip(capacity, fixed, strict=True))]
    return _join([*lines, _row(demand), *map(_row, cost)])


def draw_tbed1(facilities: int, customers: int) -> str:
    """Return an instance with costs by unit of demand as a text; its customers may be read as divided or whole."""
    demand, capacity, fixed, distance = _draw_plane(facilities, customers, ROOM["tbed1"], 10.0)
    return _join([f"{customers} {facilities}", *map(_row, (demand, capacity, fixed)), *map(_row, distance)])


def draw_diaz(facilities: int, customers: int) -> str:
    """Return an instance of whole customers as a text: room for little more than demand, costs that know no places."""
    random = np.random.default_rng([SEED, facilities, customers])
    demand = random.integers(10, 30, customers)
    capacity = random.uniform(22, 100, facilities)
    capacity = np.maximum(np.round(capacity * ROOM["diaz"] * demand.sum() / capacity.sum()), demand.max())
    fixed = np.round(random.uniform(2, 6) * capacity * random.uniform(4, 9, facilities))
    cost = random.integers(0, 100, (customers, facilities))
    return _join([f"{customers} {facilities}", *map(_row, cost), *map(_row, (demand, fixed, capacity))])


def draw_p_median(nodes: int, medians: int) -> str:
    """Return a connected graph of n * n / 50 edges of 1 to 100 as a text."""
    random = np.random.default_rng([SEED, nodes, medians])
    order = random.permutation(nodes).tolist()
    edges = {(min(pair), max(pair)) for pair in pairwise(order)}
    while len(edges) < nodes * nodes // 50:
        one, other = sorted(random.integers(0, nodes, 2).tolist())
        if one != other:
            edges.add((one, other))
    told = (f"{one + 1} {other + 1} {random.integers(1, 101)}" for one, other in sorted(edges))
    return _join([f"{nodes} {len(edges)} {medians}", *told])


def _draw_plane(
    facilities: int, customers: int, room: float, least_scale: float
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Draw demand, capacities, fixed costs that grow with the root of capacity, and distances in the unit square."""
    random = np.random.default_rng([SEED, facilities, customers])
    here, there = random.random((facilities, 1, 2)), random.random((1, customers, 2))
    demand = random.integers(5, 36, customers)
    capacity = random.integers(10, 161, facilities).astype(float)
    capacity = np.round(capacity * room * demand.sum() / capacity.sum())
    fixed = random.uniform(0, 90, facilities) + random.uniform(least_scale, 110, facilities) * np.sqrt(capacity)
    return demand, capacity, np.round(fixed, 6), 10 * np.linalg.norm(here - there, axis=2)


def _row(values: Numbers) -> str:
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in values.tolist())


def _join(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for written in draw_all(Path(sys.argv[1])):
        print(written)
