"""Electric furnaces: what lifting the obligation to refine does, and that they do nothing while it holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import hubspoke as hs
from builders import flat_tables, tiny_tables, write_folder
from hubspoke.audit.audit import audit_plan, recount
from hubspoke.base.errors import InfeasibleError, InputError, UsageError
from hubspoke.costs.costs import build_costs
from hubspoke.costs.terms import TERMS
from hubspoke.lanes.lanes import build_lanes
from hubspoke.outputs.exports.derived import derive_tables
from hubspoke.outputs.report.page import write_report
from hubspoke.outputs.runs.folder import write_run
from hubspoke.plan.plan import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan
    from hubspoke.inputs.network import Network

LIFTED: dict[str, Any] = {"policy.refine_all": False}
GRADES: dict[str, Any] = {
    "grades.hev": '{name_en = "Black mass of hybrids", name_ja = "HEVブラックマス"}',
    "classes.hev.grade": "hev",
}
"""A grade for every class, so that the worth of metals lost is known by grade."""
FURNACE = {"lat": 35.52, "lon": 139.72, "technology": "ferronickel_furnace", "max_t": 100}


def with_furnaces(**more: Any) -> dict[str, list[dict[str, object]]]:
    """Give the tiny network with a furnace in each region."""
    tables = tiny_tables()
    tables["kanto/refineries"].append({"id": "fk", "status": "open", **FURNACE, **more})
    tables["chubu/refineries"].append(
        {"id": "fc", "status": "open", **FURNACE, "lat": 35.0, "lon": 136.9, "technology": "steel_furnace", "max_t": 60}
    )
    return tables


def network_at(folder: Path, tables: Any = None, **changes: Any) -> Network:
    given_settings = {**LIFTED, **{key.replace("__", "."): value for key, value in changes.items()}}
    return hs.read(write_folder(folder, with_furnaces() if tables is None else tables), changes=given_settings)


@pytest.fixture(scope="module")
def lifted(tmp_path_factory: pytest.TempPathFactory) -> Network:
    return network_at(tmp_path_factory.mktemp("lifted") / "in")


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """Read the same network while all must be refined."""
    return hs.read(write_folder(tmp_path_factory.mktemp("bound") / "in", with_furnaces()))


@pytest.fixture(scope="module")
def plan(lifted: Network) -> Plan:
    """Plan at least cost, so that the furnaces are full."""
    return hs.solve(lifted)


@pytest.mark.heavy
@pytest.mark.usefixtures("tables_alone")
def test_while_the_obligation_holds_furnaces_change_no_byte(tmp_path: Path) -> None:
    """Tables of a plan are those of a network without the rows, and so is what follows from them."""
    plans = [
        hs.solve(hs.read(write_folder(tmp_path / name, tables)))
        for name, tables in (("with", with_furnaces()), ("without", tiny_tables()))
    ]
    for name, plan in zip("ab", plans, strict=True):
        write_run(plan, tmp_path / name, maps=False)
    for file in sorted((tmp_path / "b").glob("*.csv")):
        assert (tmp_path / "a" / file.name).read_bytes() == file.read_bytes(), file.name
    assert plans[0].settings.policy.refine_all


def test_furnaces_take_what_is_cheaper_and_count_as_no_refinery(plan: Plan, lifted: Network) -> None:
    assert audit_plan(plan, lifted).passed
    table = plan.refineries.set_index("id")
    assert table.loc[["fk", "fc"], "load_t"].tolist() == pytest.approx([100, 60])
    assert plan.regions["refineries"].tolist() == [1, 1]
    refineries = table[~plan.furnaces]
    assert (refineries["state"] == "open").groupby(refineries["region"]).sum().to_dict() == {"chubu": 1, "kanto": 1}
    fees = plan.costs.loc[plan.costs["term"] == "furnace_fee"].set_index("region")["cost_jpy"]
    assert fees.to_dict() == pytest.approx({"kanto": 100 * 80_000, "chubu": 60 * 50_000})
    for column in ("cost_jpy", "refinery_capital_jpy"):
        assert (table.loc[["fk", "fc"], column] == 0).all()


@pytest.mark.heavy
@pytest.mark.parametrize("policy", ["regional", "shared-refinery", "open"])
@pytest.mark.parametrize("objective", ["cost", pytest.param("co2", marks=pytest.mark.heavy)])
def test_lifting_the_obligation_never_costs_more(
    lifted: Network, bound: Network, policy: hs.PolicyName, objective: hs.ObjectiveName
) -> None:
    plans = [hs.solve(network, policy=policy, objective=objective, gap=0) for network in (lifted, bound)]
    assert plans[0].objective_value <= plans[1].objective_value * (1 + 1e-9)


def least_of_region(network: Network, objective: hs.ObjectiveName) -> float:
    """Try every hub, size, refinery and size of one region; what the furnace saves most on goes there first."""
    lanes = build_lanes(network, 2040)
    costs = build_costs(network, lanes, 2040)
    made = network.settings
    price = {name: float(usd) * 150 for name, usd in made.price_levels["current"].usd_per_t.items()}
    furnace = int(np.flatnonzero(network.furnaces)[0])
    works = made.furnaces[network.refineries["technology"].iloc[furnace]]
    lost: dict[str, float] = {}
    for pack in made.classes.values():  # every class has a grade of its own here, but scrap and damaged packs
        held = {metal: float(part) / 0.5 for metal, part in pack.metal_t_per_t.items()}
        lost.setdefault(
            pack.grade,
            sum(
                tonnes
                * price[metal]
                * (
                    float(made.metals[metal].recovery_t_per_t)
                    - float(works.alloyed_t_per_t.get(metal, 0)) * float(works.alloy_price_share.get(metal, 0))
                )
                for metal, tonnes in held.items()
            ),
        )
    carbon = objective == "co2"
    collection = costs.collection_co2_kg_per_yr() if carbon else costs.collection_jpy_per_yr()
    transfer = costs.transfer_co2_kg_per_t() if carbon else costs.transfer_jpy_per_t()
    if objective == "profit":
        transfer[:, furnace] += np.array([lost[grade] for grade in made.grades])
    room = float(network.refineries["max_t"].iloc[furnace])
    best = np.inf
    hubs, others = np.flatnonzero(network.hubs["status"] != "closed"), np.flatnonzero(~network.furnaces)
    for hub, refinery in product(hubs.tolist(), others.tolist()):
        load = costs.mass_t.sum()
        moved = collection[:, hub].sum()
        fits = costs.hub_steps.capacity[hub] >= load
        yearly = costs.hub_steps.fixed[hub] + costs.hub_steps.variable[hub] * load
        moved += 0.0 if carbon else np.where(fits, yearly, np.inf).min()
        black_mass = (costs.supply_t @ costs.yields[hub]).sum(axis=0)
        steps = costs.refinery_steps
        lines = zip(steps.capacity[refinery], steps.fixed[refinery], steps.variable[refinery], strict=True)
        sizes = [(size[0], 0.0, 0.0) if carbon else size for size in lines if size[0] > 0]
        for capacity, fixed, per_t in [*sizes, (0.0, 0.0, 0.0)] if objective == "profit" else sizes:  # at most one then
            refined = transfer[hub, refinery] + per_t
            spared = refined - transfer[hub, furnace]
            total, left = moved + fixed, room
            must = max(float(black_mass.sum()) - capacity, 0.0)
            if must > room:
                continue
            for grade in np.argsort(-spared):
                sent = min(left, black_mass[grade]) if spared[grade] > 0 else min(left, black_mass[grade], must)
                left, must = left - sent, max(must - sent, 0.0)
                total += sent * transfer[hub, furnace, grade] + (black_mass[grade] - sent) * refined[grade]
            best = min(best, total)
    return float(costs.sales_jpy_per_yr.sum() - best) if objective == "profit" else float(best)


OBJECTIVES = ("cost", "profit", "co2")
ROOMS = (10, 200, 5000)
TERMS_OF_SALE = ((0, 9000, 1), (80_000, 1500, 0.6), (400_000, 0, 0))
"""Fee, direct CO2, and the share of nickel's price that is paid."""


