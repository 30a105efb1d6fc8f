"""Rules in conflict, and what cures them, are what trying every choice of plants under other rules says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import hubspoke as hs
from brute_force_sets import cost_of_sizes
from drawn_folders import MANY, Drawn, folders, ids_of, obey
from hubspoke.engine.problem.steps import Steps
from trials import examples

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network

RULES: dict[str, dict[str, Any]] = {
    "regional": {"hubs": (1, 1), "refineries": (1, 1), "packs_stay": True, "black_mass_stays": True},
    "shared-refinery": {"hubs": (1, 1), "packs_stay": True},
    "open": {},
}


class Asked:
    """A network under rules by the keys that conflicts tell, any of which may be left out or give way."""

    def __init__(self, network: Network, rules: dict[str, Any], haul: float, closed: tuple[str, ...]) -> None:
        self.network: Network = network
        self.rules: dict[str, Any] = rules
        self.haul: float = haul
        self.closed: tuple[str, ...] = closed

    def state(self, dropped: set[str]) -> Problem:
        """Give the arrays without some rules."""
        rules = {key: one for key, one in self.rules.items() if key not in dropped}
        for kind in ("hubs", "refineries"):
            if kind in rules:
                fewest, most = rules[kind]
                fewest = 0 if f"fewest_{kind}_per_region" in dropped else fewest
                rules[kind] = (fewest, MANY if f"most_{kind}_per_region" in dropped else most)
        closed = tuple(name for name in self.closed if f"close {name}" not in dropped)
        problem = obey(self.network, **rules, closed=closed)
        if "longest_haul" not in dropped:
            length = self.lengths()
            lanes = np.where(length <= self.haul, problem.collection_cost, np.inf)
            problem = problem.derive(collection_cost=lanes)
        for kind, key in (("hubs", "hub_room"), ("refineries", "refinery_room")):
            if key in dropped:
                problem = problem.derive(**{kind: grow(getattr(problem, kind), 1e4)})
        return problem.derive(single_sourcing=False) if "single_sourcing" in dropped else problem

    def lengths(self) -> Any:
        """Give the length of every lane from site to hub, km."""
        from hubspoke.planning.request import Request  # noqa: PLC0415

        return Request().lanes(self.network, self.network.settings.horizon.year).distance_km


def grow(steps: Steps, factor: float) -> Steps:
    """Give plants whose sizes take in more."""
    return Steps(np.where(steps.exists, steps.capacity * factor, 0.0), steps.fixed, steps.variable)


def is_possible(problem: Problem) -> bool:
    """Return whether any choice of sizes has a plan."""
    if not np.isfinite(problem.collection_cost).any(axis=1).all():
        return False
    return any(True for _ in cost_of_sizes(problem))


KEYS = {"regional": ("hubs", "refineries"), "shared-refinery": ("hubs",), "open": ()}


@pytest.mark.heavy
@given(folders(given=True), st.sampled_from([10, 30, 100, 300, 5000]), st.sets(st.integers(0, 5), max_size=2))
@settings(max_examples=examples(10))
def test_no_part_of_the_rules_in_conflict_is_one_and_cures_are_the_least(
    drawn: Drawn, haul: float, numbers: set[int]
) -> None:
    assume("policy.hubs_per_region" not in drawn.changes)
    assume("policy.hubs_in_total" not in drawn.changes)
    network = drawn.read(policy__longest_haul_km=haul)
    ids = ids_of(network)
    closed = tuple(sorted({ids[one % len(ids)] for one in numbers}))
    asked = Asked(drawn.read(), RULES[drawn.policy], haul, closed)
    found = hs.conflict(network, policy=drawn.policy, closed=closed)
    assert bool(found) == (not is_possible(asked.state(set())))
    if not found:
        return
    rules = {"longest_haul", "hub_room", "refinery_room", "single_sourcing", *(f"close {name}" for name in closed)}
    rules |= {key for key in RULES[drawn.policy] if key.endswith(("stay", "stays"))}
    rules |= {f"{end}_{kind}_per_region" for kind in KEYS[drawn.policy] for end in ("fewest", "most")}
    dropped: set[str] = set()
    for conflict in found:
        kept = {rule.key for rule in conflict.rules}
        assert conflict.is_irreducible
        assert kept <= rules - dropped
        if kept:
            assert not is_possible(asked.state(rules - kept))
            assert all(is_possible(asked.state(rules - kept | {key})) for key in kept)
        else:
            assert not is_possible(asked.state(rules))
        alone = {key for key in kept if is_possible(asked.state({key}))}
        assert {cure.key for cure in conflict.cures} == alone
        for cure in conflict.cures:
            assert cure.is_least
            hold_cure(asked, cure.key, cure.share, cure.english)
        assert [cure.share for cure in conflict.cures] == sorted(cure.share for cure in conflict.cures)
        dropped |= kept


def hold_cure(asked: Asked, key: str, share: float, told: str) -> None:
    """Check that a cure leads to a plan, and a step less does not."""
    if key == "longest_haul":
        km = float(re.search(r"longest_haul_km=(\d+)", told)[1])  # type: ignore[index]
        assert share == (km - asked.haul) / asked.haul
        assert is_possible(Asked(asked.network, asked.rules, km, asked.closed).state(set()))
        assert not is_possible(Asked(asked.network, asked.rules, km - 1, asked.closed).state(set()))
    elif key in {"hub_room", "refinery_room"} and share < 1:
        kind = "hubs" if key == "hub_room" else "refineries"
        problem = asked.state(set())
        for factor, holds in ((1 + share, True), (1 + share - 0.01, False)):
            grown = problem.derive(**{kind: grow(getattr(problem, kind), factor)})
            assert is_possible(grown) == holds
    elif key.startswith(("most_", "fewest_")):
        end, kind, _ = key.split("_", 2)
        limits = [int(one) for one in re.search(r"=\[(\d+),(\d+)\]", told).groups()]  # type: ignore[union-attr]
        assert is_possible(Asked(asked.network, asked.rules | {kind: limits}, asked.haul, asked.closed).state(set()))
        nearer = [limits[0] + 1, limits[1]] if end == "fewest" else [limits[0], limits[1] - 1]
        assert not is_possible(
            Asked(asked.network, asked.rules | {kind: nearer}, asked.haul, asked.closed).state(set())
        )
