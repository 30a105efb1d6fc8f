"""Say which plants of a case are hubs and which take what hubs send on, and what lies outside these two stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding, InputError
from hubspoke.inputs.relog.case import mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.inputs.relog.case import Case, Market, Plant, Source


@dataclass(frozen=True)
class Stages:
    """The two stages of a case that a plan has.

    Attributes
    ----------
    feeds : tuple of str
        Products of centres that a hub takes.
    sent_on : mapping of str to (str or None)
        Product that hubs make of each feed and send on; None where what they make goes nowhere.
    yields : mapping of str to (mapping of str to float)
        Tonnes of each product that hubs make of a tonne of each feed.
    sources : tuple of Source
        Of these feeds.
    hubs, refineries : tuple of Plant
    markets : tuple of Market
        Centres that stand in for refineries, where no plant takes what hubs send on.
    told : tuple of (str, str, mapping)
        Key of a line, path or name, and its further words, for what is left out.
    """

    feeds: tuple[str, ...]
    sent_on: Mapping[str, str | None]
    yields: Mapping[str, Mapping[str, float]]
    sources: tuple[Source, ...]
    hubs: tuple[Plant, ...]
    refineries: tuple[Plant, ...]
    markets: tuple[Market, ...]
    told: tuple[tuple[str, str, Mapping[str, object]], ...]


def find_stages(case: Case, file: str) -> Stages:
    """Find the stages of a case.

    Hubs take what centres give, unless other hubs make it. Of what they make, the product of most tonnes that anybody
    takes is sent on.

    Parameters
    ----------
    case : Case
    file : str
        Named in what is refused.

    Returns
    -------
    Stages

    Raises
    ------
    InputError
        No plant takes what centres give.
    """
    given = {source.product for source in case.sources}
    first = [plant for plant in case.plants if plant.feed in given]
    made = {name for plant in first for name in plant.makes if name != plant.feed}
    hubs = [plant for plant in first if plant.feed not in made] or first
    feeds = tuple(name for name in case.products if any(plant.feed == name for plant in hubs))
    if not feeds:
        told = ", ".join(sorted(given)) or "nothing"
        finding = Finding(file, 0, "plants", f"no plant takes what centres give ({told})", "add one", kind="no-hub")
        raise InputError([finding])
    lines: list[tuple[str, str, Mapping[str, object]]] = []
    yields = {feed: _find_yields([plant for plant in hubs if plant.feed == feed], lines) for feed in feeds}
    takers = [plant for plant in case.plants if plant not in hubs]
    wanted = {plant.feed for plant in takers} | {market.product for market in case.markets}
    sent_on: dict[str, str | None] = {}
    for feed in feeds:
        sought = [name for name in yields[feed] if name in wanted and name not in feeds]
        sent_on[feed] = max(sought, key=lambda name: yields[feed][name], default=None)
        lines += [("other_product", name, {"feed": feed}) for name in sought if name != sent_on[feed]]
    refineries = [plant for plant in takers if plant.feed in sent_on.values()]
    beyond = [plant for plant in takers if plant not in refineries]
    taken = {plant.feed for plant in refineries}
    markets = [market for market in case.markets if market.product in set(sent_on.values()) - taken]
    lines += [("beyond", plant.path, {}) for plant in beyond]
    lines += [("market", f"centers.{market.centre}", {}) for market in case.markets if market not in markets]
    for source in case.sources:
        if source.product not in feeds:
            lines.append(("no_way", f"{source.centre} ({source.product})", {"mass": mean(source.tonnes)}))
    sources = tuple(source for source in case.sources if source.product in feeds)
    return Stages(feeds, sent_on, yields, sources, tuple(hubs), tuple(refineries), tuple(markets), tuple(lines))


def _find_yields(hubs: list[Plant], lines: list[tuple[str, str, Mapping[str, object]]]) -> dict[str, float]:
    """Return what the first hub of a feed makes of a tonne of it; those of others that differ are told."""
    first = made_of_feed(hubs[0])
    lines += [("other_yields", plant.path, {}) for plant in hubs if made_of_feed(plant) != first]
    return first


def made_of_feed(plant: Plant) -> dict[str, float]:
    """Return the tonnes of each product per tonne of what a plant mostly takes.

    Parameters
    ----------
    plant : Plant
    """
    return {name: amount / plant.takes[plant.feed] for name, amount in plant.makes.items()}
