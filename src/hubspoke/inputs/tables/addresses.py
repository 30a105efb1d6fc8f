"""Look up full addresses in Japan, where the extra `addresses` and its dictionary are installed."""

from __future__ import annotations

import importlib
import logging
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from hubspoke.base.geodesy import great_circle_km

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESS, DISTRICT = "address", "district"
LEAST_DISTRICT, LEAST_ADDRESS = 5, 7
"""Levels of jageocoder from which a place is a district (oaza, aza, chome) and a block or house."""
SPREAD_KM = 2.0
"""Farthest that places may lie apart which one address may mean; beyond, it means none for sure."""

State = Literal["ready", "no dictionary", "not installed"]


@dataclass(frozen=True)
class Found:
    """Where an address is.

    Attributes
    ----------
    lat, lon : float
        Degrees, WGS84.
    precision : {"address", "district"}
        Whether that is the block or house, or the middle of its district.
    """

    lat: float
    lon: float
    precision: str


@dataclass(frozen=True)
class Addresses:
    """A dictionary of addresses, or why there is none; `search` is that of jageocoder."""

    state: State
    search: Callable[[str], dict[str, Any]] | None = None

    def find(self, prefecture: str, city: str, address: str) -> Found | None:
        """Return where an address is; None where no dictionary is at hand or the address means no place for sure.

        Parameters
        ----------
        prefecture, city, address : str
            The address may begin with the others or not.

        Returns
        -------
        Found or None
            At least a district: municipalities and prefectures are found without a dictionary.
        """
        if self.search is None or not address.strip():
            return None
        written = address.strip()
        for before in (city.strip(), prefecture.strip()):
            if before and before not in written:
                written = before + written
        places = [place for place in self.search(written)["candidates"] if prefecture.strip() in "".join(_name(place))]
        spots = [(float(place["y"]), float(place["x"]), int(place["level"])) for place in places]
        spots = [spot for spot in spots if all(map(math.isfinite, spot)) and abs(spot[0]) <= 90]
        if not spots:
            return None
        lat, lon, level = spots[0]
        lats, lons, _ = np.array(spots, np.float64).T
        apart = float(great_circle_km(np.full_like(lats, lat), np.full_like(lons, lon), lats, lons).max())
        if level < LEAST_DISTRICT or apart > SPREAD_KM:
            return None
        return Found(lat, lon, ADDRESS if level >= LEAST_ADDRESS else DISTRICT)


def _name(place: dict[str, Any]) -> list[str]:
    return [str(part) for part in place.get("fullname") or ()]


@lru_cache(maxsize=1)
def load_addresses() -> Addresses:
    """Return the dictionary of addresses that is installed.

    Returns
    -------
    Addresses
        Without a search where jageocoder or its dictionary is missing.
    """
    try:
        library = importlib.import_module("jageocoder")
    except ImportError:
        return Addresses("not installed")
    try:
        library.init()
    except Exception as error:  # noqa: BLE001 - of many kinds, by version and by what is wrong with the dictionary
        logging.getLogger("hubspoke").info("jageocoder: %s", error)
        return Addresses("no dictionary")
    return Addresses("ready", library.search)
