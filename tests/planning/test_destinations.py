"""Black mass goes only where its grade is taken and may go: refineries at home and abroad, by truck, port and ship."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hubspoke as hs
from brute_force import agree_with_brute_force
from builders import REFINERY, tiny_tables, write_folder
from hubspoke.audit.audit import recount
from hubspoke.base.errors import InputError
from hubspoke.engine.optimize import optimize
from hubspoke.lanes.lanes import build_lanes
from hubspoke.metals.demand import tabulate_shares
from hubspoke.metals.ledger import ENTERS, LEAVES, tabulate_ledger
from hubspoke.outputs.runs.load import load_plan
from hubspoke.settings.load import load_settings
from small_problems import problems
from trials import examples

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.engine.problem.problem import Problem

SOME = settings(deadline=None, derandomize=True, max_examples=examples(10), suppress_health_check=list(HealthCheck))
EU = {"id": "eu", "lat": 51.25, "lon": 4.33, **REFINERY, "grades": "nmc", "country": "European Union"}
PORTS = [
    {"id": "p1", "name_ja": "港", "region": "kanto", "lat": 35.45, "lon": 139.65},
    {"id": "p2", "name_ja": "港", "region": "chubu", "lat": 35.02, "lon": 136.85},
]
ALLOWED = {"policy.name": "open", "policy.refine_abroad": {"nmc": ["European Union"]}}


def folder_with(path: Path, *, max_t: float = 200.0, grades: str = "", lanes: Any = None) -> Path:
    """Write two regions with refineries of a size and for some grades, and one abroad with a ship from two ports."""
    tables = tiny_tables()
    for name in ("kanto/refineries", "chubu/refineries"):
        tables[name] = [{**row, "max_t": max_t, "grades": grades, "country": ""} for row in tables[name]]
    tables["kanto/refineries"].append(dict(EU))
    ships = [
        {"from_id": "p1", "to_id": "eu", "distance_km": 20000, "cost_jpy_per_t": 24000, "co2_kg_per_t": 200},
        {"from_id": "p2", "to_id": "eu", "distance_km": 19900, "cost_jpy_per_t": 23000, "co2_kg_per_t": ""},
    ]
    return write_folder(path, {**tables, "ports": PORTS, "lanes": ships if lanes is None else lanes})


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Plan a network whose refineries at home are too small for all its black mass."""
    return hs.solve(hs.read(folder_with(tmp_path_factory.mktemp("in") / "in"), changes=ALLOWED))


def test_what_may_not_go_abroad_is_planned_at_home(tmp_path: Path) -> None:
    network = hs.read(folder_with(tmp_path / "in", max_t=20000))
    assert "eu" not in set(network.refineries["id"])
    assert network.ports.empty
    assert network.given_lanes.empty
    assert recount(hs.solve(network), network).passed


def test_only_the_grade_that_may_go_abroad_does(exported: Any) -> None:
    taken = exported.flows.groupby("refinery_id")["grade"].unique()
    assert list(taken["eu"]) == ["nmc"]
    assert recount(exported, exported.network).passed
    assert exported.refineries.set_index("id").loc["eu", "region"] == "European Union"


def test_the_way_abroad_is_a_truck_to_the_cheapest_port_and_a_ship(exported: Any) -> None:
    network = exported.network
    lanes, here = build_lanes(network, exported.year), len(network.hubs)
    at = network.refineries["id"].tolist().index("eu")
    ship = lanes.transfer_jpy_per_t[here:, at]
    assert ship.tolist() == [24000, 23000]
    assert lanes.transfer_co2_kg_per_t[here:, at].tolist() == [200, 0]
    for row in exported.flows[exported.flows["refinery_id"] == "eu"].itertuples():
        freight = row.black_mass_freight_jpy / row.mass_t
        assert freight > ship.min()
        assert row.ferry_km in {20000, 19900}
        assert row.distance_km > row.ferry_km
    assert (lanes.transfer_jpy_per_t[:here, at] > ship.min()).all()


def test_a_lane_from_a_hub_that_is_given_or_forbidden_stays(tmp_path: Path) -> None:
    lanes = [
        {"from_id": "p1", "to_id": "eu", "cost_jpy_per_t": 24000, "status": ""},
        {"from_id": "hk1", "to_id": "eu", "cost_jpy_per_t": 99000, "status": ""},
        {"from_id": "hk2", "to_id": "eu", "cost_jpy_per_t": "", "status": "forbidden"},
    ]
    network = hs.read(folder_with(tmp_path / "in", lanes=lanes), changes=ALLOWED)
    table = build_lanes(network, 2040).transfer_jpy_per_t[:, network.refineries["id"].tolist().index("eu")]
    jpy = dict(zip(network.origins["id"], table.tolist(), strict=True))
    assert jpy["hk1"] == 99000
    assert "p2" not in jpy
    assert np.isinf(jpy["hk2"])
    assert jpy["hc1"] > jpy["hc2"] > 24000


def test_metal_that_stays_abroad_is_no_recycled_metal_of_the_country(exported: Any) -> None:
    shares = tabulate_shares(exported)
    back = replace(
        exported,
        settings=load_settings(None, {**ALLOWED, "policy.metal_returns_from": ["European Union"]}),
    )
    returned = tabulate_shares(back)
    assert (shares.loc["nickel", ["stays_abroad_t", "recycled_t"]] > 0).all()
    assert returned["stays_abroad_t"].sum() == 0
    assert returned["recycled_t"].to_numpy() == pytest.approx(
        (shares["recycled_t"] + shares["stays_abroad_t"]).to_numpy()
    )


