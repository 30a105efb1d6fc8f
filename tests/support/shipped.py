"""The shipped network and its plans, made once for all tests of a worker."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import hubspoke as hs

if TYPE_CHECKING:
    from hubspoke.api.plan import Plan
    from hubspoke.inputs.network import Network


@cache
def japan() -> Network:
    """Read the data that ship with the package."""
    return hs.read()


@cache
def japan_plan(policy: str = "regional", regions: tuple[str, ...] = ()) -> Plan:
    """Plan them for 2040."""
    return hs.solve(japan(), policy=policy, regions=regions)
