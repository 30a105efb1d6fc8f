"""Better plans by moves of paths: another path for a plant, or one plant's place taken by another.

Every cut bounds every choice. So the pool of cuts says what a plant at any size in any case could save at most while
all others keep their paths, and dynamic programming finds the path of each plant that could save most over all cases:
earlier, later, larger, never, in one move. Only the most promising moves are answered: each is either better, or its
cut shows that it is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.engine.cases.cuts.plant_network import PlantNetwork
from hubspoke.engine.cases.plant_paths import Stage

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.cuts.answers import Answers
    from hubspoke.engine.cases.cuts.master import PathMaster
    from hubspoke.engine.cases.network import Arc


class Move(NamedTuple):
    """New paths of one or two plants of an echelon, and a lower bound of what all then costs."""

    bound: float
    echelon: int
    plants: tuple[int, ...]
    columns: tuple[Ints, ...]


class PathMoves:
    """Looks around whole choices."""

    def __init__(self, answers: Answers) -> None:
        """Look around for one search."""
        self.answers = answers
        self.master: PathMaster = answers.master
        self.cases: Cases = answers.cases
        count = self.cases.count
        self.networks: list[list[PlantNetwork]] = [
            [PlantNetwork(arcs, count) for arcs in plants] for plants in self.master.arcs
        ]
        self.arc_of: dict[int, Arc] = {at: arc for plants in self.master.arcs for arcs in plants for at, arc in arcs}
        self.key: list[list[Ints]] = [
            [
                np.full((paths.shape[1], paths.shape[2] + 1), -1)
                for _ in range(count)
            ]
            for paths in (self.cases.hubs, self.cases.refineries)
        ]  # fmt: skip
        for case in range(count):
            for e in (0, 1):
                keys, first = self.master.keys[case][e], self.master.size_columns(case, e).start
                self.key[e][case][keys[:, 0], keys[:, 1]] = np.arange(len(keys)) + first
        cutters = [subproblem.cutter for subproblem in answers.subproblems]
        self.needs: list[tuple[float, float]] = [
            (
                float(problem.mass[~np.isfinite(problem.skip_cost)].sum()),
                cutter.least_out if problem.n_refineries else 0.0,
            )
            for problem, cutter in zip(self.cases.problems, cutters, strict=True)
        ]
        """Tonnes that hubs, and refineries, must hold in each case."""
        self.tied: bool = bool(
            self.cases.limits_budget
            or self.cases.hubs.limits_openings.any()
            or self.cases.refineries.limits_openings.any()
        )

    def improve(self, value: Floats, most: int) -> tuple[Floats, float]:
        """Move from a whole choice while it pays, with so many answers at most; return the last choice and its cost."""
        told = self.answers.answer(value)
        cost = np.inf if told.cost is None else told.cost
        if self.tied or not np.isfinite(cost):
            return value, cost
        enough = max(self.answers.gap / 20, 1e-9)
        seen: set[bytes] = set()
        paths = self._paths(value)
        for _ in range(most):
            if self.answers.stop.is_due:
                break
            move = self._best_move(paths, cost - enough * abs(cost), seen)
            if move is None:
                break
            other = self._moved(paths, move)
            seen.add(self._mark(other))
            there = self.write(other)
            found = self.answers.answer(there)
            if found.cost is None:
                break
            if found.cost < cost:
                paths, value, cost = other, there, found.cost
        return value, cost

    def write(self, paths: list[Ints]) -> Floats:
        """Write paths, by echelon the columns of each plant's steps (N, T), as a choice."""
        value, master = np.zeros(self.master.width), self.master
        for e, columns in enumerate(paths):
            value[columns.ravel()] = 1.0
            for plant, steps in enumerate(columns.tolist()):
                for case, at in enumerate(steps):
                    head = self.arc_of[at].head
                    if head.stage is Stage.OPEN:
                        value[self.key[e][case][plant, head.size]] = 1.0
                        value[master.open_at[e][case, plant]] = 1.0
        for at, members in zip(master.counts.tolist(), master.counted, strict=True):
            value[at] = value[members].sum()
        return value

    def _paths(self, value: Floats) -> list[Ints]:
        return [
            np.array([[at for at, _ in arcs if value[at] > 0.5] for arcs in plants], np.int64).reshape(
                len(plants), self.cases.count
            )
            for plants in self.master.arcs
        ]

    def _moved(self, paths: list[Ints], move: Move) -> list[Ints]:
        other = [columns.copy() for columns in paths]
        for plant, columns in zip(move.plants, move.columns, strict=True):
            other[move.echelon][plant] = columns
        return other

    def _mark(self, paths: list[Ints]) -> bytes:
        return b"".join(columns.tobytes() for columns in paths)

    def _best_move(self, paths: list[Ints], limit: float, seen: set[bytes]) -> Move | None:
        """Return the move that may save most and was not tried, one plant before two; None where none may save."""
        state = _State(self, paths)
        if self.cases.measure is not None:  # no measure is less than the costs under some weights, less the baseline
            limit += float(self.master.case_weights @ self.cases.measure.baseline)
        for moves in (self._singles(state), self._swaps(state)):
            for move in sorted(moves, key=lambda move: move.bound):
                if move.bound >= limit:
                    break
                other = self._moved(paths, move)
                if self._mark(other) not in seen and self._is_allowed(other):
                    return move
        return None

    def _is_allowed(self, paths: list[Ints]) -> bool:
        """Return whether a choice keeps the limits of the numbers of plants in every case."""
        for case, (problem, needs) in enumerate(zip(self.cases.problems, self.needs, strict=True)):
            for columns, counts, steps, need in zip(
                paths,
                (problem.hub_counts, problem.refinery_counts),
                (problem.hubs, problem.refineries),
                needs,
                strict=True,
            ):
                heads = [self.arc_of[at].head for at in columns[:, case].tolist()]
                is_open = np.array([head.stage is Stage.OPEN for head in heads], bool)
                if not counts.allows(is_open):
                    return False
                sizes = np.array([head.size for head in heads], np.int64)
                if steps.capacity[is_open, sizes[is_open]].sum() < need * (1 - 1e-9):
                    return False
        return True

    def _singles(self, state: _State) -> list[Move]:
        """List the path of each plant that may save most while all others keep theirs."""
        moves = []
        usable = self.master.high > 0
        for e, networks in enumerate(self.networks):
            extra = state.alone(e)
            for plant, network in enumerate(networks):
                cost, columns = network.cheapest(extra[plant : plant + 1], usable)
                bound = float(cost[0]) + state.steps - state.step[e][plant]
                if (columns[0] != state.paths[e][plant]).any():
                    moves.append(Move(bound, e, (plant,), (columns[0],)))
        return moves

    def _swaps(self, state: _State) -> list[Move]:
        """List for each plant that is open the plants, open or not, that may best do its work too."""
        moves = []
        usable = self.master.high > 0
        for e, networks in enumerate(self.networks):
            is_open = np.array([bool((state.size[e][plant] >= 0).any()) for plant in range(len(networks))], bool)
            leaving, closed = np.flatnonzero(is_open).tolist(), []
            for plant in leaving:
                never = np.full((1, self.cases.count, self.key[e][0].shape[1]), np.inf)
                never[:, :, -1] = 0.0
                closed.append(networks[plant].cheapest(never, usable))
            going = [i for i, (cost, _) in enumerate(closed) if np.isfinite(cost[0])]
            if not going:
                continue
            without = [state.without(e, leaving[i]) for i in going]
            for plant, network in enumerate(networks):
                extra = np.array([table[plant] for table in without])
                cost, columns = network.cheapest(extra, usable)
                for n, i in enumerate(going):
                    out = leaving[i]
                    if out == plant:
                        continue
                    rest = state.steps - state.step[e][plant] - state.step[e][out] + float(closed[i][0][0])
                    moves.append(Move(float(cost[n]) + rest, e, (out, plant), (closed[i][1][0], columns[n])))
        return moves


