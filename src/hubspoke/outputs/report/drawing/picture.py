"""Draw the plan as a small picture: land, sites in the colour of their hub, hubs and refineries with their names."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import shapely

from hubspoke.outputs.maps.catchments import draw_catchments
from hubspoke.outputs.maps.colours import INK, colour_plans, have_one_hub_each
from hubspoke.outputs.maps.cut import extract_plan
from hubspoke.outputs.maps.view import bound_view
from hubspoke.outputs.report.drawing.charts import Chart
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.words.text_table import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from hubspoke.plan.decision.decision import Decision
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

WIDTH, HIGHEST = 640.0, 480.0
"""Size of the picture; a narrow country takes less width."""
MARGIN = 24.0
SIMPLIFY_DEG = 0.02
LETTER = 6.6
"""Width of a narrow letter of a name."""
LINE = 14.0
UNSERVED = "#9a9a9a"


def draw_picture(plan: PlanData, title: str, lang: Lang) -> Chart | None:
    """Draw the picture of a plan; None where it has no hubs.

    Parameters
    ----------
    plan : PlanData
    title : str
        What is shown.
    lang : {"en", "ja"}
    """
    rows = list_decisions(plan, lang)
    if not rows:
        return None
    none = plan.outlines.iloc[:0]
    frame = _Frame(bound_view([extract_plan(plan, none, None)], None))
    colours = colour_plans([plan], [] if have_one_hub_each([plan]) else [draw_catchments(plan)])
    parts = [*_land(plan, frame), *_sites(plan, frame, colours), *_plants(plan, rows, frame, colours)]
    told = "; ".join(f"{row.region_name}: {row.hub.name}" for row in rows)
    size = f"0 0 {frame.width:.0f} {frame.height:.0f}"
    svg = f'<svg viewBox="{size}" role="presentation" font-size="12">{"".join(parts)}</svg>'
    return Chart(title, svg, f"{title}: {told}")


class _Frame:
    """A way from degrees to the picture."""

    def __init__(self, bounds: Sequence[Sequence[float]]) -> None:
        (south, self._west), (self._north, east) = bounds
        self._squeeze = math.cos(math.radians((south + self._north) / 2))
        wide, high = (east - self._west) * self._squeeze, self._north - south
        self._scale = min((WIDTH - 2 * MARGIN) / wide, (HIGHEST - 2 * MARGIN) / high)
        self.width, self.height = WIDTH, high * self._scale + 2 * MARGIN
        self._left = (WIDTH - wide * self._scale) / 2

    def place(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return places in the picture of longitudes and latitudes, shape (points, 2)."""
        x = self._left + (points[:, 0] - self._west) * self._squeeze * self._scale
        y = MARGIN + (self._north - points[:, 1]) * self._scale
        return np.column_stack([x, y]).round(1)


def _land(plan: PlanData, frame: _Frame) -> Iterator[str]:
    """Yield the sea and the regions."""
    yield f'<rect width="{frame.width:.0f}" height="{frame.height:.0f}" fill="#dbe6ec"/>'
    shapes = plan.outlines.loc[plan.outlines["kind"] == "region"].geometry.to_numpy()
    rings = []
    for part in shapely.get_parts(shapely.simplify(shapes, SIMPLIFY_DEG)):
        if part.area > SIMPLIFY_DEG**2:
            corners = frame.place(shapely.get_coordinates(part.exterior))
            rings.append("M" + "L".join(f"{x:g} {y:g}" for x, y in corners.tolist()) + "Z")
    yield f'<path d="{"".join(rings)}" fill="#f5f2ea" stroke="#b9b3a6" stroke-width=".7"/>'


def _sites(plan: PlanData, frame: _Frame, colours: dict[str, str]) -> Iterator[str]:
    """Yield the sites of each hub as one path of dots."""
    for hub, lanes in plan.assignments.groupby("hub_id"):
        spots = frame.place(lanes[["lon", "lat"]].to_numpy(np.float64))
        dots = "".join(f"M{x:g} {y:g}h.1" for x, y in np.unique(spots.round(), axis=0).tolist())
        colour = colours.get(str(hub), UNSERVED)
        yield f'<path d="{dots}" stroke="{colour}" stroke-width="2.6" style="stroke-linecap:round" opacity=".75"/>'


def _plants(plan: PlanData, rows: Sequence[Decision], frame: _Frame, colours: dict[str, str]) -> Iterator[str]:
    """Yield flows of black mass, refineries, hubs and, where there is room, names."""
    spot = {
        kind: dict(zip(table["id"].astype(str), frame.place(table[["lon", "lat"]].to_numpy(np.float64)), strict=True))
        for kind, table in (("hub", plan.hubs), ("refinery", plan.refineries))
    }
    names = []
    for row in rows:
        x, y = spot["hub"][row.hub.id]
        for plant in row.refineries:
            to_x, to_y = spot["refinery"][plant.id]
            yield f'<path d="M{x} {y}L{to_x} {to_y}" stroke="{INK}" stroke-width="1.6" stroke-dasharray="5 3"/>'
            yield f'<path d="M{to_x} {to_y - 6}l6 6l-6 6l-6 -6z" fill="{INK}" stroke="#fff"/>'
            if not (row.on_one_ground and plant is row.refineries[0]):
                names.append((to_x, to_y, plant.name))
    for row in rows:
        x, y = spot["hub"][row.hub.id]
        colour = colours.get(row.hub.id, UNSERVED)
        look = f'fill="{colour}" stroke="#fff" stroke-width="1.5"'
        yield f'<rect x="{x - 6}" y="{y - 6}" width="12" height="12" rx="2" {look}/>'
        if row.on_one_ground:
            yield f'<path d="M{x} {y - 4}l4 4l-4 4l-4 -4z" fill="{INK}" stroke="#fff"/>'
        names.insert(0, (x, y, f"{row.hub.name} {row.mass_t / 1000:,.1f} kt"))
    yield from _names(names, frame)


def _names(names: Sequence[tuple[float, float, str]], frame: _Frame) -> Iterator[str]:
    """Yield names right, left, below or above of their plants, where they cover nothing."""
    taken = [(x - 7, y - 7, x + 7, y + 7) for x, y, _ in names]
    for x, y, name in names:
        wide = text_width(name) * LETTER
        west, middle, under, over = x - 9 - wide, x - wide / 2, y + 8, y - 8 - LINE
        beside = [(x + 9, y - 7), (west, y - 7), (middle, under), (middle, over)]
        for left, top in [*beside, (x + 9, y + 2), (x + 9, y - 2 - LINE), (west, y + 2), (west, y - 2 - LINE)]:
            box = (left, top, left + wide, top + LINE)
            inside = left >= 0 and top >= 0 and box[2] <= frame.width and box[3] <= frame.height
            if inside and not any(_covers(box, other) for other in taken):
                taken.append(box)
                look = 'font-weight="600" fill="#22303c" stroke="#fff" stroke-width="3" paint-order="stroke"'
                yield f'<text x="{left:.1f}" y="{top + 11:.1f}" {look}>{escape(name)}</text>'
                break


def _covers(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
