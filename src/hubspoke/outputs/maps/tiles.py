"""Know the backgrounds that a map can load from the network: tiles of GSI Japan, OpenStreetMap, or another server."""

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
    """Tiles of a server.

    Attributes
    ----------
    url : str
        Address with {z}, {x} and {y}.
    zoom : int
        Deepest zoom that tiles are made for.
    attribution : str
        Whom the map must name, as HTML.
    """

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
    """Return the tiles of a known server or of an address.

    Parameters
    ----------
    name : str or None
        `gsi`, `osm`, or an address with {z}, {x} and {y}; None for a map without a background.

    Returns
    -------
    dict or None
        `url`, `zoom` and `attribution`; None for no background.

    Raises
    ------
    UsageError
        Neither a known name nor an address of tiles.

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
