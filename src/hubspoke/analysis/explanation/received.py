"""What plants receive, and what the cost terms of that come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.costs.terms import TERMS
from hubspoke.plan.terms import terms_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.plan.plan import PlanData


def list_received(plan: PlanData, kind: str) -> pd.DataFrame:
    """Return the rows of what plants of a kind (`hub` or `refinery`) receive, with the plant as `plant_id`."""
    rows, plant = (plan.assignments, "hub_id") if kind == "hub" else (plan.flows, "refinery_id")
    return rows.assign(plant_id=rows[plant])


def sum_by_plant(received: pd.DataFrame) -> dict[str, float]:
    """Return the yen per year of what each plant receives, over all cost terms."""
    sums = received.groupby("plant_id")[[f"{term}_jpy" for term in terms_in(received)]].sum().sum(axis=1)
    return {str(plant): float(jpy) for plant, jpy in sums.items()}


def sum_by_term(plant: Mapping[Any, Any], received: pd.DataFrame) -> dict[str, float]:
    """Return the yen per year of each cost term, save those of zero, of a plant (its row) and of what it receives."""
    brought = {term: float(received[f"{term}_jpy"].sum()) for term in terms_in(received)}
    sums = {term.name: float(plant.get(f"{term.name}_jpy", 0.0)) + brought.get(term.name, 0.0) for term in TERMS}
    return {term: jpy for term, jpy in sums.items() if jpy}
