"""What a plant costs at its load with each technology that it may have, all else as planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.costs.disassembly import disassembly_jpy_per_t
from hubspoke.costs.mix import class_mix
from hubspoke.costs.rates import hub_rates_of, plant_co2_kg_per_t, refinery_rates_of
from hubspoke.costs.refining_basis import refining_scale
from hubspoke.costs.sizes import SAME, plant_steps
from hubspoke.settings.plants import HubTechnology
from hubspoke.settings.technologies import split_technologies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.base.arrays import Floats
    from hubspoke.inputs.network import Network
    from hubspoke.settings.plants import Technology
    from hubspoke.settings.settings import Settings


def cost_by_technology(
    row: Mapping[Any, Any], kind: str, network: Network, settings: Settings, year: int
) -> dict[str, float]:
    """Return what a plant would cost a year with each of its technologies at the load that it has.

    Capital, maintenance, labour and what the tonnes cost there, CO2 at its price among them, count; what is saved on a
    shared ground, freight, and what metals sell for do not.

    Parameters
    ----------
    row : mapping
        A row of the plan's hubs or refineries.
    kind : {"hub", "refinery"}
    network : Network
    settings : Settings
        Those of the plan.
    year : int
        Planned year, whose packs say what opening a tonne of them costs, and how rich their black mass is.

    Returns
    -------
    dict of str to float
        Yen per year by technology, in the order of the input; infinite where it cannot be that large.
    """
    plants, sizes = (
        (network.hubs, settings.sizes.hub_t_per_yr)
        if kind == "hub"
        else (network.refineries, settings.sizes.refinery_t_per_yr)
    )
    known: Mapping[str, Technology] = settings.hub_technologies if kind == "hub" else settings.takers
    mix_t = class_mix(settings, year, network.supply_t(year))
    scale = 1.0 if kind == "hub" else refining_scale(settings, mix_t)
    rates = np.array([_rate(technology, settings, mix_t, scale) for technology in known.values()])
    carbon = float(settings.carbon.price_jpy_per_t) / 1000
    kg = np.array([plant_co2_kg_per_t(technology, settings.carbon, scale) for technology in known.values()])
    own = plants[plants["id"] == row["id"]]
    steps = plant_steps(own, known, sizes, settings, network.given_sizes, rates=rates, scale=scale)
    load_t, costs = float(row["load_t"]), {}
    for name in split_technologies(str(own["technology"].iloc[0])):
        at = list(known).index(name)
        holds = (steps.technology[0] == at) & (steps.capacity[0] * (1 + SAME) >= load_t)
        yearly = np.where(holds, steps.fixed[0] + steps.variable[0] * load_t, np.inf).min()
        per_t = carbon * kg[at] + (0.0 if steps.has_given[0] else rates[at])
        costs[name] = float(yearly + per_t * load_t)
    return costs


def _rate(technology: Any, settings: Settings, mix_t: Floats, scale: float) -> float:
    if isinstance(technology, HubTechnology):
        return sum(hub_rates_of(technology, settings.energy, disassembly_jpy_per_t(settings, mix_t)).values())
    return sum(refinery_rates_of(technology, settings.energy, scale).values())
