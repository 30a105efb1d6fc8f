"""Actors' money: what one pays another receives, and all together keep the system's result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hubspoke as hs
from hubspoke.base.errors import UsageError
from hubspoke.costs.terms import TERMS
from hubspoke.money.contracts import INSIDE, ITEMS, OUTSIDE, bearer_of
from hubspoke.money.income import system_result_jpy, tabulate_actors, tabulate_income
from hubspoke.money.payments import list_payments, make_payment_base
from small_plan import small_plan
from trials import examples

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.api.plan import Plan

SCHEMES = ("purchase", "tolling", "integrated", "joint-collection")
LEVELS = ("peak", "current", "lowest")


def result(plan: Plan, kind: str, scheme: str = "purchase", level: str = "current") -> float:
    """Give what all actors of a kind earn."""
    lines = plan.income(scheme, level)
    return float(lines.loc[lines["kind"] == kind, "jpy"].sum())


def by_item(lines: pd.DataFrame, kind: str) -> dict[str, float]:
    """Give the lines of a kind of actor, summed by item."""
    sums = lines[lines["kind"] == kind].groupby("item")["jpy"].sum()
    return {str(item): float(jpy) for item, jpy in sums.items()}


def test_all_four_schemes_ship() -> None:
    assert tuple(small_plan().settings.contracts) == SCHEMES


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("level", LEVELS)
def test_the_statements_sum_to_the_result_of_the_system_to_the_yen(scheme: str, level: str) -> None:
    plan = small_plan()
    prices = {name: float(usd) * 150 for name, usd in plan.settings.price_levels[level].usd_per_t.items()}
    recovered = plan.metals().groupby("metal")["recovered_t"].sum()
    sales = sum(prices[str(metal)] * float(tonnes) for metal, tonnes in recovered.items())
    system = sales + plan.assignments["byproduct_sales_jpy"].sum() - plan.objective_jpy
    assert plan.income(scheme, level)["jpy"].sum() == pytest.approx(system, abs=0.5)
    assert system_result_jpy(plan, level) == pytest.approx(system, abs=0.5)
    assert plan.actors(scheme, level)["result_jpy"].sum() == pytest.approx(system, abs=0.5)


CONTRACTS = st.fixed_dictionaries(
    {
        "contracts.purchase.gate_fee_jpy_per_t": st.integers(-300_000, 300_000),
        "contracts.purchase.gate_fee_paid_by": st.sampled_from(["site", "maker"]),
        "contracts.purchase.collector_fee_jpy_per_t": st.integers(0, 50_000),
        "contracts.purchase.pack_freight_paid_by": st.sampled_from(["site", "hub", "maker"]),
        "contracts.purchase.black_mass": st.sampled_from(["sold", "tolled", "kept"]),
        "contracts.purchase.black_mass_freight_paid_by": st.sampled_from(["hub", "refinery"]),
        "contracts.purchase.tolling_fee_jpy_per_t": st.integers(0, 500_000),
        "price_levels.current.usd_per_t.nickel": st.integers(0, 100_000),
        "metals.nickel.purchase_share": st.just(0) | st.floats(1e-6, 1.5),
    }
)


@pytest.mark.heavy
@given(changes=CONTRACTS)
@settings(max_examples=examples(10), deadline=None)
def test_they_do_so_under_any_contract(changes: dict[str, object]) -> None:
    plan = hs.revalue(small_plan(), changes)
    inside, outside = {kind.name for kind in INSIDE}, {kind.name for kind in OUTSIDE}
    for _, payer_kind, _, receiver_kind, _ in list_payments(make_payment_base(plan), "purchase", "current"):
        assert {payer_kind, receiver_kind} <= inside | outside
        assert {payer_kind, receiver_kind} & inside, "somebody of the system takes part"
    assert plan.income("purchase", "current")["jpy"].sum() == pytest.approx(system_result_jpy(plan, "current"), abs=0.5)


def test_a_hub_that_sells_black_mass_counted_by_hand() -> None:
    plan = small_plan()
    hub = plan.hubs[plan.hubs["state"] == "open"].iloc[0]
    sites = plan.assignments[plan.assignments["hub_id"] == hub["id"]]
    metals = plan.metals()
    metals = metals[metals["hub_id"] == hub["id"]]
    usd = plan.settings.price_levels["current"].usd_per_t
    paid = metals[metals["metal"] != "manganese"]
    value = sum(paid["contained_t"] * paid["metal"].map({name: float(price) * 150 for name, price in usd.items()}))
    own = sum(sites[name].sum() for name in sites if str(name).startswith("hub_") and str(name).endswith("_jpy"))
    onward = plan.flows.loc[plan.flows["hub_id"] == hub["id"], "black_mass_freight_jpy"].sum()
    by_hand = (
        100_000 * sites["mass_t"].sum()
        + sites["byproduct_sales_jpy"].sum()
        + 0.7 * value
        - own
        - hub["cost_jpy"]
        - onward
    )
    actors = plan.actors("purchase", "current").set_index(["kind", "actor"])
    assert actors["result_jpy"]["hub", hub["id"]] == pytest.approx(by_hand, abs=0.5)


def test_tolling_takes_the_price_risk_from_the_refinery_to_the_user() -> None:
    plan = small_plan()
    assert result(plan, "refinery", "tolling", "peak") == pytest.approx(result(plan, "refinery", "tolling", "lowest"))
    assert result(plan, "user", "tolling", "peak") > result(plan, "user", "tolling", "lowest")
    assert set(by_item(plan.income("tolling", "peak"), "user")) == {
        "black_mass", "tolling_fee", "black_mass_freight", "metal_sales"
    }  # fmt: skip


def test_an_integrated_company_earns_what_its_hubs_and_refineries_would() -> None:
    plan = small_plan()
    apart = result(plan, "hub") + result(plan, "refinery")
    assert result(plan, "company", "integrated") == pytest.approx(apart, abs=0.5)
    assert "black_mass" not in set(plan.income("integrated", "peak")["item"])


def test_makers_pay_for_joint_collection_and_nobody_is_charged_at_the_gate() -> None:
    plan = small_plan()
    lines = plan.income("joint-collection", "current")
    site = by_item(lines, "site")
    assert set(site) == {"collector_fee", "packaging", "removal"}
    assert site["collector_fee"] + site["removal"] == pytest.approx(0)  # 10 yen/kg for it, and 10 yen/kg of work
    paid = by_item(lines, "maker")
    assert paid["gate_fee"] == pytest.approx(-100_000 * plan.mass_t)
    assert paid["pack_freight"] == pytest.approx(-plan.assignments["collection_freight_jpy"].sum())


def test_carriers_are_paid_what_transport_costs() -> None:
    plan = small_plan()
    for scheme in SCHEMES:
        assert result(plan, "carrier", scheme) == pytest.approx(0, abs=0.5)


@pytest.mark.heavy
@given(
    metal=st.sampled_from(["lithium", "nickel", "cobalt"]), factor=st.floats(1.1, 3), scheme=st.sampled_from(SCHEMES)
)
@settings(max_examples=examples(5), deadline=None)
def test_a_dearer_metal_moves_only_black_mass_and_metal_sales(metal: str, factor: float, scheme: str) -> None:
    plan = small_plan()
    usd = float(plan.settings.price_levels["current"].usd_per_t[metal])
    dearer = hs.revalue(plan, {f"price_levels.current.usd_per_t.{metal}": usd * factor})
    keys = ["kind", "actor", "item"]
    before, after = (case.income(scheme, "current").set_index(keys)["jpy"] for case in (plan, dearer))
    moved = set((after - before)[(after - before).abs() > 1e-6].reset_index()["item"])
    assert moved == ({"metal_sales"} if scheme == "integrated" else {"metal_sales", "black_mass"})
    assert dearer.income(scheme, "peak").equals(plan.income(scheme, "peak"))


def test_a_higher_gate_fee_moves_only_the_gate_fee_of_its_scheme() -> None:
    plan = small_plan()
    dearer = hs.revalue(plan, {"contracts.purchase.gate_fee_jpy_per_t": 200_000})
    before, after = plan.income(), dearer.income()
    moved = before[before["jpy"] != after["jpy"]]
    assert set(moved["item"]) == {"gate_fee"}
    assert set(moved["scheme"]) == {"purchase"}
    assert after["jpy"].sum() == pytest.approx(before["jpy"].sum(), abs=1)


@pytest.mark.parametrize("scheme", ["purchase", "integrated", "joint-collection"])
def test_at_the_break_even_gate_fee_a_plant_earns_nothing(scheme: str) -> None:
    plan = small_plan()
    actors = plan.actors(scheme, "current")
    for at, row in actors[actors["kind"].isin(["hub", "company"])].to_dict("index").items():
        fee = {f"contracts.{scheme}.gate_fee_jpy_per_t": float(row["break_even_gate_fee_jpy_per_t"])}
        there = hs.revalue(plan, fee).actors(scheme, "current")
        assert (there["actor"] == actors["actor"]).all()
        assert there.loc[[at], "result_jpy"].sum() == pytest.approx(0, abs=1)


@pytest.mark.heavy
@pytest.mark.parametrize("scheme", SCHEMES)
def test_at_the_break_even_prices_an_actor_earns_nothing(scheme: str) -> None:
    plan = small_plan()
    usd = plan.settings.price_levels["current"].usd_per_t
    actors = plan.actors(scheme, "current")
    found = actors[actors["break_even_price_factor"] > 0]
    assert len(found)
    for at, row in found.iloc[::2].to_dict("index").items():
        factor = float(row["break_even_price_factor"])
        prices = {f"price_levels.current.usd_per_t.{name}": float(usd[name]) * factor for name in usd}
        there = hs.revalue(plan, prices).actors(scheme, "current")
        assert there.loc[[at], "result_jpy"].sum() == pytest.approx(0, abs=1)


def test_a_refinery_breaks_even_when_passed_its_fee_for_the_packs_behind_it() -> None:
    actors = small_plan().actors("purchase", "current")
    plants = actors[actors["kind"] == "refinery"]
    needed = plants["break_even_gate_fee_jpy_per_t"] * plants["packs_t"]
    assert needed.to_numpy() == pytest.approx(-plants["result_jpy"].to_numpy())
    assert plants["packs_t"].sum() == pytest.approx(small_plan().mass_t)


def test_each_site_can_be_told_apart() -> None:
    plan = small_plan()
    together = tabulate_income(plan, schemes=["purchase"], levels=["peak"])
    apart = tabulate_income(plan, schemes=["purchase"], levels=["peak"], each_site=True)
    sites = apart[apart["kind"] == "site"]
    assert set(sites["actor"]) == set(plan.assignments["site_id"])
    assert by_item(apart, "site") == pytest.approx(by_item(together, "site"))
    named = tabulate_actors(plan, apart)
    assert set(named.loc[named["kind"] == "site", "name_ja"]) >= {"東京", "名古屋"}


def test_every_kind_item_and_term_has_words_and_a_bearer() -> None:
    lines = small_plan().income()
    assert set(lines["kind"]) <= {kind.name for kind in INSIDE}
    assert set(lines["item"]) <= {item.name for item in ITEMS} | {term.name for term in TERMS}
    assert {bearer_of(term.name) for term in TERMS} == {"site", "hub", "refinery", "carrier"}


def test_unknown_schemes_and_levels_are_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'tolling'"):
        small_plan().income("toling")
    with pytest.raises(UsageError, match="did you mean 'peak'"):
        small_plan().income("tolling", "peek")


def test_a_planner_may_add_a_contract_of_their_own() -> None:
    plan = small_plan()
    mine = plan.settings.contracts["joint-collection"].model_dump(mode="json")
    mixed = {**mine, "black_mass": "tolled", "name_en": "Joint tolling"}
    own = hs.revalue(plan, {"contracts.joint-tolling": mixed})
    assert set(own.income("joint-tolling", "peak")["kind"]) == {"site", "carrier", "hub", "refinery", "maker", "user"}
