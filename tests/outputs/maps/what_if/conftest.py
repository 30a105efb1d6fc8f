"""A tiny plan, and a map of it that plans again, for tests of what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hubspoke.outputs.maps.draw import draw_map
from map_browser import NARROW, WIDE, open_page
from what_ifs import solve_tiny

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from hubspoke.api.plan import Plan
    from map_browser import Visit


@pytest.fixture(scope="session")
def plan(tiny_folder: Path) -> Plan:
    """Plan the tiny network with closed borders."""
    return solve_tiny(tiny_folder, "regional")


@pytest.fixture(scope="session")
def file(plan: Plan, tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw its map."""
    path = tmp_path_factory.mktemp("what_if") / "map.html"
    command = ["hubspoke", "solve", str(tiny_folder), "--out", "my plan", "--policy", "regional", "--lang=en", "-q"]
    draw_map(plan, command=command).save(path)
    return path


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def seen(browser: Browser, file: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open it on a wide and on a narrow screen."""
    visit = open_page(browser, file, request.param)
    yield visit
    visit.close()