class _State:
    """A whole choice as the cuts see it."""

    def __init__(self, moves: PathMoves, paths: list[Ints]) -> None:
        self.moves, self.paths, master = moves, paths, moves.master
        self.size = [
            np.array(
                [
                    [arc.head.size if (arc := moves.arc_of[at]).head.stage is Stage.OPEN else -1 for at in steps]
                    for steps in columns.tolist()
                ],
                np.int64,
            ).reshape(columns.shape)
            for columns in paths
        ]
        self.step = [
            np.array([sum(moves.arc_of[at].cost for at in steps) for steps in columns.tolist()]) for columns in paths
        ]
        self.steps = float(sum(step.sum() for step in self.step))
        value = moves.write(paths)
        self.now = []
        for case, pool in enumerate(master.pool):
            first = master.first_size[case]
            self.now.append(pool.at(value[first : first + pool.width]))

    def alone(self, e: int) -> Floats:
        """Return what each case adds at least with one plant at each size, others as they are: (N, T, K + 1)."""
        master, keys = self.moves.master, self.moves.key[e]
        plants, sizes = keys[0].shape
        found = np.full((plants, len(keys), sizes), np.inf)
        for case, pool in enumerate(master.pool):
            first, where = master.first_size[case], keys[case]
            values = pool.values[: pool.count]
            rest = np.broadcast_to(self.now[case][:, None], (pool.count, plants)).copy()
            for plant in np.flatnonzero(self.size[e][:, case] >= 0).tolist():
                rest[:, plant] -= self._value(e, case, plant)
            found[:, case, -1] = rest.max(axis=0)
            known = np.argwhere(where[:, :-1] >= 0)
            at = where[known[:, 0], known[:, 1]] - first
            found[known[:, 0], case, known[:, 1]] = (rest[:, known[:, 0]] + values[:, at]).max(axis=0)
        unit = master.unit * master.case_weights[:, None]
        impossible = np.isinf(found)  # whatever the weight, which may be 0
        return np.where(impossible, np.inf, np.where(impossible, 0.0, found) * unit)

    def without(self, e: int, out: int) -> Floats:
        """Return the same with one plant gone besides: (N, T, K + 1)."""
        now = self.now
        self.now = [
            rest if self.size[e][out, case] < 0 else rest - self._value(e, case, out) for case, rest in enumerate(now)
        ]
        size, self.size[e] = self.size[e], self.size[e].copy()
        self.size[e][out] = -1
        found = self.alone(e)
        self.now, self.size[e] = now, size
        return found

    def _value(self, e: int, case: int, plant: int) -> Floats:
        """Return what each cut of a case says of a plant at its size."""
        pool, first = self.moves.master.pool[case], self.moves.master.first_size[case]
        at = self.moves.key[e][case][plant, self.size[e][plant, case]] - first
        found: Floats = pool.values[: pool.count, at]
        return found
