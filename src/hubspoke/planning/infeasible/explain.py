"""Explain why no plan exists: which region or plant, how many tonnes, and what would cure it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.planning.infeasible.echelons import Echelon, begin_with, hub_echelon, list_names, refinery_echelon
from hubspoke.planning.infeasible.floors import explain_floors
from hubspoke.planning.infeasible.grades import explain_grades
from hubspoke.planning.infeasible.lanes import explain_lanes
from hubspoke.planning.infeasible.orders import explain_orders, hint_orders
from hubspoke.planning.infeasible.rest import explain_rest
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.settings.rules import Rules


def explain_infeasible(
    network: Network, problem: Problem, rules: Rules, *, refining_scale: float, lanes: Lanes | None = None
) -> str:
    """Explain why a problem has no plan, with a sentence for every reason found.

    Plain sums come first, as they explain most cases and name what to change. Only where they find nothing is the model
    solved with a price on leaving sites unserved; the reasons then name the sites that are left over.

    Parameters
    ----------
    network : Network
    problem : Problem
        Made of the network, without sources abroad; infeasible.
    rules : Rules
    refining_scale : float
        Tonnes of black mass that refineries are stated for, per tonne that enters them; that of the costs.
    lanes : Lanes, optional
        Those of the network, for the distance to the nearest hub.

    Returns
    -------
    str
        A line for each reason; at least one.
    """
    if rules.may_leave_out:
        hubs, refineries = (
            hub_echelon(network, problem, rules),
            refinery_echelon(network, problem, rules, refining_scale),
        )
        reasons = [reason for echelon in (hubs, refineries) for reason in explain_numbers(echelon)]
        reasons += explain_floors(network, problem, rules, refining_scale)
        return "\n".join(reasons) or "the limits on numbers of plants cannot be met together; widen them"
    reasons = find_shortages(network, problem, rules, refining_scale=refining_scale, lanes=lanes)
    reasons = reasons or list(explain_floors(network, problem, rules, refining_scale))
    reasons = reasons or list(hint_orders(network, problem))
    return "\n".join(reasons or explain_rest(network, problem, rules))


def find_shortages(
    network: Network, problem: Problem, rules: Rules, *, refining_scale: float, lanes: Lanes | None = None
) -> list[str]:
    """List every reason against a plan that plain sums find; any one of them proves that there is none.

    Parameters
    ----------
    network : Network
    problem : Problem
        Made of the network, without sources abroad.
    rules : Rules
    refining_scale : float
        Tonnes of black mass that refineries are stated for, per tonne that enters them; that of the costs.
    lanes : Lanes, optional
        Those of the network, for the distance to the nearest hub; needed where the rules limit the haul.

    Returns
    -------
    list of str
        A sentence for each reason, with a cure. Empty where sites may be left out: what finds no room then stays at its
        site.
    """
    if rules.may_leave_out:
        return []
    hubs, refineries = hub_echelon(network, problem, rules), refinery_echelon(network, problem, rules, refining_scale)
    ordered = list(explain_orders(network, problem))
    return [
        *(reason for echelon in (hubs, refineries) for reason in explain_numbers(echelon)),
        *(ordered or explain_lanes(network, problem, rules, lanes)),
        *explain_grades(network, problem, rules),
        *(reason for echelon in (hubs, refineries) for reason in explain_capacity(echelon)),
    ]


def explain_numbers(echelon: Echelon) -> Iterator[str]:
    """Compare the numbers of plants that must be open with those that may be."""
    one, many = echelon.one, echelon.many
    forced = echelon.forced
    for plant in np.flatnonzero(forced & ~echelon.has_size).tolist():
        yield f"{echelon.ids[plant]} must be open and has no size: its max_t is 0; raise max_t or do not open it"
    for group, region in enumerate(echelon.regions):
        members = echelon.group == group
        usable = int((echelon.usable & members).sum())
        fewest, most = int(echelon.counts.fewest[group]), int(echelon.counts.most[group])
        opened = echelon.ids[forced & members]
        if len(opened) > most:
            yield (
                f"{begin_with(region)}{len(opened)} {many} must be open ({list_names(opened)}), "
                f"but at most {most} may be; "
                f"open fewer, or allow {len(opened)} (--set {echelon.key_each}=[{fewest},{len(opened)}])"
            )
        elif usable == 0 and (fewest or echelon.must_stay_home) and echelon.needed[group] > 0:
            yield _explain_none(echelon, group, region)
        elif usable < fewest:
            shut = echelon.ids[members & echelon.closed]
            reopen = f", reopen {list_names(shut)} (--open {shut[0]})" if len(shut) else ""
            yield (
                f"{begin_with(region)}{fewest} {many} must be open, "
                f"but there {'is' if usable == 1 else 'are'} only {usable}; "
                f"add a {one}{reopen}, or ask for fewer (--set {echelon.key_each}=[{usable},{most}])"
            )
    yield from _explain_total(echelon)


def _explain_none(echelon: Echelon, group: int, region: str) -> str:
    shut = echelon.ids[(echelon.group == group) & echelon.closed]
    what = f"{begin_with(region)}{echelon.tonnes[group]:,.0f} t/yr of {echelon.goods}, but no {echelon.one}"
    borders = f" or open the borders (--policy {echelon.open_policy})" if echelon.must_stay_home else ""
    if len(shut):
        which = f"all {len(shut)} are closed ({list_names(shut)})" if len(shut) > 1 else f"{shut[0]} is closed"
        return f"{what}: {which}; reopen one (--open {shut[0]}){borders}"
    return f"{what} stands or could stand there; add a candidate to {echelon.file}{borders}"


def _explain_total(echelon: Echelon) -> Iterator[str]:
    counts, many = echelon.counts, echelon.many
    usable, forced = int(echelon.usable.sum()), int(echelon.forced.sum())
    fewest, most = int(counts.fewest_in_total), int(counts.most_in_total)
    asked = int(
        np.maximum(counts.fewest, np.bincount(echelon.group[echelon.forced], minlength=len(counts.fewest))).sum()
    )
    here = np.bincount(echelon.group[echelon.usable], minlength=len(counts.most))
    possible = int(np.minimum(counts.most, here).sum())
    shut = echelon.ids[echelon.closed]
    if usable == 0 and len(shut) and not echelon.must_stay_home and echelon.needed_in_total > 0:
        cure = f"all {len(shut)} are closed; reopen one (--open {shut[0]})"
        yield f"{echelon.tonnes.sum():,.0f} t/yr of {echelon.goods}, but no {echelon.one} may open: {cure}"
    elif usable < fewest:
        yield f"{fewest} {many} must be open in total, but there are only {usable}; lower {echelon.key_total}"
    elif possible < fewest:
        yield (
            f"{fewest} {many} must be open in total, but the regions may open only {possible}; "
            f"lower {echelon.key_total} or allow more in each region ({echelon.key_each})"
        )
    elif forced > most:
        yield f"{forced} {many} must be open, but {echelon.key_total} allows {most} in total; raise it or open fewer"
    elif asked > most:
        yield (
            f"the regions ask for {asked} {many} together, but {echelon.key_total} allows {most} in total; "
            f"raise it to {asked} or ask for fewer in each region ({echelon.key_each})"
        )


def explain_capacity(echelon: Echelon) -> Iterator[str]:
    """Compare tonnes with what the plants allowed can hold: in each region, then in all."""
    short = False
    if echelon.must_stay_home:
        for group, region in enumerate(echelon.regions):
            members = echelon.usable & (echelon.group == group)
            most = int(echelon.counts.most[group])
            if members.any() and (reason := _explain_room(echelon, region, members, most, echelon.needed[group])):
                short = True
                yield reason
    if not short and echelon.usable.any():
        kept = _keep_allowed(echelon)
        reason = _explain_room(echelon, "all regions", kept, int(echelon.counts.most_in_total), echelon.needed_in_total)
        if reason:
            yield reason


def _explain_room(echelon: Echelon, place: str, members: np.ndarray, most: int, tonnes: float) -> str | None:
    """Explain that even the largest `most` of the members cannot hold the tonnes; return None where they can."""
    order = sorted(np.flatnonzero(members).tolist(), key=lambda j: (not echelon.forced[j], -echelon.largest[j], j))
    room = np.cumsum(echelon.largest[order])
    allowed = min(most, len(order))
    if room[allowed - 1] >= tonnes * (1 - 1e-9):
        return None
    names = list_names(echelon.ids[order[:allowed]])
    held = f"{room[allowed - 1]:,.0f} t/yr ({names})"
    limited = most < len(order)
    there = "allowed" if limited else "there"
    who = f"the one {echelon.one} {there} holds" if allowed == 1 else f"the {allowed} {echelon.many} {there} hold"
    cure = _cure_room(echelon, place, order, room, tonnes, limited=limited)
    return f"{begin_with(place)}{tonnes:,.0f} t/yr of {echelon.goods}, but {who} at most {held}; {cure}"


def _cure_room(
    echelon: Echelon, place: str, order: list[int], room: np.ndarray, tonnes: float, *, limited: bool
) -> str:
    grown = any(echelon.max_t[j] > echelon.largest[j] * (1 + 1e-9) for j in order)
    cures = [f"add a larger size ({echelon.key_sizes}) and raise max_t" if grown else "raise max_t"]
    enough = int(np.searchsorted(room, tonnes * (1 - 1e-9))) + 1
    everywhere = place == "all regions"
    if limited and enough <= len(order):
        key = echelon.key_total if everywhere else echelon.key_each
        cures.append(f"allow {enough} {echelon.many} (--set {key}=[{min(echelon.fewest(place), enough)},{enough}])")
    elif not limited:
        cures.append(f"add a {echelon.one}")
    if not everywhere:
        cures.append(f"open the borders (--policy {echelon.open_policy})")
    return ", ".join(cures[:-1]) + (" or " if len(cures) > 1 else "") + cures[-1]


def _keep_allowed(echelon: Echelon) -> np.ndarray:
    """Return which plants are the largest of their region, as many as may open; those that must open come first."""
    kept = np.zeros(len(echelon.ids), np.bool_)
    for group in range(len(echelon.regions)):
        members = np.flatnonzero(echelon.usable & (echelon.group == group)).tolist()
        members.sort(key=lambda j: (not echelon.forced[j], -echelon.largest[j], j))
        kept[members[: min(int(echelon.counts.most[group]), len(members))]] = True
    return kept


def explain_overseas(network: Network) -> str:
    """Explain that there is a plan without black mass from abroad, and none with it.

    Parameters
    ----------
    network : Network
        With sources abroad.

    Returns
    -------
    str
        One sentence that names the sources, their tonnes per year, and a cure.
    """
    landed = ", ".join(
        f"{row.name_} {row.black_mass_t:,.0f} t/yr"
        for row in network.overseas.rename(columns={"name": "name_"}).itertuples()
    )
    return in_commodity_words(
        f"there is a plan without the black mass from abroad ({landed}), none with it: no open refinery that may take "
        "it from the ports has room; allow more or larger refineries, another policy, or set sources.overseas=false",
        network.settings,
        "en",
    )