def mark_of(objective: int, room: int, terms: int) -> Any:
    """Return the mark of a combination: the usual run has each once, the heavy one each with each of the others."""
    if objective == room == terms:
        return ()
    return pytest.mark.heavy if (objective + room + terms) % 3 == 0 else pytest.mark.long


CASES = [
    pytest.param(OBJECTIVES[objective], ROOMS[room], *TERMS_OF_SALE[terms], marks=mark_of(objective, room, terms))
    for objective, room, terms in product(range(3), repeat=3)
]


@pytest.mark.heavy
@pytest.mark.parametrize(("objective", "room", "fee", "co2", "paid"), CASES)
def test_a_region_equals_brute_force(  # noqa: PLR0917 - the table above
    tmp_path: Path, objective: hs.ObjectiveName, room: int, fee: int, co2: int, paid: float
) -> None:
    tables = flat_tables()
    tables["refineries"].append({"id": "fk", "status": "open", **FURNACE, "max_t": room})
    changes: dict[str, Any] = {
        "furnaces.ferronickel_furnace.fee_jpy_per_t": fee,
        "furnaces.ferronickel_furnace.direct_co2_kg_per_t": co2,
        "furnaces.ferronickel_furnace.alloy_price_share.nickel": paid,
    }
    if objective == "profit":  # so dear to leave a site out that all are served
        changes["policy.shortfall_jpy_per_t"] = 10**8
    network = hs.read(write_folder(tmp_path / "kanto", tables), changes={**LIFTED, **GRADES, **changes})
    found = hs.solve(network, objective=objective, gap=0)
    assert found.objective_value == pytest.approx(least_of_region(network, objective), rel=1e-9)
    derive_tables(found)
    if objective == "profit":
        assert found.sales_jpy - found.cost_jpy == pytest.approx(found.objective_value, abs=1)


