"""Take the pictures of the README: plan Japan, open its map in Chromium with the network off.

Run it from anywhere, with the development tools and Chromium installed::

    python tools/screenshots.py           # rewrites docs/images
    python tools/screenshots.py FOLDER    # writes somewhere else
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import hubspoke as hs

if TYPE_CHECKING:
    from collections.abc import Iterator

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
SIZE = (1366, 768)
LARGEST_BYTES = 400_000
PICTURES = {"japan-regional-2040": "map.html", "shikoku-regional-2040": "maps/shikoku.html"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def take_pictures(folder: Path) -> Iterator[Path]:
    """Draw the regional plan of 2040 and photograph its maps."""
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        raise SystemExit(f"no browser found: install one of {', '.join(BROWSERS)}")
    plan = hs.solve(hs.read(), policy="regional", year=2040)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        plan.save(str(Path(scratch) / "plan"))
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, offline=True).new_page()
        for name, file in PICTURES.items():
            page.goto((Path(scratch) / "plan" / file).as_uri())
            page.wait_for_function("typeof map_plan !== 'undefined'")
            page.wait_for_timeout(1500)  # the canvas fades in
            picture = folder / f"{name}.png"
            page.screenshot(path=picture)
            yield picture
        browser.close()


def main() -> None:
    """Take all pictures and refuse those that are too large to ship."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    for picture in take_pictures(folder):
        size = picture.stat().st_size
        print(f"{picture}: {size / 1000:.0f} kB")
        if size > LARGEST_BYTES:
            raise SystemExit(f"{picture} is larger than {LARGEST_BYTES / 1000:.0f} kB")


if __name__ == "__main__":
    main()
