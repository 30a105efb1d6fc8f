"""Colours of the hubs: eight that people with colour-vision deficiencies tell apart, spread over the country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PALETTE = ("#332288", "#CC6677", "#117733", "#88CCEE", "#882255", "#999933", "#44AA99", "#AA4499")
"""Eight of the nine colours of Paul Tol's qualitative scheme *muted* (personal.sron.nl/~pault, 2021); the pale sand
is left out because it does not stand out from land. The tests measure the distances under simulated deficiencies."""
UNSERVED = "#B00020"
EARTH_RADIUS_KM = 6371.0


def colour_hubs(lat: NDArray[np.float64], lon: NDArray[np.float64], load_t: NDArray[np.float64]) -> list[str]:
    """Give each hub a colour, so that hubs of the same colour lie far apart.

    The largest hub chooses first; each next one takes the colour whose nearest bearer is farthest away.

    Parameters
    ----------
    lat, lon : array of shape (hubs,)
        Degrees.
    load_t : array of shape (hubs,)
        Tonnes per year, which rank the hubs.

    Returns
    -------
    list of str
        Hexadecimal colours in the order of the hubs.
    """
    distance_km = measure_distances_km(lat, lon)
    nearest_km = np.full((len(PALETTE), len(lat)), np.inf)
    colour = np.zeros(len(lat), dtype=np.int64)
    for hub in np.argsort(-load_t, kind="stable"):
        colour[hub] = int(nearest_km[:, hub].argmax())
        nearest_km[colour[hub]] = np.minimum(nearest_km[colour[hub]], distance_km[hub])
    return [PALETTE[number] for number in colour]


def measure_distances_km(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measure great-circle distances of all pairs by the haversine formula, shape (points, points)."""
    phi, theta = np.radians(lat), np.radians(lon)
    half_lat = np.sin((phi[:, None] - phi[None]) / 2) ** 2
    half_lon = np.sin((theta[:, None] - theta[None]) / 2) ** 2
    chord = half_lat + np.cos(phi)[:, None] * np.cos(phi)[None] * half_lon
    distance: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return distance


def choose_ink(colour: str) -> str:
    """Choose black or white for text on `colour`, whichever contrasts more (WCAG relative luminance)."""
    luminance = measure_luminance(colour)
    return "#ffffff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#111111"


def measure_luminance(colour: str) -> float:
    """Measure the relative luminance of a hexadecimal colour, 0 to 1 (WCAG 2.1)."""
    red, green, blue = linearise(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linearise(colour: str) -> Sequence[float]:
    """Turn a hexadecimal sRGB colour into its three linear components, 0 to 1 (IEC 61966-2-1)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
