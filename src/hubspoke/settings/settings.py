"""The settings: every number a plan rests on, typed, frozen, each with unit, source and confidence.

The defaults stand in `data/regions/japan.toml`; a planner's own TOML holds only what differs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from hubspoke.settings.materials import BLACK_MASS, Byproduct, Commodity, Grade, Materials, PackClass, check_yields
from hubspoke.settings.money import Contract, Market, Metal, PriceLevel, Reference
from hubspoke.settings.quantity import Quantity
from hubspoke.settings.section import Amount, Positive, Section, Share, fault
from hubspoke.words.names import nearest_name

if TYPE_CHECKING:
    from collections.abc import Iterable

PolicyName = Literal["regional", "shared-refinery", "open"]
Sourcing = Literal["single", "split"]
ObjectiveName = Literal["cost", "profit", "co2"]


class Horizon(Section):
    """The years for which the sites state their supply."""

    years: tuple[int, ...] = Field(min_length=1)
    """Years with a column of tonnes per pack class in `sites`."""
    year: int
    """Year planned when the command names none."""

    @model_validator(mode="after")
    def _check_ascending(self) -> Horizon:
        if list(self.years) != sorted(set(self.years)):
            raise fault("years", f"got {list(self.years)}", "write each year once, in ascending order")
        return self


class Policy(Section):
    """The rules a plan obeys."""

    name: PolicyName
    """`regional`: exactly one hub and one refinery in each region, borders closed. `shared-refinery`: one hub in each
    region, black mass crosses borders. `open`: numbers and borders free."""
    objective: ObjectiveName
    """`cost`: least cost, every site served. `profit`: most sales of metals less cost, at `market.price_level`; sites
    may be left out. `co2`: least CO2, every site served."""
    sourcing: Sourcing
    """`single`: a site delivers to one hub. `split`: it may divide its packs among hubs."""
    longest_haul_km: Amount
    """Longest road and sea distance from a site to its hub; 0 means no limit."""
    min_throughput_hub_t_per_yr: Amount
    """Least packs that an open hub must take in, whatever its size; 0 means none."""
    min_throughput_refinery_t_per_yr: Amount
    """Least black mass that an open refinery must take in, whatever its size; 0 means none."""
    shortfall_jpy_per_t: Amount | None = None
    """What a tonne of packs left at its site costs. Left out: under least cost every site must be served, under most
    profit leaving one costs only its sales."""
    hubs_per_region: tuple[int, int] | None = None
    """Fewest and most open hubs in each region, instead of the policy's own."""
    refineries_per_region: tuple[int, int] | None = None
    """Fewest and most open refineries in each region, instead of the policy's own."""
    hubs_in_total: tuple[int, int] | None = None
    """Fewest and most open hubs over all regions."""
    refineries_in_total: tuple[int, int] | None = None
    """Fewest and most open refineries over all regions."""
    refine_all: bool = True
    """Obligation that all black mass goes to a refinery. `false`: it may go to `furnaces` too, which stand in
    `refineries` and count as none."""

    @model_validator(mode="after")
    def _check_counts(self) -> Policy:
        for name in ("hubs_per_region", "refineries_per_region", "hubs_in_total", "refineries_in_total"):
            limits = getattr(self, name)
            if limits is not None and not 0 <= limits[0] <= limits[1]:
                raise fault(name, f"got {list(limits)}", "write [fewest, most], such as [1, 3]")
        if self.objective == "co2" and self.shortfall_jpy_per_t is not None:
            cure = "leave it out: under least CO2 every site is served"
            raise fault("shortfall_jpy_per_t", "yen cannot be weighed against kg of CO2", cure)
        return self


class Sources(Section):
    """What is planned beside dismantling sites."""

    factory_scrap: bool
    """Plan the rows of kind `cell-works` in `sites`."""
    overseas: bool
    """Plan the black mass of `overseas`, landed at `ports`."""


class Collection(Section):
    """How packs are fetched from the sites."""

    pickups_min_per_yr: Positive
    """Fewest pick-ups of a site in a year, whatever its tonnage."""
    surcharge_factor: Positive
    """Factor on the freight of waste packs (dangerous goods)."""
    packaging_jpy_per_t: Amount
    """Reusable boxes and insulation of the terminals."""


class Truck(Section):
    """A truck class of the official tariff; the empty return is in the rate."""

    fixed_jpy_per_trip: Amount
    distance_jpy_per_km: Amount
    loading_jpy_per_trip: Amount
    """Loading, unloading and waiting."""
    toll_jpy_per_km: Amount
    """Expressway toll, one way."""
    length_m: Positive
    """What a ferry charges by."""
    payload_packs_t: Positive
    payload_black_mass_t: Positive
    payload_legal_t: Positive
    """Rated load, from which the fuel formula computes."""


class Roads(Section):
    """Speeds and detours of the road graph."""

    expressway_km_per_h: Positive
    road_km_per_h: Positive
    access_km_per_h: Positive
    access_detour_factor: Positive
    """Road km per straight km from a site or plant to the graph."""
    toll_legs: Amount
    """Times the toll is paid per trip: 2 when the truck comes back empty."""


