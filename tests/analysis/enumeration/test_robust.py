"""Robust plans, and plants that survive any loss, are what trying every choice of sizes says, on drawn folders."""

from __future__ import annotations

import math
import tempfile
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import hubspoke as hs
from brute_force_measures import mean_of_tail
from brute_force_sets import cost_of_sets, cost_of_sizes, least_of
from builders import tiny_tables
from drawn_folders import POLICIES, POWER, Drawn, folders, ids_of, state
from hubspoke.analysis.decisions.disruption.survivor import find_survivor
from hubspoke.base.errors import InfeasibleError
from hubspoke.base.stop import Stop
from hubspoke.engine.problem.steps import Steps
from hubspoke.planning.request import Request
from trials import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hubspoke.engine.problem.problem import Problem

Sizes = tuple[int, ...]
WEIGHTS = (1.0, 3.0)
ALPHA = 0.4
SPLIT = ("single", "single", "split")


def measure_of(measure: str, alone: Sequence[float]) -> Callable[[Sequence[float]], float]:
    """Give a measure of the costs of scenarios by its definition."""
    share = [one / sum(WEIGHTS) for one in WEIGHTS]
    made: dict[str, Callable[[Sequence[float]], float]] = {
        "expected": lambda costs: sum(p * cost for p, cost in zip(share, costs, strict=True)),
        "worst": max,
        "regret": lambda costs: max(cost - best for cost, best in zip(costs, alone, strict=True)),
        "cvar": lambda costs: mean_of_tail(costs, share, ALPHA),
    }
    return made[measure]


def tried(problem: Problem) -> dict[Sizes, float]:
    """Give what every choice of sizes costs, hubs and refineries in one row."""
    return {(*hubs, *refineries): cost for (hubs, refineries), cost in cost_of_sizes(problem)}


def mean_problem(problems: Sequence[Problem]) -> Problem:
    """Give the problem of which every number is the mean."""
    share = [one / sum(WEIGHTS) for one in WEIGHTS]

    def mean(*parts: Any) -> Any:
        return sum(p * part for p, part in zip(share, parts, strict=True))

    def steps(kind: str) -> Steps:
        own = [getattr(one, kind) for one in problems]
        return Steps(own[0].capacity, *(mean(*(getattr(one, name) for one in own)) for name in ("fixed", "variable")))

    names = ("supply", "collection_cost", "transfer_cost", "shared_saving")
    means = {name: mean(*(getattr(one, name) for one in problems)) for name in names}
    return problems[0].derive(hubs=steps("hubs"), refineries=steps("refineries"), **means)


def plant(name: str, lat: float, lon: float, technology: str, **more: object) -> dict[str, object]:
    """Give the row of a plant."""
    return {"id": name, "lat": lat, "lon": lon, "technology": technology, "max_t": 30000, "status": "candidate"} | more


def sizes(plant_id: str, *rows: tuple[float, float, float]) -> list[dict[str, object]]:
    """Give the sizes of a plant: tonnes, yen a year, yen a tonne."""
    names = ("capacity_t", "fixed_jpy_per_yr", "variable_jpy_per_t")
    return [{"plant_id": plant_id, **dict(zip(names, row, strict=True))} for row in rows]


