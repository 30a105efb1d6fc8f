"""Levels of cost: what ships meets the published plants that it names, and a planner's own settings stay on top."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from hubspoke.base.errors import InputError
from hubspoke.base.shipped import SHIPPED_SETTINGS, shipped_data_folder
from hubspoke.costs.cost_lines import yearly_cost
from hubspoke.costs.disassembly import disassembly_jpy_per_t
from hubspoke.costs.rates import hub_rates_of, refinery_rates_of
from hubspoke.inputs.read import read
from hubspoke.settings.load import change_settings, load_settings
from hubspoke.settings.quantity import is_quantity_table
from hubspoke.words.cost_level import describe_costs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hubspoke.settings.plants import Plant
    from hubspoke.settings.settings import Settings

OWN = "[costs]\nlevel = 'ours'\n[costs.levels.ours]\nname_en = 'Our works'\nname_ja = '当社'\n"
"""A level of a planner's own, whose settings follow."""


@cache
def level(name: str) -> Settings:
    return load_settings(None, {"costs.level": name})


def invested_jpy(plant: Plant, capacity_t: float) -> float:
    scale: float = (capacity_t / float(plant.reference_t_per_yr)) ** float(plant.capital_exponent)
    return plant.invested_jpy * scale


def running_jpy_per_t(settings: Settings, plant: Plant, capacity_t: float, rates: dict[str, float]) -> float:
    """Return what a full plant costs per tonne without capital."""
    _, upkeep, labour = (float(jpy[0]) for jpy in yearly_cost(plant, settings.finance, np.array([capacity_t])))
    return (upkeep + labour) * (1 + float(plant.overhead_share)) / capacity_t + sum(rates.values())


def refining_jpy_per_t(settings: Settings, capacity_t: float, load_t: float) -> float:
    hydro = settings.refinery_technologies["hydro"]
    fixed = sum(float(jpy[0]) for jpy in yearly_cost(hydro, settings.finance, np.array([capacity_t])))
    return fixed / load_t + sum(refinery_rates_of(hydro, settings.energy).values())


def test_mizuho_meets_136_yen_where_it_says_so() -> None:
    """At 20,000 t/yr, full, and with the availability that ships at 26,310 t/yr that take 23,679 t: 136 yen/kg."""
    settings = level("mizuho")
    yields = {float(pack.yields_t_per_t["convention"]["black_mass"]) for pack in settings.classes.values()}
    assert yields == {0.5}
    assert 0.5 * refining_jpy_per_t(settings, 20_000, 20_000) == pytest.approx(136_000, rel=0.001)
    load_t = 26_310 * float(settings.sizes.availability)
    assert load_t == pytest.approx(23_679)
    assert 0.5 * refining_jpy_per_t(settings, 26_310, load_t) == pytest.approx(136_000, rel=0.0001)
    assert load_t / 0.5 == pytest.approx(47_358)


def test_low_is_the_korean_end() -> None:
    """0.8 m yen per t/yr, near the two Korean plants; hubs are cheaper than as shipped in every term, within range."""
    low, usual = level("low"), level("mizuho")
    hydro = low.refinery_technologies["hydro"]
    assert invested_jpy(hydro, 20_000) == pytest.approx(16.5e9, rel=0.05)
    assert invested_jpy(hydro, 12_000) == pytest.approx(13e9, rel=0.15)
    for name, hub in low.hub_technologies.items():
        before = usual.hub_technologies[name]
        for key in ("capital_jpy", "labour_persons", "other_jpy_per_t", "overhead_share", "contingency_share"):
            value, old = getattr(hub, key), getattr(before, key)
            assert float(old.low) <= float(value) < float(old), (name, key)


def test_western_meets_the_published_refinery() -> None:
    """12,000 t/yr of black mass: 274 m euros at 160 yen, and 747 yen/kg to run."""
    settings = level("western")
    hydro = settings.refinery_technologies["hydro"]
    assert invested_jpy(hydro, 12_000) == pytest.approx(274e6 * 160, rel=0.01)
    rates = refinery_rates_of(hydro, settings.energy)
    assert running_jpy_per_t(settings, hydro, 12_000, rates) == pytest.approx(747_000, rel=0.01)


@pytest.mark.parametrize("name", ["mechanical", "roasting"])
def test_western_meets_the_published_hub(name: str) -> None:
    """21,000 t/yr: 103.9 m dollars at 150 yen, and 1,400 dollars a tonne of EV packs to run."""
    settings = level("western")
    hub = settings.hub_technologies[name]
    assert invested_jpy(hub, 21_000) == pytest.approx(103.9e6 * 150, rel=0.01)
    packs = np.array([float(key == "nmc") for key in settings.classes])
    rates = hub_rates_of(hub, settings.energy, disassembly_jpy_per_t(settings, packs))
    assert running_jpy_per_t(settings, hub, 21_000, rates) == pytest.approx(1_400 * 150, rel=0.01)


def test_numbers_of_a_level_keep_unit_and_source() -> None:
    """What a level changes is told with its own source; all else is as shipped."""
    western = level("western")
    capital = western.refinery_technologies["hydro"].capital_jpy
    assert (capital.unit, capital.confidence) == ("JPY", "medium")
    assert "Primobius" in capital.source
    assert western.energy == level("mizuho").energy
    assert float(western.refinery_technologies["hydro"].labour_persons) == 60