class Ferries(Section):
    """Sea legs; the fare is that of a truck of `reference_length_m`, others in proportion."""

    reference_length_m: Positive
    fixed_jpy_per_crossing: Amount
    distance_jpy_per_km: Amount
    legs: Amount
    """Crossings paid per trip: 2 when the truck comes back empty."""
    speed_km_per_h: Positive
    boarding_h: Amount
    co2_kg_per_t_km: Amount


class Technology(Section):
    """What may stand at a place, whatever it costs."""

    name_en: str
    name_ja: str
    direct_co2_kg_per_t: Amount
    """Emissions per tonne that enters, beside those of heat and electricity that it buys."""
    largest_t_per_yr: Positive | None = None
    """Largest size at any place, whatever a plant's own `max_t`; none if left out."""
    only_at: tuple[str, ...] = ()
    """Kinds of place where it can stand; everywhere if empty."""
    offered: bool = True
    """Whether plants of this technology may open at all."""


class Plant(Technology):
    """Cost curve of a plant: capital and labour with economies of scale; energy of a tonne."""

    reference_t_per_yr: Positive
    """Capacity for which `capital_jpy` and `labour_persons` are stated."""
    capital_jpy: Amount
    capital_exponent: Amount
    maintenance_share_per_yr: Share
    labour_persons: Amount
    labour_exponent: Amount
    heat_mwh_per_t: Amount
    """Heat bought per tonne that enters."""
    power_mwh_per_t: Amount
    """Electricity per tonne that enters."""


class HubTechnology(Plant):
    """A hub technology: tonnes are packs."""

    hf_treatment_jpy_per_t: Amount
    """Binding hydrogen fluoride and getting rid of what comes of it."""
    other_jpy_per_t: Amount
    """Residues, consumables, analysis."""


class RefineryTechnology(Plant):
    """A refinery technology: tonnes are black mass."""

    reagents_jpy_per_t: Amount
    effluent_jpy_per_t: Amount
    """Effluents and residues."""


class Furnace(Technology):
    """Electric furnaces that take black mass as scrap: works that stand anyway, so that a tonne costs their fee alone.

    Metals that they do not alloy are lost in slag and dust.
    """

    fee_jpy_per_t: Amount
    """What the works asks for a tonne of black mass at its gate."""
    alloyed_t_per_t: dict[str, Share]
    """By key of `metals`: share of the contained metal that ends in the alloy; none of those left out."""
    alloy_price_share: dict[str, Share]
    """By key of `metals`: share of the metal's price that the works pays for it in the alloy; nothing for those left
    out."""


class Energy(Section):
    """What heat and electricity cost."""

    power_jpy_per_kwh: Amount
    heat_jpy_per_kwh: Amount