FILLED = Drawn(
    {name: rows for name, rows in tiny_tables().items() if name in {"roads", "cities"}}
    | {
        "kanto/sites": [{"id": "kanto-s0", "lat": 35.69, "lon": 139.69, "hev_t": 0, "nmc_t": 900, "lfp_t": 0}],
        "chubu/sites": [
            {"id": "chubu-s0", "lat": 35.18, "lon": 136.91, "hev_t": 0, "nmc_t": 900, "lfp_t": 0},
            {"id": "chubu-s1", "lat": 34.98, "lon": 138.38, "hev_t": 0, "nmc_t": 400, "lfp_t": 200},
        ],
        "kanto/hubs": [
            plant("kanto-h0", 35.44, 139.64, "mechanical", max_t=20000),
            plant("kanto-h1", 35.35, 140.0, "roasting", max_t=20000),
        ],
        "chubu/hubs": [
            plant("chubu-h0", 34.98, 138.38, "roasting", status="open"),
            plant("chubu-h1", 35.18, 136.91, "roasting"),
        ],
        "kanto/refineries": [plant("kanto-r0", 35.35, 140.0, "hydro")],
        "chubu/refineries": [plant("chubu-r0", 35.05, 136.88, "hydro", max_t=20000)],
        "sizes": [
            *sizes("kanto-h0", (1200, 70e6, 80e3), (3120, 140e6, 70e3)),
            *sizes("kanto-h1", (3120, 10e6, 40e3)),
            *sizes("chubu-h0", (1680, 20e6, 10e3)),
            *sizes("chubu-h1", (1200, 20e6, 0), (2400, 200e6, 0)),
            *sizes("kanto-r0", (600, 50e6, 20e3), (1560, 140e6, 50e3)),
            *sizes("chubu-r0", (600, 90e6, 80e3), (1200, 180e6, 30e3)),
        ],
    },
    "shared-refinery",
    {"policy.sourcing": '"split"'},
)
"""Two refineries that black mass fills to the last: HiGHS, told to be too exact, found another plan the best."""


@pytest.mark.heavy
@given(folders(given=True, sourcing=SPLIT), st.sampled_from([5.0, 60.0]), st.sampled_from([0.6, 1.0, 1.3]))
@example(FILLED, 5.0, 1.0)
@settings(max_examples=examples(4))
def test_plants_for_two_scenarios(drawn: Drawn, power: float, factor: float) -> None:
    """By each of the four measures, with VSS and EVPI: plants come in the sizes that are given, the same in both."""
    scenarios = {"one": {POWER: 20.0}, "two": {POWER: power, "supply.factor": factor}}
    networks = [drawn.read(**{key.replace(".", "__"): one for key, one in own.items()}) for own in scenarios.values()]
    problems = [state(network, drawn.policy) for network in networks]
    costs = [tried(problem) for problem in problems]
    assume(all(costs))
    alone = [min(own.values()) for own in costs]
    both = {sizes: [own[sizes] for own in costs] for sizes in costs[0] if sizes in costs[1]}
    for name in ("expected", "worst", "regret", "cvar"):
        measure = measure_of(name, alone)
        if not both:
            with pytest.raises(InfeasibleError):
                robust_of(drawn, scenarios, name)
            return
        expected = min(measure(one) for one in both.values())
        found = robust_of(drawn, scenarios, name)
        assert found.value_jpy == pytest.approx(expected, rel=1e-6, abs=10.0)
        assert found.scenarios["alone_jpy"].tolist() == pytest.approx(alone)
        assert measure(found.scenarios["cost_jpy"].tolist()) == pytest.approx(expected, rel=1e-6, abs=10.0)
        if name != "expected":
            continue
        told = found.information
        assert told.evpi_jpy == pytest.approx(expected - measure(alone), rel=1e-6, abs=10.0)
        mean = sorted((cost, sizes) for sizes, cost in tried(mean_problem(problems)).items())
        if not mean or (len(mean) > 1 and mean[1][0] < mean[0][0] * (1 + 1e-9)):
            continue  # of equal plans either may be the mean one
        over_all = measure(both[mean[0][1]]) if mean[0][1] in both else math.inf
        assert told.mean_jpy == pytest.approx(mean[0][0])
        if math.isfinite(over_all):
            assert told.vss_jpy == pytest.approx(over_all - expected, rel=1e-6, abs=10.0)
        else:
            assert not math.isfinite(told.vss_jpy)


