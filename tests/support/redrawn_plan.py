"""A plan whose tonnes, ways and recoveries are drawn anew, for what must hold of every plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
from hypothesis import strategies as st

from hubspoke.settings.load import change_settings

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData

SHARES = st.sampled_from([0.0, 0.1, 1 / 3, 0.5, 0.95, 1.0])
PARTS = st.sampled_from([0.0, 1e-9, 0.1, 1 / 3, 1.0, 7.0])


def redrawn(plan: PlanData, draw: st.DataObject) -> PlanData:
    """Return a plan with other tonnes by class, another division of every hub's black mass, other recoveries."""
    changes = {
        "classes.scrap.consumer": draw.draw(st.sampled_from(["pre", "post"])),
        "metals.lithium.recovery_t_per_t": draw.draw(SHARES),
        "byproducts.copper.recovery_t_per_t": draw.draw(st.sampled_from([0.01, 0.5, 1.0])),
        "furnaces.ferronickel_furnace.alloyed_t_per_t.nickel": draw.draw(SHARES),
    }
    plan = replace(plan, settings=change_settings(plan.settings, changes))
    classes = [f"{name}_t" for name in plan.settings.classes]
    lanes, flows = plan.assignments.copy(), plan.flows.copy()
    for column in classes:
        lanes[column] = [draw.draw(PARTS) for _ in range(len(lanes))]
    lanes["mass_t"] = lanes[classes].sum(axis=1)
    grades = list(plan.settings.grades)
    takers = plan.refineries["id"].tolist()
    places = list(dict.fromkeys([*lanes["hub_id"], *plan.imports["port_id"]]))
    rows = []
    for place in places:
        for grade in grades:
            weights = [draw.draw(PARTS) for _ in takers]
            weights[0] += 0.5
            kind = "port" if place in set(plan.imports["port_id"]) else "hub"
            rows += [(place, kind, taker, grade, weight) for taker, weight in zip(takers, weights, strict=True)]
    flows = pd.DataFrame(rows, columns=["hub_id", "from_kind", "refinery_id", "grade", "mass_t"])
    technology = [draw.draw(st.sampled_from(list(plan.settings.takers))) for _ in takers]
    return replace(plan, assignments=lanes, flows=flows, refineries=plan.refineries.assign(technology=technology))


def two_years(plan: PlanData) -> dict[int, PlanData]:
    """Return two plans of the same network: in the second year the first site brings three times as much."""
    lanes = plan.assignments.copy()
    kg = ["mass_t", *(f"{name}_t" for name in plan.settings.classes)]
    first = lanes["site_id"] == lanes["site_id"].iloc[0]
    lanes.loc[first, kg] *= 3
    return {2030: replace(plan, year=2030), 2035: replace(plan, year=2035, assignments=lanes)}
