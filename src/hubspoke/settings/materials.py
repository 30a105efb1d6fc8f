"""The settings of materials: pack classes, what a hub makes of them, black-mass grades and by-products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from hubspoke.settings.quantity import Quantity
from hubspoke.settings.section import Amount, Fraction, Positive, Section, Share, fault

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

NOTHING = Quantity(0.0, unit="h", source="not stated", confidence="low")
NONE = Quantity(0.0, unit="t/t", source="not stated", confidence="low")
NO_CO2 = Quantity(0.0, unit="kg/t", source="not stated", confidence="low")
BLACK_MASS = "black_mass"
"""Key of what a hub sends on to refineries, among the yields, whatever the commodity calls it."""
PHYSICAL = "physical"
"""Name of the account of contents that every class states: its `metal_t_per_t`."""


class Commodity(Section):
    """What is recycled, in the words that plans, maps and reports use."""

    feed_en: str
    """What sites hand over, such as `packs`."""
    feed_ja: str
    intermediate_en: str
    """What hubs send on to refineries, such as `black mass`. Keys and columns call it `black_mass` whatever it is."""
    intermediate_ja: str


class Materials(Section):
    """Which of the yields and metal contents that the classes state are in use."""

    yields: str
    """Name of the set of yields in use, which every class must state: `convention` (0.50 t of black mass per tonne of
    packs, as its source has it), `physical` (by weighing packs), or a planner's own."""
    contents: str = PHYSICAL
    """Name of the account of the metal in packs: `physical` (`metal_t_per_t` of the classes), `mizuho` (what published
    totals imply), or a planner's own. Classes that do not state it keep their `metal_t_per_t`."""
    refining_basis: str
    """Set of yields whose black mass all tonnes of refineries are stated for: sizes, limits (`max_t`, `existing_t`),
    capital, labour and cost per tonne. Under other yields a tonne counts by the packs behind it."""
    mix: dict[str, dict[str, float]] = Field(default_factory=dict)
    """Share of each class in all packs by year, by which costs that depend on the mix are reckoned; that of the sites
    planned where none is stated. A region planned alone takes that of the whole network."""


class PackClass(Section):
    """A kind of battery pack: what a hub makes of it, the metals in it, and what its transport costs besides."""

    name_en: str
    name_ja: str
    grade: str
    """Black-mass grade that the pack gives; a key of `grades`."""
    default_share: Share
    """Share of this class where a site states only `mass_t`; the shares of all classes sum to 1."""
    carbon_t_per_t: Share = NONE
    """Carbon of graphite, separator and electrolyte, which may be left out of the recycling efficiency until 2029."""
    fleet: Literal["hev", "nimh", "nmc", "lfp", "none"] = "none"
    """Packs of the fleet that these are, and that scenarios of `supply` change: of hybrids (`hev`; only those of
    lithium-ion where another class is `nimh`), of plug-in hybrids and battery cars without LFP (`nmc`) or with it
    (`lfp`). `none`: scenarios leave the tonnes of the class as they are."""
    consumer: Literal["post", "pre"] = "post"
    """`post`: packs that were in use. `pre`: scrap of manufacturing, which rules on recycled content count apart."""
    pack_kg: Positive | None = None
    """Mass of a pack, by which packs are counted; where it is left out they are not, and trips are as many as tonnes
    and pick-ups ask for."""
    disassembly_h: Amount = NOTHING
    """Hours of work that it takes to discharge a pack and to open it down to its modules; needs `pack_kg`."""
    yields_t_per_t: dict[str, dict[str, Share]]
    """Tonnes of `black_mass` and of each by-product per tonne of packs, by set of yields; the rest of 1 is lost."""
    metal_t_per_t: dict[str, Share] = Field(default_factory=dict)
    """Metal per tonne of packs, by key of `metals`; all of it goes into the black mass."""
    other_metal_t_per_t: dict[str, dict[str, Share]] = Field(default_factory=dict)
    """The same by other accounts, such as `mizuho`; `materials.contents` says which is in use."""
    impurity_t_per_t: dict[str, Share] = Field(default_factory=dict)
    """What a tonne of the class's black mass holds besides, such as `fluorine` or `copper`, by which limits of grades
    are checked."""
    surcharge_factor: Positive | None = None
    """Factor on the freight of these packs, instead of that of `collection`."""
    packaging_jpy_per_t: Amount | None = None
    """Cost of boxes and insulation of these packs, instead of that of `collection`."""
    removal_jpy_per_t: Amount | None = None
    """Cost of removing these packs at the site, instead of that of `collection`."""

    @model_validator(mode="after")
    def _check_hours(self) -> PackClass:
        if self.disassembly_h > 0 and self.pack_kg is None:
            raise fault("disassembly_h", "hours by pack, and no mass of a pack", "state pack_kg, too")
        return self

    def metals_in(self, contents: str) -> Mapping[str, float]:
        """Return the metal per tonne of packs by an account of contents, or `metal_t_per_t` where it is not stated."""
        return self.other_metal_t_per_t.get(contents, self.metal_t_per_t)


