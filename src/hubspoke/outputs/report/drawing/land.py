"""The ground of a small picture of a plan: where places lie on it, land and sea, and names that cover nothing."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import shapely

from hubspoke.outputs.land.land import credit_land, find_outlines
from hubspoke.words.text_table import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

WIDTH, HIGHEST = 640.0, 480.0
"""Usual size of a picture."""
MARGIN = 24.0
SIMPLIFY_DEG = 0.02
LETTER = 7.2
"""Width of a narrow letter of a name."""
LINE = 14.0
MARK = 7.0
"""Half the width of the mark of a plant."""

INSET_SHARE, INSET_GAP = 0.26, 10.0
"""Longer side of an inset as a share of the width of the picture, and its distance from the corner."""

SEA, LAND, COAST = "var(--map-sea, #dbe6ec)", "var(--map-land, #f5f2ea)", "var(--map-coast, #b9b3a6)"
NAME, HALO, FAINT = "var(--map-name, #22303c)", "var(--map-halo, #fff)", "var(--map-faint, #4d5a66)"
PAPER = "var(--map-paper, #fff)"
"""Colours that a page gives by night, and those by day."""

Box = tuple[float, float, float, float]


class Frame:
    """A way from degrees to the picture.

    Parameters
    ----------
    bounds : sequence of sequence of float
        South-west and north-east corner, each latitude and longitude in degrees.
    width, highest : float
        Width, and most height; a wide country takes less.
    inset : sequence of sequence of float, optional
        Corners of islands that are shown apart, in the upper left.
    """

    def __init__(
        self,
        bounds: Sequence[Sequence[float]],
        width: float = WIDTH,
        highest: float = HIGHEST,
        inset: Sequence[Sequence[float]] | None = None,
    ) -> None:
        (south, self._west), (self._north, east) = bounds
        self._squeeze = math.cos(math.radians((south + self._north) / 2))
        wide, high = (east - self._west) * self._squeeze, self._north - south
        self._scale = min((width - 2 * MARGIN) / wide, (highest - 2 * MARGIN) / high)
        self.width = width
        self.height: float = high * self._scale + 2 * MARGIN
        self._left = (width - wide * self._scale) / 2
        self.box: Box | None = None
        self._inset = inset
        if inset is not None:
            (low, left), (high, right) = inset
            side = INSET_SHARE * width
            self._inset_scale = side / max((right - left) * self._squeeze, high - low)
            size = ((right - left) * self._squeeze * self._inset_scale, (high - low) * self._inset_scale)
            self.box = (INSET_GAP, INSET_GAP, INSET_GAP + size[0], INSET_GAP + size[1])

    def is_apart(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which longitudes and latitudes lie in the inset, shape (points,)."""
        if self._inset is None:
            return np.zeros(len(points), bool)
        (south, west), (north, east) = self._inset
        lon, lat = points[:, 0], points[:, 1]
        inside: NDArray[np.bool_] = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        return inside

    def place(self, points: NDArray[np.float64], *, apart: bool = True) -> NDArray[np.float64]:
        """Return places in the picture of longitudes and latitudes, shape (points, 2); in the inset those `apart`."""
        x = self._left + (points[:, 0] - self._west) * self._squeeze * self._scale
        y = MARGIN + (self._north - points[:, 1]) * self._scale
        placed = np.column_stack([x, y]).round(1)
        if apart and self._inset is not None and (away := self.is_apart(points)).any():
            (_, west), (north, _) = self._inset
            x = INSET_GAP + (points[away, 0] - west) * self._squeeze * self._inset_scale
            y = INSET_GAP + (north - points[away, 1]) * self._inset_scale
            placed[away] = np.column_stack([x, y]).round(1)
        return placed

    @property
    def seen(self) -> Box:
        """What the picture shows beside its inset, degrees: west, south, east, north."""
        west = self._west - self._left / (self._squeeze * self._scale)
        north = self._north + MARGIN / self._scale
        east = west + self.width / (self._squeeze * self._scale)
        return west, north - self.height / self._scale, east, north


