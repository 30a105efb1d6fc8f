"""Open a map in headless Chromium with the network off, and note what goes wrong on it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

AXE = Path(os.environ.get("HUBSPOKE_AXE", Path(__file__).parents[2] / ".cache" / "axe" / "package" / "axe.min.js"))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
WIDE, NARROW = (1366, 768), (390, 844)
PATIENCE_MS = 300_000
"""How long anything in the browser is waited for: a busy machine is no fault."""
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

    def close(self) -> None:
        """Check that nothing went wrong and nothing was asked of the network."""
        assert self.problems == []
        assert [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))] == []

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


class _Tab:
    """A page of the browser, and the visit that is told what happens on it."""

    def __init__(self, page: Page) -> None:
        self.page, self.visit = page, Visit(page)
        page.on("pageerror", lambda error: self.visit.problems.append(str(error)))
        page.on("console", lambda said: self._note(said.text) if said.type in ("error", "warning") else None)
        page.on("dialog", self._dismiss)
        page.on("request", lambda request: self.visit.requests.append(request.url))

    def _note(self, problem: str) -> None:
        self.visit.problems.append(problem)

    def _dismiss(self, dialog: Dialog) -> None:
        self._note(dialog.message)
        dialog.dismiss()


_TABS: dict[tuple[Browser, tuple[int, int], bool], _Tab] = {}


def open_page(
    browser: Browser,
    path: Path,
    size: tuple[int, int] = WIDE,
    *,
    offline: bool = True,
    ready: str | None = "[data-ready]",
) -> Visit:
    """Open a map, with the network off unless it is asked for; `ready` is None for a page that is no map.

    Pages of one size are opened one after another in the same tab, since to start a tab costs more than to load most
    pages. What was open in it is gone by then, and the visit before hears of nothing any more.
    """
    tab = _TABS.get((browser, size, offline))
    if tab is None or tab.page.is_closed():
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=offline)
        context.set_default_timeout(PATIENCE_MS)
        tab = _TABS[browser, size, offline] = _Tab(context.new_page())
    tab.page.mouse.move(*size)  # points at nothing
    tab.page.goto("about:blank")
    tab.visit = Visit(tab.page)
    tab.page.goto(path.as_uri())
    if ready is not None:
        tab.page.wait_for_selector(ready, state="attached")
    return tab.visit
