"""Summarise a network in a few lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.fleet.words import describe_split, describe_supply
from hubspoke.words.cost_level import describe_costs
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from hubspoke.inputs.network import Network


def summarise_network(network: Network) -> str:
    """Return a summary of a network that is ready to be planned.

    Parameters
    ----------
    network : Network

    Returns
    -------
    str
        Lines of text: title, sites and tonnes by year, numbers of plants, and a table of all of them by region.
    """
    settings = network.settings
    years = [(year, float(network.supply_t(year).sum())) for year in settings.horizon.years]
    tonnes = ", ".join(f"{total:,.0f} t in {year}" for year, total in years)
    header = ("region", "sites", *(f"t in {year}" for year, _ in years), "hubs", "refineries")
    masses = [network.supply_t(year).sum(axis=1) for year, _ in years]
    rows: list[tuple[str, ...]] = [header]
    for region in network.regions:
        here = (network.sites["region"] == region).to_numpy(bool)
        weights = (f"{mass[here].sum():,.0f}" for mass in masses)
        plants = (_count_candidates(table, region) for table in (network.hubs, network.refineries))
        rows.append((region, f"{int(here.sum()):,}", *weights, *plants))
    return "\n".join(
        [
            f"{settings.title}: ready to be planned",
            f"{len(network.sites):,} sites with {tonnes}",
            *_describe_tonnes(network),
            *_describe_costs(network),
            f"{len(network.hubs):,} hubs and {len(network.refineries):,} refineries to choose from",
            "",
            *lay_out(rows, right=set(range(1, len(header)))),
        ]
    )


def _describe_tonnes(network: Network) -> Iterator[str]:
    """Yield a line on the scenario and factors of the tonnes, and one on classes that were assumed, if any."""
    if told := describe_supply(network.settings, network.settings.horizon.years):
        yield f"supply: {told}: tonnes of all sites are scaled"
    if told := describe_split(network.split):
        yield f"classes: assumed, as the table of sites states none; {told}"


def _describe_costs(network: Network) -> Iterator[str]:
    """Yield a line on the level of costs, where it is not the usual one."""
    if told := describe_costs(network.settings):
        yield f"costs: {told}"


def _count_candidates(plants: pd.DataFrame, region: str) -> str:
    mine = plants.loc[plants["region"] == region, "status"]
    closed = int((mine == "closed").sum())
    return f"{len(mine) - closed:,}" + (f" (+{closed} closed)" if closed else "")
