"""A plan over several years with the verbs that planners use."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from hubspoke.api.plan import Plan
from hubspoke.plan.years import YearsData

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, eq=False, repr=False)
class YearsPlan(YearsData):
    """A frozen plan over several years: its tables and figures (see `YearsData`), and what can be done with them."""

    plans: Mapping[int, Plan]

    @classmethod
    def of(cls, data: YearsData) -> YearsPlan:
        """Return the plan that holds the tables and figures of `data`."""
        held = {field.name: getattr(data, field.name) for field in fields(YearsData)}
        return cls(**{**held, "plans": {year: Plan.of(plan) for year, plan in data.plans.items()}})
