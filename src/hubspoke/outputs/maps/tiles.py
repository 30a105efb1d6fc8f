"""Backgrounds from the network: tiles of the Geospatial Information Authority of Japan, OpenStreetMap, or a server."""

from __future__ import annotations

import html
import re
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from hubspoke.base.errors import UsageError

_PLACES = ("{z}", "{x}", "{y}")


@dataclass(frozen=True)
class Tiles:
    """Where tiles are, the deepest zoom they are made for, and whom to name, as HTML."""

    url: str
    zoom: int
    attribution: str


KNOWN = {
    "gsi": Tiles(
        "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png",
        18,
        '<a href="https://maps.gsi.go.jp/development/ichiran.html">国土地理院 (GSI Japan)</a>',
    ),
    "osm": Tiles(
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        19,
        '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors',
    ),
}
"""Terms of use: maps.gsi.go.jp/development/ichiran.html and operations.osmfoundation.org/policies/tiles."""


def find_tiles(name: str | None) -> dict[str, Any] | None:
    """Return the tiles of a name or of an address with {z}, {x} and {y}; None for none.

    Parameters
    ----------
    name : str
        `gsi`, `osm`, or the address of tiles with {z}, {x} and {y}.

    Raises
    ------
    UsageError
        Neither a known name nor such an address.

    Examples
    --------
    >>> find_tiles("https://tiles.example.org/{z}/{x}/{y}.png")["attribution"]
    'tiles.example.org'
    """
    if name is None:
        return None
    if name in KNOWN:
        return asdict(KNOWN[name])
    parts = urlsplit(name)
    if parts.scheme not in ("http", "https") or not parts.hostname or not all(place in name for place in _PLACES):
        known = ", ".join(KNOWN)
        raise UsageError(
            f"unknown tiles {name!r}: write {known}, or an address such as https://host/{{z}}/{{x}}/{{y}}.png"
        )
    if re.search(r"[\s\"'<>\\]", name):
        raise UsageError(f"the address of tiles {name!r} holds a character that no address has")
    return asdict(Tiles(name, 18, html.escape(parts.hostname)))
