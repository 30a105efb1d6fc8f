"""What analyses say of the sets of plants of one year is what trying every set says, on drawn folders."""

from __future__ import annotations

import json
import math
import tempfile
from collections import defaultdict
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import hubspoke as hs
from brute_force_sets import cost_of_sets, least_of
from drawn_folders import POWER, Drawn, folders, sets_of, state
from hubspoke.analysis.decisions.alternatives.alternatives import find_alternatives_of
from hubspoke.analysis.decisions.disruption.disruption import find_disruption
from hubspoke.analysis.study.memory import KEPT, PARTS_FOLDER
from hubspoke.plan.states import is_built
from light_runs import leave_charts_empty, write_bare_runs
from trials import examples

if TYPE_CHECKING:
    from hubspoke.api.plan import Plan
    from hubspoke.inputs.network import Network

Sets = dict[frozenset[str], float]
SPLIT = ("single", "single", "split")


def solved(drawn: Drawn) -> tuple[Network, Sets, Plan]:
    """Read a folder, try all of its sets, and plan it; draws without a plan are left out."""
    network = drawn.read()
    sets = sets_of(network, drawn.policy)
    assume(sets)
    return network, sets, hs.solve(network, **drawn.asked)


def least_without(sets: Sets, plant: str) -> float:
    """Give the least cost of sets without a plant, infinite where there is none."""
    return min((cost for one, cost in sets.items() if plant not in one), default=math.inf)


@pytest.mark.heavy
@given(folders(sourcing=SPLIT))
@settings(max_examples=examples(8))
def test_the_plan_and_what_closing_or_opening_a_plant_costs(drawn: Drawn) -> None:
    _, sets, plan = solved(drawn)
    assert plan.cost_jpy == pytest.approx(min(sets.values()))
    for table in (plan.hubs, plan.refineries):
        for row in table.to_dict("records"):
            if row["state"] == "open":
                others = least_without(sets, row["id"]) - plan.cost_jpy
                told = row["closing_more_jpy"]
                assert told == pytest.approx(others, abs=1.0) or (math.isinf(others) and not math.isfinite(told))
            elif (mine := min((cost for one, cost in sets.items() if row["id"] in one), default=math.inf)) < math.inf:
                assert row["opening_more_jpy"] >= mine - plan.cost_jpy - 1.0


@pytest.mark.heavy
@given(folders(sourcing=SPLIT))
@settings(max_examples=examples(6))
def test_the_loss_of_each_plant(drawn: Drawn) -> None:
    network, sets, plan = solved(drawn)
    found = find_disruption(plan, network, survive=False).plants
    built = {name for table in (plan.hubs, plan.refineries) for name in table.loc[is_built(table), "id"]}
    assert set(found["id"]) == built
    for row in found.to_dict("records"):
        others = least_without(sets, row["id"])
        assert row["outcome"] == ("plan" if others < math.inf else "infeasible")
        if others < math.inf:
            assert row["more_jpy"] == pytest.approx(others - plan.cost_jpy, abs=1.0)
            assert row["no_home_t"] == 0
        else:
            assert row["no_home_t"] > 0


@pytest.mark.heavy
@given(folders(sourcing=SPLIT), st.sampled_from([0.01, 0.1, 0.5, 0.99]))
@settings(max_examples=examples(8))
def test_sets_that_cost_little_more(drawn: Drawn, within: float) -> None:
    """How many there are, what each costs, who is in all and in none, and which of them is most different."""
    network, sets, plan = solved(drawn)
    found = find_alternatives_of(plan, network, within=within, most=10_000)
    limit = min(sets.values()) * (1 + within)
    fitting = {one: cost for one, cost in sets.items() if cost <= limit}
    assume(not any(abs(cost - limit) < 1e-6 * limit for cost in sets.values()))
    assert found.is_complete
    assert found.number == len(fitting) == len(found.sets)
    assert found.sets["cost_jpy"].tolist() == pytest.approx(sorted(fitting.values()))
    first = frozenset(found.plants.loc[found.plants["in_cheapest"], "id"])
    told = [frozenset((first | set(row["opens"].split())) - set(row["closes"].split()))
            for row in found.sets.to_dict("records")]  # fmt: skip
    assert set(told) == set(fitting)
    for row in found.plants.to_dict("records"):
        number = sum(row["id"] in one for one in fitting)
        assert row["share"] == pytest.approx(number / len(fitting))
        assert row["proven"] == {0: "none", len(fitting): "all"}.get(number, "")
    if len(fitting) > 1:
        away = [len(first ^ one) for one in told]
        far = [len(first ^ one) for one, marked in zip(told, found.sets["most_different"], strict=True) if marked]
        assert max(far) == max(away)


