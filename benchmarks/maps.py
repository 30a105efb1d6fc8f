"""The maps at work: bytes, seconds to write and seconds in the browser, beside one folium object per site.

Run it from anywhere, with the development tools and Chromium installed::

    python benchmarks/maps.py                  # Japan, and 20,000 sites
    python benchmarks/maps.py --json FILE      # the rows as JSON, too

Seconds to write are processor time of this process, so that other work on the machine does not count; seconds in the
browser are wall clock: from opening the file to the first frame in which everything is drawn, and of one frame after
the map moved by half a screen, and after it was zoomed by a step.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import numpy as np
import pandas as pd
from playwright.sync_api import sync_playwright

import hubspoke as hs

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from hubspoke.api.plan import Plan

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
LARGE = 20_000
READY = "[data-ready]"
JQUERY = "const $ = (html) => Object.assign(document.createElement('div'), { innerHTML: html }).children;"
"""All that folium's popups ask of jQuery, which the baseline would load from the network."""


def multiply_sites(plan: Plan, count: int) -> Plan:
    """Give a plan with `count` sites: those there are, again and again, each copy a little aside."""
    table = plan.assignments
    times = -(-count // len(table))
    random = np.random.default_rng(0)
    copies = [table] + [
        table.assign(
            site_id=table["site_id"] + f"-{number}",
            lat=table["lat"] + random.normal(0, 0.05, len(table)),
            lon=table["lon"] + random.normal(0, 0.05, len(table)),
        )
        for number in range(1, times)
    ]
    return replace(plan, assignments=pd.concat(copies, ignore_index=True).head(count))


def draw_ours(plan: Plan, file: Path) -> None:
    """Draw the map of a plan."""
    plan.map().save(str(file))


def draw_objects(plan: Plan, file: Path) -> None:
    """Draw sites and lanes as folium's tutorials do: a marker, a popup and a line for each."""
    drawn = folium.Map(location=[37.0, 137.0], zoom_start=5, tiles=None, prefer_canvas=True)
    hubs = {hub["id"]: hub for hub in plan.hubs.to_dict("records")}
    row: Any
    for row in plan.assignments.itertuples():
        hub = hubs[row.hub_id]
        line: Any = folium.PolyLine  # untyped in folium
        line([(row.lat, row.lon), (hub["lat"], hub["lon"])], weight=1, opacity=0.3).add_to(drawn)
        popup = folium.Popup(f"{row.site_name}<br>{row.mass_t:.1f} t/yr<br>{hub['name']}<br>{row.distance_km:.0f} km")
        folium.CircleMarker((row.lat, row.lon), radius=3, popup=popup, tooltip=str(row.site_name)).add_to(drawn)
    for hub in hubs.values():
        if hub["state"] == "open":
            folium.Marker((hub["lat"], hub["lon"]), tooltip=str(hub["name"])).add_to(drawn)
    drawn.save(str(file))


def embed_leaflet(file: Path) -> None:
    """Put Leaflet into a folium page and leave out what it would load, so that it opens with the network off."""
    import re  # noqa: PLC0415 - for the baseline only

    from hubspoke.outputs.maps.offline import inline_scripts, inline_styles  # noqa: PLC0415 - for the baseline only

    text = re.sub(r'<script src="[^"]*"></script>|<link rel="stylesheet" href="[^"]*"/>', "", file.read_text("utf-8"))
    scripts = inline_scripts().partition("</script>")[0] + "</script>"
    inlined = f"<head>{inline_styles()}{scripts}<script>{JQUERY}</script>"
    file.write_text(text.replace("<head>", inlined, 1), encoding="utf-8")


def open_page(browser: Browser, file: Path, ready: str) -> dict[str, float]:
    """Measure seconds until everything is drawn, and of a redraw after the map moved by half a screen or was zoomed."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}, offline=True).new_page()
    page.set_default_timeout(180_000)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    start = time.perf_counter()
    page.goto(file.as_uri(), timeout=180_000)
    page.wait_for_function(ready)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    opened = time.perf_counter() - start
    moved = page.evaluate(
        """async () => {
          const map = window[Object.keys(window).find((name) => /^map_/.test(name))];
          const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          const time = async (act) => {
            const start = performance.now();
            for (const way of [1, -1, 1, -1]) {
              act(way);
              await frame();  // Leaflet draws in the next frame
            }
            return (performance.now() - start) / 4000;
          };
          return {
            move_s: await time((way) => map.panBy([way * 683, 0], { animate: false })),
            zoom_s: await time((way) => map.setZoom(map.getZoom() + way, { animate: false })),
          };
        }"""
    )
    page.context.close()
    if faults:
        raise SystemExit(f"{file}: {faults[0]}")
    return {"open_s": opened, **moved}


def measure(
    plan: Plan, name: str, draw: Callable[[Plan, Path], None], browser: Browser, folder: Path
) -> dict[str, Any]:
    """Write a map, open it, and give what that took."""
    file = folder / "map.html"
    start = time.process_time()
    draw(plan, file)
    seconds = time.process_time() - start
    size = file.stat().st_size
    if draw is draw_objects:
        embed_leaflet(file)
        ready = "() => document.querySelector('.leaflet-marker-icon, .leaflet-overlay-pane canvas')"
    else:
        ready = f"() => document.querySelector('{READY}')"
    seconds_open = open_page(browser, file, ready)
    sites = plan.assignments["site_id"].nunique()
    return {"map": name, "sites": sites, "MB": size / 1e6, "write_s": seconds, **seconds_open}


def main() -> None:
    """Measure both maps at both sizes and tell the ratios."""
    parser = argparse.ArgumentParser(description="Measure the maps beside one folium object per site.")
    parser.add_argument("--json", type=Path, help="write the rows as JSON, too")
    wanted = parser.parse_args()
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        raise SystemExit(f"no browser found: install one of {', '.join(BROWSERS)}")
    japan = hs.solve(hs.read(), policy="regional", year=2040)
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        draw_ours(japan, Path(scratch) / "first.html")  # what loads once does not count
        for plan in (japan, multiply_sites(japan, LARGE)):
            for name, draw in (("hubspoke", draw_ours), ("one folium object per site", draw_objects)):
                rows.append(measure(plan, name, draw, browser, Path(scratch)))
                print(
                    " ".join(
                        f"{key} {value:.2f}" if isinstance(value, float) else f"{value}"
                        for key, value in rows[-1].items()
                    )
                )
            ours, theirs = rows[-2:]
            ratios = ", ".join(
                f"{key} {theirs[key] / ours[key]:.1f}" for key in ("MB", "write_s", "open_s", "move_s", "zoom_s")
            )
            print(f"  theirs / ours: {ratios}")
        browser.close()
    if wanted.json:
        wanted.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
