"""A folder read once under many settings is what it is when read under each alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import hubspoke as hs
from hubspoke.base.errors import InputError
from hubspoke.inputs.shared import SharedInput
from hubspoke.lanes.lanes import build_lanes
from hubspoke.lanes.shared import SharedLanes

if TYPE_CHECKING:
    from pathlib import Path

CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"energy.power_jpy_per_kwh": 31},
    {"supply.factor": 0.5},
    {"supply.scenario": "late"},
    {"scenario": "half"},
    {"collection.stock_max_t": 2},
    {"hub_technologies.mechanical.offered": False},
    {"existing.sunk_share": 0.1},
    {"horizon.years": [2030, 2040]},
    {"orders.deliver": {"k1": "hk2"}},
    {"trucks.10t.distance_jpy_per_km": "x2"},
    {"carbon.empty_return": 0.1},
    {"roads.access_detour_factor": 1.9},
    {},
)
OWN = '[half]\n[[half.rows]]\ntable = "sites"\nset = { supply_t = "x0.5" }\n'


@pytest.mark.heavy
def test_tables_settings_and_lanes_are_those_of_reading_alone(tiny: Path) -> None:
    (tiny / "scenarios.toml").write_text(OWN, encoding="utf-8")
    shared, lanes = SharedInput(tiny), SharedLanes()
    for changes in CHANGES:
        alone = hs.read(tiny, changes=changes)
        network = shared.read(shared.settings(changes))
        assert network.contents() == alone.contents()
        assert network.provenance == alone.provenance
        assert network.settings == alone.settings
        mine, theirs = lanes.build(network, 2040), build_lanes(alone, 2040)
        for name, values in vars(theirs).items():
            assert (getattr(mine, name) == values).all(), (changes, name)


@pytest.mark.heavy
def test_lanes_are_computed_once_where_nothing_that_they_read_differs(tiny: Path) -> None:
    shared, lanes = SharedInput(tiny), SharedLanes()
    for changes in ({}, {"energy.power_jpy_per_kwh": 31}, {"finance.life_yr": 9}, {"policy.name": "open"}):
        made = lanes.build(shared.read(shared.settings(changes)), 2040)
    assert lanes.computed == 1
    assert lanes.build(shared.read(shared.settings({"trucks.10t.distance_jpy_per_km": "x2"})), 2040) is not made
    assert lanes.computed == 2
    with pytest.raises(ValueError, match="read-only"):
        made.distance_km[:] = 0


def test_faults_of_one_case_do_not_reach_the_next(tiny: Path) -> None:
    (tiny / "scenarios.toml").write_text(OWN.replace("x0.5", "x0.5 or so"), encoding="utf-8")
    shared = SharedInput(tiny)
    with pytest.raises(InputError, match="no change of all tonnes"):
        shared.read(shared.settings({"scenario": "half"}))
    assert shared.read(shared.settings({})).contents() == hs.read(tiny).contents()


def test_a_folder_without_input_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        SharedInput(tmp_path)