def robust_of(drawn: Drawn, scenarios: dict[str, Any], measure: str) -> Any:
    """Plan for scenarios."""
    with tempfile.TemporaryDirectory() as folder:
        return hs.robust(
            drawn.write(folder), scenarios=scenarios, weights=WEIGHTS, measure=measure, alpha=ALPHA, **drawn.asked
        )


PLACE = {"lat": 35.5, "lon": 139.75, "status": "candidate", "max_t": 30000}
BESIDE = Drawn(
    {name: rows for name, rows in tiny_tables().items() if name in {"roads", "cities"}}
    | {
        "kanto/sites": [{"id": "s", "lat": 35.69, "lon": 139.69, "hev_t": 0, "nmc_t": 1050, "lfp_t": 120}],
        "kanto/hubs": [{"id": "h", "technology": "mechanical", **PLACE}],
        "kanto/refineries": [{"id": "r", "technology": "hydro", **PLACE}],
    },
    "regional",
)
"""A hub on the ground of a refinery: what it saves there decides on which line of cost it stands."""


@pytest.mark.heavy
@given(folders(given=False, sourcing=("single",), policies=["regional"]), st.sampled_from([5.0, 60.0]))
@example(BESIDE, 60.0)
@settings(max_examples=examples(3))
def test_plants_as_large_as_their_loads(drawn: Drawn, power: float) -> None:
    """Where rules leave no choice of loads, plants are of that size: a set costs in a scenario what it costs alone."""
    assume("policy.hubs_per_region" not in drawn.changes)
    scenarios = {"one": {POWER: 20.0}, "two": {POWER: power}}
    costs = [cost_of_sets(state(drawn.read(energy__power_jpy_per_kwh=own[POWER]), drawn.policy))
             for own in scenarios.values()]  # fmt: skip
    assume(all(costs))
    alone = [least_of(own) for own in costs]
    for name in ("expected", "worst", "regret", "cvar"):
        measure = measure_of(name, alone)
        found = robust_of(drawn, scenarios, name)
        expected = min(measure([own[opened] for own in costs]) for opened in costs[0])
        assert found.value_jpy == pytest.approx(expected, rel=1e-6, abs=10.0)


@pytest.mark.heavy
@given(folders(given=True, sourcing=SPLIT, policies=["open", "open", *POLICIES]), st.sampled_from([None, 0.3, 3.0]))
@settings(max_examples=examples(6))
def test_the_cheapest_plants_that_survive_any_loss(drawn: Drawn, most_more: float | None) -> None:
    """Whichever of its plants is lost the others serve all, within the limit, its own cost paid all the same."""
    network = drawn.read()
    problem = state(network, drawn.policy)
    normal = tried(problem)
    assume(normal)
    least = min(normal.values())
    limit = math.inf if most_more is None else least * (1 + most_more)
    ids = ids_of(network)
    lost = [tried(state(network, drawn.policy, closed=[name])) for name in ids]
    fixed = [*problem.hubs.fixed, *problem.refineries.fixed]
    best, edge = math.inf, False
    every = [range(-1, len(row)) for row in fixed]
    for sizes in product(*every):
        if sizes not in normal or normal[sizes] >= best:
            continue
        worst = 0.0
        for at, size in enumerate(sizes):
            if size >= 0:
                without = (*sizes[:at], -1, *sizes[at + 1 :])
                worst = max(worst, lost[at].get(without, math.inf) + float(fixed[at][size]))
        edge |= math.isfinite(limit) and abs(worst - limit) < 1e-6 * limit
        if math.isfinite(worst) and worst <= limit:
            best = normal[sizes]
    assume(not edge)
    found = find_survivor(network, Request(policy=drawn.policy, gap=0.0), Stop(), most_more)
    assert found.outcome == ("plan" if math.isfinite(best) else "infeasible")
    if math.isfinite(best):
        assert found.cost_jpy == pytest.approx(best, rel=1e-6)
        assert found.least_jpy == pytest.approx(least, rel=1e-6)
