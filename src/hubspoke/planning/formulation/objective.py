"""Turn each objective into an amount to minimise, and that amount back into the figure that a plan reports."""

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
    """What is minimised, as arrays: S sites, H hubs, K hub sizes, R refineries, B grades, O sources abroad, N ports.

    Amounts are yen, or kg of CO2 under least CO2.

    Attributes
    ----------
    collection : float array, shape (S, H)
        Amount per year of serving the whole site from the hub; infinite where there is no lane.
    hubs, refineries : PlantSteps
        Sizes of the plants; under least CO2 they cost nothing.
    hub_beyond, refinery_beyond : float arrays, shape (H, K), (R, L)
        Amount per tonne at each size on top of that of the sizes, collection and transfer, where a plant may be built
        with several technologies; 0 or more, and 0 at other plants.
    transfer : float array, shape (H + N, R, B)
        Amount per tonne of black mass from hub or port to refinery, ports behind hubs; infinite where there is no lane.
    skip : float array, shape (S,)
        Amount per year of leaving the whole site out; infinite where it must be served.
    landing : float array, shape (O, N)
        Amount per tonne brought from each source abroad to each port; infinite where no ship goes.
    purchase : float array, shape (O,)
        Amount per tonne bought from each source abroad.
    shared : float array, shape (H, K)
        Amount per year that a hub of that size saves while a refinery on its ground is open.
    """

    collection: Floats
    hubs: PlantSteps
    transfer: Floats
    refineries: PlantSteps
    hub_beyond: Floats
    refinery_beyond: Floats
    skip: Floats
    landing: Floats
    purchase: Floats
    shared: Floats


def objective_terms(costs: Costs, rules: Rules) -> ObjectiveTerms:
    """Return the objective of the rules as amounts to minimise.

    Profit is maximised by minimising cost plus sales forgone: what all packs would sell for, less that amount, is the
    profit. The amount stays positive, so that its relative gap means something even where the profit is near zero.
    """
    skip = np.full(len(costs.mass_t), np.inf)
    costs, hub_beyond, refinery_beyond = costs.of_least(kg=rules.objective == "co2")
    if rules.objective == "co2":
        ores = costs.transfer_ore_kg_per_t() if rules.counts_ores else 0.0
        return ObjectiveTerms(
            collection=costs.collection_co2_kg_per_yr(),
            hubs=costs.hub_steps.free(),
            transfer=costs.transfer_co2_kg_per_t() + ores,
            refineries=costs.refinery_steps.free(),
            hub_beyond=hub_beyond,
            refinery_beyond=refinery_beyond,
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
        hub_beyond=hub_beyond,
        refinery_beyond=refinery_beyond,
        skip=skip,
        landing=costs.landing_jpy_per_t(),
        purchase=costs.overseas.price_jpy_per_t,
        shared=costs.hub_shared_jpy_per_yr,
    )


def reported_value(least: float, costs: Costs, rules: Rules) -> float:
    """Return the figure that a plan reports for an amount that was minimised, or for the bound on that amount.

    Parameters
    ----------
    least : float
        Amount per year: yen, or kg of CO2 under least CO2.
    costs : Costs
        Of the network and year planned.
    rules : Rules
        Those under which the amount was minimised.

    Returns
    -------
    float
        Under most profit the sales of all packs less the amount, in yen per year; otherwise the amount itself.
    """
    return float(costs.sales_jpy_per_yr.sum()) - least if rules.objective == "profit" else least
