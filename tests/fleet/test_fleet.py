"""National tonnes under every scenario, against figures worked out apart from the package."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hubspoke.base.shipped import SHIPPED_SETTINGS, shipped_data_folder
from hubspoke.fleet.factors import class_factors, divide_total, national_tonnes
from hubspoke.fleet.life import scrapped_by_age
from hubspoke.fleet.sales import read_sales
from hubspoke.fleet.table import tabulate_supply, write_table
from hubspoke.fleet.tonnes import compute_tonnes
from hubspoke.fleet.words import describe_supply
from hubspoke.settings.load import load_settings
from hubspoke.settings.supply import TRAINS

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = Path(__file__).resolve().parents[2] / "data"
YEARS = (2030, 2035, 2040)
SHIPPED = load_settings()
TOTALS = {
    ("mizuho", 2030): 25_854,
    ("mizuho", 2035): 48_531,
    ("mizuho", 2040): 184_041,
    ("trend", 2040): 91_514,
    ("late", 2030): 24_444,
    ("late", 2035): 29_407,
    ("late", 2040): 75_396,
    ("export", 2040): 0.001 * (0.65 * (1_872_000 * 25 + 312_000 * 120) + 0.2 * 663_000 * 300),
    ("fast", 2040): 260_852,
}
"""Tonnes: cars sold ten or fourteen years before x mass of the pack x share kept, by hand."""


def under(**scenario: object) -> Mapping[str, float]:
    """Compute the tonnes of 2040 in a scenario that differs from the default in some numbers."""
    settings = load_settings(None, {f"supply.scenarios.own.{key}": value for key, value in scenario.items()})
    return compute_tonnes(settings.supply, "own", 2040)


@pytest.mark.parametrize(("scenario", "year"), TOTALS)
def test_totals_are_those_worked_out_by_hand(scenario: str, year: int) -> None:
    assert sum(compute_tonnes(SHIPPED.supply, scenario, year).values()) == pytest.approx(TOTALS[scenario, year], abs=1)


def test_the_default_is_what_the_generator_makes_the_tables_with() -> None:
    """The fleet of the package gives, class by class, the tonnes that the data generator divides among the sites."""
    code = f"import json; from generator.fleet import *; print(json.dumps([compute_supply_t(y) for y in {YEARS}]))"
    done = subprocess.run([sys.executable, "-c", code], cwd=DATA, capture_output=True, text=True, check=True)
    for year, made in zip(YEARS, json.loads(done.stdout), strict=True):
        assert compute_tonnes(SHIPPED.supply, "mizuho", year) == pytest.approx(made, rel=1e-12)


def test_sales_of_the_settings_are_those_of_the_source_table() -> None:
    rows = list(csv.DictReader((DATA / "sources" / "fleet_sales.csv").read_text(encoding="utf-8").splitlines()))
    tables = tomllib.loads((shipped_data_folder() / SHIPPED_SETTINGS).read_text(encoding="utf-8"))["supply"]["sales"]
    for row in rows:
        for train in TRAINS:
            assert tables[row["table"]][train]["by_year"][row["year"]] == int(row[train])
    assert sum(len(table[train]["by_year"]) for table in tables.values() for train in TRAINS) == len(rows) * len(TRAINS)


@pytest.mark.parametrize("shape", [0, 1.5, 3.5, 8])
@pytest.mark.parametrize("mean", [8, 10.25, 14])
def test_every_car_is_scrapped_once_and_at_the_mean_age(mean: float, shape: float) -> None:
    shares = scrapped_by_age(mean, shape)
    assert sum(shares.values()) == pytest.approx(1)
    assert sum(age * share for age, share in shares.items()) == pytest.approx(mean, rel=0.003)


def test_a_spread_of_lives_tends_to_the_fixed_life() -> None:
    assert sum(under(life_shape=100).values()) == pytest.approx(184_041, rel=0.02)
    assert sum(under(life_shape=3.5).values()) == pytest.approx(162_521, abs=1)
    assert sum(under(life_shape=3.5, mean_life_yr=14).values()) == pytest.approx(99_724, abs=1)


def test_no_car_is_counted_before_the_tables_and_the_last_year_goes_on() -> None:
    assert sum(under(mean_life_yr=31).values()) == 0  # sold in 2009
    assert under(mean_life_yr=1, sales="slow") == pytest.approx(  # sold in 2039
        {"hev": 37_258.4, "nimh": 1_231.7, "nmc": 104_989.2, "lfp": 26_247.3}, rel=0.01
    )
    late = load_settings(None, {"horizon.years": [2060], "horizon.year": 2060})
    assert compute_tonnes(late.supply, "mizuho", 2060) == compute_tonnes(late.supply, "mizuho", 2050)


def test_battery_cars_that_leave_take_no_hybrids_with_them() -> None:
    base, left = (compute_tonnes(SHIPPED.supply, name, 2040) for name in ("mizuho", "export"))
    assert (left["hev"], left["nimh"]) == (base["hev"], base["nimh"])
    assert left["nmc"] < base["nmc"]


def test_older_hybrids_carry_nickel_metal_hydride() -> None:
    shares = []
    for year in YEARS:
        tonnes = compute_tonnes(SHIPPED.supply, "mizuho", year)
        shares.append(round(tonnes["nimh"] / (tonnes["nimh"] + tonnes["hev"]), 2))
    assert shares == [0.32, 0.10, 0.05]


def test_factors_are_one_unless_something_is_asked_for() -> None:
    assert {class_factors(SHIPPED, year)[name] for year in YEARS for name in SHIPPED.classes} == {1.0}
    assert not SHIPPED.supply.changes_tonnes
    assert describe_supply(SHIPPED, YEARS) == ""


def test_factors_multiply() -> None:
    settings = load_settings(None, {"supply.scenario": "late", "supply.factor": 1.2, "supply.class_factor.lfp": 0.5})
    ratio = 5_133.66 / 30_724.2
    assert class_factors(settings, 2040)["lfp"] == pytest.approx(ratio * 1.2 * 0.5, rel=1e-3)
    assert class_factors(settings, 2040)["scrap"] == 1.2
    told = "scenario late (2040: 75 kt instead of 184 kt), factor 1.2, lfp x0.5"
    assert describe_supply(settings, [2040]) == told
    assert "シナリオ late（2040年：184千tではなく75千t）" in describe_supply(settings, [2040], "ja")


@pytest.mark.parametrize("scenario", ["mizuho", "trend", "late", "export", "fast", "own"])
@pytest.mark.parametrize("year", YEARS)
def test_factors_lead_from_the_base_to_the_scenario(scenario: str, year: int) -> None:
    """Packs that the base has none of, such as LFP of 2030, count with those of the same cars."""
    settings = load_settings(None, {"supply.scenarios.own.life_shape": 3, "supply.scenario": scenario})
    factors, base = class_factors(settings, year), national_tonnes(settings, "mizuho", year)
    scaled = sum(base[name] * factors[name] for name in base)
    assert scaled == pytest.approx(sum(national_tonnes(settings, scenario, year).values()))


def test_a_total_is_divided_by_the_fleet_of_its_year() -> None:
    shares = {year: divide_total(SHIPPED, year) for year in YEARS}
    assert shares[2040] == pytest.approx(
        {"hev": 0.157, "nimh": 0.0083, "nmc": 0.668, "lfp": 0.167, "scrap": 0, "damaged": 0}, abs=5e-4
    )
    assert shares[2030]["lfp"] == 0
    assert all(sum(shares[year].values()) == pytest.approx(1) for year in YEARS)
    plain = load_settings(None, {"supply.split": "default_share"})
    assert divide_total(plain, 2030)["nmc"] == 0.6


def test_the_table_lists_every_scenario_and_year() -> None:
    rows = tabulate_supply(SHIPPED, YEARS)
    assert len(rows) == len(SHIPPED.supply.scenarios) * len(YEARS)
    assert "late      2040         29,676" in write_table(rows)


def test_the_page_on_supply_is_true() -> None:
    """Its tables are those that the program computes, and its settings are ones that load."""
    page = (DATA.parent / "docs" / "supply.md").read_text(encoding="utf-8")
    assert write_table(tabulate_supply(SHIPPED, YEARS)) in page
    lives = [row.strip("| ").split(" | ") for row in page.splitlines() if row.startswith("| 1")]
    assert len(lives) == 8
    for mean, shape, *told in lives:
        own = {"mean_life_yr": float(mean), "life_shape": 0.0 if shape == "one life" else float(shape)}
        settings = load_settings(None, {f"supply.scenarios.own.{key}": value for key, value in own.items()})
        totals = [sum(compute_tonnes(settings.supply, "own", year).values()) for year in YEARS]
        assert [f"{mass_t:,.0f}" for mass_t in totals] == told
    sample = tomllib.loads(page.partition("```toml\n")[2].partition("```")[0])["supply"]
    settings = load_settings(None, {"supply": sample})
    bev = read_sales(settings.supply, "mine", "bev")
    assert (bev[2025], bev[2029], bev[2030], len(bev)) == (60_677, 541_265, 400_000, 23)
    assert read_sales(settings.supply, "mine", "hev") == read_sales(SHIPPED.supply, "mizuho", "hev")
