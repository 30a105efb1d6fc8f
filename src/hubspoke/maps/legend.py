"""Sample sizes and widths for the legend."""

from __future__ import annotations

import math
from typing import Any


def choose_samples(payload: dict[str, Any]) -> dict[str, Any]:
    """Choose round tonnages for the legend and say which symbols occur on the map.

    Returns
    -------
    dict
        `sizes`, `widths`, `flow_widths` in tonnes per year, ascending; `symbols`: the plant symbols that occur.
    """
    plants = payload["plants"]
    return {
        "sizes": round_steps(max((t or 0 for t in payload["sites"]["t"]), default=0)),
        "widths": round_steps(max((t or 0 for t in payload["lanes"]["t"]), default=0)),
        "flow_widths": round_steps(max((flow["t"] for flow in payload["flows"]), default=0), factor=5),
        "symbols": {_name_symbol(plant) for plant in plants},
        "unserved": any(hub < 0 for hub in payload["sites"]["hub"]),
    }


def round_steps(largest: float, factor: float = 10) -> list[float]:
    """Give up to three round numbers not above `largest`, each `factor` times the one before."""
    if not largest > 0:
        return []
    power = 10.0 ** math.floor(math.log10(largest))
    top = max(step * power for step in (1, 2, 5) if step * power <= largest * (1 + 1e-9))
    return [round(value, 6) for value in (top / factor**2, top / factor, top)]


def _name_symbol(plant: dict[str, Any]) -> str:
    if plant["state"] != "open":
        return str(plant["state"])
    return f"{plant['kind']}_{'existing' if plant['existing'] else 'new'}"
