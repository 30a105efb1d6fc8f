"""Put everything that a map needs into its one file: Leaflet, styles, scripts, and data that cannot run."""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).parent / "assets"
_SCRIPTS = (
    "core.js",
    "texts.js",
    "metal_flow/fold.js",
    "sheet.js",
    "drawing.js",
    "road_loads.js",
    "places.js",
    "surface.js",
    "pointer.js",
    "plants/symbols.js",
    "plants/arrange.js",
    "plants/plants.js",
    "legend.js",
    "several/frames.js",
    "several/swipe.js",
    "print.js",
    "inset.js",
    "what_if/kernel.js",
    "what_if/worker.js",
    "what_if/asked.js",
    "what_if/bounds.js",
    "what_if/frame.js",
    "what_if/panel.js",
    "address.js",
    "search.js",
    "keys.js",
)
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@cache
def read_asset(name: str) -> str:
    """Read one of the package's own styles, scripts or templates.

    Parameters
    ----------
    name : str
        File among the assets.
    """
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def inline_styles() -> str:
    """Return the style elements of Leaflet and of the map.

    Returns
    -------
    str
        HTML, with images as data addresses.
    """
    folder = _find_leaflet()
    css = (folder / "leaflet.css").read_text(encoding="utf-8")
    css = re.sub(r"url\((images/[\w.-]+\.png)\)", lambda found: _embed_image(folder / found[1]), css)
    css = re.sub(r"behavior: *url\([^)]*\);", "", css)
    return f"<style>{css}</style>\n<style>{read_asset('map.css')}</style>\n"


@cache
def inline_scripts() -> str:
    """Return the script elements of Leaflet and of the map.

    Returns
    -------
    str
        HTML.
    """
    leaflet = (_find_leaflet() / "leaflet.js").read_text(encoding="utf-8")
    leaflet = re.sub(r"//# sourceMappingURL=\S+", "", leaflet)
    own = "\n".join(read_asset(name) for name in _SCRIPTS)
    return f"<script>{leaflet}</script>\n<script>{own}</script>\n"


def write_json(value: Any) -> str:
    """Write JSON that can stand inside a script element: none of its characters can end the element.

    Parameters
    ----------
    value : any
        What JSON can hold; no infinite number and no NaN.

    Returns
    -------
    str
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escape in _UNSAFE.items():
        text = text.replace(character, escape)
    return text.encode("utf-8", "replace").decode("utf-8")


def _find_leaflet() -> Path:
    """Return the folder of the installed Leaflet."""
    from xstatic.pkg import leaflet  # noqa: PLC0415 - a namespace package, slow to import

    return Path(leaflet.BASE_DIR)


def _embed_image(path: Path) -> str:
    """Return an image as the value of a CSS property."""
    return f"url(data:image/png;base64,{base64.b64encode(path.read_bytes()).decode('ascii')})"
