"""The settings section `demand`: batteries made in a year, whose metal recycled metal is held against."""

from __future__ import annotations

from pydantic import Field

from hubspoke.settings.quantity import Quantity
from hubspoke.settings.section import Section, Share
from hubspoke.settings.supply import PackMasses, Series, ShareSeries

ALL = Quantity(1.0, unit="t/t", source="not stated", confidence="low")


class TrainShares(Section):
    """Share of each power train in the cars made, by year; the rest has no pack."""

    hev: ShareSeries | None = None
    phv: ShareSeries | None = None
    bev: ShareSeries | None = None


class Statement(Section):
    """What somebody published on the share of demand that recycled metal meets, to compare with that of a plan."""

    name_en: str
    name_ja: str
    year: int
    share: dict[str, Share]
    """Share of the demand that is met, by key of `metals`."""
    overall: Share | None = None
    """The same of all these metals together, read as that of their mass as elements."""
    class_share: dict[str, Share]
    """Share of each class in the mass of the packs that come back; the packs are those of `reference`."""


class Demand(Section):
    """Batteries made in a year: cars, times mass of a pack, times what a tonne of packs holds."""

    name_en: str
    name_ja: str
    cars: Series
    """Cars made."""
    share: TrainShares
    pack_kg: PackMasses
    class_share: dict[str, ShareSeries] = Field(min_length=1)
    """Share of each class in the mass of these packs, by key of `classes`; parts of another sum are divided by it. A
    plan without these classes has no demand."""
    bound_share: Share = ALL
    """Share of the packs that duties on recycled content bind, such as those of cars sold in the EU."""
    published: dict[str, Statement] = Field(default_factory=dict)
