"""Sum what every hub and refinery would cost if all packs of its region went to it.

Where each region has one hub, a hub takes all packs of its region or none. What it costs is then a handful of sums, and
a plan can be made anew from them without the sites: for every region a hub, for every hub a refinery. The sums are
parted by the prices that they are in proportion to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.costs.costs import build_costs
from hubspoke.lanes.borders import allowed_lanes
from hubspoke.lanes.lanes import build_lanes
from hubspoke.plan.choices.limits import find_obstacle
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.costs.costs import Costs
    from hubspoke.costs.technologies import PerTonne
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData

FITS = 1 + 1e-9
"""What a plant may take in of its capacity: that much is rounding."""


@dataclass(frozen=True)
class HubSize:
    """What a hub costs at a size at which it holds all packs of its region, yen per year.

    Attributes
    ----------
    other, power, rates : float
        `power` is electricity; `rates` all else that is paid by the tonne at the rates of the technology.
    saving : float
        What it saves while a refinery on its ground is open.
    """

    other: float
    power: float
    rates: float
    saving: float


@dataclass(frozen=True)
class HubChoice:
    """A hub that can take all packs of its region.

    Attributes
    ----------
    id, region : str
    freight, other : float
        Yen per year of bringing the packs: freight, and packaging, removal, CO2 and lanes at a stated cost.
    out_t : float
        Black mass, t per year.
    sizes : tuple of HubSize
        Of those that no other undercuts whatever the prices.
    """

    id: str
    region: str
    freight: float
    other: float
    out_t: float
    sizes: tuple[HubSize, ...]


@dataclass(frozen=True)
class RefinerySize:
    """A size of a refinery: `capacity_t` per year, `fixed` yen per year; the others yen per tonne of black mass.

    `variable` belongs to the plant as `fixed` does, `carbon`, `power` and `rates` to what is brought.
    """

    capacity_t: float
    fixed: float
    variable: float
    carbon: float
    power: float
    rates: float


@dataclass(frozen=True)
class RefineryChoice:
    """A refinery that may be open, with its sizes."""

    id: str
    region: str
    sizes: tuple[RefinerySize, ...]


@dataclass(frozen=True, eq=False)
class Choices:
    """All choices of a plan with one hub in each region: H hubs, R refineries.

    Attributes
    ----------
    regions : tuple of str
        Those whose sites send anything; each needs a hub.
    hubs : tuple of HubChoice
    refineries : tuple of RefineryChoice
    freight, other : float arrays, shape (H, R)
        Yen per tonne of black mass: freight, and CO2 and lanes at a stated cost; infinite where there is no way or the
        policy allows none.
    beside : bool array, shape (H, R)
        Which stand on one ground and share fixed cost.
    opened : frozenset of str
        Plants that must be open.
    """

    regions: tuple[str, ...]
    hubs: tuple[HubChoice, ...]
    refineries: tuple[RefineryChoice, ...]
    freight: Floats
    other: Floats
    beside: Bools
    opened: frozenset[str]


def weigh_choices(plan: PlanData) -> Choices | None:
    """Sum what every choice of plants costs; None where `find_obstacle` names something that forbids it.

    Parameters
    ----------
    plan : PlanData
        With its network.
    """
    if find_obstacle(plan) or plan.network is None:
        return None
    network, rules = plan.network, resolve_policy(plan.settings.policy)
    lanes = build_lanes(network, plan.year)
    costs = build_costs(network, lanes, plan.year)
    sending = set(network.sites["region"].to_numpy(object)[costs.mass_t > 0])
    regions = tuple(region for region in network.regions if region in sending)
    place = {name: at for at, name in enumerate(network.regions)}
    site, hub = (np.asarray(table["region"].map(place), np.int64) for table in (network.sites, network.hubs))
    allowed = allowed_lanes(lanes, site, hub, rules)
    stated = _state_cost(network, network.sites["id"], network.hubs["id"])
    shut = set(plan.hubs.loc[plan.hubs["state"] == "closed", "id"])
    shut |= set(plan.refineries.loc[plan.refineries["state"] == "closed", "id"])
    rows, hubs = [], []
    for region in regions:
        mine = np.flatnonzero(site == place[region])
        must = mine[(costs.mass_t[mine] > 0) | allowed[mine].any(axis=1)]
        for at in np.flatnonzero(hub == place[region]).tolist():
            name = str(network.hubs["id"].iloc[at])
            if name in shut or not allowed[must, at].all():
                continue
            if sizes := tuple(_keep_cheapest(costs, at, float(costs.mass_t[must].sum()))):
                rows.append(at)
                hubs.append(HubChoice(name, region, *_bring(costs, must, at, stated[must, at]), sizes))
    taken = [at for at, name in enumerate(network.refineries["id"].astype(str)) if name not in shut]
    refineries = tuple(_weigh_refinery(costs, network, at) for at in taken)
    open_to = lanes.transfer_reachable[np.ix_(rows, taken)]
    if not rules.black_mass_crosses_borders:
        home, there = (table["region"].to_numpy(object) for table in (network.hubs, network.refineries))
        open_to = open_to & (home[rows][:, None] == there[taken][None, :])
    told = _state_cost(network, network.origins["id"], network.refineries["id"])[np.ix_(rows, taken)]
    freight = lanes.transfer_jpy_per_t[np.ix_(rows, taken)]
    carbon = costs.carbon_jpy_per_kg * lanes.transfer_co2_kg_per_t[np.ix_(rows, taken)].astype(np.float64)
    return Choices(
        regions=regions,
        hubs=tuple(hubs),
        refineries=refineries,
        freight=np.where(open_to, np.where(told, 0.0, freight), np.inf),
        other=np.where(open_to, carbon + np.where(told, freight, 0.0), np.inf),
        beside=costs.beside[np.ix_(rows, taken)],
        opened=frozenset(plan.options.get("open", ())),
    )


def narrow_choices(choices: Choices, region: str) -> Choices:
    """Return the choices of one region alone: its hubs, and the refineries that stand there.

    Parameters
    ----------
    choices : Choices
        Of a plan in which black mass crosses no border, so that each region is planned by itself.
    region : str
    """
    hubs = [at for at, one in enumerate(choices.hubs) if one.region == region]
    refineries = [at for at, one in enumerate(choices.refineries) if one.region == region]
    return Choices(
        regions=tuple(name for name in choices.regions if name == region),
        hubs=tuple(choices.hubs[at] for at in hubs),
        refineries=tuple(choices.refineries[at] for at in refineries),
        freight=choices.freight[np.ix_(hubs, refineries)],
        other=choices.other[np.ix_(hubs, refineries)],
        beside=choices.beside[np.ix_(hubs, refineries)],
        opened=choices.opened,
    )


def _bring(costs: Costs, sites: Ints, at: int, stated: Bools) -> tuple[float, float, float]:
    """Return what bringing all packs of sites to a hub costs: freight, and all else; and the black mass made of them.

    Freight of lanes with a `stated` cost is part of all else.
    """
    terms = costs.collection_terms(sites, at)
    freight = terms["collection_freight"]
    other = freight[stated].sum() + sum(terms[name].sum() for name in ("packaging", "removal", "collection_carbon"))
    out_t = costs.supply_t[sites].sum(axis=0) @ costs.yields[at].sum(axis=1)
    return float(freight[~stated].sum()), float(other), float(out_t)


def _keep_cheapest(costs: Costs, at: int, tonnes: float) -> Iterator[HubSize]:
    """Yield for each technology of a hub the size that holds all packs at least cost, alone and beside a refinery."""
    steps = costs.hub_steps
    fits = np.flatnonzero((steps.capacity[at] > 0) & (steps.capacity[at] * FITS >= tonnes))
    fixed, saving = steps.fixed[at] + steps.variable[at] * tonnes, costs.hub_shared_jpy_per_yr[at]
    for technology in np.unique(steps.technology[at, fits]).tolist():
        sizes = fits[steps.technology[at, fits] == technology]
        power, rates = _rates(costs.at_hubs, technology, "hub_power", steps.has_given[at])
        carbon = costs.carbon_jpy_per_kg * float(costs.at_hubs.co2_kg_per_t[technology])
        best = {int(sizes[fixed[sizes].argmin()]), int(sizes[(fixed - saving)[sizes].argmin()])}
        for size in sorted(best):
            yield HubSize(
                other=float(fixed[size]) + tonnes * carbon,
                power=tonnes * power,
                rates=tonnes * rates,
                saving=float(saving[size]) if costs.beside[at].any() else 0.0,
            )


def _weigh_refinery(costs: Costs, network: Network, at: int) -> RefineryChoice:
    steps, row = costs.refinery_steps, network.refineries.iloc[at]
    sizes = []
    for size in np.flatnonzero(steps.capacity[at] > 0).tolist():
        technology = int(steps.technology[at, size])
        power, rates = _rates(costs.at_refineries, technology, "refinery_power", steps.has_given[at])
        carbon = costs.carbon_jpy_per_kg * float(costs.at_refineries.co2_kg_per_t[technology])
        capacity, fixed = float(steps.capacity[at, size]), float(steps.fixed[at, size])
        sizes.append(RefinerySize(capacity, fixed, float(steps.variable[at, size]), carbon, power, rates))
    return RefineryChoice(str(row["id"]), str(row["region"]), tuple(sizes))


def _rates(at: PerTonne, technology: int, power: str, is_given: bool) -> tuple[float, float]:  # noqa: FBT001
    """Return yen per tonne of electricity, and of all other rates; sizes that are given state theirs."""
    if is_given:
        return 0.0, 0.0
    rates = {name: float(rate[technology]) for name, rate in at.rates_jpy_per_t.items()}
    return rates.pop(power), sum(rates.values())


def _state_cost(network: Network, starts: pd.Series, ends: pd.Series) -> Bools:
    """Return which lanes have a cost that the planner states, shape (starts, ends)."""
    told = network.given_lanes[network.given_lanes["cost_jpy_per_t"].notna()]
    row = pd.Index(starts).get_indexer(pd.Index(told["from_id"]))
    column = pd.Index(ends).get_indexer(pd.Index(told["to_id"]))
    stated = np.zeros((len(starts), len(ends)), np.bool_)
    known = (row >= 0) & (column >= 0)
    stated[row[known], column[known]] = True
    return stated
