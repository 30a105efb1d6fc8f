"""Compare tonnes with the least that every open plant must take in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.planning.infeasible.echelons import begin_with, hub_echelon, refinery_echelon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network
    from hubspoke.planning.infeasible.echelons import Echelon
    from hubspoke.settings.rules import Rules


def explain_floors(network: Network, problem: Problem, rules: Rules, refining_scale: float) -> Iterator[str]:
    """Name each region with too few tonnes for the plants that must be open there, or else all regions together."""
    for echelon, floor_t in (
        (hub_echelon(network, problem, rules), rules.hub_floor_t),
        (refinery_echelon(network, problem, rules, refining_scale), rules.refinery_floor_t),
    ):
        if floor_t > 0:
            yield from _compare(echelon, floor_t, must_serve=not rules.may_leave_out)


def _compare(echelon: Echelon, floor_t: float, *, must_serve: bool) -> Iterator[str]:
    regions = len(echelon.regions)
    forced = np.bincount(echelon.group[echelon.forced], minlength=regions)[:regions]
    needed = np.maximum(echelon.counts.fewest[:regions], forced)
    found = False
    if echelon.must_stay_home:
        if must_serve:  # what a region must process at home needs a plant there
            needed = np.maximum(needed, (echelon.tonnes > 0).astype(np.int64))
        for region, count, tonnes in zip(echelon.regions, needed.tolist(), echelon.tonnes.tolist(), strict=True):
            if count and tonnes < count * floor_t * (1 - 1e-9):
                found = True
                yield _say(echelon, region, count, tonnes, floor_t)
    count = max(int(needed.sum()), int(echelon.counts.fewest_in_total), int(must_serve and echelon.tonnes.sum() > 0))
    if not found and echelon.tonnes.sum() < count * floor_t * (1 - 1e-9):
        yield _say(echelon, "all regions", count, float(echelon.tonnes.sum()), floor_t)


def _say(echelon: Echelon, place: str, count: int, tonnes: float, floor_t: float) -> str:
    plants = f"{count} {echelon.one if count == 1 else echelon.many} must be open"
    key = f"policy.min_throughput_{echelon.one}_t_per_yr"
    borders = f" or open the borders (--policy {echelon.open_policy})" if echelon.must_stay_home else ""
    return (
        f"{begin_with(place)}{tonnes:,.0f} t/yr of {echelon.goods}, but {plants} and take in {floor_t:,.0f} t/yr"
        f"{'' if count == 1 else ' each'}; lower that (--set {key}={np.floor(tonnes / count):.0f}){borders}"
    )
