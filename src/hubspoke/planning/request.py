"""What is asked of a solve, checked against the network."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from numbers import Integral
from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.costs.furnaces import check_worth
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.lanes.lanes import build_lanes
from hubspoke.settings.rules import objective_names, policy_names, resolve_policy
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from hubspoke.base.stop import Stop
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.settings.policy import Policy
    from hubspoke.settings.rules import Rules


@dataclass(frozen=True)
class Request:
    """What is asked of a solve.

    Attributes
    ----------
    policy : {"regional", "shared-refinery", "open"}, optional
        The rules; those of the settings when left out.
    objective : {"cost", "profit", "co2"}, optional
        What is minimised (cost, CO2) or maximised (profit); that of the settings when left out.
    year : int, optional
        Year whose supply is planned; that of the settings when left out.
    regions : sequence of str
        Plan these regions only; all of them when empty.
    opened, closed : collections of str
        Identifiers of plants that must, or must not, be open.
    gap : float, optional
        Relative gap to prove; by policy when left out (regional 1e-6, shared-refinery 1e-4, open 1e-3; 0.01 where
        sites may be left out).
    time_limit : float, optional
        Seconds; the best plan found by then is returned with a valid bound.
    solver : str
        `auto`, or a MILP solver that gets the full model (`highs`, `cbc`, ...).
    seed : int
        Seed of the search; the same seed gives the same plan.
    write_mps : path, optional
        File to which the full strong model is written, in MPS format, before it is solved.
    stop : Stop, optional
        Ends the search when asked, from any thread, with the best plan so far.
    progress : callable, optional
        Called with the name and the seconds of each phase as it ends.
    rated : bool
        Whether what closing each plant costs is found, too.
    lanes : callable
        Returns the lanes of a network and year.
    """

    policy: str | None = None
    objective: str | None = None
    year: int | None = None
    regions: Sequence[str] = ()
    opened: Collection[str] = ()
    closed: Collection[str] = ()
    gap: float | None = None
    time_limit: float | None = None
    solver: str = "auto"
    seed: int = 0
    write_mps: str | Path | None = None
    stop: Stop | None = None
    progress: Callable[[str, float], object] | None = None
    parameters: EngineParameters = DEFAULTS
    rated: bool = True
    lanes: Callable[[Network, int], Lanes] = build_lanes

    def __post_init__(self) -> None:
        """Refuse a text where names in a list are asked for, and a year that is no whole number."""
        for field in ("regions", "opened", "closed"):
            given = getattr(self, field)
            if isinstance(given, str):
                raise UsageError(f"{field} takes a list of names; got the text {given!r}: put it in square brackets")
        if self.year is not None and not isinstance(self.year, Integral):
            raise UsageError(f"year takes a whole number, such as 2040; got {self.year!r}")


@dataclass(frozen=True)
class Task:
    """A request read against a network: what is planned, and under which rules.

    Attributes
    ----------
    network : Network
        Reduced to the regions asked for, with tables of its own.
    year : int
    policy : Policy
        That of the settings, overridden by what the request asks for.
    rules : Rules
    gap : float
        Relative gap to prove.
    opened, closed : frozenset of str
        Plants that must, or must not, be open, by the request or by the orders of the settings.
    """

    network: Network
    year: int
    policy: Policy
    rules: Rules
    gap: float
    opened: frozenset[str]
    closed: frozenset[str]


def read_task(network: Network, request: Request) -> Task:
    """Check a request against the network it is for, and fill in what it leaves to the settings.

    Parameters
    ----------
    network : Network
    request : Request

    Returns
    -------
    Task

    Raises
    ------
    UsageError
        The network lacks what is asked for, or its settings do not allow it.
    InputError
        A table was changed in place, and has faults now.
    """
    network = network.verified()
    policy = choose_policy(network.settings.policy, request.policy, request.objective)
    year = network.settings.horizon.year if request.year is None else request.year
    _check_names(network, request, year)
    _check_limits(request)
    regions = tuple(request.regions)
    part = (network.only(regions) if regions else network).copy()
    rules = resolve_policy(policy)
    _check_abroad(part, rules)
    opened, closed = _join_orders(part, request)
    _check_furnaces(part, rules, year, opened)
    gap = rules.default_gap if request.gap is None else request.gap
    return Task(part, year, policy, rules, gap, opened, closed)


def _join_orders(network: Network, request: Request) -> tuple[frozenset[str], frozenset[str]]:
    """Return the plants that must, and must not, be open; the request goes before the orders of the settings."""
    orders = network.settings.orders
    opened, closed = frozenset(request.opened), frozenset(request.closed)
    shut = set(orders.close)
    for table in (network.hubs, network.refineries[~network.furnaces]):
        ids = set(table["id"])
        if allowed := ids & set(orders.only):
            shut |= ids - allowed
    opened |= frozenset(orders.open) - closed
    return opened, closed | (frozenset(shut) - opened)


def refuse_content(rules: Rules) -> None:
    """Raise UsageError where refineries together must give enough recycled metal, which one plan alone can be asked.

    Parameters
    ----------
    rules : Rules
    """
    if rules.content_duty:
        raise UsageError(
            "policy.recycled_content ties all refineries of one plan together; ask for it in `hubspoke solve` of one "
            "year"
        )


def name_by_ids(network: Network, request: Request) -> Request:
    """Return a request in which regions and plants stand by their ids, where names were given that are sure.

    Parameters
    ----------
    network : Network
    request : Request
        Regions may be named as the outlines name them, such as 九州, and plants by a name that no other plant has.

    Returns
    -------
    Request
        Unknown names are left as they are.
    """
    regions = network.region_names
    named: dict[str, set[str]] = {}
    ids = {plant for table in (network.hubs, network.refineries) for plant in table["id"]}
    for table in (network.hubs, network.refineries):
        for column in ("name", "name_ja"):
            for name, plant in zip(table[column], table["id"], strict=True):
                named.setdefault(_plain(name), set()).add(plant)

    def find(name: str) -> str:
        composed = unicodedata.normalize("NFC", name)
        found = named.get(_plain(name), set())
        return next(iter(found)) if composed not in ids and len(found) == 1 else composed

    return replace(
        request,
        regions=tuple(dict.fromkeys(regions.get(_plain(name), name) for name in request.regions)),
        opened=tuple(dict.fromkeys(find(name) for name in request.opened)),
        closed=tuple(dict.fromkeys(find(name) for name in request.closed)),
    )


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().lower()


def choose_policy(policy: Policy, name: str | None, objective: str | None) -> Policy:
    """Return the policy of the settings, overridden by what is asked for.

    Parameters
    ----------
    policy : Policy
    name, objective : str, optional
        Those of the settings when left out.

    Raises
    ------
    UsageError
        There is no such policy or objective, or it does not fit the rest of the policy.
    """
    if name is not None and name not in policy_names():
        raise UsageError(f"unknown policy {name!r}; choose one of {', '.join(policy_names())}")
    if objective is not None and objective not in objective_names():
        raise UsageError(f"unknown objective {objective!r}; choose one of {', '.join(objective_names())}")
    if objective == "co2" and policy.shortfall_jpy_per_t is not None:
        raise UsageError("policy.shortfall_jpy_per_t is set: yen cannot be weighed against kg of CO2; leave it out")
    return policy.model_copy(update={"name": name or policy.name, "objective": objective or policy.objective})


def _check_abroad(network: Network, rules: Rules) -> None:
    if len(network.overseas) and rules.may_leave_out:
        cure = "set sources.overseas=false, or plan at least cost or CO2 without policy.shortfall_jpy_per_t"
        why = "black mass from abroad must be taken, so it is planned with every site served only"
        raise UsageError(f"{in_commodity_words(why, network.settings, 'en')}; {cure}")


def _check_furnaces(network: Network, rules: Rules, year: int, opened: Collection[str]) -> None:
    furnaces = network.refineries.loc[network.furnaces, "id"]
    if forced := sorted(set(opened) & set(furnaces)):
        raise UsageError(f"{', '.join(forced)}: an electric furnace stands anyway and takes what pays; do not open it")
    if rules.objective == "profit" and len(furnaces):
        check_worth(network, year)


def _check_names(network: Network, request: Request, year: int) -> None:
    """Raise UsageError for a year, region or plant that the network does not have."""
    if year not in network.settings.horizon.years:
        known = ", ".join(map(str, network.settings.horizon.years))
        raise UsageError(
            f"no supply is given for {year}; choose one of {known}, or add it to horizon.years "
            f"(--set horizon.years=[{year}])"
        )
    for region in request.regions:
        if region not in network.regions:
            raise UsageError(f"unknown region {region!r}{nearest_name(region, network.regions)}")
    homes = {
        plant: region
        for table in (network.hubs, network.refineries)
        for plant, region in zip(table["id"], table["region"], strict=True)
    }
    for plant in [*request.opened, *request.closed]:
        if plant not in homes:
            raise UsageError(f"unknown plant {plant!r}{nearest_name(plant, homes)}")
        if request.regions and homes[plant] not in request.regions:
            planned = ", ".join(request.regions)
            raise UsageError(
                f"{plant!r} lies in {homes[plant]}, which is not planned (--region {planned}); "
                f"leave the order out, or plan {homes[plant]}, too"
            )


def _check_limits(request: Request) -> None:
    """Raise UsageError for limits out of range, and for plants asked to be both open and closed."""
    if request.gap is not None and not request.gap >= 0:
        raise UsageError(f"the gap must be 0 or more, got {request.gap}")
    if request.time_limit is not None and not request.time_limit > 0:
        raise UsageError(f"the time limit must be above 0 seconds, got {request.time_limit}")
    both = sorted(set(request.opened) & set(request.closed))
    if both:
        raise UsageError(f"{', '.join(both)}: asked to be both open and closed")
