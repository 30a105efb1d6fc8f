"""Near-optimal plants, forced and lost plants, plants that survive, and openings over periods, beside known answers.

    python -m benchmarks.decisions ORACLES.json INSTANCES     `near`, `close_one`, `least_cost_if_plant_is_open` of an
                                                              instance; `multi_period`, `survive_any_single_closure`
    python -m benchmarks.decisions --cities FILE              published losses of five plants in 49 cities of the US

Over periods: three of them with 0.4, 0.7 and 1 times the demand; a plant pays 1.8 times its cost in the period in which
it opens and 0.4 times in each in which it is open; it stays; a period counts 1.05^-5 times the one before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.measure import Measure
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.engine.cases.scenarios.at_plants import solve_at_plants
from hubspoke.engine.cases.scenarios.limited import optimize_within
from hubspoke.engine.near_optimal.find import find_near_optimal
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN, FREE, Problem
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from hubspoke.base.arrays import Floats

    Row = tuple[str, float, float]
    """What is compared, as computed, and the known answer."""

GROWTH, OPENING, RUNNING, DISCOUNT = (0.4, 0.7, 1.0), 0.6 * 3, 0.4, 1.05**-5
MOST_SETS = 2_000
"""Sets of plants up to which near-optimal ones are counted: each takes some searches of its own."""
LIMITS = (0.0, 0.3, 0.7)
"""Limits between the least that a worst closure may cost and what it costs with the cheapest plants."""
EARTH_MILES, YEN_PER_TONNE_MILE = 3956.0, 1e-5


@dataclass(frozen=True)
class Published:
    """Five plants in cities, what they cost, and what transport costs if one is lost and others take over."""

    plants: tuple[str, ...]
    transport: float
    lost: Mapping[str, float]


DASKIN = Published(
    ("Sacramento", "Harrisburg", "Springfield", "Montgomery", "Austin"),
    508_858.0,
    {
        "Sacramento": 1_081_229.0,
        "Harrisburg": 917_332.0,
        "Springfield": 696_947.0,
        "Montgomery": 639_631.0,
        "Austin": 636_858.0,
    },
)
"""Snyder and Daskin (Transportation Science 39, 2005), data of Daskin (1995), as quoted in later papers."""
CLOSE = 1.5e-3
"""Relative distance up to which published figures agree, which are rounded and of another radius of the earth."""


def compare_near(problem: Problem, known: Mapping[str, Any]) -> Iterator[Row]:
    """Yield how many sets of plants cost little more, and in how many of them plants are."""
    for within, told in known.items():
        if told["sets"] > MOST_SETS:
            continue
        found = find_near_optimal(problem, within=float(within), most=MOST_SETS + 1, gap=1e-9)
        if found is None:
            raise ValueError("the instance has no plan")
        number = found.chosen[:, : problem.n_hubs].sum(axis=1)
        yield f"sets in {within}", found.number, told["sets"]
        yield f"fewest in {within}", number.min(), told["fewest"]
        yield f"most in {within}", number.max(), told["most"]
        for what, proven in (("all", found.in_all), ("none", found.in_none)):
            plants = (np.flatnonzero(proven[: problem.n_hubs]) + 1).tolist()
            yield f"{what} in {within}", len(set(plants) ^ set(told[f"plants_in_{what}"])), 0


def compare_states(problem: Problem, known: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the cost with a plant that must be open, and with one that is lost, others kept or planned anew."""
    for plant, cost in known.get("least_cost_if_plant_is_open", {}).items():
        yield f"open {plant}", _cost(problem, {int(plant) - 1: FORCED_OPEN}), cost
    for plant, told in known.get("close_one", {}).items():
        kept = {other - 1: FORCED_OPEN for other in known["plants"]}
        lost = dict.fromkeys(range(problem.n_hubs), FORCED_CLOSED) | kept | {int(plant) - 1: FORCED_CLOSED}
        yield f"lost {plant}", _cost(problem, lost), told["others_fixed"]
        yield f"anew {plant}", _cost(problem, {int(plant) - 1: FORCED_CLOSED}), told["replanned"]


def _cost(problem: Problem, states: Mapping[int, int]) -> float:
    state = np.full(problem.n_hubs, FREE)
    for hub, value in states.items():
        state[hub] = value
    return optimize(problem.derive(hub_state=state), gap=1e-9).objective


def closures_of(problem: Problem) -> Cases:
    """Return the network as it is, and without each plant in turn, all plants paid for."""
    closed = [
        problem.derive(hub_state=np.where(np.arange(problem.n_hubs) == hub, FORCED_CLOSED, FREE))
        for hub in range(problem.n_hubs)
    ]
    paid = np.broadcast_to(problem.hubs.fixed, (len(closed) + 1, *problem.hubs.fixed.shape))
    hubs = PlantPaths.build(paid.shape, idle_cost=paid)
    weights = [1.0, *[0.0] * len(closed)]
    return Cases.build([problem, *closed], weights=weights, hubs=hubs, linking="scenarios")


