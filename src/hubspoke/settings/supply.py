"""The settings section `supply`: sales of cars, how long they live, what stays in Japan, and scenarios of these."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, Strict, model_validator

from hubspoke.base.spelling import nearest_name
from hubspoke.settings.quantity import USER_SOURCE
from hubspoke.settings.section import Amount, Positive, Section, Share, fault

TRAINS = ("hev", "phv", "bev")
"""Power trains with packs: hybrids, plug-in hybrids, battery cars."""
SHAPES = (0.5, 100.0)
"""Least and largest shape of a distribution of lives; wider ones outlive any table, narrower ones are one life."""


class Series(Section):
    """A number by year, with one unit and source for all of them."""

    unit: str = ""
    source: str = USER_SOURCE
    confidence: str = "user"
    by_year: dict[str, Annotated[float, Strict()]] = Field(min_length=1)
    """Value by year, not below 0. Years between are on the line between their neighbours."""

    @model_validator(mode="after")
    def _check_years(self) -> Series:
        for year, value in self.by_year.items():
            if not re.fullmatch(r"[12]\d{3}", year):
                digits = re.search(r"[12]\d{3}", year)
                cure = f"write a year, such as {digits[0] if digits else '2030'}"
                raise fault(f"by_year.{year}", f"{year!r} is no year", cure)
            if value < 0:
                raise fault(f"by_year.{year}", f"must not be negative, got {value:g}", "write 0 or a positive number")
        return self

    @property
    def points(self) -> dict[int, float]:
        """Values by year, in the order of the years."""
        return {int(year): value for year, value in sorted(self.by_year.items())}


class ShareSeries(Series):
    """A share by year."""

    @model_validator(mode="after")
    def _check_shares(self) -> ShareSeries:
        for year, value in self.by_year.items():
            if value > 1:
                cure = "write a share between 0 and 1, such as 0.25 for 25 %"
                raise fault(f"by_year.{year}", f"must lie between 0 and 1, got {value:g}", cure)
        return self


class Sales(Section):
    """New cars sold in a year by power train. A power train that is left out sells as in the table that is followed."""

    follows: str = ""
    """Table of `supply.sales` that holds the years before the first one stated here; none if empty."""
    hev: Series | None = None
    phv: Series | None = None
    bev: Series | None = None


class KeptShares(Section):
    """Share of the cars sold that is scrapped in Japan, by power train; the rest is exported or lost."""

    hev: Share | None = None
    phv: Share | None = None
    bev: Share | None = None


class PackMasses(Section):
    """Mass of a pack by power train."""

    hev: Positive | None = None
    phv: Positive | None = None
    bev: Positive | None = None


class PackTonnes(Section):
    """National tonnes of packs that come back, by kind, where they are stated and not computed from cars sold."""

    hev: Series | None = None
    nimh: Series | None = None
    nmc: Series | None = None
    lfp: Series | None = None

    @property
    def stated(self) -> dict[str, dict[int, float]]:
        """Tonnes by year of the kinds that are stated; others are 0 where any is."""
        kinds = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: series.points for name, series in kinds if series is not None}


class Scenario(Section):
    """How many packs come back. What a scenario leaves out is as in the first one, which states everything."""

    name_en: str = ""
    name_ja: str = ""
    sales: str = ""
    """Table of `supply.sales`."""
    mean_life_yr: Positive | None = None
    """Mean age of cars when they are scrapped."""
    life_shape: Amount | None = None
    """Shape of the Weibull distribution of that age, the narrower the larger; 0: all cars live `mean_life_yr`."""
    kept_share: KeptShares = KeptShares()
    pack_kg: PackMasses = PackMasses()
    lfp_share: ShareSeries | None = None
    """Share of LFP in the mass of packs of plug-in hybrids and battery cars, by year of sale."""
    hev_lib_share: ShareSeries | None = None
    """Share of lithium-ion in the mass of packs of hybrids, by year of sale; the rest is nickel-metal hydride."""
    tonnes: PackTonnes = PackTonnes()
    """National tonnes by year and kind of pack, such as another model of the fleet gives them, instead of all above."""

    @model_validator(mode="after")
    def _check_shape(self) -> Scenario:
        shape = float(self.life_shape or 0.0)
        if shape and not SHAPES[0] <= shape <= SHAPES[1]:
            cure = f"write 0 for one life of all cars, or a shape from {SHAPES[0]:g} to {SHAPES[1]:g}"
            raise fault("life_shape", f"got {shape:g}", cure)
        return self

    @property
    def unstated(self) -> list[str]:
        """Keys that this scenario leaves to the first one."""
        single = ("sales", "mean_life_yr", "life_shape", "lfp_share", "hev_lib_share")
        missing = [key for key in single if getattr(self, key) in (None, "")]
        for key in ("kept_share", "pack_kg"):
            missing += [f"{key}.{train}" for train in TRAINS if getattr(getattr(self, key), train) is None]
        return missing


class Supply(Section):
    """How many tonnes the sites hand over, against those in the tables of sites."""

    scenario: str
    """Scenario that is planned. The tonnes of a class and year are those of the tables, times the national tonnes of
    this scenario over those of `base`."""
    base: str
    """Scenario under which the tables of sites state their tonnes: the yardstick of all others."""
    factor: Positive
    """Factor on the tonnes of all sites."""
    class_factor: dict[str, Amount] = Field(default_factory=dict)
    """Further factor by key of `classes`."""
    region_factor: dict[str, Amount] = Field(default_factory=dict)
    """Further factor by region of the sites."""
    split: Literal["fleet", "default_share"]
    """How a total by year without classes (`mass_2030_t`) is divided: by the fleet of that year under `base`, or by
    `default_share` of the classes."""
    sales: dict[str, Sales]
    scenarios: dict[str, Scenario] = Field(min_length=1)

    @property
    def changes_tonnes(self) -> bool:
        """Whether any tonnes differ from those of the tables."""
        further = (*self.class_factor.values(), *self.region_factor.values())
        return self.scenario != self.base or any(float(factor) != 1.0 for factor in (self.factor, *further))

    @model_validator(mode="after")
    def _check_names(self) -> Supply:
        for key in ("scenario", "base"):
            if getattr(self, key) not in self.scenarios:
                raise _unknown(key, getattr(self, key), "supply.scenarios", list(self.scenarios))
        first = next(iter(self.scenarios))
        if missing := self.scenarios[first].unstated:
            problem = f"{', '.join(missing)}: not stated"
            raise fault(f"scenarios.{first}", problem, "state them: the first scenario leaves out nothing")
        for name, scenario in self.scenarios.items():
            if scenario.sales and scenario.sales not in self.sales:
                raise _unknown(f"scenarios.{name}.sales", scenario.sales, "supply.sales", list(self.sales))
        return self

    @model_validator(mode="after")
    def _check_sales(self) -> Supply:
        for name, table in self.sales.items():
            seen, at = [name], table
            while at.follows:
                if at.follows not in self.sales:
                    raise _unknown(f"sales.{seen[-1]}.follows", at.follows, "supply.sales", list(self.sales))
                if at.follows in seen:
                    problem = f"{' follows '.join([*seen, at.follows])}"
                    raise fault(f"sales.{name}.follows", problem, "let the first table follow none: follows = ''")
                seen.append(at.follows)
                at = self.sales[at.follows]
            for train in TRAINS:
                if all(getattr(self.sales[one], train) is None for one in seen):
                    cure = f"state supply.sales.{name}.{train}, or follow a table that does, such as follows = 'actual'"
                    raise fault(f"sales.{name}", f"no table states the sales of {train}", cure)
        return self


def _unknown(key: str, value: str, of: str, known: list[str]) -> Exception:
    """Return the error for a name that is not a key of a section."""
    return fault(key, f"{value!r} is not a key of {of}", nearest_name(value, known)[2:])
