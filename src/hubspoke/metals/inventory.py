"""A plan as a life-cycle inventory: what its transport, hubs and refineries use, emit and give out in a year.

Every activity has one product, the service of taking care of so many kg. What is sold besides stands as a substitution,
so that nothing is allocated. Electricity, heat, transport and the metals that are replaced are named and left for the
user's background database; the CO2 that is emitted at plants themselves is the only emission.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.costs.materials import byproduct_yields
from hubspoke.costs.mix import class_mix
from hubspoke.costs.rates import KWH_PER_MWH
from hubspoke.costs.refining_basis import refining_scale
from hubspoke.metals.contents import KG_PER_T
from hubspoke.metals.ledger import ALLOY, PRODUCT, tabulate_ledger
from hubspoke.settings.plants import Plant

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.plants import Technology

TECHNOSPHERE, SUBSTITUTION, BIOSPHERE = "technosphere", "substitution", "biosphere"
KILOGRAM, T_KM, KWH, MJ = "kilogram", "ton kilometer", "kilowatt hour", "megajoule"
MJ_PER_KWH = 3.6
CO2 = "Carbon dioxide, fossil"
AIR = "air"
FERRY, SHIP = "freight, ferry", "freight, sea"


@dataclass(frozen=True)
class Exchange:
    """What an activity takes, replaces or emits in a year; `categories` are those of an emission."""

    name: str
    amount: float
    unit: str
    location: str
    kind: str = TECHNOSPHERE
    categories: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Activity:
    """An activity of a year, whose product bears its name and is counted in kg."""

    name: str
    kg: float
    location: str
    comment: str
    exchanges: tuple[Exchange, ...]


def list_activities(plan: PlanData, ledger: pd.DataFrame | None = None) -> list[Activity]:
    """Return the activities of a plan: its whole, collection and processing by hub, ports, transfers, refineries.

    Parameters
    ----------
    plan : PlanData
    ledger : DataFrame, optional
        Its metals ledger, to save computing it again.

    Returns
    -------
    list of Activity
        Amounts are those of the planned year. The first activity is the whole plan.
    """
    made = _Maker(plan, tabulate_ledger(plan) if ledger is None else ledger)
    parts = [*made.collect(), *made.process(), *made.land(), *made.send(), *made.refine()]
    return [made.whole(), *parts]


class _Maker:
    """What all activities of a plan share: names, places and words."""

    def __init__(self, plan: PlanData, ledger: pd.DataFrame) -> None:
        settings = plan.settings
        packs_t = plan.assignments[[f"{key}_t" for key in settings.classes]].to_numpy(float)
        self.plan, self.ledger = plan, ledger
        self.scale = refining_scale(settings, class_mix(settings, plan.year, packs_t))
        self.home = "JP" if settings.locale.area_en == "Japan" else settings.locale.area_en
        self.feed, self.middle = settings.commodity.feed_en, settings.commodity.intermediate_en
        self.country = {
            str(key): str(country) or self.home
            for key, country in zip(plan.refineries["id"], plan.refineries["country"], strict=True)
        }

    def collected(self, hub: str) -> str:
        return f"{self.feed}, collected to {hub}"

    def processed(self, hub: str) -> str:
        return f"{self.feed}, processed at {hub}"

    def landed(self, port: str) -> str:
        return f"{self.middle}, landed at {port}"

    def sent(self, origin: str, refinery: str) -> str:
        return f"{self.middle}, from {origin} to {refinery}"

    def refined(self, refinery: str) -> str:
        return f"{self.middle}, refined at {refinery}"

    def whole(self) -> Activity:
        """Return the activity that takes care of all packs, and of all black mass from abroad."""
        loads = self.plan.hubs[self.plan.hubs["load_t"] > 0]
        parts = [
            Exchange(self.processed(str(hub)), KG_PER_T * float(t), KILOGRAM, self.home)
            for hub, t in zip(loads["id"], loads["load_t"], strict=True)
        ]
        landed = self.plan.imports.groupby("port_id", sort=True)["mass_t"].sum()
        parts += [
            Exchange(self.landed(str(port)), KG_PER_T * float(t), KILOGRAM, self.home) for port, t in landed.items()
        ]
        note = "All of a planned year. Amounts are planned, not measured."
        kg = KG_PER_T * float(loads["load_t"].sum()) or KG_PER_T * float(landed.sum())
        return Activity(f"{self.feed}, recycled, {self.plan.title} {self.plan.year}", kg, self.home, note, tuple(parts))

    def collect(self) -> Iterator[Activity]:
        """Yield the transport of packs to each hub, by truck class and ferry."""
        rows = self.plan.assignments[self.plan.assignments["mass_t"] > 0]
        rows = rows.assign(
            road=rows["mass_t"] * (rows["distance_km"] - rows["ferry_km"]), sea=rows["mass_t"] * rows["ferry_km"]
        )
        for hub, own in rows.groupby("hub_id", sort=True):
            by_truck = own.groupby("truck", sort=True)["road"].sum()
            moved = [
                Exchange(f"freight, truck {truck}".strip(), float(t_km), T_KM, self.home)
                for truck, t_km in by_truck.items()
                if t_km > 0
            ]
            moved += self._by_sea(float(own["sea"].sum()), FERRY)
            kg = KG_PER_T * float(own["mass_t"].sum())
            note = "Tonne-kilometres of what is loaded; trucks come back empty."
            yield Activity(self.collected(str(hub)), kg, self.home, note, tuple(moved))

    def _by_sea(self, t_km: float, name: str) -> list[Exchange]:
        return [Exchange(name, t_km, T_KM, self.home)] if t_km > 0 else []

    def process(self) -> Iterator[Activity]:
        """Yield what each hub uses and gives out."""
        plan, settings = self.plan, self.plan.settings
        tonnes = plan.assignments.groupby("hub_id")[[f"{key}_t" for key in settings.classes]].sum()
        yields = byproduct_yields(settings)
        for row in plan.hubs[plan.hubs["load_t"] > 0].to_dict("records"):
            hub, load_t = str(row["id"]), float(row["load_t"])
            parts = [Exchange(self.collected(hub), KG_PER_T * load_t, KILOGRAM, self.home)]
            parts += _use(settings.hub_technologies[row["technology"]], load_t, self.home)
            made = tonnes.loc[[hub]].to_numpy(float)[0] @ yields
            for (key, product), t in zip(settings.byproducts.items(), made.tolist(), strict=True):
                if t > 0 and product.price_jpy_per_t > 0:
                    parts.append(_replace(f"{key}, scrap", t, self.home))
                elif t > 0:
                    parts.append(Exchange(f"{key}, waste", -KG_PER_T * t, KILOGRAM, self.home, comment="to treatment"))
            parts += self._onward(hub)
            yield Activity(self.processed(hub), KG_PER_T * load_t, self.home, str(row["name"]), tuple(parts))

    def _onward(self, origin: str) -> list[Exchange]:
        """Return the black mass that a hub or port hands on."""
        flows = self.plan.flows
        sums = flows[flows["hub_id"] == origin].groupby("refinery_id", sort=True)["mass_t"].sum()
        return [
            Exchange(self.sent(origin, str(refinery)), KG_PER_T * float(t), KILOGRAM, self.home)
            for refinery, t in sums.items()
            if t > 0
        ]

    def land(self) -> Iterator[Activity]:
        """Yield what ships bring to each port."""
        plan = self.plan
        for port, own in plan.imports.groupby("port_id", sort=True):
            parts = self._by_sea(float((own["mass_t"] * own["distance_km"]).sum()), SHIP)
            parts += self._onward(str(port))
            kg = KG_PER_T * float(own["mass_t"].sum())
            note = "Made abroad of packs there, whose collection and processing are not counted."
            yield Activity(self.landed(str(port)), kg, self.home, note, tuple(parts))

    def send(self) -> Iterator[Activity]:
        """Yield the transport of black mass from each hub or port to each refinery."""
        for (origin, refinery), own in self.plan.flows.groupby(["hub_id", "refinery_id"], sort=True):
            sea = float((own["mass_t"] * own["ferry_km"]).sum())
            road = float((own["mass_t"] * own["distance_km"]).sum()) - sea
            kg = KG_PER_T * float(own["mass_t"].sum())
            parts = [Exchange("freight, truck", road, T_KM, self.home)] if road > 0 else []
            parts += self._by_sea(sea, SHIP if self.country[str(refinery)] != self.home else FERRY)
            parts.append(Exchange(self.refined(str(refinery)), kg, KILOGRAM, self.country[str(refinery)]))
            yield Activity(self.sent(str(origin), str(refinery)), kg, self.home, "", tuple(parts))

    def refine(self) -> Iterator[Activity]:
        """Yield what each refinery and furnace uses and gives out."""
        plan, settings = self.plan, self.plan.settings
        sold = self.ledger[self.ledger["stage"].isin([PRODUCT, ALLOY])]
        sums = sold.groupby(["from_id", "stage", "metal"], sort=False)["metal_kg"].sum().reset_index()
        for row in plan.refineries[plan.refineries["load_t"] > 0].to_dict("records"):
            name, load_t, place = str(row["id"]), float(row["load_t"]), self.country[str(row["id"])]
            technology = settings.takers[str(row["technology"])]
            stated = load_t * (self.scale if isinstance(technology, Plant) else 1.0)
            parts, left = _use(technology, stated, place), KG_PER_T * load_t
            for one in sums[sums["from_id"] == name].to_dict("records"):
                form = "in products" if one["stage"] == PRODUCT else "in alloy"
                kg = float(one["metal_kg"])
                parts.append(_replace(f"{one['metal']}, {form}", kg / KG_PER_T, place, "kg of the element"))
                left -= kg
            parts.append(Exchange("residue of refining, waste", -left, KILOGRAM, place, comment="to treatment"))
            note = f"{row['name']}. Reagents are not counted: no masses of them are known."
            yield Activity(self.refined(name), KG_PER_T * load_t, place, note, tuple(parts))


def _use(technology: Technology, tonnes: float, place: str) -> list[Exchange]:
    """Return electricity, heat and emissions of so many tonnes, as the technology is stated for."""
    parts = []
    if isinstance(technology, Plant):
        power, heat = (
            float(mwh) * KWH_PER_MWH * tonnes for mwh in (technology.power_mwh_per_t, technology.heat_mwh_per_t)
        )
        parts += [Exchange("electricity", power, KWH, place)] if power > 0 else []
        parts += [Exchange("heat", heat * MJ_PER_KWH, MJ, place)] if heat > 0 else []
    if (kg := float(technology.direct_co2_kg_per_t) * tonnes) > 0:
        parts.append(Exchange(CO2, kg, KILOGRAM, "", BIOSPHERE, AIR))
    return parts


def _replace(name: str, tonnes: float, place: str, comment: str = "") -> Exchange:
    return Exchange(name, KG_PER_T * tonnes, KILOGRAM, place, SUBSTITUTION, comment=comment)
