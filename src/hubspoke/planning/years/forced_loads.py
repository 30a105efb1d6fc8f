"""What plants take in once they are open, where rules leave no choice of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.costs.costs import Costs
    from hubspoke.inputs.network import Network
    from hubspoke.settings.rules import Limits, Rules


def forced_loads(network: Network, costs: Costs, rules: Rules) -> tuple[Floats, Floats]:
    """Return what each hub and each refinery takes in if it is open, NaN where that depends on the plan.

    Parameters
    ----------
    network : Network
    costs : Costs
        Of a year.
    rules : Rules

    Returns
    -------
    hubs, refineries : float arrays, shape (H,), (R,)
        Tonnes per year: all that the region, or the whole, has, where no more than one plant may be open in it, nothing
        crosses its borders, and nothing may be left out.
    """
    regions = {name: at for at, name in enumerate(network.regions)}
    site, hub, refinery = (
        np.asarray(table["region"].map(regions), np.int64)
        for table in (network.sites, network.hubs, network.refineries)
    )
    unknown = np.full(len(hub), np.nan), np.full(len(refinery), np.nan)
    if rules.shortfall_jpy_per_t is not None or rules.has_floors:
        return unknown
    packs: Floats = np.bincount(site, costs.mass_t, len(regions)).astype(np.float64)
    made = costs.supply_t @ costs.yields[:1].sum(axis=2).reshape(-1) if len(hub) else np.zeros(len(site))
    black_mass: Floats = np.bincount(site, made, len(regions)).astype(np.float64)
    alike = bool((costs.yields == costs.yields[:1]).all())
    hubs = _of_regions(hub, packs, rules.hubs_per_region, rules.hubs_in_total, crosses=rules.packs_cross_borders)
    others = not alike or len(network.overseas) > 0 or bool(network.furnaces.any())
    refineries = _of_regions(
        refinery,
        black_mass,
        rules.refineries_per_region,
        rules.refineries_in_total,
        crosses=rules.black_mass_crosses_borders or (rules.packs_cross_borders and len(regions) > 1),
    )
    return hubs, unknown[1] if others else refineries


def _of_regions(region: np.ndarray, tonnes: Floats, each: Limits, total: Limits, *, crosses: bool) -> Floats:
    if total[1] == 1:
        return np.full(len(region), float(tonnes.sum()))
    if each[1] == 1 and (not crosses or len(tonnes) == 1):
        return np.asarray(tonnes[region])
    return np.full(len(region), np.nan)
