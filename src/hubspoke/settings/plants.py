"""The settings of technologies, furnaces, sizes, finance and shared ground."""

from __future__ import annotations

import math

from pydantic import Field, model_validator

from hubspoke.settings.quantity import Quantity
from hubspoke.settings.section import Amount, Positive, Section, Share, fault
from hubspoke.settings.technologies import split_technologies

NOTHING = Quantity(0.0, unit="share", source="not stated", confidence="low")
AS_STATED = Quantity(1.0, unit="factor", source="not stated", confidence="high")


class Technology(Section):
    """What every technology states, whether plants of it are built or stand anyway."""

    name_en: str
    name_ja: str
    direct_co2_kg_per_t: Amount
    """Emissions per tonne that enters, without those of the heat and electricity that it buys."""
    largest_t_per_yr: Positive | None = None
    """Largest size at any place, even where a plant's own `max_t` is larger; no such limit if left out."""
    proven_t_per_yr: Positive | None = None
    """Largest size known to run at one place; plans mark larger plants as assumed. Nothing is marked if left out."""
    only_at: tuple[str, ...] = ()
    """Kinds of place where it can stand; everywhere if empty."""
    offered: bool = True
    """Whether plants of this technology may open at all."""
    derived_from: str = ""
    """Technology that this one is a copy of, for the plants that a scenario changes; empty for all others."""


class Plant(Technology):
    """A technology of plants that are built: capital and labour with economies of scale, and energy per tonne."""

    reference_t_per_yr: Positive
    """Capacity for which `capital_jpy` and `labour_persons` are stated."""
    capital_jpy: Amount
    capital_exponent: Share
    maintenance_share_per_yr: Share
    labour_persons: Amount
    labour_exponent: Share
    heat_mwh_per_t: Amount
    """Heat bought per tonne that enters."""
    power_mwh_per_t: Amount
    """Electricity per tonne that enters."""
    contingency_share: Amount = NOTHING
    """Allowance on `capital_jpy`, as a share of it; maintenance is a share of both."""
    lead_time_yr: Amount = NOTHING
    """Years from the decision to a new plant, or to a larger one, until it runs: permit, building, first runs."""
    ramp_up: tuple[float, ...] = ()
    """Share of its capacity that a new plant takes in its first, second ... year; all of it after these."""
    overhead_share: Amount = NOTHING
    """Management, laboratory, insurance and the like, as a share of labour and maintenance."""
    variable_factor: Amount = AS_STATED
    """Factor on all that is paid by the tonne that enters; what is emitted stays."""

    @model_validator(mode="after")
    def _check_ramp_up(self) -> Plant:
        if not all(0 < share <= 1 for share in self.ramp_up):
            raise fault("ramp_up", f"got {list(self.ramp_up)}", "write shares above 0 and up to 1, such as [0.4, 0.8]")
        return self

    @property
    def invested_jpy(self) -> float:
        """Capital of a plant of the reference capacity, with the allowance."""
        return float(self.capital_jpy) * (1 + float(self.contingency_share))


class HubTechnology(Plant):
    """A hub technology: tonnes are packs."""

    hf_treatment_jpy_per_t: Amount
    """Binding hydrogen fluoride and disposing of the residue."""
    other_jpy_per_t: Amount
    """Residues, consumables, analysis."""
    disassembly_share: Share = NOTHING
    """Share of the hours of `classes` (`disassembly_h`) that packs are worked on: 1 where modules are taken out and
    opened, less where whole packs or modules are roasted."""


class RefineryTechnology(Plant):
    """A refinery technology: tonnes are black mass."""

    reagents_jpy_per_t: Amount
    effluent_jpy_per_t: Amount
    """Effluents and residues."""
    recovery_t_per_t: dict[str, Share] = Field(default_factory=dict)
    """Share of the contained metal that it recovers, by key of `metals`; for those left out, that of `metals`."""


class Furnace(Technology):
    """Electric furnaces that take black mass as scrap.

    They stand anyway, so that a tonne costs only their fee. Metals that they do not alloy are lost in slag and dust.
    """

    fee_jpy_per_t: Amount
    """What the works asks for a tonne of black mass at its gate."""
    alloyed_t_per_t: dict[str, Share]
    """Share of the contained metal that ends in the alloy, by key of `metals`; 0 for those left out."""
    alloy_price_share: dict[str, Share]
    """Share of the metal's price that the works pays for it in the alloy, by key of `metals`; 0 for those left out."""


class Sizes(Section):
    """Capacities that a plant can be built for, where `sizes.csv` gives no others."""

    hub_t_per_yr: tuple[float, ...] = Field(min_length=1)
    refinery_t_per_yr: tuple[float, ...] = Field(min_length=1)
    availability: Share
    """Share of a plant's size that it takes in a year; the rest of the time it stands still. Not of `sizes.csv`."""

    @model_validator(mode="after")
    def _check_sizes(self) -> Sizes:
        if not self.availability > 0:
            raise fault("availability", "got 0: no plant could take anything", "write a share above 0 and up to 1")
        for name in ("hub_t_per_yr", "refinery_t_per_yr"):
            steps = getattr(self, name)
            if any(step <= 0 for step in steps) or list(steps) != sorted(set(steps)):
                raise fault(name, f"got {list(steps)}", "write steps above zero, in ascending order")
        return self


class Existing(Section):
    """What plants that stand today cost."""

    sunk_share: Share
    """Share of the capital of what stands that is spent and not charged again; a plant may state its own."""


class Finance(Section):
    """How capital becomes a yearly cost."""

    discount_rate_per_yr: Amount
    life_yr: Positive
    wage_jpy_per_yr: Amount
    hours_per_yr: Positive
    """Hours that somebody works in a year, by which an hour is paid."""
    subsidy_share: Share = NOTHING
    """Share of the investment in a plant that is built anew which a subsidy pays; a plant may state its own."""
    subsidy_cap_jpy: Amount | None = None
    """Most that a subsidy pays for one plant, however large; no such limit if left out. A plant may state its own."""

    @property
    def wage_jpy_per_h(self) -> float:
        """What an hour of work costs."""
        return float(self.wage_jpy_per_yr) / float(self.hours_per_yr)

    @property
    def capital_recovery_per_yr(self) -> float:
        """Capital recovery factor: the level yearly payment per yen of capital."""
        rate, life = float(self.discount_rate_per_yr), float(self.life_yr)
        return 1 / life if rate == 0 else rate / (1 - (1 + rate) ** -life)


class SharedGround(Section):
    """Share of each fixed cost that a hub saves while a refinery on its ground is open."""

    capital_share: Share
    """Land, roads, tanks, supply of power, steam and water."""
    maintenance_share: Share
    """Workshop, stores, crews on call."""
    labour_share: Share
    """Management, office, gate and weighbridge, laboratory."""


def read_ramp_up(cell: str) -> tuple[float, ...] | None:
    """Return the shares that a cell states, None where it cannot be read.

    Parameters
    ----------
    cell : str
        Shares above 0 and up to 1, separated as technologies are; empty for none.

    Examples
    --------
    >>> read_ramp_up("0.4; 0.8"), read_ramp_up(""), read_ramp_up("40 %")
    ((0.4, 0.8), (), None)
    """
    try:
        shares = tuple(float(part) for part in split_technologies(cell))
    except ValueError:
        return None
    return shares if all(math.isfinite(share) and 0 < share <= 1 for share in shares) else None
