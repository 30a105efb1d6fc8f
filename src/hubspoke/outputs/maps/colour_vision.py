"""Measure how colours look: luminance, contrast, and how far apart they are for people with deficiencies."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
"""D65."""
VISIONS = (
    np.eye(3),
    np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]),
    np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]),
)
"""Usual vision, protanopia, deuteranopia and tritanopia (Machado, Oliveira and Fernandes, IEEE TVCG 15, 2009, severity
1), on linear components."""
FINE = 0.04
"""Step by which a colour is mixed until it suits."""


def measure_luminance(colour: str) -> float:
    """Measure the relative luminance of a colour (WCAG 2.1).

    Parameters
    ----------
    colour : str
        Hexadecimal.

    Returns
    -------
    float
        From 0 (black) to 1 (white).
    """
    red, green, blue = linearise(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linearise(colour: str) -> Sequence[float]:
    """Return the linear components of an sRGB colour (IEC 61966-2-1).

    Parameters
    ----------
    colour : str
        Hexadecimal.

    Returns
    -------
    sequence of float
        Red, green and blue, each from 0 to 1.
    """
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def measure_contrast(first: str, second: str) -> float:
    """Measure the contrast of two colours (WCAG 2.1), from 1 to 21.

    Parameters
    ----------
    first, second : str
        Hexadecimal.
    """
    low, high = sorted((measure_luminance(first), measure_luminance(second)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Mix two colours as a browser does where one lies half transparent over the other.

    Parameters
    ----------
    colour, other : str
        Hexadecimal.
    share : float
        Of the other, from 0 to 1.
    """
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round((1 - share) * one + share * two):02X}" for one, two in pairs)


@cache
def stand_out(colour: str, grounds: tuple[str, ...], least: float) -> str:
    """Return the nearest colour of the same hue that stands out from all of some grounds.

    Parameters
    ----------
    colour : str
        Hexadecimal.
    grounds : tuple of str
        All light, or all dark.
    least : float
        Least contrast with each (WCAG 2.1).

    Returns
    -------
    str
        Mixed with black on light grounds, with white on dark ones, only as far as it must.
    """
    goal = "#000000" if measure_luminance(grounds[0]) > 0.18 else "#FFFFFF"
    shares = np.arange(0.0, 1.0, FINE)
    tried = (mix(colour, goal, float(share)) for share in shares)
    return next((one for one in tried if min(measure_contrast(one, ground) for ground in grounds) >= least), goal)


@cache
def measure_difference(first: str, second: str) -> float:
    """Measure how far apart two colours are for everyone, whatever their colour vision, in CIE 1976 L*a*b*.

    Parameters
    ----------
    first, second : str
        Hexadecimal.

    Returns
    -------
    float
        The least over `VISIONS`.
    """
    return min(float(np.linalg.norm(_to_lab(vision, first) - _to_lab(vision, second))) for vision in VISIONS)


def _to_lab(vision: NDArray[np.float64], colour: str) -> NDArray[np.float64]:
    seen = np.clip(vision @ np.asarray(linearise(colour)), 1e-4, 1.0)
    x, y, z = np.cbrt(TO_XYZ @ seen / WHITE)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
