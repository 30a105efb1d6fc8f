"""Scenarios that change rows of tables: what they change, in which order, and what is said about faulty ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import flat_tables, write_csv, write_folder
from hubspoke.base.errors import InputError
from hubspoke.cli import app as cli
from hubspoke.outputs.runs.audit import recount_run
from hubspoke.outputs.runs.folder import write_run
from hubspoke.settings.load import change_settings

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
[half]
name_ja = "半分"
[[half.rows]]
table = "sites"
where = { supply_t = "< 250" }
set = { supply_t = "x0.5" }

[cheap]
[[cheap.rows]]
table = "hubs"
where = { technology = "roasting", region = "kanto" }
set = { variable_cost = "x0.8", max_t = 5000 }

[dearer]
base = "cheap"
close = "rk1"
[[dearer.rows]]
table = "hubs"
where = { technology = ["roasting"] }
set = { fixed_cost = "+50%" }

[reopened]
base = ["dearer"]
open = ["rk1"]

[late]
supply = "late"
policy = "shared-refinery"
"""


@pytest.fixture
def own(tiny: Path) -> Path:
    (tiny / "scenarios.toml").write_text(OWN, encoding="utf-8")
    return tiny


def read(folder: Path, scenario: str, **more: Any) -> hs.Network:
    return hs.read(folder, changes={"scenario": scenario, **more})


def test_tonnes_of_small_sites_are_halved_and_those_of_others_kept(own: Path) -> None:
    before, after = hs.read(own), read(own, "half")
    small = before.supply_t(2040).sum(axis=1) < 250
    assert 0 < small.sum() < len(small)
    factor = after.supply_t(2040).sum(axis=1) / before.supply_t(2040).sum(axis=1)
    assert factor[~small] == pytest.approx(1)
    assert factor[small] == pytest.approx(0.5)
    assert after.provenance == before.provenance


def test_costs_of_some_plants_are_those_of_a_technology_of_their_own(own: Path) -> None:
    after = read(own, "cheap")
    hubs = after.hubs.set_index("id")
    assert hubs.loc["hk1", "technology"] == "roasting-cheap"
    assert hubs.loc["hc1", "technology"] == "roasting"
    assert hubs.loc["hk1", "max_t"] == 5000
    made = after.settings.hub_technologies["roasting-cheap"]
    assert float(made.variable_factor) == 0.8
    assert made.derived_from == "roasting"
    assert made.name_en.endswith("(cheap)")


@pytest.mark.heavy
def test_a_plan_pays_the_factor_on_all_that_grows_with_tonnes_and_emits_the_same(own: Path) -> None:
    columns = ["hub_heat_jpy", "hub_power_jpy", "hub_hf_treatment_jpy", "hub_other_jpy", "hub_disassembly_jpy"]
    plans = [hs.solve(network, regions=["kanto"], opened=["hk1"]) for network in (hs.read(own), read(own, "cheap"))]
    paid = [plan.assignments[columns].sum().sum() for plan in plans]
    assert paid[1] == pytest.approx(0.8 * paid[0], rel=1e-6)
    assert plans[1].hubs["co2_kg"].sum() == pytest.approx(plans[0].hubs["co2_kg"].sum())


def test_changes_follow_each_other_and_reach_technologies_that_others_made(own: Path) -> None:
    after = read(own, "dearer")
    assert after.hubs.set_index("id").loc[["hk1", "hc1"], "technology"].tolist() == [
        "roasting-cheap-dearer",
        "roasting-dearer",
    ]
    both, one = (after.settings.hub_technologies[name] for name in ("roasting-cheap-dearer", "roasting-dearer"))
    plain = after.settings.hub_technologies["roasting"]
    assert float(both.variable_factor) == 0.8
    assert float(one.variable_factor) == 1.0
    assert [float(made.capital_jpy) / float(plain.capital_jpy) for made in (both, one)] == [1.5, 1.5]
    assert after.settings.orders.close == ("rk1",)
    again = read(own, "reopened").settings.orders
    assert (again.open, again.close) == (("rk1",), ())


def test_a_changed_setting_reaches_the_technology_of_some_plants(own: Path) -> None:
    after = read(own, "cheap", **{"hub_technologies.roasting.other_jpy_per_t": 12345})
    assert float(after.settings.hub_technologies["roasting-cheap"].other_jpy_per_t) == 12345


def test_scenarios_are_combined_by_commas_and_name_levels_by_one_word(own: Path) -> None:
    comma, plus = read(own, "half,late"), read(own, "half+late")
    assert comma.contents() == plus.contents()
    assert comma.settings.supply.scenario == "late"
    assert comma.settings.policy.name == "shared-refinery"
    assert comma.settings.title_ja.endswith("半分、late")


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_a_saved_plan_is_what_was_planned_and_stands_an_audit_of_the_folder(own: Path, tmp_path: Path) -> None:
    plan = hs.solve(read(own, "half,dearer"))
    write_run(plan, tmp_path / "out", maps=False)
    assert hs.load(tmp_path / "out").settings.table_changes == plan.settings.table_changes
    assert recount_run(tmp_path / "out", source=own).passed