def try_all(problem: Problem) -> tuple[Floats, Floats]:
    """Return the cost of every set of plants, and with its worst closure, without capacities, by plain sums."""
    sets = np.arange(1, 1 << problem.n_hubs)
    is_open = ((sets[:, None] >> np.arange(problem.n_hubs)) & 1).astype(bool)
    normal, more = is_open @ problem.hubs.fixed[:, 0], np.zeros(is_open.shape)
    for cost in problem.collection_cost:
        here = np.where(is_open, cost, np.inf)
        least, second = np.partition(here, 1, axis=1)[:, :2].T
        normal = normal + least
        more[np.arange(len(sets)), here.argmin(axis=1)] += second - least
    return normal, normal + np.where(is_open, more, -np.inf).max(axis=1)


def compare_limits(problem: Problem, known: Mapping[str, Any]) -> Iterator[Row]:
    """Yield costs at given plants, normal and worst, and the least normal cost at limits on the worst closure.

    Known answers limit what a closure adds by a share of what the *same* plants cost, so that dearer plants may lose
    more; that is no rule of this package, and only the costs of their plants are compared. Limits of this package are
    amounts; they are compared with every set of plants there is.
    """
    cases = closures_of(problem)
    for share, told in known.get("least_normal_cost_if_worst_closure_adds_at_most", {}).items():
        sizes = np.where(np.isin(np.arange(problem.n_hubs) + 1, told["plants"]), 0, -1)
        worst = replace(cases, measure=Measure.worst(cases.count))
        for what, these, answer in (("normal", cases, "normal_cost"), ("worst", worst, "worst_closure_cost")):
            found = solve_at_plants(these, sizes, np.empty(0, np.int64), gap=1e-9).answer.objective
            yield f"{what} at {share}", found, told[answer]
    every, at_worst = try_all(problem)
    least = float(at_worst.min())
    for part in LIMITS:
        limit = (1 - part) * least + part * float(at_worst[every.argmin()]) + 1e-6 * least
        found = optimize_within(cases, limit, gap=1e-9).objective
        yield f"limit {limit:.0f}", found, float(every[at_worst <= limit].min())


def survive(problem: Problem) -> float:
    """Return the least cost of plants whose room is enough whichever one of them is lost."""
    return optimize_cases(closures_of(problem), gap=1e-9).objective


def open_over_periods(problem: Problem) -> float:
    """Return the least present cost of plants that open over three periods of growing demand."""
    years = [
        problem.derive(
            supply=problem.supply * share,
            collection_cost=problem.collection_cost * share,
            hubs=Steps(problem.hubs.capacity, RUNNING * problem.hubs.fixed, problem.hubs.variable),
        )
        for share in GROWTH
    ]
    shape = (len(years), *problem.hubs.fixed.shape)
    paths = PlantPaths.build(shape, opening_cost=np.broadcast_to(OPENING * problem.hubs.fixed, shape))
    discount = DISCOUNT ** np.arange(len(years))
    return optimize_cases(
        Cases.build(years, weights=discount, hubs=paths, one_time_factor=discount), gap=1e-7
    ).objective


def read_cities(file: Path) -> tuple[list[str], Problem]:
    """Read a table of cities: number, longitude west, latitude, two demands, plant cost, name, state; its first demand.

    Transport costs a hundred-thousandth of demand times great-circle miles.
    """
    rows = []
    for line in file.read_text(encoding="utf-8").splitlines():
        cells = line.split()
        if len(cells) > 6 and cells[0].isdigit():
            numbers = [float(cell.replace(",", "")) for cell in cells[1:6]]
            rows.append((" ".join(cells[6:-1]), *numbers))
    names = [str(row[0]) for row in rows]
    west, north, demand, _, fixed = np.array([row[1:] for row in rows], float).T
    lat, lon = np.radians(north), np.radians(-west)
    inner = np.sin(lat)[:, None] * np.sin(lat) + np.cos(lat)[:, None] * np.cos(lat) * np.cos(lon[:, None] - lon)
    miles = EARTH_MILES * np.arccos(np.clip(inner, -1.0, 1.0))
    cost: Floats = YEN_PER_TONNE_MILE * demand[:, None] * miles
    np.fill_diagonal(cost, 0.0)
    room = np.full(len(rows), demand.sum())
    return names, Problem.build(demand, cost, room, fixed, single_sourcing=False)


def compare_cities(file: Path, published: Published = DASKIN) -> list[Row]:
    """Return what transport costs with the published plants, and without each of them, beside what was published."""
    names, problem = read_cities(file)
    plants = [names.index(name) for name in published.plants]
    fixed = problem.hubs.fixed[:, 0]

    def transport(kept: Sequence[int]) -> float:
        states = dict.fromkeys(range(problem.n_hubs), FORCED_CLOSED) | dict.fromkeys(kept, FORCED_OPEN)
        return _cost(problem, states) - float(fixed[list(kept)].sum())

    rows: list[Row] = [("nothing lost", transport(plants), published.transport)]
    for name, cost in published.lost.items():
        rows.append((f"{name} lost", transport([at for at in plants if names[at] != name]), cost))
    return rows
