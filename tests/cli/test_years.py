"""`hubspoke solve --years`: what is asked, what is answered, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from builders import write_folder
from hubspoke.cli import app as cli
from light_runs import write_bare_runs
from years_plan import growing_tables

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.fixture
def growing(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "in", growing_tables())


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write neither reports nor maps nor workbooks."""
    from hubspoke.outputs.runs import years_folder  # noqa: PLC0415 - loads matplotlib and folium

    write_bare_runs(monkeypatch)
    monkeypatch.setattr(years_folder, "write_years_report", lambda *_, **__: "")
    monkeypatch.setattr(years_folder, "write_years_workbook", lambda *_, **__: None)


@pytest.mark.usefixtures("bare")
def test_years_are_planned_together(growing: Path, tmp_path: Path) -> None:
    """The figures as JSON are those of the tables, and the exit code is that of the whole."""
    out = tmp_path / "out"
    result = run("solve", growing, "-o", out, "--years", "2030, 2035", "--no-maps", "--json", "--gap", "0.05")
    told = json.loads(result.stdout)
    assert result.exit_code == told["exit_code"] == 0
    assert told["years"] == [2030, 2035]
    assert told["present_cost_jpy"] == pytest.approx(sum(row["present_jpy"] for row in told["by_year"]))
    assert told["objective_value"] == pytest.approx(told["present_cost_jpy"])
    assert {step["step"] for step in told["steps"] if step["year"] == 2030} <= {"opens", "grows", "starts"}
    assert (out / "2035" / "plan.json").is_file()
    named = run("market", out)
    assert named.exit_code == 2
    assert "holds a plan of several years; name one of them" in named.stderr


@pytest.mark.heavy
@pytest.mark.usefixtures("bare")
def test_the_years_of_the_settings_count_where_none_are_given(growing: Path, tmp_path: Path) -> None:
    words = ("solve", growing, "--no-maps", "--json", "--gap", "0.05", "--set", "years.plan=[2030, 2035]")
    assert json.loads(run(*words, "-o", tmp_path / "a").stdout)["years"] == [2030, 2035]
    assert json.loads(run(*words, "-o", tmp_path / "b", "--year", "2035").stdout)["year"] == 2035


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--years", "2030,x"), "'x' is no year"),
        (("--years", ","), "no year is given"),
        (("--years", "2035,2030,2035"), "such as 2030,2035"),
        (("--years", "2030,2035", "--year", "2030"), "give one of the two"),
        (("--years", "2030,2035", "--write-mps", "m.mps"), "--write-mps writes the model of one year"),
    ],
)
def test_what_makes_no_sense_is_refused(growing: Path, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    """Before anything is read, with a way out."""
    result = run("solve", growing, "-o", tmp_path / "out", *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.heavy
@pytest.mark.usefixtures("bare")
def test_plants_of_a_saved_plan_stand_as_they_were_built(growing: Path, tmp_path: Path) -> None:
    both, again = tmp_path / "both", tmp_path / "again"
    assert run("solve", growing, "-o", both, "--years", "2030,2035", "--no-maps").exit_code == 0
    assert "name a year" in run("solve", growing, "-o", again, "--design", both, "--no-maps").stderr
    told = json.loads(
        run("solve", growing, "-o", again, "--design", both, "--year", "2035", "--no-maps", "--json").stdout
    )
    plants = json.loads((both / "2035" / "plan.json").read_text(encoding="utf-8"))
    assert told["year"] == plants["year"] == 2035
    refused = run("solve", growing, "-o", again, "--design", both, "--years", "2030,2035")
    assert refused.exit_code == 2
    assert "a design is planned for one year" in refused.stderr
