"""Summarise a network in a few lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.fleet.words import describe_split, describe_supply
from hubspoke.words.cost_level import describe_costs
from hubspoke.words.language import speak
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from hubspoke.inputs.network import Network
    from hubspoke.words.language import Lang, Pairs, Words

WORDS: Pairs = {
    "ready": ("{title}: ready to be planned", "{title}：計画できる"),
    "sites": ("{count:,} sites with {tonnes}", "拠点{count:,}か所、{tonnes}"),
    "mass": ("{mass:,.0f} t in {year}", "{year}年 {mass:,.0f} t"),
    "comma": (", ", "、"),
    "supply": ("supply: {told}: tonnes of all sites are scaled", "発生量：{told}：全拠点の量を換算"),
    "split": (
        "classes: assumed, as the table of sites states none; {told}",
        "種類：拠点の表に記載がないため仮定。{told}",
    ),
    "costs": ("costs: {told}", "費用水準：{told}"),
    "plants": (
        "{hubs:,} hubs and {refineries:,} refineries to choose from",
        "候補：ハブ{hubs:,}か所、製錬所{refineries:,}か所",
    ),
    "region": ("region", "地域"),
    "sites_head": ("sites", "拠点"),
    "mass_head": ("t in {year}", "{year}年 t"),
    "hubs_head": ("hubs", "ハブ"),
    "refineries_head": ("refineries", "製錬所"),
    "closed": (" (+{count} closed)", "（＋閉鎖{count}）"),
}


def summarise_network(network: Network, lang: Lang = "en") -> str:
    """Return a summary of a network that is ready to be planned.

    Parameters
    ----------
    network : Network
    lang : {"en", "ja"}

    Returns
    -------
    str
        Lines of text: title, sites and tonnes by year, numbers of plants, and a table of all of them by region.
    """
    settings, words = network.settings, speak(WORDS, lang)
    years = [(year, float(network.supply_t(year).sum())) for year in settings.horizon.years]
    tonnes = words["comma"].join(words["mass"].format(mass=total, year=year) for year, total in years)
    masses_head = (words["mass_head"].format(year=year) for year, _ in years)
    header = (words["region"], words["sites_head"], *masses_head, words["hubs_head"], words["refineries_head"])
    names = _name_regions(network, lang)
    masses = [network.supply_t(year).sum(axis=1) for year, _ in years]
    rows: list[tuple[str, ...]] = [header]
    for region in network.regions:
        here = (network.sites["region"] == region).to_numpy(bool)
        weights = (f"{mass[here].sum():,.0f}" for mass in masses)
        plants = (_count_candidates(table, region, words) for table in (network.hubs, network.refineries))
        rows.append((names.get(region, region), f"{int(here.sum()):,}", *weights, *plants))
    title = settings.title_ja if lang == "ja" and settings.title_ja else settings.title
    return "\n".join(
        [
            words["ready"].format(title=title),
            words["sites"].format(count=len(network.sites), tonnes=tonnes),
            *_describe_assumed(network, lang, words),
            words["plants"].format(hubs=len(network.hubs), refineries=len(network.refineries)),
            "",
            *lay_out(rows, right=set(range(1, len(header)))),
        ]
    )


def _name_regions(network: Network, lang: Lang) -> dict[str, str]:
    """Return the Japanese names of regions by id; English tables have the ids, as commands take them."""
    drawn = network.outlines[network.outlines["kind"] == "region"]
    names = zip(drawn["id"].tolist(), drawn["name_ja"].tolist(), strict=True)
    return {key: f"{name}（{key}）" for key, name in names if name and name != key} if lang == "ja" else {}


def _describe_assumed(network: Network, lang: Lang, words: Words) -> Iterator[str]:
    """Yield what the tonnes were scaled by, which classes were assumed, and the level of costs, where it is unusual."""
    told = {
        "supply": describe_supply(network.settings, network.settings.horizon.years, lang),
        "split": describe_split(network.split, lang),
        "costs": describe_costs(network.settings, lang),
    }
    yield from (words[key].format(told=text) for key, text in told.items() if text)


def _count_candidates(plants: pd.DataFrame, region: str, words: Words) -> str:
    mine = plants.loc[plants["region"] == region, "status"]
    closed = int((mine == "closed").sum())
    return f"{len(mine) - closed:,}" + (words["closed"].format(count=closed) if closed else "")
