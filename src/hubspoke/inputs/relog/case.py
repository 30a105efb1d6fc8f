"""A case of RELOG as data, the same for all forms of its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.inputs.relog.document import Series


@dataclass(frozen=True)
class Product:
    """A product.

    Attributes
    ----------
    name : str
    freight : Series
        Dollars per tonne and km.
    co2 : Series
        Tonnes of CO2 per tonne and km.
    """

    name: str
    freight: Series
    co2: Series


@dataclass(frozen=True)
class Source:
    """What a centre gives of one product.

    Attributes
    ----------
    centre, product : str
    lat, lon : float
    tonnes : Series
    price : Series
        Dollars per tonne that collecting it costs.
    may_stay : Series
        Tonnes that may be disposed of where they arise; infinite for no limit.
    stays_price : Series
        Dollars per tonne that this costs.
    """

    centre: str
    product: str
    lat: float
    lon: float
    tonnes: Series
    price: Series
    may_stay: Series
    stays_price: Series


@dataclass(frozen=True)
class Market:
    """A centre that takes a product, and what it pays for a tonne of it."""

    centre: str
    product: str
    lat: float
    lon: float
    revenue: Series


@dataclass(frozen=True)
class Size:
    """A size that a plant may be built for: dollars to open it, dollars a year, dollars a tonne of its input."""

    capacity_t: float
    opening: Series
    fixed: Series
    variable: Series


@dataclass(frozen=True)
class Disposal:
    """What it costs to dispose of a product at a plant, dollars per tonne, and how many tonnes a year may be."""

    cost: Series
    limit: Series


@dataclass(frozen=True)
class Plant:
    """A plant that stands or could stand.

    Attributes
    ----------
    path : str
        Where it stands in the document.
    kind : str
        Type of plant, of the forms that have types; else its name.
    name : str
    lat, lon : float
    takes : mapping of str to float
        Share of each product in what enters; they sum to 1.
    makes : mapping of str to float
        Tonnes of each product per tonne that enters.
    disposal : mapping of str to Disposal
        By product made; those left out cannot be disposed of.
    sizes : tuple of Size
        In ascending order.
    standing_t : float
        Capacity that stands before the first year.
    co2 : Series
        Tonnes of CO2 per tonne that enters.
    """

    path: str
    kind: str
    name: str
    lat: float
    lon: float
    takes: Mapping[str, float]
    makes: Mapping[str, float]
    disposal: Mapping[str, Disposal]
    sizes: tuple[Size, ...]
    standing_t: float
    co2: Series

    @property
    def feed(self) -> str:
        """The product of which most enters."""
        return max(self.takes, key=lambda name: self.takes[name])


@dataclass(frozen=True)
class Case:
    """A case.

    Attributes
    ----------
    years : int
    building : tuple of int
        Years, counted from 1, in which plants may open.
    driving : bool
        Whether distances are those of roads.
    products : mapping of str to Product
    sources : tuple of Source
    markets : tuple of Market
    plants : tuple of Plant
    left : tuple of (str, str)
        Kind and path of what the case states and a plan of hubspoke has no place for.
    """

    years: int
    building: tuple[int, ...]
    driving: bool
    products: Mapping[str, Product]
    sources: tuple[Source, ...]
    markets: tuple[Market, ...]
    plants: tuple[Plant, ...]
    left: tuple[tuple[str, str], ...]


def mean(series: Series) -> float:
    """Return the mean over the years."""
    return sum(series) / len(series)
