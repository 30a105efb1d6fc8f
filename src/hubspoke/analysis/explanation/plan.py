"""Explain a plan: what it spends on, which plants are full, and which sites are dear."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.explanation.received import list_received, sum_by_plant
from hubspoke.analysis.explanation.words import as_data, explanation_words, label_terms
from hubspoke.plan.decision.short_names import name_shortly
from hubspoke.plan.firmness import NEEDED, format_closing
from hubspoke.plan.firmness import WORDS as FIRMNESS_WORDS
from hubspoke.plan.states import is_built
from hubspoke.words.language import LANGUAGES, speak
from hubspoke.words.names import name_title
from hubspoke.words.numbers import format_yen
from hubspoke.words.policies import say_policy
from hubspoke.words.scale import choose_table_scale
from hubspoke.words.text_table import cut_text, lay_out, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

FULL = 0.98
"""Share of its limit from which a plant counts as full."""
DEAREST = 5
NARROW = 80
"""Columns of a narrow terminal."""


@dataclass(frozen=True)
class PlantUse:
    """A built plant in short; `cost_jpy_per_t` is all that is paid for it and up to its gate, per tonne that enters."""

    plant_id: str
    kind: str
    name: str
    name_ja: str
    region: str
    load_t: float
    utilisation: float
    cost_jpy_per_t: float


@dataclass(frozen=True)
class DearSite:
    """A site that costs much per tonne."""

    site_id: str
    name: str
    name_ja: str
    hub_id: str
    mass_t: float
    distance_km: float
    cost_jpy_per_t: float


@dataclass(frozen=True)
class PlantFirmness:
    """A chosen plant, and what the best plan without it costs more a year: at least, and at most as found."""

    plant_id: str
    kind: str
    name: str
    name_ja: str
    firmness: str
    more_least_jpy: float
    more_jpy: float
    opens: tuple[str, ...]
    opens_ja: tuple[str, ...]


@dataclass(frozen=True)
class PlanReasons:
    """What a plan spends on, which plants are full, and which sites are dear.

    Attributes
    ----------
    terms_jpy : tuple of (term, yen)
        Cost per year by term, the largest first.
    plants : tuple of PlantUse
        Every built plant: hubs, then refineries, by region.
    full : tuple of str or None
        Identifiers of the plants at their limit; None where the network that was planned is not known.
    firmness : tuple of PlantFirmness
        Plants whose choice is rated, the least firm first.
    dearest : tuple of DearSite
        Sites that cost most per tonne up to the hub's gate.
    """

    title: str
    title_ja: str
    year: int
    policy: str
    cost_jpy: float
    mass_t: float
    terms_jpy: tuple[tuple[str, float], ...]
    plants: tuple[PlantUse, ...]
    full: tuple[str, ...] | None
    dearest: tuple[DearSite, ...]
    firmness: tuple[PlantFirmness, ...] = ()
    settings: Settings | None = field(default=None, repr=False)
    """Settings of the plan, for its words for the commodity."""

    def to_dict(self) -> dict[str, Any]:
        """Return the reasons as plain data."""
        return {"kind": "plan", **as_data(self)}

    def summary(self, lang: Lang = "en") -> str:
        """Describe the reasons in a few lines."""
        return describe_plan(self, lang)


def explain_plan(plan: PlanData) -> PlanReasons:
    """Explain a plan from its tables alone."""
    sums = plan.costs.groupby("term")["cost_jpy"].sum()
    terms = sorted(((str(term), float(jpy)) for term, jpy in sums.items() if jpy), key=lambda pair: -pair[1])
    plants = (*_list_uses(plan, "hub"), *_list_uses(plan, "refinery"))
    rows = plan.assignments[plan.assignments["mass_t"] > 0]
    rows = rows.sort_values(["cost_jpy_per_t", "site_id"], ascending=[False, True]).head(DEAREST)
    return PlanReasons(
        title=plan.title,
        title_ja=name_title(plan.title, plan.settings, "ja"),
        year=plan.year,
        policy=plan.policy,
        cost_jpy=float(sums.sum()),
        mass_t=plan.mass_t,
        terms_jpy=tuple(terms),
        plants=plants,
        full=_list_full(plan, plants),
        firmness=tuple(_list_firmness(plan)),
        dearest=tuple(
            DearSite(
                site_id=str(row["site_id"]),
                name=str(row["site_name"]),
                name_ja=str(row["site_name_ja"]),
                hub_id=str(row["hub_id"]),
                mass_t=float(row["mass_t"]),
                distance_km=float(row["distance_km"]),
                cost_jpy_per_t=float(row["cost_jpy_per_t"]),
            )
            for row in rows.to_dict("records")
        ),
    )


def _list_firmness(plan: PlanData) -> Iterator[PlantFirmness]:
    """Yield the plants whose choice is rated: by what is added without them, those that the plan needs last."""
    names = {lang: name_shortly(plan, lang) for lang in LANGUAGES}
    rated = []
    for kind, table in (("hub", plan.hubs), ("refinery", plan.refineries)):
        if "firmness" in table:
            rated += [(kind, row) for row in table.to_dict("records") if row["firmness"]]
    for kind, row in sorted(rated, key=lambda one: (one[1]["firmness"] == NEEDED, _most(one[1]), str(one[1]["id"]))):
        opened = [one for one in str(row["closing_opens"]).split("; ") if one]
        yield PlantFirmness(
            plant_id=str(row["id"]),
            kind=kind,
            name=names["en"][str(row["id"])],
            name_ja=names["ja"][str(row["id"])],
            firmness=str(row["firmness"]),
            more_least_jpy=float(row["closing_more_low_jpy"]),
            more_jpy=float(row["closing_more_jpy"]),
            opens=tuple(names["en"].get(one, one) for one in opened),
            opens_ja=tuple(names["ja"].get(one, one) for one in opened),
        )


def _most(row: Mapping[Any, Any]) -> float:
    """Return what a plan without a plant costs more at most, else at least, as far as it is known."""
    known = [float(row[key]) for key in ("closing_more_jpy", "closing_more_low_jpy") if math.isfinite(float(row[key]))]
    return known[0] if known else math.inf


def _list_full(plan: PlanData, plants: tuple[PlantUse, ...]) -> tuple[str, ...] | None:
    """Return the plants at the limit of their place or of the sizes that were given; None where limits are unknown."""
    if plan.network is None:
        return None
    tables = (plan.network.hubs, plan.network.refineries)
    limits = {str(key): float(most) for table in tables for key, most in zip(table["id"], table["max_t"], strict=True)}
    most = {plant.plant_id: FULL * limits.get(plant.plant_id, float("inf")) for plant in plants}
    return tuple(
        plant.plant_id for plant in plants if plant.load_t >= most[plant.plant_id] or plant.utilisation >= FULL
    )


def _list_uses(plan: PlanData, kind: str) -> tuple[PlantUse, ...]:
    plants = plan.hubs if kind == "hub" else plan.refineries
    brought = sum_by_plant(list_received(plan, kind))
    place = {region: at for at, region in enumerate(plan.regions["region"])}
    built = plants[is_built(plants)].to_dict("records")
    uses = []
    for plant in sorted(built, key=lambda row: (place.get(row["region"], len(place)), -row["load_t"], row["id"])):
        cost = float(plant["cost_jpy"]) + brought.get(str(plant["id"]), 0.0)
        uses.append(
            PlantUse(
                plant_id=str(plant["id"]),
                kind=kind,
                name=str(plant["name"]),
                name_ja=str(plant["name_ja"]),
                region=str(plant["region"]),
                load_t=float(plant["load_t"]),
                utilisation=float(plant["utilisation"]),
                cost_jpy_per_t=cost / plant["load_t"] if plant["load_t"] else 0.0,
            )
        )
    return tuple(uses)


def _lay_out_firmness(reasons: PlanReasons, words: Mapping[str, str], lang: Lang) -> list[str]:
    """Return two lines for each plant: how firm it is, with its name; below, its identifier and what opens then.

    Neither a number nor an identifier is cut on a terminal of `NARROW` columns.
    """
    ratings = speak(FIRMNESS_WORDS, lang)
    rows = [("", words["without_it"], "")]
    for rated in reasons.firmness:
        row = {"closing_more_low_jpy": rated.more_least_jpy, "closing_more_jpy": rated.more_jpy}
        more = format_closing(row, lang, reasons.settings)
        name = words["of_kind"].format(rated.name_ja if lang == "ja" else rated.name, words[f"a_{rated.kind}"])
        opens = words["list_comma"].join(rated.opens_ja if lang == "ja" else rated.opens)
        below = f"{rated.plant_id}  {words['then_opens']} {opens}" if opens else rated.plant_id
        rows += [(ratings.get(rated.firmness, rated.firmness), more or "–", name), ("", "", below)]
    taken = sum(max(text_width(row[column]) for row in rows) + 2 for column in (0, 1))
    return lay_out([(*row[:2], cut_text(row[2], NARROW - taken)) for row in rows], right=set())


def describe_plan(reasons: PlanReasons, lang: Lang) -> str:
    """Describe what a plan spends on, its plants, which of them are full, and its dearest sites."""
    words = explanation_words(lang, reasons.settings)
    head = words["plan_head"].format(
        title=reasons.title_ja if lang == "ja" else reasons.title,
        year=reasons.year,
        policy=say_policy(reasons.policy, lang),
        cost=format_yen(reasons.cost_jpy, lang, reasons.settings),
        mass=f"{reasons.mass_t:,.0f}",
    )
    labels = label_terms(lang, reasons.settings)
    scale = choose_table_scale(jpy for _, jpy in reasons.terms_jpy)
    terms = [(words["term"], scale.fit(words["million_yen"]), words["share"])]
    for term, jpy in reasons.terms_jpy:
        share = f"{100 * jpy / reasons.cost_jpy:.1f} %" if reasons.cost_jpy else "–"
        terms.append((labels[term], scale.write(jpy), share))
    plants = {
        kind: [(words[many], "", words["t_per_yr"], words["use"], words[f"{kind}_paid"])]
        for kind, many in (("hub", "hubs"), ("refinery", "refineries"))
    }
    for plant in reasons.plants:
        name = plant.name_ja if lang == "ja" and plant.name_ja else plant.name or plant.name_ja
        use, per_kg = f"{100 * plant.utilisation:.0f} %", f"{plant.cost_jpy_per_t / 1000:,.1f}"
        plants[plant.kind].append((plant.plant_id, name, f"{plant.load_t:,.0f}", use, per_kg))
    first = [[words["firmness"], *_lay_out_firmness(reasons, words, lang)]] if reasons.firmness else []
    tight = words["none_full"]
    if reasons.full:
        tight = words["full"].format(names=words["list_comma"].join(reasons.full))
    sites = [(words["dearest"], "", "km", words["t_per_yr"], words["yen_per_kg"])]
    for site in reasons.dearest:
        name = site.name_ja if lang == "ja" and site.name_ja else site.name or site.name_ja
        cost = f"{site.cost_jpy_per_t / 1000:,.1f}"
        sites.append((site.site_id, name, f"{site.distance_km:,.0f}", f"{site.mass_t:,.1f}", cost))
    told = [] if reasons.full is None else [[tight]]
    tables = [
        *first,
        lay_out(terms, right={1, 2}),
        *(lay_out(rows, right={2, 3, 4}) for rows in plants.values() if len(rows) > 1),
        *told,
        lay_out(sites, right={2, 3, 4}),
    ]
    return "\n".join([head, *(line for table in tables for line in ["", *table]), "", words["ask"]])
