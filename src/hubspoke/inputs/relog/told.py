"""Say what was taken of a case and what does not carry over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.inputs.relog.case import mean
from hubspoke.inputs.relog.sizes import STEPS, disposal_costs
from hubspoke.inputs.relog.words import join

if TYPE_CHECKING:
    from hubspoke.inputs.relog.case import Case, Plant
    from hubspoke.inputs.relog.stages import Stages
    from hubspoke.inputs.relog.tables import Keys
    from hubspoke.inputs.relog.words import Lines

RATE = "transportation cost ($/km/tonne)"


@dataclass(frozen=True)
class Taken:
    """A case as it is taken over.

    Attributes
    ----------
    case : Case
    stages : Stages
    keys : Keys
    first_year : int
        What year 1 of the case is.
    factor : float
        Road km per straight km.
    """

    case: Case
    stages: Stages
    keys: Keys
    first_year: int
    factor: float

    @property
    def year(self) -> int:
        """The year with most tonnes, the last of several."""
        tonnes = [sum(year) for year in zip(*(source.tonnes for source in self.stages.sources), strict=True)]
        return self.first_year + max(range(len(tonnes)), key=lambda place: (tonnes[place], place))


def tell_taken(taken: Taken, lines: Lines, file: str) -> None:
    """Add the lines on what was taken.

    Parameters
    ----------
    taken : Taken
    lines : Lines
        Changed in place.
    file : str
        Name of the case.
    """
    case, stages = taken.case, taken.stages
    last = taken.first_year + case.years - 1
    counts = {"products": len(case.products), "sources": len(case.sources), "plants": len(case.plants)}
    lines.tell("case", file=file, years=case.years, **counts)
    lines.tell("years", first=taken.first_year, count=case.years, last=last, year=taken.year)
    for feed in stages.feeds:
        mine = [source.tonnes for source in stages.sources if source.product == feed]
        told = {"first": sum(tonnes[0] for tonnes in mine), "last": sum(tonnes[-1] for tonnes in mine)}
        column = f"{taken.keys.classes[feed]}_{taken.first_year}_t"
        lines.tell("feed", count=len(mine), product=feed, year=taken.first_year, until=last, column=column, **told)
    lines.tell("hubs", count=len(stages.hubs), kinds=join(plant.kind for plant in stages.hubs))
    if stages.refineries:
        kinds = join(plant.kind for plant in stages.refineries)
        lines.tell("refineries", count=len(stages.refineries), kinds=kinds)
    for product in dict.fromkeys(market.product for market in stages.markets):
        lines.tell("markets", count=sum(market.product == product for market in stages.markets), product=product)
    for feed, sent_on in stages.sent_on.items():
        if sent_on is None:
            lines.tell("ends", product=feed)
        else:
            lines.tell("sent_on", product=sent_on, amount=stages.yields[feed][sent_on], feed=feed)
    lines.tell("driving" if case.driving else "lanes", factor=taken.factor, rate=RATE)
    lines.tell("opening", years=case.years)
    if any(len(plant.sizes) > 1 for plant in (*stages.hubs, *stages.refineries)):
        lines.tell("steps", steps=STEPS)
    if standing := sum(plant.standing_t > 0 for plant in (*stages.hubs, *stages.refineries)):
        lines.tell("standing", count=standing)


def tell_left(taken: Taken, lines: Lines) -> None:
    """Add the lines on what plants and products of the two stages state, or others, that has no place.

    Parameters
    ----------
    taken : Taken
    lines : Lines
        Changed in place.
    """
    case, stages = taken.case, taken.stages
    if case.building != tuple(range(1, case.years + 1)):
        lines.leave("building", "", years=list(case.building))
    for key, path, values in stages.told:
        lines.leave(key, path, **values)
    for name in (*stages.feeds, *filter(None, stages.sent_on.values())):
        if len(set(case.products[name].freight)) > 1:
            lines.leave("varies", f"products.{name}.{RATE}")
    _tell_left_of_stages(stages, lines)
    for key, path in case.left:
        lines.leave(key, path)


def _tell_left_of_stages(stages: Stages, lines: Lines) -> None:
    for plant in stages.hubs:
        _tell_left_of_plant(lines, plant, stages.sent_on[plant.feed])
    for plant in stages.refineries:
        _tell_left_of_plant(lines, plant, None)
        for name, cost in disposal_costs(plant).items():
            if cost < 0:
                lines.leave("refined_sale", plant.path, product=name, price=-cost)
    for market in stages.markets:
        if any(market.revenue):
            lines.leave("revenue", f"centers.{market.centre}")


def _tell_left_of_plant(lines: Lines, plant: Plant, sent_on: str | None) -> None:
    if len(plant.takes) > 1:
        lines.leave("mix", plant.path, product=plant.feed, share=100 * plant.takes[plant.feed])
    if any(len(set(series)) > 1 for size in plant.sizes for series in (size.opening, size.fixed, size.variable)):
        lines.leave("varies", plant.path)
    if (least := min((mean(size.variable) for size in plant.sizes), default=0.0)) < 0:
        lines.leave("earns", plant.path, price=-least)
    for name, disposal in plant.disposal.items():
        if plant.makes.get(name, 0.0) > 0 and name != sent_on and max(disposal.limit) < float("inf"):
            lines.leave("disposal_limit", plant.path, product=name)
        if plant.makes.get(name, 0.0) > 0 and name == sent_on and max(disposal.limit) > 0:
            lines.leave("sent_disposal", plant.path, product=name)
