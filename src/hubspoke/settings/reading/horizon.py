"""The planned year follows the years with tonnes, where only these are stated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def follow_years(merged: dict[str, Any], own: Mapping[str, Any], changed: Mapping[str, Any]) -> None:
    """Plan the last of `horizon.years`, where whoever stated them left the planned year to what stands below.

    Parameters
    ----------
    merged : dict of str to any
        Settings as TOML tables, all layers over one another; changed in place.
    own, changed : mapping of str to any
        What a planner's file states, and what `--set` and a scenario lay over it.
    """
    stated = [layer.get("horizon", {}) for layer in (own, changed)]
    if not all(isinstance(layer, Mapping) for layer in stated):
        return  # told by the check
    above = stated[1:] if "years" in stated[1] else stated
    years, year = merged["horizon"].get("years"), merged["horizon"].get("year")
    known = isinstance(years, list) and bool(years) and all(isinstance(one, int) for one in years)
    if known and year not in years and not any("year" in layer for layer in above):
        merged["horizon"] = merged["horizon"] | {"year": max(years)}
