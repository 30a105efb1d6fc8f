"""Plans over several years side by side."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from hubspoke.analysis.comparison.years.compare import YearsComparison, compare_years
from hubspoke.analysis.comparison.years.page import write_years_comparison_page
from hubspoke.analysis.comparison.years.tables import YEARS_TABLES
from hubspoke.cli import app as cli
from hubspoke.outputs.runs import years_folder
from light_runs import write_bare_runs
from years_plan import YEARS, growing_network, years_plan

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.years_plan import YearsPlan


@cache
def without_hk2() -> YearsPlan:
    return hs.solve(growing_network(), policy="shared-refinery", years=YEARS, gap=1e-4, closed=["hk2"])


def test_a_plan_equals_itself() -> None:
    both = hs.compare(years_plan(), years_plan())
    assert isinstance(both, YearsComparison)
    assert both.totals["change_jpy"].tolist() == [0.0, 0.0]
    assert set(both.plants["change"]) == {"same"}
    assert both.settings.empty
    assert "costs as much as" in both.summary()


@pytest.mark.heavy
def test_what_differs_is_told_over_the_horizon_by_year_and_by_plant() -> None:
    base, other = years_plan(), without_hk2()
    both = compare_years([base, other], ["all", "without"])
    more = other.present_cost_jpy - base.present_cost_jpy
    assert both.totals["change_jpy"].iloc[1] == pytest.approx(more)
    parts = [both.totals[f"{part}_jpy"] for part in ("capital", "freight", "running", "once")]
    assert sum(part.iloc[1] - part.iloc[0] for part in parts) == pytest.approx(more)
    change = both.plants.set_index("id")["change"]
    assert change["hk2"] == "only_in_base"
    assert "only_in_plan" in set(change)
    assert both.by_year.groupby("plan")["year"].apply(list).to_dict() == {"all": list(YEARS), "without": list(YEARS)}
    assert set(both.settings["key"]) == {"close"}
    told = both.summary()
    assert "without costs" in told
    assert "only in all" in told
    assert "現在価値" in both.summary("ja")
    for lang in ("en", "ja"):
        page = write_years_comparison_page(both, lang=lang)
        assert "hk2" in page
        assert page.count("<section") >= 4
    backwards = compare_years([other, base], ["without", "all"])
    assert backwards.plants.set_index("id")["change"]["hk2"] == "only_in_plan"


def test_earlier_later_and_larger_are_told() -> None:
    """The same plan with one plant that opens later and another that is larger."""
    plan = years_plan()
    schedule = plan.schedule.copy()
    schedule.loc[(schedule["id"] == "hk2") & (schedule["year"] == 2030), "stage"] = "absent"
    schedule.loc[schedule["id"] == "rk2", "size_t"] *= 2
    both = compare_years([plan, replace(plan, schedule=schedule)], ["a", "b"])
    assert both.plants.set_index("id")["change"].to_dict() == {"hc2": "same", "hk2": "later", "rk2": "larger"}
    assert "(2030 to 2035)" in both.summary()


def test_other_horizons_are_refused_with_a_cure() -> None:
    plan = years_plan()
    shorter = replace(plan, years=YEARS[:2], factors=plan.factors.iloc[:2])
    with pytest.raises(hs.UsageError, match=r"same first year and years\.until.*a/2030 b/2030"):
        compare_years([plan, shorter], ["a", "b"])
    with pytest.raises(hs.UsageError, match="name a year"):
        hs.compare(*[plan, plan.plans[2035]])  # type: ignore[call-overload]
    with pytest.raises(hs.UsageError, match="two plans or more"):
        compare_years([plan], ["a"])


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.mark.heavy
def test_the_command_reads_folders_of_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bare_runs(monkeypatch)
    monkeypatch.setattr(years_folder, "write_years_report", lambda *_, **__: "")
    monkeypatch.setattr(years_folder, "write_years_workbook", lambda *_, **__: None)
    for name, plan in (("a", years_plan()), ("b", without_hk2())):
        years_folder.write_years(plan, tmp_path / name, maps=False)
    told = run("compare", tmp_path / "a", tmp_path / "b", "-o", tmp_path / "out", "--json")
    assert told.exit_code == 0
    assert json.loads(told.stdout)["plans"] == ["a", "b"]
    written = {file.name for file in (tmp_path / "out").iterdir()}
    assert written == {"compare.html", "compare.json", *(f"{name}.csv" for name in YEARS_TABLES)}
    mixed = run("compare", tmp_path / "a", tmp_path / "b" / "2035", "--lang", "ja")
    assert mixed.exit_code == 0
    assert "its year 2035 is compared" in mixed.stderr
    assert "a/2035" in mixed.stdout
    other = run("compare", tmp_path / "a", tmp_path / "b" / "2035", tmp_path / "b" / "2040")
    assert other.exit_code == 2
    assert "name one year of it" in other.stderr
