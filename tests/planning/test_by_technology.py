"""Technologies of hubs and refineries under every objective, against trying them all."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import flat_tables, tiny_tables, write_folder
from hubspoke.base.errors import UsageError
from technologies import best_pair

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.inputs.network import Network

PYRO = {"refinery_technologies.pyro_hydro.capital_jpy": 5e9}
"""Smelting cheaper to build than hydrometallurgy, so that lithium decides."""
EITHER = {"technology": "hydro;pyro_hydro"}


def changes(lithium_usd: float, *, serve_all: bool = False) -> dict[str, object]:
    kept = {"policy.shortfall_jpy_per_t": 1e7} if serve_all else {}  # dearer than any way to serve a site
    return {**PYRO, "price_levels.current.usd_per_t.lithium": lithium_usd, **kept}


def one_region(folder: Path, lithium_usd: float, *, serve_all: bool = False) -> Network:
    """Read one region whose two hubs and two refineries may be of two technologies; none share a ground."""
    tables = flat_tables()
    tables["hubs"] = [{**row, "technology": "roasting;mechanical"} for row in tables["hubs"]]
    tables["refineries"] = [{**row, **EITHER, "lat": float(str(row["lat"])) + 0.02} for row in tables["refineries"]]
    return hs.read(write_folder(folder / f"{lithium_usd:g}", tables), changes=changes(lithium_usd, serve_all=serve_all))


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("objective", "lithium_usd", "refining"),
    [
        ("profit", 100_000, "hydro"),
        ("profit", 100, "pyro_hydro"),
        ("cost", 100_000, "pyro_hydro"),
        ("co2", 100, "hydro"),
    ],
)
def test_the_best_technologies_and_sizes_are_chosen(
    tmp_path: Path, objective: hs.ObjectiveName, lithium_usd: float, refining: str
) -> None:
    """Most profit refines by hydrometallurgy where lithium is dear and smelts where it is cheap; cost looks past it."""
    network = one_region(tmp_path, lithium_usd, serve_all=objective == "profit")
    plan = hs.solve(network, objective=objective, gap=0)
    value, hub, refinery = best_pair(network, objective)
    assert refinery == refining
    assert plan.objective_value == pytest.approx(value, rel=1e-9)
    assert plan.status == "optimal"
    for plants, technology in ((plan.hubs, hub), (plan.refineries, refinery)):
        assert plants.loc[plants["state"] == "open", "technology"].tolist() == [technology]


def two_regions(folder: Path, lithium_usd: float) -> Network:
    """Read two regions with three refineries of two technologies each."""
    tables = tiny_tables()
    for name in ("kanto/refineries", "chubu/refineries"):
        tables[name] = [{**row, **EITHER, "max_t": 500} for row in tables[name]]
    return hs.read(write_folder(folder / "two", tables), changes=changes(lithium_usd))


@pytest.mark.heavy
@pytest.mark.parametrize("lithium_usd", [9_000, *(pytest.param(usd, marks=pytest.mark.heavy) for usd in (100, 1e5))])
def test_most_profit_is_that_of_the_best_choice_of_technologies(
    request: pytest.FixtureRequest, tmp_path: Path, lithium_usd: float
) -> None:
    """Free technologies earn as much as the best of all ways to fix them, and the bound holds for all of these."""
    network = two_regions(tmp_path, lithium_usd)
    free = hs.solve(network, policy="shared-refinery", objective="profit", gap=0)
    request.getfixturevalue("closing_unknown")
    fixed = [
        hs.solve(
            replace(network, refineries=network.refineries.assign(technology=list(names))),
            policy="shared-refinery",
            objective="profit",
            gap=0,
        )
        for names in product(("hydro", "pyro_hydro"), repeat=len(network.refineries))
    ]
    best = max(plan.objective_value for plan in fixed)
    assert free.bound_value >= best - 1
    if free.gap == 0:
        assert free.objective_value == pytest.approx(best, rel=1e-7)
    assert free.objective_value <= max(plan.bound_value for plan in fixed) + 1


def test_a_refinery_that_must_open_is_built_once(tmp_path: Path) -> None:
    """An order to open a refinery leaves its technology free, and builds no two of it."""
    network = one_region(tmp_path, 9_000, serve_all=True)
    plan = hs.solve(network, objective="profit", opened=["rk2"], gap=0)
    used = plan.refineries[plan.refineries["state"] == "open"]
    assert used["id"].tolist() == ["rk2"]
    assert used["technology"].iloc[0] in {"hydro", "pyro_hydro"}


def test_metals_tell_what_goes_to_slag(tmp_path: Path) -> None:
    """A smelter recovers no lithium: tables of metals and sales say so, and the summary names it."""
    plan = hs.solve(one_region(tmp_path, 100, serve_all=True), objective="profit", gap=0)
    metals = plan.metals().groupby("metal")[["contained_t", "recovered_t"]].sum()
    shares = metals["recovered_t"] / metals["contained_t"]
    assert shares[["lithium", "nickel", "cobalt"]].tolist() == pytest.approx([0.0, 0.95, 0.9])
    price = plan.settings.price_levels["current"].usd_per_t
    lithium, cobalt = metals["contained_t"].reindex(["lithium", "cobalt"]).to_numpy(float).tolist()
    lost = lithium * 0.8 * float(price["lithium"]) + cobalt * 0.05 * float(price["cobalt"])
    assert plan.flows["sales_lost_jpy"].sum() == pytest.approx(150 * lost)
    assert "slag    " in plan.summary()


def test_no_single_model_is_written_where_there_is_none(tmp_path: Path) -> None:
    """The model of most profit over technologies is a search, and the message says what to do."""
    with pytest.raises(UsageError, match="least cost"):
        hs.solve(one_region(tmp_path, 9_000), objective="profit", write_mps=tmp_path / "model.mps")


@pytest.mark.heavy
@pytest.mark.usefixtures("closing_unknown")
@pytest.mark.parametrize("objective", ["cost", "profit", "co2"])
def test_adding_a_technology_never_makes_the_best_plan_worse(tmp_path: Path, objective: hs.ObjectiveName) -> None:
    """With one more technology the objective is as good or better, whatever it is."""
    network = one_region(tmp_path, 9_000, serve_all=objective == "profit")
    one = replace(
        network,
        hubs=network.hubs.assign(technology="roasting"),
        refineries=network.refineries.assign(technology="hydro"),
    )
    fewer, more = (hs.solve(made, objective=objective, gap=0).objective_value for made in (one, network))
    assert (more >= fewer * (1 - 1e-9)) if objective == "profit" else (more <= fewer * (1 + 1e-9))
