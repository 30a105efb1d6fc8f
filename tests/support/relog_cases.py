"""Small cases in the forms of RELOG."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FREIGHT = "transportation cost ($/km/tonne)"


def place(lat: float, lon: float, **more: Any) -> dict[str, Any]:
    """Return an object with a position."""
    return {"latitude (deg)": lat, "longitude (deg)": lon, **more}


def size(opening: float, fixed: float, variable: float) -> dict[str, float]:
    """Return what a size costs."""
    return {
        "opening cost ($)": opening,
        "fixed operating cost ($)": fixed,
        "variable operating cost ($/tonne)": variable,
    }


def older_case() -> dict[str, Any]:
    """Return a case in the form up to 0.7: panels to crushers, cells on to a smelter, glass sold."""
    glass = {"disposal": {"Glass": {"cost ($/tonne)": -10}}}
    arise = {
        "Lyon": place(45.76, 4.84, **{"amount (tonne)": [900, 1000]}),
        "Dijon": place(47.32, 5.04, **{"amount (tonne)": [300, 400]}),
    }
    return {
        "parameters": {"time horizon (years)": 2, "building period (years)": [1, 2], "distance metric": "Euclidean"},
        "products": {
            "Panel": {
                FREIGHT: 0.1,
                "transportation emissions (tonne/km/tonne)": {"CO2": 0.0001},
                "initial amounts": arise,
                "acquisition cost ($/tonne)": 1,
            },
            "Cell": {FREIGHT: [0.3, 0.3]},
            "Glass": {FREIGHT: 0.05},
        },
        "plants": {
            "Crusher": {
                "input": "Panel",
                "outputs (tonne/tonne)": {"Cell": 0.2, "Glass": 0.7},
                "emissions (tonne/tonne)": {"CO2": 0.05},
                "locations": {
                    "Macon": place(46.3, 4.83, **glass, **{"capacities (tonne)": {"2000": size(200000, 20000, 30)}}),
                    "Beaune": place(
                        47.02,
                        4.84,
                        **glass,
                        **{"initial capacity (tonne)": 500, "capacities (tonne)": {"500": size(100000, 10000, 40)}},
                    ),
                },
            },
            "Smelter": {
                "input": "Cell",
                "locations": {
                    "Grenoble": place(45.19, 5.72, **{"capacities (tonne)": {"1000": size(300000, 30000, 200)}}),
                },
            },
        },
    }


def newer_case() -> dict[str, Any]:
    """Return a case in the form from 0.8 on: a centre gives, a plant takes a mix, another centre takes its product."""
    none: dict[str, Any] = {
        "disposal limit (tonne)": {},
        "disposal cost ($/tonne)": {},
        "collection cost ($/tonne)": {},
    }
    return {
        "parameters": {"time horizon (years)": 1},
        "products": {name: {FREIGHT: 0.1} for name in ("Used", "Salt", "Metal")},
        "centers": {
            "Town": place(
                45.0,
                5.0,
                **none,
                **{"input": None, "outputs": ["Used"], "fixed output (tonne)": {"Used": 80}, "operating cost ($)": 7},
            ),
            "Foundry": place(45.5, 5.0, **none, **{"input": "Metal", "outputs": [], "revenue ($/tonne)": 12}),
        },
        "plants": {
            "Works": place(
                45.2,
                5.0,
                **{
                    "input mix (%)": {"Used": 80, "Salt": 20},
                    "output (tonne)": {"Metal": 0.4},
                    "processing emissions (tonne)": {"CO2": 0.1, "CH4": 0.01},
                    "storage limit (tonne)": {"Used": 5},
                    "disposal cost ($/tonne)": {},
                    "disposal limit (tonne)": {},
                    "capacities": [
                        {"size (tonne)": 0, **size(100, 10, 4)},
                        {"size (tonne)": 1000, **size(1100, 10, 4)},
                    ],
                    "initial capacity (tonne)": 0,
                },
            ),
        },
    }


def write_case(folder: Path, case: Any) -> Path:
    """Write a case as a file."""
    file = folder / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    return file
