"""What lanes load the links of the road graph with: by hand on a road of four cities, and conserved on others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.audit.road_loads import check_road_loads
from hubspoke.plan.roads.loads import trace_roads
from small_plan import mixed_plan

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from hubspoke.api.plan import Plan

LINKS = ("road", "expressway", "bridge", "ferry")


def one_hub_tables() -> dict[str, list[dict[str, object]]]:
    """Give three sites in three cities, one hub in the first, and a refinery on its ground."""
    tables = tiny_tables()
    spots = {city["city_code"]: (city["lat"], city["lon"]) for city in tables["cities"]}
    loads = {"a": 10, "c": 20, "d": 40}
    sites = [{"id": f"s{at}", "lat": spots[at][0], "lon": spots[at][1], "nmc_t": t} for at, t in loads.items()]
    lat, lon = spots["b"]
    km = {"Bay": 30, "Tomei": 145, "R1": 135}  # short, so that no site goes straight to the next city
    plant = {"id": "h", "lat": lat, "lon": lon, "technology": "roasting", "max_t": 30000, "ground": "g"}
    return {
        "x/sites": sites,
        "x/hubs": [plant],
        "x/refineries": [{**plant, "id": "r", "technology": "hydro"}],
        "roads": [{**road, "km": km[str(road["route"])], "kind": "road"} for road in tables["roads"]],
        "cities": tables["cities"],
    }


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return hs.solve(hs.read(write_folder(tmp_path_factory.mktemp("followed"), one_hub_tables())))


def links_of(loads: pd.DataFrame) -> dict[tuple[str, str], float]:
    found = loads[loads["kind"].isin(LINKS) & (loads["material"] == "packs")]
    return dict(zip(zip(found["from_code"], found["to_code"], strict=True), found["mass_t"], strict=True))


def test_each_link_carries_what_lies_behind_it(plan: Plan) -> None:
    """Nagoya (d) 40 t - Shizuoka (c) 20 t - Tokyo (a) 10 t - Chiba (b), where the hub stands."""
    loads = plan.road_loads()
    assert links_of(loads) == {("d", "c"): 40.0, ("c", "a"): 60.0, ("a", "b"): 70.0}
    rows = loads[loads["kind"].isin(LINKS)]
    assert rows["t_km"].sum() == pytest.approx(40 * 135 + 60 * 145 + 70 * 30)
    assert dict(zip(rows["route"], rows["trips_per_yr"], strict=True))["Bay"] == pytest.approx(
        plan.assignments["trips_per_yr"].sum()
    )
    assert loads["co2_kg"].sum() == pytest.approx(plan.assignments["co2_kg"].sum(), abs=0.01)
    ground = loads[loads["material"] == "black_mass"].iloc[0]
    assert (ground["kind"], ground["t_km"]) == ("ground", 0.0)
    assert trace_roads(plan).sites.tolist() == ["a", "c", "d"]


@pytest.mark.parametrize("kind", ["tiny", "mixed"])
def test_the_audit_finds_the_transport_of_the_plan_on_the_roads(kind: str, tiny_plan: Plan) -> None:
    plan = tiny_plan if kind == "tiny" else mixed_plan()
    assert plan.network is not None
    loads = plan.road_loads()
    assert list(check_road_loads(plan, loads, plan.network)) == []
    assert set(loads["kind"]) & set(LINKS)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("mass_t", "more enter the city"),
        ("t_km", "t_km of"),
        ("co2_kg", "co2_kg of"),
        ("trips_per_yr", "trucks_per_day"),
    ],
)
def test_the_audit_finds_a_number_that_was_changed(column: str, words: str, tiny_plan: Plan) -> None:
    loads = tiny_plan.road_loads()
    row = loads.index[loads["kind"] == "expressway"][0]
    loads.loc[row, column] *= 1.001
    assert words in " ".join(check_road_loads(tiny_plan, loads))


def test_the_audit_finds_a_link_left_out_and_one_that_does_not_exist(tiny_plan: Plan) -> None:
    loads = tiny_plan.road_loads()
    row = loads.index[loads["kind"] == "expressway"][0]
    assert "leave it" in " ".join(check_road_loads(tiny_plan, loads.drop(index=row)))
    assert "no such link" in " ".join(check_road_loads(tiny_plan, loads.replace("Bay", "R9"), tiny_plan.network))


@pytest.mark.heavy
def test_own_lanes_are_told_apart(tmp_path: Path) -> None:
    lanes = [{"from_id": "sd", "to_id": "h", "distance_km": 500}]
    plan = hs.solve(hs.read(write_folder(tmp_path / "own", {**one_hub_tables(), "lanes": lanes})))
    loads = plan.road_loads()
    assert links_of(loads) == {("c", "a"): 20.0, ("a", "b"): 30.0}
    given = loads[loads["kind"] == "given"].iloc[0]
    assert (given["mass_t"], given["t_km"]) == (40.0, 20_000.0)
    assert list(check_road_loads(plan, loads, plan.network)) == []


@pytest.mark.heavy
def test_without_roads_all_ways_are_straight(tmp_path: Path) -> None:
    network = hs.read(write_folder(tmp_path / "bare", one_hub_tables()))
    plan = hs.solve(replace(network, roads=network.roads.iloc[:0], cities=network.cities.iloc[:0]))
    loads = plan.road_loads()
    assert set(loads["kind"]) == {"straight", "ground"}
    assert list(check_road_loads(plan, loads, plan.network)) == []


def test_a_ferry_is_paid_and_loaded(tmp_path: Path) -> None:
    tables = one_hub_tables()
    tables["roads"] = [{**road, "kind": "ferry"} if road["route"] == "Bay" else road for road in tables["roads"]]
    plan = hs.solve(hs.read(write_folder(tmp_path / "ferry", tables)))
    loads = plan.road_loads()
    ferry = loads[loads["kind"] == "ferry"].iloc[0]
    assert (ferry["ferry_km"], ferry["mass_t"]) == (30.0, 70.0)
    assert ferry["co2_kg"] == pytest.approx(70 * 30 * float(plan.settings.ferries.co2_kg_per_t_km))
    assert list(check_road_loads(plan, loads, plan.network)) == []


def test_a_plan_without_its_network_has_no_loads(plan: Plan) -> None:
    bare = replace(plan, network=None).road_loads()
    assert bare.empty
    assert bare.columns.tolist() == plan.road_loads().columns.tolist()


@pytest.mark.heavy
def test_every_lane_of_the_shipped_data_pays_for_the_truck_that_is_followed() -> None:
    """Trips on the last stretches are those of the plan, which differ by truck."""
    plan = hs.solve(hs.read(), regions=["shikoku"])
    loads = plan.road_loads()
    ends = loads[~loads["kind"].isin(LINKS) & (loads["to_code"] == "") & (loads["material"] == "packs")]
    assert ends["trips_per_yr"].sum() == pytest.approx(plan.assignments["trips_per_yr"].sum(), rel=1e-6)
    assert np.isclose(
        loads["t_km"].sum(), plan.regions[["transport_t_km", "black_mass_t_km"]].to_numpy().sum(), rtol=1e-5
    )
    assert list(check_road_loads(plan, loads, plan.network)) == []
