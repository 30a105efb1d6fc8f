"""Whether hubs live on scrap alone, which says that scrap is valued high or hubs are costed low."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hubspoke.money.contracts import bearer_of
from hubspoke.plan.terms import terms_in

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData


class ScrapOfHubs(NamedTuple):
    """Scrap against the cost of hubs, without gate fees, black mass and its freight; yen per year.

    Attributes
    ----------
    hubs, on_scrap : int
        Hubs that take packs, and those of them whose scrap pays for all that they cost.
    sold_jpy, cost_jpy : float
        Of all hubs together.
    """

    hubs: int
    on_scrap: int
    sold_jpy: float
    cost_jpy: float


def scrap_of_hubs(plan: PlanData) -> ScrapOfHubs:
    """Return what the hubs of a plan sell as scrap, and what they cost.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    ScrapOfHubs
    """
    rows = plan.assignments[plan.assignments["hub_id"] != ""]
    own = [f"{name}_jpy" for name in terms_in(rows) if bearer_of(name) == "hub"]
    sold = rows.groupby("hub_id")["byproduct_sales_jpy"].sum()
    cost = rows.groupby("hub_id")[own].sum().sum(axis=1) + plan.hubs.set_index("id")["cost_jpy"].reindex(sold.index)
    paid = (sold > 0) & (sold >= cost)
    return ScrapOfHubs(len(sold), int(paid.sum()), float(sold.sum()), float(cost.sum()))
