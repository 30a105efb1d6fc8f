"""Report, workbook and GeoPackage: the plan's own figures, names shown as they are, the same bytes again."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.audit.network import NETWORK_CHECKS
from hubspoke.audit.sums import TABLE_CHECKS
from hubspoke.base.errors import UsageError
from hubspoke.outputs.exports.derived import DERIVED
from hubspoke.outputs.exports.workbook import write_workbook
from hubspoke.outputs.land.land import find_outlines
from hubspoke.outputs.maps.catchments import draw_catchments
from hubspoke.outputs.report.page import write_report
from hubspoke.outputs.report.pdf import print_pdf
from hubspoke.outputs.report.words import CHECKS, WORDS
from hubspoke.outputs.runs.folder import write_run
from hubspoke.outputs.runs.rewrite import FORMS, rewrite_report
from hubspoke.plan.plan import TABLES
from light_runs import leave_charts_empty, tell_plan_and_proof_alone
from map_browser import CHROMIUM, NARROW, WIDE, open_page
from map_plans import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from hubspoke.api.plan import Plan

NAMES = (HOSTILE, '=HYPERLINK("http://x")', "+1", "-1", "@SUM(1)", "\t=1")


@pytest.fixture(scope="module")
def plan(tiny_plan: Plan) -> Plan:
    return tiny_plan


@pytest.fixture(scope="module")
def hostile(plan: Plan) -> Plan:
    hubs, sites, regions = plan.hubs.copy(), plan.assignments.copy(), plan.regions.copy()
    for table, columns in ((hubs, ("name", "name_ja", "operator")), (sites, ("site_name", "site_name_ja"))):
        for column in columns:
            table[column] = [NAMES[row % len(NAMES)] for row in range(len(table))]
    regions[["name_en", "name_ja"]] = HOSTILE
    return replace(plan, title=HOSTILE, hubs=hubs, assignments=sites, regions=regions)


@pytest.fixture(scope="module")
def page_of_plan(plan: Plan) -> str:
    with pytest.MonkeyPatch.context() as patch:
        leave_charts_empty(patch)
        return write_report(plan)


@pytest.fixture
def short_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    tell_plan_and_proof_alone(monkeypatch)


@pytest.fixture(scope="module")
def hostile_pages(hostile: Plan) -> dict[str, str]:
    return {"en": write_report(hostile), "ja": write_report(hostile, lang="ja")}


@pytest.fixture
def out(own_run: Path) -> Path:
    return own_run


@pytest.fixture(scope="module")
def hostile_written(hostile: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        leave_charts_empty(patch)
        return write_run(hostile, tmp_path_factory.mktemp("hostile") / "out", maps=False)


def test_the_report_states_the_figures_of_the_plan(plan: Plan, page_of_plan: str) -> None:
    page = page_of_plan
    assert f"{plan.mass_t:,.0f} t of battery packs" in page
    assert f"{plan.objective_jpy / plan.mass_t / 1000:,.1f} yen per kg" in page
    assert "No plan under the same rules costs less." in page
    for cost_jpy in plan.regions["cost_jpy"].tolist():
        assert re.search(rf'<td class="n"[^>]*>{cost_jpy / 1e6:,.0f}</td>', page)
    used = plan.hubs[plan.hubs["state"] == "open"]
    assert all(f"<code>{plant}</code>" in page for plant in used["id"])
    assert all(digest in page for digest in plan.hashes.values())


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_every_number_of_the_settings_stands_in_the_report_and_own_ones_are_marked(tmp_path: Path) -> None:
    network = hs.read(write_folder(tmp_path), changes={"finance.discount_rate_per_yr": "0.07"})
    page = write_report(hs.solve(network))
    assert re.search(r"● <code>finance.discount_rate_per_yr</code></th><td class=\"n\"[^>]*>0.07<", page)
    assert page.count("●") == 2  # the explanation, and the one number
    assert "<code>hub_technologies.roasting.capital_jpy</code>" in page


@pytest.mark.usefixtures("short_reports")
def test_a_report_says_what_is_not_proven(plan: Plan) -> None:
    nothing = replace(plan, status=hs.Status.FEASIBLE, gap=float("inf"), bound_value=float("-inf"))
    assert "nothing is proven about cheaper plans" in write_report(nothing)
    early = replace(plan, status=hs.Status.FEASIBLE, gap=0.031)
    assert "up to 3.10 % cheaper is not ruled out" in write_report(early)
    assert "最大3.10 %安い計画" in write_report(early, lang="ja")


@pytest.mark.usefixtures("short_reports")
@pytest.mark.parametrize(
    ("gap", "figure", "sentence"),
    [
        (0.0, "0 %", "No plan under the same rules costs less."),
        (3e-6, "&lt; 0.01 %", "No plan under the same rules costs more than 0.0003 % less."),
        (0.01201, "1.21 %", "No plan under the same rules costs more than 1.21 % less."),
    ],
)
def test_a_report_claims_no_more_than_is_proven(plan: Plan, gap: float, figure: str, sentence: str) -> None:
    page = write_report(replace(plan, gap=gap, options={**plan.options, "gap": 0.0125}))
    assert page.count(f"<dt>Proven gap</dt><dd>{figure}</dd>") == 2
    assert "<dt>Gap asked for</dt><dd>1.25 %</dd>" in page
    assert sentence in page


@pytest.mark.usefixtures("short_reports")
def test_idle_plants_are_counted_and_named_as_idle(plan: Plan, page_of_plan: str) -> None:
    assert "runs 2 hubs and 2 refineries" in page_of_plan
    assert "<dt>Hubs + refineries in use</dt><dd>2 + 2</dd>" in page_of_plan
    kanto = (plan.hubs["state"] == "open") & (plan.hubs["region"] == "kanto")
    idle = replace(plan, hubs=plan.hubs.assign(state=plan.hubs["state"].mask(kanto, "idle")))
    page, japanese = write_report(idle), write_report(idle, lang="ja")
    assert "runs 2 hubs (1 of them idle) and 2 refineries" in page
    assert "<dt>Hubs + refineries</dt><dd>2 (1 idle) + 2</dd>" in page
    assert f"{plan.hubs.loc[kanto, 'name'].iloc[0]} (idle)" in page
    assert "ハブ2か所（うち1か所は不使用）" in japanese
    assert "<dd>2（うち不使用1） + 2</dd>" in japanese
    closed = idle.hubs.assign(state=idle.hubs["state"].replace("open", "closed"))
    assert "runs one hub (idle) and 2 refineries" in write_report(replace(idle, hubs=closed))


@pytest.mark.usefixtures("short_reports")
def test_the_bound_of_a_profit_is_from_above(plan: Plan, page_of_plan: str) -> None:
    assert "Proven lower bound" in page_of_plan
    profit = write_report(replace(plan, objective="profit"))
    assert "Proven upper bound" in profit
    assert "Proven lower bound" not in profit


def test_every_word_is_there_in_both_languages() -> None:
    assert {*TABLE_CHECKS, *NETWORK_CHECKS} == set(CHECKS)
    assert all(english.strip() and japanese.strip() for english, japanese in WORDS.values())


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_report_opens_offline_and_shows_hostile_names(
    browser: Browser, hostile_pages: dict[str, str], tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    file = tmp_path / "report.html"
    file.write_text(hostile_pages[lang], encoding="utf-8")
    seen = open_page(browser, file, size, ready=None)
    page = seen.page
    assert seen.requests == [file.as_uri()]
    assert seen.problems == []
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator("figure svg").count() == 8 + 6
    assert page.locator("details figure svg").count() == 6  # metal of two regions and four plants
    assert page.eval_on_selector_all("main details", "all => all.forEach(one => one.open = true)") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator("h1").inner_text().startswith(HOSTILE[:20])
    anchors = page.eval_on_selector_all("nav a", "links => links.map(link => link.hash)")
    assert anchors == page.eval_on_selector_all("main section", "parts => parts.map(part => '#' + part.id)")


@pytest.mark.heavy
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_on_a_telephone_wide_tables_are_cards_and_nothing_hides_behind_a_scroll(
    browser: Browser, hostile_written: Path
) -> None:
    seen = open_page(browser, hostile_written / "report.html", NARROW, ready=None)
    page = seen.page
    right = "boxes => Math.max(...boxes.map((box) => box.getBoundingClientRect().right))"
    assert page.eval_on_selector_all(".cards td, .cards th[scope=row]", right) <= NARROW[0]
    heads = page.eval_on_selector_all(
        ".cards td", "cells => cells.map((cell) => getComputedStyle(cell, '::before').content)"
    )
    assert '"kt/yr"' in heads
    assert "none" not in heads
    wide = page.eval_on_selector_all(
        "section > .wide > table:not(.cards)", "all => all.map((table) => table.querySelectorAll('thead th').length)"
    )
    assert max(wide, default=0) <= 3


@pytest.mark.heavy
def test_pages_of_a_run_lead_to_each_other(out: Path) -> None:
    links = {
        page: set(re.findall(r'href="([^"#:]+)"', (out / page).read_text(encoding="utf-8")))
        for page in ("map.html", "report.html", "briefing.html")
    }
    maps = {f"maps/{file.name}" for file in (out / "maps").glob("*.html")}
    assert maps
    assert links["report.html"] == {"map.html", "briefing.html", *maps}
    assert links["map.html"] == {"report.html", "briefing.html", *maps}
    assert links["briefing.html"] == {"map.html", "report.html"}
    for file in maps:
        text = (out / file).read_text(encoding="utf-8")
        assert {"../map.html", "../report.html", "../briefing.html"} <= set(re.findall(r'href="([^"#]+)"', text))


@pytest.mark.heavy
def test_texts_in_the_workbook_are_never_formulas(hostile: Plan, tmp_path: Path) -> None:
    write_workbook(hostile, tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames[:3] == ["decision", "costs_by_region", "plan"]
    assert [name for name in (*TABLES, *DERIVED) if name in book.sheetnames] == book.sheetnames[3:-2]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    computed = [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert {cell.parent.title for cell in computed} == {"costs_by_region"}
    assert all(re.fullmatch(r"=SUM\([A-Z]+\d+:[A-Z]+\d+\)", str(cell.value)) for cell in computed)
    shown = {cell.value for cell in cells}
    assert {'=HYPERLINK("http://x")', "+1", "-1", "@SUM(1)"} <= shown


@pytest.mark.heavy
def test_the_workbook_holds_the_tables(plan: Plan, tmp_path: Path) -> None:
    write_workbook(plan, tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert [name for name in TABLES if name not in book.sheetnames] == [
        name for name in TABLES if getattr(plan, name).empty
    ]
    for name in set(TABLES) & set(book.sheetnames):
        table, rows = getattr(plan, name), list(book[name].iter_rows(values_only=True))
        assert list(rows[0]) == table.columns.tolist()
        assert len(rows) == len(table) + 1
        assert book[name].freeze_panes == "B2"
    costs = [row[-1] for row in book["costs"].iter_rows(min_row=2, values_only=True)]
    assert sum(costs) == pytest.approx(plan.objective_jpy)


@pytest.mark.heavy
@pytest.mark.parametrize("form", ["geojson", "parquet"])
def test_layers_are_written_as_files_with_places_and_names(
    hostile: Plan, hostile_written: Path, tmp_path: Path, form: str
) -> None:
    out = Path(shutil.copytree(hostile_written, tmp_path / "out"))
    home = rewrite_report(out, form=form)
    read = gpd.read_file if form == "geojson" else gpd.read_parquet
    layers = {
        name: read(home / f"{name}.{form}") for name in ("sites", "hubs", "refineries", "lanes", "flows", "catchments")
    }
    assert all(layer.crs.to_epsg() == 4326 for layer in layers.values())
    assert layers["hubs"]["name"].tolist() == hostile.hubs["name"].tolist()
    assert layers["sites"]["mass_t"].sum() == pytest.approx(hostile.mass_t)
    assert set(layers["flows"].geom_type) == {"LineString"}
    first = {file.name: file.read_bytes() for file in home.iterdir()}
    rewrite_report(out, form=form)
    assert {file.name: file.read_bytes() for file in home.iterdir()} == first
    if form == "parquet":
        assert pd.read_parquet(home / "costs.parquet").equals(hostile.costs)


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_page_and_briefing_are_written_again_in_one_language(out: Path) -> None:
    rewrite_report(out, lang="ja")
    for page in ("report.html", "briefing.html"):
        assert '<html lang="ja">' in (out / page).read_text(encoding="utf-8")
    (out / "briefing.html").unlink()
    rewrite_report(out)
    assert not (out / "briefing.html").exists()


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_assumptions_are_printed_on_wish_only(plan: Plan, out: Path) -> None:
    assert "<details>" in write_report(plan)
    assert "<details>" not in write_report(plan, appendix=True)
    assert write_report(plan, appendix=True).replace("<details open>", "<details>") == write_report(plan)
    with pytest.raises(UsageError, match="--appendix is for --format pdf"):
        rewrite_report(out, appendix=True)


@pytest.mark.usefixtures("no_charts")
def test_parquet_without_pyarrow_says_how_to_get_it(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise ImportError("Missing optional dependency 'pyarrow.parquet'")

    monkeypatch.setattr(gpd.GeoDataFrame, "to_parquet", refuse)
    with pytest.raises(UsageError, match=r"pip install 'hubspoke\[parquet\]'"):
        rewrite_report(out, form="parquet")
    assert not (out / "parquet").exists()


def test_catchments_share_out_the_land_and_hold_their_sites(plan: Plan) -> None:
    areas = draw_catchments(plan)
    outlines = find_outlines(plan)
    planned = (outlines["kind"] == "region") & outlines["id"].isin(plan.assignments["region"])
    land = outlines.loc[planned, "geometry"].union_all()
    assert areas.union_all().symmetric_difference(land).area < 1e-6 * land.area
    assert sum(shape.area for shape in areas.geometry) == pytest.approx(land.area, rel=1e-6)
    assert areas["mass_t"].sum() == pytest.approx(plan.mass_t)
    at = dict(zip(areas["hub_id"], areas.geometry, strict=True))
    points = gpd.points_from_xy(plan.assignments["lon"], plan.assignments["lat"])
    assert all(at[hub].distance(point) < 0.05 for hub, point in zip(plan.assignments["hub_id"], points, strict=True))


@pytest.mark.heavy
def test_one_site_has_all_the_land(tmp_path: Path) -> None:
    tables = tiny_tables()
    tables["kanto/sites"] = tables["kanto/sites"][:1]
    kept = {name: rows for name, rows in tables.items() if not name.startswith("chubu")}
    plan = hs.solve(hs.read(write_folder(tmp_path, kept)))
    areas = draw_catchments(plan)
    assert len(areas) == 1
    assert draw_catchments(replace(plan, assignments=plan.assignments.iloc[:0])).empty
    assert "<svg" in write_report(plan)


@pytest.mark.heavy
@pytest.mark.parametrize("form", ["html", "xlsx", "gpkg"])
def test_writing_again_gives_the_same_bytes(out: Path, form: str) -> None:
    before = (out / FORMS[form]).read_bytes()
    assert rewrite_report(out, form=form).read_bytes() == before


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_a_report_is_printed(out: Path) -> None:
    assert rewrite_report(out, form="pdf", lang="ja").read_bytes().startswith(b"%PDF")
    assert (out / "report.pdf").is_file()


def test_without_a_browser_there_is_no_pdf_but_a_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(UsageError, match="install Chromium"):
        print_pdf(tmp_path / "report.html", tmp_path / "report.pdf")


def test_an_unknown_form_is_refused(out: Path) -> None:
    with pytest.raises(UsageError, match="choose one of html, pdf, briefing, xlsx, gpkg, geojson, parquet"):
        rewrite_report(out, form="doc")
