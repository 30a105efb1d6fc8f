"""The map of a briefing in layers, of which each step shows some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from hubspoke.outputs.land.land import find_outlines
from hubspoke.outputs.maps.catchments import draw_catchments
from hubspoke.outputs.maps.colours import colour_plans, have_one_hub_each
from hubspoke.outputs.maps.cut import extract_plan
from hubspoke.outputs.maps.view import bound_view, find_inset
from hubspoke.outputs.report.drawing.land import HALO, Frame, draw_land, place_names
from hubspoke.outputs.report.drawing.night import follow_night
from hubspoke.outputs.report.drawing.picture import NIGHT_INK, UNSERVED, draw_sites
from hubspoke.plan.firmness import CLOSE, FIRM, NEEDED, TOSS_UP
from hubspoke.words.names import name_regions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd

    from hubspoke.outputs.briefing.step import Told
    from hubspoke.plan.decision.decision import Choice
    from hubspoke.plan.plan import PlanData

LAYERS = ("land", "arise", "sites", "roads", "flows", "plants", "firm", "rivals", "tonnes", "names", "costs", "calls")
"""From the bottom up: ground, marks, names."""
WIDTH, HIGHEST = 700.0, 620.0
WIDEST = 9.0
"""Width of the link with the most tonnes."""
ARISE = "var(--map-dot, #3d5a73)"
SHADES = {NEEDED: "#1f5b46", FIRM: "#1f5b46", CLOSE: "#9fb8c9", TOSS_UP: "#f2a900"}
"""Colours of how firm a choice is."""
UNRATED = "#d9d9d9"
RIVAL = "#b00020"
RIVALS = 6
"""Candidates shown that were not chosen."""

LARGE_DEG2 = 0.3
"""Area of land, in square degrees, that is shown whole."""


def draw_layers(told: Told, rivals: Sequence[tuple[str, Mapping[str, object], str]]) -> tuple[dict[str, str], str]:
    """Return the layers of the map as SVG by name, and its view box.

    Parameters
    ----------
    told : Told
    rivals : sequence of (str, mapping, str)
        Kind, row and name of candidates to show.
    """
    plan = told.plan
    inset = find_inset([extract_plan(plan, plan.outlines.iloc[:0], None)], None)
    frame = Frame(_bound(plan, inset), WIDTH, HIGHEST, inset)
    colours = colour_plans([plan], [] if have_one_hub_each([plan]) else [draw_catchments(plan)])
    drawing = _Drawing(told, frame, colours)
    layers = {
        "land": draw_land(plan, frame, told.lang),
        "arise": drawing.arise(),
        "sites": draw_sites(plan, frame, colours),
        "roads": drawing.roads(),
        "flows": drawing.flows(),
        "plants": drawing.plants(lambda plant, is_hub: colours.get(plant.id, UNSERVED) if is_hub else NIGHT_INK),
        "firm": drawing.plants(lambda plant, _: SHADES.get(plant.firmness, UNRATED)),
        "rivals": drawing.rivals(rivals),
        "tonnes": drawing.region_names(),
        "names": drawing.plant_names(lambda row: f"{row.mass_t / 1000:,.1f} kt"),
        "costs": drawing.plant_names(lambda row: f"{row.per_kg:,.0f} {told.words['yen_per_kg']}", hubs_only=True),
        "calls": drawing.call_names(),
    }
    drawn = {name: follow_night("".join(parts), colours.values()) for name, parts in layers.items()}
    return drawn, f"0 0 {frame.width:.0f} {frame.height:.0f}"


def _bound(plan: PlanData, inset: list[list[float]] | None) -> list[list[float]]:
    """Return bounds around what is planned, and around the land that is larger than an islet where that is near."""
    (south, west), (north, east) = bound_view([extract_plan(plan, plan.outlines.iloc[:0], None)], None, inset)
    seen = shapely.box(west, south, east, north)
    outlines = find_outlines(plan)
    for part in shapely.get_parts(outlines.loc[outlines["kind"] == "region"].geometry.to_numpy()):
        if part.area > LARGE_DEG2 and part.intersects(seen):
            seen = seen.union(shapely.box(*part.bounds)).envelope if len(plan.regions) > 1 else seen
    west, south, east, north = seen.bounds
    return [[south, west], [north, east]]


class _Drawing:
    """What the layers share: places of plants, and colours of hubs."""

    def __init__(self, told: Told, frame: Frame, colours: Mapping[str, str]) -> None:
        self.told, self.frame, self.colours = told, frame, colours
        self.spot = {
            kind: dict(zip(table["id"].astype(str), self._place(table), strict=True))
            for kind, table in (("hub", told.plan.hubs), ("refinery", told.plan.refineries))
        }

    def _place(self, table: pd.DataFrame, side: str = "") -> list[tuple[float, float]]:
        points = table[[f"{side}lon", f"{side}lat"]].to_numpy(np.float64)
        return [(float(x), float(y)) for x, y in self.frame.place(points).tolist()]

    def arise(self) -> Iterator[str]:
        """Yield the sites in three sizes by tonnes, whatever becomes of them."""
        sites = self.told.plan.assignments
        mass_t = (sites["mass_t"] + sites["unserved_t"]).groupby(sites["site_id"]).sum()
        first = sites.drop_duplicates("site_id").set_index("site_id").loc[mass_t.index]
        parted = np.digitize(mass_t, np.quantile(mass_t, [0.5, 0.9])) if len(mass_t) else np.empty(0, int)
        for part, width in enumerate((1.4, 2.4, 4.2)):
            spots = np.unique(np.round(self._place(first[parted == part]) or np.empty((0, 2))), axis=0)
            dots = "".join(f"M{x:g} {y:g}h.1" for x, y in spots.tolist())
            look = f'stroke="{ARISE}" stroke-width="{width}" stroke-linecap="round" opacity=".6"'
            yield f'<path d="{dots}" {look}/>'

    def region_names(self) -> Iterator[str]:
        """Yield every region with its tonnes, in the middle of its sites."""
        sites, names = self.told.plan.assignments, name_regions(self.told.plan.regions, self.told.lang)
        labels = []
        for region, rows in sites.groupby("region"):
            total_t = float((rows["mass_t"] + rows["unserved_t"]).sum())
            middle = rows[["lat", "lon"]].median().to_frame().T
            (x, y), *_ = self._place(middle)
            labels.append((-total_t, x, y, f"{names.get(str(region), str(region))} {total_t / 1000:,.1f} kt"))
        yield from place_names([(x, y, text) for _, x, y, text in sorted(labels)], self.frame)

    def roads(self) -> Iterator[str]:
        """Yield every loaded link, as wide as its packs, in the colour of the hub that most of them go to."""
        table = self.told.roads.table
        links = table[(table["material"] == "packs") & (table["from_code"] != "") & (table["to_code"] != "")]
        if links.empty:
            return
        sums = links.groupby(["from_code", "to_code"], sort=True)["mass_t"].sum().to_dict()
        largest = links.sort_values("mass_t", kind="stable").drop_duplicates(["from_code", "to_code"], keep="last")
        sides = [
            self.frame.is_apart(largest[[f"{side}lon", f"{side}lat"]].to_numpy(float)) for side in ("from_", "to_")
        ]
        largest = largest[sides[0] == sides[1]]  # a ferry to islands that are shown apart would cross the picture
        ends = zip(self._place(largest, "from_"), self._place(largest, "to_"), strict=True)
        for (start, end), row in zip(ends, largest.itertuples(), strict=True):
            width = 0.6 + WIDEST * sums[row.from_code, row.to_code] / max(sums.values())
            dash = ' stroke-dasharray="5 3"' if row.kind == "ferry" else ""
            colour = self.colours.get(str(row.plant_id), UNSERVED)
            path = f"M{start[0]:g} {start[1]:g}L{end[0]:g} {end[1]:g}"
            yield f'<path d="{path}" stroke="{colour}" stroke-width="{width:.1f}" opacity=".8"{dash}/>'

    def flows(self) -> Iterator[str]:
        """Yield black mass from hubs to refineries."""
        for row in self.told.rows:
            x, y = self.spot["hub"][row.hub.id]
            for plant in row.refineries:
                to_x, to_y = self.spot["refinery"][plant.id]
                path = f"M{x:g} {y:g}L{to_x:g} {to_y:g}"
                yield f'<path d="{path}" stroke="{HALO}" stroke-width="3.4"/>'
                yield f'<path d="{path}" stroke="{NIGHT_INK}" stroke-width="1.6" stroke-dasharray="5 3"/>'

    def plants(self, fill: Callable[[Choice, bool], str]) -> Iterator[str]:
        """Yield refineries as diamonds, hubs as squares; a diamond in a square where both are on one ground."""
        for row in self.told.rows:
            x, y = self.spot["hub"][row.hub.id]
            look = f'fill="{fill(row.hub, True)}" stroke="#222" stroke-width="1"'
            yield f'<rect x="{x - 6.5}" y="{y - 6.5}" width="13" height="13" rx="2" {look}/>'
        done = set()
        for row in self.told.rows:
            for at, plant in enumerate(row.refineries):
                inside = row.on_one_ground and not at
                if plant.id not in done:
                    yield _diamond(*self.spot["refinery"][plant.id], 4.6 if inside else 7, fill(plant, False))
                done.add(plant.id)

    def plant_names(self, tell: Callable[..., str], *, hubs_only: bool = False) -> Iterator[str]:
        """Yield names of hubs with a figure, and of refineries on grounds of their own."""
        names, others, seen = [], [], set()
        for row in self.told.rows:
            names.append((*self.spot["hub"][row.hub.id], f"{row.hub.name} {tell(row)}"))
            for at, plant in enumerate(row.refineries):
                if not (row.on_one_ground and not at) and plant.id not in seen:
                    seen.add(plant.id)
                    others.append((*self.spot["refinery"][plant.id], plant.name))
        yield from place_names(names if hubs_only else [*names, *others], self.frame)

    def call_names(self) -> Iterator[str]:
        """Yield the plants that are no firm choice, with what closing them adds."""
        names, seen = [], set()
        for row in self.told.rows:
            for kind, plants in (("hub", (row.hub,)), ("refinery", row.refineries)):
                for plant in plants:
                    text = f"{plant.name} {plant.more}"
                    if plant.firmness in (CLOSE, TOSS_UP) and text not in seen:
                        seen.add(text)
                        names.append((plant.firmness != TOSS_UP, *self.spot[kind][plant.id], text))
        yield from place_names([name[1:] for name in sorted(names)], self.frame)

    def rivals(self, rivals: Sequence[tuple[str, Mapping[str, object], str]]) -> Iterator[str]:
        """Yield candidates that were not chosen, hollow, with their names."""
        names = []
        for kind, row, more in rivals[:RIVALS]:
            x, y = self.spot[kind][str(row["id"])]
            if kind == "hub":
                look = f'fill="#fff" stroke="{RIVAL}" stroke-width="2.4"'
                yield f'<rect x="{x - 6}" y="{y - 6}" width="12" height="12" {look}/>'
            else:
                yield _diamond(x, y, 7, "#fff", stroke=RIVAL, width=2.4)
            names.append((x, y, f"{self.told.names[str(row['id'])]} {more}"))
        used = [self.spot["hub"][row.hub.id] for row in self.told.rows]
        used += [self.spot["refinery"][plant.id] for row in self.told.rows for plant in row.refineries]
        yield from place_names(names, self.frame, marks=used)


def _diamond(x: float, y: float, size: float, fill: str, *, stroke: str = HALO, width: float = 1.0) -> str:
    path = f"M{x:g} {y - size:g}l{size:g} {size:g}l-{size:g} {size:g}l-{size:g} -{size:g}z"
    return f'<path d="{path}" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"/>'
