"""Write plans as compact data for the browser: what they share once, then a frame of numbers for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hubspoke.inputs.tables.schema import PRECISIONS
from hubspoke.outputs.land.land import credit_land, find_outlines
from hubspoke.outputs.maps.colours import INK, THEMES, UNSERVED, choose_ink, colour_plans, draw_line_in
from hubspoke.outputs.maps.cut import PORT, MapExtract, extract_plan
from hubspoke.outputs.maps.frame import Index, build_frame
from hubspoke.outputs.maps.json_numbers import shorten, to_number, to_whole
from hubspoke.outputs.maps.outlines import list_land
from hubspoke.outputs.maps.places import list_places
from hubspoke.outputs.maps.roads import list_roads
from hubspoke.outputs.maps.view import bound_view, find_inset
from hubspoke.plan.decision.short_names import name_shortly
from hubspoke.words.names import name_regions, name_technology, shorten_plant
from hubspoke.words.numbers import list_scales

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import geopandas as gpd

    from hubspoke.plan.plan import PlanData
    from hubspoke.plan.roads.loads import RoadLoads
    from hubspoke.words.language import Lang

NO_COLOUR = "#6b6b6b"


def build_payload(
    plans: Sequence[PlanData],
    catchments: Sequence[gpd.GeoDataFrame],
    words: Mapping[str, str],
    *,
    region: str | None,
    lang: Lang,
    roads: Sequence[RoadLoads],
    tiles: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Gather what the browser draws.

    Parameters
    ----------
    plans : sequence of PlanData
        One, or several to switch between.
    catchments : sequence of GeoDataFrame
        What `draw_catchments` returns for each plan.
    words : mapping of str to str
        Words of a map in one language.
    region : str or None
        Only the sites and plants of this region and those they exchange packs or black mass with; None for all.
    lang : {"en", "ja"}
        Language of names.
    roads : sequence of RoadLoads
        What `trace_roads` returns for each plan.
    tiles : mapping, optional
        A background, as `find_tiles` returns it.

    Returns
    -------
    dict
        `sites` as columns (degrees times 10,000) and `plants` as records, each with its names in both languages;
        `frames`, one for each plan, as `build_frame` and `list_roads` return them; beside them words, colours,
        bounds, regions and the largest tonnages, by which sizes and widths are scaled.
    """
    cuts = [extract_plan(plan, areas, region) for plan, areas in zip(plans, catchments, strict=True)]
    inset, place, outlines = find_inset(cuts, region), Places(plans, lang), find_outlines(plans[0])
    shorts = {key: name for plan in plans[::-1] for key, name in name_shortly(plan, lang).items()}
    plants = [_record(row, kind, plan, place, lang) for kind, plan, row in _list_plants(cuts)]
    for plant in plants:
        plant["label"] = shorts.get(plant["id"], plant["label"])
    colours = colour_plans(plans, catchments)
    for plant in plants:
        plant["colour"] = colours.get(plant["id"], NO_COLOUR) if plant["kind"] == "hub" else INK
        plant["ink"] = choose_ink(plant["colour"])
        if plant["kind"] == "hub":
            plant["lines"] = [draw_line_in(plant["colour"], dark=dark) for dark in (False, True)]
    rows = pd.concat([cut.lanes for cut in cuts], ignore_index=True).drop_duplicates("site_id")
    hubs, refineries = (
        {str(plant["id"]): number for number, plant in enumerate(plants) if plant["kind"] in kinds}
        for kinds in (("hub", PORT), ("refinery",))
    )
    at = Index({str(key): number for number, key in enumerate(rows["site_id"])}, hubs, refineries)
    largest = max((cut.plan.assignments.groupby("site_id")["mass_t"].sum().max() for cut in cuts), default=0)
    return {
        "lang": lang,
        "words": dict(words),
        "scales": list_scales(lang, words["yen"]),
        "unserved": UNSERVED,
        "themes": THEMES,
        "tiles": None if tiles is None else dict(tiles),
        "bounds": bound_view(cuts, region, inset),
        "inset": inset,
        "largest_t": to_number(largest) or 0,
        "largest_flow_t": max((float(_sum_flows(cut.plan.flows)) for cut in cuts), default=0),
        "regions": [[key, name] for key, name in place.regions.items()],
        "land": list_land(outlines, region),
        "credit": credit_land(plans[0], lang),
        "places": list_places(outlines, region, lang),
        "sites": _list_sites(rows, place, lang),
        "plants": plants,
        "frames": [
            build_frame(cut, at, lang) | {"roads": list_roads(cut, at, traced, lang)}
            for cut, traced in zip(cuts, roads, strict=True)
        ],
    }


