"""The settings: every number a plan rests on, typed, frozen, each with unit, source and confidence.

The defaults stand in `data/regions/japan.toml`; a planner's own TOML holds only what differs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from hubspoke.base.spelling import nearest_name
from hubspoke.settings.changes.table_changes import TableChange
from hubspoke.settings.columns import ColumnRule
from hubspoke.settings.cost_levels import CostLevels
from hubspoke.settings.currency import Currency, Locale
from hubspoke.settings.energy import Carbon, Energy
from hubspoke.settings.firmness import Firmness
from hubspoke.settings.freight import Collection, Ferries, Roads, Truck
from hubspoke.settings.materials import (
    BLACK_MASS,
    Byproduct,
    Commodity,
    Grade,
    Materials,
    PackClass,
    check_contents,
    check_grade,
    check_yields,
)
from hubspoke.settings.metals.demand import Demand
from hubspoke.settings.metals.duties import Duty
from hubspoke.settings.money import Contract, Market, Metal, PriceLevel, Reference
from hubspoke.settings.orders import Orders
from hubspoke.settings.plants import Existing, Finance, Furnace, HubTechnology, RefineryTechnology, SharedGround, Sizes
from hubspoke.settings.policy import Policy
from hubspoke.settings.section import Section, fault
from hubspoke.settings.supply import Supply
from hubspoke.settings.years import Years

if TYPE_CHECKING:
    from collections.abc import Iterable


class Horizon(Section):
    """The years for which sites state their supply, and the year that is planned."""

    years: tuple[int, ...] = Field(min_length=1)
    """Years with a column of tonnes per pack class in `sites`."""
    year: int
    """Year planned when the command names none."""

    @model_validator(mode="after")
    def _check_ascending(self) -> Horizon:
        if list(self.years) != sorted(set(self.years)):
            raise fault("years", f"got {list(self.years)}", "write each year once, in ascending order")
        return self


class Sources(Section):
    """Which sources are planned besides dismantling sites."""

    factory_scrap: bool
    """Plan the rows of kind `cell-works` in `sites`."""
    overseas: bool
    """Plan the black mass of `overseas`, landed at `ports`."""


class Settings(Section):
    """All settings, section by section as in `japan.toml`."""

    title: str
    title_ja: str = ""
    """Title in Japanese; `title` where it is empty."""
    scenario: str = ""
    """Scenario whose changes were made, of `scenarios.toml`; several are joined by `+`."""
    table_changes: tuple[TableChange, ...] = ()
    """Changes to rows of the tables, made where the tables are read."""
    replaces: tuple[str, ...] = ()
    """Sections of named entries, such as `classes`, of which none of the shipped entries is kept."""
    currency: Currency = Field(default_factory=Currency)
    locale: Locale = Field(default_factory=Locale)
    commodity: Commodity
    horizon: Horizon
    policy: Policy
    orders: Orders = Field(default_factory=Orders)
    firmness: Firmness
    costs: CostLevels
    materials: Materials
    classes: dict[str, PackClass] = Field(min_length=1)
    grades: dict[str, Grade] = Field(min_length=1)
    metals: dict[str, Metal]
    market: Market
    price_levels: dict[str, PriceLevel] = Field(min_length=1)
    contracts: dict[str, Contract] = Field(min_length=1)
    reference: Reference
    demand: Demand | None = None
    """Batteries that are made, whose metal recycled metal is held against."""
    duties: dict[str, Duty] = Field(default_factory=dict)
    """Duties on recycling, by name; plans say whether they meet them."""
    sources: Sources
    supply: Supply
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
    existing: Existing
    finance: Finance
    years: Years = Field(default_factory=Years)
    shared_ground: SharedGround
    byproducts: dict[str, Byproduct]
    carbon: Carbon
    columns: dict[str, ColumnRule] = Field(default_factory=dict)
    """What columns of the planner's own mean, by their title."""

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
        basis = self.materials.refining_basis
        if not any(basis in pack.yields_t_per_t for pack in self.classes.values()):
            cure = f"write refining_basis = {self.materials.yields!r}, or the name of another set of yields"
            raise fault("materials.refining_basis", f"no class states yields {basis!r}", cure)
        self._check_metals()
        self._check_duties()
        self._check_furnaces()
        for key, technology in self.refinery_technologies.items():
            _check_keys(f"refinery_technologies.{key}.recovery_t_per_t", technology.recovery_t_per_t, self.metals)
        _check_keys("supply.class_factor", self.supply.class_factor, self.classes, "classes")
        if self.horizon.year not in self.horizon.years:
            cure = f"write one of {', '.join(map(str, self.horizon.years))}, or add it to horizon.years"
            raise fault("horizon.year", f"{self.horizon.year} is not among horizon.years", cure)
        return self

    def _check_metals(self) -> None:
        contents = self.materials.contents
        check_contents([name for pack in self.classes.values() for name in pack.other_metal_t_per_t], contents)
        for key, pack in self.classes.items():
            _check_keys(f"classes.{key}.metal_t_per_t", pack.metal_t_per_t, self.metals)
            for name, metals in pack.other_metal_t_per_t.items():
                _check_keys(f"classes.{key}.other_metal_t_per_t.{name}", metals, self.metals)
            inside = pack.metals_in(contents)
            held = sum(float(part) * float(self.metals[name].element_t_per_t) for name, part in inside.items())
            made = float(pack.yields_t_per_t[self.materials.yields].get(BLACK_MASS, 0.0))
            if held > made + 1e-9:
                problem = f"{held:g} t of metal cannot be in {made:g} t of black mass"
                section = f"other_metal_t_per_t.{contents}" if contents in pack.other_metal_t_per_t else "metal_t_per_t"
                raise fault(f"classes.{key}.{section}", problem, "lower the contents, or raise the yield")
        self._check_grades()
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

    def _check_grades(self) -> None:
        for key, grade in self.grades.items():
            _check_keys(f"grades.{key}.purchase_share", grade.purchase_share, self.metals)
        _check_keys("policy.refine_abroad", self.policy.refine_abroad, self.grades, "grades")
        for key, pack in self.classes.items():
            held = {name: float(part) for name, part in pack.metals_in(self.materials.contents).items()}
            metals = {name: held.get(name, 0.0) * float(metal.element_t_per_t) for name, metal in self.metals.items()}
            made = float(pack.yields_t_per_t[self.materials.yields].get(BLACK_MASS, 0.0))
            check_grade(key, pack, self.grades[pack.grade], metals=metals, black_mass_t_per_t=made)

    def _check_duties(self) -> None:
        _check_keys("policy.least_recovery_t_per_t", self.policy.least_recovery_t_per_t, self.metals)
        if name := self.policy.recycled_content:
            asking = [key for key, duty in self.duties.items() if duty.content_t_per_t]
            if name not in asking:
                cure = f"write one of {', '.join(asking)}{nearest_name(name, asking)}"
                raise fault("policy.recycled_content", f"no duty {name!r} asks for recycled content", cure)
        for key, duty in self.duties.items():
            if duty.for_metal in self.metals:
                known = {**self.metals, **self.byproducts}
                _check_keys(f"duties.{key}.recovery_t_per_t", duty.recovery_t_per_t, known, "metals or byproducts")
                _check_keys(f"duties.{key}.content_t_per_t", duty.content_t_per_t, self.metals)
        if self.demand is not None and not set(self.demand.class_share).isdisjoint(self.classes):
            _check_keys("demand.class_share", self.demand.class_share, self.classes, "classes")
            for key, told in self.demand.published.items():
                _check_keys(f"demand.published.{key}.class_share", told.class_share, self.classes, "classes")

    def _check_furnaces(self) -> None:
        replaced = "metals" in self.replaces and "furnaces" not in self.replaces
        shipped_of_other_metals = replaced and self.policy.refine_all  # not planned, and so no fault of the planner
        for key, furnace in self.furnaces.items():
            if key in self.refinery_technologies:
                raise fault(f"furnaces.{key}", "refinery_technologies has a key of that name", "rename one of the two")
            if not shipped_of_other_metals:
                _check_keys(f"furnaces.{key}.alloyed_t_per_t", furnace.alloyed_t_per_t, self.metals)
                _check_keys(f"furnaces.{key}.alloy_price_share", furnace.alloy_price_share, self.metals)

    @property
    def barred_takers(self) -> set[str]:
        """Technologies of `takers` that recover less of a metal than the policy asks for."""
        least = {key: float(share) for key, share in self.policy.least_recovery_t_per_t.items()}
        usual = {key: float(metal.recovery_t_per_t) for key, metal in self.metals.items()}
        barred = {name for name in self.furnaces if any(share > 0 for share in least.values())}
        for name, technology in self.refinery_technologies.items():
            own = technology.recovery_t_per_t
            if any(float(own.get(key, usual[key])) < share for key, share in least.items()):
                barred.add(name)
        return barred

    @property
    def takers(self) -> dict[str, RefineryTechnology | Furnace]:
        """Technologies of all that may take black mass, refineries and then furnaces; the usual refinery first."""
        return {**self.refinery_technologies, **self.furnaces}


def _check_keys(section: str, given: Iterable[str], known: Iterable[str], of: str = "metals") -> None:
    """Raise where a key of one section is not among those of another."""
    for name in given:
        if name not in known:
            raise fault(f"{section}.{name}", f"{name!r} is not a key of {of}", nearest_name(name, known)[2:])
