"""Make the sources beside dismantling sites: scrap of cell works, and black mass landed from abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.fleet import YEARS, read_figures
from generator.tables import Row, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

PORT_COLUMNS = ("id", "name", "name_ja", "prefecture", "city", "lat", "lon", "source", "confidence")
LANE_COLUMNS = ("from_id", "to_id", "distance_km", "cost_jpy_per_t", "co2_kg_per_t", "source", "confidence")
DECIMALS_T = 1


def make_works() -> dict[str, list[dict[str, object]]]:
    """Return the rows of cell works in ``sites.csv`` by region."""
    return _by_region([_describe_works(works) for works in read_table("cell_works")])


def make_ports() -> dict[str, list[dict[str, object]]]:
    """Return the rows of ``ports.csv`` by region."""
    return _by_region([dict(port) for port in read_table("ports")])


def make_sea_lanes() -> list[dict[str, object]]:
    """Return the rows of ``lanes.csv``: from ports abroad to ports in Japan."""
    ship_kg = read_figures()["ship_co2"]
    return [
        {**lane, "co2_kg_per_t": round(ship_kg * float(lane["distance_km"]), 1)} for lane in read_table("sea_lanes")
    ]


def compute_scrap_t(works: Mapping[str, str], year: int) -> float:
    """Return the scrap of a works in one year, in tonnes.

    Cells made = capacity x utilisation; of all cell mass that is started the share ``scrap_share`` is rejected, so
    scrap = made x share / (1 - share). Announced capacity counts from the second year of the plan on.
    """
    figures = read_figures()
    gwh = float(works["gwh_existing"]) + (float(works["gwh_announced"]) if year > YEARS[0] else 0.0)
    share = figures["scrap_share"]
    made_t = gwh * figures["works_utilisation"] * float(works["cell_t_per_gwh"])
    return round(made_t * share / (1.0 - share), DECIMALS_T)


def _describe_works(works: Row) -> dict[str, object]:
    tonnes: dict[str, object] = {f"scrap_{year}_t": compute_scrap_t(works, year) for year in YEARS}
    return {**works, "kind": "cell-works", "origin": "estimate", **tonnes}


def _by_region(rows: list[dict[str, object]]) -> dict[str, list[dict[str, object]]]:
    regions = {row["name_en"]: row["region"].lower() for row in read_table("prefectures")}
    grouped: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        grouped.setdefault(regions[str(row["prefecture"])], []).append(row)
    return grouped