def draw_land(plan: PlanData, frame: Frame, lang: Lang) -> Iterator[str]:
    """Yield the sea, the regions and whom they are credited to as SVG, all of it inside the frame.

    Parameters
    ----------
    plan : PlanData
    frame : Frame
    lang : {"en", "ja"}
    """
    yield f'<rect width="{frame.width:.0f}" height="{frame.height:.0f}" fill="{SEA}"/>'
    outlines = find_outlines(plan)
    shapes = outlines.loc[outlines["kind"] == "region"].geometry.to_numpy()
    rings = []
    if frame.box is not None:
        x, y, right, under = frame.box
        look = 'fill="none" stroke="#7d8a94" stroke-width="1"'
        yield f'<rect x="{x:g}" y="{y:g}" width="{right - x:.0f}" height="{under - y:.0f}" rx="4" {look}/>'
    parts = shapely.get_parts(shapely.simplify(shapes, SIMPLIFY_DEG))
    for part in parts[shapely.area(parts) > SIMPLIFY_DEG**2]:
        corners = shapely.get_coordinates(part.exterior)
        if not frame.is_apart(corners).all():
            seen = shapely.get_parts(shapely.clip_by_rect(shapely.Polygon(corners), *frame.seen))
            rings += [
                frame.place(shapely.get_coordinates(one.exterior), apart=False) for one in seen if not one.is_empty
            ]
        else:
            rings.append(frame.place(corners))
    yield f'<path d="{"".join(map(_write_ring, rings))}" fill="{LAND}" stroke="{COAST}" stroke-width=".7"/>'
    if credit := credit_land(plan, lang):
        at = f'x="{frame.width - 5:.0f}" y="{frame.height - 5:.0f}" text-anchor="end" font-size="8.5"'
        yield f'<text {at} fill="{FAINT}">{escape(credit)}</text>'


def _write_ring(corners: NDArray[np.float64]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners.tolist()) + "Z"


def place_names(
    names: Sequence[tuple[float, float, str]],
    frame: Frame,
    radii: Sequence[float] | None = None,
    marks: Sequence[tuple[float, float]] = (),
) -> Iterator[str]:
    """Yield names right, left, below or above of their plants, where they cover nothing, as SVG.

    Parameters
    ----------
    names : sequence of (float, float, str)
        Place in the picture and text; the first have the first choice.
    frame : Frame
    radii : sequence of float, optional
        Half the width of each plant's mark; `MARK` when left out.
    marks : sequence of (float, float)
        Places of other marks that names do not cover.
    """
    around = [MARK] * len(names) if radii is None else list(radii)
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for (x, y, _), r in zip(names, around, strict=True)]
    taken += [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in marks]
    if frame.box is not None:
        taken.append(frame.box)
    for (x, y, name), r in zip(names, around, strict=True):
        wide = text_width(name) * LETTER
        east, west, middle, under, over = x + r + 2, x - r - 2 - wide, x - wide / 2, y + r + 1, y - r - 1 - LINE
        beside = [(east, y - 7), (west, y - 7), (middle, under), (middle, over)]
        for left, top in [*beside, (east, y + 2), (east, y - 2 - LINE), (west, y + 2), (west, y - 2 - LINE)]:
            box = (left, top, left + wide, top + LINE)
            inside = left >= 0 and top >= 0 and box[2] <= frame.width and box[3] <= frame.height
            if inside and not any(_covers(box, other) for other in taken):
                taken.append(box)
                look = f'font-weight="600" fill="{NAME}" stroke="{HALO}" stroke-width="3" paint-order="stroke"'
                yield f'<text x="{left:.1f}" y="{top + 11:.1f}" {look}>{escape(name)}</text>'
                break


def _covers(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
