"""Plan again with one plant closed or opened, and compare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from hubspoke.analysis.comparison.compare import compare
from hubspoke.base.errors import InfeasibleError, NoPlanFoundError
from hubspoke.planning.request import Request
from hubspoke.planning.solve import solve_request
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.analysis.comparison.tables import ComparisonData
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData

Trial = Literal["close", "open"]


@dataclass(frozen=True)
class Change:
    """What comes of planning again with one plant closed or opened; amounts per year.

    Attributes
    ----------
    trial : {"close", "open"}
    outcome : {"plan", "infeasible", "no plan found"}
    reason : str
        Why there is no plan; empty where there is one.
    extra_jpy : float or None
        How much more the new plan costs than the old one.
    least_jpy, most_jpy : float or None
        Proven range of the difference between the best plans that exist, both gaps considered.
    gap : float or None
        Proven gap of the new plan.
    moved_sites : int
    moved_t : float
        How many sites, and tonnes, go to another hub.
    opened, closed, resized : tuples of str
        Identifiers of the plants that change besides the one in question.
    """

    trial: Trial
    outcome: Literal["plan", "infeasible", "no plan found"]
    reason: str = ""
    extra_jpy: float | None = None
    least_jpy: float | None = None
    most_jpy: float | None = None
    gap: float | None = None
    moved_sites: int = 0
    moved_t: float = 0.0
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    resized: tuple[str, ...] = ()


def try_change(plan: PlanData, row: Mapping[Any, Any], trial: Trial, network: Network, *, seconds: float) -> Change:
    """Plan again with a plant closed or opened; where regions share nothing, the plant's region alone."""
    options, plant_id = plan.options, str(row["id"])
    regions = (str(row["region"]),) if _stand_alone(plan) else tuple(options.get("regions", ()))
    opened = {name for name in options.get("open", ()) if name != plant_id}
    closed = {name for name in options.get("close", ()) if name != plant_id}
    (closed if trial == "close" else opened).add(plant_id)
    known = network.only(regions) if regions else network
    there = set(known.hubs["id"]) | set(known.refineries["id"])
    try:
        other = solve_request(
            network,
            Request(
                objective=options.get("objective"),
                year=plan.year,
                regions=regions,
                opened=sorted(opened & there),
                closed=sorted(closed & there),
                gap=float(options["gap"]),
                time_limit=seconds,
            ),
        )
    except InfeasibleError as error:
        return Change(trial, "infeasible", reason=str(error))
    except NoPlanFoundError as error:
        return Change(trial, "no plan found", reason=str(error))
    return _weigh(plan, other, plant_id, trial, regions)


def _stand_alone(plan: PlanData) -> bool:
    """Return whether the plan of each region is independent of the others."""
    rules = resolve_policy(plan.settings.policy)
    total = (rules.hubs_in_total, rules.refineries_in_total)
    return not rules.packs_cross_borders and not rules.black_mass_crosses_borders and total == ((0, None), (0, None))


def _weigh(plan: PlanData, other: PlanData, plant_id: str, trial: Trial, regions: tuple[str, ...]) -> Change:
    part = _only(plan, regions) if regions else plan
    compared: ComparisonData = compare(part, other, names=("plan", "trial"))
    was = float(part.costs["cost_jpy"].sum())
    slack = plan.objective_jpy - plan.bound_jpy
    changed = compared.plants[compared.plants["plant_id"] != plant_id]

    def listed(*kinds: str) -> tuple[str, ...]:
        return tuple(map(str, changed.loc[changed["change"].isin(kinds), "plant_id"]))

    return Change(
        trial,
        "plan",
        extra_jpy=other.objective_jpy - was,
        least_jpy=other.bound_jpy - was,
        most_jpy=other.objective_jpy - (was - slack),
        gap=other.gap,
        moved_sites=int(compared.totals["moved_sites"].iloc[1]),
        moved_t=float(compared.totals["moved_t"].iloc[1]),
        opened=listed("opened"),
        closed=listed("closed"),
        resized=listed("converted", "enlarged", "reduced"),
    )


def _only(plan: PlanData, regions: tuple[str, ...]) -> PlanData:
    """Return the part of a plan in regions that share nothing with the others."""

    def keep(table: pd.DataFrame) -> pd.DataFrame:
        return table[table["region"].isin(regions)].reset_index(drop=True)

    hubs = keep(plan.hubs)
    return replace(
        plan,
        assignments=keep(plan.assignments),
        hubs=hubs,
        refineries=keep(plan.refineries),
        flows=plan.flows[plan.flows["hub_id"].isin(hubs["id"])].reset_index(drop=True),
        costs=keep(plan.costs),
        regions=keep(plan.regions),
    )
