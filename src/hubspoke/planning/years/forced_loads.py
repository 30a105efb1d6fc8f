"""What plants take in once they are open, where rules leave no choice of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.costs.costs import Costs
    from hubspoke.inputs.network import Network
    from hubspoke.settings.rules import Limits, Rules


class Loads(NamedTuple):
    """What the plants of one kind take in once they are open, t per year; N plants.

    Attributes
    ----------
    forced : float array, shape (N,)
        NaN where it depends on the plan.
    most : float array, shape (N,)
        No plan gives it more.
    """

    forced: Floats
    most: Floats


def forced_loads(network: Network, costs: Costs, rules: Rules) -> tuple[Loads, Loads]:
    """Return what hubs and refineries take in if they are open.

    Parameters
    ----------
    network : Network
    costs : Costs
        Of a year.
    rules : Rules

    Returns
    -------
    hubs, refineries : Loads
        All that the region, or the whole, has, where no more than one plant may be open in it, nothing crosses its
        borders, and nothing may be left out.
    """
    regions = {name: at for at, name in enumerate(network.regions)}
    site, hub, refinery = (
        np.asarray(table["region"].map(regions), np.int64)
        for table in (network.sites, network.hubs, network.refineries)
    )
    packs: Floats = np.bincount(site, costs.mass_t, len(regions)).astype(np.float64)
    made = costs.supply_t @ costs.yields[:1].sum(axis=2).reshape(-1) if len(hub) else np.zeros(len(site))
    black_mass: Floats = np.bincount(site, made, len(regions)).astype(np.float64)
    all_served = rules.shortfall_jpy_per_t is None and not rules.has_floors
    borders = rules.black_mass_crosses_borders or (rules.packs_cross_borders and len(regions) > 1)
    hubs = _of_regions(
        hub, packs, rules.hubs_per_region, rules.hubs_in_total, crosses=rules.packs_cross_borders, known=all_served
    )
    known = all_served and not network.furnaces.any() and bool((costs.yields == costs.yields[:1]).all())
    refineries = _of_regions(
        refinery,
        black_mass,
        rules.refineries_per_region,
        rules.refineries_in_total,
        crosses=borders or len(network.overseas) > 0,
        known=known and not len(network.overseas),
    )
    abroad = float(costs.overseas.mass_t.sum())
    return hubs, Loads(refineries.forced, refineries.most + abroad)


def _of_regions(region: Ints, tonnes: Floats, each: Limits, total: Limits, *, crosses: bool, known: bool) -> Loads:
    """Return the loads of plants, by the tonnes of their region, or of all where tonnes may cross borders."""
    inside = np.asarray(tonnes[region], np.float64)
    whole = np.full(len(region), float(tonnes.sum()))
    most = whole if crosses else inside
    alone = total[1] == 1 or (each[1] == 1 and (not crosses or len(tonnes) == 1))
    return Loads((whole if total[1] == 1 else inside) if alone and known else np.full(len(region), np.nan), most)
