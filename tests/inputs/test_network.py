"""Networks made of data frames are held to the rules of files, whoever changes what."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import hubspoke as hs
from hubspoke.plan.planned import fit_network

if TYPE_CHECKING:
    from hubspoke.api.plan import Plan

SITES = pd.DataFrame(
    {"id": ["a", "b", "c"], "lat": [35.6, 35.5, 35.7], "lon": [139.7, 139.6, 139.5], "mass_t": [300, 200.5, 100]}
)
HUBS = pd.DataFrame({"id": ["h1", "h2"], "lat": [35.6, 35.4], "lon": [139.6, 139.6], "max_t": [np.inf, None]})
REFINERIES = pd.DataFrame({"id": ["r1"], "lat": [35.5], "lon": [139.8]})


def _unpickle(data: bytes) -> Any:
    return pickle.loads(data)  # noqa: S301 - of this test


def build(**changes: Any) -> hs.Network:
    return hs.Network.from_frames(**{"sites": SITES, "hubs": HUBS, "refineries": REFINERIES, **changes})


@pytest.fixture(scope="module")
def network() -> hs.Network:
    return build()


def test_frames_with_the_columns_of_files_become_a_network(network: hs.Network) -> None:
    assert network.sites["nmc_2040_t"].tolist() == pytest.approx([180, 120.3, 60])
    assert network.hubs["max_t"].tolist() == [np.inf, np.inf]
    assert network.hubs["technology"].tolist() == ["roasting", "roasting"]
    assert {"sites (data frame)", "shipped/roads.csv"} <= set(network.provenance)
    assert "roads (data frame)" not in network.provenance


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sites": pd.concat([SITES, SITES.iloc[:1]])}, "sites, row 5, column id: the id 'a' stands in row 2"),
        ({"sites": SITES.assign(lat=[np.nan, 35, 35])}, "sites, row 2, column lat: the cell is empty"),
        ({"sites": SITES.rename(columns={"lat": "lon", "lon": "lat"})}, "are swapped"),
        ({"sites": SITES.assign(mass_t=-5.0)}, "-5.0 is negative"),
        ({"sites": SITES.assign(mass_t=1e300)}, "1e[+]300 makes no sense there"),
        ({"sites": SITES.assign(mass_t=1e-300)}, "next to nothing -> write 0"),
        ({"sites": SITES.iloc[:0]}, "sites: the table has no rows"),
        ({"hubs": HUBS.assign(technology="magic")}, "'magic' is not a known technology"),
        ({"hubs": HUBS.assign(max_t=-1.0)}, "-1.0 is not above zero"),
        ({"hubs": HUBS[["id", "lat"]]}, "hubs, row 1, column lon: the column 'lon' is missing"),
        ({"settings": {"finance.life_yr": 1e20}}, "finance.life_yr: got 1e[+]20, which makes no sense there"),
    ],
)
def test_frames_meet_the_findings_of_files(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(hs.InputError, match=told):
        build(**changes)


@pytest.mark.heavy
def test_a_network_with_other_tables_is_checked_however_it_is_made(network: hs.Network) -> None:
    twice = pd.concat([network.hubs, network.hubs])
    for make in (network.replace, lambda **changes: dataclasses.replace(network, **changes)):
        with pytest.raises(hs.InputError, match="the id 'h1' stands in row 2"):
            make(hubs=twice)
        larger = make(hubs=network.hubs.assign(max_t=[700.0, 300.0]))
        assert larger.hubs["max_t"].tolist() == [700, 300]
        assert larger.sites.equals(network.sites)
    assert network.replace().contents() == network.contents()
    with pytest.raises(hs.UsageError, match="did you mean 'hubs'"):
        network.replace(hub=HUBS)
    horizon = network.settings.horizon.model_copy(update={"years": (2029,), "year": 2029})
    other = network.settings.model_copy(update={"horizon": horizon})
    with pytest.raises(hs.InputError, match=r"2029"):
        dataclasses.replace(network, settings=other)


def test_tonnes_of_a_changed_network_are_not_scaled_again() -> None:
    doubled = build(settings={"supply.factor": 2.0})
    assert doubled.supply_t(2040).sum() == pytest.approx(2 * 600.5)
    assert doubled.replace(hubs=HUBS).supply_t(2040).sum() == pytest.approx(2 * 600.5)


def test_what_was_changed_in_place_is_checked_before_it_is_planned() -> None:
    network = build()
    network.sites.loc[0, "lat"] = 95.0
    with pytest.raises(hs.InputError, match="lat 95 is not between"):
        hs.solve(network)


@pytest.mark.heavy
def test_a_plan_is_of_the_tables_that_were_solved(network: hs.Network) -> None:
    plan = hs.solve(network)
    assert fit_network(plan, network).contents() == plan.contents
    other = network.replace(hubs=pd.concat([HUBS, HUBS.iloc[:1].assign(id="mine")]))
    with pytest.raises(hs.UsageError, match="not what was planned: hubs changed"):
        hs.explain(plan, "h1", network=other)
    assert {"hubs (data frame)"} <= set(hs.solve(other).hashes)
    network.sites["name"] = "renamed"  # the plan holds its own tables
    assert plan.network is not None
    assert plan.network.contents() == plan.contents


def _cost(network: hs.Network) -> float:
    return hs.solve(network).cost_jpy


def test_all_of_it_passes_between_processes(tiny_network: hs.Network, tiny_plan: Plan) -> None:
    again = _unpickle(pickle.dumps(tiny_plan))
    assert again.summary() == tiny_plan.summary()
    assert again.settings.finance.life_yr.source == tiny_plan.settings.finance.life_yr.source
    assert copy.deepcopy(tiny_network).contents() == tiny_network.contents()
    with pytest.raises(hs.InputError) as caught:
        build(sites=SITES.assign(lat=95.0))
    twin = _unpickle(pickle.dumps(caught.value))
    assert (str(twin), twin.findings) == (str(caught.value), caught.value.findings)
    problem = hs.generate_problem(12, 3, 2)
    solution = hs.optimize(problem)
    same, answer = _unpickle(pickle.dumps((problem, solution)))
    assert hs.optimize(same).objective == answer.objective == solution.objective


@pytest.mark.long
def test_a_pool_of_processes_plans_the_same(tiny_network: hs.Network, tiny_plan: Plan) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(_cost, tiny_network).result() == tiny_plan.cost_jpy


def test_objects_show_their_main_figures(tiny_network: hs.Network, tiny_plan: Plan) -> None:
    problem = hs.generate_problem(12, 3, 2)
    for shown, word in (
        (tiny_network.replace(settings=tiny_network.settings.model_copy(update={"title": "<b>"})), "&lt;b&gt;"),
        (tiny_plan, "optimal"),
        (problem, "sites"),
        (hs.optimize(problem), "bound"),
    ):
        assert word in shown._repr_html_()
        assert len(repr(shown)) < 300


def test_a_solve_tells_its_phases_and_stops_when_asked(tiny_network: hs.Network) -> None:
    phases: list[str] = []
    stop = hs.StopSignal()
    plan = hs.solve(tiny_network, progress=lambda phase, _: phases.append(phase), stop=stop)
    assert phases == ["lanes", "costs", "solve", "tables", "audit"]
    assert plan.status is hs.Status.OPTIMAL
    stop.ask()
    try:
        late = hs.solve(tiny_network, stop=stop)
    except hs.NoPlanFoundError:
        return
    assert late.cost_jpy >= plan.cost_jpy


def test_titles_of_frames_are_understood_as_those_of_files(network: hs.Network) -> None:
    other = SITES.rename(columns={"lat": "latitude", "lon": "経度", "mass_t": "処理量(kg)"})
    named = build(sites=other.assign(**{"処理量(kg)": SITES["mass_t"] * 1000}))
    assert named.supply_t(2040).sum() == pytest.approx(network.supply_t(2040).sum())
    assert named.sites[["lat", "lon"]].equals(network.sites[["lat", "lon"]])
    both = build(sites=SITES.assign(latitude=0.0))  # a column under the name itself goes before all others
    assert both.sites["lat"].tolist() == network.sites["lat"].tolist()


def test_the_cure_for_a_missing_column_is_no_title_that_is_nearer_to_another() -> None:
    with pytest.raises(hs.InputError) as caught:
        build(sites=SITES.rename(columns={"lat": "lattitude", "lon": "longtitude"}))
    assert {found.column: found.cure for found in caught.value.findings} == {
        "lat": "rename the column 'lattitude'",
        "lon": "rename the column 'longtitude'",
    }