@pytest.mark.heavy
@pytest.mark.parametrize("policy", [pytest.param("shared-refinery", marks=pytest.mark.heavy), "open"])
@pytest.mark.parametrize("max_t", [150.0, 260.0, 20000.0])
def test_metal_is_conserved_over_grades_and_destinations(policy: str, max_t: float, tmp_path: Path) -> None:
    changes = {**ALLOWED, "policy.name": policy, "policy.refine_abroad": {"nmc": ["European Union"], "lfp": []}}
    plan = hs.solve(hs.read(folder_with(tmp_path / "in", max_t=max_t, grades="lfp; nmc"), changes=changes))
    ledger = tabulate_ledger(plan)
    into, out = (ledger[ledger["stage"].isin(stages)].groupby("metal")["metal_kg"].sum() for stages in (ENTERS, LEAVES))
    assert out.to_numpy() == pytest.approx(into[out.index].to_numpy(), rel=1e-12)
    trace = plan.trace()
    assert trace.paths["kg"].sum() == pytest.approx(into.sum(), rel=1e-9)
    assert recount(plan, plan.network).passed


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_a_plan_with_exports_is_kept_and_read_again(exported: Any, tmp_path: Path) -> None:
    exported.save(str(tmp_path / "out"))
    again = load_plan(tmp_path / "out")
    assert again.refineries["country"].tolist() == exported.refineries["country"].tolist()
    assert recount(again, again.network).passed


def test_the_audit_finds_black_mass_where_it_may_not_go(exported: Any) -> None:
    flows = exported.flows.copy()
    flows.loc[flows["refinery_id"] == "eu", "grade"] = "lfp"
    failed = {check.name for check in recount(replace(exported, flows=flows), None).failed}
    assert "destinations" in failed


@pytest.mark.parametrize(
    ("changes", "grades", "told"),
    [
        ({"policy.refine_abroad": {"nmc": ["European Onion"]}}, "", "no row of refineries has the country"),
        ({"policy.metal_returns_from": ["Mars"]}, "", "no row of refineries has the country 'Mars'"),
        ({}, "nmc", "packs of the grade 'lfp', and no refinery takes it"),
        ({}, "nmk", "'nmk' is no grade of black mass"),
    ],
)
def test_what_cannot_be_is_told(changes: Any, grades: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=told):
        hs.read(folder_with(tmp_path / "in", grades=grades), changes=changes)


def test_a_lane_abroad_needs_a_cost(tmp_path: Path) -> None:
    lanes = [{"from_id": "p1", "to_id": "eu", "distance_km": 20000}]
    with pytest.raises(InputError, match="the lane to it has no cost"):
        hs.read(folder_with(tmp_path / "in", lanes=lanes), changes=ALLOWED)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"grades.nmc.least_t_per_t": {"nickel": 0.3}}, "holds .* t of nickel, and 'nmc' asks for at least 0.3"),
        ({"grades.nmc.most_t_per_t": {"copper": 0.02}}, "limits copper, and the class does not state it"),
        (
            {"grades.lfp.most_t_per_t": {"copper": 0.02}, "classes.lfp.impurity_t_per_t": {"copper": 0.03}},
            "asks for at most 0.02",
        ),
        ({"grades.nmc.purchase_share": {"gold": 0.5}}, "'gold' is not a key of metals"),
        ({"policy.refine_abroad": {"nmx": ["France"]}}, "'nmx' is not a key of grades"),
    ],
)
def test_limits_of_grades_are_kept(changes: Any, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load_settings(None, changes)


@pytest.mark.heavy
def test_a_grade_within_its_limits_is_taken_and_has_its_own_price(tmp_path: Path) -> None:
    fits = {
        "grades.lfp.most_t_per_t": {"copper": 0.03, "nickel": 0.01},
        "classes.lfp.impurity_t_per_t": {"copper": 0.03},
        "grades.lfp.purchase_share": {"lithium": 0.0},
    }
    folder = folder_with(tmp_path / "in", max_t=20000)
    usual, dear = (hs.solve(hs.read(folder, changes=changes)) for changes in ({}, fits))
    paid = [plan.market(level="current")["purchase_jpy"].iloc[0] for plan in (usual, dear)]
    held = usual.metals().query("grade == 'lfp' and metal == 'lithium'")["contained_t"].sum()
    price = 9520 * 150 * 0.7
    assert paid[0] - paid[1] == pytest.approx(held * price)
    assert recount(dear, dear.network).passed


@SOME
@given(problems(), st.integers(0, 2**16))
def test_grades_that_some_refineries_refuse_are_those_of_brute_force(problem: Problem, seed: int) -> None:
    refused = np.random.default_rng(seed).random(problem.transfer_cost.shape[1:]) < 0.3
    barred = problem.derive(transfer_cost=np.where(refused[None], np.inf, problem.transfer_cost))
    agree_with_brute_force(barred, optimize(barred, gap=0))


def test_where_a_grade_may_go_holds_for_all_years(tmp_path: Path) -> None:
    changes = {"years.values": {"policy.refine_abroad.nmc": {"2030": ["European Union"]}}}
    with pytest.raises(InputError, match="cannot differ from year to year"):
        hs.read(folder_with(tmp_path / "in"), changes=changes)