@pytest.mark.heavy
def test_frames_are_changed_once(own: Path) -> None:
    settings = read(own, "half").settings
    base = hs.read(own)
    tables = {name: getattr(base, name) for name in ("sites", "hubs", "refineries", "roads", "cities")}
    made = hs.Network.from_frames(**tables, settings=settings)
    assert made.supply_t(2040) == pytest.approx(read(own, "half").supply_t(2040))
    assert made.replace(hubs=made.hubs).supply_t(2040) == pytest.approx(made.supply_t(2040))


def test_given_sizes_are_changed_as_rows_and_not_as_technologies(own: Path) -> None:
    size = {"plant_id": "hk1", "capacity_t": 2000, "fixed_jpy_per_yr": 1e8, "variable_jpy_per_t": 2e4}
    write_csv(own / "sizes.csv", [size])
    with pytest.raises(InputError, match='change rows of the table "sizes"'):
        read(own, "cheap")
    text = '[[x.rows]]\ntable = "sizes"\nwhere = { plant_id = "hk*" }\nset = { variable_jpy_per_t = "x0.8" }\n'
    (own / "scenarios.toml").write_text(text, encoding="utf-8")
    assert read(own, "x").given_sizes["variable_jpy_per_t"].tolist() == [16000.0]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('table = "sitez"\nset = { supply_t = "x0.5" }', "did you mean 'sites'"),
        ('table = "sites"\nwhere = { supplyt = "< 5" }\nset = { supply_t = "x0.5" }', "have no column 'supplyt'"),
        ('table = "sites"\nset = { supply_t = 5 }', "no change of all tonnes"),
        ('table = "sites"\nset = { nmc_2040_t = -1 }', "negative"),
        ('table = "sites"\nset = { lat = 300 }', "kanto|latitude|300"),
        ('table = "hubs"\nwhere = { region = "kantou" }\nset = { max_t = 5 }', "did you mean 'kanto'"),
        ('table = "hubs"\nwhere = { region = "< kanto" }\nset = { max_t = 5 }', "compare with a number"),
        ('table = "hubs"\nset = { max_t = 0 }', "max_t"),
        ('table = "hubs"\nset = { status = "shut" }', "shut"),
        ('table = "hubs"\nset = { id = "x" }', "can be set"),
        ('table = "hubs"\nset = { technology = "magic" }', "magic"),
        ('table = "hubs"\nwhere = { technology = "kilm" }\nset = { variable_cost = "x0.8" }', "did you mean 'kiln'"),
        ('table = "hubs"\nset = { variable_cost = 8 }', "no factor"),
        ('table = "hubs"\nset = { capital_jpy = -8 }', "capital_jpy"),
        ('table = "hubs"', "sets nothing"),
        ('tabel = "hubs"\nset = { max_t = 5 }', "unknown key 'tabel'"),
        ('table = "hubs"\nwhere = "all"\nset = { max_t = 5 }', "filter"),
    ],
)
def test_what_is_wrong_with_a_change_is_told(tiny: Path, rows: str, told: str) -> None:
    (tiny / "scenarios.toml").write_text(f"[[x.rows]]\n{rows}\n", encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read(tiny, "x")


def test_a_filter_that_no_row_passes_is_a_warning(tiny: Path) -> None:
    rows = '[[x.rows]]\ntable = "sites"\nwhere = { supply_t = "< 0" }\nset = { supply_t = "x0.5" }\n'
    (tiny / "scenarios.toml").write_text(rows, encoding="utf-8")
    assert read(tiny, "x").contents() == hs.read(tiny).contents()


def test_rows_cannot_be_changed_where_tables_are_read_already(own: Path) -> None:
    with pytest.raises(InputError, match="nothing would change here"):
        change_settings(hs.read(own).settings, {"table_changes": [{"table": "sites", "set": {"lat": 1}}]})


@pytest.mark.heavy
def test_the_command_shows_a_scenario_before_and_after(own: Path) -> None:
    told = CliRunner().invoke(cli.app, ["scenarios", str(own), "half,dearer"]).stdout
    assert "orders.close: none -> rk1" in told
    assert "hubs.technology" in told
    assert "hk1: roasting -> roasting-cheap-dearer" in told
    assert "hub_technologies.roasting-dearer.capital_jpy" in told
    assert "total" in told
    data = json.loads(CliRunner().invoke(cli.app, ["scenarios", str(own), "half", "--json"]).stdout)
    assert {cell["table"] for cell in data["differences"]} == {"sites"}
    assert "半分" in CliRunner().invoke(cli.app, ["scenarios", str(own), "half", "--lang", "ja"]).stdout
    assert CliRunner().invoke(cli.app, ["scenarios", str(own), "nope"]).exit_code == 3
    assert CliRunner().invoke(cli.app, ["scenarios", str(own), "half", "more"]).exit_code == 2


def test_one_region_alone_is_changed_too(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flat", flat_tables())
    (folder / "scenarios.toml").write_text(
        '[x]\n[[x.rows]]\ntable = "sites"\nset = { supply_t = "+100%" }\n', encoding="utf-8"
    )
    assert read(folder, "x").supply_t(2040).sum() == pytest.approx(2 * hs.read(folder).supply_t(2040).sum())
