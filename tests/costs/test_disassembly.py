"""Hours that hubs work on packs, what sites pay to remove them, overhead and allowance, by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hubspoke.base.errors import InputError
from hubspoke.costs.cost_lines import yearly_cost
from hubspoke.costs.costs import build_costs, removal_jpy_per_t
from hubspoke.costs.disassembly import disassembly_h_per_t, disassembly_jpy_per_t
from hubspoke.costs.rates import hub_rates_of
from hubspoke.lanes.lanes import build_lanes
from hubspoke.settings.load import change_settings, load_settings

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network
    from hubspoke.settings.settings import Settings

YEAR = 2040


@cache
def shipped() -> Settings:
    return load_settings()


def mix(**tonnes: float) -> np.ndarray:
    return np.array([tonnes.get(name, 0.0) for name in shipped().classes])


def test_hours_by_hand() -> None:
    """An EV pack of 240 kg takes 1.5 h, so a tonne 6.25; a hybrid pack of 25 kg 0.3 h, so a tonne 12; scrap none."""
    hours = dict(zip(shipped().classes, disassembly_h_per_t(shipped()), strict=True))
    assert hours["nmc"] == pytest.approx(6.25)
    assert hours["hev"] == pytest.approx(12)
    assert hours["scrap"] == 0


def test_yen_by_hand() -> None:
    """6,000,000 yen are for 1,900 hours; three tonnes of EV packs and one of hybrid packs are (18.75 + 12) / 4 h/t."""
    hourly = 6_000_000 / 1_900
    made = disassembly_jpy_per_t(shipped(), mix(nmc=3, hev=1))
    assert made == pytest.approx(hourly * 30.75 / 4)
    assert disassembly_jpy_per_t(shipped(), mix()) == 0
    assert disassembly_jpy_per_t(shipped(), mix(scrap=5)) == 0


def test_technologies_open_a_share_of_the_packs() -> None:
    """Roasting and kilns take modules as they are and work half the hours; shredders need them open."""
    made = {
        name: hub_rates_of(plant, shipped().energy, 20_000.0)["hub_disassembly"]
        for name, plant in shipped().hub_technologies.items()
    }
    assert made == {"roasting": 10_000, "kiln": 10_000, "mechanical": 20_000}


def test_hubs_pay_for_the_mix_of_all_sites(tiny_network: Network) -> None:
    """Hours of all sites together are what the hubs pay for, and each pays by the tonne."""
    costs = build_costs(tiny_network, build_lanes(tiny_network, YEAR), YEAR)
    hubs = tiny_network.hubs["technology"].to_numpy(object) == "roasting"
    everything = costs.collection_terms(np.arange(len(tiny_network.sites)), int(np.flatnonzero(hubs)[0]))
    hours = float(costs.supply_t.sum(axis=0) @ disassembly_h_per_t(shipped()))
    assert everything["hub_disassembly"].sum() == pytest.approx(0.5 * hours * 6_000_000 / 1_900)
    per_t = everything["hub_disassembly"] / costs.mass_t
    assert per_t == pytest.approx(per_t[0])


def test_a_region_alone_is_reckoned_by_the_mix_of_the_whole(tiny_network: Network) -> None:
    """Opening a tonne costs in a part of a network what it costs in the whole, whatever the packs of the part are."""
    whole = build_costs(tiny_network, build_lanes(tiny_network, YEAR), YEAR)
    region = tiny_network.regions[0]
    part = tiny_network.only((region,))
    costs = build_costs(part, build_lanes(part, YEAR), YEAR)
    site = int(np.flatnonzero(tiny_network.sites["id"] == part.sites["id"].iloc[0])[0])
    hub = int(np.flatnonzero(tiny_network.hubs["id"] == part.hubs["id"].iloc[0])[0])
    term = costs.collection_terms(0, 0)["hub_disassembly"]
    assert term == pytest.approx(whole.collection_terms(site, hub)["hub_disassembly"])
    assert part.only((region,)).settings.materials.mix == part.settings.materials.mix


def test_a_stated_mix_goes_before_that_of_the_sites(tiny_network: Network) -> None:
    stated = tiny_network.settings.materials.model_copy(update={"mix": {str(YEAR): {"hev": 1.0}}})
    network = tiny_network.with_settings(tiny_network.settings.model_copy(update={"materials": stated}))
    costs = build_costs(network, build_lanes(network, YEAR), YEAR)
    hub = int(np.flatnonzero(network.hubs["technology"] == "roasting")[0])
    terms = costs.collection_terms(0, hub)
    assert terms["hub_disassembly"] == pytest.approx(costs.mass_t[0] * 0.5 * 12 * 6_000_000 / 1_900)


def test_removal_is_that_of_the_class_or_of_all() -> None:
    """10 yen/kg whatever the pack, and nothing for scrap, which was in no car."""
    told = dict(zip(shipped().classes, removal_jpy_per_t(shipped()), strict=True))
    assert told.pop("scrap") == 0
    assert set(told.values()) == {10_000}


def test_allowance_and_overhead_by_hand(tiny_network: Network) -> None:
    """Capital and upkeep rise by the allowance; overhead is a share of labour and of that upkeep."""
    plant, finance = shipped().hub_technologies["roasting"], shipped().finance
    capital, upkeep, labour = (values[0] for values in yearly_cost(plant, finance, np.array([10_000.0])))
    annuity = 0.05 / (1 - 1.05**-12)
    assert capital == pytest.approx(annuity * 1.15 * 4e9)
    assert upkeep == pytest.approx(0.04 * 1.15 * 4e9)
    assert labour == pytest.approx(30 * 6e6)
    settings = change_settings(tiny_network.settings, {"sizes.hub_t_per_yr": [10_000], "sizes.availability": 1})
    network = replace(tiny_network, settings=settings)
    hub = int(np.flatnonzero(network.hubs["technology"] == "roasting")[0])
    terms = build_costs(network, build_lanes(network, YEAR), YEAR).hub_step_terms(hub, 0, 10_000.0)
    assert terms["hub_overhead"] == pytest.approx(0.3 * (upkeep + labour))
    assert terms["hub_capital"] == pytest.approx(capital)


def test_technologies_that_state_nothing_cost_nothing_more() -> None:
    """A planner's own technology without these settings costs what its other settings say."""
    told = {"name_en": "Own", "name_ja": "自社"} | {
        key: value
        for key, value in shipped().hub_technologies["roasting"].model_dump(mode="json").items()
        if key not in {"name_en", "name_ja", "disassembly_share", "overhead_share", "contingency_share"} and value
    }
    told |= {"only_at": [], "offered": True}
    own = load_settings(None, {f"hub_technologies.own.{key}": value for key, value in told.items()})
    made = own.hub_technologies["own"]
    assert [float(share) for share in (made.disassembly_share, made.overhead_share, made.contingency_share)] == [0] * 3
    assert made.invested_jpy == 4e9


def test_hours_need_the_mass_of_a_pack() -> None:
    """Hours by pack say nothing where nobody knows how many packs there are."""
    with pytest.raises(InputError, match="pack_kg"):
        load_settings(None, {"classes.scrap.disassembly_h": 1})
