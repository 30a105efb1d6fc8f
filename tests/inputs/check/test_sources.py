"""Sources beside dismantling sites: cell works and black mass from abroad, only where the settings ask for them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import hubspoke as hs
from builders import Row, tiny_tables, write_folder
from hubspoke.audit.audit import recount
from hubspoke.inputs.check.check import check
from hubspoke.lanes.lanes import build_lanes
from hubspoke.outputs.exports.plan_layers import plan_layers
from hubspoke.outputs.report.blocks import Named, Table
from hubspoke.outputs.report.imports import describe_imports
from hubspoke.plan.metal_flows import tabulate_metals
from shipped import japan

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan
    from hubspoke.inputs.network import Network
    from hubspoke.words.language import Lang

ABROAD = {"sources.overseas": True}
SCRAP = {"sources.factory_scrap": True}


def tables_with_sources() -> dict[str, list[Row]]:
    """Add a cell works, a port in each region and two sources abroad to the tiny network."""
    tables = tiny_tables()
    works: Row = {"id": "w1", "name_ja": "電池工場", "lat": 35.5, "lon": 139.7, "kind": "cell-works", "scrap_t": 500}
    tables["kanto/sites"] = [{**row, "kind": "", "scrap_t": 0} for row in tables["kanto/sites"]]
    tables["kanto/sites"].append(works | dict.fromkeys(("hev_t", "nmc_t", "lfp_t"), 0))
    tables["kanto/ports"] = [{"id": "pk", "name_ja": "横浜港", "lat": 35.44, "lon": 139.66}]
    tables["chubu/ports"] = [{"id": "pc", "name_ja": "名古屋港", "lat": 35.05, "lon": 136.85}]
    tables["overseas"] = [
        {"id": "th", "class": "nmc", "lat": 13.1, "lon": 100.9, "black_mass_t": 700, "price_jpy_per_t": 500_000},
        {"id": "kr", "class": "lfp", "lat": 35.1, "lon": 129.1, "black_mass_t": 90, "price_jpy_per_t": ""},
    ]
    ways = [("th", "pk", 9000), ("th", "pc", 8000), ("kr", "pk", 5000), ("kr", "pc", 5200)]
    tables["lanes"] = [
        {"from_id": start, "to_id": end, "distance_km": 1000, "cost_jpy_per_t": jpy, "co2_kg_per_t": 40}
        for start, end, jpy in ways
    ]
    return tables


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("sources") / "sources", tables_with_sources())


@cache
def read_abroad(folder: Path) -> Network:
    """Read the network with its sources abroad."""
    return hs.read(folder, changes=ABROAD)


@cache
def plan_plain(folder: Path) -> Plan:
    """Plan the dismantling sites alone, as by default."""
    return hs.solve(hs.read(folder))


@cache
def plan_shared(network: Network) -> Plan:
    """Plan refineries that all regions share."""
    return hs.solve(network, policy="shared-refinery")


@pytest.mark.heavy
def test_sources_are_left_out_unless_asked_for(folder: Path, tiny_plan: Plan) -> None:
    """By default the plan is that of the dismantling sites, to the yen."""
    plain = hs.read(folder)
    assert plain.sites["kind"].tolist() == ["dismantler"] * 6
    assert plain.ports.empty
    assert plain.overseas.empty
    assert plain.given_lanes.empty
    plan = plan_plain(folder)
    assert plan.objective_jpy == tiny_plan.objective_jpy
    assert plan.imports.empty


@pytest.mark.heavy
def test_scrap_of_cell_works_goes_through_a_hub(folder: Path) -> None:
    plan = hs.solve(hs.read(folder, changes=SCRAP))
    works = plan.assignments[plan.assignments["kind"] == "cell-works"]
    assert works[["site_id", "scrap_t", "mass_t"]].to_numpy().tolist() == [["w1", 500, 500]]
    assert plan.mass_t == plan_plain(folder).mass_t + 500


def cheapest_landing(network: Network, plan: Plan) -> float:
    """Add up the least cost of bringing each source to the refineries that take it, over all ports."""
    lanes, total = build_lanes(network, plan.year), 0.0
    onward = lanes.transfer_jpy_per_t[len(network.hubs) :]
    sea = network.given_lanes.pivot_table(index="from_id", columns="to_id", values="cost_jpy_per_t")
    taken = plan.flows[plan.flows["from_kind"] == "port"]
    (refinery,) = set(taken["refinery_id"])
    column = network.refineries["id"].tolist().index(refinery)
    for row in network.overseas.to_dict("records"):
        ways = [sea.loc[row["id"], port] + onward[at, column] for at, port in enumerate(network.ports["id"])]
        total += row["black_mass_t"] * min(ways)
    return total


@pytest.mark.heavy
def test_black_mass_lands_at_the_port_of_its_cheapest_way(folder: Path) -> None:
    """Sea freight and truck are the least over all ports, found by trying each; the audit passes; grades are kept."""
    network = read_abroad(folder)
    plan = plan_shared(network)
    by_truck = plan.flows.loc[plan.flows["from_kind"] == "port", "black_mass_freight_jpy"].sum()
    assert plan.imports["sea_freight_jpy"].sum() + by_truck == pytest.approx(cheapest_landing(network, plan))
    assert plan.imports.groupby("grade")["mass_t"].sum().to_dict() == {"lfp": 90, "nmc": 700}
    assert recount(plan, network).passed
    assert plan.hubs["id"].tolist() == network.hubs["id"].tolist()


@pytest.mark.heavy
def test_least_co2_counts_the_sea_and_lands_where_the_whole_way_emits_least(folder: Path) -> None:
    network = read_abroad(folder)
    clean, cheap = (hs.solve(network, policy="shared-refinery", objective=name, gap=1e-9) for name in ("co2", "cost"))
    assert clean.imports["co2_kg"].sum() > 0
    assert clean.objective_value == pytest.approx(clean.co2_kg, abs=1)
    assert clean.co2_kg <= cheap.co2_kg + 1
    lanes = build_lanes(network, clean.year)
    onward = lanes.transfer_co2_kg_per_t[len(network.hubs) :]
    sea = network.given_lanes.pivot_table(index="from_id", columns="to_id", values="co2_kg_per_t")
    taken = clean.flows[clean.flows["from_kind"] == "port"]
    (refinery,) = set(taken["refinery_id"])
    column = network.refineries["id"].tolist().index(refinery)
    least = sum(
        row["black_mass_t"]
        * min(sea.loc[row["id"], port] + onward[at, column] for at, port in enumerate(network.ports["id"]))
        for row in network.overseas.to_dict("records")
    )
    assert clean.imports["co2_kg"].sum() + taken["co2_kg"].sum() == pytest.approx(least, rel=1e-6)
    assert recount(clean, network).passed


@pytest.mark.parametrize(("lang", "title"), [("en", "Black mass from abroad"), ("ja", "海外からのブラックマス")])
def test_the_report_tells_what_lands_from_abroad(folder: Path, lang: Lang, title: str) -> None:
    plan = plan_shared(read_abroad(folder))
    section = describe_imports(plan, lang)
    assert section is not None
    assert section.title == title
    table = section.blocks[0]
    assert isinstance(table, Table)
    assert len(table.rows) == len(plan.imports) + 1
    assert table.rows[-1][3] == "790"
    assert len({len(row) for row in table.rows} | {len(table.columns)}) == 1
    assert describe_imports(plan_plain(folder), lang) is None
    names = {"en": plan.imports["port_name"].iloc[0], "ja": plan.imports["port_name_ja"].iloc[0]}
    assert str(table.rows[0][1]) == str(Named(names[lang] or names["ja"]))


def test_packs_cannot_stay_where_black_mass_comes_from_abroad(folder: Path) -> None:
    with pytest.raises(hs.UsageError, match="must be taken"):
        hs.solve(read_abroad(folder), objective="profit")


@pytest.mark.heavy
def test_cost_is_that_of_the_problem_with_the_imports_given_to_the_refineries(folder: Path) -> None:
    """Without borders, every choice of one refinery for everything brings the same cost when forced by hand."""
    network = read_abroad(folder)
    best = hs.solve(network, policy="shared-refinery", gap=1e-9)
    others = [
        hs.solve(network, policy="shared-refinery", closed=[name for name in network.refineries["id"] if name != only])
        for only in network.refineries["id"]
    ]
    assert best.objective_jpy <= min(plan.objective_jpy for plan in others) + 1


def test_closed_borders_land_where_the_refinery_is(folder: Path) -> None:
    plan = hs.solve(read_abroad(folder), policy="regional")
    home = plan.refineries.set_index("id")["region"]
    ports = plan.imports.drop_duplicates("port_id").set_index("port_id")["region"]
    sent = plan.flows[plan.flows["from_kind"] == "port"]
    assert (sent["hub_id"].map(ports) == sent["refinery_id"].map(home)).all()
    assert sent["mass_t"].sum() == pytest.approx(790)


def test_ports_count_as_no_hub(folder: Path) -> None:
    """A limit on hubs in total is that of hubs, and no region has more of them for its port."""
    changes: dict[str, Any] = {**ABROAD, "policy.hubs_in_total": [1, 1]}
    plan = hs.solve(hs.read(folder, changes=changes), policy="open")
    assert (plan.hubs["state"] == "open").sum() == 1
    assert plan.regions["hubs"].sum() == 1


def test_an_empty_price_is_the_share_of_the_metal_value(folder: Path) -> None:
    """LFP black mass: 70 % of its lithium at the price of the settings, over the yield of 0.50."""
    network = read_abroad(folder)
    table = hs.solve(network).imports
    lithium = 0.066 / 0.5 * 0.7 * float(network.settings.price_levels["current"].usd_per_t["lithium"]) * 150
    paid = table.groupby("source_id")["import_purchase_jpy"].sum().to_dict()
    assert paid == pytest.approx({"kr": 90 * lithium, "th": 700 * 500_000})


def test_metals_from_abroad_reach_the_refinery_and_money_adds_up(folder: Path) -> None:
    plan = plan_shared(read_abroad(folder))
    metals = tabulate_metals(plan)
    nickel = metals[(metals["metal"] == "nickel") & metals["hub_id"].isin(["pk", "pc"])]
    assert nickel["contained_t"].sum() == pytest.approx(700 * 0.108 / 0.5)
    actors = plan.actors("purchase", "current")  # raises where the statements do not sum to the system's result
    assert set(actors.loc[actors["kind"] == "importer", "actor"]) == set(plan.imports["port_id"])
    bought = plan.income("purchase", "current").query("kind == 'importer' and item == 'import_purchase'")["jpy"].sum()
    assert bought == pytest.approx(-plan.imports["import_purchase_jpy"].sum())
    assert "importer" not in set(plan.actors("integrated")["kind"])


def test_regions_keep_what_can_land_there(folder: Path) -> None:
    plan = hs.solve(read_abroad(folder), regions=["kanto"])
    assert set(plan.imports["port_id"]) == {"pk"}


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_plans_with_imports_are_saved_drawn_and_read_again(folder: Path) -> None:
    plan = plan_shared(read_abroad(folder))
    plan.save(str(folder.parent / "plan"))
    again = hs.load(folder.parent / "plan")
    assert again.imports.to_csv() == plan.imports.to_csv()
    page = (folder.parent / "plan" / "map.html").read_text(encoding="utf-8")
    assert '"kind":"port"' in page.replace('": "', '":"')
    lines = plan_layers(plan)["flows"].geometry
    assert np.isfinite([point for line in lines for point in line.coords]).all()


def with_table(name: str, rows: list[Row] | None) -> dict[str, list[Row]]:
    tables = tables_with_sources()
    if rows is None:
        del tables[name]
    else:
        tables[name] = rows
    return tables


@pytest.mark.parametrize(
    ("tables", "kind"),
    [
        (with_table("overseas", None) | {"lanes": tables_with_sources()["lanes"][:0]}, "missing-source"),
        (
            with_table("overseas", [{**row, "class": "nmx"} for row in tables_with_sources()["overseas"]]),
            "unknown-class",
        ),
        (with_table("lanes", [{**row, "cost_jpy_per_t": ""} for row in tables_with_sources()["lanes"]]), "stranded"),
        (with_table("overseas", [{**tables_with_sources()["overseas"][0], "id": "k1"}]), "duplicate-id"),
    ],
)
def test_faults_of_sources_are_findings(tmp_path: Path, tables: dict[str, list[Row]], kind: str) -> None:
    home = write_folder(tmp_path / "faulty", {name: rows for name, rows in tables.items() if rows})
    assert kind in {finding.kind for finding in check(home, changes=ABROAD) if finding.fatal}


def test_asking_for_scrap_without_works_is_a_finding(tiny: Path) -> None:
    assert "missing-source" in {finding.kind for finding in check(tiny, changes=SCRAP)}


def test_no_room_for_imports_is_said(folder: Path) -> None:
    tables = tables_with_sources()
    for name in ("kanto/refineries", "chubu/refineries"):
        tables[name] = [{**row, "max_t": 700} for row in tables[name]]
    small = hs.read(write_folder(folder.parent / "small", tables), changes=ABROAD)
    with pytest.raises(hs.InfeasibleError, match="abroad"):
        hs.solve(small, policy="regional")


@pytest.mark.heavy
def test_shipped_sources_are_as_published() -> None:
    """Abroad 15,000 t a year land by eight ports; 22 cell works add some 8 kt in 2030 and 23 kt in 2040."""
    network = hs.read(changes={**ABROAD, **SCRAP})
    assert network.overseas["black_mass_t"].sum() == 15_000
    assert len(network.ports) == 8
    assert len(network.given_lanes) == 24
    works = network.sites[network.sites["kind"] == "cell-works"]
    assert len(works) == len(network.sites) - len(japan().sites) == 22
    assert works["scrap_2030_t"].sum() == pytest.approx(8446, abs=1)
    assert works["scrap_2040_t"].sum() == pytest.approx(23_232, abs=1)


@pytest.mark.heavy
def test_the_audit_finds_a_wrong_landing(folder: Path) -> None:
    network = read_abroad(folder)
    plan = plan_shared(network)
    for column in ("mass_t", "share", "import_purchase_jpy", "sea_freight_jpy", "co2_kg", "port_lat"):
        table = plan.imports.copy()
        table[column] = table[column].astype(float) * 1.1 + 1
        assert not recount(replace(plan, imports=table), network).passed, column
