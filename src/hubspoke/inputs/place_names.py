"""The names of the regions and plants of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.words.place_names import PlaceNames

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network


def name_network(network: Network) -> PlaceNames:
    """Return the names of the regions and plants of a network, in both languages.

    Parameters
    ----------
    network : Network
    """
    drawn = network.outlines.loc[network.outlines["kind"] == "region"]
    rows = zip(*(drawn[name].tolist() for name in ("id", "name_en", "name_ja")), strict=True)
    regions = {str(region): {"en": str(en or ""), "ja": str(ja or en or "")} for region, en, ja in rows}
    columns = ["id", "name", "name_ja", "operator"]
    tables = (network.hubs, network.refineries)
    return PlaceNames([row for table in tables for row in table[columns].to_dict("records")], regions)