class Grade(Section):
    """A grade of black mass: what may be called so, and what a buyer pays for it."""

    name_en: str
    name_ja: str
    least_t_per_t: dict[str, Share] = Field(default_factory=dict)
    """Least content of a tonne, by key of `metals` (as the element) or of `impurity_t_per_t` of the classes."""
    most_t_per_t: dict[str, Share] = Field(default_factory=dict)
    """Most content of a tonne, by the same keys."""
    purchase_share: dict[str, Share] = Field(default_factory=dict)
    """Share of the value of each metal that a buyer of this grade pays, by key of `metals`, instead of that there."""


class Byproduct(Section):
    """A material that leaves a hub beside black mass."""

    name_en: str
    name_ja: str
    price_jpy_per_t: Amount
    """What a tonne sells for, after sorting losses; 0 where it only pays for its removal."""
    recovery_t_per_t: Fraction | None = None
    """Share of what packs hold of it that hubs sort out; the rest is lost. Stated for metals that the metals ledger
    follows, and left out for all else."""
    primary_co2_kg_per_t: Amount | None = None
    """CO2 of a tonne made of ore; nothing is said of its CO2 where it is left out."""
    remelting_co2_kg_per_t: Amount = NO_CO2
    """CO2 of making a tonne of metal of what hubs sell."""


def check_yields(
    name: str, stated: Mapping[str, Mapping[str, float]], chosen: str, byproducts: Collection[str]
) -> None:
    """Check that a class states the set of yields in use, and that no set has unknown outputs or sums to more than 1.

    Raises
    ------
    PydanticCustomError
        The first of these rules that is broken, with its key and cure.
    """
    if chosen not in stated:
        known = f"write one of {', '.join(stated)}, or " if stated else ""
        raise fault(
            "materials.yields", f"the class {name!r} states no yields {chosen!r}", f"{known}add the set to the class"
        )
    for key, outputs in stated.items():
        path = f"classes.{name}.yields_t_per_t.{key}"
        for output in outputs:
            if output != BLACK_MASS and output not in byproducts:
                cure = f"write one of {', '.join((BLACK_MASS, *byproducts))}"
                raise fault(f"{path}.{output}", f"{output!r} is no by-product", cure)
        total = sum(map(float, outputs.values()))
        if total > 1 + 1e-9:
            cure = "lower them: what is left of 1 is lost as electrolyte, moisture and dust"
            raise fault(path, f"the yields sum to {total:g} t from 1 t, more than goes in", cure)


def check_contents(stated: Collection[str], chosen: str) -> None:
    """Check that the account of contents in use is stated by a class.

    Raises
    ------
    PydanticCustomError
        No class states it.
    """
    if chosen not in (PHYSICAL, *stated):
        known = ", ".join(dict.fromkeys((PHYSICAL, *stated)))
        raise fault("materials.contents", f"no class states contents {chosen!r}", f"write one of {known}")


def check_grade(
    name: str, pack: PackClass, grade: Grade, *, metals: Mapping[str, float], black_mass_t_per_t: float
) -> None:
    """Check that the black mass of a class may be called what its grade says.

    Parameters
    ----------
    name : str
        Key of the class.
    pack : PackClass
    grade : Grade
        That of the class.
    metals : mapping of str to float
        Tonnes of each metal, as the element, per tonne of packs.
    black_mass_t_per_t : float
        Tonnes of black mass per tonne of packs; a class that gives none is of any grade.

    Raises
    ------
    PydanticCustomError
        The first limit that is not kept, or that names a content which the class does not state.
    """
    if black_mass_t_per_t <= 0:
        return
    held = {key: share / black_mass_t_per_t for key, share in metals.items()}
    held |= {key: float(share) for key, share in pack.impurity_t_per_t.items()}
    for word, limits, sign in (("least", grade.least_t_per_t, 1), ("most", grade.most_t_per_t, -1)):
        for key, limit in limits.items():
            if key not in held:
                cure = f"state classes.{name}.impurity_t_per_t.{key}, or take the limit away"
                problem = f"the grade {pack.grade!r} limits {key}, and the class does not state it"
                raise fault(f"classes.{name}.impurity_t_per_t", problem, cure)
            if sign * (held[key] - float(limit)) < -1e-9:
                asked = f"{pack.grade!r} asks for at {word} {float(limit):.4g}"
                problem = f"a tonne of its black mass holds {held[key]:.4g} t of {key}, and {asked}"
                cure = "give the class another grade, or correct its contents or the limit"
                raise fault(f"classes.{name}.grade", problem, cure)
