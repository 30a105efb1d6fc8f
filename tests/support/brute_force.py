"""The optimum of tiny problems by trying everything, written apart from the package.

Single sourcing needs no solver; the divided sites of split sourcing need a linear program for every choice of sizes.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np
import pytest

from hubspoke.base.status import Status
from hubspoke.engine.milp.highs import make_highs
from hubspoke.engine.solution.evaluate import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps
    from hubspoke.engine.solution.solution import Solution

Sizes = tuple[int, ...]
SLACK = 1e-7
"""Tonnes by which a plan of the package may exceed a capacity here."""


def cheapest(problem: Problem) -> float:
    """Give the least cost over all plans, infinite where there is none."""
    hubs = list(allowed_sizes(problem.hubs, problem.hub_state, problem.hub_counts))
    refineries = list(allowed_sizes(problem.refineries, problem.refinery_state, problem.refinery_counts))
    search = _cheapest_single if problem.single_sourcing and not problem.has_floors else _cheapest_split
    if not problem.shares:
        return search(problem, hubs, refineries)
    # with all sizes fixed what is shared is a constant
    return min(
        (search(problem, [h], [r]) - saved(problem, h, r) for h, r in product(hubs, refineries)), default=math.inf
    )


def saved(problem: Problem, hub_size: Sizes, refinery_size: Sizes) -> float:
    """Add up what open hubs save beside open refineries."""
    return sum(
        float(problem.shared_saving[h, k])
        for h, k in enumerate(hub_size)
        if k >= 0 and any(problem.beside[h, r] for r, size in enumerate(refinery_size) if size >= 0)
    )


def agree_with_brute_force(problem: Problem, answer: Solution) -> None:
    """Check that an answer is the optimum, proven, and a plan that keeps the rules; or that there is none."""
    least = cheapest(problem)
    if math.isinf(least):
        assert answer.status is Status.INFEASIBLE
        assert not answer.has_plan
        return
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(least, rel=1e-7, abs=1e-6)
    tell_no_lie(problem, answer, least)


def tell_no_lie(problem: Problem, answer: Solution, least: float) -> None:
    """Check a plan against the rules, its cost, and the least cost of all plans."""
    assert answer.bound <= least + 1e-6 + 1e-7 * abs(least)
    assert answer.objective >= least - 1e-6
    assert evaluate(problem, answer) == pytest.approx(answer.objective, rel=1e-12, abs=1e-12)
    assert faults(problem, answer) == []


def allowed_sizes(steps: Steps, state: Any, counts: Counts) -> Iterator[Sizes]:
    """Give every choice of sizes (-1 closed) that states and counts allow."""
    plants, sizes = steps.capacity.shape
    options = []
    for j in range(plants):
        real = [k for k in range(sizes) if math.isfinite(steps.fixed[j, k])]
        options.append({0: [-1, *real], 1: real, -1: [-1]}[int(state[j])])
    for choice in product(*options):
        if counts_hold(choice, counts):
            yield choice


def counts_hold(choice: Sequence[int], counts: Counts) -> bool:
    """Say whether the open plants are as many as each group and the total allow."""
    opened = [j for j, k in enumerate(choice) if k >= 0]
    if not counts.fewest_in_total <= len(opened) <= counts.most_in_total:
        return False
    numbers = [sum(1 for j in opened if counts.group[j] == g) for g in range(len(counts.fewest))]
    return all(counts.fewest[g] <= n <= counts.most[g] for g, n in enumerate(numbers))


def _cheapest_single(problem: Problem, hubs: list[Sizes], refineries: list[Sizes]) -> float:
    """Try every assignment with every choice of sizes."""
    best = math.inf
    second: dict[tuple[float, ...], float] = {}
    for assignment in product(range(-1, problem.n_hubs), repeat=problem.n_sites):
        cost = sum(problem.skip_cost[i] if h < 0 else problem.collection_cost[i, h] for i, h in enumerate(assignment))
        if not math.isfinite(cost):
            continue
        load = [sum(problem.mass[i] for i, to in enumerate(assignment) if to == h) for h in range(problem.n_hubs)]
        first = min((_steps_cost(problem.hubs, sizes, load, set(assignment)) for sizes in hubs), default=math.inf)
        if not math.isfinite(first):
            continue
        output = _output(problem, assignment)
        if output not in second:
            second[output] = min((_flow_cost(problem, output, sizes) for sizes in refineries), default=math.inf)
        best = min(best, cost + first + second[output])
    return best


def _steps_cost(steps: Steps, sizes: Sizes, load: Sequence[float], used: set[int]) -> float:
    cost = 0.0
    for j, k in enumerate(sizes):
        if k < 0:
            if j in used:
                return math.inf
        elif load[j] > steps.capacity[j, k] + SLACK / 100:
            return math.inf
        else:
            cost += steps.fixed[j, k] + steps.variable[j, k] * load[j]
    return cost


def _output(problem: Problem, assignment: Sequence[int]) -> tuple[float, ...]:
    """Give the tonnes of every (hub, grade), flat."""
    total = np.zeros((problem.n_hubs, problem.n_grades))
    for i, h in enumerate(assignment):
        if h >= 0:
            total[h] += problem.supply[i] @ problem.yields[h]
    return tuple(total.ravel().tolist())


def _flow_cost(problem: Problem, output: tuple[float, ...], sizes: Sizes) -> float:
    """Send the output to at most two open refineries: a continuous knapsack, exactly."""
    if not problem.n_refineries:
        return 0.0
    opened = [r for r, k in enumerate(sizes) if k >= 0]
    fixed = sum(float(problem.refineries.fixed[r, sizes[r]]) for r in opened)
    room = [float(problem.refineries.capacity[r, sizes[r]]) for r in opened]
    price = [
        (tonnes, [problem.transfer_cost[h, r, b] + problem.refineries.variable[r, sizes[r]] for r in opened])
        for (h, b), tonnes in zip(np.ndindex(problem.n_hubs, problem.n_grades), output, strict=True)
        if tonnes > 0
    ]
    if not price:
        return fixed
    if not opened or any(not math.isfinite(min(costs)) for _, costs in price):
        return math.inf
    if len(opened) == 1:
        total = sum(tonnes for tonnes, _ in price)
        return fixed + sum(t * c[0] for t, c in price) if total <= room[0] + SLACK / 100 else math.inf
    assert len(opened) == 2
    return fixed + _share_between_two(price, room)


def _share_between_two(price: list[tuple[float, list[float]]], room: list[float]) -> float:
    """Start from the cheaper of two plants for each, then move what fits least dearly out of the one that is full."""
    loads, cost = [0.0, 0.0], 0.0
    side = [0 if c[0] <= c[1] else 1 for _, c in price]
    for (tonnes, costs), k in zip(price, side, strict=True):
        loads[k] += tonnes
        cost += tonnes * costs[k]
    for full in (0, 1):
        over = loads[full] - room[full]
        movers = sorted((c[1 - full] - c[full], t) for (t, c), k in zip(price, side, strict=True) if k == full)
        for extra, tonnes in movers:
            moved = min(max(over, 0.0), tonnes)
            if moved > 0:
                cost += moved * extra
                loads[full] -= moved
                loads[1 - full] += moved
                over -= moved
    fits = all(load <= cap + SLACK / 100 for load, cap in zip(loads, room, strict=True))
    return cost if fits else math.inf


def _cheapest_split(problem: Problem, hubs: list[Sizes], refineries: list[Sizes]) -> float:
    return min((linear_cost(problem, h, r) for h, r in product(hubs, refineries)), default=math.inf)


def linear_cost(  # noqa: PLR0917 - what may be asked besides
    problem: Problem,
    hub_size: Sizes,
    refinery_size: Sizes,
    dues: tuple[Any, Any] | None = None,
    hub_dues: tuple[Any, Any] | None = None,
    within: tuple[Problem, float] | None = None,
) -> float:
    """Serve divided sites at least cost with all sizes given; dues: tonnes and rates that refineries, hubs pay for.

    `within`: the same problem at other costs, and the most that these may be.
    """
    lanes = [
        (i, h)
        for i, h in np.ndindex(problem.n_sites, problem.n_hubs)
        if hub_size[h] >= 0 and math.isfinite(problem.collection_cost[i, h])
    ]
    skips = [i for i in range(problem.n_sites) if math.isfinite(problem.skip_cost[i])]
    flows = [
        (h, r, b)
        for h, r, b in np.ndindex(problem.transfer_cost.shape)
        if hub_size[h] >= 0 and refinery_size[r] >= 0 and math.isfinite(problem.transfer_cost[h, r, b])
    ]

    def price(one: Problem) -> tuple[list[float], float]:
        each = [one.collection_cost[i, h] + one.mass[i] * one.hubs.variable[h, hub_size[h]] for i, h in lanes]
        each += [one.skip_cost[i] for i in skips]
        each += [one.transfer_cost[h, r, b] + one.refineries.variable[r, refinery_size[r]] for h, r, b in flows]
        once = sum(float(one.hubs.fixed[h, k]) for h, k in enumerate(hub_size) if k >= 0)
        return each, once + sum(float(one.refineries.fixed[r, k]) for r, k in enumerate(refinery_size) if k >= 0)

    cost, fixed = price(problem)
    equal: list[tuple[list[float], float]] = [
        ([float(a == i) for a, _ in lanes] + [float(a == i) for a in skips] + [0.0] * len(flows), 1.0)
        for i in range(problem.n_sites)
    ]
    if problem.n_refineries:
        equal += [
            (
                [float(problem.supply[i] @ problem.yields[h, :, b]) if h == to else 0.0 for i, to in lanes]
                + [0.0] * len(skips)
                + [-float(to == h and grade == b) for to, _, grade in flows],
                0.0,
            )
            for h, b in np.ndindex(problem.n_hubs, problem.n_grades)
        ]
    most = [
        (
            [float(problem.mass[i]) if to == h else 0.0 for i, to in lanes] + [0.0] * (len(skips) + len(flows)),
            problem.hubs.capacity[h, k],
        )
        for h, k in enumerate(hub_size)
        if k >= 0
    ] + [
        ([0.0] * (len(lanes) + len(skips)) + [float(to == r) for _, to, _ in flows], problem.refineries.capacity[r, k])
        for r, k in enumerate(refinery_size)
        if k >= 0
    ]
    floors = [(h, problem.hub_floor[h]) for h, k in enumerate(hub_size) if k >= 0 and problem.hub_floor[h] > 0]
    most += [
        (
            [-float(problem.mass[i]) if to == h else 0.0 for i, to in lanes] + [0.0] * (len(skips) + len(flows)),
            -floor,
        )
        for h, floor in floors
    ]
    least = [(r, problem.refinery_floor[r]) for r, k in enumerate(refinery_size) if k >= 0]
    most += [
        ([0.0] * (len(lanes) + len(skips)) + [-float(to == r) for _, to, _ in flows], -floor)
        for r, floor in least
        if floor > 0
    ]
    if within is not None:
        other, once = price(within[0])
        most.append((other, within[1] - once + saved(within[0], hub_size, refinery_size)))
    # what each plant that pays takes in by column, the tonnes that it pays for, and the rate of each that lacks
    paying: list[tuple[list[float], float, float]] = []
    if hub_dues is not None:
        rest = [0.0] * (len(skips) + len(flows))
        paying += [
            (
                [float(problem.mass[i] * (to == h)) for i, to in lanes] + rest,
                float(hub_dues[0][h, k]),
                float(hub_dues[1][h, k]),
            )
            for h, k in enumerate(hub_size)
            if k >= 0
        ]
    if dues is not None:
        plain = [0.0] * (len(lanes) + len(skips))
        paying += [
            (plain + [float(to == r) for _, to, _ in flows], float(dues[0][r, k]), float(dues[1][r, k]))
            for r, k in enumerate(refinery_size)
            if k >= 0
        ]
    more = len(paying)
    equal = [([*row, *[0.0] * more], right) for row, right in equal]
    most = [([*row, *[0.0] * more], right) for row, right in most]
    for at, (taken, tonnes, rate) in enumerate(paying):
        most.append(([-one for one in taken] + [-float(at == other) for other in range(more)], -tonnes))
        cost.append(rate)
    if not cost:
        return fixed if all(right == 0 for _, right in equal) and all(right >= 0 for _, right in most) else math.inf
    whole = [int(problem.single_sourcing)] * (len(lanes) + len(skips)) + [0] * (len(flows) + len(paying))
    return fixed + _solve(
        cost, [*((row, right, right) for row, right in equal), *((row, -math.inf, right) for row, right in most)], whole
    )


def _solve(cost: Sequence[float], rows: Sequence[tuple[list[float], float, float]], whole: Sequence[int]) -> float:
    """Give the least cost of amounts from 0 up under rows with limits below and above, infinite where none keep them.

    HiGHS is asked directly: `linprog` of scipy takes four times as long to hand over so little.
    """
    columns, count = len(cost), len(rows)
    highs, nothing = make_highs(mip_rel_gap=0.0, mip_abs_gap=0.0), np.empty(0, np.int32)
    highs.passModel(
        columns,
        count,
        columns * count,
        0,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.HessianFormat.kTriangular),
        int(highspy.ObjSense.kMinimize),
        0.0,
        np.array(cost, float),
        np.zeros(columns),
        np.full(columns, np.inf),
        np.array([least for _, least, _ in rows], float),
        np.array([most for _, _, most in rows], float),
        np.arange(0, columns * count + 1, columns, dtype=np.int32),
        np.tile(np.arange(columns, dtype=np.int32), count),
        np.array([row for row, _, _ in rows], float).ravel(),
        nothing,
        nothing,
        np.empty(0),
        np.array(whole, np.int32),
    )
    highs.run()
    is_found = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value) if is_found else math.inf


def faults(problem: Problem, solution: Solution) -> list[str]:
    """List every rule of the problem that a plan breaks, from the arrays alone."""
    found = []
    served = np.zeros(problem.n_sites)
    load = np.zeros(problem.n_hubs)
    output = np.zeros((problem.n_hubs, problem.n_grades))
    for i, h, share in zip(solution.site, solution.hub, solution.share, strict=True):
        served[i] += share
        load[h] += problem.mass[i] * share
        output[h] += problem.supply[i] @ problem.yields[h] * share
        if not math.isfinite(problem.collection_cost[i, h]):
            found.append(f"no lane from {i} to {h}")
        if solution.hub_size[h] < 0:
            found.append(f"{i} goes to {h}, which is closed")
        if problem.single_sourcing and share != 1:
            found.append(f"{i} is divided")
    whole = np.isinf(problem.skip_cost)
    if (np.abs(served[whole] - 1) > 1e-9).any() or (served > 1 + 1e-9).any() or (solution.share <= 0).any():
        found.append("a site is not served once")
    if problem.n_refineries and not np.allclose(solution.flow.sum(axis=1), output, rtol=1e-9, atol=SLACK):
        found.append("black mass is lost or found")
    if (np.isinf(problem.transfer_cost) & (solution.flow > 0)).any() or (solution.flow < 0).any():
        found.append("a flow where there is no lane")
    for name, steps, size, state, counts, tonnes in (
        ("hub", problem.hubs, solution.hub_size, problem.hub_state, problem.hub_counts, load),
        (
            "refinery",
            problem.refineries,
            solution.refinery_size,
            problem.refinery_state,
            problem.refinery_counts,
            solution.flow.sum(axis=(0, 2)),
        ),
    ):
        found += _plant_faults(name, steps, size.tolist(), state, tonnes)
        floor = problem.hub_floor if name == "hub" else problem.refinery_floor
        found += [f"{name} {j} is below its floor" for j in np.flatnonzero((size >= 0) & (tonnes < floor - SLACK))]
        if not counts_hold(size.tolist(), counts):
            found.append(f"counts of {name}")
    return found


def _plant_faults(name: str, steps: Steps, size: list[int], state: Any, tonnes: Any) -> list[str]:
    found = []
    for j, k in enumerate(size):
        if (state[j] > 0 and k < 0) or (state[j] < 0 and k >= 0):
            found.append(f"state of {name} {j}")
        if k >= 0 and not math.isfinite(steps.fixed[j, k]):
            found.append(f"size of {name} {j}")
        if tonnes[j] > (steps.capacity[j, k] + SLACK if k >= 0 else 0):
            found.append(f"capacity of {name} {j}")
    return found
