"""Make the synthetic dismantling sites of all prefectures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from generator.fleet import PACK_CLASSES, YEARS, compute_supply_t, read_figures
from generator.geojson import read_features
from generator.places import Place, choose_cities, scatter_around
from generator.sizes import draw_shares
from generator.tables import SOURCES, Row, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry import MultiPolygon

SEED = 20301
TONNE_COLUMNS = tuple(f"{pack}_{year}_t" for year in YEARS for pack in PACK_CLASSES)
SCRAP_COLUMNS = tuple(f"scrap_{year}_t" for year in YEARS)
COLUMNS = (
    *("id", "name", "name_ja", "kind", "prefecture", "city", "lat", "lon"),
    *TONNE_COLUMNS,
    *SCRAP_COLUMNS,
    *("origin", "source", "confidence"),
)


def make_sites() -> dict[str, list[dict[str, object]]]:
    """Return the rows of dismantling sites in ``sites.csv`` by region."""
    prefectures = read_table("prefectures")
    rng = np.random.default_rng(SEED)
    shares = _draw_prefecture_shares(prefectures, rng)
    supply_t = {f"{pack}_{year}_t": t for year in YEARS for pack, t in compute_supply_t(year).items()}
    outlines = read_features(SOURCES / "outlines.geojson")
    rows: dict[str, list[dict[str, object]]] = {}
    for prefecture, share, (_, outline) in zip(prefectures, shares, outlines, strict=True):
        places = _place_sites(prefecture, outline, len(share), rng)
        tonnes = [{column: round(float(part * t), 3) for column, t in supply_t.items()} for part in share]
        region_rows = rows.setdefault(prefecture["region"].lower(), [])
        region_rows.extend(site | mass for site, mass in zip(_describe_sites(prefecture, places), tonnes, strict=True))
    return rows


def _draw_prefecture_shares(prefectures: Sequence[Row], rng: np.random.Generator) -> list[np.ndarray]:
    vehicles = np.array([float(row["elv_est_per_year"]) for row in prefectures])
    figures = read_figures()
    counts = _share_out(np.array([float(row["dismantlers_est"]) for row in prefectures]), int(figures["dismantlers"]))
    top_share = figures["top_100_share"]
    return draw_shares(vehicles / vehicles.sum(), counts, top_share=top_share, rng=rng)


def _share_out(weights: np.ndarray, total: int) -> np.ndarray:
    """Split a whole number in proportion to weights, by largest remainders."""
    exact = total * weights / weights.sum()
    counts: np.ndarray = np.floor(exact).astype(np.int64)
    counts[np.argsort(counts - exact, kind="stable")[: total - int(counts.sum())]] += 1
    return counts


def _place_sites(prefecture: Row, outline: MultiPolygon, count: int, rng: np.random.Generator) -> list[Place]:
    cities = [city for city in read_table("cities") if city["prefecture"] == prefecture["name_en"]]
    return [scatter_around(city, outline, rng) for city in choose_cities(cities, count, rng)]


def _describe_sites(prefecture: Row, places: Sequence[Place]) -> Iterator[dict[str, object]]:
    seen: Counter[str] = Counter()
    for number, (city, lat, lon) in enumerate(places, start=1):
        seen[city["name_en"]] += 1
        nth = seen[city["name_en"]]
        yield {
            "id": f"S{prefecture['jis_code']}-{number:04d}",
            "name": f"{city['name_en']} site {nth} (synthetic)",
            "name_ja": f"{city['name_ja']} 解体拠点{nth}（合成）",
            "prefecture": prefecture["name_en"],
            "city": city["name_en"],
            "lat": f"{lat:.4f}",
            "lon": f"{lon:.4f}",
            "kind": "dismantler",
            "origin": "synthetic",
            "source": "generated: fleet model and prefecture estimates, see SOURCES.md",
            "confidence": "low",
        }