@pytest.mark.heavy
def test_the_statements_sum_to_the_system_under_every_contract(plan: Plan) -> None:
    """A furnace is no actor: the hub that sells to it pays its fee and is paid for the alloy."""
    metals = plan.metals()
    for scheme, level in product(plan.settings.contracts, plan.settings.price_levels):
        lines = plan.income(scheme, level)
        assert not set(lines["actor"]) & {"fk", "fc"}
        usd = plan.settings.price_levels[level].usd_per_t
        to_furnace = metals[(metals["refinery_id"] == "fk") & (metals["metal"] == "nickel")]
        alloy = float(to_furnace["alloyed_t"].sum()) * float(usd["nickel"]) * 150 * 0.6
        assert lines.loc[lines["item"] == "alloy_sales", "jpy"].sum() == pytest.approx(alloy)
        assert lines.loc[lines["item"] == "furnace_fee", "jpy"].sum() == pytest.approx(-11_000_000)
        sold = sum(
            float(tonnes) * float(usd[str(metal)]) * 150
            for metal, tonnes in metals.groupby("metal")["recovered_t"].sum().items()
        )
        system = sold + alloy + plan.assignments["byproduct_sales_jpy"].sum() - plan.cost_jpy
        assert lines["jpy"].sum() == pytest.approx(system, abs=0.5)


@pytest.mark.heavy
def test_companies_end_at_the_furnace(lifted: Network, tmp_path: Path) -> None:
    """Hubs that deliver to one furnace are no company for that; every hub and refinery has one."""
    shared = hs.solve(lifted, policy="shared-refinery")
    refined = shared.flows[~shared.flows["refinery_id"].isin(["fk", "fc"])]
    assert refined["hub_id"].nunique() == 2
    assert companies_of(shared) == set(refined["refinery_id"])
    tables = with_furnaces(max_t=5000)
    for name in ("kanto/refineries", "chubu/refineries"):
        tables[name] = [row for row in tables[name] if str(row["id"]).startswith("f")]
    alone = hs.solve(network_at(tmp_path / "alone", tables), policy="shared-refinery")
    assert alone.flows.loc[alone.flows["refinery_id"] == "fk", "hub_id"].nunique() == 2
    assert companies_of(alone) == set(alone.flows["hub_id"])


def companies_of(plan: Plan) -> set[str]:
    actors = plan.actors("integrated", "current")
    return set(actors.loc[actors["kind"] == "company", "actor"])


