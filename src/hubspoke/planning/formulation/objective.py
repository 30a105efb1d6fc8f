"""Objectives: how each becomes an amount to be made least, and that amount the figure a plan is told by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.costs.costs import Costs
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.settings.rules import Rules


@dataclass(frozen=True, eq=False)
class ObjectiveTerms:
    """What is made least, as arrays: S sites, H hubs, R refineries, B grades, O sources abroad, N ports.

    Attributes
    ----------
    collection : (S, H)
    hubs, refineries : PlantSteps
    transfer : (H, R, B)
    skip : (S,)
        Of leaving a whole site out; infinite where it must be served.
    landing : (O, N)
        Of bringing a tonne from each source abroad to each port; infinite where no ship goes.
    purchase : (O,)
        Of a tonne bought there.
    shared : (H, K)
        Saved by a hub while a refinery on its ground is open.
    """

    collection: Floats
    hubs: PlantSteps
    transfer: Floats
    refineries: PlantSteps
    skip: Floats
    landing: Floats
    purchase: Floats
    shared: Floats


def objective_terms(costs: Costs, rules: Rules) -> ObjectiveTerms:
    """State the objective of the rules as amounts to be made least.

    Most profit is least cost plus sales forgone: what all packs would sell for, less that, is the profit. So the amount
    stays positive, and its gap means something where the profit is near zero.
    """
    skip = np.full(len(costs.mass_t), np.inf)
    if rules.objective == "co2":
        return ObjectiveTerms(
            collection=costs.collection_co2_kg_per_yr(),
            hubs=costs.hub_steps.free(),
            transfer=costs.transfer_co2_kg_per_t(),
            refineries=costs.refinery_steps.free(),
            skip=skip,
            landing=costs.landing_co2_kg_per_t(),
            purchase=np.zeros(len(costs.overseas.mass_t)),
            shared=np.zeros_like(costs.hub_shared_jpy_per_yr),
        )
    transfer = costs.transfer_jpy_per_t()
    if rules.objective == "profit":
        transfer += costs.transfer_sales_lost_jpy_per_t()
    if rules.shortfall_jpy_per_t is not None:
        skip = costs.mass_t * rules.shortfall_jpy_per_t
        if rules.objective == "profit":
            skip += costs.sales_jpy_per_yr
    return ObjectiveTerms(
        collection=costs.collection_jpy_per_yr(),
        hubs=costs.hub_steps,
        transfer=transfer,
        refineries=costs.refinery_steps,
        skip=skip,
        landing=costs.landing_jpy_per_t(),
        purchase=costs.overseas.price_jpy_per_t,
        shared=costs.hub_shared_jpy_per_yr,
    )


def reported_value(least: float, costs: Costs, rules: Rules) -> float:
    """Turn an amount made least into the figure of the objective: yen of cost, yen of profit, kg of CO2."""
    return float(costs.sales_jpy_per_yr.sum()) - least if rules.objective == "profit" else least
