"""What the packs of every region cost, wherever the plants stand that take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.plan.terms import terms_in

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData


def sum_by_origin(plan: PlanData) -> dict[str, float]:
    """Return what the packs of each region cost up to metal; black mass from abroad belongs to the region of its port.

    The table of regions counts plants where they stand. Here what a refinery costs is shared out by the black mass that
    it takes, and what a hub and its black mass cost by the packs that the hub takes. A plant that takes nothing stays
    with its region. The sum over all regions is the cost of the plan.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    dict of str to float
        Yen per year by region.
    """
    paid = dict(zip(plan.regions["region"].astype(str), plan.regions["cost_jpy"].tolist(), strict=True))
    hubs, refineries, flows, packs = plan.hubs, plan.refineries, plan.flows, plan.assignments
    home = dict(zip(hubs["id"], hubs["region"], strict=True))
    taken = dict(zip(hubs["id"], hubs["load_t"].tolist(), strict=True))
    of_hub = dict(zip(hubs["id"], hubs["cost_jpy"].tolist(), strict=True))
    if len(plan.imports):
        home |= dict(zip(plan.imports["port_id"], plan.imports["region"], strict=True))

    def move(jpy: float, source: str, target: str) -> None:
        if source != target:
            paid[source] = paid.get(source, 0.0) - jpy
            paid[target] = paid.get(target, 0.0) + jpy

    plants = {
        name: (region, jpy / load_t if load_t > 0 else 0.0)
        for name, region, jpy, load_t in zip(
            *(refineries[name].tolist() for name in ("id", "region", "cost_jpy", "load_t")), strict=True
        )
    }
    on_the_way = sum((flows[f"{term}_jpy"] for term in terms_in(flows)), start=flows["mass_t"] * 0.0)
    for hub, refinery, mass_t, jpy in zip(
        flows["hub_id"], flows["refinery_id"], flows["mass_t"].tolist(), on_the_way.tolist(), strict=True
    ):
        region, per_t = plants[refinery]
        move(mass_t * per_t, region, home[hub])
        if hub in of_hub:
            of_hub[hub] += mass_t * per_t + jpy
    across = packs[packs["hub_id"].map(home).fillna(packs["region"]) != packs["region"]]
    for hub, region, mass_t in zip(across["hub_id"], across["region"], across["mass_t"].tolist(), strict=True):
        move(of_hub[hub] * mass_t / taken[hub] if taken[hub] > 0 else 0.0, home[hub], region)
    return paid
