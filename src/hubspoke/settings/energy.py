"""The settings of energy and of CO2."""

from __future__ import annotations

from hubspoke.settings.quantity import Quantity
from hubspoke.settings.section import Amount, Section, Share


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
    """Least load share that the formula is used with; trucks with less count as loaded to this share."""
