"""Comparison: what moved and what it costs, counted by hand; folders written whole or not at all."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.analysis.comparison.page import write_comparison_page
from hubspoke.analysis.comparison.read import name_by_task, read_comparison
from hubspoke.analysis.comparison.tables import TABLES
from hubspoke.analysis.comparison.words import WORDS
from hubspoke.base.errors import UsageError
from hubspoke.base.geodesy import great_circle_km
from hubspoke.cli import app as cli
from hubspoke.outputs.maps.draw import draw_comparison
from hubspoke.outputs.runs.folder import write_run
from hubspoke.plan.decision.shifts import list_shifts
from hubspoke.settings.load import change_settings
from map_plans import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan


@pytest.fixture(scope="module")
def network(tiny_network: hs.Network) -> hs.Network:
    return tiny_network


@pytest.fixture(scope="module")
def regional(tiny_plan: Plan) -> Plan:
    return tiny_plan


@pytest.fixture(scope="module")
def without(network: hs.Network, regional: Plan) -> Plan:
    hub = regional.hubs.loc[(regional.hubs["state"] == "open") & (regional.hubs["region"] == "kanto"), "id"].iloc[0]
    return hs.solve(network, closed=[hub])


def test_closing_a_hub_moves_its_sites_to_the_other_and_costs_the_difference(regional: Plan, without: Plan) -> None:
    compared = hs.compare(regional, without, names=["a", "b"])
    kanto = regional.assignments[regional.assignments["region"] == "kanto"]
    assert compared.sites["site_id"].tolist() == sorted(kanto["site_id"])
    assert set(compared.sites["change"]) == {"moved"}
    assert compared.sites["moved_t"].sum() == pytest.approx(kanto["mass_t"].sum())
    (move,) = compared.moves.to_dict("records")
    assert {move["from_hub_id"], move["to_hub_id"]} == {"hk1", "hk2"}
    assert (move["sites"], move["mass_t"]) == (3, pytest.approx(kanto["mass_t"].sum()))
    hubs = compared.plants[compared.plants["kind"] == "hub"].set_index("plant_id")["change"].to_dict()
    assert (hubs[move["from_hub_id"]], hubs[move["to_hub_id"]]) == ("closed", "opened")
    difference = without.objective_jpy - regional.objective_jpy
    assert compared.totals["cost_change_jpy"].tolist() == pytest.approx([0, difference])
    for table in (compared.costs, compared.regions):
        assert table.loc[table["plan"] == "b", "cost_change_jpy"].sum() == pytest.approx(difference)
    assert compared.settings[["key", "base_value", "value"]].to_numpy().tolist() == [["close", "", move["from_hub_id"]]]
    assert f"{3} sites with {kanto['mass_t'].sum():,.0f} t" in compared.summary()


def test_packs_are_followed_to_their_new_hub_and_what_that_is_worth_adds_up(regional: Plan, without: Plan) -> None:
    shifts = {one.hub_id: one for one in list_shifts(regional, without)}
    (moved,) = [one for one in shifts.values() if one.to_hub_id != one.hub_id]
    ends = [
        regional.hubs.set_index("id").loc[[hub], ["lat", "lon"]].to_numpy(float)[0]
        for hub in (moved.hub_id, moved.to_hub_id)
    ]
    assert moved.km == pytest.approx(float(great_circle_km(*ends[0], *ends[1])))
    kanto = regional.assignments[regional.assignments["region"] == "kanto"]
    assert moved.moved_t == pytest.approx(kanto["mass_t"].sum())
    assert sum(one.change_jpy for one in shifts.values()) == pytest.approx(without.cost_jpy - regional.cost_jpy)
    assert [one for one in list_shifts(regional, regional) if one.moved_t or round(one.change_jpy)] == []
    none = replace(regional, assignments=regional.assignments.iloc[:0])
    assert list_shifts(regional, none) == list_shifts(none, regional) == list_shifts(none, none) == ()
    told = hs.compare(regional, without, names=["a", "b"]).summary().splitlines()
    assert any(f"({moved.km:,.0f} km): {moved.moved_t:,.0f} t, " in line for line in told)
    assert max(map(len, told)) < 130


def test_the_page_bridges_the_costs_by_stage_and_tells_hubs_one_by_one(regional: Plan, without: Plan) -> None:
    page = write_comparison_page(hs.compare(regional, without, names=["a", "b"]))
    section = page[page.index('<section id="costs">') : page.index('<section id="shifts">')]
    heads = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', section)
    assert heads[:5] == ["Collection", "Hub", "Black mass", "Refinery", "Total"]
    label = re.search(r'role="img" aria-label="([^"]*)"', section)
    assert label is not None
    assert f"b {without.cost_jpy / 1e6:,.0f}" in label[1]
    assert 'class="lead">b costs' in page.replace("\n", "")
    lead = max(re.findall(r'<p class="lead">([^<]*)</p>', page), key=len)
    assert "opened" not in lead


def test_saved_plans_are_named_by_what_tells_them_apart(regional: Plan) -> None:
    named = [
        ([replace(regional, policy="open"), regional], ("open", "regional")),
        ([replace(regional, year=2030), regional], ("2030", "2040")),
        (
            [replace(regional, policy="open", year=2030), regional, replace(regional, year=2030)],
            ("open 2030", "regional 2040", "regional 2030"),
        ),
        ([regional, regional], ()),
    ]
    for plans, names in named:
        assert name_by_task(plans) == names


def test_a_plan_differs_in_nothing_from_itself(regional: Plan) -> None:
    compared = hs.compare(regional, regional)
    assert compared.names == ("regional 2040", "regional 2040 (2)")
    assert compared.sites.empty
    assert compared.moves.empty
    assert compared.settings.empty
    assert set(compared.plants["change"]) == {"same"}
    assert "costs as much as" in compared.summary()
    assert "届け先のハブが変わる拠点はない" in compared.summary("ja")


def test_changes_turn_round_with_the_order(regional: Plan, without: Plan) -> None:
    there, back = hs.compare(regional, without), hs.compare(without, regional)
    assert there.totals["cost_change_jpy"].sum() == pytest.approx(-back.totals["cost_change_jpy"].sum())
    turned = {"opened": "closed", "closed": "opened", "same": "same"}
    changes = [one.plants.set_index(["kind", "plant_id"])["change"].to_dict() for one in (there, back)]
    assert {plant: turned[change] for plant, change in changes[0].items()} == changes[1]


@pytest.mark.heavy
def test_plans_of_other_policies_or_regions_are_said_to_be_so_first(network: hs.Network, regional: Plan) -> None:
    other = hs.solve(network, policy="open", regions=["kanto"])
    head = hs.compare(regional, other, names=("a", "b")).summary().splitlines()[0]
    assert head == "Not plans of one task: regions all 2 (a), kanto (b); policy regional (a), open (b)."
    assert "Not plans" not in hs.compare(regional, regional, names=("a", "b")).summary()


@pytest.mark.heavy
def test_three_plans_are_each_compared_with_the_first(regional: Plan, without: Plan) -> None:
    compared = hs.compare(regional, without, regional, names=["a", "b", "c"])
    assert compared.totals["moved_sites"].tolist() == [0, 3, 0]
    assert set(compared.plants["plan"]) == {"b", "c"}
    page = write_comparison_page(compared)
    assert "Change, b" in page
    assert "Change, c" in page


@pytest.mark.heavy
def test_sites_of_one_plan_only_are_told(regional: Plan, tmp_path: Path) -> None:
    tables = tiny_tables()
    tables["kanto/sites"][0]["id"] = "new"
    other = hs.solve(hs.read(write_folder(tmp_path, tables)))
    compared = hs.compare(regional, other, names=["a", "b"])
    told = compared.sites.set_index("site_id")["change"].to_dict()
    assert (told["k1"], told["new"]) == ("only_in_base", "only_in_plan")
    assert "1 site is in a only." in compared.summary()


def test_plans_without_a_common_site_are_refused(regional: Plan) -> None:
    sites = regional.assignments.assign(site_id="x" + regional.assignments["site_id"])
    with pytest.raises(UsageError, match="no site in common"):
        hs.compare(regional, replace(regional, assignments=sites))


def test_a_divided_site_moves_in_part_only(regional: Plan) -> None:
    rows = regional.assignments
    first = rows.iloc[[0]]
    others = [hub for hub in regional.hubs["id"] if hub != first["hub_id"].iloc[0]]
    quarter = first.assign(hub_id=others[0], share=0.25, mass_t=first["mass_t"] * 0.25)
    rest = first.assign(share=0.75, mass_t=first["mass_t"] * 0.75)
    divided = replace(regional, assignments=pd.concat([quarter, rest, rows.iloc[1:]], ignore_index=True))
    (site,) = hs.compare(regional, divided).sites.to_dict("records")
    assert (site["base_hub_id"], site["hub_id"]) == (first["hub_id"].iloc[0],) * 2
    assert site["moved_t"] == pytest.approx(first["mass_t"].iloc[0] / 4)
    (move,) = hs.compare(regional, divided).moves.to_dict("records")
    assert (move["to_hub_id"], move["mass_t"]) == (others[0], pytest.approx(first["mass_t"].iloc[0] / 4))


@pytest.mark.heavy
def test_a_difference_within_the_gaps_is_called_not_proven(regional: Plan, without: Plan) -> None:
    loose = replace(without, bound_value=regional.objective_jpy * 0.9, gap=0.2)
    assert "is not proven" in hs.compare(regional, loose).summary()
    assert "is not proven" not in hs.compare(regional, without).summary()


def test_every_word_is_there_in_both_languages() -> None:
    assert all(english.strip() and japanese.strip() for english, japanese in WORDS.values())


@pytest.mark.heavy
def test_hostile_names_are_shown_as_they_are(regional: Plan, without: Plan) -> None:
    plans = [
        replace(plan, title=HOSTILE, hubs=plan.hubs.assign(name=HOSTILE, name_ja=HOSTILE))
        for plan in (regional, without)
    ]
    page = write_comparison_page(hs.compare(*plans, names=[HOSTILE, "b"]), lang="ja")
    assert "<script" not in page
    assert "<img" not in page


@pytest.mark.heavy
def test_a_folder_is_written_read_and_written_again_alike(regional: Plan, without: Plan, tmp_path: Path) -> None:
    compared = hs.compare(regional, without)
    out = compared.save(tmp_path / "out")
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert {"compare.json", "compare.html", "map.html", "compare.xlsx", *(f"{name}.csv" for name in TABLES)} <= set(
        first
    )
    (out / "mine.txt").write_text("kept")
    compared.save(out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first | {"mine.txt": b"kept"}
    book = openpyxl.load_workbook(out / "compare.xlsx")
    assert book.sheetnames == list(TABLES)


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_plans_of_different_objectives_are_compared_in_a_folder(
    network: hs.Network, regional: Plan, tmp_path: Path
) -> None:
    write_run(regional, tmp_path / "cost", maps=False)
    write_run(hs.solve(network, objective="profit"), tmp_path / "profit", maps=False)
    words = ["compare", str(tmp_path / "cost"), str(tmp_path / "profit"), "-o", str(tmp_path / "both"), "--json"]
    result = CliRunner().invoke(cli.app, words)
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["totals"] == json.loads((tmp_path / "both" / "compare.json").read_text(encoding="utf-8"))["totals"]
    assert told["totals"][1]["bound_jpy"] is None
    assert "Profit" in (tmp_path / "both" / "map.html").read_text(encoding="utf-8")


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_the_command_compares_folders(regional: Plan, without: Plan, tmp_path: Path) -> None:
    runs = [str(tmp_path / name) for name in ("base", "without")]
    for plan, run in zip((regional, without), runs, strict=True):
        write_run(plan, run, maps=False)
    result = CliRunner().invoke(cli.app, ["compare", *runs, "-o", str(tmp_path / "out"), "--json", "--lang", "ja"])
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["plans"] == ["base", "without"]
    assert told["totals"][1]["moved_sites"] == 3
    assert "計画の比較" in (tmp_path / "out" / "compare.html").read_text(encoding="utf-8")
    assert read_comparison(runs).summary() in CliRunner().invoke(cli.app, ["compare", *runs]).stdout


@pytest.mark.usefixtures("bare_runs")
@pytest.mark.parametrize("out", ["base", "file", "full", "."])
def test_a_folder_that_is_something_else_is_left_alone(regional: Plan, tmp_path: Path, out: str) -> None:
    write_run(regional, tmp_path / "base", maps=False)
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    before = sorted(tmp_path.rglob("*"))
    base = str(tmp_path / "base")
    target = "." if out == "." else str(tmp_path / out)
    result = CliRunner().invoke(cli.app, ["compare", base, base, "-o", target])
    assert result.exit_code == 2
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.heavy
def test_idle_plants_are_counted_and_named_as_idle(network: hs.Network, regional: Plan) -> None:
    forced = hs.solve(network, policy="open", opened=["rk1", "rk2"])
    compared = hs.compare(regional, forced, names=["a", "b"])
    assert compared.totals["refineries"].tolist() == [2, 2]
    assert "2  2 (1 idle)" in compared.summary()
    assert "2  2（うち不使用1）" in compared.summary("ja")
    cells = re.findall(r'<td class="n"[^>]*>([^<]*)</td>', write_comparison_page(compared))
    assert ["2", "2 (1 idle)", "0"] in [cells[at : at + 3] for at in range(len(cells))]


def test_an_unknown_language_is_refused_before_anything_is_written(
    regional: Plan, without: Plan, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="unknown language 'fr'; choose en or ja"):
        hs.compare(regional, without).save(tmp_path / "out", lang="fr")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.heavy
def test_plans_without_names_are_named_alike_in_the_tables_and_on_the_map(regional: Plan, without: Plan) -> None:
    compared = hs.compare(regional, without)
    assert compared.names == ("regional 2040", "regional 2040 (2)")
    page = str(draw_comparison([regional, without]).get_root().render())
    assert all(f">{name}<" in page for name in compared.names)


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_a_folder_given_twice_is_numbered_and_one_of_the_same_name_told_by_its_parent(
    regional: Plan, tmp_path: Path
) -> None:
    one, other = (write_run(regional, tmp_path / parent / "plan", maps=False) for parent in ("a", "b"))
    assert read_comparison([one, one]).names == ("plan", "plan (2)")
    assert read_comparison([one, other]).names == ("a/plan", "b/plan")


def test_folders_that_are_no_plans_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"(?s)one is no run folder.*two is no run folder"):
        read_comparison([tmp_path / "one", tmp_path / "two"])
    with pytest.raises(UsageError, match="two run folders or more"):
        read_comparison([tmp_path / "one"])


@pytest.mark.heavy
def test_plans_that_leave_everything_are_compared(network: hs.Network, regional: Plan, tmp_path: Path) -> None:
    free = network.with_settings(change_settings(network.settings, {"policy.shortfall_jpy_per_t": 0}))
    nothing = hs.solve(free)
    assert not nothing.costs["cost_jpy"].any()
    for plans in ((nothing, hs.solve(free, policy="shared-refinery")), (nothing, regional), (regional, nothing)):
        compared = hs.compare(*plans)
        compared.save(tmp_path / "c")
        told = compared.summary()
        assert "nan" not in told
        assert "+0.0 %" not in told
    assert "which costs nothing" in hs.compare(nothing, regional).summary()
    assert "cost by term" not in nothing.summary()


def test_prices_that_differ_are_said_not_to_enter_least_cost(regional: Plan) -> None:
    changes = {"price_levels.current.usd_per_t.nickel": 30_000.0}
    dearer = replace(regional, settings=change_settings(regional.settings, changes))
    compared = hs.compare(regional, dearer, names=["a", "b"])
    assert "Prices of what is sold differ, and do not enter least cost." in compared.summary()
    assert "費用最小の計画には影響しない" in compared.summary("ja")
    assert "Prices" not in hs.compare(regional, regional, names=["a", "b"]).summary()
