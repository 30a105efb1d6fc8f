"""Hostile names in every place that takes one, from the input's files to every page, table and layer."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

import geopandas as gpd
import openpyxl
import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.outputs.maps.draw import draw_years
from map_browser import CHROMIUM, NARROW, WIDE, open_page
from map_plans import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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
OWN_SUM = re.compile(r"=SUM\([A-Z]+\d+:[A-Z]+\d+\)")
"""All that a workbook computes: sums of its own numbers."""
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
    years = [hs.solve(network, year=2030), plan]
    for lang in ("en", "ja"):
        plan.save(str(home / lang / "plan"), lang=lang)
        hs.compare(plan, other, names=[HOSTILE, f"2 {HOSTILE}"]).save(home / lang / "comparison", lang=lang)
        draw_years(years, lang=lang).save(str(home / lang / "years.html"))
    return home


def file_of(link: str) -> Path:
    """Return the file that a link of a page leads to."""
    parts = urlsplit(link)
    assert parts.scheme == "file", link
    return Path(url2pathname(parts.path))


@pytest.mark.heavy
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
@pytest.mark.parametrize(("lang", "size"), [("en", WIDE), ("ja", NARROW)])
def test_no_page_runs_a_name(browser: Browser, home: Path, lang: str, size: tuple[int, int]) -> None:
    pages = sorted((home / lang).rglob("*.html"))
    assert len(pages) == 8
    links: dict[Path, str] = {}
    for file in pages:
        is_map = "map" in str(file.relative_to(home)) or file.name == "years.html"
        seen = open_page(browser, file, size, ready="[data-ready]" if is_map else None)
        page = seen.page
        if is_map:
            page.evaluate("hubspoke.showSite(map_plan, 0)")
            page.evaluate("document.querySelectorAll('input[name=plan]').forEach((one) => one.click())")
        assert SHOWN in page.evaluate("document.body.textContent"), file
        assert page.title().count("<script>") >= 1
        assert page.evaluate("window.ran") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], file
        assert seen.problems == []
        assert [url for url in seen.requests if not url.startswith("data:")] == [file.as_uri()]
        found = page.eval_on_selector_all("a[href]:not([href^='#'])", "links => links.map((link) => link.href)")
        links |= {file_of(link): link for link in found}
    assert links
    for file, link in links.items():
        assert file in pages or page.goto(link) is not None, link  # pages have just been opened
        assert file.is_file(), link


@pytest.mark.heavy
def test_no_cell_of_a_table_starts_a_formula(home: Path) -> None:
    books = sorted(home.rglob("*.xlsx"))
    assert len(books) == 4
    for file in books:
        cells = [cell for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows() for cell in row]
        computed = [str(cell.value) for cell in cells if cell.data_type == "f"]
        assert [text for text in computed if not OWN_SUM.fullmatch(text)] == []
        assert not [cell for cell in cells if cell.hyperlink]
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


@pytest.mark.heavy
def test_names_come_back_from_a_saved_plan_and_its_layers_as_they_were(home: Path) -> None:
    plan = hs.load(str(home / "en" / "plan"))
    assert set(plan.hubs["name"]) == set(plan.assignments["site_name"]) == {NAME}
    assert all(name.startswith("-") for name in plan.hubs["id"])
    assert ID in set(plan.regions["region"])
    layer = gpd.read_file(home / "en" / "plan" / "plan.gpkg", layer="hubs")
    assert layer["name"].tolist() == plan.hubs["name"].tolist()
    assert layer["id"].tolist() == plan.hubs["id"].tolist()
