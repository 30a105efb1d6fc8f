"""The settings of energy and of CO2."""

from __future__ import annotations

from pydantic import model_validator

from hubspoke.settings.quantity import Quantity
from hubspoke.settings.section import Amount, Section, Share, fault


class Energy(Section):
    """What heat and electricity cost."""

    power_jpy_per_kwh: Amount
    heat_jpy_per_kwh: Amount


class Carbon(Section):
    """Price and factors of emissions, and the improved tonne-kilometre formula for the fuel of trucks.

    Litres per tonne-km = exp(intercept + load_exponent ln(load share) + payload_exponent ln(rated load in kg)).
    """

    price_jpy_per_t: Amount
    """Price of a tonne of CO2 in the cost; 0 means that emissions are reported and cost nothing."""
    power_kg_per_kwh: Amount
    heat_kg_per_kwh: Amount
    diesel_kg_per_l: Amount
    fuel_intercept: Quantity
    fuel_load_exponent: Quantity
    fuel_payload_exponent: Quantity
    load_share_min: Share
    """Least load share that the formula is used with, above 0; trucks with less count as loaded to this share."""
    empty_return: Share
    """Share of the km of trucks that are driven empty, with the fuel of the least load share: 0.5 where every truck
    comes back empty; 0 counts the loaded way alone."""

    @model_validator(mode="after")
    def _check_loads(self) -> Carbon:
        if not self.load_share_min > 0:
            raise fault("load_share_min", "got 0: the formula has no fuel for it", "write a share such as 0.1")
        if self.empty_return >= 1:
            raise fault("empty_return", "got 1: no truck would carry anything", "write a share from 0 to below 1")
        return self

    @property
    def empty_km_per_loaded_km(self) -> float:
        """Kilometres driven empty for each that is driven loaded."""
        return float(self.empty_return) / (1 - float(self.empty_return))
