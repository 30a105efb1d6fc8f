"""The optimum of tiny cases by trying everything: plants are simulated case by case, apart from the package."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest

from brute_force import Sizes, _cheapest_single, allowed_sizes, faults, linear_cost, saved
from hubspoke.base.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.plant_paths import PlantPaths
    from hubspoke.engine.cases.solution import CasesSolution, PlantPlan
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps

ABSENT, BUILDING, OPEN, IDLE, CLOSED = range(5)


class Life(NamedTuple):
    """What one plant does: its stage and size in every case, and what that costs."""

    stages: tuple[int, ...] = ()
    sizes: tuple[int, ...] = ()
    once: tuple[float, ...] = ()
    idle: tuple[float, ...] = ()
    spent: tuple[float, ...] = ()
    opens: tuple[bool, ...] = ()

    def then(self, stage: int, size: int, once: float, idle: float, spent: float, opens: bool) -> Life:  # noqa: FBT001, PLR0917 - a step has these six parts
        """Live one case more."""
        return Life(
            (*self.stages, stage),
            (*self.sizes, size),
            (*self.once, once),
            (*self.idle, idle),
            (*self.spent, spent),
            (*self.opens, opens),
        )

    @property
    def open_sizes(self) -> tuple[int, ...]:
        """The size at which the plant is open in every case, -1 where it is not."""
        return tuple(k if s == OPEN else -1 for s, k in zip(self.stages, self.sizes, strict=True))


def lives(cases: Cases, paths: PlantPaths, steps: list[Steps], states: list[Any], plant: int) -> Iterator[Life]:
    """Give everything a plant may do."""
    count, sizes = cases.count, paths.shape[2]
    usable = [
        [states[t][plant] >= 0 and math.isfinite(steps[t].fixed[plant, k]) for k in range(sizes)] for t in range(count)
    ]
    must = [states[t][plant] > 0 for t in range(count)]
    size = int(paths.standing[plant])
    if cases.linking == "scenarios":
        yield from _chosen_once(cases, paths, plant, usable, must)
        return
    end = int(paths.standing_until[plant])
    stack = [(Life(), OPEN if size >= 0 else ABSENT, size, end, 0)]
    while stack:
        life, stage, size, end, opens_at = stack.pop()
        t = len(life.stages)
        if t == count:
            yield life
            continue
        for step in _next(paths, plant, stage, size, end, opens_at, t, usable):
            stage_next, size_next, end_next, at, once, idle, spent, opens = step
            if math.isinf(once) or math.isinf(idle) or (must[t] and stage_next != OPEN):
                continue
            stack.append(
                (life.then(stage_next, size_next, once, idle, spent, opens), stage_next, size_next, end_next, at)
            )


def _next(  # noqa: C901, PLR0917 - the state of a plant
    paths: PlantPaths, plant: int, stage: int, size: int, end: int, opens_at: int, t: int, usable: list[list[bool]]
) -> Iterator[tuple[int, int, int, int, float, float, float, bool]]:
    lead, age = int(paths.lead_time[plant]), int(paths.life[plant])
    sizes, count = range(paths.shape[2]), len(usable)

    def build(price: Any, extra: float) -> Iterator[tuple[int, int, int, int, float, float, float, bool]]:
        first = t + lead
        if first >= count or first < paths.earliest[plant] or first > paths.latest[plant]:
            return
        for k in sizes:
            if usable[first][k]:
                cost = float(price[t, plant, k])
                if lead == 0:
                    yield OPEN, k, t + age, 0, cost + extra, 0.0, cost + float(paths.investment[plant, k]), True
                else:
                    spent = cost + float(paths.investment[plant, k])
                    yield BUILDING, k, 0, first, cost + extra, 0.0, spent, False

    if stage == ABSENT:
        yield ABSENT, -1, 0, 0, 0.0, 0.0, 0.0, False
        yield from build(paths.opening_cost, 0.0)
    elif stage == CLOSED:
        yield CLOSED, -1, 0, 0, 0.0, 0.0, 0.0, False
        yield from build(paths.reopening_cost, 0.0)
    elif stage == BUILDING and t < opens_at:
        yield BUILDING, size, 0, opens_at, 0.0, 0.0, 0.0, False
    elif stage == BUILDING:
        if usable[t][size]:
            yield OPEN, size, t + age, 0, 0.0, 0.0, 0.0, True
    else:
        closing = float(paths.closing_cost[t, plant, size])
        if t >= end:
            closing = closing if math.isfinite(closing) else 0.0
            yield CLOSED, -1, 0, 0, closing, 0.0, 0.0, False
            if lead == 0:
                yield from build(paths.reopening_cost, closing)
            return
        yield CLOSED, -1, 0, 0, closing, 0.0, 0.0, False
        yield IDLE, size, end, 0, 0.0, float(paths.idle_cost[t, plant, size]), 0.0, False
        for k in sizes:
            if usable[t][k]:
                cost = float(paths.resize_cost[t, plant, size, k])
                added = max(float(paths.investment[plant, k] - paths.investment[plant, size]), 0.0)
                yield OPEN, k, end, 0, cost, 0.0, cost + added, False


def _chosen_once(
    cases: Cases, paths: PlantPaths, plant: int, usable: list[list[bool]], must: list[bool]
) -> Iterator[Life]:
    """Give the choices of a plant in scenarios: none, or one size in all of them."""
    anywhere = [[any(row[k] for row in usable) for k in range(paths.shape[2])]]
    size, end = int(paths.standing[plant]), int(paths.standing_until[plant])
    first = _next(paths, plant, OPEN if size >= 0 else ABSENT, size, end, 0, 0, anywhere)
    for stage, k, _, _, once, _, spent, opens in first:
        if stage == IDLE or math.isinf(once):
            continue
        life = Life()
        for t in range(cases.count):
            here = stage if stage != OPEN or usable[t][k] else IDLE
            idle = float(paths.idle_cost[t, plant, k]) if here == IDLE else 0.0
            idle = idle if math.isfinite(idle) else 0.0
            now = t == 0
            life = life.then(here, k, once if now else 0.0, idle, spent if now else 0.0, opens and now)
        if not any(needed and s != OPEN for needed, s in zip(must, life.stages, strict=True)):
            yield life


def all_lives(cases: Cases) -> tuple[list[list[Life]], list[list[Life]]]:
    """Give everything each hub and each refinery may do."""
    hubs, refineries = [p.hubs for p in cases.problems], [p.refineries for p in cases.problems]
    of_hubs = [
        list(lives(cases, cases.hubs, hubs, [p.hub_state for p in cases.problems], n))
        for n in range(cases.hubs.shape[1])
    ]
    of_refineries = [
        list(lives(cases, cases.refineries, refineries, [p.refinery_state for p in cases.problems], n))
        for n in range(cases.refineries.shape[1])
    ]
    return of_hubs, of_refineries


def life_cost(cases: Cases, life: Life) -> float:
    """Cost a life in the objective, without what an open plant costs each year."""
    return float(cases.one_time_factor @ np.array(life.once) + cases.weights @ np.array(life.idle))


def cheapest_cases(cases: Cases) -> float:
    """Give the least cost over all plans, infinite where there is none."""
    of_hubs, of_refineries = all_lives(cases)
    pick_hubs = list(_combine(cases, cases.hubs, of_hubs))
    pick_refineries = list(_combine(cases, cases.refineries, of_refineries))
    operate = _Operation(cases)
    best = math.inf
    for (hub_sizes, hub_cost, hub_spent), (sizes, cost, spent) in product(pick_hubs, pick_refineries):
        together = np.array(hub_spent) + np.array(spent)
        if (together > cases.budget + 1e-9).any() or together.sum() > cases.budget_in_total + 1e-9:
            continue
        if hub_cost + cost < best or best == math.inf:
            best = min(best, hub_cost + cost + operate(hub_sizes, sizes))
    return best


Pick = tuple[tuple[Sizes, ...], float, tuple[float, ...]]


def _combine(cases: Cases, paths: PlantPaths, of_plants: list[list[Life]]) -> Iterator[Pick]:
    """Give every choice of lives of an echelon that keeps the limits of openings: sizes by case, cost, spending."""
    counted, budgeted = bool(paths.limits_openings.any()), cases.limits_budget
    thinned = []
    for options in of_plants:
        kept: dict[Any, tuple[float, Life]] = {}
        for life in options:
            key = (life.open_sizes, life.opens if counted else (), life.spent if budgeted else ())
            cost = life_cost(cases, life)
            if key not in kept or cost < kept[key][0]:
                kept[key] = (cost, life)
        thinned.append(list(kept.values()))
    for choice in product(*thinned):
        opens = np.sum([life.opens for _, life in choice], axis=0) if choice else np.zeros(cases.count)
        if ((opens < paths.fewest_openings) | (opens > paths.most_openings)).any():
            continue
        sizes = tuple(tuple(life.open_sizes[t] for _, life in choice) for t in range(cases.count))
        spent = tuple(sum(life.spent[t] for _, life in choice) for t in range(cases.count))
        yield sizes, sum(cost for cost, _ in choice), spent


class _Operation:
    """What the sites cost over all cases at given plants."""

    def __init__(self, cases: Cases) -> None:
        self.cases = cases
        self.known: dict[Any, Any] = {}
        self.allowed = [
            (
                set(allowed_sizes(p.hubs, p.hub_state, p.hub_counts)),
                set(allowed_sizes(p.refineries, p.refinery_state, p.refinery_counts)),
            )
            for p in cases.problems
        ]

    def __call__(self, hubs: tuple[Sizes, ...], refineries: tuple[Sizes, ...]) -> float:
        total = 0.0
        for t, (h, r) in enumerate(zip(hubs, refineries, strict=True)):
            if h not in self.allowed[t][0] or r not in self.allowed[t][1]:
                return math.inf
        if self.cases.sites.any:
            return self._tied(hubs, refineries)
        for t, (h, r) in enumerate(zip(hubs, refineries, strict=True)):
            if (t, h, r) not in self.known:
                self.known[t, h, r] = _case_cost(self.cases.problems[t], h, r, *_dues(self.cases, t))
            cost = self.known[t, h, r]
            if math.isinf(cost):
                return math.inf
            total += float(self.cases.weights[t]) * cost
        return total

    def _tied(self, hubs: tuple[Sizes, ...], refineries: tuple[Sizes, ...]) -> float:
        """Go through all assignments of whole sites case by case, from each to each."""
        cases, rules = self.cases, self.cases.sites
        best: dict[Sizes, float] = {}
        for t, (h, r) in enumerate(zip(hubs, refineries, strict=True)):
            if (t, h, r) not in self.known:
                self.known[t, h, r] = _by_assignment(cases.problems[t], h, r, *_dues(cases, t))
            ahead: dict[Sizes, float] = {}
            problem = cases.problems[t]
            for to, cost in self.known[t, h, r].items():
                served = [i for i, hub in enumerate(to) if hub >= 0]
                if (
                    problem.mass[served].sum() < rules.least_tonnes[t] - 1e-9
                    or len(served) < rules.least_sites[t] - 1e-9
                ):
                    continue
                before = min((done + self._change(t, was, to) for was, done in best.items()), default=math.inf)
                ahead[to] = float(cases.weights[t]) * cost + (before if t else 0.0)
            best = ahead
        return min(best.values(), default=math.inf)

    def _change(self, t: int, was: Sizes, to: Sizes) -> float:
        rules = self.cases.sites
        cost = 0.0
        for i, (a, b) in enumerate(zip(was, to, strict=True)):
            if a >= 0 and b < 0 and rules.stays_collected:
                return math.inf
            if a >= 0 and b >= 0 and a != b:
                cost += float(rules.switching_cost[i])
        return cost * float(self.cases.one_time_factor[t]) if math.isfinite(cost) else math.inf


def _dues(cases: Cases, t: int) -> tuple[Any, Any]:
    """Give what refineries and hubs pay for in a case: tonnes, and the rate of each that lacks."""
    refineries, hubs = (
        None if dues is None else (dues.tonnes[t], dues.rate[t]) for dues in (cases.take_or_pay, cases.hub_take_or_pay)
    )
    return refineries, hubs


def _case_cost(problem: Problem, hubs: Sizes, refineries: Sizes, dues: Any = None, hub_dues: Any = None) -> float:
    if problem.single_sourcing and not problem.has_floors and dues is None and hub_dues is None:
        cost = _cheapest_single(problem, [hubs], [refineries])
    else:
        cost = linear_cost(problem, hubs, refineries, dues, hub_dues)
    return cost - saved(problem, hubs, refineries)


def _by_assignment(problem: Problem, hubs: Sizes, refineries: Sizes, *dues: Any) -> dict[Sizes, float]:
    """Give what every assignment of whole sites costs at given plants."""
    found = {}
    for to in product(range(-1, problem.n_hubs), repeat=problem.n_sites):
        lanes = np.full(problem.collection_cost.shape, np.inf)
        skip = np.full(problem.n_sites, np.inf)
        for i, h in enumerate(to):
            if h < 0:
                skip[i] = problem.skip_cost[i]
            else:
                lanes[i, h] = problem.collection_cost[i, h]
        cost = _case_cost(problem.derive(collection_cost=lanes, skip_cost=skip), hubs, refineries, *dues)
        if math.isfinite(cost):
            found[to] = cost
    return found


def agree_with_brute_force_cases(cases: Cases, answer: CasesSolution) -> None:
    """Check that an answer is the optimum, proven, and a plan that keeps every rule; or that there is none."""
    least = cheapest_cases(cases)
    if math.isinf(least):
        assert answer.status is Status.INFEASIBLE
        assert not answer.has_plan
        return
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(least, rel=1e-7, abs=1e-6)
    assert answer.bound <= least + 1e-6 + 1e-7 * abs(least)
    assert case_faults(cases, answer) == []


def case_faults(cases: Cases, answer: CasesSolution) -> list[str]:
    """List every rule that a plan of all cases breaks, and where its cost is not the sum of its parts."""
    assert answer.hubs is not None
    assert answer.refineries is not None
    found, total = [], 0.0
    for t, (problem, plan) in enumerate(zip(cases.problems, answer.cases, strict=True)):
        found += [f"case {t}: {fault}" for fault in faults(problem, plan)]
        total += float(cases.weights[t]) * (plan.objective + _paid_for_nothing(cases, t, plan))
        if (plan.hub_size != answer.hubs.open_size[t]).any() or (
            plan.refinery_size != answer.refineries.open_size[t]
        ).any():
            found.append(f"case {t}: other plants in the plan of the case than on their paths")
    spent = np.zeros(cases.count)
    for name, paths, plants, options in zip(
        ("hub", "refinery"),
        (cases.hubs, cases.refineries),
        (answer.hubs, answer.refineries),
        all_lives(cases),
        strict=True,
    ):
        opens = np.zeros(cases.count)
        for n, possible in enumerate(options):
            life = next((life for life in possible if _is_life(life, plants, n)), None)
            if life is None:
                found.append(f"{name} {n} does what it may not")
                continue
            total += life_cost(cases, life)
            spent += np.array(life.spent)
            opens += np.array(life.opens)
        if ((opens < paths.fewest_openings) | (opens > paths.most_openings)).any():
            found.append(f"openings of {name}")
    if (spent > cases.budget + 1e-6).any() or spent.sum() > cases.budget_in_total + 1e-6:
        found.append("budget")
    found += _site_faults(cases, answer)
    total += _switching(cases, answer)
    if abs(total - answer.objective) > 1e-6 + 1e-9 * abs(total):
        found.append(f"the parts cost {total}, the whole is said to cost {answer.objective}")
    return found


def _paid_for_nothing(cases: Cases, t: int, plan: Any) -> float:
    """Give what the plants of a plan pay for tonnes that they do not take."""
    load = np.zeros(len(plan.hub_size))
    np.add.at(load, plan.hub, cases.problems[t].mass[plan.site] * plan.share)
    total = 0.0
    for dues, sizes, taken in zip(
        _dues(cases, t), (plan.refinery_size, plan.hub_size), (plan.flow.sum(axis=(0, 2)), load), strict=True
    ):
        if dues is not None:
            total += sum(float(dues[1][n, k]) * max(0.0, float(dues[0][n, k] - taken[n]))
                         for n, k in enumerate(sizes) if k >= 0)  # fmt: skip
    return total


def _is_life(life: Life, plants: PlantPlan, n: int) -> bool:
    return (
        tuple(plants.stage[:, n]) == life.stages
        and tuple(plants.size[:, n]) == life.sizes
        and np.allclose(plants.one_time_cost[:, n], life.once)
        and np.allclose(plants.idle_cost[:, n], life.idle)
        and tuple(plants.opens[:, n]) == life.opens
    )


def _served(cases: Cases, answer: CasesSolution) -> list[Any]:
    tables = []
    for problem, plan in zip(cases.problems, answer.cases, strict=True):
        table = np.zeros(problem.collection_cost.shape)
        np.add.at(table, (plan.site, plan.hub), plan.share)
        tables.append(table)
    return tables


def _site_faults(cases: Cases, answer: CasesSolution) -> list[str]:
    rules = cases.sites
    found: list[str] = []
    if not rules.any:
        return found
    tables = _served(cases, answer)
    for t, table in enumerate(tables):
        share = table.sum(axis=1)
        if share @ cases.problems[t].mass < rules.least_tonnes[t] - 1e-6 or share.sum() < rules.least_sites[t] - 1e-6:
            found.append(f"case {t}: too little is collected")
        if t and rules.stays_collected and (share < tables[t - 1].sum(axis=1) - 1e-6).any():
            found.append(f"case {t}: a site is dropped")
    return found


def _switching(cases: Cases, answer: CasesSolution) -> float:
    price, cost = cases.sites.switching_cost, 0.0
    if not cases.sites.any or not (price > 0).any():
        return 0.0
    tables = _served(cases, answer)
    for t in range(1, cases.count):
        was, now = tables[t - 1], tables[t]
        moved = np.maximum(now - was, 0).sum(axis=1) - (1 - was.sum(axis=1))
        for i in np.flatnonzero(moved > 1e-6).tolist():
            if price[i] > 0:
                cost += float(price[i] * moved[i] * cases.one_time_factor[t])
    return cost
