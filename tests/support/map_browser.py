"""Open a map in headless Chromium with the network off, and note what goes wrong on it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
WIDE, NARROW = (1366, 768), (390, 844)
NEEDS_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@dataclass
class Visit:
    """An open map and everything that went wrong on it."""

    page: Page
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def count(self, kind: str) -> int:
        """Count the features of a kind on the map; none while it is switched off."""
        if kind in ("hubs", "refineries", "candidates"):
            return int(self.page.evaluate(f"hubspoke.markers('{kind}').length"))
        return int(self.page.evaluate(f"hubspoke.counts.{kind}"))

    def pixel(self, site: int) -> tuple[float, float]:
        """Find a site on the screen."""
        found = self.page.evaluate(
            f"""() => {{
              const {{ lat, lon }} = hubspoke.data().sites;
              const at = map_plan.latLngToContainerPoint([lat[{site}] / 1e4, lon[{site}] / 1e4]);
              return [at.x, at.y];
            }}"""
        )
        return float(found[0]), float(found[1])


def open_page(browser: Browser, path: Path, size: tuple[int, int] = WIDE, *, offline: bool = True) -> Visit:
    """Open a map, with the network off unless it is asked for."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=offline)
    page = context.new_page()
    seen = Visit(page)
    page.on("pageerror", lambda error: seen.problems.append(str(error)))
    page.on("console", lambda said: seen.problems.append(said.text) if said.type in ("error", "warning") else None)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_selector("[data-ready]", state="attached")
    return seen
