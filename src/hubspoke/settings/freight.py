"""The settings of collection, trucks, roads and ferries."""

from __future__ import annotations

from typing import Literal

from hubspoke.settings.quantity import Quantity
from hubspoke.settings.section import Amount, Positive, Section

AS_TARIFFS = Quantity(1.0, unit="factor", source="the tariffs as they stand", confidence="high")


class Collection(Section):
    """How packs are fetched from the sites."""

    pickups_min_per_yr: Positive
    """Fewest pick-ups of a site in a year, whatever its tonnage; no more than it has packs."""
    stock_max_t: Amount
    """Most packs that a dismantling site may have in stock, and so the most that a pick-up fetches; 0: no limit. A site
    may state its own."""
    surcharge_factor: Positive
    """Factor on the base rate of freight, since waste packs are dangerous goods."""
    packaging_jpy_per_t: Amount
    """Cost of reusable boxes."""
    removal_jpy_per_t: Amount
    """What it costs a site to take packs out of cars, to discharge them and to insulate their terminals."""


class Truck(Section):
    """A truck class of the official tariff, whose rates include the empty return."""

    fixed_jpy_per_trip: Amount
    distance_jpy_per_km: Amount
    loading_jpy_per_trip: Amount
    """Loading, unloading and waiting."""
    toll_jpy_per_km: Amount
    """Expressway toll, one way."""
    length_m: Positive
    """Length, by which ferries charge."""
    payload_packs_t: Positive
    payload_black_mass_t: Positive
    payload_legal_t: Positive
    """Rated load, on which the fuel formula rests."""


class Roads(Section):
    """Speeds and detours of the road graph."""

    expressway_km_per_h: Positive
    road_km_per_h: Positive
    access_km_per_h: Positive
    access_detour_factor: Positive
    """Road km per straight km from a site or plant to the graph."""
    distances: Literal["auto", "graph", "straight"] = "auto"
    """Whence distances come that `lanes` does not state: the graph of `roads` and `cities`, straight lines, or the
    graph unless it ships and all places lie far from it."""
    straight_detour_factor: Positive = Quantity(1.3)
    """Road km per straight km where there is no graph."""
    straight_km_per_h: Positive = Quantity(60)
    """Speed where there is no graph."""
    toll_legs: Amount
    """How many times the toll is paid per trip: 2 when the truck comes back empty."""
    freight_factor: Positive = AS_TARIFFS
    """Factor on all that trucks, tolls and ferries cost, of packs and of black mass. What a lane states per tonne
    stays."""


class Ferries(Section):
    """Ferries; the fares are those of a truck of `reference_length_m`, and others pay in proportion to their length."""

    reference_length_m: Positive
    fixed_jpy_per_crossing: Amount
    distance_jpy_per_km: Amount
    legs: Amount
    """Crossings paid per trip: 2 when the truck comes back empty."""
    speed_km_per_h: Positive
    boarding_h: Amount
    co2_kg_per_t_km: Amount
