"""Choose the samples of a legend: round sizes and widths, and the symbols that occur on the map."""

from __future__ import annotations

import math
from typing import Any

from hubspoke.plan.states import BUILT, FURNACE


def choose_samples(payload: dict[str, Any]) -> dict[str, Any]:
    """Choose round tonnages for the legend, and find the symbols that occur on the map.

    Parameters
    ----------
    payload : dict
        What `build_payload` returns.

    Returns
    -------
    dict
        `sizes`, `widths`, `link_widths` and `flow_widths` (t per year, ascending) of sites, lanes, links and flows;
        `symbols`, the names of the plant symbols that occur; `became`, what becomes of plants since the first frame
        (`opened`, `closed`, `altered`); `unserved`, whether any site has no hub.
    """
    frames = payload["frames"]
    lanes = [tonnes or 0 for frame in frames for tonnes in frame["lanes"]["t"]]
    sites = [tonnes or 0 for frame in frames for tonnes in frame["t"]]
    flows = [flow["t"] for frame in frames for flow in frame["flows"]]
    used = [pair for frame in frames for pair in zip(payload["plants"], frame["plants"], strict=True)]
    links = [frame["roads"]["largest_t"] for frame in frames if frame.get("roads")]
    return {
        "sizes": round_steps(max(sites, default=0)),
        "widths": round_steps(max(lanes, default=0)),
        "link_widths": round_steps(max(links, default=0), factor=5),
        "flow_widths": round_steps(max(flows, default=0), factor=5),
        "symbols": {
            *(_name_symbol(plant, use) for plant, use in used if use is not None),
            *("assumed" for _, use in used if use is not None and "proven" in use),
        },
        "became": {
            became
            for frame in frames[1:]
            for was, use in zip(frames[0]["plants"], frame["plants"], strict=True)
            if (became := _become(was, use))
        },
        "unserved": any(
            hub < 0 and tonnes is not None
            for frame in frames
            for hub, tonnes in zip(frame["hub"], frame["t"], strict=True)
        ),
    }


def round_steps(largest: float, factor: float = 10) -> list[float]:
    """Return three round numbers up to a largest one, each `factor` times the one before.

    Parameters
    ----------
    largest : float
        None of them is larger.
    factor : float

    Returns
    -------
    list of float
        Ascending; the last begins with 1, 2 or 5. Empty unless `largest` is above 0.

    Examples
    --------
    >>> round_steps(730)
    [5.0, 50.0, 500.0]
    """
    if not largest > 0:
        return []
    power = 10.0 ** math.floor(math.log10(largest))
    top = max(step * power for step in (1, 2, 5) if step * power <= largest * (1 + 1e-9))
    return [round(value, 6) for value in (top / factor**2, top / factor, top)]


def _become(was: dict[str, Any] | None, use: dict[str, Any] | None) -> str:
    if _is_used(was) != _is_used(use):
        return "opened" if _is_used(use) else "closed"
    return "altered" if use is not None and "altered" in use else ""


def _is_used(use: dict[str, Any] | None) -> bool:
    return use is not None and use["state"] in (*BUILT, FURNACE)


def _name_symbol(plant: dict[str, Any], use: dict[str, Any]) -> str:
    """Return the name of a plant's symbol: its state, or for an open one its kind and whether it exists already."""
    if use["state"] != "open":
        return str(use["state"])
    return f"{plant['kind']}_{'existing' if plant['existing'] else 'new'}"