class Sizes(Section):
    """Capacity steps from which a plant is chosen, where `sizes.csv` gives no others."""

    hub_t_per_yr: tuple[float, ...] = Field(min_length=1)
    refinery_t_per_yr: tuple[float, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _check_ascending(self) -> Sizes:
        for name in ("hub_t_per_yr", "refinery_t_per_yr"):
            steps = getattr(self, name)
            if any(step <= 0 for step in steps) or list(steps) != sorted(set(steps)):
                raise fault(name, f"got {list(steps)}", "write steps above zero, in ascending order")
        return self


class Finance(Section):
    """How capital becomes a yearly cost."""

    discount_rate_per_yr: Amount
    life_yr: Positive
    wage_jpy_per_yr: Amount

    @property
    def capital_recovery_per_yr(self) -> float:
        """Capital recovery factor: the level yearly payment per yen of capital."""
        rate, life = float(self.discount_rate_per_yr), float(self.life_yr)
        return 1 / life if rate == 0 else rate / (1 - (1 + rate) ** -life)


class SharedGround(Section):
    """What a hub with an open refinery on its ground saves of its fixed cost, term by term."""

    capital_share: Share
    """Land, roads, tanks, supply of power, steam and water."""
    maintenance_share: Share
    """Workshop, stores, crews on call."""
    labour_share: Share
    """Management, office, gate and weighbridge, laboratory."""


class Carbon(Section):
    """Price and factors of emissions, and the improved tonne-kilometre formula for the fuel of trucks.

    Litres per tonne-km = exp(intercept + load_exponent ln(load share) + payload_exponent ln(rated load in kg)).
    """

    price_jpy_per_t: Amount
    """Price of a tonne of CO2 in the cost; 0 means that emissions are only told."""
    power_kg_per_kwh: Amount
    heat_kg_per_kwh: Amount
    diesel_kg_per_l: Amount
    fuel_intercept: Quantity
    fuel_load_exponent: Quantity
    fuel_payload_exponent: Quantity
    load_share_min: Share
    """Least load share for which the formula is used."""


class Settings(Section):
    """Everything of `japan.toml`."""

    title: str
    title_ja: str = ""
    """Title in Japanese; that of `title`, if none."""
    replaces: tuple[str, ...] = ()
    """Sections of entries, such as `classes`, that a planner's file states alone instead of over those that ship."""
    commodity: Commodity
    horizon: Horizon
    policy: Policy
    materials: Materials
    classes: dict[str, PackClass] = Field(min_length=1)
    grades: dict[str, Grade] = Field(min_length=1)
    metals: dict[str, Metal]
    market: Market
    price_levels: dict[str, PriceLevel] = Field(min_length=1)
    contracts: dict[str, Contract] = Field(min_length=1)
    reference: Reference
    sources: Sources
    collection: Collection
    trucks: dict[str, Truck] = Field(min_length=1)
    roads: Roads
    ferries: Ferries
    hub_technologies: dict[str, HubTechnology] = Field(min_length=1)
    refinery_technologies: dict[str, RefineryTechnology] = Field(min_length=1)
    furnaces: dict[str, Furnace] = Field(default_factory=dict)
    """Electric furnaces by technology, planned where `policy.refine_all` is false."""
    energy: Energy
    sizes: Sizes
    finance: Finance
    shared_ground: SharedGround
    byproducts: dict[str, Byproduct]
    carbon: Carbon

    @model_validator(mode="after")
    def _check_references(self) -> Settings:
        for key, pack in self.classes.items():
            if not re.fullmatch(r"[a-z][a-z0-9_]*", key) or key == "mass":
                cure = "name classes with lower-case letters, digits and _, but not mass"
                raise fault(f"classes.{key}", f"{key!r} cannot be part of a column's name", cure)
            if pack.grade not in self.grades:
                known = ", ".join(repr(name) for name in self.grades)
                raise fault(f"classes.{key}.grade", f"{pack.grade!r} is not a key of grades", f"write one of {known}")
            check_yields(key, pack.yields_t_per_t, self.materials.yields, self.byproducts)
        total = sum(float(pack.default_share) for pack in self.classes.values())
        if abs(total - 1) > 1e-6:
            cure = "change the shares of the classes so that they sum to 1"
            raise fault("classes", f"default_share of all classes sums to {total:g}, not to 1", cure)
        self._check_metals()
        self._check_furnaces()
        if self.horizon.year not in self.horizon.years:
            cure = f"write one of {', '.join(map(str, self.horizon.years))}, or add it to horizon.years"
            raise fault("horizon.year", f"{self.horizon.year} is not among horizon.years", cure)
        return self

    def _check_metals(self) -> None:
        for key, pack in self.classes.items():
            _check_keys(f"classes.{key}.metal_t_per_t", pack.metal_t_per_t, self.metals)
            elements = {name: float(self.metals[name].element_t_per_t) for name in pack.metal_t_per_t}
            held = sum(float(part) * elements[name] for name, part in pack.metal_t_per_t.items())
            made = float(pack.yields_t_per_t[self.materials.yields].get(BLACK_MASS, 0.0))
            if held > made + 1e-9:
                problem = f"{held:g} t of metal cannot be in {made:g} t of black mass"
                raise fault(f"classes.{key}.metal_t_per_t", problem, "lower the contents, or raise the yield")
        _check_keys("reference.recovered_t", self.reference.recovered_t, self.metals)
        _check_keys("reference.market_jpy", self.reference.market_jpy, self.price_levels, "price_levels")
        _check_keys("reference.cost_jpy", self.reference.cost_jpy, self.price_levels, "price_levels")
        for key, level in self.price_levels.items():
            section = f"price_levels.{key}.usd_per_t"
            _check_keys(section, level.usd_per_t, self.metals)
            if missing := [name for name in self.metals if name not in level.usd_per_t]:
                raise fault(section, f"no price of {', '.join(missing)}", "state a price for every metal")
        if self.market.price_level not in self.price_levels:
            near = nearest_name(self.market.price_level, self.price_levels)[2:]
            raise fault("market.price_level", f"{self.market.price_level!r} is not a key of price_levels", near)

    def _check_furnaces(self) -> None:
        for key, furnace in self.furnaces.items():
            if key in self.refinery_technologies:
                raise fault(f"furnaces.{key}", "refinery_technologies has a key of that name", "rename one of the two")
            if not self.policy.refine_all:
                _check_keys(f"furnaces.{key}.alloyed_t_per_t", furnace.alloyed_t_per_t, self.metals)
                _check_keys(f"furnaces.{key}.alloy_price_share", furnace.alloy_price_share, self.metals)

    @property
    def takers(self) -> dict[str, RefineryTechnology | Furnace]:
        """Everything that may take black mass, by the `technology` of `refineries`; the usual refinery first."""
        return {**self.refinery_technologies, **self.furnaces}


def _check_keys(section: str, given: Iterable[str], known: Iterable[str], of: str = "metals") -> None:
    """Refuse a key of a section that is none of the keys of another."""
    for name in given:
        if name not in known:
            raise fault(f"{section}.{name}", f"{name!r} is not a key of {of}", nearest_name(name, known)[2:])