@pytest.mark.heavy
@given(folders(sourcing=SPLIT), st.sampled_from([5.0, 60.0]), st.sampled_from([0.6, 1.4]))
@settings(max_examples=examples(4))
def test_cases_of_a_sweep(drawn: Drawn, power: float, factor: float) -> None:
    vary: dict[str, Any] = {POWER: [power], "supply.factor": [1.0, factor]}
    with tempfile.TemporaryDirectory() as place:
        folder = drawn.write(Path(place) / "in")
        found = hs.sweep(folder, out=Path(place) / "sweep", vary=vary, **drawn.asked)
    rows = found.cases.to_dict("records")
    assert len(rows) == 3
    for row in rows:
        changed = {} if row["case"] == "base" else {POWER: row[POWER], "supply.factor": row["supply.factor"]}
        sets = sets_of(drawn.read(**{key.replace(".", "__"): one for key, one in changed.items()}), drawn.policy)
        assert (row["status"] == "infeasible") == (not sets)
        if sets:
            assert row["cost_jpy"] == pytest.approx(min(sets.values()))
            built = frozenset([*row["hubs_built"].split(";"), *row["refineries_built"].split(";")])
            assert sets[built] == pytest.approx(min(sets.values()))


@pytest.mark.heavy
@given(folders(sourcing=SPLIT))
@settings(max_examples=examples(2))
def test_parts_of_a_study(drawn: Drawn) -> None:
    """The figures of its plan, sets, losses, futures and policies are those of every set."""
    network, sets, _ = solved(drawn)
    least = min(sets.values())
    futures, within = ("mizuho", "late"), 0.6
    assume(not any(abs(cost - least * (1 + within)) < 1e-6 * least for cost in sets.values()))
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        write_bare_runs(patch)
        leave_charts_empty(patch)
        answers = hs.study(
            drawn.write(Path(place) / "in"),
            out=Path(place) / "study",
            analyses=["plan", "alternatives", "disruption", "futures", "policies"],
            supply=list(futures),
            alternatives={"within": within, "most": 10_000},
            disruption={"survive": False},
            plan={"maps": False},
            **drawn.asked,
        )
        assert answers.failures == {}

        def facts(name: str) -> Any:
            return json.loads((answers.folder / PARTS_FOLDER / name / KEPT).read_text(encoding="utf-8"))["facts"]

        assert facts("plan")["cost_jpy"] == pytest.approx(least)
        assert facts("alternatives")["number"] == sum(cost <= (1 + within) * least for cost in sets.values())
        for row in facts("disruption")["plants"]:
            others = least_without(sets, row["id"])
            assert (row["outcome"] == "plan") == (others < math.inf)
            if others < math.inf:
                assert row["more_jpy"] == pytest.approx(others - least, abs=1.0)
        for name, future in zip(futures, facts("futures")["futures"], strict=True):
            own = sets_of(drawn.read(supply__scenario=name), drawn.policy)
            assert (future["status"] == "infeasible") == (not own)
            if not own:
                continue
            assert future["cost_jpy"] == pytest.approx(min(own.values()))
            assert own[frozenset(future["plants"])] == pytest.approx(min(own.values()))
        for one in facts("policies")["policies"]:
            own = sets_of(network, one["policy"])
            assert (one["status"] == "none") == (not own)
            if own:
                assert one["cost_jpy"] == pytest.approx(min(own.values()), rel=1e-6)
                assert own[frozenset(one["plants"])] == pytest.approx(min(own.values()), rel=1e-6)


@pytest.mark.heavy
@given(folders(regions=2, policies=["shared-refinery", "open"], sourcing=SPLIT))
@settings(max_examples=examples(5))
def test_what_regions_gain_together(drawn: Drawn) -> None:
    """What each coalition costs, and the Shapley value by its definition: what each adds, over all orders."""
    assume("policy.hubs_in_total" not in drawn.changes)  # refused: a coalition has not the plants of all
    network, sets, _ = solved(drawn)
    found = hs.collaborate(network, by="region", policy=drawn.policy, gap=0.0)
    alone = {name: least_of(cost_of_sets(state(network, drawn.policy, [name]))) for name in network.regions}
    cost: dict[frozenset[str], float] = defaultdict(float)
    cost |= {frozenset([name]): one for name, one in alone.items()} | {frozenset(alone): min(sets.values())}
    assert found.together_jpy == pytest.approx(min(sets.values()))
    told = found.members.set_index("member")
    for name, one in alone.items():
        assert told.loc[name, "alone_jpy"] == pytest.approx(one)
    if all(math.isfinite(one) for one in alone.values()):
        for name in alone:
            added = [cost[frozenset(order[: order.index(name) + 1])] - cost[frozenset(order[: order.index(name)])]
                     for order in permutations(alone)]  # fmt: skip
            assert told.loc[name, "shapley_jpy"] == pytest.approx(np.mean(added), rel=1e-6, abs=1.0)


@pytest.mark.heavy
def test_draws_hold_what_they_are_meant_to() -> None:
    """Some draws have two regions, ties, sizes that are given, closures, and no plan."""
    seen: set[str] = set()

    @given(folders(sourcing=SPLIT))
    @settings(max_examples=80, database=None)
    def look(drawn: Drawn) -> None:
        rows = [row for name, table in drawn.tables.items() if "/" in name for row in table]
        seen.add(drawn.policy)
        seen.update(str(row["status"]) for row in rows if "status" in row)
        seen.update(name for name in drawn.tables if name in {"sizes", "chubu/sites"})
        seen.update(drawn.changes)

    look()
    assert {"regional", "open", "closed", "sizes", "chubu/sites", "policy.sourcing"} <= seen