def test_every_number_of_a_level_says_where_it_is_from() -> None:
    """Each has unit, source and confidence of its own, and a range, if any, that holds it."""

    def walk(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for below in table.values():
            if is_quantity_table(below):
                yield below
            else:
                yield from walk(below)

    told = [number for one in load_settings().costs.levels.values() for number in walk(one.settings)]
    assert len(told) > 20
    for number in told:
        assert number["unit"]
        assert number["source"]
        assert number["confidence"] in {"medium", "low"}
        assert number.get("low", number["value"]) <= number["value"] <= number.get("high", number["value"])


def test_planner_and_set_come_after_the_level(tmp_path: Path) -> None:
    """A file chooses a level and states a number of its own; --set chooses another level and wins over both."""
    own = tmp_path / "mine.toml"
    own.write_text(
        "[costs]\nlevel = 'western'\n[refinery_technologies.hydro]\nreagents_jpy_per_t = 90000\n", encoding="utf-8"
    )

    def hydro(changes: dict[str, object]) -> list[float]:
        made = load_settings(own, changes).refinery_technologies["hydro"]
        return [float(made.capital_jpy), float(made.reagents_jpy_per_t)]

    assert hydro({}) == [61e9, 90_000]
    assert hydro({"costs.level": "low"}) == [16e9, 90_000]
    assert hydro({"refinery_technologies.hydro.capital_jpy": "x2"}) == [122e9, 90_000]
    assert hydro({"refinery_technologies.hydro.reagents_jpy_per_t": 70_000}) == [61e9, 70_000]


@pytest.mark.heavy
def test_a_copy_of_the_shipped_file_does_not_hide_the_level(tmp_path: Path) -> None:
    """A starter folder holds all settings; of those only what differs from what ships comes after the level."""
    text = (shipped_data_folder() / SHIPPED_SETTINGS).read_text(encoding="utf-8")
    own = tmp_path / "mine.toml"
    own.write_text(
        text.replace("reagents_jpy_per_t = { value = 60000", "reagents_jpy_per_t = { value = 61000"), "utf-8"
    )
    hydro = load_settings(own, {"costs.level": "western"}).refinery_technologies["hydro"]
    assert [float(hydro.capital_jpy), float(hydro.reagents_jpy_per_t)] == [61e9, 61_000]
    assert float(read(changes={"costs.level": "low"}).settings.refinery_technologies["hydro"].capital_jpy) == 16e9


def test_a_level_of_ones_own(tmp_path: Path) -> None:
    """It may use bare numbers and changes of what ships, and is told by its name."""
    own = tmp_path / "mine.toml"
    text = "[costs.levels.ours.settings.refinery_technologies.hydro]\ncapital_jpy = 'x1.5'\nlabour_persons = 80\n"
    own.write_text(OWN + text, encoding="utf-8")
    made = load_settings(own)
    hydro = made.refinery_technologies["hydro"]
    assert (float(hydro.capital_jpy), hydro.capital_jpy.unit) == (30e9, "JPY")
    assert float(hydro.labour_persons) == 80
    assert describe_costs(made) == "ours (Our works)"
    assert describe_costs(made, "ja") == "ours（当社）"
    assert not describe_costs(load_settings())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[costs]\nlevel = 'westen'\n", "western"),
        (OWN + "[costs.levels.ours.settings.finance]\nwage_jpy_yr = 1\n", "wage_jpy_per_yr"),
        (OWN + "[costs.levels.ours.settings.costs]\nlevel = 'low'\n", "costs"),
        (OWN + "[costs.levels.ours.settings.finance]\nwage_jpy_per_yr = { value = 6, unit = 'm JPY' }\n", "JPY/yr"),
        ("[costs.levels.western.settings.finance]\nlife = 1\n", "life_yr"),
        ("[costs.levels.low]\nsettings = 3\n", "low"),
    ],
)
def test_slips_are_refused_in_words(tmp_path: Path, text: str, told: str) -> None:
    """Unknown levels, and levels that change what is no setting, the choice itself or a unit, are named."""
    own = tmp_path / "mine.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_settings(own)
    assert any(told in f"{finding.column} {finding.problem} {finding.cure}" for finding in caught.value.findings)


def test_sections_that_a_file_replaces_are_no_fault_of_shipped_levels(tmp_path: Path) -> None:
    """Who states technologies of their own keeps the levels that ship, and may not choose one that needs the others."""
    own = tmp_path / "mine.toml"
    roasting = load_settings().hub_technologies["roasting"].model_dump(mode="json", exclude_none=True)
    lines = [f"{key} = {value['value']}" for key, value in roasting.items() if isinstance(value, dict)]
    text = "replaces = ['hub_technologies']\n[hub_technologies.roast]\nname_en = 'R'\nname_ja = 'R'\n"
    own.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")
    assert list(load_settings(own).hub_technologies) == ["roast"]
    with pytest.raises(InputError, match="hub_technologies"):
        load_settings(own, {"costs.level": "low"})


def test_a_level_is_chosen_where_the_input_is_read() -> None:
    """Settings that are mixed already cannot be taken to another level; naming their own changes nothing."""
    with pytest.raises(InputError, match="where the input is read"):
        change_settings(level("western"), {"costs.level": "low"})
    assert change_settings(level("western"), {"costs.level": "western"}) == level("western")
