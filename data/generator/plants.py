"""Make the candidate hubs and refineries of all regions."""

from __future__ import annotations

from generator.fleet import read_figures
from generator.tables import Row, read_table

COLUMNS = (
    *("id", "name", "name_ja", "operator", "prefecture", "city", "lat", "lon", "technology", "max_t"),
    *("status", "existing_t", "existing_technology", "ground", "kind", "source", "confidence", "note"),
)
KILN_STEP_T = 500
"""Sizes of kiln lines are rounded to this many tonnes."""


def make_hubs() -> dict[str, list[dict[str, object]]]:
    """Return the rows of ``hubs.csv`` by region."""
    return _by_region([_hub(plant) for plant in read_table("plants") if plant["hub_size"]])


def make_refineries() -> dict[str, list[dict[str, object]]]:
    """Return the rows of ``refineries.csv`` by region: refineries, then works with electric furnaces."""
    plants = read_table("plants")
    refineries = [_refinery(plant) for plant in plants if plant["refinery_size"]]
    return _by_region([*refineries, *(_furnace(plant) for plant in plants if plant["furnace_size"])])


def compute_kiln_max_t(cement_mt_per_yr: float) -> int:
    """Return the packs a cement works can take, in t per year.

    Every works is assumed to take as much per tonne of cement as the one line that runs, within limits.
    """
    figures = read_figures()
    packs_t = cement_mt_per_yr * figures["kiln_anchor_packs"] / figures["kiln_anchor_cement"]
    rounded_t = KILN_STEP_T * round(packs_t / KILN_STEP_T)
    return int(min(max(rounded_t, figures["kiln_smallest"]), figures["kiln_largest"]))


def _hub(plant: Row) -> dict[str, object]:
    max_t = _kiln_max_t(plant["id"]) if plant["hub_size"] == "kiln" else _size_max_t(plant["hub_size"])
    return _plant(plant, role="hub", technology=plant["hub_technology"], max_t=max_t)


def _refinery(plant: Row) -> dict[str, object]:
    return _plant(plant, role="ref", technology=plant["refinery_technology"], max_t=_size_max_t(plant["refinery_size"]))


def _furnace(plant: Row) -> dict[str, object]:
    """Return the furnace of a works, which is no plant to be built there: it has an id and a note of its own."""
    row = _plant(
        plant, role="furnace", technology=plant["furnace_technology"], max_t=_size_max_t(plant["furnace_size"])
    )
    return {**row, "id": f"{plant['id']}-furnace", "status": "open", "note": plant["furnace_note"]}


def _plant(plant: Row, *, role: str, technology: str, max_t: int) -> dict[str, object]:
    both = bool(plant["hub_size"] and plant["refinery_size"])
    identity = {"id": f"{plant['id']}-{role}" if both else plant["id"], "ground": plant["id"]}
    standing = {"hub": plant["hub_existing_t"], "ref": plant["refinery_existing_t"]}.get(role) or "0"
    of = technology.split(";", maxsplit=1)[0] if float(standing) > 0 else ""
    told = {"technology": technology, "max_t": max_t, "existing_t": standing, "existing_technology": of}
    return {**plant, **identity, **told}


def _kiln_max_t(plant_id: str) -> int:
    works = next(row for row in read_table("kilns") if row["id"] == plant_id)
    return compute_kiln_max_t(float(works["cement_mt_per_yr"]))


def _size_max_t(size: str) -> int:
    return next(int(row["max_t"]) for row in read_table("plant_sizes") if row["size"] == size)


def _by_region(rows: list[dict[str, object]]) -> dict[str, list[dict[str, object]]]:
    regions = {row["name_en"]: row["region"].lower() for row in read_table("prefectures")}
    grouped: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        grouped.setdefault(regions[str(row["prefecture"])], []).append(row)
    return grouped
