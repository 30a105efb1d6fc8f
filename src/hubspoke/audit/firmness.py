"""Check of what a plan says of closing a plant: its form, and that how firm the plant is follows from it.

What the best plan without a plant costs is known to the engine alone; `hubspoke solve --close ID` makes that plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.audit.case import compare_texts
from hubspoke.audit.table import is_among, look_up
from hubspoke.plan.states import BUILT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.audit.case import Case
    from hubspoke.audit.table import Table

ROUNDED_JPY = 1.0
"""Rounding allowed: the tables give these figures in whole yen."""


def check_firmness(case: Case) -> Iterator[str]:
    """Check that only plants in use have such figures, that none is below zero, and that firmness keeps the limits.

    Figures are known for plans of least cost that serve every site without least tonnages, and empty for all others.
    """
    for plants in (case.hubs, case.refineries):
        low, high = (plants.floats(name) for name in ("closing_more_low_jpy", "closing_more_jpy"))
        told = np.isfinite(low) | np.isfinite(high)
        told |= (plants["closing_opens"] != "") | (plants["firmness"] != "")
        known = case.rules.knows_alternatives & is_among(plants["state"], BUILT)
        for name in plants["id"][told & ~known].tolist():
            yield f"closing {name} is told, which is known for plants in use in plans of least cost that serve all only"
        for at in np.flatnonzero((low < -ROUNDED_JPY) | (high < -ROUNDED_JPY) | (high < low - ROUNDED_JPY)).tolist():
            yield f"closing {plants['id'][at]} costs from {low[at]:,.12g} to {high[at]:,.12g} more"
        unused = set(plants["id"][plants["state"] == "not_chosen"].tolist())
        for name, opens in zip(plants["id"].tolist(), plants["closing_opens"].tolist(), strict=True):
            for other in sorted(set(filter(None, opens.split("; "))) - unused):
                yield f"closing_opens of {name} names {other!r}, no plant of its kind that could open"
        needed = (plants["firmness"] == "needed") & np.isnan(low) & np.isnan(high)
        wanted = np.where(needed, "needed", _rate(case, plants)).astype(object)
        yield from compare_texts("firmness", plants["id"], plants["firmness"], wanted)


def _rate(case: Case, plants: Table) -> np.ndarray:
    """Return how firm each plant is by its range and the limits; empty where that does not follow from them."""
    low, high = (plants.floats(name) for name in ("closing_more_low_jpy", "closing_more_jpy"))
    spent = dict(zip(case.regions["region"].tolist(), case.regions["here_jpy"].tolist(), strict=True))
    cost = look_up(plants["region"], spent).astype(np.float64)
    limits = case.plan.settings.firmness
    close, toss_up = float(limits.close_share) * cost, float(limits.tossup_share) * cost
    is_close = (low >= toss_up) | (high < close)
    rates = [np.isnan(low), low >= close, high < toss_up, is_close]
    return np.select(rates, ["", "firm", "toss-up", "close"], "")
