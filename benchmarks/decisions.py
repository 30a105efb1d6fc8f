"""The engine's measures over scenarios against answers that were found by full enumeration.

    python -m benchmarks.decisions ORACLES.json INSTANCES          a file of answers, a folder of OR-Library cap files
    python -m benchmarks.decisions --fronts FOLDER                 published fronts: see benchmarks/fronts.py
    python -m benchmarks.decisions --cities FILE                   published losses: see benchmarks/closures.py

The file has for each instance, capacities ignored, `two_stage` with RP, EV, EEV, WS, VSS, EVPI, minmax_regret,
minmax_cost and cvar over four scenarios: as it is; what leaves plants 1 to 8 costs 1.6 times as much; the same of 9 to
16; everything half. Their weights are 0.4, 0.2, 0.2, 0.2. And, where it is there, `one_closure`: the least worst cost
once one plant is lost that is paid for; `least_cost_by_number_of_plants`: cost against the number of hubs; and what
`closures` has: `near`, `least_cost_if_plant_is_open`, `close_one`. A file may hold `multi_period` and
`survive_any_single_closure` instead, by instance, capacities as they are. Prints every number beside its answer; ends
with 1 where one is off by more than a cent in a million (published ones of cities: by more than a thousandth and a
half).
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.closures import (
    CLOSE,
    compare_cities,
    compare_limits,
    compare_near,
    compare_states,
    open_over_periods,
    survive,
)
from benchmarks.fronts import compare_fronts
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.measure import Measure
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.engine.cases.scenarios.information import solve_each_alone, solve_mean
from hubspoke.engine.fronts.limits import NumberOfHubs, enumerate_values
from hubspoke.engine.problem.steps import Steps
from hubspoke.instances.read import read_instances

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from benchmarks.closures import Row
    from hubspoke.engine.problem.problem import Problem

SHARE = np.array([0.4, 0.2, 0.2, 0.2])


def main() -> None:
    """Compare all numbers of all instances of a file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("oracles", type=Path, nargs="?")
    parser.add_argument("instances", type=Path, nargs="?")
    parser.add_argument("--fronts", type=Path, help="folder of published fronts")
    parser.add_argument("--cities", type=Path, help="table of cities whose losses are published")
    given = parser.parse_args()
    if given.fronts is not None:
        sys.exit(1 if compare_fronts(given.fronts) else 0)
    if given.cities is not None:
        losses = [(what, value, answer, CLOSE * answer) for what, value, answer in compare_cities(given.cities)]
        sys.exit(1 if print_rows(given.cities.stem, losses) else 0)
    if given.oracles is None or given.instances is None:
        parser.error("name a file of answers and a folder of instances, or --fronts FOLDER, or --cities FILE")
    wrong = 0
    for name, rows in list_rows(json.loads(given.oracles.read_text(encoding="utf-8")), given.instances):
        wrong += print_rows(name, ((what, value, answer, 1e-8 * abs(answer) + 0.01) for what, value, answer in rows))
    sys.exit(1 if wrong else 0)


