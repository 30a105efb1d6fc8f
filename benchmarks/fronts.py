"""Fronts of two measures against published ones.

    python -m benchmarks.decisions --fronts FOLDER          a folder of files Ndat.txt and Nout.txt

`Ndat.txt`: number of plants, of customers, customers x plants costs of the first measure, plant costs (of the first
measure only), customers x plants costs of the second; customers may be divided. `Nout.txt`: rows of both measures, and
1 where the front goes on to the next row as a line (Charkhgard's instances as Modolib.jl ships them).

A published row agrees where the least first measure at its second is its first, within a millionth. Where ours is less,
a linear program of another library confirms the plan, with the plants that are named: the published row is then none of
the front.
"""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

from hubspoke.engine.fronts.complete import find_front
from hubspoke.engine.fronts.pair import Pair
from hubspoke.engine.problem.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.base.arrays import Bools, Floats
    from hubspoke.engine.fronts.front import Front

TIGHT = 1e-6


def compare_fronts(folder: Path) -> int:
    """Print how the fronts of a folder agree; return the number of rows that do not."""
    wrong = 0
    for file in sorted(folder.glob("*dat.txt"), key=lambda one: (len(one.name), one.name)):
        pair = read_pair(file)
        began = time.process_time()
        front = find_front(pair)
        seconds = time.process_time() - began
        published = np.array(file.with_name(file.name.replace("dat", "out")).read_text().split(), float).reshape(-1, 3)
        off, beaten = 0, 0
        for first, second in published[:, :2]:
            ours, is_open = least_first(front, second)
            if ours < first * (1 - TIGHT) and confirm(pair, is_open, second) < first * (1 - TIGHT):
                beaten += 1
            elif abs(ours - first) > TIGHT * abs(first):
                off += 1
        wrong += off + (not front.is_complete)
        told = f"{len(published)} rows published, {off} off, {beaten} beaten; {len(front.rows)} of our own"
        print(f"{file.name}: {told}, {'proven' if front.is_complete else 'NOT PROVEN'}, {seconds:.1f} s of processor")
    return wrong


def read_pair(file: Path) -> Pair:
    """Read an instance."""
    numbers = np.array(file.read_text().split(), float)
    plants, customers = int(numbers[0]), int(numbers[1])
    lanes = plants * customers
    first, fixed, second = np.split(numbers[2:], [lanes, lanes + plants])

    def state(cost: Floats, opening: Floats) -> Problem:
        room = np.full(plants, float(customers))
        return Problem.build(np.ones(customers), cost.reshape(customers, plants), room, opening, single_sourcing=False)

    return Pair(state(first, fixed), state(second, np.zeros(plants)))


def least_first(front: Front, second: float) -> tuple[float, Bools]:
    """Return the least first measure of a front at a limit on the second, and which plants it takes."""
    room = second * (1 + 1e-9)
    best, plants = np.inf, np.zeros(0, bool)
    for row, after in pairwise([*front.rows, front.rows[-1]]):
        if row.choice.other <= room and row.choice.cost < best:
            best, plants = row.choice.cost, row.choice.hub_size >= 0
        if row.goes_on and after.choice.other <= room < row.choice.other:
            share = (row.choice.other - second) / (row.choice.other - after.choice.other)
            cost = row.choice.cost + share * (after.choice.cost - row.choice.cost)
            if cost < best:
                best, plants = cost, (row.choice.hub_size >= 0) | (after.choice.hub_size >= 0)
    return best, plants


def confirm(pair: Pair, plants: Bools, second: float) -> float:
    """Return the least first measure with given plants at a limit on the second, by a linear program of SciPy."""
    customers = pair.cost.n_sites
    one, two = (problem.collection_cost[:, plants].ravel() for problem in (pair.cost, pair.other))
    served = np.kron(np.eye(customers), np.ones(int(plants.sum())))
    found = linprog(one, two[None, :], [second], served, np.ones(customers))
    return float(found.fun) + float(pair.cost.hubs.fixed[plants, 0].sum()) if found.status == 0 else np.inf
