"""Describe to QGIS how to draw the layers of `plan.gpkg`: as on the maps, every site in the colour of its hub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pandas as pd

from hubspoke.outputs.maps.colours import INK, UNSERVED, colour_plans

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from hubspoke.plan.plan import PlanData

STYLES = "layer_styles"
"""Name of the table in which QGIS looks for the styles of layers."""
GREY, WHITE = "#6b6b6b", "#ffffff"
LARGEST_SITE_MM, SMALLEST_SITE_MM = 6.0, 1.0
WIDEST_FLOW_MM, NARROWEST_FLOW_MM, THINNEST_LINK_MM = 2.2, 0.5, 0.15
PLANT_MM, CANDIDATE_MM = 5.0, 2.2


def style_layers(plan: PlanData, catchments: gpd.GeoDataFrame, written: str, *, heaviest_link_t: float) -> pd.DataFrame:
    """Return the table of styles that QGIS reads from a GeoPackage.

    Parameters
    ----------
    plan : PlanData
    catchments : GeoDataFrame
        What `draw_catchments` returns for the plan.
    written : str
        Date and time of every style, ISO 8601.
    heaviest_link_t : float
        Largest tonnes among the rows of the layer of road loads.

    Returns
    -------
    DataFrame
        One row for each layer, with the columns of the table `layer_styles`.
    """
    colours = colour_plans([plan], [catchments])
    sites = plan.assignments.groupby("site_id")["mass_t"].sum()
    flows = plan.flows.groupby(["hub_id", "refinery_id"])["mass_t"].sum()
    road, ferry = (_road(heaviest_link_t, colours, style) for style in ("solid", "dash"))
    made = {
        "sites": _by_value("hub_id", {hub: _site(colour, sites.max()) for hub, colour in colours.items()}, _unserved()),
        "hubs": _by_state("square", colours),
        "refineries": _by_state("diamond", {}),
        "lanes": _by_value("hub_id", {hub: _lane(colour) for hub, colour in colours.items()}, _lane(GREY)),
        "flows": _alone(_flow(flows.max() if len(flows) else 1.0)),
        "on_ground": _alone(_marker("circle", WHITE, outline=INK, rim_mm=0.3, size_mm=1.2)),
        "road_loads": _by_value("kind", {"ferry": ferry}, road),
        "catchments": _by_value("hub_id", {hub: _area(colour) for hub, colour in colours.items()}, _area(GREY)),
    }
    rows = [
        {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": layer,
            "f_geometry_column": "geom",
            "styleName": layer,
            "styleQML": _write(renderer),
            "styleSLD": "",
            "useAsDefault": True,
            "description": "",
            "owner": "",
            "ui": "",
            "update_time": written,
        }
        for layer, renderer in made.items()
    ]
    return pd.DataFrame(rows)


Symbol = ET.Element


def _site(colour: str, largest_t: float) -> Symbol:
    """Return the symbol of a site: a circle whose area follows the tonnes, as on the maps."""
    size = f'max({SMALLEST_SITE_MM}, {LARGEST_SITE_MM} * sqrt("mass_t" / {max(float(largest_t), 1e-9)!r}))'
    return _marker("circle", colour, outline=WHITE, rim_mm=0.15, size_mm=2, size=size)


def _lane(colour: str) -> Symbol:
    """Return the symbol of a lane from site to hub: a hairline, so that thousands of them do not hide the rest."""
    symbol = _symbol("line")
    look = {"line_color": _rgba(colour, 120), "line_width": str(THINNEST_LINK_MM), "line_style": "solid"}
    _layer(symbol, "SimpleLine", look, {})
    return symbol


def _unserved() -> Symbol:
    """Return the symbol of a site that no hub serves."""
    return _marker("circle", WHITE, outline=UNSERVED, rim_mm=0.5, size_mm=2.5)


def _by_state(shape: str, colours: Mapping[str, str]) -> ET.Element:
    """Return the renderer of plants by their state: those in use are drawn last, hubs in their colours."""
    fill = _by_hub(colours, "id")
    hollow = _marker(shape, WHITE, outline=GREY, rim_mm=0.4, size_mm=CANDIDATE_MM)
    known = {
        "open": _marker(shape, INK, outline=WHITE, rim_mm=0.4, size_mm=PLANT_MM, fill=fill),
        "idle": _marker(shape, WHITE, outline=GREY, rim_mm=0.5, size_mm=PLANT_MM),
        "not_chosen": hollow,
    }
    renderer = _by_value("state", known, hollow)
    renderer.set("enableorderby", "1")
    clause = ET.SubElement(ET.SubElement(renderer, "orderby"), "orderByClause", asc="1", nullsFirst="0")
    clause.text = "\"state\" = 'open'"
    return renderer


def _flow(largest_t: float) -> Symbol:
    """Return the symbol of a flow of black mass: a dashed line as wide as its tonnes, with an arrowhead."""
    width = f'{NARROWEST_FLOW_MM} + {WIDEST_FLOW_MM - NARROWEST_FLOW_MM} * "mass_t" / {max(float(largest_t), 1e-9)!r}'
    symbol = _symbol("line")
    line = {"line_color": _rgba(INK), "line_width": "1", "line_style": "dash", "capstyle": "flat"}
    _layer(symbol, "SimpleLine", line, {"outlineWidth": width})
    head = _layer(symbol, "MarkerLine", {"placement": "centralpoint", "placements": "CentralPoint", "rotate": "1"}, {})
    arrow = _marker("filled_arrowhead", INK, outline=WHITE, rim_mm=0.2, size_mm=3.5)
    arrow.set("name", "@0@1")
    head.append(arrow)
    return symbol


def _road(largest_t: float, colours: Mapping[str, str], style: str) -> Symbol:
    """Return the symbol of a link: a line as wide as its tonnes, in the colour of the hub where they go."""
    widest = f'{WIDEST_FLOW_MM - THINNEST_LINK_MM} * "mass_t" / {max(float(largest_t), 1e-9)!r}'
    ruled = {"outlineWidth": f"{THINNEST_LINK_MM} + {widest}"}
    if cases := _by_hub(colours, "plant_id"):
        ruled["outlineColor"] = cases
    symbol = _symbol("line")
    line = {"line_color": _rgba(INK), "line_width": "1", "line_style": style, "capstyle": "round"}
    _layer(symbol, "SimpleLine", line, ruled)
    return symbol


def _by_hub(colours: Mapping[str, str], column: str) -> str:
    """Return an expression for the colour of the hub that a column names, of ink for others; empty without hubs."""
    cases = "".join(f" WHEN \"{column}\" = {_quote(plant)} THEN '{colour}'" for plant, colour in colours.items())
    return f"CASE{cases} ELSE '{INK}' END" if cases else ""


def _area(colour: str) -> Symbol:
    """Return the symbol of a catchment."""
    symbol = _symbol("fill")
    look = {"color": _rgba(colour, 40), "outline_color": _rgba(colour), "outline_width": "0.35", "style": "solid"}
    _layer(symbol, "SimpleFill", look, {})
    return symbol


def _marker(
    shape: str, colour: str, *, outline: str, rim_mm: float, size_mm: float, size: str = "", fill: str = ""
) -> Symbol:
    symbol = _symbol("marker")
    look = {
        "name": shape,
        "color": _rgba(colour),
        "outline_color": _rgba(outline),
        "outline_width": str(rim_mm),
        "size": str(size_mm),
    }
    _layer(symbol, "SimpleMarker", look, {key: text for key, text in (("size", size), ("fillColor", fill)) if text})
    return symbol


def _symbol(kind: str) -> Symbol:
    return ET.Element("symbol", type=kind, name="0", alpha="1", clip_to_extent="1", force_rhr="0")


def _layer(symbol: Symbol, kind: str, look: Mapping[str, str], ruled: Mapping[str, str]) -> ET.Element:
    """Add a layer to a symbol; the properties in `ruled` follow an expression of the attributes."""
    layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": "0", "locked": "0"})
    _option_map(layer, look)
    properties = ET.SubElement(layer, "data_defined_properties")
    outer = ET.SubElement(properties, "Option", type="Map")
    ET.SubElement(outer, "Option", type="QString", name="name", value="")
    inner = ET.SubElement(outer, "Option", type="Map", name="properties")
    for key, expression in ruled.items():
        rule = ET.SubElement(inner, "Option", type="Map", name=key)
        ET.SubElement(rule, "Option", type="bool", name="active", value="true")
        ET.SubElement(rule, "Option", type="QString", name="expression", value=expression)
        ET.SubElement(rule, "Option", type="int", name="type", value="3")
    ET.SubElement(outer, "Option", type="QString", name="type", value="collection")
    return layer


def _option_map(layer: ET.Element, values: Mapping[str, str]) -> None:
    """Add the values of a layer as QGIS lists them."""
    options = ET.SubElement(layer, "Option", type="Map")
    for key, value in values.items():
        ET.SubElement(options, "Option", type="QString", name=key, value=value)


def _by_value(column: str, symbols: Mapping[str, Symbol], otherwise: Symbol) -> ET.Element:
    """Return a renderer with one symbol for each value of a column, and one for all others."""
    renderer = ET.Element("renderer-v2", type="categorizedSymbol", attr=column, symbollevels="0", enableorderby="0")
    categories = ET.SubElement(renderer, "categories")
    holder = ET.SubElement(renderer, "symbols")
    for number, (value, symbol) in enumerate([*symbols.items(), ("", otherwise)]):
        told = {"value": value, "label": value or "–", "symbol": str(number), "render": "true", "type": "string"}
        ET.SubElement(categories, "category", told)
        symbol.set("name", str(number))
        holder.append(symbol)
    return renderer


def _alone(symbol: Symbol) -> ET.Element:
    """Return a renderer with one symbol for all."""
    renderer = ET.Element("renderer-v2", type="singleSymbol", symbollevels="0", enableorderby="0")
    ET.SubElement(renderer, "symbols").append(symbol)
    return renderer


def _write(renderer: ET.Element) -> str:
    """Return a renderer as the text of a QML file."""
    page = ET.Element("qgis", version="3.22.0", styleCategories="Symbology")
    page.append(renderer)
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(page, encoding="unicode")


def _rgba(colour: str, alpha: int = 255) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _quote(text: Any) -> str:
    """Write a text as a literal of a QGIS expression."""
    escaped = str(text).replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n")
    return f"'{escaped}'"
