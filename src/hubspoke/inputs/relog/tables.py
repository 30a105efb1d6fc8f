"""Write the stages of a case as the tables of a planner's folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.geodesy import great_circle_km
from hubspoke.inputs.relog.case import mean
from hubspoke.inputs.relog.keys import make_ids, make_keys
from hubspoke.inputs.relog.sizes import list_sizes
from hubspoke.inputs.tables.schema import ALLOWED, FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hubspoke.inputs.relog.case import Case, Product, Source
    from hubspoke.inputs.relog.stages import Stages

    Row = dict[str, Any]

REGION = "all"
END = "end"
AMPLE = 1.5
"""Capacity of a refinery that stands for none, over all that could reach it."""


@dataclass(frozen=True)
class Taker:
    """A row of `refineries`: a plant, a centre, or the end that stands beside a hub, which is named then."""

    key: str
    product: str
    lat: float
    lon: float
    beside: str = ""


@dataclass(frozen=True)
class Keys:
    """Keys of a case's names in settings and tables.

    Attributes
    ----------
    classes, products, hub_kinds, refinery_kinds : mapping of str to str
    sources, hubs : sequence of str
        Ids, in the order of the stages.
    takers : sequence of Taker
        Plants, centres, ends.
    """

    classes: Mapping[str, str]
    products: Mapping[str, str]
    hub_kinds: Mapping[str, str]
    refinery_kinds: Mapping[str, str]
    sources: Sequence[str]
    hubs: Sequence[str]
    takers: Sequence[Taker]


def make_all_keys(stages: Stages) -> Keys:
    """Return the keys of all names.

    Parameters
    ----------
    stages : Stages
    """
    ids: set[str] = set()
    hubs = make_ids([(plant.name, plant.kind) for plant in stages.hubs], ids)
    refineries = make_ids([(plant.name, plant.kind) for plant in stages.refineries], ids)
    sources = make_ids([(source.centre, source.product) for source in stages.sources], ids)
    markets = make_ids([(market.centre, market.product) for market in stages.markets], ids)
    ending = [(key, hub) for key, hub in zip(hubs, stages.hubs, strict=True) if stages.sent_on[hub.feed] is None]
    ends = make_ids([(f"{key} {END}", "") for key, _ in ending], ids)
    plants = zip(refineries, stages.refineries, strict=True)
    centres = zip(markets, stages.markets, strict=True)
    takers = [Taker(key, plant.feed, plant.lat, plant.lon) for key, plant in plants]
    takers += [Taker(key, market.product, market.lat, market.lon) for key, market in centres]
    takers += [Taker(key, "", hub.lat, hub.lon, beside) for key, (beside, hub) in zip(ends, ending, strict=True)]
    made = dict.fromkeys(name for plant in stages.hubs for name in plant.makes)
    kinds = make_keys([plant.kind for plant in stages.hubs], "hub")
    refining = make_keys([*(plant.kind for plant in stages.refineries), END], "refinery")
    return Keys(make_keys(stages.feeds, "feed"), make_keys(made, "product"), kinds, refining, sources, hubs, takers)


def list_sites(stages: Stages, keys: Keys, first_year: int) -> list[Row]:
    """Return the rows of `sites`: a site for each product of a centre.

    Parameters
    ----------
    stages : Stages
    keys : Keys
    first_year : int
        What year 1 of the case is.
    """
    rows = []
    for key, source in zip(keys.sources, stages.sources, strict=True):
        row = {"id": key, "name": source.centre, "region": REGION, "lat": source.lat, "lon": source.lon}
        for feed in stages.feeds:
            for year, tonnes in enumerate(source.tonnes):
                row[f"{keys.classes[feed]}_{first_year + year}_t"] = tonnes if feed == source.product else 0
        rows.append(row)
    return rows


def list_hubs(stages: Stages, keys: Keys) -> list[Row]:
    """Return the rows of `hubs`.

    Parameters
    ----------
    stages : Stages
    keys : Keys
    """
    return [
        {
            "id": key,
            "name": plant.name,
            "region": REGION,
            "lat": plant.lat,
            "lon": plant.lon,
            "technology": keys.hub_kinds[plant.kind],
            "status": "open" if plant.standing_t > 0 else "candidate",
        }
        for key, plant in zip(keys.hubs, stages.hubs, strict=True)
    ]


def list_refineries(stages: Stages, keys: Keys) -> list[Row]:
    """Return the rows of `refineries`.

    Parameters
    ----------
    stages : Stages
    keys : Keys
    """
    rows = []
    for place, taker in enumerate(keys.takers):
        plant = stages.refineries[place] if place < len(stages.refineries) else None
        rows.append(
            {
                "id": taker.key,
                "name": plant.name if plant else taker.key,
                "region": REGION,
                "lat": taker.lat,
                "lon": taker.lon,
                "technology": keys.refinery_kinds[plant.kind if plant else END],
                "status": "open" if plant and plant.standing_t > 0 else "candidate",
            }
        )
    return rows


def list_plant_sizes(case: Case, stages: Stages, keys: Keys) -> list[Row]:
    """Return the rows of `sizes`.

    Parameters
    ----------
    case : Case
    stages : Stages
    keys : Keys
    """
    plants = [(key, plant, stages.sent_on[plant.feed]) for key, plant in zip(keys.hubs, stages.hubs, strict=True)]
    plants += [(taker.key, plant, None) for taker, plant in zip(keys.takers, stages.refineries, strict=False)]
    rows = [
        {
            "plant_id": key,
            "capacity_t": _tidy(step.capacity_t),
            "fixed_jpy_per_yr": _tidy(step.fixed),
            "variable_jpy_per_t": _tidy(step.variable),
        }
        for key, plant, sent_on in plants
        for step in list_sizes(plant, case.years, sent_on)
    ]
    ample = AMPLE * max(1.0, *(sum(year) for year in zip(*(source.tonnes for source in stages.sources), strict=True)))
    free = {"capacity_t": ample, "fixed_jpy_per_yr": 0, "variable_jpy_per_t": 0}
    return rows + [{"plant_id": taker.key, **free} for taker in keys.takers[len(stages.refineries) :]]


def list_lanes(case: Case, stages: Stages, keys: Keys, factor: float) -> Iterator[Row]:
    """Yield the rows of `lanes`: distance, freight and CO2 of every pair, or that nothing may go there.

    Parameters
    ----------
    case : Case
    stages : Stages
    keys : Keys
    factor : float
        Road km per straight km.
    """
    starts, hubs = stages.sources, stages.hubs
    km = factor * _straight_km(starts, hubs)
    for row, (key, source) in enumerate(zip(keys.sources, starts, strict=True)):
        for column, (hub_key, hub) in enumerate(zip(keys.hubs, hubs, strict=True)):
            product = case.products[source.product] if hub.feed == source.product else None
            yield _lane(key, hub_key, float(km[row, column]), product)
    km = factor * _straight_km(hubs, keys.takers)
    for row, (key, hub) in enumerate(zip(keys.hubs, hubs, strict=True)):
        sent_on = stages.sent_on[hub.feed]
        for column, taker in enumerate(keys.takers):
            product = case.products[sent_on] if sent_on is not None and taker.product == sent_on else None
            yield _lane(key, taker.key, float(km[row, column]), product, free=taker.beside == key)


def _lane(start: str, end: str, km: float, product: Product | None, *, free: bool = False) -> Row:
    row: Row = {"from_id": start, "to_id": end, "distance_km": round(km, 3), "cost_jpy_per_t": "", "co2_kg_per_t": ""}
    if product is None and not free:
        return {**row, "status": FORBIDDEN}
    cost = 0.0 if product is None else mean(product.freight) * km
    co2 = 0.0 if product is None else 1000 * mean(product.co2) * km
    return {**row, "cost_jpy_per_t": _tidy(cost), "co2_kg_per_t": _tidy(co2), "status": ALLOWED}


def _straight_km(some: Sequence[Any], others: Sequence[Any]) -> Any:
    lat, lon = (np.array([getattr(place, name) for place in some], np.float64)[:, None] for name in ("lat", "lon"))
    to_lat, to_lon = (np.array([getattr(place, name) for place in others], np.float64) for name in ("lat", "lon"))
    return great_circle_km(lat, lon, to_lat, to_lon)


def mean_price(sources: Sequence[Source]) -> float:
    """Return what collecting costs per tonne, the mean of sources by their tonnes.

    Parameters
    ----------
    sources : sequence of Source
        Of one product.
    """
    tonnes = sum(sum(source.tonnes) for source in sources)
    paid = sum(mass * price for source in sources for mass, price in zip(source.tonnes, source.price, strict=True))
    return paid / tonnes if tonnes > 0 else 0.0


def _tidy(value: float) -> float:
    """Return a number without the noise of its last digits."""
    return float(f"{value:.12g}")
