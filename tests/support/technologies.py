"""The best plan of one hub and one refinery by trying every technology and size of every pair."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.costs.costs import build_costs
from hubspoke.lanes.lanes import build_lanes

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network


def best_pair(network: Network, objective: str) -> tuple[float, str, str]:
    """Return the objective of the best hub and refinery of one region that takes all, and their technologies."""
    lanes = build_lanes(network, 2040)
    costs = build_costs(network, lanes, 2040)
    prices = network.settings.price_levels[network.settings.market.price_level].usd_per_t
    rate = float(network.settings.market.jpy_per_usd)
    packs_t = costs.supply_t.sum(axis=0)
    sold = {name: float(usd) * rate for name, usd in prices.items()}
    held = {
        name: sum(
            tonnes * float(pack.metal_t_per_t.get(name, 0.0))
            for tonnes, pack in zip(packs_t.tolist(), network.settings.classes.values(), strict=True)
        )
        for name in network.settings.metals
    }
    best = (np.inf, "", "")
    for hub, refinery in product(range(len(network.hubs)), range(len(network.refineries))):
        sizes = zip(*np.nonzero(costs.hub_steps.capacity[hub : hub + 1] > 0), strict=True)
        for (_, k), (_, size) in product(
            list(sizes), list(zip(*np.nonzero(costs.refinery_steps.capacity[refinery : refinery + 1] > 0), strict=True))
        ):
            hub_size = np.full(len(network.hubs), -1)
            refinery_size = np.full(len(network.refineries), -1)
            hub_size[hub], refinery_size[refinery] = k, size
            made = costs.of_sizes(hub_size, refinery_size)
            black_mass = costs.supply_t @ costs.yields[hub]
            load, taken = float(packs_t.sum()), float(black_mass.sum())
            if load > costs.hub_capacity[hub, k] or taken > costs.refinery_capacity[refinery, size]:
                continue
            names = (
                costs.at_hubs.names[costs.hub_steps.technology[hub, k]],
                costs.at_refineries.names[costs.refinery_steps.technology[refinery, size]],
            )
            if objective == "co2":
                total = made.collection_co2_kg_per_yr()[:, hub].sum()
                total += (made.transfer_co2_kg_per_t()[hub, refinery] * black_mass.sum(axis=0)).sum()
            else:
                total = made.collection_jpy_per_yr()[:, hub].sum()
                total += (made.transfer_jpy_per_t()[hub, refinery] * black_mass.sum(axis=0)).sum()
                total += costs.hub_steps.fixed[hub, k] + costs.hub_steps.variable[hub, k] * load
                total += (
                    costs.refinery_steps.fixed[refinery, size] + costs.refinery_steps.variable[refinery, size] * taken
                )
            if objective == "profit":
                own = network.settings.refinery_technologies[names[1]].recovery_t_per_t
                total -= float(costs.byproduct_sales_jpy_per_yr.sum())
                for name, metal in network.settings.metals.items():
                    total -= held[name] * float(own.get(name, metal.recovery_t_per_t)) * sold[name]
            if total < best[0]:
                best = (float(total), *names)
    return (-best[0] if objective == "profit" else best[0]), best[1], best[2]
