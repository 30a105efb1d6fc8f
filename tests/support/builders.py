"""Plain builders of small inputs for tests."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Row = dict[str, object]

HUB: Row = {"technology": "roasting", "max_t": 30000, "status": "candidate"}
REFINERY: Row = {"technology": "hydro", "max_t": 20000, "status": "candidate"}


def tiny_tables() -> dict[str, list[Row]]:
    """Give two regions of three sites, two hubs and one or two refineries, on a road of four cities."""
    return {
        "kanto/sites": [
            {"id": "k1", "name_ja": "東京", "lat": 35.69, "lon": 139.69, "hev_t": 50, "nmc_t": 400, "lfp_t": 100},
            {"id": "k2", "name_ja": "横浜", "lat": 35.44, "lon": 139.64, "hev_t": 30, "nmc_t": 250, "lfp_t": 60},
            {"id": "k3", "name_ja": "千葉", "lat": 35.61, "lon": 140.12, "hev_t": 20, "nmc_t": 150, "lfp_t": 40},
        ],
        "kanto/hubs": [
            {"id": "hk1", "lat": 35.50, "lon": 139.75, **HUB},
            {"id": "hk2", "lat": 35.55, "lon": 140.10, **HUB, "technology": "mechanical"},
        ],
        "kanto/refineries": [
            {"id": "rk1", "lat": 35.50, "lon": 139.75, **REFINERY},
            {"id": "rk2", "lat": 35.35, "lon": 140.00, **REFINERY},
        ],
        "chubu/sites": [
            {"id": "c1", "name_ja": "名古屋", "lat": 35.18, "lon": 136.91, "hev_t": 40, "nmc_t": 300, "lfp_t": 80},
            {"id": "c2", "name_ja": "静岡", "lat": 34.98, "lon": 138.38, "hev_t": 15, "nmc_t": 120, "lfp_t": 30},
            {"id": "c3", "name_ja": "岐阜", "lat": 35.39, "lon": 136.72, "hev_t": 10, "nmc_t": 90, "lfp_t": 20},
        ],
        "chubu/hubs": [
            {"id": "hc1", "lat": 35.05, "lon": 136.88, **HUB},
            {"id": "hc2", "lat": 34.95, "lon": 138.40, **HUB, "status": "open"},
        ],
        "chubu/refineries": [{"id": "rc1", "lat": 35.03, "lon": 136.85, **REFINERY}],
        "roads": [
            {"from_code": "a", "to_code": "b", "km": 35, "kind": "expressway", "route": "Bay"},
            {"from_code": "a", "to_code": "c", "km": 180, "kind": "expressway", "route": "Tomei"},
            {"from_code": "c", "to_code": "d", "km": 185, "kind": "road", "route": "R1"},
        ],
        "cities": [
            {"city_code": "a", "name_en": "Tokyo", "name_ja": "東京", "lat": 35.69, "lon": 139.69},
            {"city_code": "b", "name_en": "Chiba", "name_ja": "千葉", "lat": 35.61, "lon": 140.02},
            {"city_code": "c", "name_en": "Shizuoka", "name_ja": "静岡", "lat": 34.98, "lon": 138.38},
            {"city_code": "d", "name_en": "Nagoya", "name_ja": "名古屋", "lat": 35.18, "lon": 136.91},
        ],
    }


def flat_tables(region: str = "kanto") -> dict[str, list[Row]]:
    """Give one region of the tiny network, without the folder in the tables' names."""
    tables = tiny_tables()
    kept = {name.removeprefix(f"{region}/"): rows for name, rows in tables.items() if name.startswith(f"{region}/")}
    return kept | {name: tables[name] for name in ("roads", "cities")}


def write_csv(path: Path, rows: Sequence[Mapping[str, object]], *, encoding: str = "utf-8") -> Path:
    """Write rows to a CSV file; the first row's keys are the header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_folder(folder: Path, tables: Mapping[str, Sequence[Mapping[str, object]]] | None = None) -> Path:
    """Write a planner's folder: the tiny network, or the tables given (`region/table` or `table`)."""
    for name, rows in (tiny_tables() if tables is None else tables).items():
        write_csv(folder / f"{name}.csv", rows)
    return folder
