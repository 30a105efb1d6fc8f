"""Open, idle, furnace, not chosen, closed; what counts as built."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


BUILT = ("open", "idle")
FURNACE = "furnace"
"""State of an electric furnace that takes black mass, which is no open refinery."""
STATES = (*BUILT, FURNACE, "not_chosen", "closed")


def count_open(plants: pd.DataFrame) -> int:
    """Count the plants with something to do."""
    return int((plants["state"] == "open").sum())
