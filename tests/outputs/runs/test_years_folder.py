"""Run folders of several years: written whole, read again exactly, and never mistaken for others."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pandas.testing import assert_frame_equal

import hubspoke as hs
from builders import write_folder
from hubspoke.api.years_plan import YearsPlan
from hubspoke.audit.audit import Audit
from hubspoke.base.errors import UsageError
from hubspoke.metals.demand import tabulate_shares
from hubspoke.outputs.report.years.page import write_years_report
from hubspoke.outputs.runs import audit, years_audit
from hubspoke.outputs.runs.audit import recount_run
from hubspoke.outputs.runs.held_files import check_files
from hubspoke.outputs.runs.load import load_plan
from hubspoke.outputs.runs.years_audit import recount_years_run
from hubspoke.outputs.runs.years_folder import write_years
from hubspoke.outputs.runs.years_load import load_years
from hubspoke.outputs.runs.years_rewrite import redraw_years, rewrite_years_report
from hubspoke.plan.years import YEARS_TABLES
from hubspoke.words.language import LANGUAGES
from hubspoke.words.numbers import format_large
from light_runs import leave_charts_empty
from years_plan import YEARS, growing_tables, years_plan

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save the plan once, with all that belongs to it but what charts draw; for reading only."""
    with pytest.MonkeyPatch.context() as patch:
        leave_charts_empty(patch)
        return write_years(years_plan(), tmp_path_factory.mktemp("years") / "out")


@pytest.fixture
def copied(saved: Path, tmp_path: Path) -> Path:
    return shutil.copytree(saved, tmp_path / "out")


def test_a_saved_plan_is_read_again_exactly(saved: Path) -> None:
    """Tables, figures and the plan of every year with the network that was planned."""
    plan, again = years_plan(), hs.load(saved)
    assert isinstance(again, YearsPlan)
    for name in YEARS_TABLES:
        assert_frame_equal(getattr(again, name), getattr(plan, name), check_dtype=False)
    for name in ("title", "years", "status", "objective", "objective_value", "bound_value", "gap"):
        assert getattr(again, name) == getattr(plan, name)
    assert again.summary() == plan.summary()
    for year in YEARS:
        assert again.plans[year].summary() == plan.plans[year].summary()
        network = again.plans[year].network
        assert network is not None
        assert f"nmc_{year}_t" in network.sites


def test_a_year_is_a_run_folder_of_its_own(saved: Path) -> None:
    """Each year is read by itself; the whole is no plan of one year, and says how to name one."""
    assert load_plan(saved / "2035", with_input=True).year == 2035
    with pytest.raises(UsageError, match=r"holds a plan of several years; name one of them: .*out/2035"):
        load_plan(saved)
    with pytest.raises(UsageError, match="holds no plan of several years"):
        load_years(saved / "2035")


def test_the_folder_holds_what_it_should(saved: Path) -> None:
    names = {path.name for path in saved.iterdir()}
    assert names == {
        *(f"{name}.csv" for name in YEARS_TABLES), *map(str, YEARS),
        "years.json", "run.json", "map.html", "report.html", "plan.xlsx",
    }  # fmt: skip
    content = json.loads((saved / "years.json").read_text(encoding="utf-8"))
    assert content["format"] == "hubspoke-years"
    assert content["years"] == list(YEARS)
    assert content["present_cost_jpy"] == years_plan().present_cost_jpy


def test_the_map_tells_what_plants_do(saved: Path) -> None:
    page = (saved / "map.html").read_text(encoding="utf-8")
    assert "Opens: hk2 (1,222 t/yr), rk2 (1,003 t/yr)" in page
    assert 'id="slider"' in page
    assert 'href="2035/map.html"' in page


def test_the_map_states_what_a_year_costs_with_what_stands_unused(saved: Path) -> None:
    page, by_year = (saved / "map.html").read_text(encoding="utf-8"), years_plan().by_year
    assert by_year["unused_jpy"].max() > 1e6
    for cost in by_year["cost_jpy"]:
        assert f"<strong>{format_large(cost, 'en', 'yen')}</strong>" in page
    assert "Capital of what stands unused" in page


@pytest.mark.heavy
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_draws_every_plant(lang: str) -> None:
    """Every plant is in the picture, whose words tell its sizes; all numbers of years stand in the tables."""
    page = write_years_report(years_plan(), lang=lang)  # type: ignore[arg-type]
    assert "hk2: 2030 1,222, 2035 4,889" in page
    assert page.count("<svg") == 5
    assert "424.1" in page
    assert "nan" not in page.lower().replace("finance", "").replace("maintenance", "")


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_the_report_tells_metals_and_subsidies_of_every_year() -> None:
    plan = years_plan()
    page = write_years_report(plan)
    for year in YEARS:
        shares = tabulate_shares(plan.plans[year])
        assert len(shares) > 2
        for row in shares.to_dict("records"):
            assert f"{row['recycled_t']:,.0f} ({100 * row['share']:.1f} %)" in page
    assert "Subsidies pay" not in page
    granted = replace(plan, by_year=plan.by_year.assign(subsidy_jpy=[2e9, 0.0, 0.0]))
    assert "Subsidies pay another 2.00 bn yen of the investment." in write_years_report(granted)


