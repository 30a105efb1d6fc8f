"""Refineries that recover less than the policy asks for are not planned."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import hubspoke as hs
from builders import flat_tables, write_folder
from hubspoke.audit.audit import recount
from hubspoke.metals.duties import tabulate_duties
from hubspoke.metals.text import metals_answer
from hubspoke.outputs.runs.audit import recount_run
from hubspoke.outputs.runs.folder import write_run
from hubspoke.settings.load import change_settings

if TYPE_CHECKING:
    from pathlib import Path

ASKED = {"policy.least_recovery_t_per_t.lithium": 0.8}


def folder_with(path: Path, first: str, second: str, **more: Any) -> Path:
    """Write one region with a free, standing refinery of the first technology and a dear one of the second."""
    tables = flat_tables()
    standing = {
        "status": "open",
        "existing_t": 20000,
        "existing_technology": first.split(";", maxsplit=1)[0],
        "sunk_share": 1,
    }
    new = {"existing_t": 0, "existing_technology": "", "sunk_share": 0}
    for row, technology, told in zip(tables["refineries"], (first, second), (standing, new), strict=True):
        row.update(technology=technology, **told)
    return write_folder(path, {**tables, **more})


def test_a_smelter_that_stands_is_used_unless_lithium_must_be_recovered(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in", "pyro_hydro", "hydro")
    free, bound = (hs.solve(hs.read(folder, changes=changes)) for changes in ({}, ASKED))
    used = [plan.refineries.loc[plan.refineries["load_t"] > 0, "technology"].tolist() for plan in (free, bound)]
    assert used == [["pyro_hydro"], ["hydro"]]
    assert bound.cost_jpy > free.cost_jpy
    assert bound.metals().query("metal == 'lithium'")["recovered_t"].sum() > 0
    assert recount(bound, bound.network).passed


def test_a_plant_keeps_the_technologies_that_reach_it(tmp_path: Path) -> None:
    """What stands of the other one is of no use."""
    folder = folder_with(tmp_path / "in", "pyro_hydro;hydro", "hydro")
    table = hs.read(folder, changes=ASKED).refineries.set_index("id")
    assert table["technology"].tolist() == ["hydro", "hydro"]
    assert table["existing_t"].tolist() == [0, 0]
    assert hs.solve(hs.read(folder, changes=ASKED)).refineries["technology"].tolist() == ["hydro", "hydro"]


def test_sizes_of_barred_technologies_are_left_out(tmp_path: Path) -> None:
    sizes = [
        {"plant_id": "rk1", "capacity_t": tonnes, "fixed_jpy_per_yr": 1e6, "variable_jpy_per_t": 0, "technology": name}
        for tonnes, name in ((1000, ""), (2000, "hydro"), (3000, "pyro_hydro"))
    ]
    folder = folder_with(tmp_path / "in", "pyro_hydro;hydro", "hydro", sizes=sizes)
    assert hs.read(folder, changes=ASKED).given_sizes["capacity_t"].tolist() == [2000]
    assert len(hs.read(folder).given_sizes) == 3


def test_none_left_is_told_before_anything_is_planned(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in", "pyro_hydro", "pyro_hydro")
    with pytest.raises(hs.InputError, match=r"none of 2 refineries recovers .*80 % of lithium"):
        hs.read(folder, changes=ASKED)
    with pytest.raises(hs.InputError, match=r"least_recovery_t_per_t\.lithum"):
        hs.read(folder, changes={"policy.least_recovery_t_per_t.lithum": 0.8})


def test_a_furnace_recovers_nothing(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in", "ferronickel_furnace", "hydro")
    table = hs.read(folder, changes={**ASKED, "policy.refine_all": False}).refineries
    assert table["id"].tolist() == ["rk2"]
    none = hs.read(folder, changes={"policy.least_recovery_t_per_t.nickel": 0, "policy.refine_all": False})
    assert len(none.refineries) == 2


def test_the_audit_finds_a_plan_that_recovers_too_little(tmp_path: Path) -> None:
    plan = hs.solve(hs.read(folder_with(tmp_path / "in", "pyro_hydro", "hydro")))
    asked = replace(plan, settings=change_settings(plan.settings, ASKED))
    failed = {check.name: check.detail for check in recount(asked, None).failed}
    assert "rk1 recovers 0 % of lithium, and 80 % are asked" in failed["least-recovery"]


def test_a_plan_that_is_saved_and_read_keeps_the_rule(tmp_path: Path) -> None:
    plan = hs.solve(hs.read(folder_with(tmp_path / "in", "pyro_hydro;hydro", "hydro"), changes=ASKED))
    write_run(plan, tmp_path / "out", maps=False)
    again = hs.load(tmp_path / "out")
    assert again.settings.policy.least_recovery_t_per_t == {"lithium": 0.8}
    assert recount_run(tmp_path / "out").passed


def test_years_share_the_rule(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in", "pyro_hydro", "hydro")
    plan = hs.solve(hs.read(folder, changes=ASKED), years=(2030, 2040))
    assert set(plan.schedule.loc[plan.schedule["kind"] == "refinery", "id"]) == {"rk2"}


def test_the_rule_holds_for_all_years_alike(tmp_path: Path) -> None:
    """Plants that are there in one year and not in the next could not be planned over both."""
    changes = {"years.values": {"policy.least_recovery_t_per_t.lithium": {"2040": 0.8}}}
    with pytest.raises(hs.InputError, match="cannot differ from year to year"):
        hs.read(folder_with(tmp_path / "in", "pyro_hydro", "hydro"), changes=changes)


def test_the_rule_that_is_told_gives_enough_metal_for_the_batteries_that_are_bound(tmp_path: Path) -> None:
    """A part of the batteries made is bound; the plan at least cost recovers no lithium for them."""
    folder = folder_with(tmp_path / "in", "pyro_hydro", "hydro")
    bound = {"demand.bound_share": 0.001}
    free = hs.solve(hs.read(folder, changes=bound))
    text = metals_answer(free)[0]
    told = re.findall(r"suffices where every refinery recovers .* of it: (policy\S+lithium)=([\d.]+)\.\n", text)
    key, least = max(told, key=lambda found: float(found[1]))
    assert 0 < float(least) <= 0.8
    ruled = hs.solve(hs.read(folder, changes={**bound, key: float(least)}))
    missed = tabulate_duties(ruled).query("kind == 'content' and metal == 'lithium' and met == 'missed'")
    assert missed.empty
    assert not tabulate_duties(free).query("kind == 'content' and metal == 'lithium' and met == 'missed'").empty