def list_rows(known: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield each instance of a file of answers with what is compared."""
    for name, told in known.items():
        if name == "multi_period":
            for instance, one in told.items():
                problem = read_capacitated(folder / f"{instance}.txt")
                yield instance, [("over periods", open_over_periods(problem), one["value"])]
        elif name == "survive_any_single_closure":
            for instance, one in told.items():
                problem = read_capacitated(folder / f"{instance}.txt")
                yield instance, [("survivors", survive(problem), one["survives_any_closure"])]
        elif "two_stage" in told:
            yield name, compare_instance(state_scenarios(folder / f"{name}.txt"), told)


def compare_instance(cases: Cases, known: dict[str, Any]) -> Iterator[Row]:
    """Yield every number of an instance without capacities with its answer."""
    base = cases.problems[0]
    yield from compare(cases, known["two_stage"])
    if "one_closure" in known:
        yield "worst closure", lose_one(base), known["one_closure"]["least_worst_cost"]
        yield from compare_limits(base, known["one_closure"])
    yield from count_plants(base, known.get("least_cost_by_number_of_plants", {}))
    yield from compare_states(base, known)
    yield from compare_near(base, known.get("near", {}))


def print_rows(name: str, rows: Iterable[tuple[str, float, float, float]]) -> int:
    """Print every number beside its answer, and return how many are farther off than they may be."""
    wrong = 0
    for what, value, answer, far in rows:
        off = not abs(value - answer) <= far
        wrong += off
        print(f"{name} {what:15} {value:16,.3f} {answer:16,.3f} {'OFF' if off else ''}", flush=True)
    return wrong


def read_capacitated(path: Path) -> Problem:
    """Return an instance of one year with its capacities, customers divided."""
    base = read_instances(path)[0].problem
    if isinstance(base, Cases):
        raise TypeError(f"{path} is no instance of one year")
    return base.derive(single_sourcing=False)


def state_scenarios(path: Path) -> Cases:
    """Return the four scenarios of an instance, without capacities, sites divided."""
    base = read_capacitated(path)
    room = Steps(np.full(base.hubs.capacity.shape, base.mass.sum()), base.hubs.fixed, base.hubs.variable)
    base = base.derive(hubs=room)
    dear = np.where(np.arange(base.n_hubs) < base.n_hubs // 2, 1.6, 1.0)
    factors = (1.0, dear, np.where(dear > 1, 1.0, 1.6), 0.5)
    problems = [base.derive(collection_cost=base.collection_cost * factor) for factor in factors]
    return Cases.build(problems, weights=SHARE, linking="scenarios")


def compare(cases: Cases, known: dict[str, Any]) -> Iterator[tuple[str, float, float]]:
    """Yield every number with its answer."""
    least = optimize_cases(cases, gap=1e-9).objective
    alone = np.array([answer.objective for answer in solve_each_alone(cases, gap=1e-9)])
    mean = solve_mean(cases, gap=1e-9)
    if mean.plan is None or mean.over_all is None:
        raise ValueError("the mean scenario has no plan")
    over_all = mean.over_all.answer.objective
    waiting = float(SHARE @ alone)
    yield "RP", least, known["RP"]
    yield "EV", mean.plan.objective, known["EV"]
    yield "EEV", over_all, known["EEV"]
    yield "WS", waiting, known["WS"]
    yield "VSS", over_all - least, known["VSS"]
    yield "EVPI", least - waiting, known["EVPI"]
    for what, measure, answer in (
        ("regret", Measure.regret(alone), known["minmax_regret"]),
        ("worst cost", Measure.worst(4), known["minmax_cost"]),
        *((f"CVaR {alpha}", Measure.cvar(SHARE, float(alpha)), tail["value"]) for alpha, tail in known["cvar"].items()),
    ):
        yield what, optimize_cases(replace(cases, measure=measure), gap=1e-9).objective, answer


def lose_one(problem: Problem) -> float:
    """Return the least worst cost when one plant is lost after all are paid for, others taking its customers over."""
    closed = [
        problem.derive(hub_state=np.where(np.arange(problem.n_hubs) == hub, -1, 0)) for hub in range(problem.n_hubs)
    ]
    paid = np.broadcast_to(problem.hubs.fixed, (len(closed), *problem.hubs.fixed.shape))
    hubs = PlantPaths.build(paid.shape, idle_cost=paid)
    cases = Cases.build(closed, hubs=hubs, linking="scenarios", measure=Measure.worst(len(closed)))
    return optimize_cases(cases, gap=1e-9).objective


def count_plants(problem: Problem, known: dict[str, float]) -> Iterator[tuple[str, float, float]]:
    """Yield the least cost for every number of plants on the front, with its answer."""
    if not known:
        return
    for row in enumerate_values(NumberOfHubs(problem), gap=1e-9).rows:
        number = round(row.choice.other)
        yield f"{number} plants", row.choice.cost, min(float(known[str(n)]) for n in range(1, number + 1))


if __name__ == "__main__":
    main()
