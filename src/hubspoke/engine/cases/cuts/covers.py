"""Knapsack covers: what plants must hold beyond given sizes of some of them, for all that must be taken in a case.

Cuts know the room of every size. Still a relaxed choice mixes a third of a small size with two thirds of a large one of
the same refinery, so that together they hold just what there is. Give some plants h a size, c[h] tonnes, c in all. What
is open beyond these sizes must hold the rest, and no plant counts for more than all of that:

    sum over plants h and sizes k of min(max(capacity[h, k] - c[h], 0), need - c) x chosen[h, k]  >=  need - c

Every whole choice with room enough obeys that, as it does the same row at c = 0; mixtures mostly do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.limits import least_room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.cases.cuts.choice import Choice
    from hubspoke.engine.cases.cuts.master import PathMaster
    from hubspoke.engine.parameters_of_cases import CasesParameters

ROUNDING = 1e-9
"""Share of what must be taken by which sums of capacities may be wrong."""
USED = 1e-6
"""Part of a size from which it counts."""
REST = 1e-3
"""Least rest, as a share of what must be taken: less would say little and be rounding."""
GAIN = 1e-9
"""Rise of the share that is lacking below which no further size is given."""


class Covers:
    """Finds the covers that relaxed choices break, for one search."""

    def __init__(self, master: PathMaster, needs: Sequence[tuple[float, float]], knobs: CasesParameters) -> None:
        """Keep what hubs and refineries must hold in each case, tonnes per year."""
        self.master = master
        self.needs = needs
        self.knobs = knobs
        self.count: int = 0

    def part_short(self, value: Floats, cases: Sequence[int]) -> None:
        """Ask for more in cases in which a whole choice serves too little, where it holds less than any plan may.

        In a relaxed choice so little is rounding. Some plant must be larger, or another open: the cover beside the
        sizes of the choice, its rest next to nothing.

        Parameters
        ----------
        value : float array, shape (width,)
        cases : sequence of int
        """
        for case in cases:
            part, needs = self.master.parts[case].given, self.needs[case]
            for e, steps in enumerate((part.hubs, part.refineries)):
                keys, where = self.master.keys[case][e], self.master.size_columns(case, e)
                capacity, chosen = steps.capacity[keys[:, 0], keys[:, 1]], value[where] > 0.5
                if capacity[chosen].sum() >= least_room(np.array(needs[e])):
                    continue
                given = np.zeros(len(steps.capacity))
                given[keys[chosen, 0]] = capacity[chosen]
                larger = capacity > given[keys[:, 0]]
                self.master.require(np.arange(where.start, where.stop), larger.astype(float), 1.0)

    def add(self, relaxed: Choice) -> bool:
        """Write the covers that a relaxed choice breaks into the master; return whether there were any."""
        master, before = self.master, self.count
        for case, (part, needs) in enumerate(zip(master.parts, self.needs, strict=True)):
            for e, steps in enumerate((part.given.hubs, part.given.refineries)):
                keys, where = master.keys[case][e], master.size_columns(case, e)
                capacity = steps.capacity[keys[:, 0], keys[:, 1]]
                broken = broken_covers(capacity, keys[:, 0], relaxed.value[where], needs[e], self.knobs.broken_cover)
                for values, low in broken[: min(self.knobs.covers_at_once, self.knobs.covers - self.count)]:
                    master.require(np.arange(where.start, where.stop), values, low)
                    self.count += 1
        return self.count > before


def broken_covers(capacity: Floats, plant: Ints, part: Floats, need: float, least: float) -> list[tuple[Floats, float]]:
    """Return covers that a relaxed choice breaks by a share or more, the most broken first: values of sizes, least sum.

    Parameters
    ----------
    capacity, plant : float and int arrays, shape (n,)
        Of every size: the tonnes that it holds, and whose it is.
    part : float array, shape (n,)
        Part to which it is open.
    need : float
        Tonnes that all plants together must hold.
    least : float
        Share of the rest that lacks at least.
    """
    used = np.flatnonzero(part > USED)
    if need <= 0 or not len(used):
        return []
    held = np.minimum(capacity, need)
    mixture = _Mixture(held[used], plant[used], part[used], need)
    found: dict[bytes, tuple[float, Floats]] = {}
    for first in (None, *range(len(mixture.plants))):
        most, given = mixture.give(first)
        if most >= least:
            found.setdefault(given.tobytes(), (most, given))
    covers = []
    for _, given in sorted(found.values(), key=lambda one: -one[0]):
        rest, of_plant = need - float(given.sum()), np.zeros(int(plant.max()) + 1)
        of_plant[mixture.plants] = given
        beyond = np.minimum(np.maximum(held - of_plant[plant], 0.0), rest)
        covers.append((beyond / rest, 1.0 - ROUNDING * need / rest))
    return covers


class _Mixture:
    """Sizes that are open at least in part, and what lacks beside given ones."""

    def __init__(self, held: Floats, plant: Ints, part: Floats, need: float) -> None:
        self.held, self.part, self.need = held, part, need
        self.plants, self.place = np.unique(plant, return_inverse=True)
        self.sizes = [[0.0, *np.unique(held[self.place == at]).tolist()] for at in range(len(self.plants))]

    def lacking(self, given: Floats) -> float:
        """Return the share of the rest that has no room, beyond a given size of each plant, shape (plants,)."""
        rest = self.need - float(given.sum())
        if rest < REST * self.need:
            return -np.inf
        beyond = np.minimum(np.maximum(self.held - given[self.place], 0.0), rest)
        return 1.0 - float(beyond @ self.part) / rest

    def give(self, first: int | None) -> tuple[float, Floats]:
        """Return the share that lacks beside sizes that are given one by one, each the best, and these sizes (plants,).

        The first is given to a plant, if one is named.
        """
        given = np.zeros(len(self.plants))
        most, tried = self.lacking(given), range(len(self.plants)) if first is None else (first,)
        while True:
            share, at, size = max((self._best(given, at) for at in tried), key=lambda one: one[0])
            if share <= most + GAIN:
                return most, given
            most, tried = share, range(len(self.plants))
            given[at] = size

    def _best(self, given: Floats, at: int) -> tuple[float, int, float]:
        """Return which size of a plant leaves most without room beside those of the others, and how much."""
        shares = []
        for size in self.sizes[at]:
            other = given.copy()
            other[at] = size
            shares.append((self.lacking(other), at, size))
        return max(shares, key=lambda one: one[0])
