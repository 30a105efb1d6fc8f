"""Outlines name the regions of a network, tables of plants the plants."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.inputs.place_names import name_network

if TYPE_CHECKING:
    import hubspoke as hs


def test_the_tables_of_a_network_give_the_names(tiny_network: hs.Network) -> None:
    """A name in the table of hubs is told before the id, a drawn region in both languages."""
    hubs = tiny_network.hubs.assign(name=[f"Works {at}" for at in range(len(tiny_network.hubs))])
    names = name_network(replace(tiny_network, hubs=hubs))
    assert [names.region("kanto", lang) for lang in ("en", "ja")] == ["Kanto", "関東"]
    assert [names.plant(one, "en") for one in hubs["id"]] == [
        f"Works {at} ({one})" for at, one in enumerate(hubs["id"])
    ]
