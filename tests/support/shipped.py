"""The shipped network and its plans, made once for all tests of a worker."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import hubspoke as hs

if TYPE_CHECKING:
    import pytest

    from hubspoke.api.plan import Plan
    from hubspoke.inputs.network import Network


@cache
def japan() -> Network:
    """Read the data that ship with the package."""
    return hs.read()


@cache
def japan_plan(policy: hs.PolicyName = "regional", regions: tuple[str, ...] = ()) -> Plan:
    """Plan them for 2040."""
    return hs.solve(japan(), policy=policy, regions=regions)


def give_the_plan_of_japan(patch: pytest.MonkeyPatch) -> None:
    """Let a program that reads the data that ship and plans them for 2040 have the plan that is there."""
    network, plan = japan(), japan_plan()

    def solve(given: Network, *, policy: hs.PolicyName, year: int) -> Plan:
        assert given is network
        assert (policy, year) == (plan.policy, plan.year)
        return plan

    patch.setattr(hs, "read", lambda: network)
    patch.setattr(hs, "solve", solve)
