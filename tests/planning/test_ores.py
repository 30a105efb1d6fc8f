"""Least CO2 that counts ores: metal that is lost counts by the CO2 of making it of ore."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import flat_tables, tiny_tables, write_folder
from hubspoke.audit.audit import recount
from hubspoke.base.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.inputs.network import Network

EITHER = {"technology": "hydro;pyro_hydro"}
DIRTY = {"refinery_technologies.hydro.direct_co2_kg_per_t": 2500, "policy.objective": "co2"}
COUNTED = {**DIRTY, "policy.co2_counts_ores": True}


def one_region(path: Path, **changes: object) -> Network:
    """Read one region whose refineries may be of two technologies; hydrometallurgy emits more at the plant."""
    tables = flat_tables()
    tables["refineries"] = [{**row, **EITHER} for row in tables["refineries"]]
    return hs.read(write_folder(path, tables), changes={**DIRTY, **changes})


@pytest.mark.heavy
@pytest.mark.parametrize(("counts", "refining"), [(False, "pyro_hydro"), (True, "hydro")])
def test_lithium_lost_in_slag_counts_only_on_request(tmp_path: Path, counts: bool, refining: str) -> None:  # noqa: FBT001
    plan = hs.solve(one_region(tmp_path, **{"policy.co2_counts_ores": counts}), gap=0)
    assert plan.refineries.loc[plan.refineries["state"] == "open", "technology"].tolist() == [refining]
    assert plan.objective_value == pytest.approx(plan.co2_kg + plan.ore_co2_kg)
    assert ("ore_co2_kg" in plan.flows) == counts
    assert ("of ore for metal that is lost" in plan.summary()) == counts
    assert recount(plan, plan.network).passed


def test_what_is_lost_is_what_the_metals_say(tmp_path: Path) -> None:
    """Where lithium of ore is clean, the smelter is chosen, and the plan says what its slag costs."""
    changes = {"policy.co2_counts_ores": True, "metals.lithium.primary_co2_kg_per_t": 100}
    plan = hs.solve(one_region(tmp_path, **changes), gap=0)
    assert plan.refineries["technology"].tolist().count("pyro_hydro") >= 1
    metals = plan.metals().groupby("metal")[["contained_t", "recovered_t"]].sum()
    lithium, cobalt = (float(metals["contained_t"][name]) for name in ("lithium", "cobalt"))
    assert plan.ore_co2_kg == pytest.approx(lithium * 0.8 * 100 + cobalt * 0.05 * 28000)


@pytest.mark.heavy
@pytest.mark.parametrize("lithium_kg", [9_000, *(pytest.param(kg, marks=pytest.mark.heavy) for kg in (300, 4_000))])
def test_it_is_the_best_of_all_choices_of_technologies(
    request: pytest.FixtureRequest, tmp_path: Path, lithium_kg: float
) -> None:
    """Small refineries of which several open, whose black mass comes from mixed packs of one grade."""
    tables = tiny_tables()
    for name in ("kanto/refineries", "chubu/refineries"):
        tables[name] = [{**row, **EITHER, "max_t": 500} for row in tables[name]]
    changes = {**COUNTED, "metals.lithium.primary_co2_kg_per_t": lithium_kg}
    network = hs.read(write_folder(tmp_path / "two", tables), changes=changes)
    free = hs.solve(network, policy="shared-refinery", gap=0)
    request.getfixturevalue("closing_unknown")
    fixed = [
        hs.solve(
            replace(network, refineries=network.refineries.assign(technology=list(names))),
            policy="shared-refinery",
            gap=0,
        )
        for names in product(("hydro", "pyro_hydro"), repeat=len(network.refineries))
    ]
    best = min(plan.objective_value for plan in fixed)
    assert free.bound_value <= best + 1
    if free.gap == 0:
        assert free.objective_value == pytest.approx(best, rel=1e-7)
    assert free.objective_value >= min(plan.bound_value for plan in fixed) - 1


@pytest.mark.heavy
def test_a_furnace_loses_all_its_metal(tmp_path: Path) -> None:
    """It emits less than a refinery; once metal counts, only black mass of LFP goes there, which holds the least."""
    tables = flat_tables()
    furnace = {**tables["refineries"][0], "id": "f", "technology": "ferronickel_furnace", "status": "open"}
    tables["refineries"] = [*tables["refineries"], furnace]
    folder = write_folder(tmp_path / "in", tables)
    taken = []
    for counts in (False, True):
        plan = hs.solve(
            hs.read(folder, changes={**DIRTY, "policy.refine_all": False, "policy.co2_counts_ores": counts}), gap=0
        )
        taken.append(set(plan.flows.loc[plan.flows["refinery_id"] == "f", "grade"]))
        assert recount(plan, plan.network).passed
    assert taken == [{"nmc", "lfp"}, {"lfp"}]


@pytest.mark.heavy
def test_a_false_column_is_found(tmp_path: Path) -> None:
    plan = hs.solve(one_region(tmp_path, **{"policy.co2_counts_ores": True}), gap=0)
    off = replace(plan, flows=plan.flows.assign(ore_co2_kg=plan.flows["ore_co2_kg"] + 1000))
    assert {"ores", "objective"} <= {check.name for check in recount(off, None).failed}
    without = replace(plan, flows=plan.flows.drop(columns="ore_co2_kg"))
    assert "ores" in {check.name for check in recount(without, None).failed}


def test_one_year_only(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="plans of one year only"):
        hs.solve(one_region(tmp_path, **{"policy.co2_counts_ores": True}), years=(2030, 2040))


@pytest.mark.heavy
def test_it_changes_nothing_at_least_cost(tmp_path: Path) -> None:
    plans = [
        hs.solve(one_region(tmp_path / str(counts), **{"policy.co2_counts_ores": counts}), objective="cost")
        for counts in (False, True)
    ]
    assert plans[0].cost_jpy == plans[1].cost_jpy
    assert "ore_co2_kg" not in plans[1].flows
