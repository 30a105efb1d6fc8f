"""The fleet in the form of flodym's CSV files, and tonnes that are read from them."""

from __future__ import annotations

import csv
from itertools import product
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from hubspoke.base.errors import UsageError
from hubspoke.cli.app import app
from hubspoke.fleet.flodym import read_flodym, state_scenario, write_flodym
from hubspoke.fleet.tonnes import FLEET, compute_tonnes
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from pathlib import Path

SUPPLY = load_settings().supply
YEARS = (2030, 2040)


def items(file: Path) -> list[str]:
    return [row[0] for row in csv.reader(file.read_text(encoding="utf-8").splitlines())]


@pytest.mark.parametrize("scenario", ["mizuho", "late"])
def test_tables_are_complete_over_their_dimensions_and_sum_to_the_tonnes(scenario: str, tmp_path: Path) -> None:
    """A reader of flodym refuses a table with a row too few, or an item that its dimension lacks."""
    write_flodym(SUPPLY, scenario, YEARS, tmp_path)
    dimensions = [items(tmp_path / f"{name}.csv") for name in ("time", "cohort", "pack")]
    for name, left in (("outflow", False), ("lost", True)):
        rows = list(csv.DictReader((tmp_path / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
        assert list(rows[0]) == ["Time", "Cohort", "Pack", "value"]
        assert [(row["Time"], row["Cohort"], row["Pack"]) for row in rows] == list(product(*dimensions))
        for year in YEARS:
            wanted = compute_tonnes(SUPPLY, scenario, year, left=left)
            for pack in FLEET:
                own = [float(row["value"]) for row in rows if (row["Time"], row["Pack"]) == (str(year), pack)]
                assert sum(own) == pytest.approx(wanted[pack])


@pytest.mark.heavy
def test_what_is_written_is_read_again_and_plans_the_same_tonnes(tmp_path: Path) -> None:
    write_flodym(SUPPLY, "late", YEARS, tmp_path)
    tonnes = read_flodym(tmp_path / "outflow.csv")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "scenarios.toml").write_text(state_scenario("other", tonnes, "outflow.csv"), encoding="utf-8")
    settings = load_settings(
        None,
        {
            f"supply.scenarios.other.tonnes.{kind}.by_year": {str(year): value for year, value in years.items()}
            for kind, years in tonnes.items()
        },
    )
    for year in YEARS:
        again, late = (compute_tonnes(settings.supply, name, year) for name in ("other", "late"))
        assert again == pytest.approx(late)
    assert compute_tonnes(settings.supply, "other", 2035)["nmc"] == pytest.approx(
        sum(compute_tonnes(SUPPLY, "late", year)["nmc"] for year in YEARS) / 2
    )
    assert compute_tonnes(settings.supply, "other", 2035, left=True) == dict.fromkeys(FLEET, 0.0)
    one, two = (
        hs.read(
            changes={
                "supply.scenario": name,
                **(
                    {
                        f"supply.scenarios.other.tonnes.{kind}.by_year": {str(year): t for year, t in years.items()}
                        for kind, years in tonnes.items()
                    }
                    if name == "other"
                    else {}
                ),
            }
        )
        for name in ("late", "other")
    )
    assert two.supply_t(2040) == pytest.approx(one.supply_t(2040))


def test_letters_other_dimensions_and_lower_case_are_understood(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("t,r,p,tonnes\n2030,east,HEV,1\n2030,west,hev,2\n2040,east,nmc,4\n", encoding="utf-8-sig")
    assert read_flodym(file) == {"hev": {2030: 3.0}, "nmc": {2040: 4.0}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no column 'Time'"),
        ("Time,value\n2030,1\n", "has no column 'Pack'"),
        ("Time,Pack\n2030,hev\n", "no column of values"),
        ("Time,Pack,value\n2030,hex,1\n", "row 2: there is no kind of pack 'hex'; did you mean 'hev'"),
        ("Time,Pack,value\nsoon,hev,1\n", "no year and tonnes"),
        ("Time,Pack,value\n2030,hev,-1\n", "are no tonnes"),
        ("Time,Pack,value\n2030,hev,nan\n", "are no tonnes"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_flodym(file)
    with pytest.raises(UsageError, match="letters, digits"):
        state_scenario("a b", {}, "a.csv")


def test_the_command_writes_and_reads(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(app, ["supply", "--flodym", str(tmp_path / "out"), "--year", "2030", "-q"]).exit_code == 0
    told = run(app, ["supply", "--read", str(tmp_path / "out" / "outflow.csv"), "--name", "fleet"])
    assert told.exit_code == 0
    assert told.stdout.startswith("[fleet]\n")
