"""The tonnes of sites under scenarios and factors, from the folder to the audit of a saved plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import hubspoke as hs
from builders import flat_tables, tiny_tables, write_folder
from hubspoke.base.errors import InputError, UsageError
from hubspoke.fleet.factors import class_factors, national_tonnes
from hubspoke.inputs.check.check import check
from hubspoke.inputs.summary import summarise_network
from hubspoke.outputs.report.page import write_report
from hubspoke.outputs.runs.audit import recount_run
from hubspoke.outputs.runs.folder import write_run
from shipped import japan

if TYPE_CHECKING:
    from pathlib import Path

    from builders import Row

YEARS = (2030, 2035, 2040)
SCENARIOS = ("mizuho", "trend", "late", "export", "fast")


def totals(**more: float) -> dict[str, list[Row]]:
    """Return one region whose only site states totals by year."""
    site: Row = {"id": "a", "lat": 35.6, "lon": 139.7, "mass_2030_t": 100, "mass_2035_t": 200, "mass_2040_t": 300}
    return flat_tables() | {"sites": [site | more]}


@pytest.mark.heavy
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_tonnes_of_japan_add_up_by_year_class_and_prefecture(scenario: str) -> None:
    base, scaled = japan(), hs.read(changes={"supply.scenario": scenario})
    if scenario == "mizuho":
        assert scaled.sites.equals(base.sites)
    for year in YEARS:
        was, now = base.supply_t(year), scaled.supply_t(year)
        national = sum(national_tonnes(scaled.settings, scenario, year).values())
        assert now.sum() == pytest.approx(national, rel=1e-4)  # the tables keep kilograms
        ratio = now.sum(axis=0) / np.where(was.sum(axis=0) > 0, was.sum(axis=0), 1)
        assert now == pytest.approx(was * ratio, rel=1e-9)
        prefecture = base.sites["prefecture"].to_numpy()
        by_prefecture = {name: now[prefecture == name].sum(axis=0) for name in set(prefecture)}
        assert sum(by_prefecture.values()) == pytest.approx(now.sum(axis=0))
        assert by_prefecture["Kochi"] == pytest.approx(was[prefecture == "Kochi"].sum(axis=0) * ratio)


@pytest.mark.heavy
def test_late_is_75_kt_in_2040() -> None:
    assert hs.read(changes={"supply.scenario": "late"}).supply_t(2040).sum() == pytest.approx(75_396, rel=1e-3)


def test_factors_scale_every_site(tiny: Path) -> None:
    base = hs.read(tiny)
    twice = hs.read(tiny, changes={"supply.factor": 2, "supply.region_factor.kanto": 0.5, "supply.class_factor.lfp": 3})
    kanto = (base.sites["region"] == "kanto").to_numpy()
    lfp = np.array([name == "lfp" for name in base.classes])
    factor = 2 * np.where(kanto, 0.5, 1.0)[:, None] * np.where(lfp, 3.0, 1.0)
    for year in YEARS:
        assert twice.supply_t(year) == pytest.approx(base.supply_t(year) * factor)


def test_hybrids_of_a_table_without_nimh_are_all_hybrids(tiny: Path) -> None:
    base, late = hs.read(tiny), hs.read(tiny, changes={"supply.scenario": "late"})
    hev = base.classes.index("hev")
    ratio = late.supply_t(2030)[:, hev] / base.supply_t(2030)[:, hev]
    assert ratio == pytest.approx(1_275_560 / 1_345_000)
    assert class_factors(late.settings, 2030)["hev"] == pytest.approx(1_275_560 * 0.44 / (1_345_000 * 0.68))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"supply.scenario": "lat"}, "did you mean 'late'"),
        ({"supply.factor": 0}, "write a number above 0"),
        ({"supply.factor": "much"}, "write a number"),
        ({"supply.class_factor.nmx": 2}, "did you mean 'nmc'"),
        ({"supply.class_factor.nmc": -1}, "write 0 or a positive number"),
        ({"supply.region_factor.kantou": 2}, "did you mean 'kanto'"),
        ({"supply.scenarios.own.mean_life": 2}, "mean_life_yr"),
        ({"supply.scenarios.own.life_shape": 0.1}, "a shape from 0.5 to 100"),
        ({"supply.scenarios.own.sales": "slov"}, "did you mean 'slow'"),
        ({"supply.scenarios.own.kept_share.bev": 20}, "share between 0 and 1"),
        ({"supply.sales.slow.follows": "slow"}, "let the first table follow none"),
        ({"supply.sales.slow.bev.by_year.30": 5}, "write a year, such as 2030"),
        ({"supply.sales.slow.bev.by_year.2030": -5}, "write 0 or a positive number"),
        ({"supply.scenarios.mizuho.lfp_share.by_year.2030": 5}, "share between 0 and 1"),
        ({"supply.sales.own.bev.by_year.2030": 5}, "follow a table that does"),
    ],
)
def test_bad_values_are_refused_with_a_cure(changes: dict[str, Any], problem: str, tiny: Path) -> None:
    with pytest.raises(InputError) as caught:
        hs.read(tiny, changes=changes)
    (found,) = caught.value.findings
    assert problem in f"{found.problem} -> {found.cure}"


def test_changing_the_yardstick_is_a_warning(tiny: Path) -> None:
    kinds = [found.kind for found in check(tiny, changes={"supply.scenarios.mizuho.mean_life_yr": 12})]
    assert kinds == ["supply-base"]


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts", "tables_alone")
def test_a_saved_plan_under_a_scenario_is_read_audited_and_told(tiny: Path, tmp_path: Path) -> None:
    changes = {"supply.scenario": "late", "supply.factor": "1.2", "supply.region_factor.chubu": "x0.5"}
    with pytest.raises(InputError, match="expected a number"):
        hs.read(tiny, changes=changes)  # no factor of the region stands there yet
    changes["supply.region_factor.chubu"] = "0.5"
    network = hs.read(tiny, changes=changes)
    plan = hs.solve(network)
    assert plan.mass_t == pytest.approx(network.supply_t(2040).sum())
    told = "scenario late (2040: 75 kt instead of 184 kt), factor 1.2, chubu x0.5"
    assert told in plan.summary()
    assert "supply: scenario late (2030: 24 kt instead of 26 kt;" in summarise_network(network)
    assert told in write_report(plan)
    plan.map().save(tmp_path / "map.html")
    assert told in (tmp_path / "map.html").read_text(encoding="utf-8")
    run = write_run(plan, tmp_path / "out", maps=False, facts={"source": str(tiny), "changes": changes})
    assert hs.load(run).settings.supply == plan.settings.supply
    found = recount_run(run)
    assert found.passed
    assert not found.skipped
    (tiny / "own.toml").write_text("[supply]\nfactor = 9\n", encoding="utf-8")
    assert recount_run(run).passed  # the plan holds its own settings
    with pytest.raises(UsageError, match="other tonnes than were planned"):
        hs.explain(plan, "k1", network=hs.read(tiny))


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_totals_by_year_are_divided_by_the_fleet_and_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "kanto", totals())
    network = hs.read(folder)
    assert [network.supply_t(year).sum() for year in YEARS] == pytest.approx([100, 200, 300])
    fleet = national_tonnes(network.settings, "mizuho", 2040)
    wanted = [300 * fleet.get(name, 0.0) / sum(fleet.values()) for name in network.classes]
    assert network.supply_t(2040)[0] == pytest.approx(wanted)
    (found,) = check(folder)
    assert (found.kind, found.fatal) == ("split", False)
    assert "2040: hev 15.7 %, nmc 66.8 %, lfp 16.7 %" in found.problem
    plan = hs.solve(network)
    assert "assumed, as the table of sites states none; 2040: hev 15.7 %" in plan.summary()
    assert "2040: hev 15.7 %" in write_report(plan)
    assert "classes: assumed" in summarise_network(network)
    assert json.dumps(plan.options["split"]["2040"])
    late = hs.read(folder, changes={"supply.scenario": "late"})
    assert late.supply_t(2040).sum() == pytest.approx(300 * 75_396 / 184_041, rel=1e-4)


def test_totals_by_year_may_be_divided_by_default_shares(tmp_path: Path) -> None:
    network = hs.read(write_folder(tmp_path / "kanto", totals()), changes={"supply.split": "default_share"})
    assert network.supply_t(2030)[0, :4].tolist() == pytest.approx([25, 60, 15, 0])


def test_classes_that_are_stated_go_before_totals(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "kanto", totals(hev_t=5, nmc_t=6, lfp_t=7, nimh_t=0))
    network = hs.read(folder)
    assert network.supply_t(2030)[0, :3].tolist() == [5, 6, 7]
    assert {found.kind for found in check(folder)} == {"overruled"}
    assert not network.split


def test_a_missing_total_is_a_fault_with_its_cure(tmp_path: Path) -> None:
    tables = totals()
    del tables["sites"][0]["mass_2035_t"]
    (found,) = [found for found in check(write_folder(tmp_path / "kanto", tables)) if found.fatal]
    assert found.column == "mass_2035_t"
    assert "take 2035 out of horizon.years" in found.cure


def test_a_network_without_a_fleet_is_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "tiny", tiny_tables())
    own = "\n".join(f"[classes.{name}]\nfleet = 'none'" for name in ("hev", "nimh", "nmc", "lfp"))
    (folder / "own.toml").write_text(own, encoding="utf-8")
    kinds = [found.kind for found in check(folder, changes={"supply.scenario": "late"})]
    assert kinds == ["supply-classes"]
