"""Prices that can be moved in a plan made of sums, and the settings that move them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.costs.rates import HUB_RATES, REFINERY_RATES
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData

FREIGHT, POWER, HUB, REFINERY = "freight", "power", "hub", "refinery"
PRICES = (FREIGHT, POWER, HUB, REFINERY)
"""Freight; electricity; what hubs, and what refineries, pay by the tonne that enters, electricity included."""


@dataclass(frozen=True)
class Price:
    """A price that can be moved.

    Attributes
    ----------
    name : str
        One of `PRICES`.
    settings : tuple of (str, float)
        Settings to multiply, by dotted key, and what they are in the plan.
    """

    name: str
    settings: tuple[tuple[str, float], ...]


def list_prices(plan: PlanData) -> tuple[Price, ...]:
    """List the prices to which parts of the cost of every choice are in proportion, and which settings can move.

    Left out are freight where black mass crosses borders and lanes have a stated cost, prices of nothing,
    those of plants whose sizes the planner gives without a cost per tonne, and those of technologies that a scenario
    derived of others, which have no settings of their own.

    Parameters
    ----------
    plan : PlanData
    """
    settings = plan.settings
    prices = []
    if not (resolve_policy(settings.policy).black_mass_crosses_borders and _may_state_freight(plan)):
        prices.append(Price(FREIGHT, (("roads.freight_factor", float(settings.roads.freight_factor)),)))
    if not _borrow_rates(plan):
        prices.append(Price(POWER, (("energy.power_jpy_per_kwh", float(settings.energy.power_jpy_per_kwh)),)))
        for name, section, technologies in (
            (HUB, "hub_technologies", settings.hub_technologies),
            (REFINERY, "refinery_technologies", settings.refinery_technologies),
        ):
            if not any(technology.derived_from for technology in technologies.values()):
                factors = ((key, float(one.variable_factor)) for key, one in technologies.items())
                keys = tuple((f"{section}.{key}.variable_factor", factor) for key, factor in factors)
                prices.append(Price(name, keys))
    return tuple(price for price in prices if any(value > 0 for _, value in price.settings))


def sum_paid(plan: PlanData) -> dict[str, float]:
    """Return what a plan pays at the prices that can be moved, yen per year.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    dict of str to float
        `freight`, and `hub_power`, `hub_rates`, `refinery_power`, `refinery_rates`: electricity, and all else that is
        paid by the tonne at the rates of the technologies.
    """
    paid = plan.costs.groupby("term")["cost_jpy"].sum()
    parts = {
        "freight": ("collection_freight", "black_mass_freight"),
        "hub_power": ("hub_power",),
        "hub_rates": tuple(term for term in HUB_RATES if term != "hub_power"),
        "refinery_power": ("refinery_power",),
        "refinery_rates": tuple(term for term in REFINERY_RATES if term != "refinery_power"),
    }
    return {name: float(paid.reindex(list(terms)).fillna(0.0).sum()) for name, terms in parts.items()}


def _may_state_freight(plan: PlanData) -> bool:
    """Return whether lanes have a cost that the planner states, or may have."""
    return plan.network is None or bool(plan.network.given_lanes["cost_jpy_per_t"].notna().any())


def _borrow_rates(plan: PlanData) -> bool:
    """Return whether a size that the planner gives has the cost per tonne of its technology, or may have."""
    if plan.network is None:
        return True
    return bool(plan.network.given_sizes["variable_jpy_per_t"].isna().any())
