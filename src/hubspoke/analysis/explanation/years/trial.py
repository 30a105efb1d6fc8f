"""Plan several years again with the first year of one plant prescribed, and compare what it all costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from hubspoke.base.errors import InfeasibleError, NoPlanFoundError, UsageError
from hubspoke.plan.horizon.parts import split_present_cost
from hubspoke.plan.years import OPEN
from hubspoke.planning.request import Request
from hubspoke.planning.years.solve import solve_years
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.inputs.network import Network
    from hubspoke.plan.years import YearsData

ROUNDED_JPY = 0.5
"""Amounts below this are told as nothing."""


@dataclass(frozen=True)
class YearsTrial:
    """What comes of planning all years again with one plant first open in another year, or never.

    Attributes
    ----------
    year : int or None
        The year in which it opens; None where it never does.
    outcome : {"plan", "infeasible", "no plan found"}
    reason : str
        Why there is no plan; empty where there is one.
    more : float or None
        By how much the new plan is worse over the horizon: yen in present value that it costs more or earns less, or
        kg of CO2.
    least_more, most_more : float or None
        Proven range of the difference between the best plans that exist, both gaps considered.
    gap : float or None
        Proven gap of the new plan.
    parts_jpy : mapping of str to float
        What the difference in cost is made of, by `PARTS` of `plan/horizon/parts.py`.
    opens : tuple of (id, year)
        Other plants that are first open in another year than in the plan, or only now.
    drops : tuple of str
        Other plants that are no longer used in any year.
    """

    year: int | None
    outcome: Literal["plan", "infeasible", "no plan found"]
    reason: str = ""
    more: float | None = None
    least_more: float | None = None
    most_more: float | None = None
    gap: float | None = None
    parts_jpy: Mapping[str, float] = field(default_factory=dict)
    opens: tuple[tuple[str, int], ...] = ()
    drops: tuple[str, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Whether the sign of the difference is proven, or that there is no plan."""
        if self.outcome == "infeasible":
            return True
        return self.least_more is not None and (self.least_more > 0 or (self.most_more or 0.0) < 0)


def try_opening(
    plan: YearsData, plant_id: str, region: str, year: int | None, network: Network, *, seconds: float
) -> YearsTrial:
    """Plan all years again with a plant first open in a year, or never.

    Parameters
    ----------
    plan : YearsData
    plant_id, region : str
        The plant, and where it lies: that region alone is planned again where regions share nothing.
    year : int or None
        A planned year; None for never.
    network : Network
        What was planned, with the settings of no year in particular.
    seconds : float
        Time limit.
    """
    options = plan.options
    planned = tuple(options.get("regions", ()))
    regions = (region,) if stands_alone(plan) else planned
    part = network.only(regions) if regions else network
    there = set(part.hubs["id"]) | set(part.refineries["id"])
    opened, closed = (sorted({*options.get(key, ())} & there - {plant_id}) for key in ("open", "close"))
    before = [one for one in plan.years if year is None or one < year]
    request = Request(
        regions=regions, opened=opened, closed=closed, gap=float(options["gap"]), time_limit=seconds,
        seed=int(options.get("seed", 0)),
    )  # fmt: skip
    try:
        other = solve_years(
            network, request, plan.years, dict.fromkeys(before, (plant_id,)),
            {} if year is None else {year: (plant_id,)},
        )  # fmt: skip
    except InfeasibleError as error:
        return YearsTrial(year, "infeasible", reason=str(error))
    except NoPlanFoundError as error:
        return YearsTrial(year, "no plan found", reason=str(error))
    return _weigh(plan, other, plant_id, year, regions if regions != planned else ())


def stands_alone(plan: YearsData) -> bool:
    """Return whether the regions of a plan at least cost share nothing in any year.

    Parameters
    ----------
    plan : YearsData
    """
    years = plan.settings.years
    tied = (
        plan.objective != "cost"
        or bool(years.budget_jpy)
        or years.budget_in_total_jpy is not None
        or years.hubs_opened_most is not None
        or years.refineries_opened_most is not None
        or bool(years.least_share)
        or bool(years.switch_jpy)
    )
    rules = [resolve_policy(one.settings.policy) for one in plan.plans.values()]
    return not tied and all(
        not one.packs_cross_borders
        and not one.black_mass_crosses_borders
        and (one.hubs_in_total, one.refineries_in_total) == ((0, None), (0, None))
        for one in rules
    ) and not any(len(one.imports) for one in plan.plans.values())  # fmt: skip


def first_open(plan: YearsData) -> dict[str, int]:
    """Return the first year in which each plant is open.

    Parameters
    ----------
    plan : YearsData
    """
    rows = plan.schedule[plan.schedule["stage"] == OPEN]
    return {str(name): int(year) for name, year in rows.groupby("id", sort=False)["year"].min().items()}


def _weigh(plan: YearsData, other: YearsData, plant_id: str, year: int | None, regions: tuple[str, ...]) -> YearsTrial:
    was_parts, parts = split_present_cost(plan, regions), split_present_cost(other)
    sign = -1.0 if plan.objective == "profit" else 1.0
    was = sum(was_parts.values()) if regions else plan.objective_value
    slack = abs(plan.objective_value - plan.bound_value)
    more, least = (sign * (value - was) for value in (other.objective_value, other.bound_value))
    here = plan.schedule[plan.schedule["region"].isin(list(regions))] if regions else plan.schedule
    before = {name: at for name, at in first_open(plan).items() if name in set(here["id"]) and name != plant_id}
    now = {name: at for name, at in first_open(other).items() if name != plant_id}
    return YearsTrial(
        year,
        "plan",
        more=more,
        least_more=least,
        most_more=more + slack,
        gap=other.gap,
        parts_jpy={name: parts[name] - was_parts[name] for name in parts},
        opens=tuple((name, at) for name, at in now.items() if before.get(name) != at),
        drops=tuple(name for name in before if name not in now),
    )


def base_network(plan: YearsData) -> Network:
    """Return what was planned, with the settings of no year in particular.

    Parameters
    ----------
    plan : YearsData
        With the networks of its years.

    Raises
    ------
    UsageError
        The plan holds no network.
    """
    network = plan.plans[plan.years[0]].network
    if network is None:
        raise UsageError("the plan holds no input, which is needed to plan again; solve again, or load it by hs.load")
    return network.with_settings(plan.settings)