@pytest.mark.heavy
def test_lithium_is_lost_and_masses_balance(plan: Plan) -> None:
    metals = plan.metals()
    taken = metals[metals["refinery_id"].isin(["fk", "fc"])]
    assert (taken["recovered_t"] == 0).all()
    shares = taken.groupby("metal")[["alloyed_t", "contained_t"]].sum()
    assert (shares["alloyed_t"] / shares["contained_t"])["lithium"] == 0
    assert (shares["alloyed_t"] / shares["contained_t"])["nickel"] == pytest.approx(0.95)
    assert metals.loc[~metals["refinery_id"].isin(["fk", "fc"]), "alloyed_t"].eq(0).all()
    balances = derive_tables(plan)["balances"]
    furnace = balances[balances["plant_id"] == "fk"]
    assert set(furnace["plant_kind"]) == {"furnace"}
    assert "lithium" not in set(furnace["material"])
    assert furnace.loc[furnace["direction"] == "in", "mass_t"].sum() == pytest.approx(100)
    assert furnace.loc[furnace["direction"] == "out", "mass_t"].sum() == pytest.approx(100)


def test_the_market_is_that_of_what_is_refined(plan: Plan, lifted: Network) -> None:
    """Furnaces neither buy black mass nor refine it; what they take is in neither side of the comparison."""
    told = plan.market("current").iloc[0]
    refined = plan.metals()
    refined = refined[~refined["refinery_id"].isin(["fk", "fc"])]
    usd = lifted.settings.price_levels["current"].usd_per_t
    worth = sum(float(t) * float(usd[str(m)]) * 150 for m, t in refined.groupby("metal")["recovered_t"].sum().items())
    assert told["market_jpy"] == pytest.approx(worth)


def test_profit_is_refused_where_a_grade_mixes_metals(lifted: Network, tmp_path: Path) -> None:
    """Black mass of hybrids and of electric cars is one grade as shipped; the error says how to tell them apart."""
    with pytest.raises(UsageError, match="a grade of its own"):
        hs.solve(lifted, objective="profit")
    told_apart = network_at(tmp_path / "in", **{key.replace(".", "__"): value for key, value in GRADES.items()})
    assert hs.solve(told_apart, objective="profit").objective == "profit"


def test_a_furnace_that_overpays_is_refused(tmp_path: Path) -> None:
    generous = {**GRADES, "metals.nickel.recovery_t_per_t": 0, "furnaces.ferronickel_furnace.alloyed_t_per_t.nickel": 1,
                "metals.lithium.recovery_t_per_t": 0, "metals.cobalt.recovery_t_per_t": 0,
                "metals.manganese.recovery_t_per_t": 0}  # fmt: skip
    network = network_at(tmp_path / "in", **{key.replace(".", "__"): value for key, value in generous.items()})
    with pytest.raises(UsageError, match="fk pays more"):
        hs.solve(network, objective="profit")


def test_limits_in_total_and_least_throughput_are_for_refineries(tmp_path: Path) -> None:
    network = network_at(
        tmp_path / "in", policy__refineries_in_total=[1, 1], policy__min_throughput_refinery_t_per_yr=300
    )
    shared = hs.solve(network, policy="shared-refinery")
    table = shared.refineries
    assert (table.loc[~shared.furnaces, "state"] == "open").sum() == 1
    assert table.loc[table["id"] == "fc", "load_t"].iloc[0] == pytest.approx(60)


@pytest.mark.heavy
def test_a_region_with_a_furnace_and_no_refinery_is_infeasible_under_regional(tmp_path: Path) -> None:
    tables = with_furnaces(max_t=5000)
    tables["kanto/refineries"] = [row for row in tables["kanto/refineries"] if row["id"] == "fk"]
    network = network_at(tmp_path / "in", tables)
    with pytest.raises(InfeasibleError, match=r"kanto: 1 refineries must be open.*only 0"):
        hs.solve(network)
    free = network_at(tmp_path / "free", tables, policy__refineries_per_region=[0, 1])
    lone = hs.solve(free)
    assert lone.flows.set_index("hub_id")["refinery_id"].isin(["fk"]).any()


@pytest.mark.heavy
def test_a_network_of_furnaces_alone(tmp_path: Path) -> None:
    """It is refused while all must be refined; else it has a plan as far as they have room, and a reason where not."""
    tables = with_furnaces(max_t=5000)
    for name in ("kanto/refineries", "chubu/refineries"):
        tables[name] = [row for row in tables[name] if str(row["id"]).startswith("f")]
    with pytest.raises(InputError, match="all 2 rows are electric furnaces"):
        hs.read(write_folder(tmp_path / "in", tables))
    alone = hs.solve(network_at(tmp_path / "alone", tables), policy="shared-refinery")
    assert alone.refineries["load_t"].sum() == pytest.approx(alone.flows["mass_t"].sum())
    assert alone.metals()["recovered_t"].sum() == 0
    assert alone.summary()
    small = with_furnaces()
    for name in ("kanto/refineries", "chubu/refineries"):
        small[name] = [row for row in small[name] if str(row["id"]).startswith("f")]
    with pytest.raises(InfeasibleError, match="find no place; full: fc"):
        hs.solve(network_at(tmp_path / "small", small), policy="shared-refinery")


