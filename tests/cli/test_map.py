"""Maps by the command line: years on one map, backgrounds only where they are asked for, and tiles from a server."""

from __future__ import annotations

import json
import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.cli import app as cli
from light_runs import write_bare_runs
from map_browser import CHROMIUM, open_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

OWN = "https://tiles.example.org/{z}/{x}/{y}.png"
BACKGROUNDS = {
    "gsi": ("cyberjapandata.gsi.go.jp", "国土地理院"),
    "osm": ("tile.openstreetmap.org", "OpenStreetMap"),
    OWN: ("tiles.example.org", "tiles.example.org"),
}


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Save plans of two years, the later with twice the tonnes."""
    home = tmp_path_factory.mktemp("runs")
    tables = tiny_tables()
    for year, factor in ((2030, 1.0), (2040, 2.0)):
        for name in ("kanto/sites", "chubu/sites"):
            tables[name] = [{**row, "nmc_t": factor * float(str(row["nmc_t"]))} for row in tables[name]]
        plan = hs.solve(hs.read(write_folder(home / f"tiny-{year}", tables)), year=year)
        with pytest.MonkeyPatch.context() as patch:
            write_bare_runs(patch)
            plan.save(str(home / f"plan-{year}"))
    return home / "plan-2030", home / "plan-2040"


@pytest.mark.heavy
def test_plans_of_several_years_become_one_map(runs: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "years.html"
    made = run("map", *reversed(runs), "-o", file, "--lang", "ja", "--json")
    assert made.exit_code == 0
    assert json.loads(made.stdout) == {"files": [str(file)]}
    page = file.read_text(encoding="utf-8")
    assert page.index('"year":2030') < page.index('"year":2040')
    assert 'type="range" id="slider" min="0" max="1"' in page
    first = file.read_bytes()
    assert run("map", *runs, "-o", file, "--lang", "ja", "-q").exit_code == 0
    assert file.read_bytes() == first


@pytest.mark.heavy
def test_maps_of_years_refuse_what_they_cannot_show(runs: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "years.html"
    for words, told in (
        (runs, "name a file with -o"),
        ((runs[0], "-o", file), "name a file with -o"),
        ((runs[0], runs[0], "-o", file), "two plans are of 2030"),
        ((runs[0], tmp_path / "none", "-o", file), "none"),
        ((*runs, "-o", file, "--tiles", "bing"), "unknown tiles 'bing'"),
        ((*runs, "-o", file, "--lang", "fr"), "'fr'"),
        ((*runs, "-o", tmp_path / "none" / "years.html"), "years.html"),
    ):
        refused = run("map", *words)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert told in " ".join(refused.stderr.split())
    assert not file.exists()


@pytest.mark.heavy
def test_no_map_knows_an_address_unless_it_is_asked_for(runs: tuple[Path, Path], tmp_path: Path) -> None:
    out = shutil.copytree(runs[0], tmp_path / "plan")
    maps = [out / "map.html", *sorted((out / "maps").iterdir())]
    assert len(maps) == 3
    hosts = [host for host, _ in BACKGROUNDS.values()]
    for tiles, (host, maker) in BACKGROUNDS.items():
        assert run("map", out, "--tiles", tiles).exit_code == 0
        for file in maps:
            page = file.read_text(encoding="utf-8")
            assert [known for known in hosts if known in page] == [host]
            assert maker in page
    assert run("map", out).exit_code == 0
    for file in [*maps, out / "report.html"]:
        assert not any(host in file.read_text(encoding="utf-8") for host in hosts)


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
@pytest.mark.parametrize("tiles", ["gsi", OWN, pytest.param("osm", marks=pytest.mark.long)])
def test_solve_and_compare_take_a_background(runs: tuple[Path, Path], tmp_path: Path, tiles: str) -> None:
    host = BACKGROUNDS[tiles][0]
    made = run("solve", runs[0].parent / "tiny-2030", "-o", tmp_path / "plan", "--tiles", tiles, "-q")
    assert made.exit_code == 0
    assert run("compare", *runs, "-o", tmp_path / "both", "--tiles", tiles, "-q").exit_code == 0
    for file in (
        tmp_path / "plan" / "map.html",
        tmp_path / "plan" / "maps" / "kanto.html",
        tmp_path / "both" / "map.html",
    ):
        assert host in file.read_text(encoding="utf-8")
    refused = run("compare", *runs, "-o", tmp_path / "other", "--tiles", "bing")
    assert refused.exit_code == 2
    assert not (tmp_path / "other").exists()


class TileHandler(SimpleHTTPRequestHandler):
    """Answer every request with a picture, and note it."""

    def __init__(self, *words: Any, asked: list[str], **options: Any) -> None:
        self.asked = asked
        super().__init__(*words, **options)

    def do_GET(self) -> None:
        """Answer with a picture."""
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/svg+xml")
        self.end_headers()
        self.wfile.write(
            b'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256"/></svg>'
        )

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@pytest.fixture
def tile_server() -> Iterator[tuple[str, list[str]]]:
    """Serve tiles on this machine; give their address and the list of what is asked for."""
    asked: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(TileHandler, asked=asked)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png", asked
        server.shutdown()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_tiles_come_from_the_server_that_is_named_and_show_under_the_plan(
    runs: tuple[Path, Path], tmp_path: Path, browser: Browser, tile_server: tuple[str, list[str]]
) -> None:
    address, asked = tile_server
    file = tmp_path / "years.html"
    assert run("map", *runs, "-o", file, "--tiles", address, "-q").exit_code == 0
    seen = open_page(browser, file, offline=False)
    page = seen.page
    page.wait_for_selector(".leaflet-tile-loaded")
    home = address.split("{", maxsplit=1)[0]
    assert {url for url in seen.requests if not url.startswith(("file:", "data:"))} == {
        home + path.removeprefix("/") for path in asked
    }
    assert all(re.fullmatch(r"/\d+/\d+/\d+\.png", path) for path in asked)
    told = page.locator(".leaflet-control-attribution").inner_text()
    assert re.fullmatch(r"Land: .+, 127\.0\.0\.1", told)
    assert seen.count("sites") == 6
    order = "(pane) => Number(getComputedStyle(document.querySelector(`.leaflet-${pane}-pane`)).zIndex)"
    assert page.evaluate(f"['tile', 'outlines', 'drawing'].map({order})") == sorted(
        page.evaluate(f"['tile', 'outlines', 'drawing'].map({order})")
    )
    assert seen.problems == []


@pytest.mark.heavy
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_the_slider_of_saved_years_moves_and_nothing_is_asked_of_the_network(
    runs: tuple[Path, Path], tmp_path: Path, browser: Browser
) -> None:
    file = tmp_path / "years.html"
    assert run("map", *runs, "-o", file, "-q").exit_code == 0
    seen = open_page(browser, file)
    before = seen.page.locator(".headline:visible").inner_text()
    tonnes = seen.page.evaluate("hubspoke.frame().t")
    seen.page.get_by_role("slider", name="Year").focus()
    seen.page.keyboard.press("End")
    assert seen.page.locator("#slider-year").inner_text() == "2040"
    assert seen.page.locator(".headline:visible").inner_text() != before
    assert all(later > now for now, later in zip(tonnes, seen.page.evaluate("hubspoke.frame().t"), strict=True))
    seen.close()
