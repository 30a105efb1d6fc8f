"""Hostile names in every place that takes one, from the input's files to every page, table and layer."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import geopandas as gpd
import openpyxl
import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.outputs.maps.draw import draw_years
from map_browser import CHROMIUM, NARROW, WIDE
from map_plans import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NAME = f"=HYPERLINK(1) {HOSTILE}"
ID = "</script><img src=x onerror=window.ran=1>'\"`${x}{{7*7}}&"
SETTINGS = (
    "hub_technologies.roasting",
    "refinery_technologies.hydro",
    "metals.nickel",
    "grades.nmc",
    "classes.nmc",
)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
SHOWN = "</script><script>window.ran=1</script>"


def hostile_tables() -> dict[str, list[dict[str, object]]]:
    """Give the tiny network with hostile identifiers, names, operators, places and a hostile region."""
    tables = tiny_tables()
    flat: dict[str, list[dict[str, object]]] = {name: tables[name] for name in ("roads", "cities")}
    for kind in ("sites", "hubs", "refineries"):
        rows = [(region, row) for region in ("kanto", "chubu") for row in tables[f"{region}/{kind}"]]
        flat[kind] = [
            {
                **row,
                "id": f"-{row['id']} {ID}",
                "name": NAME,
                "name_ja": NAME,
                "region": "kanto" if region == "kanto" else ID,
                "prefecture": NAME,
                **({} if kind == "sites" else {"operator": NAME}),
            }
            for region, row in rows
        ]
    return flat


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write plans, a comparison and a map of years from hostile input, in both languages."""
    home = tmp_path_factory.mktemp("hostile")
    folder = write_folder(home / "input", hostile_tables())
    text = json.dumps(HOSTILE, ensure_ascii=False)
    named = "\n".join(f"[{key}]\nname_en = {text}\nname_ja = {text}\n" for key in SETTINGS)
    (folder / "own.toml").write_text(f"title = {text}\ntitle_ja = {text}\n{named}", encoding="utf-8")
    network = hs.read(folder)
    plan = hs.solve(network, year=2040)
    closed = plan.hubs.loc[plan.hubs["state"] == "open", "id"].iloc[:1].tolist()
    other = hs.solve(network, year=2040, closed=closed)
    for lang in ("en", "ja"):
        plan.save(str(home / lang / "plan"), lang=lang)
        hs.compare(plan, other, names=[HOSTILE, f"2 {HOSTILE}"]).save(home / lang / "comparison", lang=lang)
        years = [hs.solve(network, year=2030), plan]
        draw_years(years, lang=lang).save(str(home / lang / "years.html"))
    return home


def watch(page: Page) -> tuple[list[str], list[str]]:
    """Note what goes wrong on a page, and what it asks for."""
    problems: list[str] = []
    requests: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("dialog", lambda dialog: problems.append(dialog.message))
    page.on("request", lambda request: requests.append(request.url))
    return problems, requests


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
@pytest.mark.parametrize(("lang", "size"), [("en", WIDE), ("ja", NARROW)])
def test_no_page_runs_a_name(browser: Browser, home: Path, lang: str, size: tuple[int, int]) -> None:
    pages = sorted((home / lang).rglob("*.html"))
    assert len(pages) == 7
    for file in pages:
        page = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True).new_page()
        problems, requests = watch(page)
        page.goto(file.as_uri())
        if "map" in str(file.relative_to(home)) or file.name == "years.html":
            page.wait_for_selector("[data-ready]", state="attached")
            page.evaluate("hubspoke.showSite(map_plan, 0)")
            page.evaluate("document.querySelectorAll('input[name=plan]').forEach((one) => one.click())")
        assert SHOWN in page.evaluate("document.body.textContent"), file
        assert page.title().count("<script>") >= 1
        assert page.evaluate("window.ran") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], file
        assert problems == []
        assert [url for url in requests if not url.startswith("data:")] == [file.as_uri()]
        for link in page.eval_on_selector_all("a[href]:not([href^='#'])", "links => links.map((link) => link.href)"):
            assert page.goto(link) is not None, link
            page.wait_for_function("document.readyState === 'complete'")
            page.go_back()
        page.context.close()


def test_no_cell_of_a_table_starts_a_formula(home: Path) -> None:
    books = sorted(home.rglob("*.xlsx"))
    assert len(books) == 4
    for file in books:
        cells = [cell for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
        assert NAME.strip() in {cell.value for cell in cells}
    tables = sorted(home.rglob("*.csv"))
    for file in tables:
        if "input" in file.parts:
            continue
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                risky = [text for text in row.values() if text.startswith(FORMULAS) and not is_number(text)]
                assert risky == [], file


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_names_come_back_from_a_saved_plan_and_its_layers_as_they_were(home: Path) -> None:
    plan = hs.load(str(home / "en" / "plan"))
    assert set(plan.hubs["name"]) == set(plan.assignments["site_name"]) == {NAME}
    assert all(name.startswith("-") for name in plan.hubs["id"])
    assert ID in set(plan.regions["region"])
    layer = gpd.read_file(home / "en" / "plan" / "plan.gpkg", layer="hubs")
    assert layer["name"].tolist() == plan.hubs["name"].tolist()
    assert layer["id"].tolist() == plan.hubs["id"].tolist()