def test_a_report_of_a_year_speaks_of_all_years(saved: Path) -> None:
    """No report or map of a year calls it stopped early."""
    for name in ("report.html", "map.html"):
        page = (saved / "2040" / name).read_text(encoding="utf-8")
        assert "stopped early" not in page.replace('"feasible":"stopped early"', "")  # a word that the map may need
        assert "eside this year alone" in page


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("schedule.csv", "roasting", "kiln"),
        ("by_year.csv", "shared-refinery", "open"),
        ("years.json", '"objective": "cost"', '"objective": "co2"'),
        ("2035/plan.json", '"seed": 0', '"seed": 1'),
    ],
)
def test_what_was_changed_is_refused(copied: Path, name: str, old: str, new: str) -> None:
    """A table, the figures or the plan of a year that is no longer what was written is named."""
    text = (copied / name).read_text(encoding="utf-8")
    assert old in text
    (copied / name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UsageError, match=f"{name} was changed"):
        load_years(copied)


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_the_audit_of_a_folder_covers_the_whole_and_every_year(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It passes as it was written; a changed table, report or table of a year is found under its name."""
    monkeypatch.setattr(  # the files of one year, beside those of the whole, stand for those of all
        audit,
        "check_files",
        lambda plan, folder, *rest: check_files(plan, folder, *rest) if folder.name == "2035" else (),
    )
    found = recount_years_run(copied)
    as_before = Audit(())  # the years that stay as they are have passed, and are drawn again for nothing
    monkeypatch.setattr(
        years_audit,
        "recount_run",
        lambda folder, **options: recount_run(folder, **options) if folder.name == "2035" else as_before,
    )
    assert found.passed
    assert {"present-value", "report", *(f"{year}: sums" for year in YEARS)} <= {check.name for check in found.checks}
    for name, old, new in (
        ("by_year.csv", "7220.0", "7221.0"),
        ("report.html", "424.1", "425.1"),
        ("2035/hubs.csv", "mechanical", "roasting"),
    ):
        text = (copied / name).read_text(encoding="utf-8")
        assert old in text
        (copied / name).write_text(text.replace(old, new), encoding="utf-8")
    failed = {check.name for check in recount_years_run(copied).failed}
    assert {"written", "by-year", "report", "2035: written"} <= failed


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_map_and_report_are_written_again(copied: Path) -> None:
    """In the other language; what a plan of several years has no form for is refused with a way out."""
    assert redraw_years(copied, lang="ja") == [copied / "map.html"]
    assert "新設：hk2" in (copied / "map.html").read_text(encoding="utf-8")
    page = rewrite_years_report(copied, lang="ja").read_text(encoding="utf-8")
    assert '<html lang="ja">' in page
    assert rewrite_years_report(copied, form="xlsx", lang="ja") == copied / "plan.xlsx"
    with pytest.raises(UsageError, match=r"format 'gpkg': .* name a year, such as .*/2040"):
        rewrite_years_report(copied, form="gpkg")


@pytest.mark.parametrize("text", ["{", "[]", '{"format": "hubspoke-years", "format_version": 99}'])
def test_what_is_damaged_is_refused(copied: Path, text: str) -> None:
    (copied / "years.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"damaged|something else|newer"):
        load_years(copied)


@pytest.mark.heavy
@pytest.mark.usefixtures("tables_alone")
def test_runs_replace_one_another(copied: Path) -> None:
    """Years replace years, one year several: nothing of the former run stays, what is the planner's does."""
    (copied / "notes.txt").write_text("mine", encoding="utf-8")
    plan = years_plan()
    first = {name: (table := getattr(plan, name))[table["year"] == 2030] for name in YEARS_TABLES}
    shorter = replace(plan, years=YEARS[:1], plans={2030: plan.plans[2030]}, **first)
    write_years(shorter, copied, maps=False)
    assert not (copied / "2035").exists()
    assert (copied / "notes.txt").is_file()
    plan.plans[2030].save(copied)
    assert not (copied / "2030").exists()
    assert not (copied / "years.json").exists()
    assert load_plan(copied).year == 2030
    write_years(plan, copied, maps=False)
    assert not (copied / "hubs.csv").exists()
    assert load_years(copied).years == YEARS


def test_other_folders_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="holds other files"):
        years_plan().save(tmp_path / "mine")


def test_a_run_folder_is_no_region(copied: Path, tmp_path: Path) -> None:
    """Plans saved inside the folder of the input are not read as tables of a region."""
    home = write_folder(tmp_path / "in", growing_tables())
    shutil.copytree(copied, home / "plan")
    assert len(hs.read(home).sites) == 6
