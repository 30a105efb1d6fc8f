"""Explain a site: what its deliveries cost, and what every other open hub would cost."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hubspoke.analysis.explanation.words import LISTED, as_data, explanation_words, label_terms
from hubspoke.costs.costs import build_costs
from hubspoke.costs.terms import TERMS
from hubspoke.lanes.borders import allowed_lanes
from hubspoke.lanes.lanes import build_lanes
from hubspoke.plan.states import is_built
from hubspoke.settings.rules import resolve_policy
from hubspoke.words.numbers import per_kg
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.base.arrays import Ints
    from hubspoke.costs.costs import Costs
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Words

COLLECTION = tuple(term.name for term in TERMS if term.echelon == "collection")
ROUNDING_T = 1e-6


@dataclass(frozen=True)
class Delivery:
    """What a site delivers to one hub; amounts per year, `terms_jpy` by cost term.

    `runner_up_hub_id` is the cheapest other open hub for the delivery according to the plan, "" where the plan knows
    none, and `runner_up_more_jpy` what it would cost more there. It is one that the policy allows wherever there is
    one; room at that hub is not considered.
    """

    hub_id: str
    share: float
    mass_t: float
    distance_km: float
    ferry_km: float
    hours: float
    trips_per_yr: float
    truck: str
    terms_jpy: Mapping[str, float]
    cost_jpy: float
    cost_jpy_per_t: float
    runner_up_hub_id: str
    runner_up_more_jpy: float


@dataclass(frozen=True)
class Alternative:
    """The whole site at another open hub, sizes of plants and ways of black mass unchanged; amounts per year.

    Attributes
    ----------
    hub_id : str
    distance_km : float
    cost_jpy : float
        Freight, packaging and hub processing, and onward freight and refining of the black mass at the hub's present
        mean.
    extra_jpy : float
        How much more that is than the same cost in the plan.
    spare_t : float
        Room left at the hub.
    fits, allowed : bool
        Whether the hub has room for the site, and whether the policy allows the lane.
    """

    hub_id: str
    distance_km: float
    cost_jpy: float
    extra_jpy: float
    spare_t: float
    fits: bool
    allowed: bool


@dataclass(frozen=True)
class SiteReasons:
    """Where a site delivers and why; `alternatives`, the cheapest first, are None where the input is not at hand."""

    site_id: str
    name: str
    name_ja: str
    region: str
    origin: str
    mass_t: float
    deliveries: tuple[Delivery, ...]
    alternatives: tuple[Alternative, ...] | None
    settings: Settings | None = field(default=None, repr=False)
    """Settings of the plan, for its words for the commodity."""

    @property
    def runner_up(self) -> Alternative | None:
        """The cheapest alternative that the policy allows, with room for the site or without; None if there is none."""
        return next((other for other in self.alternatives or () if other.allowed), None)

    def to_dict(self) -> dict[str, Any]:
        """Return the reasons as plain data."""
        other = self.runner_up
        return {"kind": "site", **as_data(self), "runner_up": None if other is None else asdict(other)}

    def summary(self, lang: Lang = "en") -> str:
        """Describe the reasons in a few lines."""
        return describe_site(self, lang)


def explain_site(plan: PlanData, site_id: str, network: Network | None) -> SiteReasons:
    """Explain where a site delivers; without a network, from the plan alone and without alternatives.

    Parameters
    ----------
    plan : PlanData
    site_id : str
        A site of the plan.
    network : Network or None

    Returns
    -------
    SiteReasons
    """
    rows = plan.assignments[plan.assignments["site_id"] == site_id]
    rows = rows.sort_values(["share", "hub_id"], ascending=[False, True])
    first = rows.iloc[0]
    return SiteReasons(
        site_id=site_id,
        name=str(first["site_name"]),
        name_ja=str(first["site_name_ja"]),
        region=str(first["region"]),
        origin=str(first["origin"]),
        mass_t=float(rows["mass_t"].sum()),
        deliveries=tuple(_describe(row) for row in rows.to_dict("records")),
        alternatives=None if network is None else _list_alternatives(plan, rows, network),
    )


def _describe(row: Mapping[Any, Any]) -> Delivery:
    terms = [name for name in COLLECTION if f"{name}_jpy" in row]
    return Delivery(
        hub_id=str(row["hub_id"]),
        truck=str(row["truck"]),
        runner_up_hub_id=str(row.get("runner_up_hub_id", "")),
        runner_up_more_jpy=float(np.nan_to_num(row.get("runner_up_more_jpy", 0.0))),
        terms_jpy={name: float(row[f"{name}_jpy"]) for name in terms},
        **{
            name: float(row[name])
            for name in (
                *("share", "mass_t", "distance_km", "ferry_km", "hours", "trips_per_yr"),
                *("cost_jpy", "cost_jpy_per_t"),
            )
        },
    )


def _list_alternatives(plan: PlanData, rows: pd.DataFrame, network: Network) -> tuple[Alternative, ...]:
    """Cost the whole site at every built hub within reach, save one that takes all of it already."""
    site_id = str(rows["site_id"].iloc[0])
    whole = network.with_mix()
    alone = replace(whole, sites=whole.sites[whole.sites["id"] == site_id].reset_index(drop=True))
    lanes = build_lanes(alone, plan.year)
    costs = build_costs(alone, lanes, plan.year).of_tables(plan.hubs["technology"], plan.refineries["technology"])
    places = {hub: at for at, hub in enumerate(network.hubs["id"])}
    regions = {name: index for index, name in enumerate(network.regions)}
    site_region, hub_region = (
        np.asarray(table["region"].map(regions), np.int64) for table in (alone.sites, alone.hubs)
    )
    allowed = allowed_lanes(lanes, site_region, hub_region, resolve_policy(plan.settings.policy))[0]
    onward = _onward_jpy_per_t(plan, costs)
    black_mass = {hub: costs.supply_t[0] @ costs.yields[at] for hub, at in places.items()}
    grades = list(plan.settings.grades)

    def cost_at(hub: str) -> float:
        collection = sum(float(values) for values in costs.collection_terms(0, places[hub]).values())
        packs = onward.get((hub, ""), 0.0) * float(costs.mass_t[0])
        mean = {grade: onward.get((hub, grade), onward.get((hub, "*"), np.nan)) for grade in grades}
        flows = zip(black_mass[hub].tolist(), (mean[grade] for grade in grades), strict=True)
        return collection + packs + sum(float(tonnes * jpy) for tonnes, jpy in flows if tonnes > 0)

    now = sum(float(row["share"]) * cost_at(str(row["hub_id"])) for row in rows.to_dict("records"))
    mass_t, used = float(costs.mass_t[0]), set(rows.loc[rows["share"] > 1 - 1e-9, "hub_id"])
    listed = []
    for hub in plan.hubs[is_built(plan.hubs)].to_dict("records"):
        at = places[str(hub["id"])]
        if hub["id"] in used or not lanes.reachable[0, at] or not np.isfinite(cost := cost_at(str(hub["id"]))):
            continue
        own = float(rows.loc[rows["hub_id"] == hub["id"], "mass_t"].sum())
        given = bool(costs.hub_steps.has_given[at])
        same = costs.hub_steps.technology[at] == costs.hub_technology[at]
        largest = float(costs.hub_steps.capacity[at].max(where=same, initial=0.0))
        spare = float(hub["capacity_t"] if given else largest) - float(hub["load_t"])
        listed.append(
            Alternative(
                hub_id=str(hub["id"]),
                distance_km=round(float(lanes.distance_km[0, at]), 3),
                cost_jpy=cost,
                extra_jpy=cost - now,
                spare_t=spare,
                fits=spare + own + ROUNDING_T >= mass_t,
                allowed=bool(allowed[at]),
            )
        )
    return tuple(sorted(listed, key=lambda other: (other.extra_jpy, other.hub_id)))


def _onward_jpy_per_t(plan: PlanData, costs: Costs) -> dict[tuple[str, str], float]:
    """Return what each hub pays per tonne beyond collection, by hub and grade: "" for packs, "*" for any black mass.

    Freight and refining are means over the flows of the hub in the plan. What plants of the sizes they have cost more
    for a tonne more counts, too.
    """
    hubs, given = (
        _growth_jpy_per_t(plants, steps, technology)
        for plants, steps, technology in (
            (plan.hubs, costs.hub_steps, costs.hub_technology),
            (plan.refineries, costs.refinery_steps, costs.refinery_technology),
        )
    )
    flows = plan.flows.assign(
        paid_jpy=plan.flows["cost_jpy"] + plan.flows["mass_t"] * plan.flows["refinery_id"].map(given).fillna(0.0)
    )
    onward: dict[tuple[str, str], float] = {}
    for keys, part in flows.groupby(["hub_id", "grade"]):
        onward[str(keys[0]), str(keys[1])] = float(part["paid_jpy"].sum() / part["mass_t"].sum())
    for hub_id, part in flows.groupby("hub_id"):
        onward[str(hub_id), "*"] = float(part["paid_jpy"].sum() / part["mass_t"].sum())
    onward |= {(str(used), ""): float(jpy) for used, jpy in hubs.items()}
    return onward


def _growth_jpy_per_t(plants: pd.DataFrame, steps: PlantSteps, technology: Ints) -> pd.Series:
    """Return what a tonne more costs each plant at the size it has, by id."""
    size = steps.find(plants["size_t"].to_numpy(np.float64), plants["load_t"].to_numpy(np.float64), technology)
    per_t = np.where(size >= 0, steps.variable[np.arange(len(size)), np.maximum(size, 0)], 0.0)
    return pd.Series(per_t, plants["id"])


def describe_site(reasons: SiteReasons, lang: Lang) -> str:
    """Describe where a site delivers, what that costs, and what other hubs would cost."""
    words, labels = explanation_words(lang, reasons.settings), label_terms(lang, reasons.settings)
    name = reasons.name_ja if lang == "ja" and reasons.name_ja else reasons.name or reasons.name_ja
    lines = [
        words["site_head"].format(id=reasons.site_id, name=name, region=reasons.region, mass=f"{reasons.mass_t:,.1f}")
    ]
    if reasons.origin == "synthetic":
        lines.append(words["synthetic"])
    for way in reasons.deliveries:
        told = {"share": f"{100 * way.share:.0f}", "hub": way.hub_id, "km": f"{way.distance_km:,.0f}"}
        told |= {"hours": f"{way.hours:.1f}", "trips": f"{way.trips_per_yr:,.0f}", "truck": way.truck or "–"}
        rows = [(words["cost"], words["yen_per_yr"], words["yen_per_kg"])]
        for label, jpy in [
            *((labels[term], jpy) for term, jpy in way.terms_jpy.items() if jpy),
            (words["together"], way.cost_jpy),
        ]:
            rows.append((label, f"{jpy:,.0f}", f"{per_kg(jpy, way.mass_t):,.1f}" if way.mass_t else "–"))
        lines += ["", words["delivers"].format(**told), *lay_out(rows, right={1, 2})]
    return "\n".join([*lines, "", *_describe_alternatives(reasons, words)])


def _describe_alternatives(reasons: SiteReasons, words: Words) -> Iterator[str]:
    if reasons.alternatives is None:
        for way in reasons.deliveries:
            if way.runner_up_hub_id:
                more = f"{way.runner_up_more_jpy:+,.0f}".replace("-", "−")
                yield words["told_runner_up"].format(hub=way.runner_up_hub_id, more=more)
        yield words["no_input"]
        return
    if not reasons.alternatives:
        yield words["no_other"]
        return
    runner_up = reasons.runner_up
    yield words["none_allowed" if runner_up is None else "others"]
    rows = [(words["head_hub"], words["head_km"], words["head_extra"], words["head_spare"], "")]
    for other in reasons.alternatives[:LISTED]:
        notes = [words["runner_up"]] if other is runner_up else []
        notes += [] if other.allowed else [words["not_allowed"]]
        notes += [] if other.fits else [words["is_full"]]
        extra = f"{other.extra_jpy:+,.0f}".replace("-", "−")
        told = words["list_comma"].join(notes)
        rows.append((other.hub_id, f"{other.distance_km:,.0f}", extra, f"{other.spare_t:,.0f}", told))
    yield from lay_out(rows, right={1, 2, 3})
    yield from _describe_cheaper(reasons.alternatives, words)


def _describe_cheaper(alternatives: tuple[Alternative, ...], words: Words) -> Iterator[str]:
    cheaper = [other for other in alternatives if other.allowed and other.extra_jpy < -1]
    if cheaper:
        yield words["cheaper_free" if any(other.fits for other in cheaper) else "cheaper_full"]
