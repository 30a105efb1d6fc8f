"""Draw the plan as a small picture: land, sites in the colour of their hub, hubs and refineries with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.outputs.maps.catchments import draw_catchments
from hubspoke.outputs.maps.colours import INK, colour_plans, have_one_hub_each
from hubspoke.outputs.maps.cut import extract_plan
from hubspoke.outputs.maps.view import bound_view, find_inset
from hubspoke.outputs.report.drawing.charts import Chart
from hubspoke.outputs.report.drawing.land import HALO, Frame, draw_land, place_names
from hubspoke.outputs.report.drawing.night import follow_night
from hubspoke.plan.decision.decision import list_decisions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hubspoke.plan.decision.decision import Decision
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

UNSERVED = "#9a9a9a"
NIGHT_INK = f"var(--map-ink, {INK})"
"""Ink of refineries and black mass, which is light by night."""


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
    cuts = [extract_plan(plan, none, None)]
    inset = find_inset(cuts, None)
    frame = Frame(bound_view(cuts, None, inset), inset=inset)
    colours = colour_plans([plan], [] if have_one_hub_each([plan]) else [draw_catchments(plan)])
    parts = [*draw_land(plan, frame, lang), *draw_sites(plan, frame, colours), *draw_plants(plan, rows, frame, colours)]
    told = "; ".join(f"{row.region_name}: {row.hub.name}" for row in rows)
    size = f"0 0 {frame.width:.0f} {frame.height:.0f}"
    drawn = follow_night("".join(parts), colours.values())
    svg = f'<svg viewBox="{size}" role="presentation" font-size="12">{drawn}</svg>'
    return Chart(title, svg, f"{title}: {told}", follows_night=True)


def draw_sites(plan: PlanData, frame: Frame, colours: Mapping[str, str]) -> Iterator[str]:
    """Yield the sites of each hub as one path of dots.

    Parameters
    ----------
    plan : PlanData
    frame : Frame
    colours : mapping of str to str
        By hub.
    """
    for hub, lanes in plan.assignments.groupby("hub_id"):
        spots = frame.place(lanes[["lon", "lat"]].to_numpy(np.float64))
        dots = "".join(f"M{x:g} {y:g}h.1" for x, y in np.unique(spots.round(), axis=0).tolist())
        colour = colours.get(str(hub), UNSERVED)
        yield f'<path d="{dots}" stroke="{colour}" stroke-width="2.6" style="stroke-linecap:round" opacity=".75"/>'


def draw_plants(plan: PlanData, rows: Sequence[Decision], frame: Frame, colours: dict[str, str]) -> Iterator[str]:
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
            yield f'<path d="M{x} {y}L{to_x} {to_y}" stroke="{NIGHT_INK}" stroke-width="1.6" stroke-dasharray="5 3"/>'
            yield f'<path d="M{to_x} {to_y - 6}l6 6l-6 6l-6 -6z" fill="{NIGHT_INK}" stroke="{HALO}"/>'
            if not (row.on_one_ground and plant is row.refineries[0]):
                names.append((to_x, to_y, plant.name))
    for row in rows:
        x, y = spot["hub"][row.hub.id]
        colour = colours.get(row.hub.id, UNSERVED)
        look = f'fill="{colour}" stroke="{HALO}" stroke-width="1.5"'
        yield f'<rect x="{x - 6}" y="{y - 6}" width="12" height="12" rx="2" {look}/>'
        if row.on_one_ground:
            yield f'<path d="M{x} {y - 4}l4 4l-4 4l-4 -4z" fill="{NIGHT_INK}" stroke="{HALO}"/>'
        names.insert(0, (x, y, f"{row.hub.name} {row.mass_t / 1000:,.1f} kt"))
    yield from place_names(names, frame)