def _sum_flows(flows: pd.DataFrame) -> float:
    """Return the largest t of black mass per year that one hub sends to one refinery; 0 without flows."""
    return float(flows.groupby(["hub_id", "refinery_id"])["mass_t"].sum().max()) if len(flows) else 0.0


def _list_plants(cuts: Sequence[MapExtract]) -> list[tuple[str, PlanData, dict[Hashable, Any]]]:
    """List every plant of any of the plans once, with its kind and plan: hubs and ports, then refineries."""
    listed: dict[tuple[str, str], tuple[str, PlanData, dict[Hashable, Any]]] = {}
    for kind in ("hub", "refinery"):
        for cut in cuts:
            table = cut.hubs if kind == "hub" else cut.refineries
            for row in table.to_dict("records"):
                drawn = PORT if kind == "hub" and row["kind"] == PORT else kind
                listed.setdefault((kind, str(row["id"])), (drawn, cut.plan, row))
    return list(listed.values())


class Places:
    """Names of prefectures and regions in one language.

    Attributes
    ----------
    regions : dict of str to str
        Name of every region of any of the plans, by id.
    """

    def __init__(self, plans: Sequence[PlanData], lang: Lang) -> None:
        self._prefectures: dict[str, str] = {}
        self.regions: dict[str, str] = {}
        column = "name_ja" if lang == "ja" else "name_en"
        for plan in plans:
            shown = plan.outlines[plan.outlines["kind"] == "prefecture"]
            self._prefectures |= dict(zip(shown["name_en"].astype(str), shown[column].astype(str), strict=True))
            self.regions |= name_regions(plan.regions, lang)
        self._lang = lang

    def name(self, prefecture: Any, region: Any) -> str:
        """Name a prefecture together with its region.

        Parameters
        ----------
        prefecture : str
            English name, as the tables of a plan have it.
        region : str
            Id.

        Returns
        -------
        str
            Only the region where the prefecture is unknown or bears the same name.
        """
        known = self._prefectures.get(str(prefecture)) or str(prefecture)
        area = self.regions.get(str(region)) or str(region)
        if not known or known == area:
            return area
        return f"{known}（{area}）" if self._lang == "ja" else f"{known}, {area}"

    def number(self, region: Any) -> int:
        """Return the place of a region among all regions; -1 for one that is unknown."""
        keys = list(self.regions)
        return keys.index(str(region)) if str(region) in self.regions else -1


def _list_sites(rows: pd.DataFrame, place: Places, lang: Lang) -> dict[str, Any]:
    """Return the sites as columns."""
    names = [place.name(*pair) for pair in zip(rows["prefecture"], rows["region"], strict=True)]
    known, index = np.unique(np.array(names, dtype=object).astype(str), return_inverse=True)
    number = {region: place.number(region) for region in rows["region"].unique()}
    english = rows["site_name"].fillna("").astype(str)
    japanese = rows["site_name_ja"].fillna("").astype(str)
    japanese = japanese.where(japanese != "", english)
    own, other = (english, japanese) if lang == "en" else (japanese, english)
    return {
        "id": rows["site_id"].astype(str).tolist(),
        "name": own.tolist(),
        "other": [second if second != first else 0 for first, second in zip(own, other, strict=True)],
        "lat": to_whole(rows["lat"] * 1e4),
        "lon": to_whole(rows["lon"] * 1e4),
        "place": index.tolist(),
        "places": known.tolist(),
        "region": [number[region] for region in rows["region"]],
        "synthetic": (rows["origin"] == "synthetic").astype(int).tolist(),
        "precision": [PRECISIONS.index(cell) for cell in rows["place_precision"]],
    }


def _record(row: Mapping[Hashable, Any], kind: str, plan: PlanData, place: Places, lang: Lang) -> dict[str, Any]:
    """Return what all plans share of a plant."""
    english = str(row["name"])
    japanese = str(row["name_ja"] or english)
    own, other = (english, japanese) if lang == "en" else (japanese, english)
    return {
        "kind": kind,
        "id": str(row["id"]),
        "name": own,
        "label": shorten_plant(row, lang),
        "other": other if other != own else 0,
        "operator": str(row["operator"]),
        "place": place.name(row["prefecture"], row["region"]),
        "region": place.number(row["region"]),
        "technology": name_technology(plan.settings, str(row["technology"]), lang),
        "at": shorten([row["lat"], row["lon"]], 4),
        "precision": PRECISIONS.index(str(row["place_precision"])),
        "existing": row["status"] == "open",
    }
