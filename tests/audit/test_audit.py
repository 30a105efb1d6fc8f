"""The audit passes every plan the program makes, and no plan with a single wrong cell."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import hubspoke as hs
from hubspoke.audit.audit import PROOF, audit_plan, recount
from hubspoke.audit.case import make_case
from hubspoke.audit.check import make_check
from hubspoke.audit.network import NETWORK_CHECKS
from hubspoke.audit.sampled import SAMPLED_CHECKS
from hubspoke.audit.sums import TABLE_CHECKS
from hubspoke.costs.costs import build_costs
from hubspoke.lanes.lanes import build_lanes
from hubspoke.outputs.runs.audit import audit_run, recount_run
from hubspoke.outputs.runs.folder import write_run
from hubspoke.plan.plan import TABLES
from shipped import japan, japan_plan

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan
    from hubspoke.costs.costs import Costs
    from hubspoke.inputs.network import Network


@pytest.fixture(scope="module")
def network(tiny_network: Network) -> Network:
    return tiny_network


@pytest.fixture(scope="module")
def plan(tiny_plan: Plan) -> Plan:
    return tiny_plan


BOUNDS = {"opening_more_jpy", "closing_more_low_jpy", "closing_more_jpy"}
"""What opening and closing a plant cost, which is told where it is known."""


def with_cell(plan: Plan, table: str, column: str, value: Any, row: int = 0) -> Plan:
    frame = getattr(plan, table).copy()
    if isinstance(value, float) and frame[column].dtype.kind == "i":
        frame[column] = frame[column].astype(float)
    frame.loc[frame.index[row], column] = value
    return replace(plan, **{table: frame})


def spoil(plan: Plan, table: str, column: str, row: int = 0) -> Plan:
    """Change one cell a little."""
    old = getattr(plan, table)[column].iloc[row]
    return with_cell(plan, table, column, f"{old}x" if isinstance(old, str) else np.nan_to_num(old) * 1.01 + 2)


@cache
def costs_of(network: Network) -> Costs:
    return build_costs(network, build_lanes(network, 2040), 2040)


def failed(plan: Plan, network: Network | None) -> list[str]:
    costs = None if network is None else costs_of(network)
    return [check.name for check in recount(plan, network, costs=costs).failed]


def is_found(plan: Plan, network: Network, table: str) -> bool:
    """Return whether any check of a recount fails, and ask no more once one has."""
    case = make_case(plan, network, costs_of(network))
    rules = {**NETWORK_CHECKS, **TABLE_CHECKS, **PROOF}
    slow = {"sums", "regions"} - {table}  # others find most of what is wrong
    for name in sorted(rules, key=lambda name: (name != "known-ids", name != table, name in slow, name in PROOF)):
        if not make_check(name, rules[name](case)).passed:
            return True
    return any(not make_check(name, rule(plan, network)).passed for name, rule in SAMPLED_CHECKS.items())


def test_the_shipped_plan_passes() -> None:
    assert audit_plan(japan_plan(), japan()).passed


@pytest.mark.parametrize("policy", ["regional", "shared-refinery", "open"])
def test_every_policy_passes(network: Network, policy: hs.PolicyName) -> None:
    assert audit_plan(hs.solve(network, policy=policy), network).passed


@pytest.mark.heavy
def test_a_plan_of_one_region_passes_against_the_whole_network(network: Network) -> None:
    assert audit_plan(hs.solve(network, regions=["kanto"]), network).passed


@pytest.mark.heavy
def test_a_plan_with_divided_sites_passes(tiny: Path) -> None:
    changes = {"policy.sourcing": "split", "policy.hubs_per_region": [1, 2], "sizes.hub_t_per_yr": [300, 800]}
    network = hs.read(tiny, changes=changes)
    plan = hs.solve(network)
    assert (plan.assignments["share"] < 1).any()
    assert audit_plan(plan, network).passed


@pytest.mark.heavy
@pytest.mark.parametrize("table", [table for table in TABLES if table != "imports"])
def test_one_wrong_cell_in_any_column_is_found(network: Network, plan: Plan, table: str) -> None:
    columns = getattr(plan, table).columns
    assert [column for column in columns if not is_found(spoil(plan, table, column), network, table)] == []


@pytest.mark.heavy
@pytest.mark.parametrize("table", [table for table in TABLES if table != "imports"])
def test_a_missing_number_is_found(network: Network, plan: Plan, table: str) -> None:
    frame = getattr(plan, table)
    told = frame.select_dtypes("number").dropna(axis=1, subset=[0])  # an empty cell is no fault where it may be
    numbers = told.columns.drop(list(BOUNDS), errors="ignore")
    assert [name for name in numbers if not is_found(with_cell(plan, table, name, float("nan")), network, table)] == []


@pytest.mark.parametrize("table", ["assignments", "hubs", "refineries", "flows", "costs", "regions"])
def test_a_missing_row_is_found(network: Network, plan: Plan, table: str) -> None:
    assert is_found(replace(plan, **{table: getattr(plan, table).iloc[1:].reset_index(drop=True)}), network, table)


@pytest.mark.parametrize(
    ("name", "table", "column", "value"),
    [
        ("sites-served", "assignments", "share", 0.5),
        ("supply", "assignments", "nmc_t", 5.0),
        ("loads", "hubs", "load_t", 5.0),
        ("loads", "refineries", "load_t", 5.0),
        ("black-mass", "flows", "mass_t", 5.0),
        ("sizes", "hubs", "capacity_t", 1234.0),
        ("open-plants", "hubs", "state", "closed"),
        ("known-ids", "assignments", "hub_id", "nowhere"),
        ("known-ids", "flows", "refinery_id", "nowhere"),
        ("descriptions", "assignments", "site_name_ja", "大阪"),
        ("lanes", "assignments", "distance_km", 1.0),
        ("lanes", "assignments", "truck", "none"),
        ("cost-terms", "assignments", "collection_freight_jpy", 1.0),
        ("cost-terms", "flows", "black_mass_freight_jpy", 1.0),
        ("cost-terms", "hubs", "hub_shared_jpy", -5.0),
        ("shared-ground", "hubs", "hub_shared_jpy", -5.0),
        ("sums", "assignments", "cost_jpy", 1.0),
        ("sums", "costs", "cost_jpy", 1.0),
        ("objective", "costs", "cost_jpy", 1.0),
        ("regions", "regions", "transport_t_km", 1.0),
    ],
)
def test_the_check_that_fails_is_named(  # noqa: PLR0917 - the columns of the table above
    network: Network, plan: Plan, name: str, table: str, column: str, value: object
) -> None:
    row = int((plan.hubs["state"] == "open").to_numpy().argmax()) if table == "hubs" else 0
    wrong = with_cell(plan, table, column, value, row)
    assert name in failed(wrong, network)
    with pytest.raises(hs.AuditError, match=name):
        audit_plan(wrong, network)


@pytest.mark.parametrize("table", ["hubs", "refineries"])
def test_costs_of_changes_told_of_plants_in_the_wrong_state_are_found(network: Network, plan: Plan, table: str) -> None:
    """Opening is told of plants that are not chosen, closing of those in use; what opens instead goes with it."""
    plants = getattr(plan, table)
    for state, figure, text in (
        ("open", "opening_more_jpy", "opening_instead_of"),
        ("not_chosen", "closing_more_jpy", "closing_opens"),
    ):
        row = int((plants["state"] == state).to_numpy().argmax())
        for column, value in ((figure, 5.0), (text, plants["id"].iloc[0])):
            assert "alternatives" in failed(with_cell(plan, table, column, value, row), network)


def test_a_site_sent_over_a_closed_border_is_found(network: Network, plan: Plan) -> None:
    abroad = plan.hubs.loc[(plan.hubs["state"] == "open") & (plan.hubs["region"] == "chubu"), "id"].iloc[0]
    row = int((plan.assignments["region"] == "kanto").to_numpy().argmax())
    assert "borders" in failed(with_cell(plan, "assignments", "hub_id", abroad, row), network)


def test_a_site_listed_with_two_hubs_is_found(network: Network, plan: Plan) -> None:
    twice = plan.assignments.iloc[[0, *range(len(plan.assignments))]].reset_index(drop=True)
    other = plan.hubs.loc[plan.hubs["id"] != twice["hub_id"].iloc[0], "id"].iloc[0]
    wrong = with_cell(replace(plan, assignments=twice), "assignments", "hub_id", other)
    assert {"sites-served", "single-sourcing"} <= set(failed(wrong, network))


def test_capacity_below_the_load_is_found(network: Network, plan: Plan) -> None:
    chosen = int((plan.hubs["load_t"] > 1000).to_numpy().argmax())
    assert "capacity" in failed(with_cell(plan, "hubs", "capacity_t", 1000.0, chosen), network)


@pytest.mark.parametrize(
    ("key", "value", "name"),
    [
        ("policy.hubs_per_region", (2, 2), "counts"),
        ("policy.refineries_in_total", (0, 1), "counts"),
        ("policy.longest_haul_km", 1, "haul"),
        ("policy.min_throughput_hub_t_per_yr", 800, "least-throughput"),
        ("policy.min_throughput_refinery_t_per_yr", 500, "least-throughput"),
    ],
)
def test_rules_that_the_plan_does_not_keep_are_named(
    tiny: Path, plan: Plan, key: str, value: object, name: str
) -> None:
    other = hs.read(tiny, changes={key: value})
    assert name in failed(replace(plan, settings=other.settings), other)


def test_forced_plants_are_checked(network: Network, plan: Plan) -> None:
    used = plan.assignments["hub_id"].iloc[0]
    unused = plan.hubs.loc[plan.hubs["state"] == "not_chosen", "id"].iloc[0]
    for options in ({"close": [used]}, {"open": [unused]}):
        assert "forced" in failed(replace(plan, options={**plan.options, **options}), network)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"objective_value": 1.0}, "objective"),
        ({"bound_value": 1e15}, "bound"),
        ({"gap": 0.5}, "bound"),
        ({"status": hs.Status.FEASIBLE}, "bound"),
    ],
)
def test_figures_of_the_plan_are_checked(network: Network, plan: Plan, change: dict[str, Any], name: str) -> None:
    assert name in failed(replace(plan, **change), network)


def test_without_the_network_the_tables_are_checked_against_each_other(plan: Plan) -> None:
    audit = recount(plan, None)
    assert audit.passed
    assert audit.skipped == (*NETWORK_CHECKS, *SAMPLED_CHECKS, *PROOF)
    assert "loads" in failed(spoil(plan, "hubs", "load_t"), None)


def test_an_audit_prints_a_line_for_each_check(network: Network, plan: Plan) -> None:
    lines = str(recount(spoil(plan, "costs", "cost_jpy"), network)).splitlines()
    assert "ok    supply" in lines
    assert any(line.startswith("FAIL  sums: cost of ") for line in lines)


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_a_saved_run_is_audited_against_its_input(tiny: Path, network: Network, plan: Plan, tmp_path: Path) -> None:
    out = write_run(plan, tmp_path / "out", maps=False, facts={"source": str(tiny)})
    assert audit_run(out).skipped == ()
    assert audit_run(out, network=network).passed
    table = pd.read_csv(out / "costs.csv")
    table["cost_jpy"] += 10
    table.to_csv(out / "costs.csv", index=False)
    with pytest.raises(hs.AuditError, match="sums"):
        audit_run(out)


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_a_saved_run_is_audited_against_the_tables_that_it_keeps(tiny: Path, plan: Plan, tmp_path: Path) -> None:
    out = write_run(plan, tmp_path / "out", maps=False, facts={"source": str(tiny)})
    (tiny / "kanto" / "sites.csv").unlink()
    assert audit_run(out).skipped == ()
    sites = out / "input" / "sites.csv"
    sites.write_text(sites.read_text(encoding="utf-8").replace("400", "500"), encoding="utf-8")
    for _ in range(2):
        found = recount_run(out)
        assert [check.name for check in found.failed] == ["input"]
        assert "supply" in found.skipped
        sites.unlink(missing_ok=True)


def test_hubs_without_capital_save_their_share_of_staff_on_shared_ground(tiny: Path) -> None:
    changes = {f"hub_technologies.{name}.capital_jpy": 0 for name in ("roasting", "mechanical")}
    plan = hs.solve(hs.read(tiny, changes=changes))  # passes its audit
    assert (plan.hubs["hub_shared_jpy"] < 0).any()
    assert (plan.hubs["hub_maintenance_jpy"] == 0).all()
