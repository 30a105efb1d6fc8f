"""The settings of money: what metals are worth, and who pays whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pydantic import model_validator

from hubspoke.settings.quantity import Quantity
from hubspoke.settings.section import Amount, Positive, Section, Share, fault

if TYPE_CHECKING:
    from collections.abc import Iterable

PRICES = re.compile(r"(market|price_levels)(\.|$)|byproducts\.[^.]+\.price_")
"""How keys begin that are prices of what is sold: they enter most profit alone."""


def list_prices(keys: Iterable[str]) -> list[str]:
    """Return those of some dotted keys that are prices of what is sold.

    Parameters
    ----------
    keys : iterable of str
    """
    return [key for key in keys if PRICES.match(key)]


class Metal(Section):
    """A metal in black mass."""

    name_en: str
    name_ja: str
    element_t_per_t: Share
    """Tonnes of the element per tonne as the metal is counted: 0.188 where lithium is counted as carbonate."""
    recovery_t_per_t: Share
    """Share of the contained metal that refining recovers and sells."""
    purchase_share: Amount
    """Share of the value of the contained metal that a buyer of black mass pays."""
    primary_co2_kg_per_t: Amount | None = None
    """CO2 of a tonne made of ore, as the metal is counted; nothing is said of its CO2 where it is left out."""


class Market(Section):
    """The price level in use and the exchange rate."""

    price_level: str
    """Level that applies where a command names none; a key of `price_levels`."""
    jpy_per_usd: Positive


class PriceLevel(Section):
    """Prices of all metals at one time."""

    name_en: str
    name_ja: str
    usd_per_t: dict[str, Amount]
    """Price per tonne, for every key of `metals`."""


class Contract(Section):
    """A contract scheme: who pays whom for packs, transport, black mass and refining."""

    name_en: str
    name_ja: str
    gate_fee_jpy_per_t: Quantity
    """Paid to the hub per tonne of packs; below zero where the hub buys them."""
    gate_fee_paid_by: Literal["site", "maker"]
    collector_fee_jpy_per_t: Amount
    """Paid by the makers to the dismantling site per tonne of packs."""
    pack_freight_paid_by: Literal["site", "hub", "maker"]
    black_mass: Literal["sold", "tolled", "kept"]
    """`sold`: the refinery buys it at the `purchase_share` of its metals and sells what it recovers. `tolled`: a user
    company buys it at the same price, pays the refinery to refine it and owns the metals. `kept`: hubs and the
    refineries they deliver to are one company."""
    black_mass_freight_paid_by: Literal["hub", "refinery", "user"]
    tolling_fee_jpy_per_t: Amount
    """Paid to the refinery per tonne of black mass of `materials.refining_basis` where it is `tolled`."""

    @model_validator(mode="after")
    def _check_user(self) -> Contract:
        if self.black_mass_freight_paid_by == "user" and self.black_mass != "tolled":
            cure = "write hub or refinery, or black_mass = 'tolled'"
            raise fault("black_mass_freight_paid_by", f"nobody uses black mass that is {self.black_mass}", cure)
        return self


class Reference(Section):
    """Published totals of recycling in a year, to compare computed sales and costs with."""

    name_en: str
    name_ja: str
    packs_t: Amount
    """Tonnes of packs recycled in a year."""
    recovered_t: dict[str, Amount]
    """Tonnes of metal sold in a year, by key of `metals`."""
    refining_jpy_per_t: Amount
    """Separation and refining per tonne of packs."""
    market_jpy: dict[str, Amount]
    """Published sales of metals, by key of `price_levels`."""
    cost_jpy: dict[str, Amount]
    """Published cost of recycling, by key of `price_levels`."""
