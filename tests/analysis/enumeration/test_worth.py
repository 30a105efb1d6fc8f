"""What rules, tonnes, room and plants are worth is what trying every set of plants says, on drawn folders."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import hubspoke as hs
from brute_force_sets import cost_of_sets, least_of
from drawn_folders import MANY, Drawn, folders, ids_of, obey, state
from hubspoke.analysis.decisions.worth.plant import find_break_even, price_room
from hubspoke.analysis.decisions.worth.rules import price_rules
from hubspoke.analysis.decisions.worth.site import price_tonne
from hubspoke.engine.problem.problem import FORCED_OPEN
from hubspoke.engine.problem.steps import Steps
from hubspoke.plan.states import is_built
from trials import examples

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.worth.state import Difference
    from hubspoke.api.plan import Plan
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network

SECONDS = 60.0
SPLIT = ("single", "single", "split")
ONE = {"hubs": (1, 1), "refineries": (1, 1)}
RULES: dict[str, dict[str, Any]] = {
    "regional": {**ONE, "packs_stay": True, "black_mass_stays": True},
    "shared-refinery": {"hubs": (1, 1), "packs_stay": True},
    "open": {},
}
"""What the policies say, in the words of `obey`."""


def planned(drawn: Drawn) -> tuple[Network, Problem, float, Plan]:
    """Read a folder, state it, try all of its sets and plan it; draws without a plan are left out."""
    network = drawn.read()
    problem = state(network, drawn.policy)
    least = least_of(cost_of_sets(problem))
    assume(least < math.inf)
    return network, problem, least, hs.solve(network, **drawn.asked)


def agree(found: Difference, other: float, least: float) -> None:
    """Hold a difference of two plans against their least costs."""
    assert found.is_infeasible == math.isinf(other)
    if not found.is_infeasible:
        assert found.jpy == pytest.approx(other - least, abs=1.0)
        assert found.least - 1.0 <= other - least <= found.most + 1.0


@pytest.mark.heavy
@given(folders(sourcing=SPLIT), st.integers(0, 3))
@settings(max_examples=examples(5))
def test_a_tonne_more_at_a_site(drawn: Drawn, number: int) -> None:
    network, _, least, plan = planned(drawn)
    tables = [name for name in drawn.tables if name.endswith("/sites")]
    rows = [row for name in tables for row in drawn.tables[name]]
    site = rows[number % len(rows)]
    mass = site["nmc_t"] + site["lfp_t"]
    grown = {**site, **{key: site[key] * (1 + 1 / mass) for key in ("nmc_t", "lfp_t")}}
    own = {name: [grown if row is site else row for row in drawn.tables[name]] for name in tables}
    more = least_of(cost_of_sets(state(Drawn(drawn.tables | own, drawn.policy, drawn.changes).read(), drawn.policy)))
    found = price_tonne(plan, network, site["id"], seconds=SECONDS)
    assert found is not None
    agree(found.difference, more, least)


@pytest.mark.heavy
@given(folders(sourcing=SPLIT), st.integers(0, 5))
@settings(max_examples=examples(5))
def test_more_room_at_a_plant(drawn: Drawn, number: int) -> None:
    network, problem, least, plan = planned(drawn)
    built = [name for table in (plan.hubs, plan.refineries) for name in table.loc[is_built(table), "id"]]
    plant = built[number % len(built)]
    kind = "hubs" if plant in set(network.hubs["id"]) else "refineries"
    at = list(getattr(network, kind)["id"]).index(plant)
    steps: Steps = getattr(problem, kind)
    capacity = steps.capacity.copy()
    largest = int(capacity[at].argmax())
    capacity[at, largest] += max(1.0, 0.01 * capacity[at, largest])
    raised = problem.derive(**{kind: Steps(capacity, steps.fixed, steps.variable)})
    found = price_room(plan, network, plant, seconds=SECONDS)
    agree(found.difference, least_of(cost_of_sets(raised)), least)


@pytest.mark.heavy
@given(folders(sourcing=SPLIT), st.integers(0, 5))
@settings(max_examples=examples(6))
def test_the_cost_at_which_a_plant_would_be_chosen(drawn: Drawn, number: int) -> None:
    """At its break-even the best plan with it costs what the best plan costs; a little above it costs more."""
    network, problem, least, plan = planned(drawn)
    ids = ids_of(network)
    closed = {row["id"] for table in drawn.tables.values() for row in table if row.get("status") == "closed"}
    built = {name for table in (plan.hubs, plan.refineries) for name in table.loc[is_built(table), "id"]}
    others = [name for name in ids if name not in built and name not in closed]
    assume(others)
    plant = others[number % len(others)]

    def with_it(factor: float) -> float:
        return least_of(cost_of_sets(scale(problem, ids.index(plant), factor)))

    found = find_break_even(plan, network, plant, seconds=SECONDS)
    if found is None:
        assert math.isinf(with_it(1.0))
        return
    assert found.chosen_to <= found.left_from + 1e-9
    if found.chosen_to >= 0:
        assert with_it(found.chosen_to) <= least + 1.0 + 1e-6 * least
    if math.isfinite(found.left_from):
        assert with_it(max(found.left_from, 0.0) + 1e-4) > least
    assert found.left_from - max(found.chosen_to, 0.0) <= 1e-3 or found.left_from <= 0


def scale(problem: Problem, plant: int, factor: float) -> Problem:
    """Give a problem in which a plant must be open, at a share of its cost."""
    is_hub = plant < problem.n_hubs
    kind, state_name = ("hubs", "hub_state") if is_hub else ("refineries", "refinery_state")
    at = plant if is_hub else plant - problem.n_hubs
    steps: Steps = getattr(problem, kind)
    fixed, variable = steps.fixed.copy(), steps.variable.copy()
    fixed[at], variable[at] = np.where(np.isfinite(fixed[at]), fixed[at] * factor, np.inf), variable[at] * factor
    scaled = Steps(steps.capacity, fixed, variable)
    states = getattr(problem, state_name).copy()
    states[at] = FORCED_OPEN
    saving = problem.shared_saving.copy()
    if is_hub:
        saving[at] *= factor
    return problem.derive(**{kind: scaled, state_name: states, "shared_saving": saving})


@pytest.mark.heavy
@given(folders(sourcing=SPLIT, regions=2, given=True, policies=["regional", "shared-refinery"]))
@settings(max_examples=examples(4))
def test_rules_and_borders(drawn: Drawn) -> None:
    """Each rule costs what the least cost without it, all others kept, lies below the least cost."""
    assume("policy.hubs_per_region" not in drawn.changes)
    network, _, least, plan = planned(drawn)
    kept = RULES[drawn.policy]
    assert least_of(cost_of_sets(obey(network, **kept))) == pytest.approx(least)
    found = {one.rule.key: one.difference for one in price_rules(plan, network, seconds=SECONDS, borders=True)}
    without: dict[str, Problem] = {"packs_stay": obey(network, **kept | {"packs_stay": False})}
    for kind in ("hubs", "refineries"):
        if kind in kept:
            without[f"fewest_{kind}_per_region"] = obey(network, **kept | {kind: (0, 1)})
            without[f"most_{kind}_per_region"] = obey(network, **kept | {kind: (1, MANY)})
    if "black_mass_stays" in kept:
        without["black_mass_stays"] = obey(network, **kept | {"black_mass_stays": False})
    if "policy.sourcing" not in drawn.changes:
        without["single_sourcing"] = obey(network, **kept).derive(single_sourcing=False)
    # of two regions the one border is all borders
    without["border chubu kanto" if "border chubu kanto" in found else "border kanto chubu"] = obey(
        network, **{key: one for key, one in kept.items() if not key.endswith("_stay") and not key.endswith("_stays")}
    )
    assert set(found) == set(without)
    for key, problem in without.items():
        agree(found[key], least_of(cost_of_sets(problem)), least)
