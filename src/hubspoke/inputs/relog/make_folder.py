"""Make a planner's folder of a case of RELOG, whole or not at all."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.base.atomic_write import cannot_write, replaced_folder
from hubspoke.base.errors import UsageError
from hubspoke.inputs.relog.case import mean
from hubspoke.inputs.relog.read_case import read_case
from hubspoke.inputs.relog.settings_text import Feed, write_settings
from hubspoke.inputs.relog.sizes import disposal_costs
from hubspoke.inputs.relog.stages import find_stages
from hubspoke.inputs.relog.tables import (
    END,
    list_hubs,
    list_lanes,
    list_plant_sizes,
    list_refineries,
    list_sites,
    make_all_keys,
    mean_price,
)
from hubspoke.inputs.relog.told import Taken, tell_left, tell_taken
from hubspoke.inputs.relog.words import Lines
from hubspoke.inputs.starter import refuse_filled
from hubspoke.settings.load import load_settings
from hubspoke.settings.materials import BLACK_MASS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hubspoke.inputs.relog.case import Plant
    from hubspoke.inputs.relog.stages import Stages
    from hubspoke.inputs.relog.tables import Keys
    from hubspoke.words.language import Lang

SETTINGS, README = "plan.toml", "README.md"
FIRST_YEAR = 2030
EARLIEST, LATEST = 1900, 2200
"""Years that make sense, as in the settings."""


@dataclass(frozen=True)
class Made:
    """A folder that was made, all lines on what was taken and what was not, and the same with one of each kind."""

    folder: Path
    lines: tuple[str, ...]
    short: tuple[str, ...]


def make_folder(file: str | Path, folder: str | Path, *, first_year: int = FIRST_YEAR, lang: Lang = "en") -> Made:
    """Write a planner's folder of a case of RELOG.

    Parameters
    ----------
    file : str or Path
        A case in the form of RELOG 0.5 to 0.8.
    folder : str or Path
        A folder that is empty or not there yet.
    first_year : int
        What year 1 of the case is.
    lang : {"en", "ja"}
        Language of the lines.

    Returns
    -------
    Made

    Raises
    ------
    UsageError
        The folder holds anything or cannot be written, the file cannot be read, or the years make no sense.
    InputError
        The case has faults, which are named by their path in the document.
    """
    target, source = Path(folder).absolute(), Path(file)
    try:
        refuse_filled(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    case = read_case(source)
    if not EARLIEST <= first_year <= LATEST - case.years:
        raise UsageError(f"--first-year {first_year}: write a year from {EARLIEST} to {LATEST - case.years}")
    stages = find_stages(case, source.name)
    keys = make_all_keys(stages)
    factor = float(load_settings().roads.straight_detour_factor) if case.driving else 1.0
    taken, lines = Taken(case, stages, keys, first_year, factor), Lines(lang)
    tell_taken(taken, lines, source.name)
    text = _settings(taken, lines, source.stem)
    tell_left(taken, lines)
    with replaced_folder(target) as made:
        _write(made / "sites.csv", list_sites(stages, keys, first_year))
        _write(made / "hubs.csv", list_hubs(stages, keys))
        _write(made / "refineries.csv", list_refineries(stages, keys))
        _write(made / "sizes.csv", list_plant_sizes(case, stages, keys))
        _write(made / "lanes.csv", list_lanes(case, stages, keys, factor))
        (made / SETTINGS).write_text(text, encoding="utf-8")
        told = [f"    {line}" for line in lines.all()]
        (made / README).write_text("\n".join([f"# {source.stem}", "", *told, ""]), encoding="utf-8")
    return Made(target, tuple(lines.all()), tuple(lines.short()))


def _settings(taken: Taken, lines: Lines, title: str) -> str:
    """Return the settings, and tell what they take of disposal and collection."""
    stages, keys = taken.stages, taken.keys
    refineries = _technologies((keys.refinery_kinds[plant.kind], plant) for plant in stages.refineries)
    if len(keys.takers) > len(stages.refineries):
        refineries[keys.refinery_kinds[END]] = (END, 0.0)
    hubs = zip(keys.hubs, stages.hubs, strict=True)
    takers = zip((taker.key for taker in keys.takers), stages.refineries, strict=False)
    return write_settings(
        title=title,
        jpy_per_usd=float(load_settings().market.jpy_per_usd),
        years=range(taken.first_year, taken.first_year + taken.case.years),
        year=taken.year,
        feeds=[_describe_feed(lines, stages, keys, feed) for feed in stages.feeds],
        byproducts=_price_byproducts(lines, stages, keys),
        hubs=_technologies((keys.hub_kinds[plant.kind], plant) for plant in stages.hubs),
        refineries=refineries,
        factor=taken.factor,
        standing=[key for key, plant in (*hubs, *takers) if plant.standing_t > 0],
        shortfall=_price_of_staying(lines, stages),
    )


def _describe_feed(lines: Lines, stages: Stages, keys: Keys, feed: str) -> Feed:
    mine = [source for source in stages.sources if source.product == feed]
    price, sent_on = mean_price(mine), stages.sent_on[feed]
    if price < 0:
        lines.leave("paid", feed)
    elif len({source.price for source in mine}) > 1:
        lines.leave("price_varies", feed)
    yields = {BLACK_MASS: 1.0}
    if sent_on is not None:
        yields = {BLACK_MASS: stages.yields[feed][sent_on]}
        yields |= {keys.products[name]: amount for name, amount in stages.yields[feed].items() if name != sent_on}
    return Feed(keys.classes[feed], feed, sent_on or feed, yields, max(price, 0.0))


def _technologies(plants: Iterable[tuple[str, Plant]]) -> dict[str, tuple[str, float]]:
    """Return name and kg of CO2 per tonne of main input, by key; plants of a kind emit the same."""
    return {key: (plant.kind, 1000 * mean(plant.co2) / plant.takes[plant.feed]) for key, plant in plants}


def _price_byproducts(lines: Lines, stages: Stages, keys: Keys) -> dict[str, tuple[str, float]]:
    """Return name and price of what leaves hubs beside the product sent on; a price that is not the same is left."""
    earned = _earn_by_disposal(stages)
    made: dict[str, tuple[str, float]] = {}
    for feed in stages.feeds:
        for name in stages.yields[feed]:
            if stages.sent_on[feed] in (None, name):
                continue
            prices = earned.get(name, {})
            price = next(iter(prices.values()), 0.0)
            if len(set(prices.values())) > 1:
                for path, amount in prices.items():
                    if amount > 0:
                        lines.leave("sale_varies", path, product=name)
                price = 0.0
            elif price > 0:
                lines.tell("sale", product=name, price=price)
            made[keys.products[name]] = (name, price)
    return made


def _earn_by_disposal(stages: Stages) -> dict[str, dict[str, float]]:
    """Return what a tonne of each product earns each hub that makes it and sends another on, by its path."""
    earned: dict[str, dict[str, float]] = {}
    for plant in stages.hubs:
        sent_on, costs = stages.sent_on[plant.feed], disposal_costs(plant)
        for name, amount in plant.makes.items():
            if name != sent_on and amount > 0:  # what a plant may not dispose of earns it nothing
                earned.setdefault(name, {})[plant.path] = max(-costs.get(name, 0.0), 0.0) / amount
    return earned


def _price_of_staying(lines: Lines, stages: Stages) -> float | None:
    """Return the price of a tonne left where it arises, where any amount may be, everywhere at one price."""
    endless = all(min(source.may_stay) == float("inf") for source in stages.sources)
    prices = {source.stays_price for source in stages.sources}
    if endless and len(prices) == 1 and mean(next(iter(prices))) >= 0:
        price = mean(next(iter(prices)))
        lines.tell("shortfall", price=price)
        return price
    for source in stages.sources:
        if max(source.may_stay) > 0:
            lines.leave("may_stay", f"{source.centre} ({source.product})")
    return None


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as a CSV file, one after the other."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(file, list(row), lineterminator="\n")
                writer.writeheader()
            writer.writerow(row)
