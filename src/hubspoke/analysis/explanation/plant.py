"""Why a plant is chosen or not: what it costs, and what the best plan without it, or with it, costs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from hubspoke.analysis.comparison.compare import compare
from hubspoke.analysis.explanation.words import as_data
from hubspoke.base.errors import InfeasibleError, NoPlanFoundError
from hubspoke.costs.costs import TERMS
from hubspoke.planning.solve import solve
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.analysis.comparison.compare import Comparison
    from hubspoke.inputs.network import Network
    from hubspoke.plan.drawable import Lang
    from hubspoke.plan.plan import Plan
    from hubspoke.settings.settings import Settings

Trial = Literal["close", "open"]


@dataclass(frozen=True)
class Change:
    """The plan made again with one plant closed, or open; amounts per year.

    Attributes
    ----------
    trial : {"close", "open"}
    outcome : {"plan", "infeasible", "no plan found"}
    reason : str
        Why there is no plan.
    extra_jpy : float or None
        What the new plan costs more than the old one.
    least_jpy, most_jpy : float or None
        Between these the true difference of the best plans lies, both gaps considered.
    gap : float or None
        Proven of the new plan.
    moved_sites : int
    moved_t : float
    opened, closed, resized : tuples of plant ids
        Besides the plant itself.
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


@dataclass(frozen=True)
class PlantReasons:
    """What a plant does and costs; `change` is None where the input is not at hand.

    Attributes
    ----------
    partners : int
        Sites that deliver to a hub, hubs that deliver to a refinery.
    mean_haul_km : float
        Of what it receives, by tonnes; 0 where it receives nothing.
    terms_jpy : mapping of str to float
        Yearly cost by term: of the plant, and of what is carried to it and processed there.
    cost_jpy_per_t : float
        Their sum per tonne that enters.
    others : tuple of (id, state)
        Plants of the kind in the region that are not this one and may be built, those built first.
    opening_more_jpy : float or None
        Upper bound of what opening it adds, as the plan tells it; None where it tells none.
    """

    plant_id: str
    kind: Literal["hub", "refinery"]
    name: str
    name_ja: str
    region: str
    technology: str
    state: str
    capacity_t: float
    load_t: float
    partners: int
    mean_haul_km: float
    terms_jpy: Mapping[str, float]
    cost_jpy_per_t: float
    others: tuple[tuple[str, str], ...]
    opening_more_jpy: float | None
    change: Change | None
    settings: Settings | None = field(default=None, repr=False)
    """For the words of the commodity."""

    def to_dict(self) -> dict[str, Any]:
        """Give the reasons as data."""
        return as_data(self)

    def summary(self, lang: Lang = "en") -> str:
        """Tell the reasons in a few lines."""
        from hubspoke.analysis.explanation.tell import tell_plant  # noqa: PLC0415 - words load when wanted

        return tell_plant(self, lang)


def explain_plant(plan: Plan, plant_id: str, network: Network | None, *, time_limit: float) -> PlantReasons:
    """Explain a hub or refinery; with a network, plan again without it (if built) or with it (if not)."""
    is_hub = plant_id in set(plan.hubs["id"])
    plants = plan.hubs if is_hub else plan.refineries
    row = plants[plants["id"] == plant_id].to_dict("records")[0]
    received = (
        plan.assignments[plan.assignments["hub_id"] == plant_id]
        if is_hub
        else plan.flows[plan.flows["refinery_id"] == plant_id]
    )
    terms = _sum_terms(row, received)
    load_t, built = float(row["load_t"]), row["state"] in ("open", "idle")
    haul = float((received["mass_t"] * received["distance_km"]).sum() / load_t) if load_t else 0.0
    others = plants[(plants["region"] == row["region"]) & (plants["id"] != plant_id) & (plants["state"] != "closed")]
    others = others.sort_values(["load_t", "id"], ascending=[False, True])
    trial: Trial = "close" if built else "open"
    return PlantReasons(
        plant_id=plant_id,
        kind="hub" if is_hub else "refinery",
        name=str(row["name"]),
        name_ja=str(row["name_ja"]),
        region=str(row["region"]),
        technology=str(row["technology"]),
        state=str(row["state"]),
        capacity_t=float(row["capacity_t"]),
        load_t=load_t,
        partners=int(row["sites" if is_hub else "hubs"]),
        mean_haul_km=haul,
        terms_jpy=terms,
        cost_jpy_per_t=sum(terms.values()) / load_t if load_t else 0.0,
        others=tuple((str(one["id"]), str(one["state"])) for one in others.to_dict("records")),
        opening_more_jpy=bound if np.isfinite(bound := float(row.get("opening_more_jpy", np.nan))) else None,
        change=None if network is None else _try_change(plan, row, trial, network, seconds=time_limit),
    )


def _sum_terms(row: Mapping[Any, Any], received: pd.DataFrame) -> dict[str, float]:
    terms = {}
    for term in TERMS:
        column = f"{term.name}_jpy"
        cost = float(row.get(column, 0.0)) + (float(received[column].sum()) if column in received else 0.0)
        if cost:
            terms[term.name] = cost
    return terms


def _try_change(plan: Plan, row: Mapping[Any, Any], trial: Trial, network: Network, *, seconds: float) -> Change:
    """Plan again; where regions share nothing, the plant's region alone."""
    options, plant_id = plan.options, str(row["id"])
    regions = (str(row["region"]),) if _stand_alone(plan) else tuple(options.get("regions", ()))
    opened = {name for name in options.get("open", ()) if name != plant_id}
    closed = {name for name in options.get("close", ()) if name != plant_id}
    (closed if trial == "close" else opened).add(plant_id)
    known = network.only(regions) if regions else network
    there = set(known.hubs["id"]) | set(known.refineries["id"])
    more = {name: options[name] for name in ("objective",) if name in options}
    try:
        other = solve(
            network,
            year=plan.year,
            regions=regions,
            opened=sorted(opened & there),
            closed=sorted(closed & there),
            gap=float(options["gap"]),
            time_limit=seconds,
            **more,
        )
    except InfeasibleError as error:
        return Change(trial, "infeasible", reason=str(error))
    except NoPlanFoundError as error:
        return Change(trial, "no plan found", reason=str(error))
    return _weigh(plan, other, plant_id, trial, regions)


def _stand_alone(plan: Plan) -> bool:
    """Say whether the plan of a region does not depend on the others."""
    rules = resolve_policy(plan.settings.policy)
    total = (rules.hubs_in_total, rules.refineries_in_total)
    return not rules.packs_cross_borders and not rules.black_mass_crosses_borders and total == ((0, None), (0, None))


def _weigh(plan: Plan, other: Plan, plant_id: str, trial: Trial, regions: tuple[str, ...]) -> Change:
    part = _only(plan, regions) if regions else plan
    compared: Comparison = compare(part, other, names=("plan", "trial"))
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
        resized=listed("enlarged", "reduced"),
    )


def _only(plan: Plan, regions: tuple[str, ...]) -> Plan:
    """Give the part of a plan in regions that share nothing with the others."""

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
