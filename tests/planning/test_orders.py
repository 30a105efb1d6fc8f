"""Orders: plants that must be open, or alone may be, and places that deliver to one plant whatever is nearer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import hubspoke as hs
from builders import write_folder
from hubspoke.analysis.explanation.plant import PlantReasons

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("orders"))


def plan_under(folder: Path, policy: hs.PolicyName = "regional", /, **orders: Any) -> Plan:
    changes = {f"orders.{key}": value for key, value in orders.items()}
    return hs.solve(hs.read(folder, changes=changes), policy=policy)


def open_plants(plan: Plan) -> set[str]:
    return {name for plants in (plan.hubs, plan.refineries) for name in plants.loc[plants["state"] == "open", "id"]}


@pytest.mark.heavy
def test_orders_do_what_the_options_of_a_solve_do(folder: Path) -> None:
    network = hs.read(folder)
    plain = hs.solve(network)
    other = {"hk1": "hk2", "hk2": "hk1"}[next(iter(open_plants(plain) & {"hk1", "hk2"}))]
    ordered = plan_under(folder, open=[other])
    assert other in open_plants(ordered)
    assert ordered.cost_jpy == hs.solve(network, opened=[other]).cost_jpy
    closed = plan_under(folder, close=[*(open_plants(plain) & {"hk1", "hk2"})])
    assert closed.cost_jpy == ordered.cost_jpy


@pytest.mark.heavy
def test_only_shuts_the_plants_of_one_kind_that_it_does_not_name(folder: Path) -> None:
    plan = plan_under(folder, only=["hk2", "hc2"])
    assert open_plants(plan) & {"hk1", "hk2", "hc1", "hc2"} == {"hk2", "hc2"}
    assert open_plants(plan) & {"rk1", "rk2", "rc1"} == open_plants(hs.solve(hs.read(folder))) & {"rk1", "rk2", "rc1"}


def test_what_the_call_asks_for_goes_before_the_orders(folder: Path) -> None:
    network = hs.read(folder, changes={"orders.only": ["hk2", "hc2"], "orders.open": ["hc2"]})
    plan = hs.solve(network, opened=["hk1"], closed=["hc2", "hk2"], policy="open")
    assert open_plants(plan) & {"hk1", "hk2", "hc1", "hc2"} == {"hk1"}


@pytest.mark.heavy
def test_a_place_delivers_where_it_is_ordered_to(folder: Path) -> None:
    plan = plan_under(folder, "open", deliver={"c1": "hk2", "hk2": "rk2"})
    told = plan.assignments.set_index("site_id")["hub_id"]
    assert told["c1"] == "hk2"
    assert set(plan.flows.loc[plan.flows["hub_id"] == "hk2", "refinery_id"]) == {"rk2"}
    assert plan.cost_jpy >= plan_under(folder, "open").cost_jpy


def test_an_order_against_a_border_is_no_plan_and_is_explained(folder: Path) -> None:
    with pytest.raises(hs.InfeasibleError, match="c1"):
        plan_under(folder, deliver={"c1": "hk2"})


@pytest.mark.parametrize(
    ("orders", "told"),
    [
        ({"open": ["hk3"]}, "there is no plant 'hk3'"),
        ({"only": ["k1"]}, "there is no plant 'k1'"),
        ({"deliver": {"k1": "rk1"}}, "neither a lane"),
        ({"deliver": {"k9": "hk1"}}, "neither a lane"),
        ({"open": ["hk1"], "close": ["hk1"]}, "both open and closed"),
    ],
)
def test_orders_that_name_no_plant_are_refused(folder: Path, orders: dict[str, Any], told: str) -> None:
    with pytest.raises(hs.InputError, match=told):
        plan_under(folder, **orders)


def test_all_plants_that_are_not_there_are_one_finding_which_names_the_scenario(folder: Path) -> None:
    with pytest.raises(hs.InputError) as caught:
        hs.read(folder, changes={"scenario": "smm-network"})
    (found,) = caught.value.findings
    assert found.column == "orders.open, orders.only"
    assert "13 plants are not there: 'smm-niihama', 'smm-toyo'" in found.problem
    assert "leave out the scenario smm-network" in found.cure


@pytest.mark.parametrize(
    ("orders", "told"),
    [
        ({"close": ["hk2"]}, "which orders.close closes"),
        ({"only": ["hk1", "hc1"]}, "which orders.only leaves out"),
    ],
)
def test_an_order_to_a_closed_plant_names_the_closure_and_no_road(
    folder: Path, orders: dict[str, Any], told: str
) -> None:
    with pytest.raises(hs.InfeasibleError) as caught:
        plan_under(folder, deliver={"k1": "hk2"}, **orders)
    assert str(caught.value).startswith(f"k1 must deliver to hk2 (orders.deliver), {told}; reopen it (--open hk2)")
    assert "road" not in str(caught.value)


def test_an_order_of_a_hub_to_a_closed_refinery_names_the_closure(folder: Path) -> None:
    bound = dict.fromkeys(("hk1", "hk2"), "rk2")
    with pytest.raises(hs.InfeasibleError, match=r"hk1, hk2 must deliver to rk2 .*, which orders.close closes"):
        plan_under(folder, deliver=bound, close=["rk2"])


def reasons_of(plan: Plan, plant: str) -> PlantReasons:
    reasons = hs.explain(plan, plant)
    assert isinstance(reasons, PlantReasons)
    return reasons


@pytest.mark.heavy
def test_a_closed_plant_is_explained_by_what_closes_it(folder: Path) -> None:
    plan = plan_under(folder, only=["hk2", "hc2"])
    reasons = reasons_of(plan, "hk1")
    assert reasons.closure == "only"
    assert "closed: orders.only names others of its kind" in reasons.summary()
    assert reasons.change is not None
    assert (reasons.change.trial, reasons.change.outcome) == ("open", "plan")
    assert "drops hk2" in reasons.summary()
    asked = hs.solve(hs.read(folder), closed=["hk1"])
    assert reasons_of(asked, "hk1").closure == "request"


def test_a_plant_of_a_region_that_was_not_planned_is_told_so(folder: Path) -> None:
    network = hs.read(folder)
    plan = hs.solve(network, regions=["kanto"])
    with pytest.raises(hs.UsageError, match="'hc1' lies in chubu"):
        hs.explain(plan, "hc1", network=network)
    with pytest.raises(hs.UsageError, match="the plan, which is of kanto only, has no"):
        hs.explain(plan, "hc1")


def test_a_saved_plan_keeps_its_orders_and_explains_under_them(folder: Path) -> None:
    plan = plan_under(folder, only=["hk2", "hc2"])
    assert plan.settings.orders.only == ("hk2", "hc2")
    assert "hk1" in plan.options["close"]