@pytest.mark.parametrize(
    ("row", "extra", "words"),
    [
        ({"max_t": 0}, {}, "max_t"),
        ({"technology": "ferronickel_furnaces"}, {}, "not a known technology"),
        (
            {},
            {"sizes": [{"plant_id": "fk", "capacity_t": 50, "fixed_jpy_per_yr": 1, "variable_jpy_per_t": 1}]},
            "is not built and has no sizes",
        ),
    ],
)
def test_faults_of_furnaces_are_told(tmp_path: Path, row: dict[str, Any], extra: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        network_at(tmp_path / "in", {**with_furnaces(**row), **extra})


def test_a_misspelt_metal_of_a_furnace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nickle"):
        network_at(tmp_path / "in", furnaces__steel_furnace__alloyed_t_per_t__nickle=0.5)


def test_a_furnace_is_closed_but_not_opened_by_hand(lifted: Network) -> None:
    closed = hs.solve(lifted, closed=["fk"])
    table = closed.refineries.set_index("id")
    assert (table.at["fk", "state"], table.at["fk", "load_t"]) == ("closed", 0)
    with pytest.raises(UsageError, match="stands anyway"):
        hs.solve(lifted, opened=["fk"])


def test_the_fee_is_the_one_term_of_a_furnace(lifted: Network) -> None:
    """It stands among the terms in their order, and all others of refining are 0 there."""
    costs = build_costs(lifted, build_lanes(lifted, 2040), 2040)
    terms = costs.transfer_terms(0, np.flatnonzero(lifted.furnaces))
    assert list(terms) == [term.name for term in TERMS if term.echelon == "transfer"]
    assert [name for name in terms if name.startswith(("refinery", "furnace")) and terms[name].any()] == ["furnace_fee"]


def test_borders_hold_for_furnaces(lifted: Network, plan: Plan) -> None:
    """Under closed borders the black mass of a region goes to its own furnace; else where it is cheapest."""
    ways = set(zip(plan.flows["hub_id"].str[1], plan.flows["refinery_id"].str[1], strict=True))
    assert ways == {("k", "k"), ("c", "c")}
    shared = hs.solve(lifted, policy="shared-refinery")
    assert shared.objective_value < plan.objective_value


def test_false_figures_of_furnaces_fail_the_audit(plan: Plan, lifted: Network) -> None:
    flows = plan.flows.assign(sales_lost_jpy=plan.flows["sales_lost_jpy"] + 5.0)
    failed = {check.name for check in recount(replace(plan, flows=flows), lifted).failed}
    assert "furnaces" in failed
    bound = plan.settings.model_copy(update={"policy": plan.settings.policy.model_copy(update={"refine_all": True})})
    failed = {check.name for check in recount(replace(plan, settings=bound), None).failed}
    assert "furnaces" in failed


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_a_saved_plan_is_read_again_and_passes(plan: Plan, lifted: Network, tmp_path: Path) -> None:
    write_run(plan, tmp_path / "out", maps=False)
    again = hs.load(tmp_path / "out")
    assert recount(again, lifted).passed
    for name in TABLES:
        assert getattr(again, name).shape == getattr(plan, name).shape


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_summary_report_map_and_explanation_tell_furnaces(plan: Plan) -> None:
    """Each says in both languages that some black mass is not refined, and that lithium is lost for it."""
    assert "160 t/yr of black mass to 2 electric furnaces" in plan.summary()
    assert "電気炉2か所" in plan.summary("ja")
    page = write_report(plan, lang="en")
    assert "do not reach a refinery but go to electric furnaces" in page
    assert "Lithium (LCE)" in page
    assert "製錬所ではなく電気炉" in write_report(plan, lang="ja")
    assert "electric furnace, not refined" in plan.map().get_root().render()
