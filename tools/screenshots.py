"""Take the pictures of the README: plan Japan, open maps, reports and a comparison in Chromium with the network off.

Run it from anywhere, with the development tools and Chromium installed::

    python tools/screenshots.py           # rewrites docs/images
    python tools/screenshots.py FOLDER    # writes somewhere else
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import hubspoke as hs

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Picture:
    """A picture: its name, the page in the folder of its language, the window, and what is done before it is taken.

    `part` is the part of the page that it shows, where that is not the window; `at` what its address asks for.
    """

    name: str
    page: str
    lang: str = "en"
    size: tuple[int, int] = (1366, 768)
    script: str = "0"
    part: str = ""
    at: str = ""


IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
LARGEST_BYTES = 400_000
PHONE = (390, 844)
PICTURES = (
    Picture("japan-regional-2040", "plan/map.html"),
    Picture("japan-regional-2040-phone", "plan/map.html", size=PHONE),
    Picture("japan-regional-2040-ja", "plan/map.html", "ja"),
    Picture("japan-regional-2040-ja-phone", "plan/map.html", "ja", PHONE),
    Picture("what-if", "plan/map.html", at="close=gre-chita-hub&x-freight=1.45"),
    Picture("surface", "plan/map.html", at="surface=jpy"),
    Picture("briefing", "plan/briefing.html", at="5"),
    Picture("shikoku-regional-2040", "plan/maps/shikoku.html"),
    Picture("report-en", "plan/report.html", size=(1366, 1100)),
    Picture("report-ja", "plan/report.html", "ja", (1366, 1100)),
    Picture("report-ja-phone", "plan/report.html", "ja", PHONE),
    Picture(
        "comparison-map-ja",
        "comparison/map.html",
        "ja",
        script="document.querySelectorAll('input[name=plan]')[1].click()",
    ),
    Picture("years", "years/map.html", script="slider.value = 2; slider.dispatchEvent(new Event('input'))"),
    Picture("years-report", "years/report.html", size=(1366, 1100)),
    Picture("years-gantt", "years/report.html", part="#plants"),
    Picture("years-gantt-ja", "years/report.html", "ja", part="#plants"),
    Picture("comparison-report", "comparison/compare.html", size=(1366, 1100)),
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def write_pages(home: Path) -> None:
    """Write the regional plan of 2040, its comparison with shared refineries, and that of 2027 to 2040, by language."""
    network = hs.read()
    regional, shared = (hs.solve(network, policy=policy, year=2040) for policy in ("regional", "shared-refinery"))
    together = hs.solve(network, policy="regional", years=[2027, 2030, 2035, 2040])
    compared = hs.compare(regional, shared, names=["regional", "shared-refinery"])
    for lang in ("en", "ja"):
        (home / lang).mkdir()
        regional.save(str(home / lang / "plan"), lang=lang)
        compared.save(home / lang / "comparison", lang=lang)
        together.save(str(home / lang / "years"), lang=lang)


def take_pictures(folder: Path) -> Iterator[Path]:
    """Photograph every page."""
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        raise SystemExit(f"no browser found: install one of {', '.join(BROWSERS)}")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        write_pages(Path(scratch))
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for wanted in PICTURES:
            width, height = wanted.size
            page = browser.new_context(viewport={"width": width, "height": height}, offline=True).new_page()
            address = (Path(scratch) / wanted.lang / wanted.page).as_uri()
            page.goto(f"{address}#{wanted.at}" if wanted.at else address)
            if "map" in wanted.page:
                page.wait_for_function("typeof map_plan !== 'undefined'")
                page.evaluate(wanted.script)
            if "map" in wanted.page or wanted.at:
                page.wait_for_timeout(1500)  # canvas and layers fade in
            picture = folder / f"{wanted.name}.png"
            if wanted.part:
                page.locator(wanted.part).first.screenshot(path=picture)
            else:
                page.screenshot(path=picture)
            page.close()
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
