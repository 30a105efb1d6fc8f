"""Sites that no hub can serve: too far, no road, or too large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.inputs.tables.schema import FORBIDDEN
from hubspoke.planning.infeasible.echelons import begin_with, list_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.settings.rules import Rules


def explain_lanes(network: Network, problem: Problem, rules: Rules, lanes: Lanes | None) -> Iterator[str]:
    """Name the sites without a lane, and the distance limit that would give them one."""
    usable = (problem.hub_state >= 0) & problem.hubs.exists.any(axis=1)
    allowed = np.broadcast_to(usable, problem.collection_cost.shape)
    if not rules.packs_cross_borders:
        home = network.sites["region"].to_numpy(object)[:, None] == network.hubs["region"].to_numpy(object)[None, :]
        allowed = allowed & home
    reach = allowed & np.isfinite(problem.collection_cost)
    stranded = np.asarray(allowed.any(axis=1) & ~reach.any(axis=1) & (problem.mass > 0), np.bool_)
    far = np.zeros_like(stranded)
    if rules.longest_haul_km is not None and lanes is not None:
        km = np.where(allowed & lanes.reachable, lanes.distance_km, np.inf)
        far = np.asarray(stranded & np.isfinite(km).any(axis=1), np.bool_)
        yield from _explain_far(network, problem, rules, far, km)
    if not stranded.any():
        known = lanes is not None and rules.longest_haul_km is not None
        km = lanes.distance_km if lanes is not None and known else np.where(reach, 0.0, np.inf)
        km = np.where(allowed & (lanes.reachable if lanes is not None else reach), km, np.inf)
        yield from _explain_one_hub(network, problem, reach, km)
    shut = stranded & ~far & ~(allowed & ~_find_forbidden(network)).any(axis=1)
    if shut.any():
        sites = _count_sites(network, problem, shut)
        yield f"{sites} may go to no hub: lanes.csv forbids every one; allow a lane there"
    lost = stranded & ~far & ~shut
    if lost.any():
        yield (
            f"{_count_sites(network, problem, lost)} can reach no hub by road or ferry; "
            "add the road or ferry to roads.csv, or state the lanes in lanes.csv"
            + (" (some are forbidden there)" if (network.given_lanes["status"] == FORBIDDEN).any() else "")
        )
    if rules.single_sourcing:
        yield from _explain_large(network, problem, reach)


def _find_forbidden(network: Network) -> NDArray[np.bool_]:
    """Return which lanes the planner forbids, shape (sites, hubs)."""
    given = network.given_lanes[network.given_lanes["status"] == FORBIDDEN]
    sites, hubs = (
        {name: at for at, name in enumerate(table["id"].tolist())} for table in (network.sites, network.hubs)
    )
    found = np.zeros((len(sites), len(hubs)), np.bool_)
    for site, hub in zip(given["from_id"].tolist(), given["to_id"].tolist(), strict=True):
        if site in sites and hub in hubs:
            found[sites[site], hubs[hub]] = True
    return found


def _explain_far(
    network: Network, problem: Problem, rules: Rules, far: NDArray[np.bool_], km: NDArray[np.float64]
) -> Iterator[str]:
    nearest, needs, several = km.min(axis=1, initial=np.inf), [], []
    for group, region in enumerate(network.regions):
        home = (network.sites["region"] == region).to_numpy(bool)
        here = far & home
        if not here.any():
            continue
        near, farthest = float(nearest[here].min()), float(nearest[here].max())
        span = f"{near:,.0f} km" if round(near) == round(farthest) else f"{near:,.0f}–{farthest:,.0f} km"
        captive = problem.hub_counts.most[group] == 1 and not rules.packs_cross_borders
        needs.append(int(np.ceil(_one_hub_km(km[home]) if captive else farthest)))
        several.append((_count_hubs(km[home], farthest) if captive else 1, int(np.ceil(farthest))))
        hubs, km_then = several[-1]
        more = (
            f", allow {hubs} hubs and {km_then} km (--set policy.hubs_per_region=[1,{hubs}] --set "
            f"policy.longest_haul_km={km_then})"
            if km_then < needs[-1]
            else ""
        )
        yield (
            f"{begin_with(region)}no hub allowed is within {rules.longest_haul_km:,.0f} km of "
            f"{_count_sites(network, problem, here)}; the nearest is {span} away; raise the limit "
            f"(--set policy.longest_haul_km={needs[-1]}){more} or add a hub nearer"
        )
    if len(needs) > 1:
        hubs, km_then = (max(column) for column in zip(*several, strict=True))
        alone = f"all these regions together need --set policy.longest_haul_km={max(needs)}"
        if km_then < max(needs):
            yield f"{alone}, or --set policy.hubs_per_region=[1,{hubs}] --set policy.longest_haul_km={km_then}"
        else:
            yield alone


def _count_hubs(km: NDArray[np.float64], limit_km: float) -> int:
    """Return how many hubs reach all sites within a limit, each time the one that reaches most of those left."""
    left, count = km[(km <= limit_km).any(axis=1)] <= limit_km, 0
    while len(left):
        left = left[~left[:, left.sum(axis=0).argmax()]]
        count += 1
    return count


def _one_hub_km(km: NDArray[np.float64]) -> float:
    """Return the least distance limit at which one hub reaches all sites; where none ever does, the longest lane."""
    needed = float(km.max(axis=0, initial=0.0).min(initial=np.inf))
    return needed if np.isfinite(needed) else float(km[np.isfinite(km)].max())


def _explain_one_hub(
    network: Network, problem: Problem, reach: NDArray[np.bool_], km: NDArray[np.float64]
) -> Iterator[str]:
    """Name each region that may open one hub only, where no hub reaches all of its sites."""
    group = problem.hub_counts.group
    for index, region in enumerate(network.regions):
        sites = (network.sites["region"] == region).to_numpy(bool) & (problem.mass > 0)
        hubs = np.flatnonzero((group == index) & reach.any(axis=0))
        if problem.hub_counts.most[index] != 1 or not sites.any() or not len(hubs):
            continue
        if reach[sites][:, group != index].any():
            continue
        missed = (~reach[np.ix_(sites, hubs)]).sum(axis=0)
        best = int(missed.argmin())
        if not missed[best]:
            continue
        hub, count = network.hubs["id"].iloc[hubs[best]], int(missed[best])
        two = "allow 2 hubs (--set policy.hubs_per_region=[1,2])"
        if np.isfinite(km[np.ix_(sites, hubs)]).all(axis=0).any():
            needed = _one_hub_km(km[np.ix_(sites, hubs)])
            yield (
                f"{begin_with(region)}the one hub allowed must be near enough to all {int(sites.sum()):,} sites, "
                f"but even "
                f"{hub} is too far from {count:,} of them; raise the limit "
                f"(--set policy.longest_haul_km={np.ceil(needed):.0f}) or {two}"
            )
        else:
            lost = np.flatnonzero(sites)[~reach[np.ix_(sites, hubs[[best]])][:, 0]]
            names = list_names(network.sites["id"].to_numpy(object)[lost])
            yield (
                f"{begin_with(region)}no hub can be reached from all {int(sites.sum()):,} sites, "
                f"and one hub is allowed: no way "
                f"leads to {hub} from {count:,} of them ({names}); add a road or ferry to roads.csv, or {two}"
            )


def _explain_large(network: Network, problem: Problem, reach: NDArray[np.bool_]) -> Iterator[str]:
    largest = np.where(problem.hubs.exists, problem.hubs.capacity, 0.0).max(axis=1, initial=0.0)
    room = np.where(reach, largest, 0.0).max(axis=1, initial=0.0)
    for site in np.flatnonzero(reach.any(axis=1) & (problem.mass > room * (1 + 1e-9))).tolist()[:5]:
        yield (
            f"site {network.sites['id'].iloc[site]}: {problem.mass[site]:,.0f} t/yr, but the largest hub it can reach "
            f"holds {room[site]:,.0f} t/yr; let sites be divided (--set policy.sourcing=split) or raise max_t"
        )


def _count_sites(network: Network, problem: Problem, chosen: NDArray[np.bool_]) -> str:
    names = network.sites["id"].to_numpy(object)[chosen]
    tonnes = float(problem.mass[chosen].sum())
    return f"{len(names):,} site{'s' if len(names) > 1 else ''} with {tonnes:,.0f} t/yr ({list_names(names)})"
